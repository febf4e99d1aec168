"""Passages counted in words, so that a space, a comma or half a word more or less makes no difference."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from qcode.text.ranges import union
from qcode.text.words import LATIN, blocks_of, mark_class, sign_class, unspaced_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qcode.text.ranges import Range


def words_of(text: str) -> list[Range]:
    """Where the words of a text are; an emoji, or a letter of a script without spaces, is one by itself."""
    return [match.span() for match in _pattern(blocks_of(text)).finditer(text)]


@cache
def _pattern(blocks: frozenset[int]) -> re.Pattern[str]:
    alone, marks, signs = unspaced_class(blocks), mark_class(blocks - LATIN), sign_class(blocks - LATIN)
    letter = f"(?:[^\\W{alone}]|[{marks}])" if marks else f"[^\\W{alone}]"
    single = f"|[{alone}{signs}]" if alone or signs else ""
    return re.compile(f"{letter}+(?:['’]{letter}+)*{single}")


class Ruler:
    """Counts in words: a word belongs to a range if its middle does.

    Words whose middle is excluded are not counted.
    """

    def __init__(self, words: Iterable[Range], excluded: Iterable[Range] = ()) -> None:
        out = union(excluded)
        self._words = [word for word in words if not out or not _holds(out, word)]
        self._middles = [start + end for start, end in self._words]

    def measured(self, start: int, end: int) -> Range | None:
        """The words of a range, by their numbers, half-open; of one that has no middle of any, one that it touches.

        None where it touches none.
        """
        first, last = bisect_left(self._middles, 2 * start), bisect_right(self._middles, 2 * end)
        if first < last:
            return first, last
        touched = [one for one in (first - 1, first) if self._touches(one, start, end)]
        return (touched[0], touched[0] + 1) if touched else None

    def _touches(self, number: int, start: int, end: int) -> bool:
        if not 0 <= number < len(self._words):
            return False
        first, last = self._words[number]
        return first < end and start < last


def _holds(ranges: Sequence[Range], word: Range) -> bool:
    """Whether the middle of a word lies in one of these ranges, which are sorted and apart."""
    middle = word[0] + word[1]
    found = bisect_right(ranges, middle, key=lambda one: 2 * one[0]) - 1
    return found >= 0 and middle <= 2 * ranges[found][1]
