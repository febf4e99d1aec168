"""The pages over the Team tab on which files go out and come in; each is built when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qcode.ui.bridge import StudyBridge

if TYPE_CHECKING:
    from qcode.ui.transcripts.collecting.collect import CollectPage
    from qcode.ui.transcripts.collecting.hand_out import HandOutPage
    from qcode.ui.transcripts.team.tab import TeamTab


class FilePages(QObject):
    """Shows the pages in the Team tab, and goes back to it."""

    def __init__(self, bridge: StudyBridge, tab: TeamTab) -> None:
        super().__init__(tab)
        self._bridge = bridge
        self._tab = tab

    # Properties

    @cached_property
    def collect_page(self) -> CollectPage:
        """Where files are collected."""
        from qcode.ui.transcripts.collecting.collect import CollectPage

        page = CollectPage(self._bridge)
        page.left.connect(self._tab.close_page)
        return page

    @cached_property
    def hand_out_page(self) -> HandOutPage:
        """Where files are handed out."""
        from qcode.ui.transcripts.collecting.hand_out import HandOutPage

        page = HandOutPage(self._bridge)
        page.left.connect(self._tab.close_page)
        return page

    # Methods

    def collect(self, paths: Iterable[Path] = ()) -> None:
        """Show what these files would bring."""
        self._tab.show_page(self.collect_page)
        self.collect_page.begin(paths)
        self.collect_page.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_out(self) -> None:
        """Offer to make files for coders."""
        self._tab.show_page(self.hand_out_page)
        self.hand_out_page.begin()

    def build_all(self) -> None:
        """Build the pages, so that all that can be done on them is known."""
        for page in (self.collect_page, self.hand_out_page):
            if self._tab.indexOf(page) < 0:
                self._tab.addWidget(page)
