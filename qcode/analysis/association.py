"""Whether groups of participants differ in what they speak of: chi-square, Fisher's exact test, effect sizes, Holm.

Only for counts of people, each counted once in one group: participants, or those who answered a survey. Turns, words
and passages of one person depend on each other, so that a test of them would find differences that are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from itertools import accumulate
from math import isnan, sqrt
from typing import TYPE_CHECKING, Final, Literal

from qcode.analysis.crosstab import ALL, NOT_RECORDED
from qcode.analysis.fisher import DRAWS, Table, fisher
from qcode.errors import QcodeError
from qcode.text.typed import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.analysis.crosstab import ColumnHeading, Crosstab, RowHeading, Rows

type TestName = Literal["chi-square", "Fisher", "Fisher, drawn", ""]

SMALL_EXPECTED: Final = 5
"""Chi-square is not relied on where fewer than these are expected in a cell."""
_LEVEL: Final = 0.95


class NotForSuchCountsError(QcodeError):
    """A test is asked of counts that are not of people."""

    def __init__(self, count: str) -> None:
        super().__init__(
            f"There is no test for {count}: those of one person depend on each other. Count participants to test."
        )


class NotInOneGroupError(QcodeError):
    """A test is asked of columns that do not part people into groups."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"“{by}” does not put each participant into one of several groups, which a test compares. "
            "Choose a group or an attribute of participants."
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """The size of an effect with its 95 % interval; None where the counts leave it undefined, infinity can be."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ChiSquare:
    """Pearson's chi-square without continuity correction; `expected` is the smallest count expected in a cell."""

    statistic: float
    df: int
    p: float
    expected: float


@dataclass(frozen=True, slots=True)
class Association:
    """How a row goes with the columns: `counts` are how many of how many people in each.

    `p` is that of `test`: Fisher's where fewer than five are expected in a cell, else that of chi-square, and `fisher`
    is None then. With an empty `test`, where all or none are counted, there is no p. `adjusted` takes the number of
    rows into account. `odds` is the odds ratio where there are two columns.
    """

    key: str
    counts: tuple[tuple[int, int], ...]
    test: TestName = ""
    p: float | None = None
    adjusted: float | None = None
    chi_square: ChiSquare | None = None
    fisher: float | None = None
    v: Effect = Effect()
    odds: Effect = Effect()


@dataclass(frozen=True, slots=True)
class Associations:
    """The tests of all rows of a table, and the notes that belong under them."""

    columns: tuple[ColumnHeading, ...]
    rows: tuple[Association, ...]
    notes: tuple[str, ...]


def associations(table: Crosstab) -> Associations:
    """A test of each row of a table of participants that counts no other row again, as `is_tested` says.

    Raises:
        NotForSuchCountsError: the table counts something else.
        NotInOneGroupError: its columns are no groups of participants.
    """
    if table.count != "participants":
        raise NotForSuchCountsError(table.count)
    shown = [place for place, one in enumerate(table.columns) if one.of and one.key not in (ALL, NOT_RECORDED, UNKNOWN)]
    columns = tuple(table.columns[place] for place in shown)
    groups = [table.people[one.key] for one in columns]
    if table.by == "document" or len(columns) < 2 or sum(map(len, groups)) > len(frozenset().union(*groups)):
        raise NotInOneGroupError(table.by)
    rows = [
        association(row.key, [(cells[place].count, table.columns[place].of) for place in shown])
        for row, cells in zip(table.rows, table.cells, strict=True)
        if is_tested(table, row)
    ]
    adjusted = with_holm(rows)
    return Associations(columns, adjusted, tuple(_notes(table, columns, adjusted)))


def is_tested(table: Crosstab, row: RowHeading) -> bool:
    """Whether a row is tested: a code, not the categories; a theme at the top, not those below it.

    Together these hold all that is counted, and none holds what another does: who tests a sum beside its parts makes
    more tests than there are questions, for which Holm's correction asks every one of them to pay.
    """
    return not row.depth if table.rows_are == "themes" else not row.heading


def association(key: str, counts: Sequence[tuple[int, int]]) -> Association:
    """The test of how many of how many in each of several groups; groups of nobody are left out."""
    return replace(_tested(tuple(counts)), key=key)


@cache
def _tested(counts: tuple[tuple[int, int], ...]) -> Association:
    told = Association("", counts)
    table = [[some for some, of in counts if of], [of - some for some, of in counts if of]]
    if len(table[0]) < 2 or not all(map(sum, table)):
        return told
    found = chi_square(table)
    small = found.expected < SMALL_EXPECTED
    exact, p = fisher(table) if small else (True, None)
    test: TestName = ("Fisher" if exact else "Fisher, drawn") if small else "chi-square"
    odds = odds_ratio(table) if len(table[0]) == 2 else Effect()
    return replace(
        told,
        test=test,
        p=p if small else found.p,
        chi_square=found,
        fisher=p,
        v=cramers_v(table, found),
        odds=odds,
    )


