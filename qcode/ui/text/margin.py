"""The margin left of the text: who speaks, and when in the recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
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

    def widths(self) -> tuple[int, int]:
        """What 14 letters of a name need, and what they need with a time beside them."""
        name = round(self._view.rows.letter * 12 + 2 * GAP)
        time = QFontMetricsF(self.time_font()).horizontalAdvance("0:00:00")
        return name, round(name + time + GAP)

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
            turn = self._view.page.turn_starting_in(paragraph.number)
            if turn is not None and paragraph.top < event.rect().bottom() and paragraph.bottom > event.rect().top():
                self._paint_turn(painter, paragraph, turn)

    def _paint_turn(self, painter: QPainter, paragraph: Paragraph, turn: AnyTurn) -> None:
        """The name at the baseline of the first row; the time beside it, or below where the margin is narrow."""
        rows, colours = self._view.rows, self._view.colours
        baseline = paragraph.top + rows.rise
        wide = self.widths()[1]
        fits = self.width() >= wide
        name_font, time_font = QFontMetricsF(self.name_font()), QFontMetricsF(self.time_font())
        time = clock(turn.start_ms)
        beside = time_font.horizontalAdvance("0:00:00") + GAP if fits else 0.0
        room = (min(self.width(), wide) if fits else self.width()) - 2.0 * GAP - beside
        name = name_font.elidedText(turn.speaker or "", Qt.TextElideMode.ElideRight, room)
        right = self.width() - GAP
        painter.setFont(self.name_font())
        painter.setPen(QColor(colours.quiet_text if turn.role == "interviewer" else colours.text))
        painter.drawText(QPointF(right - name_font.horizontalAdvance(name), baseline), name)
        painter.setFont(self.time_font())
        painter.setPen(QColor(colours.margin_text))
        if fits:
            painter.drawText(QPointF(self.width() - wide + GAP, baseline), time)
        else:
            below = baseline + (time_font.height() if name else 0)
            painter.drawText(QPointF(right - time_font.horizontalAdvance(time), below), time)


def clock(milliseconds: int | None) -> str:
    """A time in the recording as 12:04 or 1:02:03; empty where none is known."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
