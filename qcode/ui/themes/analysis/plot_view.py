"""A plot in the window: painted once, gone through by mouse and by keys; each place leads to its passages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontDatabase,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qcode.reports.plot_values import Key
from qcode.ui import theme

if TYPE_CHECKING:
    from qcode.reports.plot_frame import Drawn, Spot
    from qcode.reports.plots import Written

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ALONG = {"bottom": "left", "center": "center", "top": "right"}
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_LEVELS = {
    "top": Qt.AlignmentFlag.AlignTop,
    "center": Qt.AlignmentFlag.AlignVCenter,
    "bottom": Qt.AlignmentFlag.AlignBottom,
}
_FAR = 4_000.0
_ASIDE = 3.0
"""How much further a step seems that leads aside from where an arrow points."""
_NEAR = 5.0


class PlotView(QWidget):
    """Shows a figure. Arrows go from place to place, Enter or a click opens what is behind one.

    `placeChanged` says in words where the cursor is.
    """

    opened = Signal(object)
    placeChanged = Signal(str)
    shownAt = Signal(QRectF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._spots: tuple[Spot, ...] = ()
        self._boxes: list[QRectF] = []
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Plot")

    # Properties

    @property
    def current(self) -> Key | None:
        """What the place with the cursor stands for."""
        return None if self._at is None else self._spots[self._at].key

    @property
    def keys(self) -> list[Key]:
        """All places, in their order."""
        return [spot.key for spot in self._spots]

    # Methods

    def show_drawn(self, drawn: Drawn) -> None:
        """Show a figure that was drawn; the cursor stays where it was, if the place is still there."""
        before = self.current
        self._image = painted(drawn, self.devicePixelRatioF())
        self._spots, self._boxes = drawn.spots, _boxes(drawn, self.devicePixelRatioF())
        self._at = next((place for place, spot in enumerate(self._spots) if spot.key == before), None)
        size = self._image.deviceIndependentSize().toSize()
        self.setFixedSize(size)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image, self._spots, self._boxes, self._at = QImage(), (), [], None
        self.setFixedSize(QSize(1, 1))

    def go_to(self, key: Key) -> bool:
        """Put the cursor on a place; says whether it is there."""
        at = next((place for place, spot in enumerate(self._spots) if spot.key == key), None)
        if at is not None:
            self._put(at)
        return at is not None

    def box(self, key: Key) -> QRectF:
        """Where a place is painted."""
        return self._boxes[self.keys.index(key)]

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, and a ring around the place with the cursor."""
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        if self._at is None or not self.hasFocus():
            return
        shown = theme.current()
        box = self._boxes[self._at].adjusted(-1, -1, 1, 1)
        for colour, width in ((shown.background, 2 * shown.ring + 1), (shown.focus, shown.ring)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Home and End move, Enter opens; everything else is for those around."""
        if event.key() in _ARROWS and self._spots:
            self._step(*_ARROWS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._spots:
            self._put(0 if event.key() == Qt.Key.Key_Home else len(self._spots) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first place."""
        if self._at is None and self._spots and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._put(0)
        self.update()
        super().focusInEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what lies under the mouse."""
        at = self._under(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if at is None else Qt.CursorShape.PointingHandCursor)
        if at is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self._spots[at].words, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the place it falls on."""
        at = self._under(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._put(at)
            self.opened.emit(self._spots[at].key)

    def changeEvent(self, event: QEvent) -> None:
        """Dressed anew, the ring has another colour."""
        self.update()
        super().changeEvent(event)

    # Internal

    def _put(self, at: int) -> None:
        self._at = at
        words = self._spots[at].words
        self.setAccessibleDescription(words)
        self.update()
        self.shownAt.emit(self._boxes[at])
        self.placeChanged.emit(words)

    def _step(self, across: int, down: int) -> None:
        """To the nearest place in a direction."""
        if self._at is None:
            self._put(0)
            return
        here = self._boxes[self._at].center()
        found = [
            (ahead + _ASIDE * aside, place)
            for place, box in enumerate(self._boxes)
            for ahead, aside in [_way(here, box.center(), across, down)]
            if ahead > 0.5
        ]
        if found:
            self._put(min(found)[1])

    def _under(self, point: QPointF) -> int | None:
        """The smallest place under a point, which may lie a little beside it."""
        around = [
            (not box.contains(point), box.width() * box.height(), place)
            for place, box in enumerate(self._boxes)
            if box.adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR).contains(point)
        ]
        return min(around)[2] if around else None


def _way(here: QPointF, there: QPointF, across: int, down: int) -> tuple[float, float]:
    """How far a point lies ahead in a direction, and how far aside."""
    step = there - here
    if across:
        return step.x() * across, abs(step.y())
    return step.y() * down, abs(step.x())


def painted(drawn: Drawn, ratio: float) -> QImage:
    """The picture of a figure. Its words are written by Qt, in the type that was measured: that takes a third."""
    from qcode.reports.plots import unwritten

    (wide, high, dots), words = unwritten(drawn)
    image = QImage(dots, wide, high, 4 * wide, QImage.Format.Format_RGBA8888).convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied
    )
    painter = QPainter(image)
    font = QFont(_family())
    for one in words:
        _write(painter, font, one)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _write(painter: QPainter, font: QFont, one: Written) -> None:
    font.setPixelSize(max(round(one.size), 1))
    painter.setFont(font)
    painter.setPen(QColor(one.colour))
    painter.save()
    painter.translate(one.x, one.y)
    if one.upright:  # what stands below or above is left or right of words that run upwards
        painter.rotate(-90)
        across, down = _ALONG[one.down], "center"
    else:
        across, down = one.across, one.down
    left = {"left": 0.0, "center": -_FAR / 2, "right": -_FAR}[across]
    top = {"top": 0.0, "center": -_FAR / 2, "bottom": -_FAR}[down]
    painter.drawText(QRectF(left, top, _FAR, _FAR), _SIDES[across] | _LEVELS[down], one.words)
    painter.restore()


@cache
def _family() -> str:
    from qcode.reports.plots import type_file

    number = QFontDatabase.addApplicationFont(str(type_file()))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else QFont().family()


def _boxes(drawn: Drawn, ratio: float) -> list[QRectF]:
    """Where places are painted: matplotlib counts from below, Qt from above."""
    tall = drawn.figure.get_size_inches()[1] * drawn.figure.dpi
    found = []
    for spot in drawn.spots:
        (x, y), (u, v) = spot.axes.transData.transform([(spot.left, spot.bottom), (spot.right, spot.top)])
        left, right, low, high = min(x, u), max(x, u), min(y, v), max(y, v)
        found.append(QRectF(left / ratio, (tall - high) / ratio, (right - left) / ratio, (high - low) / ratio))
    return found
