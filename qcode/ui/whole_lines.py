"""A text that is read: no line of it is cut by the lower edge of its field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QTextEdit, QWidget


class WholeLines(QTextEdit):
    """Leaves the place of a line empty that would be seen by half."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Qt moves what is painted when one scrolls, and with it what was left empty.
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the ground over what of a line reaches below the edge."""
        super().paintEvent(event)
        cut = self._cut()
        if not cut.isEmpty():
            QPainter(self.viewport()).fillRect(cut, self.palette().color(QPalette.ColorRole.Base))

    # Internal

    def _cut(self) -> QRect:
        """Where the lowest line is, if it reaches below the edge."""
        edge, width = self.viewport().height(), self.viewport().width()
        line = self.cursorRect(self.cursorForPosition(QPoint(width // 2, edge - 1)))
        seen = line.top() > 0 and line.top() < edge < line.bottom()
        return QRect(0, line.top() - 1, width, edge - line.top() + 1) if seen else QRect()
