"""What only those may do who lead a study."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId
from qcode.models import Coder
from qcode.operations.lookup import acting

ROLES = ("coder", "lead")


class LeadOnlyError(QcodeError):
    """Somebody who does not lead the study tried what is the lead's to do."""

    def __init__(self, leads: Sequence[str]) -> None:
        super().__init__(f"Only whoever leads the study can do that. Ask {' or '.join(leads)}.")


def refuse_unless_lead(session: Session, coder: CoderId | None) -> None:
    """Refuse whoever does not lead; in a study that nobody leads any more, everybody may."""
    who = acting(coder)
    leads = session.execute(select(Coder.id, Coder.name).where(Coder.alive, Coder.role == "lead").order_by(Coder.name))
    known = {row.id: row.name for row in leads}
    if known and who not in known:
        raise LeadOnlyError(list(known.values()))
