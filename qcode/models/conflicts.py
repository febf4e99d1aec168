"""Where copies went apart: derived from the histories of rows, never stored.

A field is in conflict where two writes of it say different things and neither knew of the other, nor did a later write
of it know of both; a row is, where one copy deleted what another one changed. A step that was undone counts as little
as its undo, so undoing what settled a conflict opens it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from qcode.models.journal import Entry, dump, known_to, unheeding
from qcode.models.undoing import Done, cancelled

_ARRANGED = frozenset({"map_place"})
"""What is only laid out, and says nothing that could contradict: the later one holds."""

DELETED = "alive"
"""The field that stands for the row as a whole: one side deleted it."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one step says; `value` as the journal has it, False for a deletion, True for a change of what was."""

    step: str
    value: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of a row that says different things, or the row itself (DELETED); the last side is what holds now."""

    kind: str
    row: str
    field: str
    sides: tuple[Side, ...]


def conflicts_of(history: list[Entry]) -> Iterator[Conflict]:
    """The conflicts of one row, given its whole history in order."""
    if history[0].kind in _ARRANGED or all(entry.parents == (before.step,) for before, entry in pairwise(history)):
        return
    gone = cancelled(Done(entry.step, entry.undoes) for entry in history)
    standing = [entry for entry in history if entry.step not in gone]
    known, outweighed = known_to(history), unheeding(history)
    for field in dict.fromkeys(name for entry in standing for name in entry.fields):
        writes = [entry for entry in standing if field in entry.fields]
        apart = [entry for entry in writes if not any(entry.step in known[later.step] for later in writes)]
        if len({dump(entry.fields[field]) for entry in apart}) > 1:
            apart.sort(key=lambda entry: field not in outweighed.get(entry.step, ()))
            sides = tuple(Side(entry.step, entry.fields[field]) for entry in apart)
            yield Conflict(history[0].kind, history[0].row, field, sides)
    yield from _deleted(standing, known)


def _deleted(standing: list[Entry], known: dict[str, set[str]]) -> Iterator[Conflict]:
    pairs = [
        (deletion, change)
        for one, other in combinations(standing, 2)
        for deletion, change in ((one, other), (other, one))
        if deletion.fields.get("alive") is False and "alive" not in change.fields
        if deletion.step not in known[change.step] and change.step not in known[deletion.step]
        if not _settled(standing, known, {deletion.step, change.step})
    ]
    if pairs:
        steps = {entry.step: "alive" not in entry.fields for pair in pairs for entry in pair}
        sides = tuple(Side(entry.step, steps[entry.step]) for entry in standing if entry.step in steps)
        yield Conflict(standing[0].kind, standing[0].row, DELETED, sides)


def _settled(standing: Iterable[Entry], known: dict[str, set[str]], both: set[str]) -> bool:
    """Whether somebody who knew of both deleted the row, or restored it."""
    return any("alive" in entry.fields and both <= known[entry.step] for entry in standing)
