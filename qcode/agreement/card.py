"""Everything that is said of one code: every coefficient beside the others, and the pairs of coders behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import isnan, nan
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from qcode.agreement import chance
from qcode.agreement.coincidences import alpha, alpha_of_matrix, distances
from qcode.agreement.ratings import MISSING, Ratings, identity
from qcode.agreement.two_by_two import TwoByTwo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

type Name = Literal[
    "krippendorff_alpha",
    "percent_agreement",
    "all_identical",
    "holsti",
    "cohen_kappa",
    "cohen_kappa_max",
    "scott_pi",
    "fleiss_kappa",
    "conger_kappa",
    "brennan_prediger",
    "gwet_ac1",
    "positive_agreement",
    "negative_agreement",
]

PREVALENT, BIASED = 0.8, 0.1
"""From where kappa and percent agreement tell different stories: |prevalence index| and |bias index|."""


@dataclass(frozen=True, slots=True)
class PairCells:
    """Two coders and the four cells of whether each marked a unit."""

    first: str
    second: str
    cells: TwoByTwo


@dataclass(frozen=True, slots=True)
class Card:
    """The coefficients of a code by name, None where one is not defined, and its pairs of coders.

    Cohen's kappa of more than two coders, and the greatest that they allow, are means of all pairs (Light); Scott's pi
    has two coders. `paradox` names the pairs whose kappa is low or high for how often the code was used rather than for
    how coders agree.
    """

    coefficients: dict[Name, float | None]
    pairs: tuple[PairCells, ...]

    @property
    def paradox(self) -> tuple[PairCells, ...]:
        """The pairs of which one cell drives kappa."""
        return tuple(pair for pair in self.pairs if drives(pair.cells) is not None)


def card(ratings: Ratings, coders: Sequence[str], *, of_units: bool = False) -> Card:
    """The card of a code's ratings; coders are named in the order of its columns.

    Of units that can be counted one by one, and not of the characters of stretches, alpha is that of the package
    krippendorff, from the matrix of all units: another program's answer to what the table of codes says.
    """
    pairs = tuple(_pairs(ratings, coders))
    weights = identity(ratings)
    found: dict[Name, float] = {
        "krippendorff_alpha": alpha_of_matrix(ratings)
        if of_units
        else alpha(ratings, distances(ratings, "nominal")).value,
        "percent_agreement": chance.percent_agreement(ratings, weights),
        "all_identical": chance.all_identical(ratings),
        "holsti": _mean([pair.cells.positive_agreement for pair in pairs]),
        "cohen_kappa": chance.light(ratings, weights),
        "cohen_kappa_max": _mean([pair.cells.cohen_most for pair in pairs]),
        "scott_pi": chance.corrected(_both(ratings), weights, "fleiss").value if len(coders) == 2 else nan,
        "fleiss_kappa": chance.corrected(ratings, weights, "fleiss").value,
        "conger_kappa": chance.corrected(ratings, weights, "conger").value,
        "brennan_prediger": chance.corrected(ratings, weights, "brennan_prediger").value,
        "gwet_ac1": chance.corrected(ratings, weights, "gwet").value,
        "positive_agreement": _share(ratings, 1),
        "negative_agreement": _share(ratings, 0),
    }
    return Card({name: None if isnan(value) else value for name, value in found.items()}, pairs)


def _both(ratings: Ratings) -> Ratings:
    return ratings.of_raters((0, 1))


def _pairs(ratings: Ratings, coders: Sequence[str]) -> Iterator[PairCells]:
    for first, second in combinations(range(len(coders)), 2):
        pair = ratings.of_raters((first, second))
        if len(pair.given):
            one, other = pair.given[:, 0] == 1, pair.given[:, 1] == 1
            where = (one & other, one & ~other, ~one & other, ~one & ~other)
            yield PairCells(
                coders[first], coders[second], TwoByTwo(*(float(pair.weight[cell].sum()) for cell in where))
            )


def _share(ratings: Ratings, value: int) -> float:
    """Of pairs of values of which one is this, how many agree: for two coders 2a / (2a + b + c)."""
    rated = ratings.where(ratings.pairable)
    given = (rated.given == value).sum(axis=1)
    others = (rated.given != MISSING).sum(axis=1) - given
    split = rated.weight @ (given * others / np.maximum(given + others - 1, 1)) if len(given) else 0.0
    whole = float(rated.weight @ given) if len(given) else 0.0
    return (whole - float(split)) / whole if whole else nan


def _mean(values: Sequence[float]) -> float:
    defined = [value for value in values if not isnan(value)]
    return sum(defined) / len(defined) if defined else nan


type Cell = Literal["both", "first", "second", "neither"]

_CELLS: Final[tuple[Cell, ...]] = ("both", "first", "second", "neither")


def drives(cells: TwoByTwo) -> Cell | None:
    """The cell that makes kappa and percent agreement differ; None where they tell one story.

    With one value far more often than the other, kappa hangs on the few units of the other; with one coder marking far
    more than the other, on those that this coder alone marked.
    """
    if not cells.whole:
        return None
    if abs(cells.bias_index) > BIASED:
        return "first" if cells.bias_index > 0 else "second"
    if abs(cells.prevalence_index) > PREVALENT:
        return "neither" if cells.prevalence_index < 0 else "both"
    return None
