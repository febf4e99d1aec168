"""The lines of two texts side by side, as a table of two columns: cells of turns, some of them empty."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.queries.transcripts.alignment import SideBySide
from qcode.text.aligned import Language, Pair
from qcode.text.values import Turn

type Index = QModelIndex | QPersistentModelIndex

LANGUAGES: tuple[Language, Language] = ("original", "translation")
NO_COUNTERPART = "no counterpart"


class Lines(QAbstractTableModel):
    """What is shown; cells hold whole turns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: SideBySide | None = None

    # Properties

    @property
    def lines(self) -> tuple[Pair, ...]:
        """The lines."""
        return self.shown.lines if self.shown else ()

    # Methods

    def take(self, shown: SideBySide | None) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.shown = shown
        self.endResetModel()

    def turns(self, index: Index) -> range:
        """The numbers of the turns in a cell."""
        return range(*self.lines[index.row()].on(LANGUAGES[index.column()])) if index.isValid() else range(0)

    def talk(self, index: Index) -> list[tuple[str, str]]:
        """Who says what in a cell, turn by turn."""
        if self.shown is None or not index.isValid():
            return []
        text = self.shown.text(LANGUAGES[index.column()])
        return [_said(text.text, text.turns[number]) for number in self.turns(index)]

    def sizes(self, row: int, column: int) -> list[int]:
        """How many code points each turn of a cell has."""
        if self.shown is None:
            return []
        turns = self.shown.text(LANGUAGES[column]).turns
        return [turns[number].end - turns[number].start for number in self.turns(self.index(row, column))]

    def place_of(self, language: Language, turn: int) -> Index | None:
        """The cell with a turn."""
        for row, line in enumerate(self.lines):
            start, end = line.on(language)
            if start <= turn < end:
                return self.index(row, LANGUAGES.index(language))
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """The two languages."""
        return 0 if parent is not None and parent.isValid() else len(LANGUAGES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The documents by name."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical or self.shown is None:
            return None
        language = LANGUAGES[section]
        return f"{language.capitalize()}: {self.shown.text(language).name}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is said in a cell, to read and to hear."""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(index)
        return self._words(index) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    # Internal

    def _words(self, index: Index) -> str:
        return "\n".join(f"{who}: {words}" if who else words for who, words in self.talk(index))

    def _told(self, index: Index) -> str:
        where = f"line {index.row() + 1} of {len(self.lines)}"
        alone = "" if self.lines[index.row()].linked else f", {NO_COUNTERPART}"
        return f"{self._words(index) or 'nothing'} ({LANGUAGES[index.column()]}, {where}{alone})"


def _said(text: str, turn: Turn) -> tuple[str, str]:
    return turn.speaker or "", text[turn.start : turn.end]
