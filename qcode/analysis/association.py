"""Whether groups of participants differ in what they speak of: chi-square, Fisher's exact test, effect sizes, Holm.

Only for counts of people, each counted once in one group: participants, or those who answered a survey. Turns, words
and passages of one person depend on each other, so that a test of them would find differences that are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from math import comb, isnan, prod, sqrt
from typing import TYPE_CHECKING, Final, Literal

from qcode.analysis.crosstab import ALL, NOT_RECORDED
from qcode.errors import QcodeError
from qcode.text.typed import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.analysis.crosstab import ColumnHeading, Crosstab

type Table = Sequence[Sequence[int]]
type TestName = Literal["chi-square", "Fisher", "Fisher, drawn", ""]

SMALL_EXPECTED: Final = 5
"""Chi-square is not relied on where fewer than these are expected in a cell."""
_MOST_WEIGHTS: Final = 30_000
_DRAWS: Final = 99_999
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
    """A test of each row of a table of participants.

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
    ]
    adjusted = with_holm(rows)
    return Associations(columns, adjusted, tuple(_notes(table, columns, adjusted)))


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
    from scipy.optimize import brentq
    from scipy.special import chndtr

    def beyond(noncentrality: float) -> float:
        return float(chndtr(found.statistic, found.df, noncentrality)) - tail

    if beyond(0.0) <= 0:
        return 0.0
    most = 1.0
    while beyond(most) > 0:
        most *= 2
    return float(brentq(beyond, 0.0, most, xtol=1e-10))


def odds_ratio(table: Table) -> Effect:
    """The odds ratio of a table of two by two, conditional on its margins, with the exact interval."""
    from scipy.stats.contingency import odds_ratio as conditional

    found = conditional(table, kind="conditional")
    low, high = found.confidence_interval(_LEVEL)
    value = float(found.statistic)
    return Effect() if isnan(value) else Effect(value, float(low), float(high))


# Fisher's exact test -----------------------------------------------------------------------------------------------


def fisher(table: Table) -> tuple[bool, float]:
    """Whether it could be computed exactly, and the p value of Fisher's test with two sides.

    Of more than two by two it is that of Freeman and Halton (1951), Biometrika 38, 141-149: the probability, given the
    margins, of all tables that are no likelier than this one. It is computed in whole numbers; where there are too
    many tables, 99,999 of them are drawn, always the same ones.
    """
    rows, columns = tuple(map(sum, table)), tuple(map(sum, zip(*table, strict=True)))
    weights = _weights(rows, columns)
    if weights is None:
        return False, _drawn(table)
    this = prod(_multinomial(column) for column in zip(*table, strict=True))
    unlikely = sum(weight * many for weight, many in weights.items() if weight <= this)
    return True, unlikely / sum(weight * many for weight, many in weights.items())


@cache
def _weights(rows: tuple[int, ...], columns: tuple[int, ...]) -> Mapping[int, int] | None:
    """How many tables of these margins have which weight, to which their probability is proportional.

    None if there are too many to go through.
    """
    states: dict[tuple[int, ...], dict[int, int]] = {rows: {1: 1}}
    for column in columns:
        further: dict[tuple[int, ...], dict[int, int]] = {}
        for left, weights in states.items():
            for part in _parts(column, left):
                own = _multinomial(part)
                into = further.setdefault(tuple(a - b for a, b in zip(left, part, strict=True)), {})
                for weight, many in weights.items():
                    into[weight * own] = into.get(weight * own, 0) + many
            if sum(map(len, further.values())) > _MOST_WEIGHTS:
                return None
        states = further
    return states[(0,) * len(rows)]


def _parts(total: int, most: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The ways to part a number into as many as there are limits, each at most its limit."""
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    for first in range(max(0, total - sum(most[1:])), min(total, most[0]) + 1):
        yield from ((first, *rest) for rest in _parts(total - first, most[1:]))


@cache
def _multinomial(parts: tuple[int, ...]) -> int:
    return prod(comb(total, part) for total, part in zip(accumulate(parts), parts, strict=True))


def _drawn(table: Table) -> float:
    import numpy as np
    from scipy.stats import MonteCarloMethod, fisher_exact

    drawing = MonteCarloMethod(n_resamples=_DRAWS, rng=np.random.default_rng(1))
    return float(fisher_exact(table, method=drawing).pvalue)


# What is said ------------------------------------------------------------------------------------------------------


def _notes(table: Crosstab, columns: Sequence[ColumnHeading], rows: Sequence[Association]) -> Iterator[str]:
    tested = [row for row in rows if row.p is not None]
    left_out = next(one.of for one in table.columns if one.key == ALL) - sum(one.of for one in columns)
    if left_out:
        yield f"{left_out} of whom it is unknown or not recorded are left out of the tests."
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
        yield f"Where that has too many tables to go through, {_DRAWS:,} of them were drawn."
    yield (
        "Tests take people as independent, which members of one focus group are not, and as asked the same: "
        "who does not speak of something may not have been asked."
    )
