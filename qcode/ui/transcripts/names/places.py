"""The places of one string, each in the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.deidentification.strings import Hit
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE

AROUND = 60
_BEFORE, _WORDS = 1, 2


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place with `AROUND` code points before and after it; `where` names the file, or the part beside its talk."""

    hit: Hit
    where: str
    before: str
    words: str
    after: str
    answer: str

    @classmethod
    def of(cls, hit: Hit, text: str, where: str, answer: str) -> PlaceLine:
        """The line for a place of a text."""
        before, after = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
        return cls(hit, where, before, text[hit.start : hit.end], after, answer)


class PlaceTable(RowTable):
    """One line a place; the string stands out, the words before it lead up to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self.setAccessibleName("Places of the string")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(_BEFORE, _Before(self))
        self.setItemDelegateForColumn(_WORDS, _Words(self))

    # Methods

    def show_places(self, lines: Sequence[PlaceLine]) -> None:
        """List these places; the one with the cursor keeps it while it is there, else the first has it."""
        self.set_rows(lines, key=lambda line: line.hit)
        self._fit_words(lines)
        if lines and self.current_row() is None:
            self.select_row(lines[0].hit)

    # Internal

    def _fit_words(self, lines: Sequence[PlaceLine]) -> None:
        widest = max((self.fontMetrics().horizontalAdvance(line.words) for line in lines[:50]), default=0)
        self.setColumnWidth(_WORDS, min(max(widest * 5 // 4 + 3 * SPACE, 10 * SPACE), 32 * SPACE))


class _Before(QStyledItemDelegate):
    """The words before a string, against its left side, so that the nearest are seen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Cut at the left."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class _Words(QStyledItemDelegate):
    """The string, in strong type."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Strong."""
        super().initStyleOption(option, index)
        option.font.setBold(True)


_COLUMNS: list[Column[PlaceLine]] = [
    Column("File", lambda line: line.where, width=14 * SPACE, yields=2),
    Column("Before", lambda line: line.before, align="right", stretch=True, width=16 * SPACE),
    Column("String", lambda line: line.words, width=16 * SPACE),
    Column("After", lambda line: line.after, stretch=True, width=16 * SPACE),
    Column("Answer", lambda line: line.answer, width=12 * SPACE, yields=1),
]
