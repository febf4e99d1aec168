"""The map as a picture in a file, dark on light, without a word about who made it or where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from qcode.errors import QcodeError
from qcode.files import write_file
from qcode.ui.themes.map.canvas import MapCanvas
from qcode.ui.themes.map.dress import PRINTED

_TIMES = 2.0
_MOST = 12_000


class UnknownPictureError(QcodeError):
    """A map was to be saved in a format that is none of a map's."""

    def __init__(self, ending: str) -> None:
        super().__init__(f"A map can be saved as .svg or .png, not as “{ending}”. Choose another ending.")


def save_map(canvas: MapCanvas, path: Path) -> None:
    """Write the whole map as the ending of the file says.

    Raises:
        UnknownPictureError: for an ending other than .svg and .png.
    """
    makers = {".svg": svg_of, ".png": png_of}
    if path.suffix.lower() not in makers:
        raise UnknownPictureError(path.suffix)
    write_file(path, makers[path.suffix.lower()](canvas))


def svg_of(canvas: MapCanvas) -> bytes:
    """The map as SVG."""
    whole, held = canvas.whole(), QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(held)
    generator.setTitle("Map of themes and codes")
    generator.setDescription("")
    generator.setSize(QSize(round(whole.width()), round(whole.height())))
    generator.setViewBox(QRectF(0, 0, whole.width(), whole.height()))
    _draw(canvas, generator, QRectF(0, 0, whole.width(), whole.height()))
    return bytes(held.data().data())


def png_of(canvas: MapCanvas) -> bytes:
    """The map as PNG, with two dots for each of the screen's."""
    whole = canvas.whole()
    times = min(_TIMES, _MOST / max(whole.width(), whole.height(), 1))
    image = QImage(QSize(round(whole.width() * times), round(whole.height() * times)), QImage.Format.Format_RGB32)
    image.fill(QColor(PRINTED.shown.raised))
    _draw(canvas, image, QRectF(0, 0, image.width(), image.height()))
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(held, QByteArray(b"png"))
    writer.write(image)
    return bytes(held.data().data())


def _draw(canvas: MapCanvas, device: QSvgGenerator | QImage, target: QRectF) -> None:
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    canvas.draw_on(painter, target, canvas.whole(), PRINTED)
    painter.end()
