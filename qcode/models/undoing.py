"""Which step undo takes back, and what it writes to do so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Self

from qcode.models.journal import Entry, Fields, fold, known_to


@dataclass(frozen=True, slots=True)
class Done:
    """A step as undo sees it; steps of one group are undone together."""

    id: str
    undoes: str | None
    barrier: bool = False
    group: str | None = None


@dataclass(slots=True)
class Stacks:
    """One coder's steps that can be undone and redone, latest last; the undo of an undo counts as done again.

    `barrier` is the latest step that undo does not go past.
    """

    undo: list[Done] = field(default_factory=list)
    redo: list[Done] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    barrier: str | None = None

    def take(self, step: Done) -> None:
        """Follow one more step of this coder."""
        if step.undoes is not None:
            self.taken[step.undoes] = step.id
        if step.barrier:
            self.barrier = step.id
            self.undo.clear()
            self.redo.clear()
        elif step.undoes is None:
            self.undo.append(step)
            self.redo.clear()
        elif _drop(self.redo, step.undoes):
            self.undo.append(step)
        elif _drop(self.undo, step.undoes):
            self.redo.append(step)

    def holds(self, step: str) -> bool:
        """Whether a step holds: it was not taken back, or what took it back was taken back itself."""
        taken_by = self.taken.get(step)
        return taken_by is None or not self.holds(taken_by)


@dataclass(slots=True)
class Following:
    """The undo stacks of a coder, and the Lamport number of the latest step that is in them."""

    coder: str
    latest: int
    stacks: Stacks = field(default_factory=Stacks)

    @classmethod
    def of(cls, coder: str, latest: int, steps: Iterable[Done]) -> Self:
        """The stacks after a coder's steps so far."""
        made = cls(coder, latest)
        for step in kept(steps):
            made.stacks.take(step)
        return made

    def take(self, step: Done, lamport: int) -> None:
        """Follow a step that was just done."""
        self.stacks.take(step)
        self.latest = lamport


def kept(steps: Iterable[Done]) -> list[Done]:
    """The steps without those of groups that failed midway, which were taken back within their own group."""
    listed = list(steps)
    groups = {step.id: step.group for step in listed if step.group is not None}
    failed = {
        key
        for step in listed
        if step.undoes is not None and step.group is not None and groups.get(step.undoes) == step.group
        for key in (step.id, step.undoes)
    }
    return [step for step in listed if step.id not in failed]


def top(stack: Sequence[Done]) -> list[str]:
    """The steps that are taken back next, in that order: the latest, and those of its group."""
    out: list[str] = []
    for step in reversed(stack):
        if out and (step.group is None or step.group != stack[-1].group):
            break
        out.append(step.id)
    return out


def with_group(stack: Sequence[Done], step: str) -> list[str]:
    """A step of the stack with those that were done at one stroke with it, the latest first."""
    group = next(done.group for done in reversed(stack) if done.id == step)
    if group is None:
        return [step]
    return [done.id for done in reversed(stack) if done.group == group]


def _drop(stack: list[Done], step: str) -> bool:
    """Take a step from a stack, near whose end it mostly is; says whether it was there."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].id == step:
            del stack[place]
            return True
    return False


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a step cannot be undone: this later step wrote a row of this kind again, or stands on it."""

    kind: str
    row: str
    by: str


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What undoing writes to one row."""

    kind: str
    row: str
    fields: Fields


def cancelled(steps: Iterable[Done]) -> set[str]:
    """The steps that an undo has taken back, together with those undos; steps must come in order."""
    out: set[str] = set()
    for step in reversed(list(steps)):
        if step.undoes is not None and step.id not in out:
            out |= {step.id, step.undoes}
    return out


def inverse(step: str, histories: Iterable[Entry], without: Collection[str] = ()) -> list[RowEdit] | Blocked:
    """What to write so that every row a step touched is as it was before, once steps named `without` are taken back.

    `histories` holds the whole history of these rows, row by row and in order. A later write of the same field, or
    one that deletes or restores the row, stands in the way unless it was itself taken back.
    """
    edits: list[RowEdit] = []
    for _row, group in groupby(histories, key=attrgetter("row")):
        edit = _row_inverse(step, [entry for entry in group if entry.step not in without])
        if isinstance(edit, Blocked):
            return edit
        edits.append(edit)
    return edits


def _row_inverse(step: str, history: Sequence[Entry]) -> RowEdit | Blocked:
    position = next(index for index, entry in enumerate(history) if entry.step == step)
    target, later = history[position], [*_unheeded(step, history, position), *history[position + 1 :]]
    gone = cancelled(Done(entry.step, entry.undoes) for entry in later)
    guarded = set(target.fields) | {"alive"}
    for entry in later:
        if entry.step not in gone and guarded & set(entry.fields):
            return Blocked(entry.kind, entry.row, entry.step)
    before = fold(history[:position])
    fields = {name: before[name] for name in target.fields} if before else {"alive": False}
    return RowEdit(target.kind, target.row, fields)


def _unheeded(step: str, history: Sequence[Entry], position: int) -> list[Entry]:
    """The barriers that come before a step in the order, of which whoever took it did not know."""
    barriers = [entry for entry in history[:position] if entry.barrier]
    known = known_to(history)[step] if barriers else set()
    return [entry for entry in barriers if entry.step not in known]


def by_kind(edits: Iterable[RowEdit]) -> dict[str, dict[str, Fields]]:
    """The fields to be written, by kind and row."""
    out: dict[str, dict[str, Fields]] = {}
    for edit in edits:
        out.setdefault(edit.kind, {})[edit.row] = edit.fields
    return out
