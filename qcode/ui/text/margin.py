"""The margin left of the text: who speaks, when in the recording, and where a memo is about the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from qcode.ui.text.layout import small_font
from qcode.ui.text.memo_marks import WIDTH, MemoSpan, MemoSpans, paint_sheet
from qcode.ui.text.strokes import shade
from qcode.ui.text.tips import memo_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from qcode.text.values import AnyTurn
    from qcode.ui.text.geometry import Paragraph
    from qcode.ui.text.pane import ReadingPane

GAP = 14


class Lettering:
    """The fonts beside a text: the speakers' a little smaller than its own, the times' smaller again."""

    __slots__ = ("clock", "made_for", "name", "names", "time", "times", "widths")

    def __init__(self, text: QFont, letter: float) -> None:
        self.made_for = QFont(text), letter
        self.name = small_font(text, 0.86, QFont.Weight.DemiBold)
        self.time = small_font(text, 0.76, QFont.Weight.Normal)
        self.names, self.times = QFontMetricsF(self.name), QFontMetricsF(self.time)
        self.clock = self.times.horizontalAdvance("0:00:00")
        narrow = round(letter * 12 + 2 * GAP)
        self.widths = narrow, round(narrow + self.clock + GAP)


class SpeakerMargin(QWidget):
    """Shows each turn's speaker on its first row, and its time where there is room for both.

    Between them and the text stands a mark on each row where something begins that a memo is about.
    """

    memoPicked = Signal(object)

    def __init__(self, view: ReadingPane) -> None:
        super().__init__(view)
        self._view = view
        self._lettering: Lettering | None = None
        self._memos = MemoSpans()
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Speakers and times"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # Properties

    @property
    def memos(self) -> MemoSpans:
        """The memos that are marked."""
        return self._memos

    def memo_rows(self) -> list[tuple[float, list[MemoSpan]]]:
        """The rows in sight with marks, by their tops, with what is marked on each."""
        view = self._view
        spans = self._memos.beginning(*view.sight()) if self._memos.spans else []
        rows: dict[float, list[MemoSpan]] = {}
        for span, (top, _bottom) in zip(spans, view.rows_of((span.start, span.end) for span in spans), strict=True):
            rows.setdefault(top, []).append(span)
        return sorted(rows.items(), key=lambda row: row[0])

    def memos_at(self, point: QPoint | QPointF) -> list[MemoSpan]:
        """The memos whose mark is at a point of the margin."""
        if point.x() < self.width() - GAP:
            return []
        pitch = self._view.rows.pitch
        return next((spans for top, spans in self.memo_rows() if top <= point.y() < top + pitch), [])

    # Methods

    def mark_memos(self, memos: MemoSpans) -> None:
        """Mark other memos; nothing is painted where they are the same."""
        if memos.spans != self._memos.spans:
            self._memos = memos
            self.update()

    def widths(self) -> tuple[int, int]:
        """What 14 letters of a name need, and what they need with a time beside them."""
        return self._letters().widths

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the names and times of the turns in sight, and mark the memos."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._view.colours.background))
        letters = self._letters()
        for paragraph in self._view.paragraphs_in_sight():
            turn = self._view.page.turn_starting_in(paragraph.number)
            if turn is not None and paragraph.top < event.rect().bottom() and paragraph.bottom > event.rect().top():
                self._paint_turn(painter, paragraph, turn, letters)
        for top, _spans in self.memo_rows():
            left = self.width() - WIDTH - 2
            paint_sheet(painter, left, round(top + self._view.rows.rise), self._view.colours.margin_text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the memos whose mark was clicked; any other click is one on the text."""
        spans = self.memos_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else []
        if spans:
            self.memoPicked.emit(spans)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer that a mark can be clicked."""
        shape = Qt.CursorShape.PointingHandCursor if self.memos_at(event.position()) else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say the titles of the memos whose mark is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            titles = [span.title for span in self.memos_at(event.pos())]
            QToolTip.showText(event.globalPos(), memo_tip(titles, self._view.colours), self)
            return True
        return super().event(event)

    # Internal

    def _letters(self) -> Lettering:
        """Fonts that suit the text: made anew when it has another font."""
        text = self._view.font(), self._view.rows.letter
        if self._lettering is None or self._lettering.made_for != text:
            self._lettering = Lettering(*text)
        return self._lettering

    def _paint_turn(self, painter: QPainter, paragraph: Paragraph, turn: AnyTurn, letters: Lettering) -> None:
        """The name at the baseline of the first row; the time beside it, or below where the margin is narrow."""
        rows, colours = self._view.rows, self._view.colours
        baseline = paragraph.top + rows.rise
        wide = letters.widths[1]
        fits = self.width() >= wide
        time = clock(turn.start_ms)
        beside = letters.clock + GAP if fits else 0.0
        room = (min(self.width(), wide) if fits else self.width()) - 2.0 * GAP - beside
        name = letters.names.elidedText(turn.speaker or "", Qt.TextElideMode.ElideRight, room)
        right = self.width() - GAP
        painter.setFont(letters.name)
        painter.setPen(shade(colours.quiet_text if turn.role == "interviewer" else colours.text))
        painter.drawText(QPointF(right - letters.names.horizontalAdvance(name), baseline), name)
        painter.setFont(letters.time)
        painter.setPen(shade(colours.margin_text))
        if fits:
            painter.drawText(QPointF(self.width() - wide + GAP, baseline), time)
        else:
            below = baseline + (letters.times.height() if name else 0)
            painter.drawText(QPointF(right - letters.times.horizontalAdvance(time), below), time)


def clock(milliseconds: int | None) -> str:
    """A time in the recording as 12:04 or 1:02:03; empty where none is known."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
