"""Sites: the agencies, communities and places that documents and participants come from."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.ids import SiteId, new_id
from qcode.models import Document, Participant, Site
from qcode.operations.lookup import NameTakenError, living, tidy_name
from qcode.study import Study
from qcode.text.typed import fold


def add_site(study: Study, *, name: str, kind: str = "") -> SiteId:
    """Add an agency, a community or another place; names of sites are unique."""
    tidy = tidy_name("site", name)
    site = SiteId(new_id())
    with study.transact("Add site {site}", args={"site": site}) as session:
        _refuse_known_name(session, tidy)
        session.add(Site(id=site, name=tidy, kind=" ".join(kind.split())))
    return site


def describe_site(study: Study, site: SiteId, *, name: str, kind: str) -> None:
    """Give a site another name, and say what it is: an agency, a community."""
    tidy = tidy_name("site", name)
    with study.transact("Describe site {site}", args={"site": site}) as session:
        row = living(session, Site, site)
        if fold(row.name) != fold(tidy):
            _refuse_known_name(session, tidy)
        row.name, row.kind = tidy, " ".join(kind.split())


def remove_site(study: Study, site: SiteId) -> None:
    """Take a site out of the study; documents and participants stay, and have no site then."""
    with study.transact("Remove site {site}", args={"site": site}) as session:
        living(session, Site, site).alive = False
        for document in session.scalars(select(Document).where(Document.site_id == site)):
            document.site_id = None
        for participant in session.scalars(select(Participant).where(Participant.site_id == site)):
            participant.site_id = None


def _refuse_known_name(session: Session, name: str) -> None:
    if session.scalar(select(Site.id).where(Site.alive, func.casefold(Site.name) == fold(name))):
        raise NameTakenError("site", name)
