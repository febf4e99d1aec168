"""A panel that lies over the window for a moment, and goes when it is left."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from qcode.ui.tab_order import stops_of
from qcode.ui.theme import SPACE

_TOP = 8 * SPACE


class Overlay(QFrame):
    """Lies at the upper middle of its window. Esc, or the focus going elsewhere, closes it and the focus goes back."""

    closed = Signal()

    size_wanted: ClassVar[tuple[int, int]] = (78 * SPACE, 50 * SPACE)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("surface", "overlay")
        self.setAutoFillBackground(True)
        self._app = cast("QApplication", QApplication.instance())
        self._window = window
        self._before: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    # Methods

    def open_over(self, first: QWidget) -> None:
        """Show the panel with the focus in one of its widgets."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        self._app.focusChanged.connect(self._on_focus_changed, Qt.ConnectionType.UniqueConnection)

    def close_panel(self) -> None:
        """Take the panel away and give the focus back to where it was."""
        if self.isHidden():
            return
        self._app.focusChanged.disconnect(self._on_focus_changed)
        focused = QApplication.focusWidget()
        inside = focused is None or self.isAncestorOf(focused)
        self.hide()
        if inside and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; other keys stay in the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        event.accept()

    def focusNextPrevChild(self, forward: bool, /) -> bool:
        """Tab goes round in the panel, and never behind it."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return super().focusNextPrevChild(forward)
        stops = [one for one in stops_of(self) if one.isVisible() and one.isEnabled()]
        if stop := _next_stop(focused, stops, forward=forward):
            stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self._place()
        return False

    # Private slots

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new is not self and not self.isAncestorOf(new) and new.window() is self.window():
            self.close_panel()

    # Internal

    def _place(self) -> None:
        area = self._window.rect()
        wide, high = self.size_wanted
        width = min(wide, area.width() - 4 * SPACE)
        height = min(high, area.height() - _TOP - 2 * SPACE)
        self.setGeometry((area.width() - width) // 2, _TOP, width, height)


def _next_stop(focused: QWidget, stops: Collection[QWidget], *, forward: bool) -> QWidget | None:
    """The next of some widgets in the order of Tab, or the one before; None if there is no other."""
    widget: QWidget | None = focused
    while widget is not None:
        widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
        if widget is focused:
            return None
        if widget in stops:
            return widget
    return None
