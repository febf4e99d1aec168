"""Another list of codes beside ours: what is proposed for each of its codes, and what a person decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qcode.analysis.code_lists import Likeness, match_codes
from qcode.exchange.code_entries import DEFINITION, CodeEntry
from qcode.operations.code_lists import Decision
from qcode.queries.codebook.tree import CodeRow

type Fate = Literal["", "same", "take", "add", "leave out"]

LIKENESS: dict[Likeness, str] = {"same": "same name", "similar": "similar", "new": "nothing like it"}
FATES: dict[Fate, str] = {
    "": "undecided",
    "same": "same, ours stays",
    "take": "same, take theirs",
    "add": "new code",
    "leave out": "left out",
}


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A code of theirs beside the code of ours that it may be; `taken` names the fields that theirs replace."""

    theirs: CodeEntry
    likeness: Likeness
    score: float
    ours: CodeRow | None
    definition: CodeEntry | None
    fate: Fate = ""
    taken: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, ...]:
        """What it is known by."""
        return self.theirs.path

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields in which the two definitions differ."""
        ours = self.definition
        return tuple(key for key in DEFINITION if ours and getattr(ours, key) != getattr(self.theirs, key))

    @property
    def offered(self) -> frozenset[str]:
        """The differing fields in which theirs says something."""
        return frozenset(key for key in self.differing if getattr(self.theirs, key))

    @property
    def equal(self) -> bool:
        """Whether it has the name of one of ours, and says nothing else."""
        return self.likeness == "same" and not self.offered

    @property
    def words(self) -> str:
        """What was decided, in words."""
        partly = self.fate == "take" and self.taken != self.offered
        return f"same, {len(self.taken)} of their fields" if partly else FATES[self.fate]

    def decided(self, fate: Fate, taken: Iterable[str] | None = None) -> MatchRow:
        """The row with another decision; without a code of ours it can't be the same."""
        if fate in ("same", "take") and self.ours is None:
            return self
        if fate == "take":
            chosen = self.offered if taken is None else frozenset(taken)
            return replace(self, fate="take" if chosen else "same", taken=chosen)
        return replace(self, fate=fate, taken=frozenset())

    def decision(self) -> Decision:
        """What the operation is told."""
        if self.fate in ("add", "leave out"):
            return Decision(self.theirs, self.fate)
        ours = self.ours.id if self.ours else None
        if self.fate != "take" or self.definition is None:
            return Decision(self.theirs, "map", ours)
        kept = {key: getattr(self.definition, key) for key in DEFINITION if key not in self.taken}
        return Decision(replace(self.theirs, **kept), "map", ours, take_definition=True)


def matched(ours: Sequence[CodeRow], definitions: Sequence[CodeEntry], theirs: Sequence[CodeEntry]) -> list[MatchRow]:
    """Their codes, each with the best of ours, undecided."""
    known = {entry.path: entry for entry in definitions}
    return [
        MatchRow(
            match.theirs,
            match.likeness,
            match.score,
            match.ours,
            known.get(match.ours.path) if match.ours else None,
        )
        for match in match_codes(ours, theirs)
    ]


def kept_true(
    rows: Iterable[MatchRow], ours: Mapping[str, CodeRow], definitions: Mapping[tuple[str, ...], CodeEntry]
) -> list[MatchRow]:
    """The rows beside our codes as they are now; one whose code of ours is gone is undecided again."""
    out = []
    for row in rows:
        if row.ours is None:
            out.append(row)
        elif (now := ours.get(row.ours.id)) is None:
            out.append(replace(row, ours=None, definition=None, likeness="new", fate="", taken=frozenset()))
        else:
            out.append(replace(row, ours=now, definition=definitions.get(now.path)))
    return out


def preview(rows: Iterable[MatchRow]) -> str:
    """What merging would do now, in numbers."""
    counts = Counter(row.fate for row in rows)
    parts = (
        (counts["same"], "the same"),
        (counts["take"], "with definitions of theirs"),
        (counts["add"], "new"),
        (counts["leave out"], "left out"),
        (counts[""], "undecided"),
    )
    return " · ".join(f"{count:,} {words}" for count, words in parts if count)
