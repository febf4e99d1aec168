"""Who may settle what: one's own work oneself, and what all share the lead, or anybody where nothing is blind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models import Assent, Coder, Round
from qcode.models.journal import kinds


class SomebodyElsesError(QcodeError):
    """The row belongs to a colleague."""

    def __init__(self, name: str) -> None:
        super().__init__(f"That is {name}'s own work: only {name} can settle it, in their own file.")


class LeadSettlesError(QcodeError):
    """What all share was to be settled by somebody who does not lead, while work is blind."""

    def __init__(self) -> None:
        super().__init__("All share this, and some rounds are blind: only whoever leads the study can settle it.")


class PlanSettledByLeadError(QcodeError):
    """A plan of agreement was to be settled by somebody who does not lead."""

    def __init__(self) -> None:
        super().__init__("Plans of agreement are the lead's: only whoever leads the study can settle it.")


class AttributionSettledByLeadError(QcodeError):
    """What may stand under quotes was to be settled by somebody who does not lead."""

    def __init__(self) -> None:
        super().__init__("What may stand under quotes is the lead's: only whoever leads the study can settle it.")


class DecisionSettledByLeadError(QcodeError):
    """A decision about what coders differ in was to be settled by somebody who does not lead."""

    def __init__(self) -> None:
        super().__init__("Decisions about disagreements are the lead's: only whoever leads the study can settle it.")


_LEADS: Final[Mapping[str, Callable[[], QcodeError]]] = {
    "agreement_plan": PlanSettledByLeadError,
    "attribution_policy": AttributionSettledByLeadError,
    "attribution_exception": AttributionSettledByLeadError,
    "decision": DecisionSettledByLeadError,
}
"""The kinds that only the lead settles, with the refusal of anybody else."""


def hindrance(session: Session, coder: str | None, table: str, row: str) -> QcodeError | None:
    """Why a coder may not settle what is about a row; None if they may."""
    kind = kinds()[table]
    if kind.owned_by:
        owner = getattr(session.get_one(kind, row), kind.owned_by[0])
        whose = session.get(Coder, owner)
        return None if owner == coder else SomebodyElsesError(whose.name if whose else "a colleague")
    acting = session.get(Coder, coder) if coder else None
    if acting is not None and acting.role == "lead":
        return None
    if table in _LEADS:
        return _LEADS[table]()
    if table == "assent":
        return _said_by(session, coder, row)
    blind = session.scalar(select(Round.id).where(Round.alive, Round.blind).limit(1))
    return LeadSettlesError() if blind is not None else None


def _said_by(session: Session, coder: str | None, row: str) -> QcodeError | None:
    """Why somebody who does not lead may not settle how a coder takes a decision: it is not they."""
    whose = session.get_one(Coder, session.get_one(Assent, row).coder_id)
    return None if whose.id == coder else SomebodyElsesError(whose.name)
