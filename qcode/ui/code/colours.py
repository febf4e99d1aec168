"""The colours of texts and codes in the theme that is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qcode.ui import theme
from qcode.ui.palette import CodeColour, TextColours

SWATCH = 14


def text_colours() -> TextColours:
    """The colours of coded text."""
    return theme.text_colours()


def code_colour(slot: int) -> CodeColour:
    """How a slot of the palette looks."""
    return text_colours().code(slot)


def paint_focus(painter: QPainter, place: QRect) -> None:
    """Draw the ring that shows where the keyboard is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.current().focus), theme.current().ring))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 4, 4)
