"""Where text stands on the screen: the paragraphs in sight, their rows, and the places of ranges on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from unicodedata import bidirectional

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLine

from qcode.ui.text.layout import row_top

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QTextDocument, QTextLayout

    from qcode.text.ranges import Range
    from qcode.ui.text.layout import RowMetrics
    from qcode.ui.text.page import Page

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in sight: its number, its range of the text, and its place in the viewport."""

    number: int
    start: int
    end: int
    top: float
    height: float

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


class Sheet:
    """The laid-out text: where ranges, rows and characters stand in the viewport.

    Qt owns the layouts of paragraphs and frees them without a word, so none is kept: each question fetches its own.
    """

    __slots__ = ("_document", "_page", "rows")

    def __init__(self, page: Page, document: QTextDocument, rows: RowMetrics) -> None:
        self._page = page
        self._document = document
        self.rows = rows

    def layout_of(self, paragraph: Paragraph) -> QTextLayout:
        """Qt's layout of a paragraph, to be used at once."""
        return self._document.findBlockByNumber(paragraph.number).layout()

    def unit_in(self, paragraph: Paragraph, position: int) -> int:
        """A position as Qt counts it in its paragraph."""
        positions = self._page.positions
        return positions.to_qt(position) - positions.to_qt(paragraph.start)

    def pieces(self, paragraph: Paragraph, span: Range) -> list[Piece]:
        """The places of a range on the rows of a paragraph, also where writing runs from right to left."""
        low, high = max(span[0], paragraph.start), min(span[1], paragraph.end)
        if low >= high:
            return []
        first, last = self.unit_in(paragraph, low), self.unit_in(paragraph, high)
        mixed = _RIGHT_TO_LEFT.search(self._page.shown, paragraph.start, paragraph.end) is not None
        layout, found = self.layout_of(paragraph), []
        for index in range(layout.lineForTextPosition(first).lineNumber(), layout.lineCount()):
            line = layout.lineAt(index)
            start, end = line.textStart(), line.textStart() + line.textLength()
            if start >= last:
                break
            top = row_top(line, self.rows.rise)
            for left, right in _extents(line, max(first, start), min(last, end), mixed=mixed):
                found.append(Piece(top, left, right, first >= start, last <= end))
        return found

    def row_of(self, paragraph: Paragraph, position: int) -> float:
        """Where in the viewport the row of a position begins."""
        line = self.layout_of(paragraph).lineForTextPosition(self.unit_in(paragraph, position))
        return paragraph.top + row_top(line, self.rows.rise)

    def caret_box(self, paragraph: Paragraph, position: int, width: int) -> QRectF:
        """The box of a caret ahead of a position."""
        unit = self.unit_in(paragraph, position)
        line = self.layout_of(paragraph).lineForTextPosition(unit)
        return QRectF(_x(line, unit), paragraph.top + line.y(), width, line.height())

    def edge_box(self, paragraph: Paragraph, position: int, *, after: bool) -> QRectF:
        """The side of a character at which one reads it last, with `after`, or first: no width, as high as the row."""
        places = self.pieces(paragraph, (position, position + 1))
        if not places:
            box = self.caret_box(paragraph, position + after, 0)
            return QRectF(box.left(), self.row_of(paragraph, position), 0, self.rows.pitch)
        backwards = bidirectional(self._page.shown[position]) in ("R", "AL")
        x = places[0].left if after == backwards else places[-1].right
        return QRectF(x, paragraph.top + places[0].row_top, 0, self.rows.pitch)

    def first_in_sight(self, paragraph: Paragraph) -> int:
        """The first character of the first row of a paragraph that is not above the viewport."""
        layout, positions = self.layout_of(paragraph), self._page.positions
        lines = [layout.lineAt(index) for index in range(layout.lineCount())]
        middle = self.rows.pitch / 2
        seen = (line for line in lines if paragraph.top + row_top(line, self.rows.rise) + middle >= 0)
        line = next(seen, lines[-1])
        return positions.from_qt(positions.to_qt(paragraph.start) + line.textStart())

    def hit(self, paragraph: Paragraph, place: QPointF) -> int | None:
        """The position of the character under a place in the viewport; None beside the letters of its row."""
        line = self._line_at(paragraph, place.y())
        box = line.naturalTextRect()
        row = paragraph.top + row_top(line, self.rows.rise)
        if not (row <= place.y() < row + self.rows.pitch and box.left() <= place.x() < box.right()):
            return None
        positions = self._page.positions
        unit = line.xToCursor(place.x(), QTextLine.CursorPosition.CursorOnCharacter)
        return positions.from_qt(positions.to_qt(paragraph.start) + unit)

    def on_row(self, paragraph: Paragraph, y: float) -> float:
        """The height nearest to y at which there are letters: Qt finds none in the space between rows."""
        line = self._line_at(paragraph, y)
        top = paragraph.top + line.y()
        return min(max(y, top + 1), top + line.height() - 1)

    def _line_at(self, paragraph: Paragraph, y: float) -> QTextLine:
        """The line whose row is at a height of the viewport; the last one for the gap below it."""
        layout = self.layout_of(paragraph)
        lines = [layout.lineAt(index) for index in range(layout.lineCount())]
        below = paragraph.top + self.rows.pitch
        return next((line for line in lines if y < below + row_top(line, self.rows.rise)), lines[-1])


def _extents(line: QTextLine, first: int, last: int, *, mixed: bool) -> list[tuple[float, float]]:
    """From where to where units of a line stand; where directions mix they may stand in several places."""
    if not mixed:
        left, right = _x(line, first), min(_x(line, last), line.naturalTextRect().right())
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


def _x(line: QTextLine, unit: int) -> float:
    x, _ = cast("tuple[float, int]", line.cursorToX(unit))
    return x
