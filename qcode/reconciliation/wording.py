"""Passages compared by the words they hold, so that a space, a comma or half a word more or less is no difference."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Final

from qcode.text.ranges import trim, union
from qcode.text.words import LATIN, blocks_of, mark_class, sign_class, unspaced_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qcode.text.ranges import Range

_REACH: Final = 200
"""How far back the beginning of a word is looked for: longer ones are cut."""


class Ruler:
    """Lays ranges of a text on its words: a word belongs to a range if its middle does.

    An emoji, or a letter of a script without spaces, is a word by itself. Words whose middle is excluded do not count.
    """

    def __init__(self, text: str, excluded: Iterable[Range] = ()) -> None:
        self._text, self._excluded = text, union(excluded)
        self._pattern = _pattern(LATIN if text.isascii() else blocks_of(text))

    def measured(self, start: int, end: int) -> Range | None:
        """From the first word of a range to its last; where it has the middle of none, the one that it touches.

        What is nothing but punctuation stays as it is. None of what is excluded.
        """
        first = next((word for word in self._counted(start) if sum(word) >= 2 * start), None)
        if first is not None and sum(first) <= 2 * end:
            return first[0], self._last(first, end)[1]
        touched = [word for word in self._words(start, end) if word[0] < end and start < word[1]]
        if touched:
            return None if self._is_excluded(touched[0]) else touched[0]
        return None if self._is_excluded((start, end)) else trim(self._text, start, end)

    def count(self, ranges: Iterable[Range]) -> int:
        """How many words there are in ranges that begin and end with words."""
        if not self._excluded:
            return sum(len(self._pattern.findall(self._text, start, end)) for start, end in ranges)
        words = (found.span() for place in ranges for found in self._pattern.finditer(self._text, *place))
        return sum(not self._is_excluded(word) for word in words)

    def _last(self, first: Range, end: int) -> Range:
        """The last word whose middle is before the end, given one that is."""
        reach = end
        while reach > first[1]:
            found = [word for word in self._words(reach, end) if sum(word) <= 2 * end and not self._is_excluded(word)]
            if found:
                return found[-1]
            reach = self._before(reach) - 1
        return first

    def _counted(self, start: int) -> Iterator[Range]:
        return (word for word in self._words(start) if not self._is_excluded(word))

    def _words(self, start: int, end: int | None = None) -> Iterator[Range]:
        """The words from the one on that a place is in, as far as the one that the end is in."""
        for found in self._pattern.finditer(self._text, self._before(start)):
            if end is not None and found.start() >= end:
                return
            yield found.span()

    def _before(self, place: int) -> int:
        """Where something begins at or before a place that no word reaches into."""
        floor = max(0, place - _REACH)
        return max(floor, self._text.rfind(" ", floor, place) + 1, self._text.rfind("\n", floor, place) + 1)

    def _is_excluded(self, word: Range) -> bool:
        if not self._excluded:
            return False
        middle = sum(word)
        found = bisect_right(self._excluded, middle, key=lambda one: 2 * one[0]) - 1
        return found >= 0 and middle <= 2 * self._excluded[found][1]


@cache
def _pattern(blocks: frozenset[int]) -> re.Pattern[str]:
    alone, marks, signs = unspaced_class(blocks), mark_class(blocks - LATIN), sign_class(blocks - LATIN)
    letter = f"(?:[^\\W{alone}]|[{marks}])" if marks else f"[^\\W{alone}]"
    single = f"|[{alone}{signs}]" if alone or signs else ""
    return re.compile(f"{letter}+(?:['’]{letter}+)*{single}")