def with_holm(rows: Sequence[Association]) -> tuple[Association, ...]:
    """The same with their p values adjusted for how many there are."""
    adjusted = iter(holm([row.p for row in rows if row.p is not None]))
    return tuple(row if row.p is None else replace(row, adjusted=next(adjusted)) for row in rows)


def holm(values: Sequence[float]) -> list[float]:
    """P values adjusted for their number, step down: Holm, S. (1979), Scand. J. Statist. 6, 65-70."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    steps = [min(1.0, values[place] * (len(values) - rank)) for rank, place in enumerate(order)]
    found = [0.0] * len(values)
    for place, value in zip(order, accumulate(steps, max), strict=True):
        found[place] = value
    return found


def load() -> None:
    """Load what computes tests, which takes as long as many tests: for a worker, before somebody asks for them."""
    import_module("scipy.special")
    import_module("scipy.stats.contingency")


def chi_square(table: Table) -> ChiSquare:
    """Pearson's chi-square of independence; no row or column may be empty."""
    from scipy.stats import chi2_contingency

    found = chi2_contingency(table, correction=False)
    return ChiSquare(float(found.statistic), int(found.dof), float(found.pvalue), float(found.expected_freq.min()))


def cramers_v(table: Table, known: ChiSquare | None = None) -> Effect:
    """Cramér's V; its interval inverts the noncentral chi-square: Smithson, M. (2003), Confidence Intervals, ch. 4."""
    found = known or chi_square(table)
    most = sum(map(sum, table)) * (min(len(table), len(table[0])) - 1)
    low, high = (min(1.0, sqrt(_noncentrality(found, tail) / most)) for tail in ((1 + _LEVEL) / 2, (1 - _LEVEL) / 2))
    return Effect(min(1.0, sqrt(found.statistic / most)), low, high)


def _noncentrality(found: ChiSquare, tail: float) -> float:
    """The noncentrality under which a share of `tail` of chi-squares is at most the one found; 0 if there is none."""
    from scipy.special import chndtrinc

    return 0.0 if 1 - found.p <= tail else float(chndtrinc(found.statistic, found.df, tail))


def odds_ratio(table: Table) -> Effect:
    """The odds ratio of a table of two by two, conditional on its margins, with the exact interval."""
    from scipy.stats.contingency import odds_ratio as conditional

    found = conditional(table, kind="conditional")
    low, high = found.confidence_interval(_LEVEL)
    value = float(found.statistic)
    return Effect() if isnan(value) else Effect(value, float(low), float(high))


# What is said ------------------------------------------------------------------------------------------------------


_WHICH: Final[Mapping[Rows, str]] = {
    "codes": "Tested are the codes: a category counts again what its codes do.",
    "themes": "Tested are the themes at the top: what stands below a theme counts in it.",
}


def _notes(table: Crosstab, columns: Sequence[ColumnHeading], rows: Sequence[Association]) -> Iterator[str]:
    tested = [row for row in rows if row.p is not None]
    left_out = next(one.of for one in table.columns if one.key == ALL) - sum(one.of for one in columns)
    if left_out:
        yield f"{left_out} of whom it is unknown or not recorded are left out of the tests."
    if len(rows) < len(table.rows):
        yield _WHICH[table.rows_are]
    if not tested:
        yield "Nothing can be tested: everybody or nobody speaks of each."
        return
    tests = "1 test is made" if len(tested) == 1 else f"{len(tested)} tests are made; p is adjusted for that by Holm"
    yield f"Chi-square without continuity correction; {tests}. Intervals hold with 95 %."
    effect = f"OR: the odds in {columns[0].name} against those in {columns[-1].name}, given the margins."
    yield effect if len(columns) == 2 else "V: Cramér’s V, from 0 (no difference) to 1."
    exact = [row for row in tested if row.test != "chi-square"]
    if exact:
        few = "all" if len(exact) == len(tested) else f"{len(exact)}"
        yield f"In {few} of them fewer than {SMALL_EXPECTED} are expected in a cell: Fisher’s exact test there."
    if any(row.test == "Fisher, drawn" for row in exact):
        yield f"Where that has too many tables to go through, {DRAWS:,} of them were drawn."
    yield (
        "Tests take people as independent, which members of one focus group are not, and as asked the same: "
        "who does not speak of something may not have been asked."
    )
