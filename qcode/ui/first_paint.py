"""When a part of the window is seen for the first time: what is not needed for that can follow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Tells when a widget was painted for the first time; what is connected to it comes after the paint."""

    seen = Signal()

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        watched.installEventFilter(self)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look out for the paint event."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.seen.emit)
        return False
