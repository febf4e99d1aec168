"""The journal: immutable steps of changes, and the fold that turns them into the state of a row.

What a barrier wrote, a redaction or a hand-in, holds against whatever was written without knowing of it: a correction
of a text that was erased meanwhile brings nothing back, and what was handed in on one laptop is not open on another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, ForeignKey, Index, RowMapping, bindparam, select, text, tuple_
from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Base, Row

Fields = dict[str, Any]
ERASED: Final = ""
"""In a change's stored fields: the names of those whose values a redaction rewrote."""

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Step(Base, kw_only=True, repr=False, eq=False):
    """One thing that somebody did. Steps are ordered by `(lamport, id)`; `at` is for display only.

    Steps of one `group_id` were done at one stroke, each in a scope of its own, and are undone together.

    `label` is a template and `args` holds ids, so that no name is frozen into history. A `barrier` is a step
    that undo does not go past.
    """

    __tablename__ = "step"
    __table_args__ = (
        Index("ix_step_order", "lamport", "id"),
        Index("ix_step_coder", "coder_id", "lamport"),
        Index("ix_step_undoes", "undoes", sqlite_where=text("undoes IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    lamport: Mapped[int]
    coder_id: Mapped[str]
    label: Mapped[str]
    args: Mapped[dict[str, Any]]
    undoes: Mapped[str | None]
    group_id: Mapped[str | None]
    barrier: Mapped[bool]
    schema_number: Mapped[int]
    at: Mapped[str]


class Change(Base, kw_only=True, repr=False, eq=False):
    """What a step wrote to one row: new values only, and the heads of the row that it was based on."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_row", "row_id"),)

    step_id: Mapped[str] = mapped_column(ForeignKey("step.id"), primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    scope: Mapped[str]
    parents: Mapped[str]
    fields: Mapped[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A change together with the place of its step in the order of all steps."""

    lamport: int
    step: str
    undoes: str | None
    kind: str
    row: str
    parents: tuple[str, ...]
    fields: Fields
    barrier: bool = False


@cache
def kinds() -> dict[str, type[Row]]:
    """The journalled classes by the name of their table."""
    mapped = (mapper.class_ for mapper in Base.registry.mappers)
    return {row.__tablename__: row for row in mapped if issubclass(row, Row)}


@cache
def field_columns(kind: type[Row]) -> dict[str, tuple[str, ...]]:
    """Each field of the journal for this class, with the columns it stands for."""
    grouped = {column for columns in kind.together.values() for column in columns}
    names = [column.name for column in kind.__table__.columns if column.name not in {"id", "head"}]
    return {name: (name,) for name in names if name not in grouped} | kind.together


def to_fields(kind: type[Row], values: Mapping[str, Any]) -> Fields:
    """The journal's fields for a row's columns; fields with no column among `values` are left out."""
    out: Fields = {}
    for field, columns in field_columns(kind).items():
        if columns[0] in values:
            out[field] = values[columns[0]] if len(columns) == 1 else [values[column] for column in columns]
    return out


def to_columns(kind: type[Row], fields: Fields) -> Fields:
    """The columns for the journal's fields: the inverse of `to_fields`."""
    out: Fields = {}
    known = field_columns(kind)
    for field, value in fields.items():
        columns = known[field]
        if len(columns) == 1:
            out[columns[0]] = value
        else:
            out.update(zip(columns, value, strict=True))
    return out


def dump(value: Any) -> str:
    """JSON as the journal stores it."""
    return _JSON.encode(value)


def fold(history: Iterable[Entry]) -> Fields:
    """The state of a row: the last writer of each field that counts wins. The history must be in order."""
    entries, out = list(history), Fields()
    outweighed = unheeding(entries)
    for entry in entries:
        if outweighed and (lost := outweighed.get(entry.step)):
            out.update((name, value) for name, value in entry.fields.items() if name not in lost)
        else:
            out.update(entry.fields)
    return out


def known_to(history: Iterable[Entry]) -> dict[str, set[str]]:
    """For each step of a row's history, all those before it that whoever took it knew of."""
    known: dict[str, set[str]] = {}
    for entry in history:
        known[entry.step] = set(entry.parents).union(*(known.get(parent, ()) for parent in entry.parents))
    return known


def unheeding(history: list[Entry]) -> dict[str, set[str]]:
    """The steps of a row that did not know of a barrier, with the fields of theirs that so do not count."""
    barriers = [entry for entry in history if entry.barrier] if len(history) > 1 else []
    if not barriers:
        return {}
    known, out = known_to(history), dict[str, set[str]]()
    for entry in history:
        for barrier in barriers:
            apart = barrier.step not in known[entry.step] and entry.step not in known[barrier.step]
            if apart and not entry.barrier:
                out.setdefault(entry.step, set()).update(barrier.fields)
    return out


def heads(history: Iterable[Entry]) -> tuple[str, ...]:
    """The changes of a row that no other change names as its parent."""
    entries = list(history)
    named = {parent for entry in entries for parent in entry.parents}
    return tuple(sorted(entry.step for entry in entries if entry.step not in named))


_ORDERED = (
    select(Step.lamport, Step.id, Step.undoes, Change.kind, Change.row_id, Change.parents, Change.fields, Step.barrier)
    .join(Change, Change.step_id == Step.id)
    .order_by(Change.row_id, Step.lamport, Step.id)
)


_TOUCHED = select(Change.row_id).where(Change.step_id == bindparam("step"))
_OF_STEP_ROWS = _ORDERED.where(Change.row_id.in_(_TOUCHED.correlate(None)))


def entries_of_step_rows(connection: Connection, step: str) -> Iterator[Entry]:
    """The whole history of every row that a step touched, row by row and in order."""
    return map(_entry, connection.execute(_OF_STEP_ROWS, {"step": step}).mappings())


def all_entries(connection: Connection) -> Iterator[Entry]:
    """The history of every row of the study, row by row and in order."""
    return map(_entry, connection.execute(_ORDERED).mappings())


def entries_of(connection: Connection, *wanted: type[Row], until: tuple[int, str] | None = None) -> Iterator[Entry]:
    """The history of every row of these classes, up to a place `(lamport, step id)` in the order of all steps."""
    of_kinds = _ORDERED.where(Change.kind.in_([kind.__tablename__ for kind in wanted]))
    if until is not None:
        of_kinds = of_kinds.where(tuple_(Step.lamport, Step.id) <= until)
    return map(_entry, connection.execute(of_kinds).mappings())


def _entry(found: RowMapping) -> Entry:
    fields = json.loads(found["fields"])
    fields.pop(ERASED, None)
    return Entry(
        lamport=found["lamport"],
        step=found["id"],
        undoes=found["undoes"],
        kind=found["kind"],
        row=found["row_id"],
        parents=tuple(found["parents"].split()),
        fields=fields,
        barrier=found["barrier"],
    )
