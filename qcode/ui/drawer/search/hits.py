"""The table of hits, one below the other with the words beside them: sorted by a column, a concordance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.analysis.concordance import concordance
from qcode.queries.search.searching import Hit
from qcode.text.words import words
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE

AROUND = 80
LEFT, HIT, RIGHT = 2, 3, 4


@dataclass(frozen=True, slots=True)
class HitLine:
    """A hit as a line of the table."""

    number: int
    hit: Hit
    left: str
    keyword: str
    right: str

    @property
    def id(self) -> tuple[str, int, int]:
        """What the line is known by."""
        return self.hit.source, self.hit.start, self.hit.end


def hit_lines(hits: Sequence[Hit]) -> list[HitLine]:
    """The hits as lines, in the order of the texts."""
    lines = concordance(hits, around=AROUND)
    return [HitLine(number, line.hit, line.left, line.keyword, line.right) for number, line in enumerate(lines)]


class HitTable(RowTable):
    """Hits in their context; the words that were found stand out and below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self.setAccessibleName("Hits in their context")
        self.setItemDelegateForColumn(LEFT, _Side(self))
        self.setItemDelegateForColumn(HIT, _Found(self))
        self.horizontalHeader().setMinimumSectionSize(6 * SPACE)


class _Found(QStyledItemDelegate):
    """The words that were found, in strong type."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Strong and in the middle."""
        super().initStyleOption(option, index)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.Bold)
        option.font = strong
        option.displayAlignment = Qt.AlignmentFlag.AlignCenter


class _Side(QStyledItemDelegate):
    """What stands before a hit: where there is no room its beginning gives way."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Cut at the left."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


def _where(line: HitLine) -> str:
    kinds = {"memo": "Memo: ", "definition": "Definition: "}
    return kinds.get(line.hit.kind, "") + line.hit.name


def _tip(line: HitLine) -> str:
    return f"… {line.left}{line.keyword}{line.right} …"


_COLUMNS: tuple[Column[HitLine], ...] = (
    Column("Where", lambda line: line.number, _where, width=13 * SPACE),
    Column("Speaker", lambda line: line.hit.speaker or None, width=11 * SPACE, tip=lambda line: line.hit.group),
    Column(
        "Before", lambda line: words(line.left)[::-1], lambda line: line.left, align="right", tip=_tip, stretch=True
    ),
    Column("Found", lambda line: words(line.keyword), lambda line: line.keyword, tip=_tip, width=16 * SPACE),
    Column("After", lambda line: words(line.right), lambda line: line.right, tip=_tip, stretch=True),
)
