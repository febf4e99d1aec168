"""Who codes what in a round, and how far they are: open, done, handed in, or open again for a reason.

What is handed in is locked. The hand-in is a step that undo does not go past; the lead alone opens it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId, DocumentId, RoundId, derived_id
from qcode.models import Assignment, Code, Coder, Coding, Document, Round
from qcode.models.alike import once
from qcode.models.blindness import hidden_codes, hidden_from
from qcode.models.hand_ins import could_see_others
from qcode.models.regions import parts_of
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import acting, living, tidy_text
from qcode.study import Study


class NotAssignedError(QcodeError):
    """The coder was not given this document in this round."""

    def __init__(self) -> None:
        super().__init__("You were not assigned this document in this round. Ask the lead, or choose another round.")


class HandedInError(QcodeError):
    """The coder, or a colleague who is named, has handed the document in."""

    def __init__(self, document: str, colleague: str = "") -> None:
        who, whose = (colleague, "their") if colleague else ("You", "your")
        super().__init__(
            f"{who} handed in “{document}”, so {whose} work on it stays as it is. "
            "The lead can open it again for a reason."
        )


class NothingToHandInError(QcodeError):
    """Everything of the coder's in the round is handed in, or nothing was assigned."""

    def __init__(self, round_name: str) -> None:
        super().__init__(f"There is nothing of yours to hand in, in “{round_name}”: all of it is handed in already.")


class NothingAssignedError(QcodeError):
    """The coder has nothing to code in the round."""

    def __init__(self, round_name: str) -> None:
        super().__init__(f"You were not assigned anything in “{round_name}”. Ask the lead, or choose another round.")


class NotHandedInError(QcodeError):
    """Something would be opened again that is open."""

    def __init__(self, document: str, coder: str) -> None:
        super().__init__(f"{coder} has not handed in “{document}”, so there is nothing to open again.")


class NoReasonError(QcodeError):
    """Work would be opened again without a word."""

    def __init__(self) -> None:
        super().__init__("Say why this is opened again: the reason stays with the work and goes into the report.")


class LockedAssignmentError(QcodeError):
    """What somebody handed in would be taken from them."""

    def __init__(self, document: str, coder: str) -> None:
        super().__init__(f"{coder} has handed in “{document}”, so it stays assigned. Open it again first.")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in: how many documents with how many codings, and how many codes its coder had seen."""

    documents: int
    codings: int
    codes: int


@dataclass(frozen=True, slots=True)
class Unassigned:
    """How many assignments were taken back, and how many codings in them the acting coder knows of: they stay."""

    assignments: int
    codings: int


def assign(study: Study, *, round_id: RoundId, documents: Iterable[DocumentId], coders: Iterable[CoderId]) -> None:
    """Give each of these coders each of these documents to code in this round."""
    coders = list(coders)
    with study.transact("Assign documents in {round}", args={"round": round_id}) as session:
        refuse_unless_lead(session, study.coder)
        living(session, Round, round_id)
        for document in documents:
            living(session, Document, document)
            for coder in coders:
                living(session, Coder, coder)
                given(session, round_id, document, coder)


def unassign(
    study: Study, *, round_id: RoundId, documents: Iterable[DocumentId], coders: Iterable[CoderId]
) -> Unassigned:
    """Take documents back from coders, as the lead, with the parts they had of them; refused for what is handed in.

    Their codings stay.
    """
    coders, taken = list(coders), list[Assignment]()
    with study.transact("Take back documents in {round}", args={"round": round_id}) as session:
        refuse_unless_lead(session, study.coder)
        living(session, Round, round_id)
        for document in documents:
            for coder in coders:
                row = session.get(Assignment, assignment_id(round_id, document, coder))
                if row is not None and row.alive:
                    _refuse_locked(session, row)
                    taken.append(row)
        known = sum(_known_codings(session, study.coder, row) for row in taken)
        for row in taken:
            row.alive = False
            for part in session.scalars(parts_of(row.document_id, row.round_id, row.coder_id)):
                part.alive = False
    return Unassigned(len(taken), known)


def set_done(study: Study, *, document: DocumentId, round_id: RoundId, done: bool) -> None:
    """Say that the acting coder is done with a document in this round, or is not after all; nothing else changes."""
    coder = acting(study.coder)
    label = "Done with {document}" if done else "Not done with {document}"
    with study.transact(label, args={"document": document, "round": round_id}) as session:
        row = own_assignment(session, round_id, document, coder)
        if row.state == "handed in":
            raise HandedInError(living(session, Document, document).name)
        row.state = "done" if done else "open"


def hand_in_round(study: Study, *, round_id: RoundId, documents: Collection[DocumentId] | None = None) -> HandedIn:
    """Hand in the acting coder's open and done work of a round, or of these documents in it, at one stroke.

    From then on it is locked, colleagues' codings are seen in a blind round, and undo does not go back past it. Of
    documents that were named, those that are handed in already are passed over.
    """
    coder = acting(study.coder)
    named = None if documents is None else list(dict.fromkeys(documents))
    label, args = _hand_in_label(round_id, named)
    with study.transact(label, args=args, barrier=True) as session:
        row = living(session, Round, round_id)
        chosen = _own_documents(session, row, coder) if named is None else named
        if not chosen:
            raise NothingAssignedError(row.name)
        own = [own_assignment(session, round_id, document, coder) for document in chosen]
        waiting = [one for one in own if one.state != "handed in"]
        if not waiting:
            raise NothingToHandInError(row.name)
        unseen, known = hidden_codes(session, coder), select(Code.id).where(Code.alive).order_by(Code.id)
        seen = [code for code in session.scalars(known) if code not in unseen]
        for one in waiting:
            one.state, one.seen_codes = "handed in", list(seen)
        codings = sum(_count(session, one) for one in waiting)
    return HandedIn(len(waiting), codings, len(seen))


def reopen(study: Study, *, round_id: RoundId, coder: CoderId, documents: Collection[DocumentId], reason: str) -> None:
    """Open what a coder handed in again, as the lead, for a reason that stays with it.

    In a blind round it is noted if the coder could see colleagues' codings of a document meanwhile.
    """
    why = tidy_text("reason", reason)
    if not why:
        raise NoReasonError
    args = {"round": round_id, "coder": coder}
    with study.transact("Open {coder}’s work in {round} again", args=args) as session:
        refuse_unless_lead(session, study.coder)
        current, who = living(session, Round, round_id), living(session, Coder, coder)
        for document in dict.fromkeys(documents):
            named = living(session, Document, document)
            row = session.get(Assignment, assignment_id(round_id, document, coder))
            if row is None or not row.alive or row.state != "handed in":
                raise NotHandedInError(named.name, who.name)
            row.seen_others = row.seen_others or (current.blind and could_see_others(session, row))
            row.state, row.reason = "open", why


def own_assignment(session: Session, round_id: str, document: str, coder: str) -> Assignment:
    """A coder's assignment, made now where everyone codes everything; refuses what was not assigned."""
    current = living(session, Round, round_id)
    living(session, Document, document)
    known = session.get(Assignment, assignment_id(round_id, document, coder))
    if not current.everyone and (known is None or not known.alive):
        raise NotAssignedError
    return given(session, round_id, document, coder)


