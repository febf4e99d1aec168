"""The columns of the room: documents, text, definition, and right of them codings above the codebook."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from qcode.ui.theme import SPACE

_WIDTHS = (22 * SPACE, 90 * SPACE, 46 * SPACE, 41 * SPACE)
_EDITOR = 2
_STRIP = 30 * SPACE
_LEAST = 76 * SPACE
_ROOM_FOR_ALL = 180 * SPACE
_ROOM_FOR_DOCUMENTS = 126 * SPACE


class RoomColumns(QSplitter):
    """Gives the text what room there is; the documents give way where it is little, and come back."""

    def __init__(self, documents: QWidget, text: QWidget, editor: QWidget, right: tuple[QWidget, QWidget]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._documents = documents
        self._editor = editor
        self._before: list[int] = []
        self._gave_way = False
        column = QSplitter(Qt.Orientation.Vertical)
        column.setChildrenCollapsible(False)
        for part in right:
            column.addWidget(part)
        column.setSizes([30 * SPACE, 60 * SPACE])
        column.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        for place, part in enumerate((documents, text, editor, column)):
            self.addWidget(part)
            self.setStretchFactor(place, int(part is text))
        self.setSizes(list(_WIDTHS))
        self.setMinimumWidth(_LEAST)
        editor.hide()

    # Methods

    def fold_documents(self) -> bool:
        """Fold the documents away, or show them again; says whether they are shown now."""
        self._before, self._gave_way = [], False
        self._documents.setVisible(self._documents.isHidden())
        return not self._documents.isHidden()

    def open_editor(self, wanted: int = _WIDTHS[_EDITOR]) -> None:
        """Make room for the editor, in a narrow window that of the documents; one that is open is widened, if need be.

        A wide editor leaves a strip of the text.
        """
        if not self._editor.isHidden() and self.sizes()[_EDITOR] >= wanted:
            return
        if self.width() < _ROOM_FOR_ALL and not self._documents.isHidden():
            self._before = self.sizes()
            self._documents.hide()
        self._editor.show()
        left, _text, _editor, right = self.sizes()
        rest = sum(self.sizes()) - left - right
        width = max(min(wanted, rest - _STRIP), _WIDTHS[_EDITOR])
        self.setSizes([left, max(rest - width, 1), width, right])

    def close_editor(self) -> None:
        """Give the room back."""
        self._editor.hide()
        before, self._before = self._before, []
        if before:
            self._documents.show()
            self.setSizes(before)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the documents give way, or come back."""
        super().resizeEvent(event)
        little = event.size().width() < _ROOM_FOR_DOCUMENTS
        if little and not self._documents.isHidden():
            self._gave_way = True
            self._documents.hide()
        elif self._gave_way and not little:
            self._gave_way = False
            self._documents.show()
