"""Writing what another copy adds, and taking it out again: the journal and the rows stay in accord.

Only the journal is given; rows are always folded anew from it. Foreign keys are checked when all of it is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from itertools import batched
from types import MappingProxyType
from typing import Any, Final, cast

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from qcode.models.base import Row
from qcode.models.documents import Layout, Revision, Text
from qcode.models.journal import Entry, Fields, field_columns, fold, heads, kinds, to_columns
from qcode.models.recording import journalled
from qcode.models.uniting import Header, Holding, Union, histories_of, holding, rows_by_kind

_STORES: Final = ((Text, Revision.text_sha256), (Layout, Revision.layout_sha256))
_STEP: Final = f"INSERT INTO step ({', '.join(Header._fields)}) VALUES ({', '.join('?' * len(Header._fields))})"  # noqa: S608
_CHANGE: Final = (
    "INSERT INTO change (step_id, row_id, kind, scope, parents, fields) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (step_id, row_id) DO UPDATE SET fields = excluded.fields"
)
_ARGS: Final = "UPDATE step SET args = ? WHERE id = ?"


class IncompleteHistory(Exception):  # noqa: N818  # told as a refusal by whoever knows the file
    """A row, a text or a field is not whole, or is of a kind that nobody knows."""


class StandingOn(Exception):  # noqa: N818  # told as a refusal by whoever knows the names
    """Later work stands on what should be taken out: the step, if it is known."""

    def __init__(self, step: str | None) -> None:
        super().__init__(step)
        self.step = step


def store(session: Session, union: Union, theirs: Connection) -> None:
    """Write what another copy adds, with the texts that come with it. Raises IncompleteHistory."""
    with journalled(session.connection()) as connection:
        _put(connection, _STEP, [tuple(header) for header in union.steps.values()])
        _put(connection, _ARGS, [(args, step) for step, args in union.told.items()])
        _put(connection, _CHANGE, [(*key, *written) for key, written in union.changes.items()])
        refold(connection, union.histories.values(), union.states)
        for kept, wanted in _STORES:
            _fetch(connection, theirs, kept, wanted)


def states_of(union: Union) -> dict[str, Fields]:
    """The columns of every row that a union concerns; folded once. Raises IncompleteHistory."""
    for row, history in union.histories.items():
        if row not in union.states:
            union.states[row] = state_of(history)
    return union.states


def _put(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    """Write thousands of rows as they are, without what SQLAlchemy does for each."""
    if rows:
        connection.exec_driver_sql(statement, rows)


def _run(connection: Connection, statement: Any, parameters: list[dict[str, Any]]) -> None:
    if parameters:
        connection.execute(statement, parameters)


def state_of(history: list[Entry]) -> Fields:
    """The columns of a row, folded from its whole history. Raises IncompleteHistory."""
    kind, fields = kinds().get(history[0].kind), fold(history)
    if kind is None or fields.keys() != field_columns(kind).keys():
        raise IncompleteHistory
    try:
        return to_columns(kind, fields) | {"id": history[0].row, "head": " ".join(heads(history))}
    except (TypeError, ValueError) as error:
        raise IncompleteHistory from error


def refold(
    connection: Connection, histories: Iterable[list[Entry]], folded: Mapping[str, Fields] = MappingProxyType({})
) -> None:
    """Write rows as their histories say they are, whether or not they were there before; some are `folded` already."""
    with journalled(connection):
        for name, some in rows_by_kind(histories):
            rows = [folded.get(history[0].row) or state_of(history) for history in some]
            kind = kinds()[name]
            known = _known(connection, kind, [row["id"] for row in rows])
            _run(connection, insert(_table(kind)), [row for row in rows if row["id"] not in known])
            changed = [{f"new_{key}": value for key, value in row.items()} for row in rows if row["id"] in known]
            _run(connection, _rewriting(kind), changed)


def _table(kind: type[Row]) -> Table:
    return cast("Table", kind.__table__)


def _rewriting(kind: type[Row]) -> Any:
    table = _table(kind)
    values = {column.name: bindparam(f"new_{column.name}", type_=column.type) for column in table.c}
    key = values.pop("id")
    return update(table).where(table.c.id == key).values(**values)


def _known(connection: Connection, kind: type[Row], rows: list[str]) -> set[str]:
    found: set[str] = set()
    for some in batched(rows, 500):
        found.update(connection.execute(select(kind.id).where(kind.id.in_(some))).scalars())
    return found


def _fetch(connection: Connection, theirs: Connection, kept: type[Text | Layout], wanted: Any) -> None:
    """Bring the texts that a revision of today names and that are not here: never one that a redaction dropped."""
    missing = connection.execute(select(wanted).distinct().where(wanted != "", wanted.not_in(select(kept.sha256))))
    for some in batched(missing.scalars().all(), 100):
        found = [row._asdict() for row in theirs.execute(select(kept.sha256, kept.body).where(kept.sha256.in_(some)))]
        if len(found) < len(some) or any(_digest(row["body"]) != row["sha256"] for row in found):
            raise IncompleteHistory
        connection.execute(insert(kept), found)


def _digest(body: str) -> str:
    return sha256(body.encode("utf-8")).hexdigest()


# Taking out again -------------------------------------------------------------------------------------------------


def take_out(session: Session, steps: Collection[str], parts: Collection[tuple[str, str]]) -> int:
    """Take steps and changes out of the journal, and fold the rows anew; says the greatest Lamport number of them.

    Raises StandingOn where something that stays was written on top of them, or refers to a row that would go.
    """
    session.flush()
    with journalled(session.connection()) as connection:
        held = holding(connection)
        gone = {key for key in held.changes if key[0] in steps or key in parts}
        _refuse_standing(held, gone)
        floor = max((held.steps[step].lamport for step in steps if step in held.steps), default=0)
        _put(connection, "DELETE FROM change WHERE step_id = ? AND row_id = ?", list(gone))
        _put(connection, "DELETE FROM step WHERE id = ?", [(step,) for step in steps])
        _fold_without(connection, held, gone)
        for kept, wanted in reversed(_STORES):
            connection.execute(delete(kept).where(kept.sha256.not_in(select(wanted))))
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise StandingOn(None)
    return floor


def _refuse_standing(held: Holding, gone: Collection[tuple[str, str]]) -> None:
    for (step, row), written in held.changes.items():
        if (step, row) not in gone and any((parent, row) in gone for parent in written.parents.split()):
            raise StandingOn(step)


def _fold_without(connection: Connection, held: Holding, gone: Collection[tuple[str, str]]) -> None:
    left = Holding(held.steps, {key: written for key, written in held.changes.items() if key not in gone})
    touched = {row: held.changes[step, row].kind for step, row in gone}
    histories = histories_of(left, touched)
    refold(connection, histories.values())
    lost: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row, kind in touched.items():
        if row not in histories:
            lost[kind].append({"row": row})
    for kind, rows in lost.items():
        table = _table(kinds()[kind])
        connection.execute(delete(table).where(table.c.id == bindparam("row")), rows)
