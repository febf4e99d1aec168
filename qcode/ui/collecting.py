"""Collecting garbage in the window's own thread: elsewhere it would destroy widgets under Qt's feet, and crash."""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MS: Final = 1_000
_DUE: Final = (700, 10, 10)
"""When each generation is due, Python's own rule; a command that opens the window has looked more rarely."""


class Collector(QObject):
    """Collects garbage now and then when the window has nothing else to do; nobody else does while it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()
        self.destroyed.connect(gc.enable)


def collect_what_is_due() -> None:
    """Collect the oldest generation that is due, and with it the younger ones."""
    due = [age for age, (count, most) in enumerate(zip(gc.get_count(), _DUE, strict=True)) if count > most]
    if due:
        gc.collect(due[-1])
