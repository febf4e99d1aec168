"""The framework matrix as Qt asks for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qcode.queries.themes.framework import Framework, FrameworkCell, SubjectRow, ThemeColumn

type Index = QModelIndex | QPersistentModelIndex
type Key = tuple[str, str]
"""A cell by its subject and its theme."""

CELL = Qt.ItemDataRole.UserRole
_ROLE = Qt.ItemDataRole
_NOTHING = Framework("participant", (), (), {}, "")


class FrameworkRows(QAbstractTableModel):
    """A row for each subject, a column for each theme; what is written into a cell is handed on, not kept."""

    written = Signal(object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = _NOTHING

    # Methods

    def take(self, matrix: Framework) -> bool:
        """Hold another matrix; says whether rows and columns are the same as before."""
        same = (matrix.subjects, matrix.themes) == (self.matrix.subjects, self.matrix.themes)
        if same:
            self.matrix = matrix
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self.matrix = matrix
            self.endResetModel()
        return same

    def at(self, index: Index) -> tuple[SubjectRow, ThemeColumn]:
        """Whom and which theme a cell is about."""
        return self.matrix.subjects[index.row()], self.matrix.themes[index.column()]

    def place_of(self, key: Key) -> QModelIndex:
        """Where a cell stands; an invalid place for one that is gone."""
        row = next((number for number, one in enumerate(self.matrix.subjects) if one.id == key[0]), -1)
        column = next((number for number, one in enumerate(self.matrix.themes) if one.id == key[1]), -1)
        return self.index(row, column)

    # Events

    def rowCount(self, parent: Index | None = None) -> int:
        """How many subjects there are."""
        return 0 if parent is not None and parent.isValid() else len(self.matrix.subjects)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many themes there are."""
        return 0 if parent is not None and parent.isValid() else len(self.matrix.themes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Summaries can be edited of those who are named."""
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return can | Qt.ItemFlag.ItemIsEditable if index.isValid() and self.at(index)[0].named else can

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """The cell itself, its summary, and what a screen reader says."""
        if not index.isValid():
            return None
        subject, column = self.at(index)
        cell = self.matrix.cell(subject.id, column.id)
        if role == CELL:
            return cell
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            return cell.words
        if role == _ROLE.AccessibleTextRole:
            return f"{subject.name}, {column.name}: {cell.words or 'no summary yet'}. {told(cell)}"
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Hand on what was written."""
        if role != _ROLE.EditRole or not index.isValid():
            return False
        self.written.emit(*self.at(index), str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The names of themes and subjects."""
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (self.columnCount() if across else self.rowCount()):
            return None
        if across:
            column = self.matrix.themes[section]
            tip = " › ".join(column.path)
            return _said(role, f"{column.number} {column.name}", tip)
        subject = self.matrix.subjects[section]
        named = f"{subject.name}\n{subject.about}" if subject.about else subject.name
        return _said(role, named, named.replace("\n", ", "))


def _said(role: int, name: str, tip: str) -> str | None:
    if role == _ROLE.DisplayRole:
        return name
    return tip if role == _ROLE.ToolTipRole else None


def told(cell: FrameworkCell) -> str:
    """How many passages there are, and on how many the summary rests."""
    count = len(cell.passages)
    passages = "1 passage" if count == 1 else f"{count or 'no'} passages"
    linked = f", {len(cell.links)} linked" if cell.links else ""
    return f"{passages}{linked}"
