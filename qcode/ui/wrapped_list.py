"""A list to read: each row is a text that wraps, with something small and quiet below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qcode.ui import theme
from qcode.ui.context_menu import menu_of, show_menu
from qcode.ui.row_list import Index, RowList
from qcode.ui.theme import SPACE
from qcode.ui.wrapped import Words, floor_of, keep_lines_whole, paint_ground, words

_ROLE = Qt.ItemDataRole
_PAD = 1.5 * SPACE


class Said(NamedTuple):
    """What a row says: its text, a small line below it, and what a tooltip adds."""

    text: str
    below: str = ""
    tip: str = ""


class _Rows(RowList):
    """The rows, and what each says."""

    def __init__(self, say: Callable[[Any], Said], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.say = say

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What a row says, to read, to hear and in a tooltip."""
        if not index.isValid():
            return None
        said = self.say(self.rows[index.row()])
        if role == _ROLE.UserRole:
            return said
        if role == _ROLE.ToolTipRole:
            return said.tip or None
        whole = f"{said.text}\n{said.below}" if said.below else said.text
        return whole if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole) else None


class _Delegate(QStyledItemDelegate):
    """Paints a row as high as its words need."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list, as high as the words."""
        width = _width(option)
        text, below = _laid_out(index.data(_ROLE.UserRole), width)
        return QSize(width, round(text.height + (below.height + 2 if below else 0) + 2 * SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        place, shown = QRectF(option.rect), theme.current()
        painter.save()
        paint_ground(painter, option, index)
        text, below = _laid_out(index.data(_ROLE.UserRole), _width(option))
        text.paint(painter, place.topLeft() + QPointF(_PAD, SPACE), shown.text, floor_of(option))
        if below:
            corner = place.topLeft() + QPointF(_PAD, SPACE + text.height + 2)
            below.paint(painter, corner, shown.quiet, floor_of(option))
        painter.restore()


def _width(option: QStyleOptionViewItem) -> int:
    """The width that words have, which leaves room for a scroll bar whether there is one or not."""
    return int(option.widget.property("lineWidth") or option.rect.width())


def _laid_out(said: Said, width: float) -> tuple[Words, Words | None]:
    room = width - 2 * _PAD
    return words(said.text, room), words(said.below, room, "small") if said.below else None


class WrappedList(QListView):
    """Rows to read and to go through by keys; `key` says which row is which when they are read again."""

    rowActivated = Signal(object)

    def __init__(self, say: Callable[[Any], Said], key: Callable[[Any], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._key = _Rows(say, self), key
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setMouseTracking(True)
        keep_lines_whole(self)
        self.doubleClicked.connect(lambda index: self.rowActivated.emit(self._rows.rows[index.row()]))

    # Properties

    @property
    def rows(self) -> list[Any]:
        """The rows as they are shown."""
        return self._rows.rows

    @property
    def row(self) -> Any | None:
        """The row with the cursor."""
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    # Methods

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; cursor and scroll stay where the row with the cursor is still there."""
        key, down = None if self.row is None else self._key(self.row), self.verticalScrollBar().value()
        self._rows.take(rows)
        self.doItemsLayout()
        place = next((number for number, row in enumerate(rows) if key is not None and self._key(row) == key), None)
        if place is not None:
            self.setCurrentIndex(self._rows.index(place))
            self.verticalScrollBar().setValue(down)
        elif rows:
            self.setCurrentIndex(self._rows.index(0))
            self.scrollToTop()

    def copy(self) -> None:
        """Put the row with the cursor on the clipboard."""
        if self.row is not None:
            QGuiApplication.clipboard().setText(self.currentIndex().data())

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates, Ctrl+C copies; letters are left to actions, and search nothing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row is not None:
            self.rowActivated.emit(self.row)
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the list's actions and copying."""
        menu = menu_of(self)
        copy = menu.addAction("Copy", self.copy)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        show_menu(self, event, self.visualRect(self.currentIndex()).bottomLeft(), menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the rows anew."""
        self.setProperty("lineWidth", self.width() - self.verticalScrollBar().sizeHint().width())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
