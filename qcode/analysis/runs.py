"""Sets of characters as runs: arrays of (start, end), in order, that neither overlap nor touch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

type Runs = NDArray[np.int64]
"""Of the shape (n, 2)."""
type Flags = NDArray[np.bool_]

NONE: Runs = np.zeros((0, 2), np.int64)


def runs_of(pairs: Iterable[tuple[int, int]]) -> Runs:
    """The characters that ranges cover, which may come in any order, overlap and be empty."""
    listed = np.array([pair for pair in pairs if pair[0] < pair[1]], np.int64).reshape(-1, 2)
    return union(listed)


def union(*several: Runs) -> Runs:
    """What is in any of them; each may have runs that overlap or touch."""
    joined = np.concatenate(several) if several else NONE
    if len(joined) < 2:
        return joined
    joined = joined[np.argsort(joined[:, 0], kind="stable")]
    reach = np.maximum.accumulate(joined[:, 1])
    apart = np.flatnonzero(joined[1:, 0] > reach[:-1])
    starts = joined[np.concatenate(([0], apart + 1)), 0]
    return np.column_stack((starts, reach[np.concatenate((apart, [len(joined) - 1]))]))


def both(first: Runs, second: Runs) -> Runs:
    """What is in both."""
    points, one, other = _swept(first, second)
    return _runs(points, one & other)


def minus(first: Runs, second: Runs) -> Runs:
    """What is in the first only."""
    if not len(second):
        return first
    points, one, other = _swept(first, second)
    return _runs(points, one & ~other)


def meeting(first: Runs, second: Runs) -> Flags:
    """Which runs of the first share a character with some run of the second."""
    if not len(second):
        return np.zeros(len(first), bool)
    at = np.searchsorted(second[:, 1], first[:, 0], "right")
    meets: Flags = (at < len(second)) & (second[np.minimum(at, len(second) - 1), 0] < first[:, 1])
    return meets


def inside(first: Runs, second: Runs) -> Flags:
    """Which runs of the first lie wholly in a run of the second."""
    if not len(second):
        return np.zeros(len(first), bool)
    at = np.searchsorted(second[:, 0], first[:, 0], "right") - 1
    lies: Flags = (at >= 0) & (second[np.maximum(at, 0), 1] >= first[:, 1])
    return lies


def holding(first: Runs, ranges: Runs) -> Flags:
    """Which runs of the first hold one of these ranges wholly; these are in order by start and by end alike."""
    if not len(ranges):
        return np.zeros(len(first), bool)
    at = np.searchsorted(ranges[:, 0], first[:, 0], "left")
    holds: Flags = (at < len(ranges)) & (ranges[np.minimum(at, len(ranges) - 1), 1] <= first[:, 1])
    return holds


def _swept(first: Runs, second: Runs) -> tuple[Runs, Flags, Flags]:
    """All places where something begins or ends, and what holds from each to the next."""
    points = np.union1d(first.ravel(), second.ravel())
    return points, _is_in(first, points), _is_in(second, points)


def _is_in(runs: Runs, points: Runs) -> Flags:
    return (np.searchsorted(runs.ravel(), points, "right") % 2).astype(bool)


def _runs(points: Runs, holds: Flags) -> Runs:
    """The runs over which something holds; after the last point nothing does."""
    return points[np.flatnonzero(np.diff(holds, prepend=False))].reshape(-1, 2)
