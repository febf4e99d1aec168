"""Units that hold a set of codes for each coder: distances between sets, and multi-valued alpha.

Krippendorff & Craggs, "The reliability of multi-valued coding of data" (2016). An empty set is a value: the
coder looked and found nothing.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement
from math import nan
from typing import TYPE_CHECKING, Literal

import numpy as np

from qcode.agreement.coincidences import Alpha, coincidences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qcode.agreement.counts import Floats
    from qcode.agreement.ratings import Ratings

type Codes = frozenset[str]
type Distance = Literal["exact_set", "jaccard", "dice", "masi", "passonneau2004"]


def distance_table(ratings: Ratings, distance: Distance) -> Floats:
    """The distances between the sets that are the categories; of two empty sets 0, of an empty and another one 1."""
    measure = _MEASURES[distance]
    sets: list[Codes] = list(ratings.categories)  # type: ignore[arg-type]  # whoever asks has sets
    table = np.zeros((len(sets), len(sets)))
    for (row, one), (column, other) in combinations_with_replacement(enumerate(sets), 2):
        table[row, column] = table[column, row] = measure(one, other) if one or other else 0.0
    return table


def _jaccard(one: Codes, other: Codes) -> float:
    return 1 - len(one & other) / len(one | other)


def _dice(one: Codes, other: Codes) -> float:
    return 1 - 2 * len(one & other) / (len(one) + len(other))


def _masi(one: Codes, other: Codes) -> float:
    """1 - J * M with M 1 for equal sets, 2/3 for a subset, 1/3 for an overlap, 0 apart (Passonneau 2006)."""
    return 1 - len(one & other) / len(one | other) * (1 - _passonneau(one, other))


def _passonneau(one: Codes, other: Codes) -> float:
    """0 for equal sets, 1/3 for a subset, 2/3 for an overlap, 1 apart (Passonneau 2004); the empty set is a subset."""
    if one == other:
        return 0.0
    if one <= other or other <= one:
        return 1 / 3
    return 2 / 3 if one & other else 1.0


_MEASURES: Mapping[Distance, Callable[[Codes, Codes], float]] = {
    "exact_set": lambda one, other: float(one != other),
    "jaccard": _jaccard,
    "dice": _dice,
    "masi": _masi,
    "passonneau2004": _passonneau,
}


def multi_valued_alpha(ratings: Ratings) -> Alpha:
    """Multi-valued alpha of sets.

    What chance brings is the mean Dice distance of sets drawn with their sizes as they were given and their codes as
    often as they were given, never one value with itself; a generating function counts the pairs of sets by the sizes
    of both and of what they share.
    """
    met = coincidences(ratings)
    totals = met.sum(axis=1)
    n = float(totals.sum())
    if n < 2:
        return Alpha(nan, nan, nan, "no_pairable_units")
    sets: list[Codes] = list(ratings.categories)  # type: ignore[arg-type]  # whoever asks has sets
    observed = float((met * distance_table(ratings, "dice")).sum()) / n
    sizes = np.bincount([len(codes) for codes in sets], totals / n)
    expected = expected_apart(sizes, _occurrences(sets, totals))
    if expected <= 0:
        return Alpha(nan, observed, expected, "no_variation")
    return Alpha(1 - observed / expected, observed, expected, "ok")


def _occurrences(sets: Iterable[Codes], totals: Floats) -> list[float]:
    """How often each code was given."""
    found: Counter[str] = Counter()
    for codes, times in zip(sets, totals, strict=True):
        for code in codes:
            found[code] += float(times)  # type: ignore[assignment]  # times may be parts
    return [float(times) for times in found.values() if times > 0]


def expected_apart(sizes: Floats, occurrences: Sequence[float]) -> float:
    """The mean Dice distance that chance brings: `sizes` are the shares of sets of 0, 1, 2, ... codes.

    `occurrences` says how often each code was given that was given at all.
    """
    most = int(np.flatnonzero(sizes > 0).max(initial=0))
    ways = _ways(occurrences, most)
    apart = 0.0
    for one, share in enumerate(sizes[: most + 1]):
        for other, other_share in enumerate(sizes[: most + 1]):
            apart += float(share * other_share) * _mean_distance(ways[one, other], one + other)
    return apart


def _ways(occurrences: Sequence[float], most: int) -> Floats:
    """(size, size, shared): the pairs of sets of these sizes that share so many codes, by how often codes were given.

    The coefficients of the product over codes, given n times, of 1 + n x + n y + n (n - 1) x y z.
    """
    ways = np.zeros((most + 1, most + 1, most + 1))
    ways[0, 0, 0] = 1.0
    scale = max(occurrences, default=1.0)
    for times in occurrences:
        # Sizes alone matter, within which all products have one power of the scale.
        one, both = times / scale, times * (times - 1) / scale**2
        grown = ways.copy()
        grown[1:] += one * ways[:-1]
        grown[:, 1:] += one * ways[:, :-1]
        grown[1:, 1:, 1:] += both * ways[:-1, :-1, :-1]
        ways = grown
    return ways


def _mean_distance(ways: Floats, sizes: int) -> float:
    """The mean Dice distance of pairs of sets whose sizes add up to this."""
    whole = float(ways.sum())
    if not sizes or not whole:
        return 0.0
    return float((ways * (1 - 2 * np.arange(len(ways)) / sizes)).sum()) / whole
