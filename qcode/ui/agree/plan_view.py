"""The view of the details that holds the figures against their plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qcode.ids import CodeId
from qcode.queries.agreement.passages import looking_behind
from qcode.queries.agreement.plan_comparison import (
    TOGETHER,
    PlanComparison,
    PlannedCode,
    PlannedItem,
    compare_with_plan,
)
from qcode.reports.printed_tables import figure
from qcode.ui.agree.page import Asked, Behind, View
from qcode.ui.table import Column
from qcode.ui.theme import SPACE

HOLDS: Final = {True: "yes", False: "no", None: "–"}
_EMPTY: Final = "Nothing is planned for this round. “Plan…”, above, says beforehand what must be reached."


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the view: a thing that was planned, or a code against the threshold, with what is said below it."""

    id: str
    name: str
    planned: str
    found: str
    holds: bool | None
    note: str
    code: CodeId | None = None


def plan_view() -> View:
    """What was planned beside what was found, thing by thing and code by code."""
    return View(
        "Plan",
        (
            Column("", lambda row: row.name, width=22 * SPACE),
            Column("Planned", lambda row: row.planned, tip=lambda row: row.planned, stretch=True, width=20 * SPACE),
            Column("Found", lambda row: row.found, tip=lambda row: row.found, stretch=True, width=20 * SPACE),
            Column("As planned", lambda row: row.holds, lambda row: HOLDS[row.holds], width=12 * SPACE),
        ),
        _rows,
        _behind,
        lambda _asked, row: row.note,
        _EMPTY,
        by_line=False,
        needs_line=False,
    )


def _rows(asked: Asked) -> list[PlanLine]:
    made = compare_with_plan(asked.study, asked.found)
    return [] if made is None else plan_lines(made)


def plan_lines(made: PlanComparison) -> list[PlanLine]:
    """The lines of a comparison; whatever has no note of its own says when it was planned and what came of it."""
    said = " ".join(made.sentences)
    codes = [_of_code(made, row) for row in made.codes]
    return [*(_of_item(item, said) for item in made.items), *codes]


def _of_item(item: PlannedItem, said: str) -> PlanLine:
    return PlanLine(item.id, item.name, item.planned, item.found, item.holds, item.note or said)


def _of_code(made: PlanComparison, row: PlannedCode) -> PlanLine:
    threshold = f"{made.plan.terms.threshold:.3f}"
    found = f"α {figure(row.alpha)}"
    if row.low is not None and row.high is not None:
        found += f" ({figure(row.low)} to {figure(row.high)})"
    said = row.note
    if row.below is not None:
        said = f"The probability that α lies below {threshold} is {_chance(row.below)}. {said}".strip()
    code = None if row.id == TOGETHER else CodeId(row.id)
    return PlanLine(row.id, row.code[-1], f"α ≥ {threshold}", found, row.holds, said, code)


def _chance(value: float) -> str:
    if value < 0.01:
        return "less than 1\u00a0%"
    return "more than 99\u00a0%" if value > 0.99 else f"{100 * value:.0f}\u00a0%"


def _behind(asked: Asked, row: PlanLine, _column: int) -> Behind | None:
    if row.code is None:
        return None
    looking = looking_behind(asked.found, row.code)
    return Behind(f"{row.name}, {asked.found.round.name}", lambda: looking)
