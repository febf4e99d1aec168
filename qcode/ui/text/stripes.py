"""The strip right of the text: a stripe for each coding in its lane, with names where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from qcode.ui.text.labels import Label, place_labels
from qcode.ui.text.layout import small_font
from qcode.ui.text.strokes import draw_line, mixed
from qcode.ui.text.tips import tip_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from qcode.text.values import AnyCoding
    from qcode.ui.text.pane import ReadingPane

LANE = 9
_EDGE = 8
_LEAST_LABEL = 44
_LEAST_NAME = 88


class Stripe(NamedTuple):
    """A coding's place in the strip: the middle of its lane, and from where to where."""

    coding: AnyCoding
    x: float
    top: float
    bottom: float


class StripeMargin(QWidget):
    """Paints the stripes of the codings in sight, and tells which are under a point."""

    codingPicked = Signal(str)

    def __init__(self, view: ReadingPane) -> None:
        super().__init__(view)
        self._view = view
        self._under: str | None = None
        self._names = True
        self.coders_first = False
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Code stripes"))

    # Properties

    def lane_width(self) -> float:
        """As wide as fits, up to 9 pixels: all lanes of the text share the strip."""
        lanes = max(self._view.lanes.count, 1)
        return min(LANE, max((self.width() - 2 * _EDGE) / lanes, 1.0))

    def stripes(self) -> list[Stripe]:
        """The stripes in sight, in the order of their codings; one that goes on out of sight reaches past the edge."""
        view, width = self._view, self.lane_width()
        codings = view.codings_in_sight()
        rows = view.rows_of((coding.start, coding.end) for coding in codings)
        return [
            Stripe(coding, _EDGE + round((view.lanes[coding.id] + 0.5) * width) + 0.5, top + 2, bottom - 2)
            for coding, (top, bottom) in zip(codings, rows, strict=True)
        ]

    def codings_at(self, point: QPoint | QPointF) -> tuple[AnyCoding, ...]:
        """All codings whose stripe is at a point of the strip."""
        reach = max(self.lane_width() / 2, 3.0)
        return tuple(
            stripe.coding
            for stripe in self.stripes()
            if abs(stripe.x - point.x()) <= reach and stripe.top - 1 <= point.y() <= stripe.bottom + 1
        )

    # Methods

    def show_names(self, *, names: bool) -> None:
        """Write names beside the stripes, or leave them out."""
        if names != self._names:
            self._names = names
            self.update()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stripes, then the names beside them."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.fillRect(event.rect(), QColor(self._view.colours.background))
        stripes = self.stripes()
        for stripe in stripes:
            self._paint_stripe(painter, stripe)
        taken = self._paint_labels(painter, stripes) if self._names else []
        self._paint_dimmed(painter, taken)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the coding whose stripe was clicked; of several the shortest."""
        under = self.codings_at(event.position())
        if under and event.button() == Qt.MouseButton.LeftButton:
            self.codingPicked.emit(min(under, key=lambda coding: coding.end - coding.start).id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the click here: it is none on the text."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer that a stripe can be clicked."""
        shape = Qt.CursorShape.PointingHandCursor if self.codings_at(event.position()) else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        """Show code, coder and comment of the stripe under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            view = self._view
            tip = tip_for(self.codings_at(event.pos()), view.colours, view.about) or self._dimmed_at(event.pos().y())
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    # Internal functions

    def _paint_stripe(self, painter: QPainter, stripe: Stripe) -> None:
        colour = self._view.colours.code(stripe.coding.colour)
        chosen = stripe.coding.id == self._view.active_coding()
        width = max(min(5.0 if stripe.coding.mine else 3.0, self.lane_width() - 1), 1.0)
        painter.setOpacity(0.55 if stripe.coding.unsure and not chosen else 1.0)
        ground = colour.tint if chosen else self._view.colours.background
        if chosen:
            self._paint_bar(painter, stripe, LANE, QColor(ground))
        self._paint_bar(painter, stripe, width, mixed(colour.stripe, ground, 0.3))
        draw_line(painter, QLineF(stripe.x, stripe.top, stripe.x, stripe.bottom), colour, width)
        painter.setOpacity(1.0)

    def _paint_bar(self, painter: QPainter, stripe: Stripe, width: float, shade: QColor) -> None:
        top = round(stripe.top)
        painter.fillRect(QRect(round(stripe.x - width / 2), top, round(width), round(stripe.bottom) - top), shade)

    def _paint_labels(self, painter: QPainter, stripes: list[Stripe]) -> list[float]:
        """Write the names of codes; answers with the heights at which they stand."""
        font = small_font(self._view.font())
        metrics = QFontMetricsF(font)
        left, room = self._beside_lanes()
        if room < _LEAST_LABEL:
            return []
        painter.setFont(font)

        def fits(name: str, coders: tuple[str, ...]) -> bool:
            if self.coders_first:
                return True
            needed = min(metrics.horizontalAdvance(name), _LEAST_NAME) + metrics.horizontalAdvance(_joined(coders))
            return needed <= room

        labels = list(place_labels(stripes, metrics.height(), self.height(), fits))
        for label in labels:
            self._paint_label(painter, label, metrics, QPointF(left, label.top + self._view.rows.rise - 2), room)

        return [label.top + metrics.height() * below for label in labels for below in range(1 + label.apart)]

    def _paint_dimmed(self, painter: QPainter, taken: Sequence[float]) -> None:
        """Draw a line beside what is out of play, with the word for it in the first row where none stands."""
        view, colours = self._view, self._view.colours
        dimmed = view.play.dimmed_in(*view.sight()) if view.play.dimmed else ()
        if not dimmed:
            return
        left, room = self._beside_lanes()
        font, pitch = small_font(view.font(), 0.76), view.rows.pitch
        font.setItalic(True)
        painter.setFont(font)
        for each, (top, bottom) in zip(dimmed, view.rows_of((one.start, one.end) for one in dimmed), strict=True):
            painter.setPen(QPen(mixed(colours.margin_text, colours.background, 0.7), 1.25, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(3.5, top + 3, 3.5, bottom - 3))
            rows = range(round(max(top, 0)), round(max(top, 0, min(bottom, self.height()) - pitch)) + 1, pitch)
            free = next((row for row in rows if all(abs(row - other) >= pitch * 0.8 for other in taken)), None)
            if free is not None and room >= QFontMetricsF(font).horizontalAdvance(each.words):
                painter.setPen(QColor(colours.margin_text))
                painter.drawText(QPointF(left, free + view.rows.rise), each.words)

    def _dimmed_at(self, y: float) -> str:
        """Why what stands beside a height cannot be coded."""
        dimmed = self._view.play.dimmed_in(*self._view.sight())
        rows = self._view.rows_of((one.start, one.end) for one in dimmed)
        found = (one.words for one, (top, bottom) in zip(dimmed, rows, strict=True) if top <= y < bottom)
        return next(found, "").capitalize()

    def _beside_lanes(self) -> tuple[float, float]:
        """Where words right of the stripes begin, and how much room they have."""
        left = _EDGE + self._view.lanes.count * self.lane_width() + 6
        return left, self.width() - left - _EDGE

    def _paint_label(self, painter: QPainter, label: Label, metrics: QFontMetricsF, at: QPointF, room: float) -> None:
        if self.coders_first:
            self._paint_coders_first(painter, label, metrics, at, room)
            return
        coders = _joined(label.coders)
        beside = 0.0 if label.apart else metrics.horizontalAdvance(coders)
        if not label.apart and room - beside < min(metrics.horizontalAdvance(label.name), _LEAST_NAME):
            coders, beside = "", 0.0
        name = metrics.elidedText(label.name, Qt.TextElideMode.ElideRight, room - beside)
        painter.setPen(QColor(self._view.colours.code(label.colour).ink))
        painter.drawText(at, name)
        painter.setPen(QColor(self._view.colours.margin_text))
        if label.apart:
            below = metrics.elidedText(coders.strip(), Qt.TextElideMode.ElideRight, room)
            painter.drawText(at + QPointF(0, metrics.height()), below)
        else:
            painter.drawText(at + QPointF(metrics.horizontalAdvance(name), 0), coders)

    def _paint_coders_first(
        self, painter: QPainter, label: Label, metrics: QFontMetricsF, at: QPointF, room: float
    ) -> None:
        """Where it matters most whose a coding is, its code's name has the room that is left."""
        coders = _joined(label.coders).strip()
        painter.setPen(QColor(self._view.colours.text))
        painter.drawText(at, coders)
        left = metrics.horizontalAdvance(f"{coders}  ")
        if room - left >= _LEAST_LABEL:
            name = metrics.elidedText(label.name, Qt.TextElideMode.ElideRight, room - left)
            painter.setPen(QColor(self._view.colours.code(label.colour).ink))
            painter.drawText(at + QPointF(left, 0), name)


def _joined(coders: tuple[str, ...]) -> str:
    return "  " + " ".join(coders)
