"""A decision that is being made: what was chosen so far, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from qcode.ids import CodeId, CoderId
from qcode.queries.disagreements.cases import CaseRow
from qcode.reconciliation import Outcome, Reason
from qcode.text.ranges import Range

OUTCOMES: dict[Outcome, str] = {
    "accept": "Accept",
    "union": "Union",
    "intersection": "Intersection",
    "range": "By hand",
    "all": "Keep all",
    "other": "Other code",
    "none": "Keep none",
    "later": "Later",
    "meeting": "Meeting",
    "unanimous": "Unanimous",
}
"""What can be decided, in words."""

ABOUT: dict[Outcome, str] = {
    "union": "All the text that anybody marked",
    "intersection": "Only the text that everybody marked",
    "range": "Set the beginning and the end yourself",
    "all": "Keep every code that was given here",
    "other": "Another code of the codebook instead",
    "none": "Nothing is kept: the text stays uncoded",
    "later": "Leave it open for later",
    "meeting": "Leave it open for the team meeting",
}
"""What they do, for tips."""

ALIKE: tuple[Outcome, ...] = ("union", "intersection", "all", "none")
"""What can be decided about many cases at once."""


def cases_like(case: CaseRow, rows: Iterable[CaseRow]) -> list[CaseRow]:
    """The cases of the same kind about the same codes that nobody has looked at."""
    alike = (row for row in rows if row.kind == case.kind and row.codes == case.codes and row.decision is None)
    return [row for row in alike if row.id != case.id]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be decided: whose lane, which code and which range go with some outcomes only.

    `reason` and `note` are those with which it was written in the end.
    """

    outcome: Outcome
    coder: CoderId | None = None
    code: CodeId | None = None
    span: Range | None = None
    reason: Reason | Literal[""] = ""
    note: str = ""

    @property
    def kept(self) -> tuple[tuple[CodeId, int, int], ...] | None:
        """What is kept where the person set it; None where it follows from the outcome."""
        return ((self.code, *self.span),) if self.code is not None and self.span is not None else None
