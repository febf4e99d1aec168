"""The Sites tab: the agencies, communities and places that documents and participants come from."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qcode.ids import SiteId
from qcode.operations.sites import add_site, remove_site
from qcode.queries.people.attributes import SheetRow, SiteRow, sites
from qcode.ui.bridge import StudyBridge
from qcode.ui.table import Column
from qcode.ui.transcripts.attributes_tab import AttributesTab

_EMPTY = "No sites yet: add the agencies and communities that documents and participants come from."


class SitesTab(AttributesTab):
    """A table of sites, with how many documents and participants come from each."""

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        self._counts: dict[str, SiteRow] = {}
        more: list[Column[SheetRow]] = [
            Column("Documents", lambda row: self._count(row).documents, align="right", width=100),
            Column("Participants", lambda row: self._count(row).participants, align="right", width=100),
        ]
        lines = (("Name of the site", "Name"), ("What the site is", "Kind: agency, community …"))
        super().__init__(bridge, "site", more=more, empty=_EMPTY, lines=lines, parent=parent)

    # Methods

    def refresh(self) -> None:
        """Read the sites again."""
        self._counts = {row.id: row for row in sites(self.bridge.study)}
        super().refresh()

    def deed_to_add(self) -> str:
        """Add the site that was typed."""
        return add_site(self.bridge.study, name=self.lines[0].text(), kind=self.lines[1].text())

    def deed_to_remove(self, row: SheetRow) -> None:
        """Take a site out of the study."""
        remove_site(self.bridge.study, SiteId(row.id))

    # Internal

    def _count(self, row: SheetRow) -> SiteRow:
        return self._counts.get(row.id, SiteRow(row.id, row.name, "", 0, 0))
