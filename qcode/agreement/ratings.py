"""Values that raters gave to units, of whatever kind: a table from which every coefficient is computed.

A unit may weigh more than one: a stretch of text in which nobody's marks begin or end is one unit that weighs as many
characters as it has.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.agreement.counts import Floats
    from qcode.agreement.marks import Bools, Ints

MISSING = -1


@dataclass(frozen=True)
class Ratings:
    """`given` is (unit, rater): the place of the value among the categories, or MISSING; `weight` is by unit.

    Without `raters_known`, the columns of different units are different people: only coefficients that do not ask who
    gave a value mean something.
    """

    categories: tuple[Hashable, ...]
    given: Ints
    weight: Floats
    raters_known: bool = True

    @classmethod
    def of(cls, units: Sequence[Sequence[Hashable | None]], declared: Iterable[Hashable] = ()) -> Ratings:
        """The ratings of units, each with its raters' values, None where one is missing; `declared` may be unused."""
        known = {value for unit in units for value in unit if value is not None} | set(declared)
        categories = tuple(sorted(known, key=_order))
        place = {value: number for number, value in enumerate(categories)} | {None: MISSING}
        width = max((len(unit) for unit in units), default=0)
        rows = [[place[value] for value in unit] + [MISSING] * (width - len(unit)) for unit in units]
        given = np.array(rows, dtype=np.int64).reshape(len(units), width)
        return cls(categories, given, np.ones(len(units)), all(len(unit) == width for unit in units))

    @cached_property
    def counts(self) -> Floats:
        """(unit, category): how many raters gave the value."""
        given = [(self.given == number).sum(axis=1) for number in range(len(self.categories))]
        counts: Floats = np.array(given, dtype=np.float64).reshape(len(given), len(self.given)).T
        return counts

    @cached_property
    def raters(self) -> Floats:
        """By unit: how many raters gave a value."""
        raters: Floats = (self.given != MISSING).sum(axis=1).astype(np.float64)
        return raters

    @cached_property
    def pairable(self) -> Bools:
        """By unit: whether two raters gave a value."""
        return self.raters >= 2

    def where(self, kept: Bools) -> Ratings:
        """The ratings of some units."""
        return Ratings(self.categories, self.given[kept], self.weight[kept], self.raters_known)

    def of_raters(self, raters: Sequence[int]) -> Ratings:
        """The ratings of some raters, on the units that all of them rated."""
        given = self.given[:, list(raters)]
        both = (given != MISSING).all(axis=1)
        return Ratings(self.categories, given[both], self.weight[both])

    def pairs(self) -> Iterator[Ratings]:
        """The ratings of every two raters who rated a unit both."""
        for two in combinations(range(self.given.shape[1]), 2):
            pair = self.of_raters(two)
            if len(pair.given):
                yield pair

    def apart(self, category: int) -> Ratings:
        """The same ratings as one category against all others."""
        given = np.where(self.given == MISSING, MISSING, (self.given == category).astype(np.int64))
        return Ratings((0, 1), given, self.weight, self.raters_known)


def _order(value: Hashable) -> tuple[int, float, str]:
    """Numbers by size, everything else by its name."""
    number = isinstance(value, int | float)
    return (0, float(value), "") if number else (1, 0.0, str(value))  # type: ignore[arg-type]  # it is a number then


# Weights ----------------------------------------------------------------------------------------------------------


def identity(ratings: Ratings) -> Floats:
    """Only equal values agree."""
    return np.eye(len(ratings.categories))


def quadratic(ratings: Ratings) -> Floats:
    """Values agree by the square of how near they are, relative to the widest distance; for numbers."""
    values = numbers(ratings)
    distance = (values[:, None] - values[None, :]) ** 2
    return 1 - distance / distance.max(initial=1e-300)


def numbers(ratings: Ratings) -> Floats:
    """The categories as numbers; raises ValueError where they are none."""
    if not all(isinstance(value, int | float) for value in ratings.categories):
        raise ValueError("the categories are no numbers")
    return np.array(ratings.categories, dtype=np.float64)
