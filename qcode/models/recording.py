"""How writes become changes: a recorder listens to the session, and what it cannot see is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, field, fields
from functools import cache, lru_cache
from itertools import batched
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    RowMapping,
    Select,
    Table,
    Update,
    bindparam,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.sql.elements import KeyedColumnElement
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from qcode.models.base import Row
from qcode.models.documents import Layout, Text
from qcode.models.journal import Change, Fields, Step, dump, field_columns, kinds, to_columns, to_fields

_OPEN = "qcode_journalled"
_RECORDER = "qcode_recorder"
_STATEMENTS_REMEMBERED = 200
_VERBS = r"(?:(?:INSERT|REPLACE)(?:\s+OR\s+\w+)?\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)"
_QUOTE = r"[\"'`\[\]]?"


class UnjournalledWriteError(RuntimeError):
    """A programmer's error: a write that the journal does not see, or a row removed instead of marked not alive."""


class MixedScopesError(RuntimeError):
    """A programmer's error: a step that could not travel whole, since parts of it belong to different people."""


@dataclass(slots=True)
class Pending:
    """What the running step has written to one row so far."""

    kind: type[Row]
    scope: str
    parents: str
    fields: Fields = field(default_factory=dict)
    document: str | None = None


@dataclass(slots=True)
class Recorder:
    """Gathers the changes of one step."""

    step: str
    rows: dict[str, Pending] = field(default_factory=dict)

    def note(self, kind: type[Row], row: Mapping[Any, Any], values: Fields) -> None:
        """Note new field values of a row, given the columns it had before the step."""
        pending = self.rows.get(row["id"])
        if pending is None:
            pending = self.rows[row["id"]] = Pending(
                kind, _scope(kind, row), row["head"], document=_document(kind, row)
            )
        pending.fields.update(values)

    def change_rows(self) -> list[dict[str, Any]]:
        """The rows for the change table."""
        return [
            {
                "step_id": self.step,
                "row_id": row,
                "kind": pending.kind.__tablename__,
                "scope": pending.scope,
                "parents": pending.parents,
                "fields": dump(pending.fields),
            }
            for row, pending in self.rows.items()
        ]

    def apart(self, new_id: Callable[[], str]) -> list[Recorder]:
        """One recorder for each scope, the first with this one's step; the rows stand on the steps they went to."""
        by_scope: dict[str, dict[str, Pending]] = {}
        for row, pending in self.rows.items():
            by_scope.setdefault(pending.scope, {})[row] = pending
        steps = [self.step, *(new_id() for _ in range(len(by_scope) - 1))]
        return [Recorder(step, by_scope[scope]) for step, scope in zip(steps, sorted(by_scope), strict=True)]

    def write(self, connection: Connection) -> None:
        """Store the changes; the step itself must be there already. A step holds changes of one scope."""
        scopes = {pending.scope for pending in self.rows.values()}
        if len(scopes) > 1:
            raise MixedScopesError("one step would write rows of several scopes: write a step for each, grouped")
        connection.execute(_INSERT_CHANGES, self.change_rows())


_INSERT_CHANGES = insert(Change)


def set_heads(session: Session, recorder: Recorder) -> None:
    """Let the rows of a recorder stand on its step."""
    by_kind: dict[type[Row], list[Fields]] = {}
    for row, pending in recorder.rows.items():
        by_kind.setdefault(pending.kind, []).append({"row_id": row, "step": recorder.step})
    for kind, parameters in by_kind.items():
        _update(session, kind, (), parameters)


def _scope(kind: type[Row], row: Mapping[Any, Any]) -> str:
    """The coder and round that a row belongs to, or "" for what is shared."""
    return ":".join(row[column] for column in kind.owned_by)


def _document(kind: type[Row], row: Mapping[Any, Any]) -> str | None:
    return row["id"] if kind.__tablename__ == "document" else row.get("document_id")


def watch(session: Session, recorder: Recorder) -> None:
    """Let the recorder see everything that this session flushes."""
    session.info[_RECORDER] = recorder
    event.listen(session, "before_flush", _before_flush)


def recorder_of(session: Session) -> Recorder:
    """The recorder of the step that this session belongs to."""
    recorder = session.info.get(_RECORDER)
    if recorder is None:
        raise UnjournalledWriteError("this session reads only: write inside study.transact")
    return cast("Recorder", recorder)


def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    recorder = recorder_of(session)
    if session.deleted:
        raise UnjournalledWriteError("rows are never removed: set alive to False")
    for row in session.new:
        if isinstance(row, Row):
            _note(recorder, row, set(field_columns(type(row))))
    for row in session.dirty:
        if isinstance(row, Row) and (changed := _changed(row)):
            _note(recorder, row, changed)


def _note(recorder: Recorder, row: Row, changed: set[str]) -> None:
    columns = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    written = {name: value for name, value in to_fields(type(row), columns).items() if name in changed}
    recorder.note(type(row), columns, written)
    row.head = recorder.step


