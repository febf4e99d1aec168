"""The model of a list of rows that are shown, taken anew as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView

type Index = QModelIndex | QPersistentModelIndex


def carried(model: QAbstractItemModel) -> Qt.ItemFlag:
    """What lets rows be dragged, where the view that made their model lets them be: Qt asks both."""
    view = QObject.parent(model)
    if isinstance(view, QAbstractItemView) and view.dragEnabled():
        return Qt.ItemFlag.ItemIsDragEnabled
    return Qt.ItemFlag.NoItemFlags


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

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be selected, and dragged where its view lets it be."""
        return super().flags(index) | carried(self) if index.isValid() else super().flags(index)
