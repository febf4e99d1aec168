"""The union of two copies of a study: steps by id, changes by step and row, and the rows that come of them.

The state of a row is the fold of its changes, so the same set of steps gives the same study whatever way it came
about. For one field of one change what a redaction erased wins over what stood there before. Of two different erased
texts neither is kept, since each may hold what the other took out.

`head` holds every head of a row, apart by a space: two of them after copies changed the row without knowing of each
other. The next write names all of them as its parents, so the row has one head again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from qcode.models.journal import ERASED, Entry, Fields, dump

BOTH_ERASED: Final = "[redacted]"

type Key = tuple[str, str]
"""Which change: the step, and the row."""


class Header(NamedTuple):
    """A step as it is stored; `args` is JSON."""

    id: str
    lamport: int
    coder_id: str
    label: str
    args: str
    undoes: str | None
    group_id: str | None
    barrier: int
    schema_number: int
    at: str


class Written(NamedTuple):
    """A change as it is stored; `fields` is JSON."""

    kind: str
    scope: str
    parents: str
    fields: str


@dataclass(frozen=True, slots=True)
class Holding:
    """The steps and changes that a copy holds."""

    steps: dict[str, Header]
    changes: dict[Key, Written]


@dataclass(slots=True)
class Union:
    """What another copy adds to this one: nothing of it is written yet.

    `told` are the args of known steps of which the other copy knows more, `changes` those that are new or have erased
    values now, `known` those of them that are here already, and `histories` the whole history of every row concerned.
    `states` are their columns, as far as somebody asked for them.
    """

    steps: dict[str, Header] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    changes: dict[Key, Written] = field(default_factory=dict)
    known: set[Key] = field(default_factory=set)
    histories: dict[str, list[Entry]] = field(default_factory=dict)
    states: dict[str, Fields] = field(default_factory=dict)

    @property
    def new(self) -> list[Key]:
        """The changes that this copy has not got."""
        return [key for key in self.changes if key not in self.known]

    @property
    def erases(self) -> bool:
        """Whether something that stands here was redacted there."""
        return bool(self.known)

    def __bool__(self) -> bool:
        return bool(self.steps or self.told or self.changes)


class DifferingHistory(Exception):  # noqa: N818  # told as a refusal by whoever knows the file
    """One step or change has other contents in each of the copies."""


def holding(connection: Connection) -> Holding:
    """Everything that a copy's journal holds."""
    changes = connection.exec_driver_sql("SELECT step_id, row_id, kind, scope, parents, fields FROM change").all()
    return Holding(
        headers(connection),
        {(step, row): Written(kind, *rest) for step, row, kind, *rest in changes},
    )


def headers(connection: Connection) -> dict[str, Header]:
    """The steps of a copy's journal."""
    steps = connection.exec_driver_sql(f"SELECT {', '.join(Header._fields)} FROM step")  # noqa: S608  # our own names
    return {row[0]: Header(*row) for row in steps.all()}


def united(ours: Holding, theirs: Holding) -> Union:
    """What the other copy adds. Raises DifferingHistory where the same step says something else."""
    union = Union()
    for step, header in theirs.steps.items():
        _take_step(union, ours.steps.get(step), header)
    gone = _erased([*ours.steps.values(), *theirs.steps.values()])
    for key, theirs_written in theirs.changes.items():
        _take_change(union, key, ours.changes.get(key), theirs_written, gone.get(key, ()))
    for key in gone.keys() & ours.changes.keys() - theirs.changes.keys():
        _take_change(union, key, ours.changes[key], ours.changes[key], gone[key])
    union.histories = _histories(ours, union)
    return union


# Steps ------------------------------------------------------------------------------------------------------------


def _take_step(union: Union, here: Header | None, there: Header) -> None:
    if here is None:
        union.steps[there.id] = there
    elif here != there:
        if here._replace(args="") != there._replace(args=""):
            raise DifferingHistory
        if _fullness(there.args) > _fullness(here.args):
            union.told[there.id] = there.args


def _fullness(args: str) -> tuple[int, str]:
    """Args are handed out without what names colleagues' work: those that hold more are kept."""
    return len(args), args


