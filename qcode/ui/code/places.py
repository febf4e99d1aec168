"""Where one was in each document: selection, caret and scroll."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from qcode.ids import DocumentId


class Places:
    """Remembers them while the room lives."""

    def __init__(self, view: QPlainTextEdit) -> None:
        self._view = view
        self._known: dict[DocumentId, tuple[int, int, int]] = {}

    def leave(self, document: DocumentId | None) -> None:
        """Note where one is."""
        if document is not None:
            cursor = self._view.textCursor()
            self._known[document] = (cursor.anchor(), cursor.position(), self._view.verticalScrollBar().value())

    def come_back(self, document: DocumentId) -> None:
        """Go where one was; to the beginning of a document one was never in."""
        anchor, caret, down = self._known.get(document, (0, 0, 0))
        cursor = self._view.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(caret, cursor.MoveMode.KeepAnchor)
        self._view.setTextCursor(cursor)
        self._view.verticalScrollBar().setValue(down)
