"""Units whose value is the set of all codes that a coder put on them, from the marks of a measurement.

Krippendorff & Craggs, "The reliability of multi-valued coding of data" (2016), and alpha with distances between sets.
The sums are kept by document, so that intervals can let documents vary.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from qcode.agreement.jackknife import intervals
from qcode.agreement.sets import expected_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from qcode.agreement.counts import Floats
    from qcode.agreement.marks import Bools, Ints, Layout, Marks
    from qcode.agreement.table import Measurement

type Measure = Literal["mvalpha", "jaccard", "masi", "dice", "exact_set"]

MEASURES: Final[tuple[Measure, ...]] = ("mvalpha", "jaccard", "masi", "dice", "exact_set")
_ROWS: Final = 512
"""How many sets are compared with all others at once."""


@dataclass(frozen=True, slots=True)
class SetAlpha:
    """An alpha of sets with its 95 % interval; NaN where it is not defined."""

    alpha: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SetAlphas:
    """The alphas of sets by measure, over so many units that two coders judged, in so many documents.

    `missing` names the (document, code) pairs where a coder did not know the code, which is left out for all there.
    """

    alphas: Mapping[Measure, SetAlpha]
    units: int
    documents: int
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ValuedUnits:
    """Stretches of units that every coder gave the same set: `given` is (stretch, coder), MISSING where not asked.

    `weight` is how many units each has, `owner` the place of its document; `members` is (set, code).
    """

    given: Ints
    weight: Floats
    owner: Ints
    members: Bools
    missing: tuple[tuple[str, str], ...] = ()

    @property
    def sizes(self) -> Ints:
        """How many codes each set has."""
        return self.members.sum(axis=1)

    def coded(self) -> ValuedUnits:
        """Only where somebody put a code."""
        size = np.append(self.sizes, 0)  # of what is missing, which has the place -1
        kept = (size[self.given] > 0).any(axis=1)
        return ValuedUnits(self.given[kept], self.weight[kept], self.owner[kept], self.members, self.missing)


_MISSING = -1


def valued_units(measured: Measurement) -> ValuedUnits:
    """The sets of all codes of a measurement; raises ValueError for units that are others for every code."""
    if measured.unit in ("merged", "document"):
        raise ValueError(f"there are no sets of codes by {measured.unit}")
    marks, layout = measured.marks, measured.layout
    block = marks.cell % len(layout.documents)
    order = np.argsort(block, kind="stable")
    bounds = np.searchsorted(block[order], np.arange(len(layout.documents) + 1))
    held, present, weights, owners, missing = [], [], [], [], []
    for place, length in enumerate(layout.lengths):
        judged = _judged(layout, place)
        if length and judged.sum() > 1:
            known = layout.present[judged][:, :, place].all(axis=0)
            own = marks.where(order[bounds[place] : bounds[place + 1]])
            sets, sizes = _sets(own, layout, int(length), known)
            held.append(sets)
            present.append(np.repeat(judged[None, :], len(sizes), axis=0))
            weights.append(sizes)
            owners.append(np.full(len(sizes), measured.owners[place]))
            missing += [
                (measured.documents[measured.owners[place]].document, layout.codes[c]) for c in np.flatnonzero(~known)
            ]
    if not held:
        none = np.zeros((0, len(layout.coders)), dtype=np.int64)
        return ValuedUnits(none, np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros((0, len(layout.codes)), dtype=bool))
    given, members = _numbered(np.concatenate(held), len(layout.codes))
    given[~np.concatenate(present)] = _MISSING
    return ValuedUnits(given, np.concatenate(weights), np.concatenate(owners), members, tuple(dict.fromkeys(missing)))


def _judged(layout: Layout, place: int) -> Bools:
    """Which coders count in a block: those who knew any of its codes."""
    judged: Bools = layout.present[:, :, place].any(axis=1)
    return judged


def _sets(marks: Marks, layout: Layout, length: int, known: Bools) -> tuple[NDArray[np.uint8], Floats]:
    """(stretch, coder, byte): the codes on each stretch, a bit for each, and how many units the stretch has."""
    edges = np.unique(np.concatenate([[0, length], marks.start, marks.end]))
    steps = np.zeros((len(edges), len(layout.coders), len(layout.codes)), dtype=np.int32)
    code = marks.cell // len(layout.documents)
    np.add.at(steps, (np.searchsorted(edges, marks.start), marks.coder, code), 1)
    np.subtract.at(steps, (np.searchsorted(edges, marks.end), marks.coder, code), 1)
    held = (np.cumsum(steps, axis=0)[:-1] > 0) & known
    return np.packbits(held, axis=2), np.diff(edges).astype(np.float64)


def _numbered(held: NDArray[np.uint8], codes: int) -> tuple[Ints, Bools]:
    """(stretch, coder): the number of the set, and (set, code): what it holds."""
    rows = held.reshape(-1, held.shape[2])
    sets, number = np.unique(rows, axis=0, return_inverse=True)
    return number.reshape(held.shape[:2]).astype(np.int64), np.unpackbits(sets, axis=1, count=codes).astype(bool)


# Alphas -----------------------------------------------------------------------------------------------------------


def set_alphas(units: ValuedUnits) -> SetAlphas:
    """Every alpha of sets, with intervals that let documents vary."""
    raters = (units.given != _MISSING).sum(axis=1)
    pairable = raters >= 2
    given, weight, owner = units.given[pairable], units.weight[pairable], units.owner[pairable]
    documents, place = np.unique(owner, return_inverse=True)
    totals = _totals(given, weight, place, len(units.members), len(documents))
    met = _Met.of(given, weight / np.maximum(raters[pairable] - 1, 1), place)
    alphas = {name: _alpha(name, units, met, totals) for name in MEASURES}
    return SetAlphas(alphas, int(weight.sum()), len(documents), units.missing)


@dataclass(frozen=True, slots=True)
class _Met:
    """Each two values that met within a unit: their numbers, how often as coincidences are counted, and where."""

    one: Ints
    other: Ints
    times: Floats
    place: Ints

    @classmethod
    def of(cls, given: Ints, weight: Floats, place: Ints) -> _Met:
        first, second = np.triu_indices(given.shape[1], 1)
        one, other = given[:, first].ravel(), given[:, second].ravel()
        times, where = (np.repeat(each, len(first)) for each in (2 * weight, place))
        both = (one != _MISSING) & (other != _MISSING)
        return cls(one[both], other[both], times[both], where[both])


def _totals(given: Ints, weight: Floats, place: Ints, sets: int, documents: int) -> Floats:
    """(set, document): how often each set was given in units with two values."""
    totals = np.zeros((sets, documents))
    for column in given.T:
        there = column != _MISSING
        np.add.at(totals, (column[there], place[there]), weight[there])
    return totals


def _alpha(name: Measure, units: ValuedUnits, met: _Met, totals: Floats) -> SetAlpha:
    """Of all documents, and by leaving out one at a time: the first column is that of all."""
    whole = totals.sum(axis=1, keepdims=True)
    left = np.concatenate([whole, whole - totals], axis=1)
    apart = np.bincount(met.place, met.times * _between(name, units, met), totals.shape[1])
    observed = np.concatenate([[apart.sum()], apart.sum() - apart])
    expected = _by_chance_of_sizes(units, left) if name == "mvalpha" else _by_chance(name, units.members, left)
    n = left.sum(axis=0)
    defined = (n >= 2) & (expected > 1e-12)
    share = np.divide(observed / np.maximum(n, 1), expected, out=np.full(len(n), np.nan), where=defined)
    if not len(share) or isnan(share[0]):
        return SetAlpha(nan, nan, nan)
    found = intervals(share[:1], share[None, 1:], np.ones((1, totals.shape[1]), dtype=bool))
    return SetAlpha(float(1 - share[0]), float(found.low[0]), float(found.high[0]))


def _between(name: Measure, units: ValuedUnits, met: _Met) -> Floats:
    """The distance of each two sets that met."""
    sizes, members = units.sizes, units.members
    shared = (members[met.one] & members[met.other]).sum(axis=1)
    return _DISTANCES[name](sizes[met.one], sizes[met.other], shared)


def _by_chance(name: Measure, members: Bools, left: Floats) -> Floats:
    """By column: the mean distance of two values that are drawn, never one with itself."""
    sizes, bits = members.sum(axis=1), members.astype(np.float64)
    apart = np.zeros(left.shape[1])
    for start in range(0, len(members), _ROWS):
        rows = slice(start, start + _ROWS)
        shared = bits[rows] @ bits.T
        distance = _DISTANCES[name](sizes[rows, None], sizes[None, :], shared)
        apart += (left[rows] * (distance @ left)).sum(axis=0)
    n = left.sum(axis=0)
    found: Floats = apart / np.maximum(n * (n - 1), 1)
    return found


def _by_chance_of_sizes(units: ValuedUnits, left: Floats) -> Floats:
    """By column: the mean Dice distance of sets drawn by size and code, as multi-valued alpha has it."""
    holds = units.sizes[None, :] == np.arange(units.sizes.max(initial=0) + 1)[:, None]
    shares = holds @ left / np.maximum(left.sum(axis=0), 1)
    occurrences = units.members.T @ left
    return np.array(
        [
            expected_apart(size, times[times > 1e-9].tolist())
            for size, times in zip(shares.T, occurrences.T, strict=True)
        ]
    )


# Distances: the sizes of two sets and how many codes they share; two empty sets are the same ------------------------


def _exact(one: Floats, other: Floats, shared: Floats) -> Floats:
    return np.asarray((one != other) | (shared != one), dtype=np.float64)


def _dice(one: Floats, other: Floats, shared: Floats) -> Floats:
    return _apart(2 * shared, one + other)


def _jaccard(one: Floats, other: Floats, shared: Floats) -> Floats:
    return _apart(shared, one + other - shared)


def _masi(one: Floats, other: Floats, shared: Floats) -> Floats:
    """1 - J * M with M 1 for equal sets, 2/3 for a subset, 1/3 for an overlap, 0 apart (Passonneau 2006)."""
    equal, within, met = (one == other) & (shared == one), shared == np.minimum(one, other), shared > 0
    worth = np.select([equal, within & met, met], [1.0, 2 / 3, 1 / 3], 0.0)
    found: Floats = np.where(one + other == 0, 0.0, 1 - (1 - _jaccard(one, other, shared)) * worth)
    return found


def _apart(part: Floats, whole: Floats) -> Floats:
    whole = np.asarray(whole, dtype=np.float64)
    found: Floats = 1 - np.divide(part, whole, out=np.ones(np.shape(whole)), where=whole > 0)
    return found


_DISTANCES: Final[Mapping[Measure, Callable[[Any, Any, Any], Floats]]] = {
    "mvalpha": _dice,
    "jaccard": _jaccard,
    "masi": _masi,
    "dice": _dice,
    "exact_set": _exact,
}