def _erased(steps: Iterable[Header]) -> dict[Key, set[str]]:
    """The fields, by change, that any redaction says it erased."""
    out: dict[Key, set[str]] = defaultdict(set)
    for header in steps:
        if header.barrier and '"redaction"' in header.args:
            for step, row, name in json.loads(header.args)["redaction"].get("erased", ()):
                out[step, row].add(name)
    return out


# Changes ----------------------------------------------------------------------------------------------------------


def _take_change(union: Union, key: Key, here: Written | None, there: Written, gone: Iterable[str]) -> None:
    if here is not None and here[:3] != there[:3]:
        raise DifferingHistory
    if here == there and not gone:
        return
    if here is None and not gone:
        union.changes[key] = there
        return
    joined = _joined(here and _loaded(here), _loaded(there), gone)
    if here is None or joined != _loaded(here):
        union.changes[key] = there._replace(fields=_stored(joined, there))
        if here is not None:
            union.known.add(key)


class _Loaded(NamedTuple):
    fields: Fields
    erased: frozenset[str]


def _loaded(written: Written) -> _Loaded:
    fields = json.loads(written.fields)
    return _Loaded(fields, frozenset(fields.pop(ERASED, ())))


def _stored(loaded: _Loaded, written: Written) -> str:
    """As it came, where nothing was taken out; otherwise as a redaction writes it."""
    if loaded == _loaded(written):
        return written.fields
    return dump(loaded.fields | {ERASED: sorted(loaded.erased)} if loaded.erased else loaded.fields)


def _joined(here: _Loaded | None, there: _Loaded, gone: Iterable[str]) -> _Loaded:
    if here is not None and here.fields.keys() != there.fields.keys():
        raise DifferingHistory
    fields: Fields = {}
    for name, value in there.fields.items():
        if here is None or here.fields[name] == value:
            fields[name] = value
        else:
            fields[name] = _kept(here.fields[name], value, name in here.erased, name in there.erased)
    erased = there.erased | (here.erased if here is not None else frozenset())
    stripped = {name for name in gone if name in fields} - erased
    return _Loaded(fields | {name: _emptied(fields[name]) for name in stripped}, erased | stripped)


def _kept(here: Any, there: Any, erased_here: bool, erased_there: bool) -> Any:
    if not (erased_here or erased_there):
        raise DifferingHistory
    if erased_here != erased_there:
        return here if erased_here else there
    if not here or not there:
        return here or there
    return BOTH_ERASED if isinstance(here, str) and isinstance(there, str) else max(here, there, key=dump)


def _emptied(value: Any) -> Any:
    """What stands for a value that was erased elsewhere, where what it became is not known."""
    return type(value)() if isinstance(value, str | list | dict) else None


# Rows -------------------------------------------------------------------------------------------------------------


def _histories(ours: Holding, union: Union) -> dict[str, list[Entry]]:
    """The whole history, in order, of every row that has a new change or an erased value."""
    if not union.changes:
        return {}
    both = Holding(ours.steps | union.steps, ours.changes | union.changes)
    return histories_of(both, {row for _step, row in union.changes})


def histories_of(held: Holding, rows: Collection[str]) -> dict[str, list[Entry]]:
    """The history of each of some rows that has one, in order."""
    out: dict[str, list[Entry]] = {}
    for (step, row), written in held.changes.items():
        if row in rows:
            out.setdefault(row, []).append(_entry(held.steps[step], row, written))
    for history in out.values():
        history.sort(key=lambda entry: (entry.lamport, entry.step))
    return out


def _entry(header: Header, row: str, written: Written) -> Entry:
    fields = _loaded(written).fields
    parents = tuple(written.parents.split())
    barrier = bool(header.barrier)
    return Entry(header.lamport, header.id, header.undoes, written.kind, row, parents, fields, barrier)


def rows_by_kind(histories: Iterable[list[Entry]]) -> Iterator[tuple[str, list[list[Entry]]]]:
    """The histories of rows, by the name of their table."""
    out: dict[str, list[list[Entry]]] = defaultdict(list)
    for history in histories:
        out[history[0].kind].append(history)
    yield from out.items()
