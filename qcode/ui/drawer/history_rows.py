"""The rows of the history: steps, and between them the merges that brought other people's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.ids import StepId
from qcode.operations.collecting import FinalMergeError
from qcode.queries.collecting.merges import MergeRow
from qcode.queries.history import StepRow
from qcode.ui.local_time import local_time

_ORIGINS = {"done": "", "undone": "Took back: ", "redone": "Did again: "}
_ORDER = ("coding", "code", "memo", "document")
_MANY = {"coding": "codings", "code": "codes", "memo": "memos", "document": "documents"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A step with what is known of taking it back: a sentence why not, "" if it can be, None as long as unknown.

    A `merge` is shown as the step that it is not: who collected which file, and what came.
    """

    step: StepRow
    reason: str | None = None
    merge: MergeRow | None = None

    @property
    def id(self) -> StepId:
        """The step's id, or that of the merge."""
        return self.step.id

    @property
    def state(self) -> str:
        """In a word or two, whether it can be taken back."""
        if self.step.undone:
            return "taken back"
        if not (self.step.mine or self.merge) or self.reason is None:
            return ""
        return "stays" if self.reason else "can be taken back"

    @property
    def sentence(self) -> str:
        """What was done."""
        return _ORIGINS[self.step.origin] + self.step.label

    @property
    def tip(self) -> str:
        """What was done, and why it stays."""
        return f"{self.sentence} (does not hold any more)" if self.step.undone else self.reason or self.sentence

    @property
    def when(self) -> str:
        """When it was done, as the system writes it."""
        return local_time(self.step.at)


def rows_of(
    steps: Sequence[StepRow], reasons: Mapping[StepId, str], merges: Sequence[MergeRow], *, all_read: bool
) -> list[Shown]:
    """Steps, the latest first, and between them by their time the merges; not those before the earliest step read."""
    waiting, shown = list(merges), list[Shown]()
    for step in steps:
        while waiting and waiting[0].at >= step.at:
            shown.append(_shown_merge(waiting.pop(0)))
        shown.append(Shown(step, None if step.undone else reasons.get(step.id)))
    return shown + ([_shown_merge(row) for row in waiting] if all_read else [])


def _shown_merge(row: MergeRow) -> Shown:
    step = StepRow(
        StepId(f"merge {row.id}"),
        merge_label(row),
        row.who,
        mine=False,
        at=row.at,
        undid=False,
        undone=row.taken_back,
        origin="done",
    )
    return Shown(step, str(FinalMergeError()) if row.final else "", row)


def merge_label(row: MergeRow) -> str:
    """What a merge brought, such as "Collected “bo.qcode” from Bo Ek: 412 codings, 2 codes"."""
    whose = f" from {', '.join(row.whose)}" if row.whose else ""
    made = [f"{row.made[kind]:,} {kind if row.made[kind] == 1 else _MANY[kind]}" for kind in _ORDER if kind in row.made]
    if row.sealed:
        made.append("work that is sealed")
    elif not made and row.steps:
        made.append(f"{row.steps:,} step{'' if row.steps == 1 else 's'}")
    return f"Collected “{row.file}”{whose}{': ' if made else ''}{', '.join(made)}"
