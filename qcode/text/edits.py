"""Edits between two states of a text, and where a range of one is in the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from qcode.text.comparing import differing

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


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
    return [Edit(old_at[i1], old_at[i2], new_at[j2] - new_at[j1]) for i1, i2, j1, j2 in differing(old, new)]


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
