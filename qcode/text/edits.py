"""Edits between two states of a text, and where a range of one is in the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_COMPARABLE = 250_000

type _Stretches = tuple[int, int, int, int]


class Edit(NamedTuple):
    """`[start, end)` of the text before became `length` code points of the text after; it holds no words."""

    start: int
    end: int
    length: int


class Placed(NamedTuple):
    """A range in the text after; `altered` says whether what it holds was edited."""

    start: int
    end: int
    altered: bool


class OffsetMap:
    """Takes ranges from the text before to the text after.

    An edge inside an edit snaps outward, so that a range never loses characters that were not edited; text inserted
    right at an edge stays outside.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        self._edits = list(edits)
        self._shift = [0, *accumulate(edit.length - (edit.end - edit.start) for edit in edits)]

    def place(self, start: int, end: int) -> Placed:
        """Where `[start, end)` is in the text after."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        altered = any(_touches(edit, start, end) for edit in self._edits[max(0, first - 1) : last + 1])
        placed_start, placed_end = self._start(start), self._end(end)
        return Placed(placed_start, max(placed_start, placed_end), altered)

    def _start(self, position: int) -> int:
        index = bisect_right(self._ends, position)
        if index < len(self._edits) and self._starts[index] < position:
            position = self._starts[index]
        return position + self._shift[index]

    def _end(self, position: int) -> int:
        index = bisect_left(self._starts, position)
        if index and self._ends[index - 1] > position:
            position = self._ends[index - 1]
        return position + self._shift[index]

    def inverse(self) -> OffsetMap:
        """The map from the text after to the text before."""
        return OffsetMap(
            [
                Edit(edit.start + shift, edit.start + shift + edit.length, edit.end - edit.start)
                for edit, shift in zip(self._edits, self._shift, strict=False)
            ]
        )


def _touches(edit: Edit, start: int, end: int) -> bool:
    if edit.start == edit.end:
        return start < edit.start < end
    return edit.start < end and start < edit.end


def edits_between(before: str, after: str, *, at: int = 0) -> list[Edit]:
    """The edits that turn one text into another, word by word, with `at` added to their places."""
    prefix = _shared_prefix(before, after)
    suffix = _shared_prefix(before[prefix:][::-1], after[prefix:][::-1])
    old = _WORDS.findall(before[prefix : len(before) - suffix])
    new = _WORDS.findall(after[prefix : len(after) - suffix])
    old_at, new_at = _offsets(old, prefix + at), _offsets(new, 0)
    return [Edit(old_at[i1], old_at[i2], new_at[j2] - new_at[j1]) for i1, i2, j1, j2 in _replaced(old, new)]


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[_Stretches]:
    """Which stretches of the words before became which of the words after.

    Comparing takes time by the product of both lengths. Where that is large, words that occur once before and once
    after hold the two together, and only what lies between them is compared; with nothing to hold on to, all of it
    is one stretch.
    """
    if len(old) * len(new) <= _COMPARABLE:
        return _compared(old, new)
    found: list[_Stretches] = []
    i1 = j1 = 0
    time_left = _COMPARABLE
    for i2, j2 in [*_held(old, new), (len(old), len(new))]:
        before, after = old[i1:i2], new[j1:j2]
        time_left -= len(before) * len(after)
        inside = _compared(before, after) if time_left > 0 else [(0, len(before), 0, len(after))]
        found += [(i1 + a, i1 + b, j1 + c, j1 + d) for a, b, c, d in inside]
        i1, j1 = i2 + 1, j2 + 1
    return [(i1, i2, j1, j2) for i1, i2, j1, j2 in found if (i1, j1) != (i2, j2)]


def _compared(old: Sequence[str], new: Sequence[str]) -> list[_Stretches]:
    compared = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in compared if tag != "equal"]


def _held(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand that occur once on either side: the longest run of them that is in the same order on both."""
    places = {word: place for place, word in enumerate(new)}
    often = {word for words in (old, new) for word, count in Counter(words).items() if count > 1}
    pairs = [(place, places[word]) for place, word in enumerate(old) if word in places and word not in often]
    ends: list[int] = []
    best: list[int] = []
    came_from: list[int | None] = []
    for number, (_place, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        ends[length : length + 1] = [there]
        best[length : length + 1] = [number]
        came_from.append(best[length - 1] if length else None)
    run: list[tuple[int, int]] = []
    step = best[-1] if best else None
    while step is not None:
        run.append(pairs[step])
        step = came_from[step]
    return run[::-1]


def through(maps: Iterable[OffsetMap], start: int, end: int) -> Placed:
    """A range taken through several maps, one after another."""
    altered = False
    for one in maps:
        start, end, touched = one.place(start, end)
        altered = altered or touched
    return Placed(start, end, altered)


def _shared_prefix(first: str, second: str) -> int:
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[:middle] == second[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _offsets(words: Sequence[str], start: int) -> list[int]:
    return [start, *(start + length for length in accumulate(map(len, words)))]
