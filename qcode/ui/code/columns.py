"""The columns of the room: documents, text, definition, and right of them codings above the codebook."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from qcode.ui.theme import SPACE

_WIDTHS = (22 * SPACE, 90 * SPACE, 46 * SPACE, 41 * SPACE)
_EDITOR, _CODEBOOK = 2, 3
_ENOUGH = 0.85
_LEAST = 76 * SPACE
_ROOM_FOR_ALL = 180 * SPACE
_ROOM_FOR_DOCUMENTS = 126 * SPACE


class RoomColumns(QSplitter):
    """Gives the text what room there is; the documents give way where it is little, and come back."""

    def __init__(
        self, documents: QWidget, text: QWidget, editor: QWidget, right: tuple[QWidget, QWidget], parent: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._documents = documents
        self._text = text
        self._editor = editor
        self._wanted = self._right = 0
        self._before: list[int] = []
        self._gave_way = False
        column = QSplitter(Qt.Orientation.Vertical, self)
        column.setChildrenCollapsible(False)
        for part in right:
            column.addWidget(part)
        column.setSizes([30 * SPACE, 60 * SPACE])
        column.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        for part in (documents, text, editor, column):
            self.addWidget(part)
        for place in range(self.count()):
            self.setStretchFactor(place, int(self.widget(place) is text))
        self.setSizes(list(_WIDTHS))
        self.setMinimumWidth(_LEAST)
        editor.hide()

    # Methods

    def fold_documents(self) -> bool:
        """Fold the documents away, or show them again; says whether they are shown now."""
        self._before, self._gave_way = [], False
        self._documents.setVisible(self._documents.isHidden())
        return not self._documents.isHidden()

    def open_editor(self, wanted: int = 0) -> None:
        """Make room for the editor, as wide as it wants to be if it says so: in a narrow window that of the documents.

        Where there is too little for the text and the editor, it takes the place of the text until it is closed.
        """
        opening = self._editor.isHidden()
        if opening:
            self._right = self.sizes()[_CODEBOOK]
        if opening and self.width() < _ROOM_FOR_ALL and not self._documents.isHidden():
            self._before = self.sizes()
            self._documents.hide()
        self._editor.show()
        wanted = wanted or _WIDTHS[_EDITOR]
        if opening or wanted != self._wanted:
            self._wanted = wanted
            self._share()

    def close_editor(self) -> None:
        """Give the room back."""
        left, _text, _editor, _right = self.sizes()
        self._editor.hide()
        self._text.show()
        before, self._before = self._before, []
        if before:
            self._documents.show()
            self.setSizes(before)
        elif self._right:
            self.setSizes([left, max(self.width() - left - self._right, 1), 0, self._right])

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
        if not self._editor.isHidden():
            self._share()

    # Internal

    def _share(self) -> None:
        """Share the middle between the text and the editor."""
        left = 0 if self._documents.isHidden() else self.sizes()[0]
        rest = self.width() - left - self._right - 3 * self.handleWidth()
        least = self._text.minimumSizeHint().width()
        self._text.setVisible(rest - least >= _ENOUGH * self._wanted)
        width = min(self._wanted, max(rest - least, 1)) if not self._text.isHidden() else max(rest, 1)
        self.setSizes([left, max(rest - width, 1), width, self._right])
