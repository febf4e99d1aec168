"""Where text stands on the screen: the paragraphs in sight, their rows, and the places of ranges on them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast
from unicodedata import bidirectional

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLine

from qcode.ui.text.layout import row_top

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QTextDocument, QTextLayout

    from qcode.text.ranges import Range
    from qcode.ui.text.layout import RowMetrics
    from qcode.ui.text.page import Page

_KEPT = 400
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


class Piece(NamedTuple):
    """The part of a range on one row: the row's top counted from the paragraph's, and from where to where."""

    row_top: float
    left: float
    right: float
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was set: its top counted from the paragraph's, its units, and where its letters end.

    `places` holds from where units were found to stand: to ask Qt again takes many times as long.
    """

    number: int
    top: int
    start: int
    end: int
    right: float
    places: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a paragraph; `mixed` says that some of its writing may run from right to left."""

    rows: Sequence[Row]
    starts: Sequence[int]
    mixed: bool

    def number_at(self, unit: int) -> int:
        """On which row a unit is."""
        return bisect_right(self.starts, unit) - 1


class Sheet:
    """The laid-out text: where ranges, rows and characters stand in the viewport.

    Qt owns the layouts of paragraphs and frees them without a word, so none is kept: each question fetches its own.
    What was read from them is kept as values, until rows move.
    """

    __slots__ = ("_document", "_page", "_set", "rows")

    def __init__(self, page: Page, document: QTextDocument, rows: RowMetrics) -> None:
        self._page = page
        self._document = document
        self._set: dict[int, Rows] = {}
        self.rows = rows

    def forget_places(self) -> None:
        """Rows have moved."""
        self._set.clear()

    def keep_only(self, numbers: Container[int]) -> None:
        """Forget all paragraphs but these, once there are many."""
        if len(self._set) > _KEPT:
            self._set = {number: kept for number, kept in self._set.items() if number in numbers}

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
        found, known = [], self._rows(paragraph)
        for row in known.rows[known.number_at(first) :]:
            if row.start >= last:
                break
            span = max(first, row.start), min(last, row.end)
            extents = self._mixed_extents if known.mixed else self._extents
            for left, right in extents(paragraph, row, span):
                found.append(Piece(row.top, left, right, first >= row.start, last <= row.end))
        return found

    def row_of(self, paragraph: Paragraph, position: int) -> float:
        """Where in the viewport the row of a position begins."""
        known = self._rows(paragraph)
        return paragraph.top + known.rows[known.number_at(self.unit_in(paragraph, position))].top

    def reach(self, sight: Sequence[Paragraph], span: Range, above: float, beyond: float) -> tuple[float, float]:
        """The top of the first row and the bottom of the last row of a range; what is out of sight has the given ones.

        The paragraphs in sight follow each other.
        """
        start, end = span
        if not sight or end <= sight[0].start:
            return above, above
        if start > sight[-1].end:
            return beyond, beyond
        first = sight[0].number
        if start >= sight[0].start:
            above = self.row_of(sight[self._page.paragraph_at(start) - first], start)
        if end <= sight[-1].end + 1:
            beyond = self.row_of(sight[self._page.paragraph_at(end - 1) - first], end - 1) + self.rows.pitch
        return above, beyond

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

    def _rows(self, paragraph: Paragraph) -> Rows:
        known = self._set.get(paragraph.number)
        if known is None:
            layout = self._laid_out(paragraph)
            rows = [_row(number, layout.lineAt(number), self.rows.rise) for number in range(layout.lineCount())]
            mixed = _RIGHT_TO_LEFT.search(self._page.shown, paragraph.start, paragraph.end) is not None
            known = self._set[paragraph.number] = Rows(rows, [row.start for row in rows], mixed)
        return known

    def _laid_out(self, paragraph: Paragraph) -> QTextLayout:
        """Qt's layout of a paragraph, its lines made anew if Qt had let go of them."""
        layout = self.layout_of(paragraph)
        if not layout.lineCount():
            self._document.documentLayout().blockBoundingRect(self._document.findBlockByNumber(paragraph.number))
        return layout

    def _extents(self, paragraph: Paragraph, row: Row, units: Range) -> list[tuple[float, float]]:
        """From where to where units of a row stand."""
        left, right = self._x(paragraph, row, units[0]), min(self._x(paragraph, row, units[1]), row.right)
        return [(left, right)] if left < right else []

    def _mixed_extents(self, paragraph: Paragraph, row: Row, units: Range) -> list[tuple[float, float]]:
        """From where to where units of a row stand: where directions mix they may stand in several places."""
        line = self.layout_of(paragraph).lineAt(row.number)
        boxes = [run.boundingRect() for run in line.glyphRuns(units[0], units[1] - units[0])]
        return _joined(sorted((box.left(), box.right()) for box in boxes if box.width() > 0))

    def _x(self, paragraph: Paragraph, row: Row, unit: int) -> float:
        x = row.places.get(unit)
        if x is None:
            x = row.places[unit] = _x(self.layout_of(paragraph).lineAt(row.number), unit)
        return x

    def _line_at(self, paragraph: Paragraph, y: float) -> QTextLine:
        """The line whose row is at a height of the viewport; the last one for the gap below it."""
        layout = self.layout_of(paragraph)
        lines = [layout.lineAt(index) for index in range(layout.lineCount())]
        below = paragraph.top + self.rows.pitch
        return next((line for line in lines if y < below + row_top(line, self.rows.rise)), lines[-1])


def _row(number: int, line: QTextLine, rise: int) -> Row:
    start = line.textStart()
    return Row(number, row_top(line, rise), start, start + line.textLength(), line.naturalTextRect().right())


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
