"""What people typed, wherever a study keeps it: in rows of today, in the journal, in drafts; and the older texts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import JSON, Connection, String, Table, bindparam, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement, KeyedColumnElement

from qcode.models.base import Row
from qcode.models.journal import ERASED, Change, Fields, dump, field_columns, kinds, to_fields
from qcode.models.recording import journalled

# Columns whose text the program chooses and not a person.
_CHOSEN: Final = {"position", "kind", "status", "layer", "certainty", "origin", "language", "state", "purpose"}
_FIXED: Final = _CHOSEN | {"stance", "approach", "subject", "mode", "deidentification", "text_sha256", "layout_sha256"}
_WITHOUT_WORDS: Final = {"seen_codes", "reviews", "headings", "pages", "offered", "drawn", "coders", "by"}
_PLANNED: Final = {("agreement_plan", name) for name in ("unit", "codes", "domains", "begun")}
_JUDGED: Final = {("decision", name) for name in ("codes", "evidence", "verdict", "reason", "present", "led_to")} | {
    ("assent", "verdict")
}
_PRINTED: Final = {("revision", "edits"), ("quote", "language_shown"), ("study", "ellipsis")}
_KEYS: Final = {("attribution_policy", "worth"), ("attribution_policy", "tells"), ("attribution_exception", "about")}
_FIXED_IN: Final = frozenset({("speaker", "role"), ("coder", "role"), *_KEYS, *_PLANNED, *_JUDGED, *_PRINTED})
# Ids and hashes: a number that identifies someone may be among their digits.
_MADE_UP: Final = re.compile(r"[0-9a-f]{32,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

type Rewriting = Callable[[str], str]
"""What a text becomes; the same text where nothing is to be done."""


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """One field of a row that people typed, by the name of the row's table."""

    kind: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in such a field, as the journal has it: a text, or a value that texts are in."""

    place: TypedPlace
    value: Any


@dataclass(frozen=True, slots=True)
class Erased:
    """A value of the journal that was rewritten: the field of the row that the step wrote."""

    step: str
    row: str
    field: str


@cache
def typed_fields(kind: type[Row]) -> tuple[str, ...]:
    """The fields of a class that hold what people typed."""
    return tuple(field for field, columns in field_columns(kind).items() if any(_typed(kind, name) for name in columns))


def _typed(kind: type[Row], name: str) -> bool:
    column = kind.__table__.c[name]
    if name in _FIXED | _WITHOUT_WORDS or (kind.__tablename__, name) in _FIXED_IN or column.foreign_keys:
        return False
    return isinstance(column.type, String | JSON)


def _typed_columns(kind: type[Row]) -> list[KeyedColumnElement[Any]]:
    return [
        kind.__table__.c[name]
        for field in typed_fields(kind)
        for name in field_columns(kind)[field]
        if _typed(kind, name)
    ]


def typed_kinds() -> dict[str, type[Row]]:
    """The classes that hold what people typed, by the name of their table."""
    return {name: kind for name, kind in kinds().items() if typed_fields(kind)}


def typed_rows(connection: Connection) -> Iterator[Typed]:
    """Every typed field of every row of today that is not empty, also of rows that were taken out."""
    for name, kind in sorted(typed_kinds().items()):
        some = or_(*(_filled(column) for column in _typed_columns(kind)))
        for row in connection.execute(select(kind.__table__).where(some)).mappings():
            fields = to_fields(kind, dict(row))
            for field in typed_fields(kind):
                yield Typed(TypedPlace(name, row["id"], field), fields[field])


def _filled(column: KeyedColumnElement[Any]) -> ColumnElement[bool]:
    return column.is_not(None) if isinstance(column.type, JSON) else func.coalesce(column, "") != ""


def strings(value: Any) -> Iterator[str]:
    """The texts in a value of the journal, without ids and hashes."""
    if isinstance(value, str):
        if not _MADE_UP.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def rewritten(value: Any, rewriting: Rewriting) -> Any:
    """A value of the journal with every text in it rewritten."""
    if isinstance(value, str):
        return value if _MADE_UP.fullmatch(value) else rewriting(value)
    if isinstance(value, dict):
        return {key: rewritten(inner, rewriting) for key, inner in value.items()}
    if isinstance(value, list):
        return [rewritten(inner, rewriting) for inner in value]
    return value


def rewrite_journal(connection: Connection, rewriting: Callable[[TypedPlace, Any], Any]) -> list[Erased]:
    """Rewrite typed values of the past in place, and say which: `rewriting` is given each with its place.

    The journal otherwise never changes; each such value is marked, since it wins over the same one as it was when it
    comes back from somebody's copy.
    """
    erased: list[Erased] = []
    changed: list[dict[str, str]] = []
    for name, kind in sorted(typed_kinds().items()):
        for step, row, stored in connection.execute(_changes(name, kind)).all():
            fields = json.loads(stored)
            known = fields.pop(ERASED, [])
            new = {
                field: rewriting(TypedPlace(name, row, field), fields[field])
                for field in typed_fields(kind)
                if field in fields
            }
            differing = [field for field, value in new.items() if value != fields[field]]
            if differing:
                erased += [Erased(step, row, field) for field in differing]
                changed.append(_rewritten_change(step, row, fields | new, known, differing))
    _store(connection, changed)
    return erased


def _changes(name: str, kind: type[Row]) -> Any:
    written = or_(
        *(func.coalesce(func.json_extract(Change.fields, f"$.{field}"), "") != "" for field in typed_fields(kind))
    )
    return select(Change.step_id, Change.row_id, Change.fields).where(Change.kind == name, written)


def _rewritten_change(step: str, row: str, fields: Fields, known: list[str], erased: list[str]) -> dict[str, str]:
    marked = fields | {ERASED: sorted({*known, *erased})}
    return {"of_step": step, "of_row": row, "new_fields": dump(marked)}


def erase_field(connection: Connection, kind: str, field: str, rows: list[str], value: Any) -> list[Erased]:
    """Put one value in the place of whatever the journal has for a field of these rows, and say where."""
    erased: list[Erased] = []
    changed: list[dict[str, str]] = []
    wanted = select(Change.step_id, Change.row_id, Change.fields).where(Change.kind == kind, Change.row_id.in_(rows))
    for step, row, stored in connection.execute(wanted).all():
        fields = json.loads(stored)
        known = fields.pop(ERASED, [])
        if field in fields and fields[field] != value:
            erased.append(Erased(step, row, field))
            changed.append(_rewritten_change(step, row, fields | {field: value}, known, [field]))
    _store(connection, changed)
    return erased


def _store(connection: Connection, changed: list[dict[str, str]]) -> None:
    if not changed:
        return
    where = Change.step_id == bindparam("of_step"), Change.row_id == bindparam("of_row")
    with journalled(connection):
        connection.execute(
            update(cast("Table", Change.__table__)).where(*where).values(fields=bindparam("new_fields")), changed
        )
