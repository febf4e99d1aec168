"""What the six rooms have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from qcode.ids import ThemeId
from qcode.operations.memos import Target
from qcode.study import Change, Place
from qcode.ui.bridge import StudyBridge


class Room(QWidget):
    """One room of the window. It is refreshed when a change concerns it: at once if visible, else when next shown."""

    requestRoom = Signal(str)
    requestPassages = Signal(str, object)
    requestPlace = Signal(object)
    requestTheme = Signal(str)

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    kinds: ClassVar[tuple[str, ...]] = ()
    chooses_round: ClassVar[bool] = False

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._stale = True
        bridge.changed.connect(self.take_change)
        bridge.coderChanged.connect(self.mark_stale)
        bridge.roundChanged.connect(self.mark_stale)

    # For rooms to write

    def refresh(self) -> None:
        """Read again what the room shows, keeping selection and scroll."""

    def room_actions(self) -> list[QAction]:
        """What can be done here, for the menu and the command palette; each has a text and, if any, a key."""
        return []

    def go_to(self, place: Place) -> None:
        """Show a place in the texts, where the room shows texts."""

    def show_theme(self, theme: ThemeId) -> None:
        """Show a theme, where the room shows themes."""

    def things(self) -> Sequence[Target]:
        """What is at hand here, the nearest first: what a memo would be about."""
        return ()

    def update_theme(self) -> None:
        """Take the colours of the theme that was switched to."""

    # Staying true

    def take_change(self, change: Change) -> None:
        """Refresh if the change concerns this room."""
        if change.concerns(*self.kinds):
            self.mark_stale()

    def mark_stale(self) -> None:
        """Refresh now if visible, else when shown."""
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the room up to date before it is seen."""
        self._refresh_if_stale()
        super().showEvent(event)

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()
