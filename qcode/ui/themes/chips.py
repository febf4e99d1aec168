"""The codes of a theme as chips that flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from qcode.ui import theme
from qcode.ui.palette import CodeColour
from qcode.ui.theme import SPACE


def code_colour(slot: int) -> CodeColour:
    """How a slot of the palette looks in the theme that is shown."""
    return theme.text_colours().code(slot)


@dataclass(frozen=True, slots=True)
class ChipBox:
    """A chip's place, and in it the place of the cross that removes it."""

    box: QRectF
    cross: QRectF


def chip_boxes(names: Sequence[str], left: float, top: float, width: float) -> list[ChipBox]:
    """Where chips stand that flow from the left, a new row beginning where one would not fit."""
    metrics = QFontMetricsF(theme.font("small"))
    height = metrics.height() + SPACE
    x, y = left, top
    out = []
    for name in names:
        across = min(metrics.horizontalAdvance(name) + 5 * SPACE, width)
        if x > left and x + across > left + width:
            x, y = left, y + height + SPACE / 2
        cross = QRectF(x + across - 2.5 * SPACE, y, 2.5 * SPACE, height)
        out.append(ChipBox(QRectF(x, y, across, height), cross))
        x += across + SPACE * 0.75
    return out


def paint_chip(painter: QPainter, chip: ChipBox, name: str, slot: int, *, current: bool) -> None:
    """Draw a code's name on its tint, with its strong colour at the left and a cross at the right."""
    colour, shown = code_colour(slot), theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(shown.focus), shown.ring) if current else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour.tint))
    painter.drawRoundedRect(chip.box.adjusted(1, 1, -1, -1), 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour.stripe))
    painter.drawRoundedRect(QRectF(chip.box.left() + 6, chip.box.top() + 7, 4, chip.box.height() - 14), 2, 2)
    painter.setPen(QColor(shown.text))
    painter.setFont(theme.font("small"))
    inner = QRectF(chip.box.left() + 2 * SPACE, chip.box.top(), chip.box.width() - 4.5 * SPACE, chip.box.height())
    fitted = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitted)
    painter.setPen(QPen(QColor(shown.quiet), 1.2))
    middle, reach = chip.cross.center(), 3.0
    painter.drawLine(middle + QPointF(-reach, -reach), middle + QPointF(reach, reach))
    painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))
    painter.restore()
