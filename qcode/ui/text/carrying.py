"""Dragging what is selected: from inside an existing selection only, once the pointer has moved far enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QFontMetricsF, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData

    from qcode.text.ranges import Range
    from qcode.ui.text.view import TranscriptView

_PAD = 8


class SelectionDrag(QObject):
    """Takes the place of Qt's own dragging, which would carry the words themselves.

    `load` makes what is carried, or None for nothing. A click inside the selection still puts the caret there, and
    pressing anywhere else selects as ever.
    """

    def __init__(self, view: TranscriptView, load: Callable[[Range], QMimeData | None]) -> None:
        super().__init__(view)
        self._view = view
        self._load = load
        self._press: QMouseEvent | None = None
        self._forwarding = False
        view.viewport().installEventFilter(self)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a press inside the selection until it is known what it means."""
        if self._forwarding or not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and _asks(event):
            if self._is_inside(event):
                self._press = _copy(event)
                return True
            self._drop_selection(event)
        if self._press is not None and kind == QEvent.Type.MouseMove:
            self._on_move(event)
            return True
        if self._press is not None and kind == QEvent.Type.MouseButtonRelease:
            self._on_click(event)
            return True
        return super().eventFilter(watched, event)

    # Internal

    def _is_inside(self, event: QMouseEvent) -> bool:
        span = self._view.selected_range()
        if span is None:
            return False
        position = self._view.position_at(event.position().toPoint() + self._view.viewport().pos())
        return position is not None and span[0] <= position < span[1]

    def _drop_selection(self, event: QMouseEvent) -> None:
        """Select nothing before Qt sees a press beside the selection: near it, Qt would begin to drag the words."""
        if self._view.textCursor().hasSelection():
            self._view.setTextCursor(self._view.cursorForPosition(event.position().toPoint()))

    def _on_move(self, event: QMouseEvent) -> None:
        press = self._press
        if press is None:
            return
        far = (event.position() - press.position()).manhattanLength()
        if far >= QApplication.startDragDistance():
            self._press = None
            self._drag()

    def _on_click(self, release: QMouseEvent) -> None:
        press, self._press = self._press, None
        if press is None:
            return
        self._forwarding = True
        try:
            for event in (press, _copy(release)):
                QApplication.sendEvent(self._view.viewport(), event)
        finally:
            self._forwarding = False

    def _drag(self) -> None:
        span = self._view.selected_range()
        data = self._load(span) if span is not None else None
        if span is None or data is None:
            return
        drag = QDrag(self._view.viewport())
        drag.setMimeData(data)
        drag.setPixmap(self._chip(span))
        drag.setHotSpot(QPoint(-_PAD, -_PAD))
        drag.exec(Qt.DropAction.CopyAction)

    def _chip(self, span: Range) -> QPixmap:
        """What goes with the pointer: how much is carried, not what."""
        count = len(self._view.page.text[span[0] : span[1]].split())
        words = "1 word" if count == 1 else f"{count:,} words"
        colours, font = self._view.colours, self._view.font()
        metrics = QFontMetricsF(font)
        box = QRectF(0, 0, metrics.horizontalAdvance(words) + 2 * _PAD, metrics.height() + _PAD)
        ratio = self._view.devicePixelRatioF()
        chip = QPixmap((box.size() * ratio).toSize())
        chip.setDevicePixelRatio(ratio)
        chip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(chip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colours.background))
        painter.setPen(QColor(colours.margin_text))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _PAD / 2, _PAD / 2)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
        return chip


def _asks(event: QMouseEvent) -> bool:
    """Whether a press may begin to drag or to select; with Shift it extends what is selected."""
    return event.button() is Qt.MouseButton.LeftButton and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier


def _copy(event: QMouseEvent) -> QMouseEvent:
    return QMouseEvent(
        event.type(),
        event.position(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
