"""Documents by coders in one round: who codes what, and how far they are, said in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from qcode.ids import CoderId, DocumentId
from qcode.queries.assignments import NOT_ASSIGNED, AssignmentGrid
from qcode.ui import theme
from qcode.ui.table_rows import Index
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.words import state_word

_ROLE = Qt.ItemDataRole
_MARKS = {"handed in": "✓", "open": "○", NOT_ASSIGNED: "–"}


class GridView(QTableView):
    """A cell for each document and coder. Select cells and press Enter to assign them."""

    assignRequested = Signal()
    selectionMade = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = _Cells(self)
        self.setModel(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAccessibleName("Documents by coders")
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setDefaultSectionSize(136)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().selectionChanged.connect(self.selectionMade)

    # Properties

    @property
    def unassigned(self) -> list[tuple[DocumentId, CoderId]]:
        """The selected cells of which nothing is assigned yet."""
        grid = self._cells.grid
        if grid is None:
            return []
        cells = [self._cells.key(index) for index in self.selectionModel().selectedIndexes() if index.column()]
        return [cell for cell in cells if grid.state(*cell) == NOT_ASSIGNED]

    # Methods

    def show_grid(self, grid: AssignmentGrid | None) -> None:
        """Show a round; the selected documents and coders stay selected."""
        chosen = {self._cells.key(index) for index in self.selectionModel().selectedIndexes() if index.column()}
        current = self._cells.key(self.currentIndex()) if self.currentIndex().column() > 0 else None
        place = self.verticalScrollBar().value()
        self._cells.take(grid)
        wanted = QItemSelection()
        for index in self._cells.indexes():
            if self._cells.key(index) in chosen:
                wanted.select(index, index)
            if self._cells.key(index) == current:
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.verticalScrollBar().setValue(place)
        self.setColumnWidth(0, max(self.sizeHintForColumn(0), 17 * SPACE))
        for column in range(1, self._cells.columnCount()):
            self.setColumnWidth(column, max(self.horizontalHeader().sectionSizeHint(column), 17 * SPACE))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter assigns, Ctrl+C copies the whole grid; everything else is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.assignRequested.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._cells.as_text())
        else:
            super().keyPressEvent(event)


class _Cells(QAbstractTableModel):
    """The grid as Qt asks for it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.grid: AssignmentGrid | None = None

    # Methods

    def take(self, grid: AssignmentGrid | None) -> None:
        """Hold another round."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def key(self, index: Index) -> tuple[DocumentId, CoderId]:
        """The document and the coder of a cell."""
        assert self.grid is not None  # noqa: S101 - a cell exists only in a grid
        return self.grid.documents[index.row()][0], self.grid.coders[index.column() - 1].id

    def indexes(self) -> list[QModelIndex]:
        """All cells of coders."""
        return [self.index(row, column) for row in range(self.rowCount()) for column in range(1, self.columnCount())]

    def as_text(self) -> str:
        """The grid with tabs between the cells."""
        if self.grid is None:
            return ""
        lines = [["", *(coder.name for coder in self.grid.coders)]]
        for document, name in self.grid.documents:
            lines.append([name, *(state_word(self.grid.state(document, coder.id)) for coder in self.grid.coders)])
        return "\n".join("\t".join(line) for line in lines)

    # Events

    def rowCount(self, parent: Index | None = None) -> int:
        """One row for each document."""
        return 0 if self.grid is None or (parent is not None and parent.isValid()) else len(self.grid.documents)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column for the documents' names and one for each coder."""
        return 0 if self.grid is None or (parent is not None and parent.isValid()) else 1 + len(self.grid.coders)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names of documents are no cells to assign."""
        return super().flags(index) if index.column() else Qt.ItemFlag.ItemIsEnabled

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The coders' names above their columns."""
        if self.grid is None or orientation is Qt.Orientation.Vertical:
            return None
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return self.grid.coders[section - 1].name if section else "Document"
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """The name of a document, or a state in words with a mark before it."""
        if self.grid is None or not index.isValid():
            return None
        name = self.grid.documents[index.row()][1]
        if not index.column():
            return name if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole) else None
        document, coder = self.key(index)
        state = self.grid.state(document, coder)
        if role == _ROLE.DisplayRole:
            return f"{_MARKS.get(state, '')} {state_word(state)}".strip()
        if role == _ROLE.AccessibleTextRole:
            return f"{name}, {self.grid.coders[index.column() - 1].name}: {state_word(state)}"
        if role == _ROLE.ForegroundRole and state == NOT_ASSIGNED:
            return QColor(theme.current().quiet)
        return None
