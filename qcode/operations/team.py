"""The study's own card, its coders, its rounds, and who codes what."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId, DocumentId, RoundId, derived_id, new_id
from qcode.models import Assignment, Code, Coder, Document, Round, StudyRecord
from qcode.operations.lookup import NameTakenError, last_position, living, tidy_name
from qcode.study import NoCoderError, Study
from qcode.text.ordering import between


class NotAssignedError(QcodeError):
    """The coder was not given this document in this round."""

    def __init__(self) -> None:
        super().__init__("You were not assigned this document in this round. Ask the lead, or choose another round.")


def describe_study(
    study: Study,
    *,
    title: str | None = None,
    question: str | None = None,
    approach: str | None = None,
    attribution: str | None = None,
    weights: bool | None = None,
    label: str = "Describe the study",
    barrier: bool = False,
) -> None:
    """Change what the study says of itself; what is None stays. With `barrier`, undo does not go back past this.

    With `weights`, codings carry weights that are shown; without, those that were given are kept out of sight.
    """
    given = {"title": title, "question": question, "approach": approach, "attribution": attribution}
    with study.transact(label, barrier=barrier) as session:
        card = session.scalars(select(StudyRecord).where(StudyRecord.alive)).one()
        for name, value in given.items():
            if value is not None:
                setattr(card, name, tidy_name("study", value) if name == "title" else value.strip())
        card.weights = card.weights if weights is None else weights


def add_coder(study: Study, *, name: str, initials: str = "", role: str = "coder") -> CoderId:
    """Add a colleague; names are unique."""
    tidy = tidy_name("coder", name)
    coder = CoderId(new_id())
    with study.transact("Add coder {coder}", args={"coder": coder}) as session:
        _refuse_known_coder(session, tidy)
        slot = session.scalar(select(func.count()).select_from(Coder)) or 0
        short = initials.strip() or "".join(word[0] for word in tidy.split())[:3].upper()
        session.add(Coder(id=coder, name=tidy, initials=short, role=role, palette_slot=slot))
    return coder


def rename_coder(study: Study, coder: CoderId, *, name: str, initials: str) -> None:
    """Correct a coder's name or initials."""
    tidy = tidy_name("coder", name)
    with study.transact("Rename coder {coder}", args={"coder": coder}) as session:
        row = living(session, Coder, coder)
        if row.name != tidy:
            _refuse_known_coder(session, tidy)
        row.name, row.initials = tidy, initials.strip() or row.initials


def add_round(
    study: Study, *, name: str, purpose: str = "main", blind: bool = False, everyone: bool = False
) -> RoundId:
    """Begin a round of coding; with `everyone`, each coder is assigned each document."""
    tidy = tidy_name("round", name)
    row = RoundId(new_id())
    with study.transact("Add round {round}", args={"round": row}) as session:
        if session.scalar(select(Round.id).where(Round.alive, func.casefold(Round.name) == tidy.casefold())):
            raise NameTakenError("round", tidy)
        position = between(last_position(session, Round), None)
        session.add(Round(id=row, name=tidy, position=position, purpose=purpose, blind=blind, everyone=everyone))
    return row


def assign(study: Study, *, round_id: RoundId, documents: Iterable[DocumentId], coders: Iterable[CoderId]) -> None:
    """Give each of these coders each of these documents to code in this round."""
    coders = list(coders)
    with study.transact("Assign documents in {round}", args={"round": round_id}) as session:
        living(session, Round, round_id)
        for document in documents:
            living(session, Document, document)
            for coder in coders:
                living(session, Coder, coder)
                _assignment(session, round_id, document, coder)


def set_done(study: Study, *, document: DocumentId, round_id: RoundId, done: bool) -> None:
    """Say that the acting coder is done with a document in this round, or is not after all."""
    if study.coder is None:
        raise NoCoderError
    label = "Done with {document}" if done else "Not done with {document}"
    with study.transact(label, args={"document": document, "round": round_id}) as session:
        current = living(session, Round, round_id)
        living(session, Document, document)
        known = session.get(Assignment, assignment_id(round_id, document, study.coder))
        if not current.everyone and (known is None or not known.alive):
            raise NotAssignedError
        assignment = _assignment(session, round_id, document, study.coder)
        assignment.state = "handed in" if done else "open"
        assignment.seen_codes = (
            list(session.scalars(select(Code.id).where(Code.alive).order_by(Code.id))) if done else []
        )


def assignment_id(round_id: str, document: str, coder: str) -> str:
    """The id of the one assignment of a document to a coder in a round, on every copy of the study."""
    return derived_id("assignment", round_id, document, coder)


def _assignment(session: Session, round_id: str, document: str, coder: str) -> Assignment:
    key = assignment_id(round_id, document, coder)
    row = session.get(Assignment, key)
    if row is None:
        row = Assignment(id=key, round_id=round_id, document_id=document, coder_id=coder)
        session.add(row)
    row.alive = True
    return row


def _refuse_known_coder(session: Session, name: str) -> None:
    if session.scalar(select(Coder.id).where(Coder.alive, func.casefold(Coder.name) == name.casefold())):
        raise NameTakenError("coder", name)
