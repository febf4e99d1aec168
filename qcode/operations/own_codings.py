"""Changing own codings: what may be changed, and in how many steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate

from sqlalchemy import Nullable, and_, bindparam, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CodeId, CoderId, CodingId, DocumentId
from qcode.models import Assignment, Coder, Coding, Document, Round
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.statements import ask
from qcode.operations.assignments import HandedInError, NotAssignedError, assignment_id
from qcode.operations.extents import with_alike
from qcode.operations.lookup import GoneError, acting, living
from qcode.operations.passages import NothingSelectedError
from qcode.study import Place, Study


class NotYoursError(QcodeError):
    """A coder tried to change a colleague's coding."""

    def __init__(self) -> None:
        super().__init__("That coding is a colleague's. You can change only your own; add yours beside it.")


class SomeHandedInError(QcodeError):
    """The coder has handed in documents in which some of several codings to change are."""

    def __init__(self, done: int, chosen: int) -> None:
        which = f"All {chosen}" if done == chosen else f"{done} of the {chosen}"
        verb = "is" if done == 1 else "are"
        super().__init__(
            f"{which} chosen codings {verb} in documents that you handed in, so nothing was changed. "
            "Leave these codings out, or ask the lead to open the documents again."
        )


class NoRoundError(QcodeError):
    """The study has no round to code in."""

    def __init__(self) -> None:
        super().__init__("There is no round of coding yet. Add one in the Transcripts room.")


def round_by_round[**P](
    change: Callable[Concatenate[Study, Sequence[CodingId], P], None],
) -> Callable[Concatenate[Study, Sequence[CodingId], P], None]:
    """Change codings of several rounds in a step for each, since a step belongs to one; all are undone together."""

    @wraps(change)
    def changing(study: Study, codings: Sequence[CodingId], /, *args: P.args, **choices: P.kwargs) -> None:
        if len(codings) == 1:
            change(study, codings, *args, **choices)
            return
        with study.read() as session:
            rounds: dict[str, list[CodingId]] = {}
            for row in _changeable(session, codings, acting(study.coder)):
                rounds.setdefault(row.round_id, []).append(CodingId(row.id))
        if len(rounds) == 1:
            change(study, codings, *args, **choices)
            return
        with study.grouped():
            for of_round in rounds.values():
                change(study, of_round, *args, **choices)

    return changing


@contextmanager
def changing(
    codings: Sequence[CodingId], study: Study, one: str, many: str = "", *, code: CodeId | None = None
) -> Iterator[tuple[Session, list[Coding]]]:
    """Change own codings of documents that are not handed in, in one step that remembers the first's place.

    Codings that merging codes made alike are seen as one, so what is done to one of them is done to all.
    """
    coder = acting(study.coder)
    if not codings:
        raise NothingSelectedError
    with study.read() as reading:
        first = ask(reading, _FIRST, coding=codings[0]).one_or_none()
        if first is None:
            raise GoneError(Coding.__tablename__)
        document, revision, start, end, made_with = first
        now = Positions(reading).place(document, revision, start, end)
        place = Place(DocumentId(document), now.start, now.end)
        shown = merged_codes(reading).get(made_with, made_with)
        args = {"code": code or shown, "count": len(codings)}
    with study.transact(one if len(codings) == 1 else many, args=args, place=place) as session:
        yield session, with_alike(session, _changeable(session, codings, coder))


def _changeable(session: Session, codings: Sequence[CodingId], coder: CoderId) -> list[Coding]:
    """These codings, which must be the coder's own and in documents that are not handed in."""
    if not codings:
        raise NothingSelectedError
    rows = [living(session, Coding, coding) for coding in dict.fromkeys(codings)]
    if any(row.coder_id != coder for row in rows):
        raise NotYoursError
    _refuse_any_handed_in(session, rows, coder)
    return rows


def _refuse_any_handed_in(session: Session, rows: Sequence[Coding], coder: CoderId) -> None:
    """Refuse all of these codings if some are in documents that are handed in, saying how many."""
    places = {(row.document_id, row.round_id) for row in rows}
    done: dict[tuple[str, str], HandedInError] = {}
    for place in places:
        try:
            refuse_handed_in(session, *place, coder)
        except HandedInError as error:
            done[place] = error
    if done and len(rows) > 1:
        raise SomeHandedInError(sum((row.document_id, row.round_id) in done for row in rows), len(rows))
    for refusal in done.values():
        raise refusal


def refuse_handed_in(session: Session, document: str, round_id: str, coder: str) -> None:
    """Refuse to code a document that the coder handed in, or was never assigned, in a round."""
    found = ask(session, _ROUND, round_id=round_id, assignment=assignment_id(round_id, document, coder)).one_or_none()
    if found is None:
        raise NoRoundError
    everyone, state = found
    if state == "handed in":
        raise HandedInError(living(session, Document, document).name)
    if state is None and not everyone:
        raise NotAssignedError


def refuse_locked(session: Session, documents: Iterable[str], round_id: str, coder: str) -> None:
    """Refuse to add to what a coder handed in, on behalf of whom codings are written."""
    keys = [assignment_id(round_id, document, coder) for document in documents]
    locked = ask(session, _LOCKED, assignments=keys).first()
    if locked is not None:
        names = session.get_one(Document, locked[0]).name, session.get_one(Coder, coder).name
        raise HandedInError(*names)


_LOCKED = select(Assignment.document_id).where(
    Assignment.alive, Assignment.state == "handed in", Assignment.id.in_(bindparam("assignments", expanding=True))
)
_FIRST = select(Coding.document_id, Coding.revision_id, Coding.start, Coding.end, Coding.code_id).where(
    Coding.alive, Coding.id == bindparam("coding")
)
_ROUND = (
    select(Round.everyone, Nullable(Assignment.state))
    .outerjoin(Assignment, and_(Assignment.id == bindparam("assignment"), Assignment.alive))
    .where(Round.alive, Round.id == bindparam("round_id"))
)
