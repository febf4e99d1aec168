"""The rows behind a table: sorted and filtered in Python, where twenty thousand take a blink."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from qcode.ui.row_list import carried

if TYPE_CHECKING:
    from qcode.ui.table import Column

type Index = QModelIndex | QPersistentModelIndex

_ROLE = Qt.ItemDataRole
_TEXTS = {_ROLE.DisplayRole, _ROLE.AccessibleTextRole}
_PARTS = re.compile(r"([0-9]+)|([^0-9]+)")


class TableRows(QAbstractTableModel):
    """Rows in the order they are shown."""

    def __init__(self, columns: Sequence[Column[Any]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.lasting = len(self.columns)
        self.shown: list[Any] = []
        self._all: Sequence[Any] = ()
        self._key: Callable[[Any], object] = id
        self._lines: dict[object, int] = {}
        self._words: list[str] = []
        self._sorted_by: tuple[int, bool] | None = None

    # Methods

    def take(self, rows: Sequence[Any], key: Callable[[Any], object]) -> None:
        """Hold other rows."""
        self._all, self._key = rows, key
        self._arrange()

    def narrow(self, text: str) -> None:
        """Show the rows in which every word occurs."""
        self._words = text.casefold().split()
        self._arrange()

    def order(self, column: int, *, descending: bool) -> None:
        """Sort by a column; a negative one stands for the order the rows came in."""
        self._sorted_by = (column, descending) if 0 <= column < len(self.columns) else None
        self._arrange()

    def extend(self, column: Column[Any] | None) -> None:
        """Put one more column behind those that last, or none; one that was there before goes."""
        last = self.lasting
        if len(self.columns) > last:
            self.beginRemoveColumns(QModelIndex(), last, last)
            self.columns = self.columns[:last]
            self.endRemoveColumns()
        if column is not None:
            self.beginInsertColumns(QModelIndex(), last, last)
            self.columns = (*self.columns, column)
            self.endInsertColumns()
        if self._sorted_by is not None and self._sorted_by[0] >= len(self.columns):
            self._sorted_by = None
        self._arrange()

    def key_of(self, row: Any) -> object:
        """What a row is known by."""
        return self._key(row)

    def line_of(self, key: object) -> int | None:
        """Where the row with a key is shown."""
        return self._lines.get(key)

    def cells(self, row: Any) -> list[str]:
        """The words of a row, each on one line."""
        return [" ".join(column.shown(row).split()) for column in self.columns]

    # Events

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The titles."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _ROLE.DisplayRole:
            return self.columns[section].title
        if role == _ROLE.ToolTipRole:
            return _as_tip(self.columns[section].about) or None
        return self._alignment(section) if role == _ROLE.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be selected, and dragged where its view lets it be."""
        return super().flags(index) | carried(self) if index.isValid() else super().flags(index)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        row, column = self.shown[index.row()], self.columns[index.column()]
        if role in _TEXTS:
            return " ".join(column.shown(row).split())
        if role == _ROLE.TextAlignmentRole:
            return self._alignment(index.column())
        if role == _ROLE.ToolTipRole:
            return _as_tip(column.tip(row)) if column.tip else None
        if role == _ROLE.DecorationRole:
            return column.icon(row) if column.icon else None
        return _font(column, row) if role == _ROLE.FontRole else None

    # Internal

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        right = self.columns[column].align == "right"
        return Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = [row for row in self._all if self._matches(row)] if self._words else list(self._all)
        self.shown = rows if self._sorted_by is None else self._sorted(rows, *self._sorted_by)
        self._lines = {self._key(row): line for line, row in enumerate(self.shown)}
        self.endResetModel()

    def _matches(self, row: Any) -> bool:
        words = "\n".join(column.shown(row) for column in self.columns).casefold()
        return all(word in words for word in self._words)

    def _sorted(self, rows: list[Any], column: int, descending: bool) -> list[Any]:
        value = self.columns[column].value
        known = [row for row in rows if value(row) is not None]
        unknown = [row for row in rows if value(row) is None]
        return sorted(known, key=lambda row: sort_key(value(row)), reverse=descending) + unknown


def sort_key(value: object) -> tuple[int, Any]:
    """Numbers by size and before words; words as people order them, numbers inside them by size."""
    if isinstance(value, (bool, int, float)):
        return 0, value
    if isinstance(value, (list, tuple)):
        return 1, [sort_key(part) for part in value]
    return 2, _natural(str(value))


def _natural(text: str) -> list[tuple[int, int, str]]:
    return [(0, int(digits), "") if digits else (1, 0, rest) for digits, rest in _PARTS.findall(text.casefold())]


def _as_tip(text: str) -> str:
    # Qt guesses whether a tip is HTML; words of a transcript must never be.
    return f"<qt>{escape(text).replace('\n', '<br>')}</qt>" if text else ""


def _font(column: Column[Any], row: Any) -> QFont | None:
    """The type of a cell that is struck through or stands out; None for the usual one."""
    struck, strong = column.struck is not None and column.struck(row), column.strong is not None and column.strong(row)
    if not (struck or strong):
        return None
    font = QFont()
    font.setStrikeOut(struck)
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font
