"""Which stretches of one list of words became which of another, quickly for long texts and for hostile ones."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from operator import eq
from typing import NamedTuple

_COMPARABLE = 250_000
_ALTOGETHER = 8 * _COMPARABLE
_RUNS = 12, 4, 1
_DEEPEST = 8


class Differing(NamedTuple):
    """`[old_start, old_end)` of the words before became `[new_start, new_end)` of the words after."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def differing(old: Sequence[str], new: Sequence[str]) -> list[Differing]:
    """The stretches in which two lists of words differ, in order.

    Comparing takes time by the product of both lengths. Where that is large, runs of words that occur once before and
    once after hold the two together (as in Cohen's patience diff), and only what lies between them is compared; with
    nothing to hold on to, or when too much was compared already, it is one stretch.
    """
    found: list[Differing] = []
    time_left = _ALTOGETHER
    waiting = [(Differing(0, len(old), 0, len(new)), 0)]
    while waiting:
        gap, depth = waiting.pop()
        gap = trimmed(old, new, gap)
        pairs = (gap.old_end - gap.old_start) * (gap.new_end - gap.new_start)
        if not pairs:
            found += [gap] if gap.old_start < gap.old_end or gap.new_start < gap.new_end else []
        elif pairs <= _COMPARABLE and pairs <= time_left:
            time_left -= pairs
            found += _compared(old, new, gap)
        elif depth < _DEEPEST and (held := _held(old, new, gap)):
            waiting += [(part, depth + 1) for part in reversed(_between(gap, held))]
        else:
            found.append(gap)
    return found


def trimmed(old: Sequence[str], new: Sequence[str], gap: Differing) -> Differing:
    """A stretch without the words that both sides begin and end with."""
    i1, i2, j1, j2 = gap
    if old[i1:i2] == new[j1:j2]:
        return Differing(i2, i2, j2, j2)
    ahead = sum(takewhile(bool, map(eq, old[i1:i2], new[j1:j2])))
    i1, j1 = i1 + ahead, j1 + ahead
    behind = sum(takewhile(bool, map(eq, reversed(old[i1:i2]), reversed(new[j1:j2]))))
    return Differing(i1, i2 - behind, j1, j2 - behind)


def _compared(old: Sequence[str], new: Sequence[str], gap: Differing) -> list[Differing]:
    i1, i2, j1, j2 = gap
    compared = SequenceMatcher(None, old[i1:i2], new[j1:j2], autojunk=False).get_opcodes()
    return [Differing(i1 + a, i1 + b, j1 + c, j1 + d) for tag, a, b, c, d in compared if tag != "equal"]


def _held(old: Sequence[str], new: Sequence[str], gap: Differing) -> list[tuple[int, int]]:
    """Where long runs of words begin that occur once on either side; shorter runs where there are no long ones."""
    for length in _RUNS:
        before = _runs(old[gap.old_start : gap.old_end], length)
        after = _runs(new[gap.new_start : gap.new_end], length)
        if held := _in_order(before, after):
            places = [(gap.old_start + place, gap.new_start + there) for place, there in held]
            return [(place, there) for place, there in places if old[place] == new[there]]
    return []


def _runs(words: Sequence[str], length: int) -> list[int]:
    """The run that begins at each word, as its hash: the runs themselves would take ten times the room."""
    return list(map(hash, zip(*(words[ahead:] for ahead in range(length)), strict=False)))


def _in_order(before: Sequence[int], after: Sequence[int]) -> list[tuple[int, int]]:
    """Of what occurs once on either side, the longest row that is in the same order on both."""
    places = {run: place for place, run in enumerate(after)}
    often = {run for runs in (before, after) for run, count in Counter(runs).items() if count > 1}
    pairs = [(place, places[run]) for place, run in enumerate(before) if run in places and run not in often]
    ends: list[int] = []
    best: list[int] = []
    came_from: list[int | None] = []
    for number, (_place, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        ends[length : length + 1] = [there]
        best[length : length + 1] = [number]
        came_from.append(best[length - 1] if length else None)
    row: list[tuple[int, int]] = []
    step = best[-1] if best else None
    while step is not None:
        row.append(pairs[step])
        step = came_from[step]
    return row[::-1]


def _between(gap: Differing, held: Sequence[tuple[int, int]]) -> list[Differing]:
    """What lies between words that are held together."""
    ends = [(gap.old_start - 1, gap.new_start - 1), *held, (gap.old_end, gap.new_end)]
    parts = [Differing(i + 1, i2, j + 1, j2) for (i, j), (i2, j2) in pairwise(ends)]
    return [part for part in parts if part.old_start < part.old_end or part.new_start < part.new_end]
