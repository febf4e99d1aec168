"""One passage as one reads it: who says it where, and its words in what stands around them."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qcode.queries.codings import PassageRow
from qcode.ui.drawer.passages.columns import marks
from qcode.ui.theme import SPACE, current, text_colours

AROUND = 160


class PassageReader(QTextEdit):
    """Shows a passage; its text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("The passage in its context")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2 * SPACE)
        self._row: PassageRow | None = None
        self._round = ""

    # Methods

    def show_passage(self, row: PassageRow | None, in_round: str = "") -> None:
        """Show a passage, or none; the round it was coded in is named where there are several."""
        self._row, self._round = row, in_round
        self.setHtml("" if row is None else _page(row, in_round))
        self.verticalScrollBar().setValue(0)

    def update_theme(self) -> None:
        """Show the same in the colours of the theme."""
        self.show_passage(self._row, self._round)


def _page(row: PassageRow, in_round: str) -> str:
    theme = current()
    code = text_colours().code(row.coding.colour)
    source = " · ".join(part for part in (row.document_name, row.speaker, row.group) if part)
    said = [mark for mark in marks(row) if mark != "comment"]
    notes = [f"{row.coding.name}, coded by {row.coding.coder}", *([in_round] if in_round else []), *said]
    comment = f'<p style="color:{theme.text}">“{_shown(row.coding.comment)}”</p>' if row.coding.comment else ""
    return (
        f'<p style="color:{theme.quiet}; margin:0 0 {SPACE}px 0">{_shown(source)}</p>'
        f'<p style="line-height:150%; margin:0 0 {SPACE}px 0">'
        f'<span style="color:{theme.quiet}">{_shown(_from_word(row.before))}</span>'
        f'<span style="color:{theme.text}; background-color:{code.tint}">{_shown(row.text)}</span>'
        f'<span style="color:{theme.quiet}">{_shown(_to_word(row.after))}</span></p>'
        f'<p style="margin:0"><span style="color:{code.ink}">{_shown(notes[0])}</span>'
        f'<span style="color:{theme.quiet}">{_shown("".join(f" · {note}" for note in notes[1:]))}</span></p>{comment}'
    )


def _from_word(text: str) -> str:
    """What stands before a passage, from the start of a word where it was cut."""
    cut = len(text) >= AROUND and " " in text
    return "… " + text[text.index(" ") + 1 :] if cut else text


def _to_word(text: str) -> str:
    """What stands behind a passage, to the end of a word where it was cut."""
    cut = len(text) >= AROUND and " " in text
    return text[: text.rindex(" ")] + " …" if cut else text


def _shown(text: str) -> str:
    return escape(text).replace("\n", "<br>")
