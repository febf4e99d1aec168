"""How a part of the window stays true: it reads again when a change concerns it, at once if seen, else when shown."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from qcode.study import Change
from qcode.ui.bridge import StudyBridge


class KeptTrue(QWidget):
    """Shows something of the study. `kinds` names the tables that it shows; with none, every change concerns it."""

    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._stale = True
        bridge.changed.connect(self.take_change)
        bridge.coderChanged.connect(self.mark_stale)

    # Methods

    def refresh(self) -> None:
        """Read again what is shown, keeping selection and scroll."""

    def take_change(self, change: Change) -> None:
        """Read again if the change concerns what is shown."""
        if not self.kinds or change.concerns(*self.kinds):
            self.mark_stale()

    def mark_stale(self) -> None:
        """Read again now if one is seen, else when one is next."""
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
