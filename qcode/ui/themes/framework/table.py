"""The cells of the framework as a table that is worked by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from qcode.queries.themes.framework import Framework, FrameworkCell, SubjectRow, ThemeColumn
from qcode.ui.context_menu import show_menu
from qcode.ui.theme import SPACE
from qcode.ui.themes.framework.cells import CellDelegate
from qcode.ui.themes.framework.heads import Heads
from qcode.ui.themes.framework.rows import CELL, FrameworkRows, Index, Key
from qcode.ui.wrapped import keep_lines_whole

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FrameworkTable(QTableView):
    """Cells with summaries; the one with the cursor is told, Enter writes in it. While one writes, news wait."""

    chosen = Signal()
    written = Signal(object, object, str)
    refused = Signal(object)
    tooLong = Signal()
    writingEnded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._cells = FrameworkRows(self), CellDelegate(self)
        self.setModel(self._rows)
        self.setItemDelegate(self._cells)
        self._rows.written.connect(self.written)
        self._cells.tooLong.connect(self.tooLong)
        self._cells.editingEnded.connect(self._on_ended)
        self.doubleClicked.connect(lambda _index: self.write())
        self._writing = self._widening = False
        self._type = self.fontMetrics().height()
        self._across, self._down = Heads(Qt.Orientation.Horizontal, self), Heads(Qt.Orientation.Vertical, self)
        self._set_up()

    # Properties

    @property
    def matrix(self) -> Framework:
        """What is shown."""
        return self._rows.matrix

    @property
    def writing(self) -> bool:
        """Whether the field of a cell is open."""
        return self._writing

    @property
    def at(self) -> tuple[SubjectRow, ThemeColumn] | None:
        """Whom and which theme the cell with the cursor is about."""
        index = self.currentIndex()
        return self._rows.at(index) if index.isValid() else None

    @property
    def cell(self) -> FrameworkCell:
        """The cell with the cursor."""
        index = self.currentIndex()
        return index.data(CELL) if index.isValid() else FrameworkCell()

    @property
    def key(self) -> Key | None:
        """The cell with the cursor, by its subject and its theme."""
        at = self.at
        return (at[0].id, at[1].id) if at else None

    # Methods

    def show_matrix(self, matrix: Framework) -> None:
        """Show a matrix; the cursor stays on its cell, and what is seen stays where it is."""
        key, across, down = self.key, self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        if not self._rows.take(matrix):
            self._widen()
        self._fit()
        self.put_cursor(key or ("", ""))
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)
        self.chosen.emit()

    def put_cursor(self, key: Key) -> None:
        """Put the cursor on a cell; if it is gone, on the first one."""
        index = self._rows.place_of(key)
        found = index if index.isValid() else self._rows.index(0, 0)
        if found.isValid() and found != self.currentIndex():
            self.selectionModel().setCurrentIndex(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def put_cursor_in_column(self, theme: str) -> None:
        """Put the cursor into the column of a theme, in the row where it is."""
        subjects = self.matrix.subjects
        subject = self.key[0] if self.key else (subjects[0].id if subjects else "")
        if any(column.id == theme for column in self.matrix.themes):
            self.put_cursor((subject, theme))

    def write(self) -> None:
        """Open the field of the cell with the cursor."""
        index, at = self.currentIndex(), self.at
        if at is None:
            return
        if not at[0].named:
            self.refused.emit(at[0])
            return
        self.scrollTo(index)
        self._writing = True
        self.edit(index)

    def keep_writing(self) -> None:
        """Keep what is half written, and close its field."""
        if self._writing:
            self._cells.keep_writing()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes, copying copies the summary; letters are left to actions."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._writing:  # a field lets go of the Enter that ends it
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.cell.words)
        elif not held and event.key() in _ENTER:
            self.write()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the cell."""
        show_menu(self, event, self.visualRect(self.currentIndex()).center())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is chosen now."""
        super().currentChanged(current, previous)
        self.chosen.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow and shrink with the type."""
        super().changeEvent(event)
        if (
            event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange)
            and self._type != self.fontMetrics().height()
        ):
            self._type = self.fontMetrics().height()
            self._fit()

    # Private slots

    def _on_ended(self) -> None:
        self._writing = False
        self.writingEnded.emit()

    def _on_resized(self) -> None:
        if not self._widening:
            self._fit()

    # Internal

    def _widen(self) -> None:
        """Make every column as wide as it is at first; rows are fitted once after that, not after each column."""
        self._widening = True
        for column in range(self._rows.columnCount()):
            self.setColumnWidth(column, 28 * SPACE)
        self._widening = False

    def _fit(self) -> None:
        """Make headings and rows as high as their words need."""
        self._across.fit()
        self._down.fit()
        self.verticalHeader().resizeSections(QHeaderView.ResizeMode.ResizeToContents)

    def _set_up(self) -> None:
        self.setAccessibleName("Framework")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        keep_lines_whole(self)
        self.setCornerButtonEnabled(False)
        self.setHorizontalHeader(self._across)
        self.setVerticalHeader(self._down)
        self._across.sectionResized.connect(self._on_resized)
