"""What the panels of the drawer have in common: they read again when a change concerns them and they are seen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from qcode.study import Change
from qcode.ui.bridge import StudyBridge


class Panel(QWidget):
    """A panel that stays true; with no `kinds` every change concerns it."""

    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._stale = True
        bridge.changed.connect(self.take_change)
        bridge.coderChanged.connect(self.mark_stale)

    # Methods

    def refresh(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def entry(self) -> QWidget:
        """The widget that takes the focus when the panel is opened."""
        raise NotImplementedError

    def panel_actions(self) -> list[QAction]:
        """What can be done here, for the palette of commands."""
        return []

    def take_change(self, change: Change) -> None:
        """Read again if the change concerns the panel."""
        if not self.kinds or change.concerns(*self.kinds):
            self.mark_stale()

    def mark_stale(self) -> None:
        """Read again now if the panel is seen, else when it is next."""
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Be true before one is seen."""
        self._refresh_if_stale()
        super().showEvent(event)

    # Internal

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()
