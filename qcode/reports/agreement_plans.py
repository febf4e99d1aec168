"""The part of an agreement report that holds the figures against their plan."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from qcode.reports.agreement_boundaries import between
from qcode.reports.blocks import Block, Table, plain
from qcode.reports.printed_tables import figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.reports.captions import Captions
    from qcode.reports.plan_values import PlannedFigure, PlannedThing, PlanSection

type _Row = tuple[str | float | int | None, ...]

_HOLDS: Final = {True: "yes", False: "no", None: "–"}
_COLUMNS: Final = "alpha", "low", "high", "below", "holds", "note"


def plan_blocks(plan: PlanSection, caption: Captions) -> Iterator[Block]:
    """A heading, a paragraph, and two tables."""
    yield plain("heading 1", "Planned and found")
    yield plain("Normal", " ".join(plan.outcome))
    yield caption.next("What was planned, and what was found")
    yield _things(plan)
    if plan.figures:
        yield caption.next(f"The planned threshold of α, {plan.threshold:.3f}")
        yield _figures(plan)
        yield plain("Table Note", "P is the probability that α lies below the threshold.")


def _things(plan: PlanSection) -> Table:
    rows = tuple(
        (
            (plain("Table Text", row.name),),
            (plain("Table Text", row.planned),),
            (plain("Table Text", row.found),),
            (plain("Table Text", _HOLDS[row.holds]),),
        )
        for row in plan.things
    )
    headings = "", "Planned", "Found", "As planned"
    return Table(headings, (1500, 3200, 3072, 1300), rows, "What was planned beside what was found.")


def _figures(plan: PlanSection) -> Table:
    rows = tuple(
        (
            (plain("Table Text", " > ".join(row.code)),),
            (plain("Table Number", figure(row.alpha)),),
            (plain("Table Number", between(row.low, row.high)),),
            (plain("Table Number", figure(row.below)),),
            (plain("Table Text", _HOLDS[row.holds]),),
            (plain("Table Text", row.note),),
        )
        for row in plan.figures
    )
    return Table(
        ("Code", "α", "95 % interval", "P", "Reached", "Notes"),
        (2700, 700, 1500, 700, 1000, 2472),
        rows,
        "Alpha of each planned code against the threshold that was planned.",
        frozenset({1, 2, 3}),
    )


def plan_as_json(plan: PlanSection | None) -> dict[str, Any] | None:
    """The same for other programs; null where nothing was planned."""
    if plan is None:
        return None
    return {
        "threshold": plan.threshold,
        "planned": list(plan.planned),
        "outcome": list(plan.outcome),
        "items": [asdict(row) for row in plan.things],
        "threshold_by_code": [figure_as_json(row) for row in plan.figures],
    }


def figure_as_json(row: PlannedFigure) -> dict[str, Any]:
    """A code against the threshold for other programs; what cannot be said is null."""
    return {"code": list(row.code), **{name: getattr(row, name) for name in _COLUMNS}}


def plan_sheets(plan: PlanSection | None) -> Iterator[tuple[str, list[_Row]]]:
    """The sheets of a workbook, with their names; none where nothing was planned."""
    if plan is None:
        return
    yield "Plan", [("", "planned", "found", "as planned"), *(_thing_row(row) for row in plan.things)]
    figures = [_figure_row(row) for row in plan.figures]
    yield "Threshold", [("code", *_COLUMNS), *figures]


def _thing_row(row: PlannedThing) -> _Row:
    return row.name, row.planned, row.found, _HOLDS[row.holds]


def _figure_row(row: PlannedFigure) -> _Row:
    return (" > ".join(row.code), row.alpha, row.low, row.high, row.below, _HOLDS[row.holds], row.note)
