"""What is told of a committed step: where it happened and what it touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from qcode.ids import DocumentId, StepId
from qcode.models.recording import Recorder

Origin = Literal["done", "undone", "redone", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the texts a step happened, so that undo can return there; offsets in code points."""

    document: DocumentId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a committed step touched: ids by kind (the table's name) and the documents concerned."""

    label: str
    touched: Mapping[str, frozenset[str]]
    documents: frozenset[str]
    origin: Origin = "done"
    place: Place | None = None
    step: StepId | None = None

    def concerns(self, *names: str) -> bool:
        """Whether rows of any of these kinds were touched; a change from elsewhere may concern everything."""
        return self.origin == "elsewhere" or any(name in self.touched for name in names)


Subscriber = Callable[[Change], None]
ELSEWHERE = Change("", {}, frozenset(), "elsewhere")
"""Somebody else wrote the file: anything may have changed."""


def change_of(label: str, recorder: Recorder, origin: Origin, args: Mapping[str, Any]) -> Change:
    """What a step touched, as it was recorded."""
    touched: dict[str, set[str]] = {}
    for row, pending in recorder.rows.items():
        touched.setdefault(pending.kind.__tablename__, set()).add(row)
    documents = frozenset(pending.document for pending in recorder.rows.values() if pending.document)
    place = Place(*args["place"]) if "place" in args else None
    frozen = {kind: frozenset(rows) for kind, rows in touched.items()}
    return Change(label, frozen, documents, origin, place, StepId(recorder.step))


def together(changes: Sequence[Change]) -> Change:
    """What several steps at one stroke touched; the place is that of the step done first."""
    touched: dict[str, frozenset[str]] = {}
    for change in changes:
        for kind, rows in change.touched.items():
            touched[kind] = touched.get(kind, frozenset()) | rows
    documents = frozenset().union(*(change.documents for change in changes))
    place = next((change.place for change in reversed(changes) if change.place), None)
    return replace(changes[-1], touched=touched, documents=documents, place=place)
