"""The pages over the Team tab on which a person decides; each is built when it is first needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from qcode.ui.bridge import StudyBridge

if TYPE_CHECKING:
    from qcode.ui.transcripts.settling.conflicts import ConflictsPage
    from qcode.ui.transcripts.settling.page import SettlingPage
    from qcode.ui.transcripts.settling.proposals import ProposalsPage
    from qcode.ui.transcripts.team.tab import TeamTab


class SettlingPages(QObject):
    """Shows the pages in the Team tab, and goes back to it."""

    requestPlace = Signal(object)

    def __init__(self, bridge: StudyBridge, tab: TeamTab) -> None:
        super().__init__(tab)
        self._bridge = bridge
        self._tab = tab

    # Properties

    @cached_property
    def proposals(self) -> ProposalsPage:
        """Where proposed codes are decided about."""
        from qcode.ui.transcripts.settling.proposals import ProposalsPage

        return self._connected(ProposalsPage(self._bridge))

    @cached_property
    def conflicts(self) -> ConflictsPage:
        """Where conflicts are settled."""
        from qcode.ui.transcripts.settling.conflicts import ConflictsPage

        return self._connected(ConflictsPage(self._bridge))

    # Methods

    def show_proposals(self) -> None:
        """Show what is proposed."""
        self._show(self.proposals)

    def show_conflicts(self) -> None:
        """Show what waits to be settled."""
        self._show(self.conflicts)

    def build_all(self) -> None:
        """Build the pages, so that all that can be done on them is known."""
        for page in (self.proposals, self.conflicts):
            if self._tab.indexOf(page) < 0:
                self._tab.addWidget(page)

    def update_theme(self) -> None:
        """Take the colours of the theme, on pages that are built."""
        for name in ("proposals", "conflicts"):
            if name in self.__dict__:
                getattr(self, name).update_theme()

    # Internal

    def _show(self, page: SettlingPage) -> None:
        self._tab.show_page(page)
        page.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _connected[P: SettlingPage](self, page: P) -> P:
        page.left.connect(self._tab.close_page)
        page.requestPlace.connect(self.requestPlace)
        return page
