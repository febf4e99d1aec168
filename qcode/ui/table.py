"""Tables that sort, filter and copy, and that keep selection and scroll when their rows are read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QHoverEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from qcode.ui.context_menu import menu_of, show_menu
from qcode.ui.table_rows import Index, TableRows
from qcode.ui.theme import SPACE, current

_PADDING = 2 * SPACE - 2
_THIS_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


@dataclass(frozen=True)  # with slots, Column[Row](...) would fail: typing sets an attribute on what it makes
class Column[Row]:
    """How one thing about a row is sorted (`value`), shown (`text`, else the value), aligned and explained.

    `icon` is shown before the text, `struck` strikes it through, `strong` lets it stand out, and `stretch` gives the
    column what room is left.
    `about` explains the column itself, at its title. In a table too narrow for all, columns that `yields` give way, the
    highest first, until a column that stretches has its `width`.
    """

    title: str
    value: Callable[[Row], object]
    text: Callable[[Row], str] | None = None
    align: Literal["left", "right"] = "left"
    tip: Callable[[Row], str] | None = None
    icon: Callable[[Row], QIcon | None] | None = None
    struck: Callable[[Row], bool] | None = None
    strong: Callable[[Row], bool] | None = None
    stretch: bool = False
    width: int | None = None
    about: str = ""
    yields: int = 0

    def shown(self, row: Row) -> str:
        """The words in the cell."""
        if self.text is not None:
            return self.text(row)
        value = self.value(row)
        return "" if value is None else str(value)


class RowTable(QTableView):
    """Rows, one line each. A header sorts up, then down, then not at all; Ctrl+C copies what is selected."""

    rowActivated = Signal(object)
    currentRowChanged = Signal(object)

    def __init__(self, columns: Sequence[Column[Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = TableRows(columns, self)
        self._announced: object = None
        self._quiet = False
        self._line_height = 0
        self._pointed = QPersistentModelIndex()
        self._put_away: set[int] = set()
        self._widths: dict[int, int] = {}
        self.setModel(self._rows)
        self._set_up()
        self._set_up_headers(columns)
        self.doubleClicked.connect(self._on_double_clicked)
        self.horizontalHeader().sortIndicatorChanged.connect(self._on_sort)

    # Properties

    @property
    def columns(self) -> Sequence[Column[Any]]:
        """The columns as they were given."""
        return self._rows.columns

    # Methods

    def set_rows(self, rows: Sequence[Any], key: Callable[[Any], object] = lambda row: row.id) -> None:
        """Show these rows; those selected, current and scrolled to before stay so, by `key`, while they are there."""
        self._change(lambda: self._rows.take(rows, key))

    def filter(self, text: str) -> None:
        """Show only rows in which every word of `text` occurs; none for an empty text is hidden."""
        self._change(lambda: self._rows.narrow(text))

    def shown_rows(self) -> list[Any]:
        """The rows in the order they are shown."""
        return list(self._rows.shown)

    def selected_rows(self) -> list[Any]:
        """The selected rows in the order they are shown."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.shown[line] for line in lines]

    def current_row(self) -> Any | None:
        """The row with the cursor."""
        index = self.currentIndex()
        return self._rows.shown[index.row()] if index.isValid() else None

    def select_row(self, key: object) -> bool:
        """Make the row with this key current, selected and visible; says whether it is shown."""
        line = self._rows.line_of(key)
        if line is None:
            return False
        # A view left to itself adds to what is selected while Ctrl or Shift is held, which many keys need.
        index = self._rows.index(line, max(self.currentIndex().column(), 0))
        self.selectionModel().setCurrentIndex(index, _THIS_ROW)
        return True

    def sort(self, column: int, *, descending: bool = False) -> None:
        """Sort by a column, as clicking its header does."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def extend(self, column: Column[Any] | None) -> None:
        """Show one more column at the end, in place of one shown so before, or none any more; nothing else changes."""
        lasting = self._rows.lasting
        if len(self.columns) > lasting:
            self._widths.pop(lasting, None)
            if self.horizontalHeader().sortIndicatorSection() >= lasting:
                self.sort(-1)
        self._change(lambda: self._rows.extend(column))
        if column is not None and column.width is not None:
            self.setColumnWidth(lasting, column.width)
        self._make_room()

    def setColumnHidden(self, column: int, hide: bool) -> None:
        """Put a column away, or show it where there is room for it."""
        (self._put_away.add if hide else self._put_away.discard)(column)
        self._make_room()

    def copy(self) -> None:
        """Put the selected rows on the clipboard, one a line, tabs between the cells."""
        lines = ["\t".join(self._rows.cells(row)) for row in self.selected_rows()]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates, Ctrl+C copies; everything else is Qt's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers() and self._rows.shown:
            last = event.key() == Qt.Key.Key_End
            line = len(self._rows.shown) - 1 if last else 0
            self.setCurrentIndex(self._rows.index(line, max(self.currentIndex().column(), 0)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() is not None:
            self.rowActivated.emit(self.current_row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow table some columns give way to the one that is read."""
        self._make_room()
        super().resizeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the table's own actions, copying, and sorting, which the keyboard reaches here."""
        show_menu(self, event, self.visualRect(self.currentIndex()).bottomLeft(), self._menu())

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the row under the pointer."""
        if event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._point_at(QModelIndex())
        elif isinstance(event, QHoverEvent):
            self._point_at(self.indexAt(event.position().toPoint()))
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shade the whole row under the pointer, behind its cells."""
        if self._pointed.isValid():
            QPainter(self.viewport()).fillRect(self._row_rect(self._pointed), QColor(current().hover))
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Grow and shrink with the type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_to_type()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell when another row has the cursor."""
        super().currentChanged(current, previous)
        if not self._quiet:
            self._announce()

    # Private slots

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.rowActivated.emit(self._rows.shown[index.row()])

    def _on_sort(self, column: int, order: Qt.SortOrder) -> None:
        self._change(lambda: self._rows.order(column, descending=order is Qt.SortOrder.DescendingOrder))

    # Internal

    def _point_at(self, index: QModelIndex) -> None:
        for changed in (self._pointed, index):
            if changed.isValid():
                self.viewport().update(self._row_rect(changed))
        self._pointed = QPersistentModelIndex(index)

    def _row_rect(self, index: Index) -> QRect:
        return QRect(0, self.rowViewportPosition(index.row()), self.viewport().width(), self.rowHeight(index.row()))

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def _set_up_headers(self, columns: Sequence[Column[Any]]) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(SPACE)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for number, column in enumerate(columns):
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            elif column.width is not None:
                self.setColumnWidth(number, column.width)
        if not any(column.stretch for column in columns):
            header.setStretchLastSection(True)
        self._line_height = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(self._line_height + _PADDING)

    def _make_room(self) -> None:
        """Hide what was put away, and what gives way to columns that are read in the room there is."""
        shown = [number for number in range(len(self.columns)) if number not in self._put_away]
        wanted = {number: self._wanted_width(number) for number in shown}
        excess = sum(wanted.values()) - self.viewport().width()
        for number in sorted(shown, key=lambda number: -self.columns[number].yields):
            if excess <= 0 or not self.columns[number].yields:
                break
            excess -= wanted.pop(number)
        for number in range(len(self.columns)):
            if self.isColumnHidden(number) == (number in wanted):
                super().setColumnHidden(number, number not in wanted)

    def _wanted_width(self, number: int) -> int:
        column = self.columns[number]
        if column.stretch:
            return column.width or 0
        if not self.isColumnHidden(number):
            self._widths[number] = self.columnWidth(number)
        return self._widths.get(number, column.width or 0)

    def _fit_to_type(self) -> None:
        before, now = self._line_height, self.fontMetrics().height()
        if not before or before == now:
            return
        self._line_height = now
        self.verticalHeader().setDefaultSectionSize(now + _PADDING)
        header = self.horizontalHeader()
        for number, column in enumerate(self.columns):
            if not column.stretch:
                header.resizeSection(number, round(header.sectionSize(number) * now / before))

    def _change(self, deed: Callable[[], None]) -> None:
        """Change what is shown while selection, cursor and scroll stay with their rows."""
        selected = [self._rows.key_of(row) for row in self.selected_rows()]
        row, column = self.current_row(), max(self.currentIndex().column(), 0)
        current = None if row is None else self._rows.key_of(row)
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._quiet = True
        deed()
        self._select([line for line in map(self._rows.line_of, selected) if line is not None])
        line = None if current is None else self._rows.line_of(current)
        if line is not None:
            here = self._rows.index(line, column)
            self.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)
        self._quiet = False
        self._announce()

    def _select(self, lines: Sequence[int]) -> None:
        wanted = QItemSelection()
        last = len(self.columns) - 1
        for line in lines:
            wanted.select(self._rows.index(line, 0), self._rows.index(line, last))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _announce(self) -> None:
        row = self.current_row()
        key = None if row is None else self._rows.key_of(row)
        if key != self._announced:
            self._announced = key
            self.currentRowChanged.emit(row)

    def _menu(self) -> QMenu:
        menu = menu_of(self)
        menu.addSeparator()
        copy = menu.addAction("Copy rows", self.copy)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(bool(self.selected_rows()))
        sorting = menu.addMenu("Sort by")
        for number, column in enumerate(self.columns):
            sorting.addAction(column.title, partial(self.sort, number))
            sorting.addAction(f"{column.title}, last first", partial(self.sort, number, descending=True))
        sorting.addAction("Nothing", partial(self.sort, -1))
        return menu
