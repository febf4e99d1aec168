"""One passage as one reads it: who says it where, and its words in what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qcode.queries.codings import PassageRow
from qcode.queries.transcripts.alignment import Counterpart, Said
from qcode.ui.drawer.passages.columns import marks
from qcode.ui.theme import SPACE, current, text_colours
from qcode.ui.utf16 import QtPositions, displayable

AROUND = 160
_WORDS = 1


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
        self._beside: Sequence[Counterpart] = ()

    # Properties

    @property
    def _words_at(self) -> int:
        """The paragraph with the words of the passage: the second, but for what other languages say."""
        return _WORDS + sum(1 + len(one.turns) for one in self._beside)

    # Methods

    def show_passage(self, row: PassageRow | None, in_round: str = "", beside: Sequence[Counterpart] = ()) -> None:
        """Show a passage, or none; the round it was coded in is named where there are several.

        What other languages say there stands above it, where it is seen: the passage may be long.
        """
        self._row, self._round, self._beside = row, in_round, beside
        self.setHtml("" if row is None else _page(row, in_round, "".join(map(_said, beside))))
        if row is not None:
            self.put_caret(row.coding.start)
        self.verticalScrollBar().setValue(0)

    def put_caret(self, place: int) -> None:
        """Put the caret at a place of the transcript, if it is shown."""
        if self._row is not None:
            shown, ahead = _context(self._row)
            units = QtPositions(shown).to_qt(min(max(ahead + place - self._row.coding.start, 0), len(shown)))
            caret = self.textCursor()
            caret.setPosition(self.document().findBlockByNumber(self._words_at).position() + units)
            self.setTextCursor(caret)

    def place(self) -> int | None:
        """The place of the transcript at which the caret is, if it is among its words."""
        caret = self.textCursor()
        if self._row is None or caret.blockNumber() != self._words_at:
            return None
        shown, ahead = _context(self._row)
        return self._row.coding.start + QtPositions(shown).from_qt(caret.positionInBlock()) - ahead

    def update_theme(self) -> None:
        """Show the same in the colours of the theme."""
        self.show_passage(self._row, self._round, self._beside)


def _context(row: PassageRow) -> tuple[str, int]:
    """The words that are shown of the transcript, and how many of them stand ahead of the passage."""
    before = _from_word(row.before)
    return displayable(before + row.text + _to_word(row.after)), len(before)


def _page(row: PassageRow, in_round: str, beside: str) -> str:
    theme = current()
    code = text_colours().code(row.coding.colour)
    told = "text-decoration:underline" if theme.contrast == "high" else f"background-color:{code.tint}"
    source = " · ".join(part for part in (row.document_name, row.speaker, row.group) if part)
    said = [mark for mark in marks(row) if mark != "comment"]
    notes = [f"{row.coding.name}, coded by {row.coding.coder}", *([in_round] if in_round else []), *said]
    comment = f'<p style="color:{theme.text}">“{_shown(row.coding.comment)}”</p>' if row.coding.comment else ""
    was = f'<p style="color:{theme.quiet}">Coded on: “{_shown(row.was)}”</p>' if row.was and row.was != row.text else ""
    return (
        f'<p style="color:{theme.quiet}; margin:0 0 {SPACE}px 0">{_shown(source)}</p>{beside}'
        f'<p style="line-height:150%; margin:0 0 {SPACE}px 0; white-space:pre-wrap">'
        f'<span style="color:{theme.quiet}">{_shown(_from_word(row.before))}</span>'
        f'<span style="color:{theme.text}; {told}">{_shown(row.text)}</span>'
        f'<span style="color:{theme.quiet}">{_shown(_to_word(row.after))}</span></p>'
        f'<p style="margin:0"><span style="color:{code.ink}">{_shown(notes[0])}</span>'
        f'<span style="color:{theme.quiet}">{_shown("".join(f" · {note}" for note in notes[1:]))}</span></p>'
        f"{was}{comment}"
    )


def _said(beside: Counterpart) -> str:
    """What another language says where a passage stands, or that it says nothing."""
    theme = current()
    who = f"The {beside.language}, {beside.name}, says" + ("" if beside.turns else " nothing here")
    turns = "".join(
        f'<p style="color:{theme.text}; line-height:150%; margin:0 0 {SPACE}px 0">{_shown(_turn(turn))}</p>'
        for turn in beside.turns
    )
    return f'<p style="color:{theme.quiet}; margin:0 0 {SPACE // 2}px 0">{_shown(who)}</p>{turns}'


def _turn(turn: Said) -> str:
    return f"{turn.speaker}: {turn.words}" if turn.speaker else turn.words


def _from_word(text: str) -> str:
    """What stands before a passage, from the start of a word where it was cut."""
    cut = len(text) >= AROUND and " " in text
    return "… " + text[text.index(" ") + 1 :] if cut else text


def _to_word(text: str) -> str:
    """What stands behind a passage, to the end of a word where it was cut."""
    cut = len(text) >= AROUND and " " in text
    return text[: text.rindex(" ")] + " …" if cut else text


def _shown(text: str) -> str:
    return escape(displayable(text)).replace("\n", "<br>")
