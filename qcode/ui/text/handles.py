"""Two small handles at the ends of a coding, by which its boundaries are dragged.

They are widgets of their own over the text, so the text pays nothing for them while none is shown, and selecting with
the mouse works as ever everywhere else; a click on one that moves nothing is a click on the text below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from qcode.ui.text.edge_scroll import EdgeScroll

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from qcode.text.values import AnyCoding
    from qcode.ui.text.view import TranscriptView

type Edge = Literal["start", "end"]
type Step = Literal["character", "word", "sentence"]

_WIDTH = 14
_INSIDE = 3
_BAR = 2.0
_ASIDE = 2
_KNOB = 4.0
_STILL = 3
_TIP = "Drag to move the {edge} of the coding: by words, with Ctrl by characters, with Shift by sentences. Esc cancels."
_BY_CHARACTER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Handle(QWidget):
    """One of the two: a bar at the edge with a knob, and room around it to take hold of."""

    pressed = Signal(QPoint)
    moved = Signal(QPoint, object)
    released = Signal()

    def __init__(self, edge: Edge, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.edge: Edge = edge
        self.bar = _WIDTH - _INSIDE if edge == "start" else _INSIDE
        self.place = 0
        self.colour = self.ground = ""
        self._press: QMouseEvent | None = None
        self._dragging = False
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setToolTip(_TIP.format(edge=edge))
        self.setAccessibleName(f"Handle at the {edge} of the coding")
        self.hide()

    # Methods

    def stand_at(self, box: QRectF) -> None:
        """Stand at the edge of a coding, mostly outside of it."""
        self.place = round(box.left())
        left = self.place - self.bar + (-_ASIDE if self.edge == "start" else _ASIDE)
        self.setGeometry(QRect(left, round(box.top()), _WIDTH, round(box.height())))
        self.show()

    def let_go(self) -> None:
        """Whatever the hand does until the button is released moves nothing."""
        self._press, self._dragging = None, False

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold with the left button."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._press = _copy(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, once the pointer has moved a little."""
        if self._press is None:
            return
        began = self._press.globalPosition()
        if not self._dragging and (event.globalPosition() - began).manhattanLength() >= _STILL:
            self._dragging = True
            self.pressed.emit(self._in_viewport(began))
        if self._dragging:
            self.moved.emit(self._in_viewport(event.globalPosition()), event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a press that moved nothing was meant for the text."""
        press, dragged = self._press, self._dragging
        self.let_go()
        if dragged:
            self.released.emit()
        elif press is not None:
            self._forward(press)
            self._forward(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are meant for the text, too."""
        self._forward(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar and its knob, with a rim that sets them off from letters and tints."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _KNOB + 1 if self.edge == "start" else self.height() - _KNOB - 1
        painter.setPen(QPen(QColor(self.ground), 1))
        painter.setBrush(QColor(self.colour))
        painter.drawRect(QRectF(self.bar - _BAR / 2, 1, _BAR, self.height() - 2).adjusted(-0.5, 0, 0.5, 0))
        outward = -1 if self.edge == "start" else 1
        painter.drawEllipse(QPointF(self.bar + outward * (_KNOB - 1), middle), _KNOB, _KNOB)

    # Internal

    def _in_viewport(self, place: QPointF) -> QPoint:
        return self._viewport.mapFromGlobal(place.toPoint())

    def _forward(self, event: QMouseEvent) -> None:
        place = QPointF(self._viewport.mapFromGlobal(event.globalPosition()))
        QApplication.sendEvent(self._viewport, _copy(event, place))


class Handles(QObject):
    """Shows them on one own coding: the one that is moved, else that under the pointer, the chosen one, or the caret's.

    Of several at the caret it is the one that is marked in the list of them, else the shortest.

    It moves nothing itself: it tells which edge was taken hold of, and to where it is dragged.
    """

    grabbed = Signal(str, str)
    dragged = Signal(int, str)
    dropped = Signal()

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._held: str | None = None
        self._hovered: str | None = None
        self._marked = ""
        self._coding: AnyCoding | None = None
        self._dragged: Handle | None = None
        self._off = QPoint()
        self._last: tuple[QPoint, Qt.KeyboardModifier] = (QPoint(), Qt.KeyboardModifier.NoModifier)
        self._scroll = EdgeScroll(view, inside=0)
        self.start = Handle("start", view.viewport())
        self.end = Handle("end", view.viewport())
        self._connect()

    # Properties

    @property
    def coding(self) -> AnyCoding | None:
        """The coding that has them."""
        return self._coding

    # Methods

    def hold(self, coding: str | None) -> None:
        """Stay on a coding, wherever the pointer is; with None follow the pointer again."""
        self._held = coding
        self.refresh()

    def mark(self, coding: str) -> None:
        """Of several codings at the caret, this one is meant; "" for none."""
        self._marked = coding
        self.refresh()

    def let_go(self) -> None:
        """End dragging, whatever the hand does until it releases the button."""
        self._scroll.stop()
        dragged, self._dragged = self._dragged, None
        if dragged is not None:
            dragged.let_go()
        self.refresh()

    def refresh(self) -> None:
        """Stand where the coding is now."""
        self._coding = self._chosen()
        places = (
            (None, None) if self._coding is None else self._view.edge_places((self._coding.start, self._coding.end))
        )
        for handle, box in zip((self.start, self.end), places, strict=True):
            if box is not None and self._coding is not None:
                handle.colour = self._view.colours.code(self._coding.colour).stripe
                handle.ground = self._view.colours.background
                handle.stand_at(box)
                handle.update()
            elif handle is self._dragged:
                handle.move(-2 * _WIDTH, -handle.height())  # hidden it would lose the mouse
            else:
                handle.hide()

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer while no button is held; every event goes on to the text."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            if not event.buttons():
                self._hover(event.position().toPoint())
        elif event.type() == QEvent.Type.Leave:
            self._take_hovered(None)
        return super().eventFilter(watched, event)

    # Private slots

    def _on_update(self, rect: QRect, dy: int) -> None:
        if self._coding is not None and (dy or rect.contains(self._view.viewport().rect())):
            self.refresh()

    def _on_pressed(self, handle: Handle, point: QPoint) -> None:
        if self._coding is None:
            return
        self._dragged = handle
        self._off = point - QPoint(handle.place, handle.geometry().center().y())
        self.grabbed.emit(self._coding.id, handle.edge)

    def _on_moved(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if self._dragged is not None:
            self._last = point - self._off, modifiers
            self._scroll.follow(point)
            self._tell()

    def _on_released(self) -> None:
        if self._dragged is not None:
            self._scroll.stop()
            self._dragged = None
            self.dropped.emit()
            self.refresh()

    # Internal

    def _tell(self) -> None:
        point, modifiers = self._last
        self.dragged.emit(self._view.nearest_position(point), step_of(modifiers))

    def _hover(self, point: QPoint) -> None:
        position = self._view.position_at(point + self._view.viewport().pos())
        self._take_hovered(_shortest(() if position is None else self._view.codings_at(position)))

    def _take_hovered(self, coding: AnyCoding | None) -> None:
        key = coding.id if coding is not None else None
        if key != self._hovered and self._dragged is None:
            self._hovered = key
            self.refresh()

    def _chosen(self) -> AnyCoding | None:
        view = self._view
        for key in (self._held, self._hovered, view.active_coding()):
            found = None if key is None else view.coding(key)
            if found is not None and found.mine:
                return found
        here = () if view.selected_range() else view.codings_at_caret()
        return next((coding for coding in here if coding.id == self._marked and coding.mine), None) or _shortest(here)

    def _connect(self) -> None:
        self._view.viewport().setMouseTracking(True)
        self._view.viewport().installEventFilter(self)
        self._view.updateRequest.connect(self._on_update)
        self._view.drawingChanged.connect(self.refresh)
        self._view.codingsAtCaretChanged.connect(lambda _ids: self.refresh())
        self._view.selectionChangedTo.connect(lambda _start, _end: self.refresh())
        self._scroll.scrolled.connect(self._tell)
        for handle in (self.start, self.end):
            handle.pressed.connect(lambda point, handle=handle: self._on_pressed(handle, point))
            handle.moved.connect(self._on_moved)
            handle.released.connect(self._on_released)


def step_of(modifiers: Qt.KeyboardModifier) -> Step:
    """By what an edge is dragged while these keys are held."""
    if modifiers & _BY_CHARACTER:
        return "character"
    return "sentence" if modifiers & Qt.KeyboardModifier.ShiftModifier else "word"


def _shortest(codings: tuple[AnyCoding, ...]) -> AnyCoding | None:
    own = [coding for coding in codings if coding.mine]
    return min(own, key=lambda coding: coding.end - coding.start) if own else None


def _copy(event: QMouseEvent, place: QPointF | None = None) -> QMouseEvent:
    return QMouseEvent(
        event.type(),
        event.position() if place is None else place,
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
