"""Edits between two states of a text, and where a range of one is in the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from qcode.text.comparing import Differing, differing, trimmed

_WORDS = re.compile(r"\w+")
_PARTS = re.compile(r"\w+|\s+|[^\w\s]")
_FEW = 400


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
    """The edits that turn one text into another, with `at` added to their places.

    Words that stay are found first; what stands between them is then compared with its spaces and signs.
    """
    edits: list[Edit] = []
    for i1, i2, j1, j2 in _between(before, after):
        edits += _compared(before[i1:i2], after[j1:j2], i1 + at)
    return edits


def _between(before: str, after: str) -> Iterator[tuple[int, int, int, int]]:
    """The places in both texts, between words that stay, where they say something else."""
    old, new = ([found.span() for found in _WORDS.finditer(text)] for text in (before, after))
    past_old = past_new = 0
    for i, j in _staying([before[a:b] for a, b in old], [after[a:b] for a, b in new]):
        if before[past_old : old[i][0]] != after[past_new : new[j][0]]:
            yield past_old, old[i][0], past_new, new[j][0]
        past_old, past_new = old[i][1], new[j][1]
    if before[past_old:] != after[past_new:]:
        yield past_old, len(before), past_new, len(after)


def _staying(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The words that stay, by their numbers in both texts."""
    i = j = 0
    for i1, i2, j1, j2 in differing(old, new):
        yield from zip(range(i, i1), range(j, j1), strict=True)
        i, j = i2, j2
    yield from zip(range(i, len(old)), range(j, len(new)), strict=True)


def _compared(before: str, after: str, at: int) -> list[Edit]:
    """The edits between two stretches that begin at `at`; long ones with no word in common are one edit."""
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    whole = Differing(0, len(old), 0, len(new))
    found = differing(old, new) if len(old) * len(new) <= _FEW else [trimmed(old, new, whole)]
    old_at, new_at = _offsets(old, at), _offsets(new, 0)
    return [Edit(old_at[i1], old_at[i2], new_at[j2] - new_at[j1]) for i1, i2, j1, j2 in found]


def through(maps: Iterable[OffsetMap], start: int, end: int) -> Placed:
    """A range taken through several maps, one after another."""
    altered = False
    for one in maps:
        start, end, touched = one.place(start, end)
        altered = altered or touched
    return Placed(start, end, altered)


def _offsets(words: Sequence[str], start: int) -> list[int]:
    return [start, *(start + length for length in accumulate(map(len, words)))]