def assignment_id(round_id: str, document: str, coder: str) -> str:
    """The id of the one assignment of a document to a coder in a round, on every copy of the study."""
    return derived_id("assignment", round_id, document, coder)


def given(session: Session, round_id: str, document: str, coder: str) -> Assignment:
    """The assignment of a document to a coder, which is there from now on if it was not."""
    key = assignment_id(round_id, document, coder)
    row = session.get(Assignment, key)
    if row is None:
        row = Assignment(id=key, round_id=round_id, document_id=document, coder_id=coder)
        session.add(row)
    row.alive = True
    return row


def _hand_in_label(round_id: str, documents: Sequence[str] | None) -> tuple[str, dict[str, str]]:
    if documents is None:
        return "Hand in {round}", {"round": round_id}
    if len(documents) == 1:
        return "Hand in {document} in {round}", {"round": round_id, "document": documents[0]}
    return "Hand in documents in {round}", {"round": round_id}


def _own_documents(session: Session, row: Round, coder: str) -> Sequence[str]:
    """The documents that a coder codes in a round."""
    wanted = select(Document.id).where(Document.alive).order_by(Document.position, Document.id)
    if not row.everyone:
        mine = Assignment.alive, Assignment.round_id == row.id, Assignment.coder_id == coder
        wanted = wanted.where(Document.id.in_(select(Assignment.document_id).where(*mine)))
    return session.scalars(wanted).all()


def _refuse_locked(session: Session, row: Assignment) -> None:
    if row.state == "handed in":
        names = session.get_one(Document, row.document_id).name, session.get_one(Coder, row.coder_id).name
        raise LockedAssignmentError(*names)


def _known_codings(session: Session, viewer: str | None, row: Assignment) -> int:
    veiled = row.coder_id != viewer and (row.round_id, row.document_id) in hidden_from(session, viewer)
    return 0 if veiled else _count(session, row)


def _count(session: Session, row: Assignment) -> int:
    """How many codings stand in an assignment."""
    place = Coding.round_id == row.round_id, Coding.document_id == row.document_id, Coding.coder_id == row.coder_id
    counted = select(func.count()).select_from(Coding).where(Coding.alive, *place, *once(session))
    return session.scalar(counted) or 0
