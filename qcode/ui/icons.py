"""The icons: one set of line drawings on a grid of 24, in whatever colour the theme wants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from qcode.ui import palette
from qcode.ui.theme import current, text_colours

_SIZES = (16, 20, 24, 32, 48, 64)
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g fill="none" stroke="{colour}" '
    'stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">{drawing}</g></svg>'
)

DRAWINGS = {
    "transcripts": '<path d="M6 3.5h8L18.5 8v12.5H6z M14 3.5V8h4.5 M9 12h6.5 M9 15.5h6.5"/>',
    "code": '<path d="M4 4h7.6l8.6 8.6-7.6 7.6L4 11.6z"/><circle cx="8.2" cy="8.2" r="1.3"/>',
    "agree": '<circle cx="8.8" cy="12" r="5.6"/><circle cx="15.2" cy="12" r="5.6"/>',
    "reconcile": '<path d="M3.5 6H7c5 0 4 6 9 6h4.5 M3.5 18H7c5 0 4-6 9-6 M17.5 9l3 3-3 3"/>',
    "themes": (
        '<circle cx="12" cy="5.2" r="2.2"/><circle cx="5" cy="18.3" r="2.2"/><circle cx="12" cy="18.3" r="2.2"/>'
        '<circle cx="19" cy="18.3" r="2.2"/><path d="M12 7.4v8.7 M5 16.1v-3.6h14v3.6"/>'
    ),
    "report": '<path d="M5 3.5h14v17H5z M8.6 16.5v-3.2 M12 16.5V8.5 M15.4 16.5v-5.4"/>',
    "close": '<path d="m7 7 10 10 M17 7 7 17"/>',
    "fold": '<path d="m7 10 5 5 5-5"/>',
    "unfold": '<path d="m7 14 5-5 5 5"/>',
    "qcode": '<path d="M4 6.5h11 M4 17.5h6"/><path stroke-width="4.2" d="M5 12h13.5"/>',
}


def icon(name: str, colour: str | None = None, checked: str | None = None, sizes: Sequence[int] = _SIZES) -> QIcon:
    """A drawing as an icon, in the quiet colour of the theme if no other is given; `checked` is for pressed buttons.

    `sizes` are pixels: whoever shows it in one size only names that, once as it is and once for a dense screen.
    """
    made = QIcon()
    for size in sizes:
        made.addPixmap(drawn(name, colour or current().quiet, size), QIcon.Mode.Normal, QIcon.State.Off)
        if checked is not None:
            made.addPixmap(drawn(name, checked, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


@lru_cache(maxsize=512)
def drawn(name: str, colour: str, size: int) -> QPixmap:
    """A drawing in a colour and a size in pixels."""
    svg = _SVG.format(colour=colour, drawing=DRAWINGS[name])
    pixmap = _blank(size)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def swatch(slot: int, *, dark: bool) -> QIcon:
    """The mark of a code, as it looks in a text of the theme that is shown, or of another that is light or dark."""
    usual = palette.DARK if dark else palette.LIGHT
    return _swatch((text_colours() if current().is_dark == dark else usual).code(slot))


@lru_cache(maxsize=64)
def _swatch(colour: palette.CodeColour) -> QIcon:
    from qcode.ui.text.strokes import paint_swatch

    made = QIcon()
    for size in (16, 32):
        pixmap = _blank(size)
        painter = QPainter(pixmap)
        painter.scale(size / 16, size / 16)
        paint_swatch(painter, QRectF(1, 1, 14, 14), colour)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(pixmap, mode)
    return made


def _blank(size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
