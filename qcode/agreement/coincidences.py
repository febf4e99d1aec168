"""Krippendorff's alpha of values of any kind, from how often values meet within units.

Krippendorff, "Computing Krippendorff's alpha-reliability" (2011). What is not defined is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np

from qcode.agreement.ratings import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qcode.agreement.counts import Floats
    from qcode.agreement.ratings import Ratings
    from qcode.agreement.values import Status

type Level = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha with the disagreement that was observed and that which chance would bring."""

    value: float
    observed: float
    expected: float
    status: Status


def coincidences(ratings: Ratings) -> Floats:
    """(value, value): how often two raters gave these to one unit, each unit counting as many times as it has raters.

    Units with one rater say nothing.
    """
    counts, raters = ratings.counts[ratings.pairable], ratings.raters[ratings.pairable]
    scaled = counts * (ratings.weight[ratings.pairable] / (raters - 1))[:, None]
    met: Floats = scaled.T @ counts
    return met - np.diag(scaled.sum(axis=0))


def alpha(ratings: Ratings, distance: Floats) -> Alpha:
    """Alpha with squared distances between the categories."""
    met = coincidences(ratings)
    totals = met.sum(axis=1)
    n = float(totals.sum())
    if n < 2:
        return Alpha(nan, nan, nan, "no_pairable_units")
    observed = float((met * distance).sum()) / n
    expected = float(totals @ distance @ totals) / (n * (n - 1))
    if expected <= 0:
        return Alpha(nan, observed, expected, "no_variation")
    return Alpha(1 - observed / expected, observed, expected, "ok")


def alpha_of_matrix(ratings: Ratings) -> float:
    """Nominal alpha as the package krippendorff computes it from all units, one by one; NaN where it is not defined.

    Ratings weigh as many units as they stand for, which are as many rows of its matrix.
    """
    import krippendorff

    rated = ratings.where(ratings.pairable)
    counts = np.repeat(rated.counts.astype(np.int64), rated.weight.astype(np.int64), axis=0)
    if (counts.sum(axis=0) > 0).sum() < 2:
        return nan
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def distances(ratings: Ratings, level: Level) -> Floats:
    """The squared distances between the categories at a level of measurement; raises ValueError for what is no number.

    Ordinal distances follow from how often the values between two were given to units with two raters.
    """
    return _LEVELS[level](ratings)


def tabled(ratings: Ratings, table: Mapping[tuple[object, object], float]) -> Floats:
    """Distances that somebody named for pairs of values, in either order; of those not named, 0 or 1."""
    return np.array(
        [[_named(one, other, table) for other in ratings.categories] for one in ratings.categories], dtype=np.float64
    ).reshape(len(ratings.categories), -1)


def _named(one: object, other: object, table: Mapping[tuple[object, object], float]) -> float:
    return table.get((one, other), table.get((other, one), float(one != other)))


def _nominal(ratings: Ratings) -> Floats:
    return 1 - np.eye(len(ratings.categories))


def _ordinal(ratings: Ratings) -> Floats:
    numbers(ratings)
    totals = coincidences(ratings).sum(axis=1)
    upto = np.cumsum(totals)
    between = upto[None, :] - upto[:, None] + totals[:, None] - (totals[:, None] + totals[None, :]) / 2
    upper = np.triu(between, 1)
    return (upper + upper.T) ** 2


def _interval(ratings: Ratings) -> Floats:
    values = numbers(ratings)
    return (values[:, None] - values[None, :]) ** 2


def _ratio(ratings: Ratings) -> Floats:
    values = numbers(ratings)
    total = values[:, None] + values[None, :]
    return np.divide(values[:, None] - values[None, :], total, out=np.zeros(total.shape), where=total != 0) ** 2


_LEVELS: Mapping[Level, Callable[[Ratings], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def nominal_error(ratings: Ratings) -> float:
    """The standard error of nominal alpha, with units that are independent of each other (Gwet 2014)."""
    rated = ratings.where(ratings.pairable)
    n = float(rated.weight.sum())
    if n <= 1:
        return nan
    mean = float(rated.weight @ rated.raters / n)
    shares = rated.weight @ rated.counts / (n * mean)
    by_unit = (rated.counts * (rated.counts - 1)).sum(axis=1) / (mean * (rated.raters - 1))
    centre, chance = float(rated.weight @ by_unit / n), float((shares**2).sum())
    if chance == 1:
        return nan
    plain = (centre - chance) / (1 - chance)
    extent = (rated.raters - mean) / mean
    own_chance = rated.counts @ shares / mean - chance * extent
    parts = (by_unit - centre * extent - chance - 2 * (1 - plain) * (own_chance - chance)) / (1 - chance)
    return sqrt(float((rated.weight * (parts - plain) ** 2).sum()) / (n * (n - 1)))
