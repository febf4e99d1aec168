"""Staying where one is while the words of a text are corrected: caret, selection and scroll move with the words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextCursor

from qcode.queries.transcripts.documents import DocumentText
from qcode.text.edits import OffsetMap, edits_between
from qcode.ui.text.view import TranscriptView


@dataclass(frozen=True, slots=True)
class Stay:
    """Where one was in a text: both ends of the selection, the paragraph at the top, and its rows above."""

    text: DocumentText
    anchor: int
    caret: int
    top: int
    rows_above: int


def note(view: TranscriptView, text: DocumentText | None) -> Stay | None:
    """Where one is now in the text that is shown."""
    if text is None or view.page.text != text.text:
        return None
    cursor, positions = view.textCursor(), view.page.positions
    block = view.firstVisibleBlock()
    gone = view.verticalScrollBar().value() - block.firstLineNumber()
    top = view.page.paragraph(block.blockNumber())[0] if block.isValid() else 0
    return Stay(text, positions.from_qt(cursor.anchor()), positions.from_qt(cursor.position()), top, gone)


def stay(view: TranscriptView, before: Stay | None, text: DocumentText) -> None:
    """Be at the same words in another state of the same text, which is shown by now."""
    if before is None or before.text.id != text.id:
        return
    places = OffsetMap(edits_between(before.text.text, text.text))
    first, last = sorted((before.anchor, before.caret))
    start, end, _altered = places.place(first, last)
    anchor, caret = (start, end) if before.anchor <= before.caret else (end, start)
    cursor = QTextCursor(view.document())
    cursor.setPosition(view.page.positions.to_qt(anchor))
    cursor.setPosition(view.page.positions.to_qt(caret), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    block = view.document().findBlockByNumber(view.page.paragraph_at(places.place(before.top, before.top).start))
    view.blockBoundingRect(block)
    view.verticalScrollBar().setValue(block.firstLineNumber() + min(before.rows_above, max(block.lineCount() - 1, 0)))
