"""Where text stands on the screen: the paragraphs in sight, their rows, and the places of ranges on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QTextLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QTextLayout

    from qcode.text.ranges import Range
    from qcode.ui.text.layout import RowMetrics
    from qcode.ui.text.page import Page

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(slots=True)
class Paragraph:
    """A laid-out paragraph: its number, its range of the text, and its place in the viewport."""

    number: int
    start: int
    end: int
    top: float
    height: float
    layout: QTextLayout

    @property
    def bottom(self) -> float:
        """The first pixel below, the gap after a turn included."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a range on one row: the row's top counted from the paragraph's, and from where to where."""

    row_top: float
    left: float
    right: float
    first: bool
    last: bool


def pieces(page: Page, paragraph: Paragraph, rise: int, span: Range) -> Iterator[Piece]:
    """The places of a range on the rows of a paragraph, also where writing runs from right to left."""
    low, high = max(span[0], paragraph.start), min(span[1], paragraph.end)
    if low >= high:
        return
    origin = page.positions.to_qt(paragraph.start)
    first, last = page.positions.to_qt(low) - origin, page.positions.to_qt(high) - origin
    mixed = _RIGHT_TO_LEFT.search(page.shown, paragraph.start, paragraph.end) is not None
    layout = paragraph.layout
    for index in range(layout.lineForTextPosition(first).lineNumber(), layout.lineCount()):
        line = layout.lineAt(index)
        start, end = line.textStart(), line.textStart() + line.textLength()
        if start >= last:
            return
        top = line.y() + line.ascent() - rise
        for left, right in _extents(line, max(first, start), min(last, end), mixed=mixed):
            yield Piece(top, left, right, first >= start, last <= end)


def row_of(page: Page, paragraph: Paragraph, rows: RowMetrics, position: int) -> float:
    """Where in the viewport the row of a position begins."""
    unit = page.positions.to_qt(position) - page.positions.to_qt(paragraph.start)
    line = paragraph.layout.lineForTextPosition(unit)
    return paragraph.top + line.y() + line.ascent() - rows.rise


def hit(page: Page, paragraph: Paragraph, rows: RowMetrics, place: QPointF) -> int | None:
    """The position of the character under a place in the viewport; None beside the letters of its row."""
    layout = paragraph.layout
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        top = paragraph.top + line.y() + line.ascent() - rows.rise
        box = line.naturalTextRect()
        if top <= place.y() < top + rows.pitch and box.left() <= place.x() < box.right():
            return _character_at(page, paragraph, line, place.x())
    return None


def _character_at(page: Page, paragraph: Paragraph, line: QTextLine, x: float) -> int:
    unit = line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
    return page.positions.from_qt(page.positions.to_qt(paragraph.start) + unit)


def _extents(line: QTextLine, first: int, last: int, *, mixed: bool) -> list[tuple[float, float]]:
    """From where to where units of a line stand; where directions mix they may stand in several places."""
    if not mixed:
        left, right = x_of(line, first), min(x_of(line, last), line.naturalTextRect().right())
        return [(left, right)] if left < right else []
    boxes = [run.boundingRect() for run in line.glyphRuns(first, last - first)]
    return _joined(sorted((box.left(), box.right()) for box in boxes if box.width() > 0))


def _joined(extents: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in extents:
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def x_of(line: QTextLine, unit: int) -> float:
    """Where the caret stands ahead of a unit of a line."""
    x, _ = cast("tuple[float, int]", line.cursorToX(unit))
    return x


def on_row(sight: Sequence[Paragraph], rows: RowMetrics, y: float) -> float:
    """The height nearest to y at which there are letters: Qt finds none in the space between rows."""
    for paragraph in sight:
        if paragraph.top <= y < paragraph.bottom:
            return _on_row_of(paragraph, rows, y)
    return y


def _on_row_of(paragraph: Paragraph, rows: RowMetrics, y: float) -> float:
    layout = paragraph.layout
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        top = paragraph.top + line.y()
        if y < top + line.ascent() - rows.rise + rows.pitch or index + 1 == layout.lineCount():
            return min(max(y, top + 1), top + line.height() - 1)
    return y
