"""What the panels of the drawer have in common."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.ui.kept_true import KeptTrue


class Panel(KeptTrue):
    """A panel that stays true, can be gone into, and says what can be done in it."""

    # For panels to write

    def refresh(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def entry(self) -> QWidget:
        """The widget that takes the focus when the panel is opened."""
        raise NotImplementedError

    def panel_actions(self) -> list[QAction]:
        """What can be done here, for the palette of commands."""
        return []
