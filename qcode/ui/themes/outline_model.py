"""The lines of the outline as Qt asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qcode.ui.themes.lines import Line, counts

type Index = QModelIndex | QPersistentModelIndex

LINE = Qt.ItemDataRole.UserRole
_ROLE = Qt.ItemDataRole
_EDITABLE = frozenset({"theme", "concept", "quote", "draft"})


class OutlineModel(QAbstractListModel):
    """Lines in the order they are shown; what is written into one is handed on by `written`, not kept."""

    written = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    # Methods

    def take(self, lines: Sequence[Line]) -> None:
        """Hold other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def place_of(self, key: tuple[str, str]) -> int | None:
        """Where the line with a key stands."""
        return next((number for number, line in enumerate(self.lines) if line.key == key), None)

    # Events

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every line can be selected; names, concepts and attributions can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        kind = self.lines[index.row()].kind
        if kind in ("theme", "quote"):
            can |= Qt.ItemFlag.ItemIsDragEnabled
        return can | Qt.ItemFlag.ItemIsEditable if kind in _EDITABLE else can

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """The line itself, its words, and what a screen reader says."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == _ROLE.EditRole:
            return line.quote.attribution or "" if line.quote else line.name or line.text
        if role == _ROLE.DisplayRole:
            return line.text or line.hint
        return spoken(line) if role == _ROLE.AccessibleTextRole else None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Hand on what was written."""
        if role != _ROLE.EditRole or not index.isValid():
            return False
        self.written.emit(self.lines[index.row()], str(value))
        return True


def spoken(line: Line) -> str:
    """A line as it is read aloud."""
    match line.kind:
        case "theme":
            folded = ", folded" if line.folded else ""
            return f"Theme {line.number} {line.text}, {', '.join(counts(line))}{folded}"
        case "concept":
            return f"Central concept: {line.text or 'none yet'}"
        case "codes":
            return f"Codes: {line.text or 'none yet'}"
        case "quote":
            again = ", look again" if line.quote is not None and line.quote.stale else ""
            return f"{'Dissenting quote' if line.dissents else 'Quote'}{again}: {line.text} {line.source}"
        case _:
            return line.hint
