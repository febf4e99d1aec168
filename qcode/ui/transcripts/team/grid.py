"""Documents by coders in one round: who codes what, and how far they are, said in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from qcode.queries.rounds.assignments import NOT_ASSIGNED
from qcode.queries.rounds.progress import CellProgress, CoderProgress, DocumentProgress, RoundProgress
from qcode.ui import theme
from qcode.ui.context_menu import show_menu
from qcode.ui.table_rows import Index
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import counted
from qcode.ui.transcripts.team.panel import Cell

_ROLE = Qt.ItemDataRole
_MARKS = {"handed in": "✓", "done": "◐", "open": "○", NOT_ASSIGNED: "–"}
_NARROWEST = 15 * SPACE
_WIDEST_NAME = 26 * SPACE
_SEALED = "How far a colleague is in a blind round is told when you have handed in your own."


class GridView(QTableView):
    """A cell for each document and coder, with the documents' names at the left of it. Escape chooses nothing."""

    selectionMade = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = _Cells(self)
        self.setModel(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAccessibleName("Documents by coders")
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self._set_up_headers()
        self.selectionModel().selectionChanged.connect(self.selectionMade)

    # Properties

    @property
    def chosen(self) -> list[Cell]:
        """The chosen cells, the one with the cursor first, then by document."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: (index.row(), index.column()))
        cells = [self._cells.key(index) for index in indexes]
        current = self._cells.key(self.currentIndex()) if self.currentIndex().isValid() else None
        return [current, *(cell for cell in cells if cell != current)] if current in cells and current else cells

    # Methods

    def cell(self, where: Cell) -> CellProgress:
        """How far a coder is with a document."""
        return self._cells.progress_of(where)

    def show_progress(self, progress: RoundProgress | None) -> None:
        """Show a round; the chosen documents and coders stay chosen, and nothing scrolls."""
        chosen = {self._cells.key(index) for index in self.selectionModel().selectedIndexes()}
        current = self._cells.key(self.currentIndex()) if self.currentIndex().isValid() else None
        down, across = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self._cells.take(progress)
        wanted = QItemSelection()
        for index in self._cells.indexes():
            key = self._cells.key(index)
            if key in chosen:
                wanted.select(index, index)
            if key == current:
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._fit()
        self.verticalScrollBar().setValue(down)
        self.horizontalScrollBar().setValue(across)

    def choose(self, cell: Cell) -> None:
        """Put the cursor on one cell, and choose it alone."""
        for index in self._cells.indexes():
            if self._cells.key(index) == cell:
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the whole grid, Esc chooses nothing; everything else is Qt's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._cells.as_text())
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chosen cells, which the keyboard reaches here."""
        show_menu(self, event, self.visualRect(self.currentIndex()).bottomLeft())

    # Internal

    def _set_up_headers(self) -> None:
        names, coders = self.verticalHeader(), self.horizontalHeader()
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setMaximumWidth(_WIDEST_NAME)
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        coders.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for header in (names, coders):
            header.setHighlightSections(False)
            header.setSectionsClickable(True)

    def _fit(self) -> None:
        height = self.fontMetrics().height() + 2 * SPACE - 2
        self.verticalHeader().setDefaultSectionSize(height)
        for column in range(self._cells.columnCount()):
            wanted = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column), _NARROWEST)
            self.setColumnWidth(column, wanted)


class _Cells(QAbstractTableModel):
    """The grid as Qt asks for it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.progress: RoundProgress | None = None

    # Methods

    def take(self, progress: RoundProgress | None) -> None:
        """Hold another round."""
        self.beginResetModel()
        self.progress = progress
        self.endResetModel()

    def key(self, index: Index) -> Cell:
        """The document and the coder of a cell."""
        held = self._held
        return held.documents[index.row()].id, held.coders[index.column()].coder.id

    def progress_of(self, cell: Cell) -> CellProgress:
        """How far a coder is with a document."""
        return self._held.cell(*cell)

    def indexes(self) -> list[QModelIndex]:
        """All cells."""
        return [self.index(row, column) for row in range(self.rowCount()) for column in range(self.columnCount())]

    def as_text(self) -> str:
        """The grid with tabs between the cells."""
        if self.progress is None:
            return ""
        lines = [["", *(row.coder.name for row in self.progress.coders)]]
        for document in self.progress.documents:
            cells = (self.progress.cell(document.id, row.coder.id) for row in self.progress.coders)
            lines.append([document.name, *map(in_words, cells)])
        return "\n".join("\t".join(line) for line in lines)

    # Events

    def rowCount(self, parent: Index | None = None) -> int:
        """One row for each document."""
        return 0 if self.progress is None or (parent is not None and parent.isValid()) else len(self._held.documents)

    def columnCount(self, parent: Index | None = None) -> int:
        """One column for each coder."""
        return 0 if self.progress is None or (parent is not None and parent.isValid()) else len(self._held.coders)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The coders' names above their columns and the documents' at the left, each with how far it is."""
        if self.progress is None:
            return None
        across = orientation is Qt.Orientation.Horizontal
        row = self._held.coders[section] if across else self._held.documents[section]
        name = self._held.coders[section].coder.name if across else self._held.documents[section].name
        if role == _ROLE.DisplayRole:
            return f"{name}\n{totals(row)}" if across else name
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            regions = row.regions if isinstance(row, DocumentProgress) else ""
            return f"{name}: {totals(row)}{', ' + regions if regions else ''}"
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A state in words with a mark before it."""
        if self.progress is None or not index.isValid():
            return None
        cell = self.progress_of(self.key(index))
        if role == _ROLE.DisplayRole:
            return f"{_MARKS.get(cell.state, '')} {in_words(cell)}".strip()
        if role == _ROLE.ToolTipRole:
            return _at_length(cell)
        if role == _ROLE.AccessibleTextRole:
            held = self._held
            who = held.coders[index.column()].coder.name
            return f"{held.documents[index.row()].name}, {who}: {in_words(cell)}"
        if role == _ROLE.ForegroundRole and cell.state == NOT_ASSIGNED:
            return QColor(theme.current().quiet)
        return None

    # Internal

    @property
    def _held(self) -> RoundProgress:
        assert self.progress is not None  # noqa: S101 - a cell exists only in a round
        return self.progress


def in_words(cell: CellProgress) -> str:
    """How far somebody is with a document: "open · 60 % · 41 codings"."""
    said = [cell.state]
    if cell.state == NOT_ASSIGNED and not cell.codings:
        return said[0]
    if cell.codings is None:
        said.append("sealed")
    if cell.state == "open" and cell.reached:
        said.append(f"{max(round(100 * cell.reached), 1)} %")
    if cell.codings:
        said.append(counted(cell.codings, "coding"))
    if cell.regions:
        said.append("in part")
    return " · ".join(said)


def totals(row: CoderProgress | DocumentProgress) -> str:
    """How much of what was given is done and handed in, of a coder or a document, in a few words."""
    if not row.given:
        return "nothing assigned"
    done = [f"{row.handed_in} of {row.given} handed in"]
    return ", ".join([*done, *([f"{row.done} done"] if row.done else [])])


def _at_length(cell: CellProgress) -> str | None:
    """What there is to say beyond the cell."""
    said = [f"Codes {cell.regions}."] if cell.regions else []
    said += [_SEALED] if cell.codings is None else []
    if cell.reason:
        said.append(f"Opened again: {cell.reason}")
    if cell.seen_others:
        said.append("Colleagues' codings could be seen before it was opened again.")
    return "\n".join(said) or None
