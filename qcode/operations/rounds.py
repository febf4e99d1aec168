"""Rounds of coding: begun, changed, and taken out as long as nothing was coded in them."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId, RoundId, new_id
from qcode.models import AgreementPlan, Assignment, Coding, Document, Draw, Region, Round
from qcode.operations.assignments import given
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import NameTakenError, last_position, living, tidy_name
from qcode.study import Study
from qcode.text.ordering import between

PURPOSES = ("pilot", "main", "recheck", "practice")


class UnknownPurposeError(QcodeError):
    """A round for something that qcode does not know."""

    def __init__(self, purpose: str) -> None:
        super().__init__(f"“{purpose}” is no purpose of a round. Use one of: {', '.join(PURPOSES)}.")


class RoundInUseError(QcodeError):
    """A round in which somebody coded, or handed in, would go."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” stays: there are codings in it, or work that was handed in. Rename it if it has another use."
        )


class SegmentsLateError(QcodeError):
    """A round would change what can be coded in it after the coding began."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” has codings already, so what can be coded in it stays as it is. "
            "Begin another round to hand out segments, or to do without them."
        )


def add_round(
    study: Study,
    *,
    name: str,
    purpose: str = "main",
    blind: bool = False,
    everyone: bool = False,
    segmented: bool = False,
) -> RoundId:
    """Begin a round of coding; with `everyone`, each coder is assigned each document.

    In a blind round nobody sees colleagues' codings until their own are handed in; in a segmented one codes are put
    on segments that were cut beforehand, and on nothing else.
    """
    tidy = tidy_name("round", name)
    _refuse_unknown_purpose(purpose)
    row = RoundId(new_id())
    with study.transact("Add round {round}", args={"round": row}) as session:
        refuse_known_round(session, tidy)
        position = between(last_position(session, Round), None)
        made = Round(id=row, name=tidy, position=position, purpose=purpose, blind=blind, everyone=everyone)
        made.segmented = segmented
        session.add(made)
    return row


def change_round(
    study: Study,
    round_id: RoundId,
    *,
    name: str | None = None,
    purpose: str | None = None,
    blind: bool | None = None,
    everyone: bool | None = None,
    segmented: bool | None = None,
) -> None:
    """Change what a round is called and how it goes; what is None stays.

    Only the lead opens a blind round, since that shows everybody's codings. A round that was everyone's stays assigned
    to those who coded in it. Whether a round is segmented is settled by its first coding.
    """
    tidy = None if name is None else tidy_name("round", name)
    if purpose is not None:
        _refuse_unknown_purpose(purpose)
    with study.transact("Change round {round}", args={"round": round_id}) as session:
        row = living(session, Round, round_id)
        if tidy is not None:
            _rename(session, row, tidy)
        if row.blind and blind is False:
            refuse_unless_lead(session, study.coder)
        if segmented is not None and segmented != row.segmented and _has_codings(session, round_id):
            raise SegmentsLateError(row.name)
        if row.everyone and everyone is False:
            _keep_coders(session, round_id)
        row.purpose = row.purpose if purpose is None else purpose
        row.blind = row.blind if blind is None else blind
        row.everyone = row.everyone if everyone is None else everyone
        row.segmented = row.segmented if segmented is None else segmented


def remove_round(study: Study, round_id: RoundId) -> None:
    """Take out a round in which nobody has coded, with its assignments; only the lead does."""
    with study.transact("Remove round {round}", args={"round": round_id}) as session:
        refuse_unless_lead(session, study.coder)
        row = living(session, Round, round_id)
        locked = Assignment.alive, Assignment.round_id == round_id, Assignment.state == "handed in"
        if _has_codings(session, round_id) or session.scalar(select(exists().where(*locked))):
            raise RoundInUseError(row.name)
        row.alive = False
        for kind in (Assignment, Region, Draw, AgreementPlan):
            for other in session.scalars(select(kind).where(kind.alive, kind.round_id == round_id)):
                other.alive = False


def _rename(session: Session, row: Round, name: str) -> None:
    if name.casefold() != row.name.casefold():
        refuse_known_round(session, name)
    row.name = name


def refuse_known_round(session: Session, name: str) -> None:
    """Refuse a name that another round has."""
    if session.scalar(select(Round.id).where(Round.alive, func.casefold(Round.name) == name.casefold())):
        raise NameTakenError("round", name)


def _refuse_unknown_purpose(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise UnknownPurposeError(purpose)


def _has_codings(session: Session, round_id: str) -> bool:
    return bool(session.scalar(select(exists().where(Coding.alive, Coding.round_id == round_id))))


def _keep_coders(session: Session, round_id: str) -> None:
    """Assign what somebody coded in the round to whoever coded it."""
    coded = select(Coding.document_id, Coding.coder_id).where(Coding.alive, Coding.round_id == round_id)
    coded = coded.join(Document, Document.id == Coding.document_id).where(Document.alive).distinct()
    for document, coder in session.execute(coded).all():
        given(session, round_id, document, CoderId(coder))
