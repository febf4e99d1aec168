"""Overlapping ranges made flat: stretches of text, each with the ranges that are active on all of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qcode.text.ranges import Range


_FOR_EVER = 2**62


class Stretch[K](NamedTuple):
    """The longest [start, end) on which the same ranges are active; `active` holds their keys, longest range first."""

    start: int
    end: int
    active: tuple[K, ...]


def flatten[K](ranges: Iterable[tuple[int, int, K]], within: Range | None = None) -> list[Stretch[K]]:
    """Sorted stretches that together say, for every position, the keys of the ranges that hold it.

    Equally long ranges stand in the order of their starts, then as given; a position that no range holds lies in no
    stretch; empty ranges vanish. With `within`, only that part of the text is told, yet ranks stay those of the whole
    ranges. Takes n log n steps for n ranges, and one for each key that it returns.
    """
    if within is None:
        return _sweep(sorted([item for item in ranges if item[0] < item[1]], key=_rank))
    low, high = within
    ranked = sorted([item for item in ranges if max(item[0], low) < min(item[1], high)], key=_rank)
    return _sweep([(max(start, low), min(end, high), key) for start, end, key in ranked])


def _rank(item: tuple[int, int, object]) -> Range:
    return item[0] - item[1], item[0]


def _sweep[K](ranked: Sequence[tuple[int, int, K]]) -> list[Stretch[K]]:
    """Walk over the edges from left to right, keeping the ranks of the active ranges sorted."""
    edges = [(start, 1, rank) for rank, (start, _, _) in enumerate(ranked)]
    edges += [(end, 0, rank) for rank, (_, end, _) in enumerate(ranked)]
    edges.sort()
    keys = [key for _, _, key in ranked]
    stretches: list[Stretch[K]] = []
    active: list[int] = []
    last = 0
    for position, opens, rank in edges:
        if active and position > last:
            _extend(stretches, last, position, tuple([keys[held] for held in active]))
        last = position
        if opens:
            insort(active, rank)
        else:
            del active[bisect_left(active, rank)]
    return stretches


def _extend[K](stretches: list[Stretch[K]], start: int, end: int, active: tuple[K, ...]) -> None:
    """Add a stretch, or lengthen the last one where the same key goes on in another range."""
    if stretches and stretches[-1].end == start and stretches[-1].active == active:
        start = stretches.pop().start
    stretches.append(Stretch(start, end, active))


def diff[K](old: Sequence[Stretch[K]], new: Sequence[Stretch[K]]) -> list[Range]:
    """The ranges, sorted and apart, on which two flattenings of one text have different active keys."""
    old, new = _unlike(old, new)
    changed: list[Range] = []
    nothing: tuple[K, ...] = ()
    at_old = at_new = position = 0
    while at_old < len(old) or at_new < len(new):
        here_old, until_old = _state(old, at_old, position, nothing)
        here_new, until_new = _state(new, at_new, position, nothing)
        until = min(until_old, until_new)
        if here_old != here_new:
            if changed and changed[-1][1] == position:
                changed[-1] = (changed[-1][0], until)
            else:
                changed.append((position, until))
        position = until
        at_old += at_old < len(old) and old[at_old].end <= position
        at_new += at_new < len(new) and new[at_new].end <= position
    return changed


def _unlike[K](
    old: Sequence[Stretch[K]], new: Sequence[Stretch[K]]
) -> tuple[Sequence[Stretch[K]], Sequence[Stretch[K]]]:
    """Both without what they share at the beginning and at the end: one coding changes little of a long text."""
    shorter = min(len(old), len(new))
    first = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    left = shorter - first
    last = next((index for index in range(left) if old[-1 - index] != new[-1 - index]), left)
    return old[first : len(old) - last], new[first : len(new) - last]


def _state[K](
    stretches: Sequence[Stretch[K]], index: int, position: int, nothing: tuple[K, ...]
) -> tuple[tuple[K, ...], int]:
    """What is active at a position, and up to where; past the last stretch nothing is, for ever."""
    if index == len(stretches):
        return nothing, _FOR_EVER
    stretch = stretches[index]
    return (nothing, stretch.start) if position < stretch.start else (stretch.active, stretch.end)
