"""What the tabs of the Themes room have in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.ids import QuoteId, ThemeId
from qcode.operations.memos import Target
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.kept_true import KeptTrue


class ThemesPage(KeptTrue):
    """One tab, which stays true while it is seen and reads again when it is next; built when it is first shown."""

    requestPassages = Signal(str, object)
    requestPlace = Signal(object)
    requestMemos = Signal(str, str, str)
    requestTheme = Signal(str)
    requestAttribution = Signal()
    actionsChanged = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        bridge.roundChanged.connect(self.mark_stale)

    # Properties

    @property
    def computing(self) -> bool:
        """Whether something is being read in a worker."""
        return False

    # For tabs to write

    def page_actions(self) -> list[QAction]:
        """What can be done here, for the menu and the command palette."""
        return []

    def enable_actions(self, *, seen: bool) -> None:
        """Offer what can be done here while the tab is seen, and not while another is."""
        for action in self.page_actions():
            action.setEnabled(seen)

    def go_to(self, place: Place) -> None:
        """Show what stands at a place in the texts, where the tab shows such things."""

    def show_theme(self, theme: ThemeId) -> None:
        """Show a theme."""

    def show_quote(self, quote: QuoteId) -> None:
        """Show a quote."""

    def things(self) -> Sequence[Target]:
        """What is at hand here, the nearest first: what a memo would be about."""
        return ()

    def build_all(self) -> None:
        """Build what waits to be needed, so that all that can be done here is known."""

    def update_theme(self) -> None:
        """Take the colours of the theme that was switched to."""