def _changed(row: Row) -> set[str]:
    state = inspect(row)
    return {
        name
        for name, columns in field_columns(type(row)).items()
        if any(state.attrs[column].history.has_changes() for column in columns)
    }


# Bulk writing ---------------------------------------------------------------------------------------------------


@cache
def _defaults(kind: type[Row]) -> dict[str, Any]:
    columns = [column for column in kind.__table__.columns if column.default is not None or column.nullable]
    return {column.name: _default(column) for column in columns}


def _default(column: KeyedColumnElement[Any]) -> Any:
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


@cache
def _factories(kind: type[Row]) -> dict[str, Callable[[], Any]]:
    made = {item.name: item.default_factory for item in fields(cast("Any", kind)) if item.name != "id"}
    return {name: factory for name, factory in made.items() if factory is not MISSING}


def _completed(kind: type[Row], values: Mapping[str, Any], step: str) -> Fields:
    made = {name: factory() for name, factory in _factories(kind).items()}
    return {**_defaults(kind), **made, **values, "head": step}


def insert_rows(session: Session, kind: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows and their changes from the same mappings of column to value; each needs an `id`."""
    if not rows:
        return
    recorder = recorder_of(session)
    complete = [_completed(kind, values, recorder.step) for values in rows]
    for row in complete:
        recorder.note(kind, {**row, "head": ""}, to_fields(kind, row))
    with journalled(session.connection()) as connection:
        connection.execute(_insertion(kind), complete)


@cache
def _insertion(kind: type[Row]) -> Insert:
    return insert(cast("Table", kind.__table__))


def write_fields(session: Session, kind: type[Row], rows: Mapping[str, Fields]) -> None:
    """Write given fields of many existing rows, recorded whether or not a value differs from the one before."""
    recorder = recorder_of(session)
    session.flush()
    by_columns: dict[tuple[str, ...], list[Fields]] = {}
    for before in _existing(session, kind, list(rows)):
        values = rows[before["id"]]
        recorder.note(kind, before, values)
        columns = {f"new_{name}": value for name, value in to_columns(kind, values).items()}
        by_columns.setdefault(tuple(columns), []).append(columns | {"row_id": before["id"], "step": recorder.step})
    for names, parameters in by_columns.items():
        _update(session, kind, names, parameters)
    session.expire_all()


def _existing(session: Session, kind: type[Row], ids: list[str]) -> list[RowMapping]:
    connection, found = session.connection(), list[RowMapping]()
    for some in batched(ids, 500):
        found += connection.execute(_selection(kind), {"ids": some}).mappings()
    return found


@cache
def _selection(kind: type[Row]) -> Select[*tuple[Any, ...]]:
    table = kind.__table__
    wanted = [table.c[name] for name in ("id", "head", *kind.owned_by, "document_id") if name in table.c]
    return select(*wanted).where(table.c.id.in_(bindparam("ids", expanding=True)))


def _update(session: Session, kind: type[Row], names: tuple[str, ...], parameters: list[Fields]) -> None:
    with journalled(session.connection()) as connection:
        connection.execute(_alteration(kind, names), parameters)


@cache
def _alteration(kind: type[Row], names: tuple[str, ...]) -> Update:
    table = cast("Table", kind.__table__)
    changes = {
        name.removeprefix("new_"): bindparam(name, type_=table.c[name.removeprefix("new_")].type) for name in names
    }
    return update(table).where(table.c.id == bindparam("row_id")).values(head=bindparam("step"), **changes)


# Guards ---------------------------------------------------------------------------------------------------------


@contextmanager
def journalled(connection: Connection) -> Iterator[Connection]:
    """Within this block, statements may write journalled tables: the caller has recorded them."""
    before = connection.info.get(_OPEN, False)
    connection.info[_OPEN] = True
    try:
        yield connection
    finally:
        connection.info[_OPEN] = before


def guard(engine: Engine, tables: Iterable[str]) -> None:
    """Refuse every statement that writes one of the tables without the journal knowing."""
    names = "|".join(sorted(tables))
    named = rf"{_QUOTE}(?:main{_QUOTE}\.{_QUOTE})?(?:{names})"
    write = re.compile(rf"\b{_VERBS}\s+{named}\b", re.IGNORECASE)

    @lru_cache(maxsize=_STATEMENTS_REMEMBERED)
    def writes(statement: str) -> bool:
        return write.search(statement) is not None

    def before_execute(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not connection.info.get(_OPEN) and writes(statement):
            raise UnjournalledWriteError("a bulk statement would bypass the journal: use insert_rows or write_fields")

    event.listen(engine, "before_cursor_execute", before_execute)


class StudySession(Session):
    """A session whose flushes are journalled: its unit of work may write, other statements may not."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write the unit of work with the guard lifted: `before_flush` has recorded it."""
        if not self._is_clean():
            with journalled(self.connection()):
                super().flush(objects)


def journalled_tables() -> tuple[str, ...]:
    """The tables that only the journal's door may write: those of the rows, and the journal and its texts."""
    return (*kinds(), *(table.__tablename__ for table in (Step, Change, Text, Layout)))
