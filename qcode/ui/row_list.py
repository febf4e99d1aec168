"""The model of a list of rows that are shown, taken anew as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

type Index = QModelIndex | QPersistentModelIndex


class RowList(QAbstractListModel):
    """Holds rows; what each says is for lists to write, in `data`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []

    def take(self, rows: Sequence[Any]) -> None:
        """Hold other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)
