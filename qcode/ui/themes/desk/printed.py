"""A quote as it will be printed, word for word, with who is named behind it and what had to be left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.utf16 import displayable
from qcode.ui.whole_lines import WholeLines

_SIDE_BY_SIDE = 52 * SPACE


@dataclass(frozen=True, slots=True)
class Column:
    """The quote in one language: who says what, line by line; `title` names the language where two are shown."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is printed of a quote: its columns, what is noted under it, and what stands behind it.

    `why` says what of that was kept back, and `refused` instead of all why nothing is printed.
    """

    columns: tuple[Column, ...] = ()
    attribution: str = ""
    notes: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    refused: str = ""


NOT_PRINTED = Shown()


class PrintedView(WholeLines):
    """Shows what is printed; the words can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown()
        self._wide = True
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName("The quote as it will be printed")
        self.document().setDocumentMargin(1.5 * SPACE)

    # Properties

    @property
    def shown(self) -> Shown:
        """What is printed."""
        return self._shown

    # Methods

    def show_quote(self, shown: Shown) -> None:
        """Show this; scroll stays while only words of it change."""
        down = self.verticalScrollBar().value() if shown.columns and self._shown.columns else 0
        self._shown = shown
        self._draw()
        self.verticalScrollBar().setValue(down)

    def update_theme(self) -> None:
        """Draw the same in the colours of the theme."""
        self._draw()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two languages stand side by side where there is room, else one below the other."""
        super().resizeEvent(event)
        if self._wide != self._is_wide():
            self._draw()

    # Internal

    def _is_wide(self) -> bool:
        return self.viewport().width() >= _SIDE_BY_SIDE

    def _draw(self) -> None:
        self._wide = self._is_wide()
        self.setHtml(page(self._shown, side_by_side=self._wide))
        self.setAccessibleDescription(spoken(self._shown))


def page(shown: Shown, *, side_by_side: bool) -> str:
    """The words of the quote as a page of HTML in the colours of the theme."""
    inks = theme.current()
    if shown.refused:
        return f'<p style="color:{inks.warning}; line-height:140%">{_words(shown.refused)}</p>'
    if len(shown.columns) > 1 and side_by_side:
        share = 100 // len(shown.columns)
        cells = "".join(f'<td width="{share}%" style="padding-right:{2 * SPACE}px">{_column(column)}</td>'
                        for column in shown.columns)  # fmt: skip
        body = f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{cells}</tr></table>'
    else:
        body = "".join(map(_column, shown.columns))
    notes = "".join(f'<p style="margin:{SPACE // 2}px 0 0 0; color:{inks.quiet}">{_words(note)}</p>'
                    for note in shown.notes)  # fmt: skip
    return body + notes


def spoken(shown: Shown) -> str:
    """The same for those who hear it."""
    if shown.refused:
        return shown.refused
    said = [line for column in shown.columns for line in (column.title, *_told(column.lines))]
    return " ".join(part for part in (*said, *shown.notes, shown.attribution) if part)


def copied(shown: Shown) -> str:
    """The same as plain text, for the clipboard."""
    columns = ["\n".join(_told(column.lines)) for column in shown.columns]
    return "\n\n".join(columns) + (f"\n({shown.attribution})" if shown.attribution else "")


def _told(lines: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{who}: {words}" if who else words for who, words in lines]


def _column(column: Column) -> str:
    inks = theme.current()
    title = f'<p style="margin:0 0 {SPACE // 2}px 0; color:{inks.quiet}">{_words(column.title)}</p>'
    lines = "".join(_line(who, words) for who, words in column.lines)
    return (title if column.title else "") + lines


def _line(who: str, words: str) -> str:
    inks = theme.current()
    name = f'<span style="font-weight:600">{_words(who)}:</span> ' if who else ""
    style = f"margin:0 0 {SPACE // 2}px 0; color:{inks.text}; line-height:140%"
    return f'<p style="{style}">{name}{_words(words)}</p>'


def _words(text: str) -> str:
    return escape(displayable(text)).replace("\n", "<br>")
