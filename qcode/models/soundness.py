"""Whether what another copy adds is sound: what qcode writes has these types, and lies within its text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import JSON, Boolean, Float, Integer, String, Table, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from qcode.models import attribution, framework, reconciling, surveys, themes
from qcode.models.arrivals import IncompleteHistory, states_of
from qcode.models.documents import Revision
from qcode.models.journal import Fields, kinds
from qcode.models.uniting import Header, Union

_GREATEST: Final = 2**62
"""No number is greater, nor is that of a step: SQLite holds no integers beyond twice that."""
_TYPES: Final = {Boolean: (bool,), Integer: (int,), Float: (float, int), String: (str,), JSON: (list, dict)}
_TEXTS: Final = ("id", "coder_id", "label", "args", "at")


def refuse_unsound(session: Session, union: Union) -> None:
    """Raise IncompleteHistory where a new step or a row that comes of it is nothing that qcode writes."""
    if not all(_is_step(header) for header in union.steps.values()):
        raise IncompleteHistory
    if not all(isinstance(json.loads(args), dict) for args in union.told.values()):
        raise IncompleteHistory
    states = states_of(union)
    rows = [(history[0].kind, states[row]) for row, history in union.histories.items()]
    if not all(_is_typed(kind, row) for kind, row in rows):
        raise IncompleteHistory
    lengths = _lengths(session, rows)
    for sound in (one.is_sound for one in (reconciling, themes, framework, surveys, attribution)):
        if not all(sound(kind, row, lengths) for kind, row in rows):
            raise IncompleteHistory
    for kind, row in rows:
        for revision, start, end in _anchors(kind, row):
            if revision is not None and not 0 <= start < end <= lengths.get(revision, -1):
                raise IncompleteHistory


def _is_step(header: Header) -> bool:
    texts = all(isinstance(getattr(header, name), str) for name in _TEXTS)
    whole = type(header.lamport) is int and type(header.schema_number) is int and header.barrier in (0, 1)
    return texts and whole and 0 < header.lamport < _GREATEST and isinstance(json.loads(header.args), dict)


def _is_typed(kind: str, row: Fields) -> bool:
    return all(
        (row[name] is None and nullable) or (type(row[name]) in wanted and _is_held(row[name]))
        for name, wanted, nullable in _columns(kind)
    )


def _is_held(value: Any) -> bool:
    """Whether a file can hold a number."""
    return type(value) is not int or abs(value) <= _GREATEST


@cache
def _columns(kind: str) -> tuple[tuple[str, tuple[type, ...], bool], ...]:
    """The columns of a kind of row: the name, the types that its values have, and whether one may be missing."""
    columns = cast("Table", kinds()[kind].__table__).columns
    return tuple((one.name, _types(one.type), bool(one.nullable)) for one in columns if one.name != "head")


def _types(column: TypeEngine[Any]) -> tuple[type, ...]:
    return next(types for one, types in _TYPES.items() if isinstance(column, one))


def _anchors(kind: str, row: Fields) -> Iterator[tuple[Any, Any, Any]]:
    """The places in texts that a row names: the revision, the start and the end."""
    for columns in kinds()[kind].together.values():
        first = columns[: len(_PLACE)]
        if len(first) == len(_PLACE) and all(name.endswith(end) for name, end in zip(first, _PLACE, strict=True)):
            revision, start, end = (row[name] for name in first)
            yield revision, start, end


_PLACE: Final = ("revision_id", "start", "end")


def _lengths(session: Session, rows: list[tuple[str, Fields]]) -> Mapping[str, int]:
    """How long each revision is: those of this copy, and those that come."""
    known = {row.id: row.length for row in session.execute(select(Revision.id, Revision.length))}
    return known | {row["id"]: row["length"] for kind, row in rows if kind == Revision.__tablename__}
