"""Who proposes codes instead of adding them: coders who do not lead and do not see all that is done."""

from __future__ import annotations

from sqlalchemy.orm import Session

from qcode.models.blindness import hidden_from
from qcode.models.handing_out import owner
from qcode.models.team import Coder


def status_of_new(session: Session, coder: str) -> str:
    """The status of a code that a coder makes now: "active", or "proposed".

    It is a proposal where its maker does not lead and works in a file that was handed out, or has yet to hand in work
    of a blind round: a colleague may be making the same code at the same time.
    """
    maker = session.get(Coder, coder)
    if maker is None or maker.role == "lead":
        return "active"
    blind = owner(session.connection()) is not None or bool(hidden_from(session, coder))
    return "proposed" if blind else "active"
