"""Scrolling on while something is dragged at the upper or lower edge of what can be scrolled."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea

_BEAT_MS = 60
_FASTER = 24
_FASTEST = 6


class EdgeScroll(QObject):
    """Scrolls by steps, faster the further the pointer is past the edge, and tells after each step.

    `inside` is how many pixels ahead of the edge it begins; 0 where the pointer can be dragged out of the area.
    """

    scrolled = Signal()

    def __init__(self, area: QAbstractScrollArea, *, inside: int, step: int = 1) -> None:
        super().__init__(area)
        self._area = area
        self._inside = inside
        self._step = step
        self._point = QPoint()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._on_beat)

    # Methods

    def follow(self, point: QPoint) -> None:
        """The pointer is at a point of the viewport now."""
        self._point = QPoint(point)
        if not self._steps():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Nothing is dragged any longer."""
        self._timer.stop()

    # Private slots

    def _on_beat(self) -> None:
        bar = self._area.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + self._steps() * self._step)
        if bar.value() != before:
            self.scrolled.emit()

    # Internal

    def _steps(self) -> int:
        height = self._area.viewport().height()
        above = self._inside - self._point.y()
        below = self._point.y() - (height - 1 - self._inside)
        past = max(above, below)
        if past <= 0:
            return 0
        return min(1 + past // _FASTER, _FASTEST) * (-1 if above > below else 1)
