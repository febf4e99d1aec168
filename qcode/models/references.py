"""Rows that refer to other rows: what would hang in the air if those went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import batched

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import KeyedColumnElement

from qcode.models.base import Row
from qcode.models.journal import Change, Step, kinds, to_columns
from qcode.models.statements import ask
from qcode.models.undoing import Blocked, RowEdit


@cache
def referring(target: str) -> tuple[tuple[type[Row], KeyedColumnElement[str]], ...]:
    """The columns of journalled classes that refer to rows of a kind."""
    return tuple(
        (kind, column)
        for kind in kinds().values()
        for column in kind.__table__.columns
        if any(key.column.table.name == target for key in column.foreign_keys)
    )


def standing_on(
    session: Session, step: Step, edits: Sequence[RowEdit], unwritten: Sequence[RowEdit] = ()
) -> Blocked | None:
    """A living row that still refers to one which undoing this step, as just written, took away again.

    What referred to a row before the step brought it back, and was not touched since, is as it was then.

    Edits that are not written yet count as if they were: what they take away, or point elsewhere, refers no longer.

    What deletes a row on purpose leaves references behind, so redoing a deletion is not held up by them.
    """
    while step.undoes is not None:
        step = session.get_one(Step, step.undoes)
    gone = _brought(session, step) & {edit.row for edit in edits if edit.fields.get("alive") is False}
    by_kind: dict[str, list[str]] = {}
    for edit in edits:
        if edit.row in gone:
            by_kind.setdefault(edit.kind, []).append(edit.row)
    rewritten = {edit.row: edit.fields.keys() | to_columns(kinds()[edit.kind], edit.fields) for edit in unwritten}
    lost = {edit.row for edit in unwritten if edit.fields.get("alive") is False}
    held = (found for target, rows in by_kind.items() for found in _holders(session, target, rows, step))
    return next(
        (at for at, column in held if at.row not in lost and column not in rewritten.get(at.row, ())),
        None,
    )


_ALIVE = func.json_extract(Change.fields, "$.alive") == 1
_BROUGHT = select(Change.row_id).where(Change.step_id == bindparam("step"), _ALIVE)


@cache
def _referrers(kind: type[Row], column: KeyedColumnElement[str]) -> Select[str, str]:
    """The living rows of a kind that refer to some rows by a column."""
    return select(kind.id, kind.head).where(kind.alive, column.in_(bindparam("rows", expanding=True)))


def _brought(session: Session, step: Step) -> set[str]:
    """The rows that a step brought to life."""
    return set(ask(session, _BROUGHT, step=step.id).scalars())


def _holders(session: Session, target: str, rows: list[str], step: Step) -> Iterator[tuple[Blocked, str]]:
    """The living rows that refer to these since a step, and the column with which they do."""
    for kind, column in referring(target):
        for some in batched(rows, 500):
            for row, head in ask(session, _referrers(kind, column), rows=some):
                if not all(_is_before(session, known, step) for known in head.split()):
                    yield Blocked(kind.__tablename__, row, head.split()[-1]), column.name


def _is_before(session: Session, known: str, step: Step) -> bool:
    """Whether a step was taken when another one was not known yet."""
    return session.get_one(Step, known).lamport < step.lamport
