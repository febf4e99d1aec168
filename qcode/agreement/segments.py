"""Segments against segments: which passages of two coders are the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.agreement.counts import Floats

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs of segments by their places, and how many each coder has; of several documents, added up."""

    pairs: tuple[tuple[int, int], ...]
    first: int
    second: int

    @property
    def f1(self) -> float:
        """2M / (N1 + N2); NaN without any segment."""
        whole = self.first + self.second
        return 2 * len(self.pairs) / whole if whole else nan


def matched(one: Sequence[Span], other: Sequence[Span], *, least: float) -> Matched:
    """The most pairs of segments of which each has its partner alone, and of those the ones that overlap most.

    Two can be partners where what they share is at least this share of what they cover together (0 to 1, and more than
    nothing); with 1 they are the same.
    """
    pairs: list[tuple[int, int]] = []
    for rows, columns in _meeting(one, other):
        found = _assigned([one[row] for row in rows], [other[column] for column in columns], least)
        pairs += [(rows[row], columns[column]) for row, column in found]
    return Matched(tuple(sorted(pairs)), len(one), len(other))


def _meeting(one: Sequence[Span], other: Sequence[Span]) -> Iterator[tuple[list[int], list[int]]]:
    """The segments of both that hang together by overlapping, by their places: no other two can be partners."""
    every = [(*span, 0, place) for place, span in enumerate(one)] + [
        (*span, 1, place) for place, span in enumerate(other)
    ]
    held: tuple[list[int], list[int]] = ([], [])
    reach = -1
    for start, end, side, place in sorted(every):
        if start >= reach:
            if held[0] and held[1]:
                yield held
            held = ([], [])
        held[side].append(place)
        reach = max(reach, end)
    if held[0] and held[1]:
        yield held


def _assigned(one: Sequence[Span], other: Sequence[Span], least: float) -> list[tuple[int, int]]:
    if len(one) == len(other) == 1:  # as nearly always
        met = overlap_of(one[0], other[0])
        return [(0, 0)] if met > 0 and met >= least else []
    from scipy.optimize import linear_sum_assignment

    share = overlaps(one, other)
    feasible = (share >= least) & (share > 0)
    rows, columns = linear_sum_assignment(np.where(feasible, 1 + share / (1 + min(share.shape)), 0.0), maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if feasible[row, column]]


def overlap_of(one: Span, other: Span) -> float:
    """What two segments share, as a share of what they cover together."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (one[1] - one[0] + other[1] - other[0] - shared) if shared > 0 else 0.0


def overlaps(one: Sequence[Span], other: Sequence[Span]) -> Floats:
    """What each two segments share, as a share of what they cover together."""
    first, second = (np.array(spans, dtype=np.float64).reshape(-1, 2) for spans in (one, other))
    start = np.maximum(first[:, None, 0], second[None, :, 0])
    end = np.minimum(first[:, None, 1], second[None, :, 1])
    shared = np.maximum(end - start, 0)
    whole = (first[:, 1] - first[:, 0])[:, None] + (second[:, 1] - second[:, 0])[None, :] - shared
    share: Floats = np.divide(shared, whole, out=np.zeros(shared.shape), where=whole > 0)
    return share


def f1(documents: Sequence[tuple[Sequence[Span], Sequence[Span]]], *, least: float) -> float:
    """The F1 of two coders' segments over documents."""
    found = [matched(one, other, least=least) for one, other in documents]
    whole = sum(each.first + each.second for each in found)
    return 2 * sum(len(each.pairs) for each in found) / whole if whole else nan


type Valued = tuple[int, int, str]
type _Choice = tuple[int | None, ...]


def alignment_disorder(
    coders: Sequence[Sequence[Valued]], *, position: float = 1.0, category: float = 1.0, empty: float = 1.0
) -> float:
    """The least disorder of any alignment of several coders' units, as gamma measures it (Mathet and others 2015).

    Each alignment takes from each coder one unit or none; its disorder is the mean over pairs of coders of how far two
    units lie apart and differ, or of `empty` where one is missing. Exact; NaN without units.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    units = sum(len(each) for each in coders)
    if not units or len(coders) < 2:
        return nan
    chosen, costs = _alignments(coders, position, category, empty)
    offsets = np.cumsum([0, *(len(each) for each in coders)])
    holds = np.zeros((units, len(costs)))
    for column, places in enumerate(chosen):
        for coder, place in enumerate(places):
            if place is not None:
                holds[offsets[coder] + place, column] = 1
    best = milp(costs, constraints=LinearConstraint(holds, 1, 1), bounds=Bounds(0, 1), integrality=np.ones(len(costs)))
    return float(best.fun) / (units / len(coders))


def _alignments(
    coders: Sequence[Sequence[Valued]], position: float, category: float, empty: float
) -> tuple[list[_Choice], list[float]]:
    """Every choice of a unit or none from each coder, with its disorder, save those that cost more than apart."""
    pairs = len(coders) * (len(coders) - 1) / 2
    found: list[tuple[_Choice, float]] = [((), 0.0)]
    for number, units in enumerate(coders):
        grown = [
            ((*places, place), cost + _added(coders, places, units, place, position, category, empty))
            for places, cost in found
            for place in (None, *range(len(units)))
        ]
        later = len(coders) - number - 1
        found = [each for each in grown if each[1] <= (_units_in(each[0]) + later) * pairs * empty]
    kept = [(places, cost / pairs) for places, cost in found if _units_in(places)]
    return [places for places, _cost in kept], [cost for _places, cost in kept]


def _units_in(places: _Choice) -> int:
    return sum(place is not None for place in places)


def _added(
    coders: Sequence[Sequence[Valued]],
    places: _Choice,
    units: Sequence[Valued],
    place: int | None,
    position: float,
    category: float,
    empty: float,
) -> float:
    """What one more coder's unit, or none, adds to the pairs of an alignment."""
    return sum(
        _apart(coders[before], where, units, place, position, category, empty) for before, where in enumerate(places)
    )


def _apart(
    one: Sequence[Valued],
    first: int | None,
    other: Sequence[Valued],
    second: int | None,
    position: float,
    category: float,
    empty: float,
) -> float:
    if first is None or second is None:
        return empty
    (start, end, value), (begin, finish, named) = one[first], other[second]
    distance = (abs(start - begin) + abs(end - finish)) / ((end - start) + (finish - begin))
    return (position * distance**2 + category * (value != named)) * empty
