"""What tests say of the rows of a table, as columns beside its counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from qcode.analysis.association import Association, Associations
from qcode.queries.reports.counted import printed_effect, printed_p
from qcode.reports.plot_values import Number
from qcode.ui.theme import SPACE
from qcode.ui.themes.analysis.answers import Heading, worded


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests of each row by its key."""

    headings: tuple[Heading, ...] = ()
    rows: Mapping[str, tuple[Number, ...]] | None = None
    notes: tuple[str, ...] = ()
    found: Associations | None = None

    def cells(self, row: str) -> tuple[Number, ...]:
        """What stands beside the counts of a row; nothing beside one that was not tested."""
        return (self.rows or {}).get(row, (worded(""),) * len(self.headings))

    def without(self, rows: Iterable[str]) -> Tests:
        """The same with nothing beside some rows."""
        left_out = set(rows)
        return replace(self, rows={key: cells for key, cells in (self.rows or {}).items() if key not in left_out})


NO_TESTS: Final = Tests()


def columns_of(found: Associations) -> Tests:
    """Tests as columns, with Holm's correction for the rows and the size of each effect."""
    effect = "Odds ratio" if len(found.columns) == 2 else "Cramér’s V"
    headings = (
        Heading("Test", "Fisher’s exact test where fewer than five are expected in a cell", words=True),
        Heading("p"),
        Heading("p, Holm", "Corrected for the number of rows"),
        Heading(effect, "With its 95 % interval", words=True, width=20 * SPACE),
    )
    return Tests(headings, {row.key: _cells(row) for row in found.rows}, found.notes, found)


def _cells(row: Association) -> tuple[Number, ...]:
    effect = row.v if row.odds.value is None else row.odds
    told = printed_effect("", effect).strip()
    return worded(row.test or "–"), _p(row.p), _p(row.adjusted), Number(effect.value, told)


def _p(value: float | None) -> Number:
    shown = printed_p(value)
    return worded("") if shown is None else Number(value, shown.text)
