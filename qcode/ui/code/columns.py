"""The columns of the room: documents, text, definition, and right of them codings above the codebook."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from qcode.ui.theme import SPACE

_WIDTHS = (22 * SPACE, 90 * SPACE, 46 * SPACE, 41 * SPACE)
_EDITOR = 2
_ENOUGH = 0.85
_LEAST = 76 * SPACE
_ROOM_FOR_ALL = 180 * SPACE
_ROOM_FOR_DOCUMENTS = 126 * SPACE


class RoomColumns(QSplitter):
    """Gives the text what room there is; the documents give way where it is little, and come back."""

    def __init__(self, documents: QWidget, text: QWidget, editor: QWidget, right: tuple[QWidget, QWidget]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._documents = documents
        self._text = text
        self._editor = editor
        self._wanted = 0
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

    def open_editor(self, wanted: int = 0) -> None:
        """Make room for the editor, in a narrow window that of the documents.

        A panel that says how wide it wants to be takes the place of the text where there is too little for both.
        """
        opening = self._editor.isHidden()
        if opening and self.width() < _ROOM_FOR_ALL and not self._documents.isHidden():
            self._before = self.sizes()
            self._documents.hide()
        self._editor.show()
        if opening or wanted != self._wanted:
            self._wanted = wanted
            self._share()

    def close_editor(self) -> None:
        """Give the room back."""
        self._editor.hide()
        self._text.show()
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
        if self._wanted and not self._editor.isHidden():
            self._share()

    # Internal

    def _share(self) -> None:
        """Share the middle between the text and the editor."""
        wanted = self._wanted or _WIDTHS[_EDITOR]
        left, text, editor, right = self.sizes()
        rest = text + editor
        least = self._text.minimumSizeHint().width()
        self._text.setVisible(not self._wanted or rest - least >= _ENOUGH * wanted)
        width = min(wanted, max(rest - 1, 1))
        self.setSizes([left, rest - width, width, right])
