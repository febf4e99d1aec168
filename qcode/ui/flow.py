"""A layout that goes on in the next row where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from qcode.ui.theme import SPACE


class FlowLayout(QLayout):
    """Puts its widgets side by side, each as wide as it likes, in as many rows as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SPACE // 2)

    # What Qt asks of a layout

    def addItem(self, item: QLayoutItem) -> None:
        """Put one more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It asks for no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrower row makes more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high its rows are at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """As small as it can be."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for the widest of them."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    # Internal

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Put everything in rows, each in the middle of its row; answers with their height."""
        x, y = rect.x(), rect.y()
        row: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), item.sizeHint().height()))
            if row and x + size.width() > rect.right() + 1:
                x, y, row = rect.x(), y + _settle(row, move=move) + self.spacing(), []
            row.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self.spacing()
        return y + _settle(row, move=move) - rect.y()


def _settle(row: Sequence[tuple[QLayoutItem, QRect]], *, move: bool) -> int:
    height = max((place.height() for _item, place in row), default=0)
    for item, place in row:
        if move:
            item.setGeometry(place.translated(0, (height - place.height()) // 2))
    return height
