"""What tests say of the rows of a table, as columns beside its counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from typing import Final

from qcode.analysis.association import Association, Effect, associations
from qcode.analysis.crosstab import Crosstab
from qcode.reports.plot_values import Number
from qcode.ui.theme import SPACE
from qcode.ui.themes.analysis.answers import Heading, worded


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests of each row by its key."""

    headings: tuple[Heading, ...] = ()
    rows: Mapping[str, tuple[Number, ...]] | None = None
    notes: tuple[str, ...] = ()

    def cells(self, row: str) -> tuple[Number, ...]:
        """What stands beside the counts of a row; nothing beside one that was not tested."""
        return (self.rows or {}).get(row, (worded(""),) * len(self.headings))


NO_TESTS: Final = Tests()


def tests_of(table: Crosstab) -> Tests:
    """The tests of a table of participants, with Holm's correction for its rows and the size of each effect.

    Raises NotForSuchCountsError and NotInOneGroupError.
    """
    found = associations(table)
    two = len(found.columns) == 2
    effect = Heading("Odds ratio", "With its 95 % interval", words=True, width=20 * SPACE)
    if not two:
        effect = Heading("Cramér’s V", "With its 95 % interval", words=True, width=20 * SPACE)
    headings = (
        Heading("Test", "Fisher’s exact test where fewer than five are expected in a cell", words=True),
        Heading("p"),
        Heading("p, Holm", "Corrected for the number of rows"),
        effect,
    )
    return Tests(headings, {row.key: _cells(row, two=two) for row in found.rows}, found.notes)


def _cells(row: Association, *, two: bool) -> tuple[Number, ...]:
    effect = row.odds if two else row.v
    return worded(row.test or "–"), _p(row.p), _p(row.adjusted), Number(effect.value, _told(effect))


def _p(value: float | None) -> Number:
    if value is None:
        return worded("")
    return Number(value, "<0.001" if value < 0.001 else f"{value:.3f}")


def _told(effect: Effect) -> str:
    if effect.value is None:
        return ""
    between = "" if effect.low is None else f" ({_figure(effect.low)} to {_figure(effect.high)})"
    return f"{_figure(effect.value)}{between}"


def _figure(value: float | None) -> str:
    if value is None:
        return "?"
    return "∞" if isinf(value) else f"{value:.2f}"
