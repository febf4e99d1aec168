"""What was handed in stays: which undo would change it, and whether a coder could see others' work since.

What is handed in is known by its assignment, whichever copy it came from and however late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched

from sqlalchemy import Select, and_, bindparam, exists, select
from sqlalchemy.orm import Session

from qcode.models.codings import Coding
from qcode.models.journal import Change, Step
from qcode.models.receipts import arrived
from qcode.models.statements import ask
from qcode.models.team import Assignment
from qcode.models.undoing import Blocked, Done, RowEdit, cancelled


def locked(session: Session, step: Step, edits: Sequence[RowEdit]) -> Blocked | None:
    """The hand-in that stands in the way of taking back a step, which would write this.

    Codings that are handed in stay as they are, and so does that they are. What would be handed in again as it was,
    by undoing that it was opened, is held up by what its coder changed since.
    """
    codings = [edit.row for edit in edits if edit.kind == Coding.__tablename__]
    ours = [edit for edit in edits if edit.kind == Assignment.__tablename__]
    lost = [edit.row for edit in ours if edit.fields.get("alive") is False]
    again = [edit.row for edit in ours if edit.fields.get("state") == _HANDED_IN]
    held = (
        Blocked(Assignment.__tablename__, row, by)
        for rows, statement in ((codings, _LOCKED_CODINGS), (lost, _LOCKED))
        for row in _among(session, rows, statement)
        if (by := handed_in_by(session, row)) is not None
    )
    return next(held, None) or next(_changed_since(session, step, again), None)


def handed_in_by(session: Session, assignment: str) -> str | None:
    """The step that handed in what was assigned, the latest if there are several.

    Of what an older qcode handed in, by no step of its own, it is the latest that touched the assignment.
    """
    return ask(session, _HAND_IN, assignment=assignment).scalar()


def could_see_others(session: Session, row: Assignment) -> bool:
    """Whether the coder of what is handed in could see that colleagues coded the same, in this very copy.

    Who works in a file that was handed out never could: whatever they did arrived from there.
    """
    colleagues = Coding.round_id == row.round_id, Coding.document_id == row.document_id, Coding.coder_id != row.coder_id
    if not session.scalar(select(exists().where(Coding.alive, *colleagues))):
        return False
    hand_in = session.get(Step, handed_in_by(session, row.id) or "")
    if hand_in is None:
        return True
    later = select(Step.id).where(Step.coder_id == row.coder_id, Step.lamport >= hand_in.lamport)
    steps = set(session.scalars(later))
    return bool(steps - arrived(session, steps))


def _among(session: Session, rows: Sequence[str], statement: Select[str]) -> Iterator[str]:
    for some in batched(rows, 500):
        yield from ask(session, statement, rows=list(some)).scalars()


def _changed_since(session: Session, step: Step, assignments: Sequence[str]) -> Iterator[Blocked]:
    """The coder's later steps, still standing, that changed codings of what was opened again."""
    for key in assignments:
        row = session.get_one(Assignment, key)
        place = Coding.round_id == row.round_id, Coding.document_id == row.document_id, Coding.coder_id == row.coder_id
        found = select(Step.id, Step.undoes).join(Change, Change.step_id == Step.id)
        found = found.join(Coding, Coding.id == Change.row_id).where(*place, Step.lamport > step.lamport)
        later = [Done(*one) for one in session.execute(found.distinct().order_by(Step.lamport, Step.id))]
        gone = cancelled(later)
        yield from (Blocked(Coding.__tablename__, key, one.id) for one in later if one.id not in gone)


_HANDED_IN = "handed in"
_LOCKED = select(Assignment.id).where(
    Assignment.alive, Assignment.state == _HANDED_IN, Assignment.id.in_(bindparam("rows", expanding=True))
)
_LOCKED_CODINGS = (
    select(Assignment.id)
    .join(
        Coding,
        and_(
            Coding.round_id == Assignment.round_id,
            Coding.document_id == Assignment.document_id,
            Coding.coder_id == Assignment.coder_id,
        ),
    )
    .where(Assignment.alive, Assignment.state == _HANDED_IN, Coding.id.in_(bindparam("rows", expanding=True)))
    .distinct()
)
_HAND_IN = (
    select(Step.id)
    .join(Change, Change.step_id == Step.id)
    .where(Change.row_id == bindparam("assignment"))
    .order_by(Step.barrier.desc(), Step.lamport.desc(), Step.id.desc())
    .limit(1)
)
