"""The view of all codes of a unit taken together as one value."""

from __future__ import annotations

from typing import Final

from qcode.queries.agreement.passages import looking_behind
from qcode.queries.agreement.sets import set_figures
from qcode.reports.agreement_boundaries import between
from qcode.reports.boundary_values import SetFigure
from qcode.reports.printed_tables import figure
from qcode.ui.agree.page import Asked, Behind, View
from qcode.ui.agree.plan import UNIT_NAMES
from qcode.ui.table import Column
from qcode.ui.theme import SPACE

SETS: Final = (
    "A unit’s value is the set of all codes that a coder put on it. “Coded text” is conditional: units that all left "
    "without a code are left out, so it cannot stand for the whole."
)


def set_view() -> View:
    """Alphas of sets of codes, by sentence and by the unit that is chosen."""
    return View(
        "Code sets",
        (
            Column("Measure", lambda row: row.name, width=14 * SPACE),
            Column("Units", lambda row: UNIT_NAMES[row.unit], width=13 * SPACE),
            Column("All text", lambda row: row.alpha, lambda row: figure(row.alpha), "right", width=10 * SPACE),
            Column(
                "95 % interval",
                lambda row: row.low,
                lambda row: between(row.low, row.high),
                width=14 * SPACE,
                yields=1,
            ),
            Column(
                "Coded text",
                lambda row: row.conditional,
                lambda row: figure(row.conditional),
                "right",
                width=11 * SPACE,
                about="Conditional: only units to which somebody gave a code.",
            ),
            Column(
                "95 % of it",
                lambda row: row.conditional_low,
                lambda row: between(row.conditional_low, row.conditional_high),
                width=14 * SPACE,
                yields=2,
            ),
            Column(
                "Definition", lambda row: row.definition, tip=lambda row: row.definition, stretch=True, width=44 * SPACE
            ),
        ),
        _set_rows,
        _behind,
        lambda _asked, row: f"{row.name}: {row.definition} {SETS}",
        "There are no sets of codes with fewer than two codes.",
        by_line=False,
        needs_line=False,
    )


def _set_rows(asked: Asked) -> list[SetFigure]:
    return [row for figures in set_figures(asked.study, asked.found) for row in figures.rows]


def _behind(asked: Asked, _row: SetFigure, _column: int) -> Behind:
    looking = looking_behind(asked.found)
    return Behind(f"All codes, {asked.found.round.name}", lambda: looking)
