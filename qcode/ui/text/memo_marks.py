"""The memos of a text: found by place, and drawn as small sheets of paper where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from qcode.text.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH, HEIGHT = 8, 10
_FOLD = 3


@dataclass(frozen=True, slots=True)
class MemoSpan:
    """What a memo is about in a text, as a half-open range; the memo's id and its title."""

    memo: str
    title: str
    start: int
    end: int


class MemoSpans:
    """The memos of one text; those about nothing of it are left out."""

    __slots__ = ("_overlaps", "spans")

    def __init__(self, spans: Iterable[MemoSpan] = (), length: int = 0) -> None:
        self.spans = tuple(span for span in spans if 0 <= span.start < span.end <= length)
        self._overlaps = Overlaps(self.spans)

    def touching(self, start: int, end: int) -> list[MemoSpan]:
        """The memos about something of [start, end), in the order in which that begins."""
        return self._overlaps.touching(start, end)

    def beginning(self, start: int, end: int) -> list[MemoSpan]:
        """The memos about something that begins in [start, end)."""
        return [span for span in self.touching(start, end) if span.start >= start]


def paint_sheet(painter: QPainter, left: float, bottom: float, colour: str) -> None:
    """Draw the outline of a sheet with a folded corner and two lines of writing, standing on `bottom`."""
    box = QRectF(left + 0.5, bottom - HEIGHT + 0.5, WIDTH - 1, HEIGHT - 1)
    corner = QPointF(box.right(), box.top() + _FOLD)
    painter.setPen(QPen(QColor(colour), 1))
    painter.drawPolygon(
        QPolygonF([box.topLeft(), QPointF(box.right() - _FOLD, box.top()), corner, box.bottomRight(), box.bottomLeft()])
    )
    for down in (4, 6):
        painter.drawLine(QPointF(box.left() + 2, box.top() + down), QPointF(box.right() - 2, box.top() + down))


def told_memos(spans: Iterable[MemoSpan], where: str, most: int = 8) -> str:
    """Memos in words, such as "2 memos here: Letters; The boots"; past `most` only how many more; empty for none."""
    titles = list({span.memo: span.title or "Untitled" for span in spans}.values())
    if not titles:
        return ""
    more = [f"and {len(titles) - most:,} more"] if len(titles) > most else []
    return f"{len(titles):,} memo{'' if len(titles) == 1 else 's'} {where}: {'; '.join([*titles[:most], *more])}"
