"""What of a text is in play: passages that are not one's to code are dimmed, segments that were cut have bounds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLineF
from PySide6.QtGui import QBrush, QPen, QTextCharFormat, QTextLayout

from qcode.text.codable import Codable, gaps, without
from qcode.text.ranges import trim, union
from qcode.ui.text.strokes import mixed, paint_frame, shade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from qcode.text.ranges import Range
    from qcode.ui.palette import TextColours
    from qcode.ui.text.geometry import Paragraph, Piece, Sheet
    from qcode.ui.text.layout import RowMetrics

NOT_CODED, NOT_YOURS = "not coded", "not yours"
_X, _TICK = 5.0, 4.0
_THIN, _THICK = 1.25, 3.0
_FAINT = 0.6


class Dimmed(NamedTuple):
    """A passage that is out of play, and the words that say why."""

    start: int
    end: int
    words: str


class Play:
    """What may be coded of a text, ready to be drawn and to be asked for a place."""

    __slots__ = ("codable", "dimmed", "segments")

    def __init__(self, codable: Codable | None = None) -> None:
        self.codable = codable or Codable("")
        self.dimmed = _dimmed(self.codable)
        self.segments = self.codable.own_segments

    # Properties

    def dimmed_in(self, start: int, end: int) -> Sequence[Dimmed]:
        """What is out of play in a range, in order."""
        first, last = _touching(self.dimmed, start, end)
        return self.dimmed[first:last]

    def marked(self, chosen: Range) -> Sequence[Range]:
        """The segments that a selection stands for, or that the caret is in; none where the text was not cut."""
        return self.codable.snapped(*chosen) if self.segments else ()

    def told(self, chosen: Range) -> str:
        """In words what stands out about a place: why it cannot be coded, or which segment it is in."""
        why = self.dimmed_in(chosen[0], max(chosen[1], chosen[0] + 1))
        if why:
            return why[0].words.capitalize()
        marked = self.marked(chosen)
        if not marked:
            return "In no segment" if self.segments else ""
        first = bisect_left(self.segments, marked[0]) + 1
        number = f"{first:,}" if len(marked) == 1 else f"{first:,} to {first + len(marked) - 1:,}"
        return f"Segment{'' if len(marked) == 1 else 's'} {number} of {len(self.segments):,}"

    # Drawing

    def formats(self, sheet: Sheet, paragraph: Paragraph, colours: TextColours) -> list[QTextLayout.FormatRange]:
        """How the words of a paragraph differ from its others, for those that are out of play."""
        found = []
        for dimmed in self.dimmed_in(paragraph.start, paragraph.end) if self.dimmed else ():
            start = sheet.unit_in(paragraph, max(dimmed.start, paragraph.start))
            made = QTextLayout.FormatRange()
            made.start = start
            made.length = sheet.unit_in(paragraph, min(dimmed.end, paragraph.end)) - start
            looks = QTextCharFormat()
            looks.setForeground(QBrush(shade(colours.dimmed_text)))
            made.format = looks
            found.append(made)
        return found

    def paint_bounds(
        self, painter: QPainter, sheet: Sheet, paragraph: Paragraph, chosen: Range, colours: TextColours
    ) -> None:
        """Draw the bounds of segments left of a paragraph, and frames around those that the selection stands for."""
        if not self.segments:
            return
        first, last = _touching(self.segments, paragraph.start, paragraph.end)
        placed = [(segment, sheet.pieces(paragraph, segment)) for segment in self.segments[first:last]]
        marked, brush = set(self.marked(chosen)), _Brush(painter, paragraph, sheet.rows, colours)
        bottom_before = -1.0
        for number, (segment, pieces) in enumerate(placed):
            if pieces:
                following = next((row[0].row_top for _segment, row in placed[number + 1 :] if row), -1.0)
                shared = pieces[0].row_top == bottom_before, pieces[-1].row_top == following
                brush.bracket(segment, pieces, shared, marked=segment in marked)
                bottom_before = pieces[-1].row_top


class _Brush:
    """Draws the bounds of segments of one paragraph."""

    def __init__(self, painter: QPainter, paragraph: Paragraph, rows: RowMetrics, colours: TextColours) -> None:
        self._painter, self._paragraph, self._rows, self._colours = painter, paragraph, rows, colours

    def bracket(self, segment: Range, pieces: Sequence[Piece], shared: tuple[bool, bool], *, marked: bool) -> None:
        """A bracket beside the rows of a segment; of a row that two segments share each has a half, and a stroke."""
        painter, paragraph, rows, colours = self._painter, self._paragraph, self._rows, self._colours
        half = rows.pitch / 2 + 1
        top = paragraph.top + pieces[0].row_top + (half if shared[0] else rows.tint_top)
        bottom = paragraph.top + pieces[-1].row_top + (rows.pitch - half if shared[1] else rows.tint_bottom)
        shown = shade(colours.selection) if marked else mixed(colours.margin_text, colours.background, _FAINT)
        painter.setPen(QPen(shown, _THICK if marked else _THIN))
        painter.drawLine(QLineF(_X, top, _X, bottom))
        painter.setPen(QPen(shown, _THIN))
        ends = [top] if segment[0] >= paragraph.start else []
        ends += [bottom] if segment[1] <= paragraph.end else []
        painter.drawLines([QLineF(_X, y, _X + _TICK, y) for y in ends])
        if shared[0]:
            x, row = round(pieces[0].left) - 1.5, paragraph.top + pieces[0].row_top
            painter.drawLine(QLineF(x, row + rows.tint_top, x, row + rows.tint_bottom))
        if marked:
            paint_frame(painter, paragraph, pieces, rows, colours.selection)


def _dimmed(codable: Codable) -> tuple[Dimmed, ...]:
    left_out, text = union(codable.excluded), codable.text
    found = [Dimmed(*place, NOT_CODED) for each in left_out if (place := trim(text, *each)) is not None]
    outside = () if codable.parts is None else gaps(union(codable.parts), 0, len(text))
    found += [Dimmed(*piece, NOT_YOURS) for place in outside for piece in without(place, left_out, text)]
    return tuple(sorted(found))


def _touching(places: Sequence[Range] | Sequence[Dimmed], start: int, end: int) -> Range:
    """From which to which of some places in order, apart from each other, a range shares text with."""
    first = bisect_right(places, start, key=lambda place: place[1])
    return first, bisect_left(places, end, first, key=lambda place: place[0])
