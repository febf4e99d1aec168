"""Drawing tints, lines, frames and the selection under the text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.ui.palette import CodeColour, Pattern, TextColours
    from qcode.ui.text.geometry import Paragraph, Piece
    from qcode.ui.text.highlights import Mark
    from qcode.ui.text.layout import RowMetrics

_RADIUS = 3.0
_EDGE = 3
_LINE = 1.5
_DASH = 2.0
_DASHES: dict[Pattern, list[float]] = {
    "dashes": [3, 2],
    "dots": [1, 1.5],
    "dash-dot": [4, 1.5, 1, 1.5],
    "long dashes": [7, 2.5],
}


def paint_marks(
    painter: QPainter, paragraph: Paragraph, marks: Iterable[Mark], rows: RowMetrics, colours: TextColours
) -> None:
    """Draw tints and lines; text is drawn over them afterwards."""
    height = rows.tint_bottom - rows.tint_top
    for mark in marks:
        top = paragraph.top + mark.row_top
        _paint_tint(painter, _on_pixels(mark.left, mark.right, top + rows.tint_top, height), mark, colours)
        for lane, slot in mark.lines:
            y = top + rows.tint_bottom + 0.75 + 2 * lane
            draw_line(painter, QLineF(mark.left, y, mark.right, y), colours.code(slot), _LINE)


def _on_pixels(left: float, right: float, top: float, height: int) -> QRect:
    """A box of whole pixels: filling one is many times faster than smoothing its edges, and neighbours meet."""
    return QRect(round(left), round(top), round(right) - round(left), height)


def _paint_tint(painter: QPainter, box: QRect, mark: Mark, colours: TextColours) -> None:
    """Fill with the innermost code's tint; each code around it shows as an edge along the top."""
    rounded = mark.round_left or mark.round_right
    if rounded:
        painter.save()
        painter.setClipPath(_rounded(box, mark), Qt.ClipOperation.IntersectClip)
    left, top, width, edge = box.left(), box.top(), box.width(), min(_EDGE, box.height() // (2 * len(mark.slots)))
    *outer, inner = mark.slots
    for slot in outer if edge else ():
        painter.fillRect(left, top, width, edge, shade(colours.code(slot).tint))
        top += edge
    painter.fillRect(left, top, width, box.bottom() + 1 - top, shade(colours.code(inner).tint))
    if rounded:
        painter.restore()


def _rounded(box: QRect, mark: Mark) -> QPainterPath:
    path = QPainterPath()
    left = 0 if mark.round_left else _RADIUS * 2
    right = 0 if mark.round_right else _RADIUS * 2
    path.addRoundedRect(QRectF(box).adjusted(-left, 0, right, 0), _RADIUS, _RADIUS)
    return path


def draw_line(painter: QPainter, line: QLineF, colour: CodeColour, width: float) -> None:
    """A straight line in a code's colour and pattern."""
    painter.setPen(_pen(colour.stripe, colour.pattern, width))
    if colour.pattern == "double":
        aside = width / 3 if line.dx() == 0 else 0.0
        below = width / 3 if line.dy() == 0 else 0.0
        painter.drawLine(line.translated(-aside, -below))
        painter.drawLine(line.translated(aside, below))
    else:
        painter.drawLine(line)


@cache
def _pen(colour: str, pattern: Pattern, width: float) -> QPen:
    """The pen of a line: to make one takes longer than to draw with it."""
    pen = QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if pattern == "double":
        pen.setWidthF(max(width / 3, 0.8))
    elif pattern != "solid":
        pen.setDashPattern([length * _DASH / width for length in _DASHES[pattern]])
    return pen


@cache
def shade(colour: str) -> QColor:
    """A colour as Qt draws with it, read once from how it is written."""
    return QColor(colour)


@cache
def mixed(colour: str, ground: str, share: float) -> QColor:
    """A colour as it looks when it covers so much of a ground: to mix it once is much faster than for each dot."""
    upper, lower = shade(colour), shade(ground)
    reds, greens, blues = (
        (upper.red(), lower.red()),
        (upper.green(), lower.green()),
        (upper.blue(), lower.blue()),
    )
    return QColor(*(round(above * share + below * (1 - share)) for above, below in (reds, greens, blues)))


def paint_frame(
    painter: QPainter, paragraph: Paragraph, places: Iterable[Piece], rows: RowMetrics, colour: str
) -> None:
    """Draw an outline around the coding that is active, open where it goes on in another row."""
    painter.setPen(QPen(QColor(colour), 1.25))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for piece in places:
        top = paragraph.top + piece.row_top
        box = QRectF(piece.left, top + rows.tint_top, piece.right - piece.left, rows.tint_bottom - rows.tint_top)
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        on_left, on_right = (0.5, -2 * _RADIUS)[not piece.first], (-0.5, 2 * _RADIUS)[not piece.last]
        painter.drawRoundedRect(box.adjusted(on_left, 0.5, on_right, -0.5), _RADIUS, _RADIUS)
        painter.restore()


def paint_selection(
    painter: QPainter, paragraph: Paragraph, places: Iterable[Piece], rows: RowMetrics, colours: TextColours
) -> None:
    """Lay the selection over the tints, as high as the rows, so that rows of it meet."""
    veil = QColor(colours.selection)
    veil.setAlphaF(colours.selection_strength)
    for piece in places:
        box = _on_pixels(piece.left, piece.right, paragraph.top + piece.row_top, rows.pitch)
        painter.fillRect(box, veil)


def paint_swatch(painter: QPainter, box: QRectF, colour: CodeColour) -> None:
    """A code's mark for lists: its tint with its line along the bottom, as it looks in a text."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(colour.tint))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    y = box.bottom() - 2.0
    draw_line(painter, QLineF(box.left() + 1, y, box.right() - 1, y), colour, 3.0)
    painter.restore()
