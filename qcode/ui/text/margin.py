"""The margin left of the text: who speaks, and when in the recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from qcode.ui.text.layout import small_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from qcode.text.values import AnyTurn
    from qcode.ui.text.geometry import Paragraph
    from qcode.ui.text.pane import ReadingPane

GAP = 14


class SpeakerMargin(QWidget):
    """Shows each turn's speaker on its first row, and its time where there is room for both."""

    def __init__(self, view: ReadingPane) -> None:
        super().__init__(view)
        self._view = view
        self.setAccessibleName(self.tr("Speakers and times"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """Wide enough for a name of 14 letters and a time."""
        metrics = QFontMetricsF(self.time_font())
        return QSize(round(metrics.horizontalAdvance("0:00:00") + self._view.rows.letter * 14 + 3 * GAP), 0)

    def name_font(self) -> QFont:
        """The speakers' font, a little smaller than the text."""
        return small_font(self._view.font(), 0.86, QFont.Weight.DemiBold)

    def time_font(self) -> QFont:
        """The font of the times, smaller again."""
        return small_font(self._view.font(), 0.76, QFont.Weight.Normal)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the names and times of the turns in sight."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._view.colours.background))
        for paragraph in self._view.paragraphs_in_sight():
            turn = self._view.page.turn_starts.get(paragraph.number)
            if turn is not None and paragraph.top < event.rect().bottom() and paragraph.bottom > event.rect().top():
                self._paint_turn(painter, paragraph, turn)

    def _paint_turn(self, painter: QPainter, paragraph: Paragraph, turn: AnyTurn) -> None:
        rows, colours = self._view.rows, self._view.colours
        baseline = paragraph.top + rows.rise
        name_font, time_font = self.name_font(), self.time_font()
        room = min(self.width(), self.sizeHint().width()) - 2.0 * GAP
        time = clock(turn.start_ms)
        width = QFontMetricsF(time_font).horizontalAdvance(time)
        if time and room - width >= rows.letter * 8:
            painter.setFont(time_font)
            painter.setPen(QColor(colours.margin_text))
            painter.drawText(QPointF(max(self.width() - self.sizeHint().width(), 0) + GAP, baseline), time)
            room -= width + GAP
        painter.setFont(name_font)
        painter.setPen(QColor(colours.quiet_text if turn.role == "interviewer" else colours.text))
        metrics = QFontMetricsF(name_font)
        name = metrics.elidedText(turn.speaker or "", Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(self.width() - GAP - metrics.horizontalAdvance(name), baseline), name)


def clock(milliseconds: int | None) -> str:
    """A time in the recording as 12:04 or 1:02:03; empty where none is known."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
