"""The small sample of a code's colour that stands before its name."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from qcode.ui import theme
from qcode.ui.palette import DARK, LIGHT, CodeColour

SIDE = 12


def code_colour(slot: int) -> CodeColour:
    """How a slot of the palette looks in the theme that is shown."""
    return (DARK if theme.current().is_dark else LIGHT).code(slot)


def paint_swatch(painter: QPainter, place: QRectF, slot: int) -> None:
    """Fill a place with a code's soft tint, edged with its strong colour."""
    colour = code_colour(slot)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colour.stripe))
    painter.setBrush(QColor(colour.tint))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.fillRect(QRectF(place.left() + 1, place.top() + 3, 3, place.height() - 6), QColor(colour.stripe))
    painter.restore()


def swatch(slot: int) -> QIcon:
    """A code's swatch as an icon."""
    return _icon(slot, theme.current().name)


@lru_cache(maxsize=64)
def _icon(slot: int, _theme: str) -> QIcon:
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(SIDE * scale, SIDE * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_swatch(painter, QRectF(0, 0, SIDE, SIDE), slot)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
    return icon
