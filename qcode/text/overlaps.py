"""An index over ranges that answers which of them hold a position or touch a stretch of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FEW = 100


class Spanning(Protocol):
    """Anything that lies on a range of a text."""

    @property
    def start(self) -> int:
        """The first position inside."""

    @property
    def end(self) -> int:
        """The first position after it."""


class Overlaps[S: Spanning]:
    """Ranges in the order of their starts, found by the text they touch.

    A question costs two binary searches and a look at the ranges between the first that could still be open and the
    last that has begun.
    """

    __slots__ = ("_ends", "_reach", "_spans", "_starts")

    def __init__(self, spans: Iterable[S] = ()) -> None:
        self._sort(spans)

    def __len__(self) -> int:
        return len(self._spans)

    def touching(self, start: int, end: int) -> list[S]:
        """The ranges that share at least one character with [start, end), in the order of their starts."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end, first)
        return [span for span in self._spans[first:last] if max(start, span.start) < min(end, span.end)]

    def at(self, position: int) -> list[S]:
        """The ranges that hold the character at a position."""
        return self.touching(position, position + 1)

    def change(self, gone: Sequence[S], come: Sequence[S]) -> None:
        """Take ranges out and put others in; a few are moved one by one, many are sorted with the rest.

        Raises ValueError for a range to take out that is not in.
        """
        if len(gone) + len(come) > _FEW:
            left = set(gone)
            self._sort([span for span in self._spans if span not in left] + list(come))
            return
        for span in gone:
            place = self._spans.index(span, bisect_left(self._starts, span.start))
            del self._spans[place], self._starts[place], self._ends[place], self._reach[place]
            self._mend_reach(place)
        for span in come:
            place = bisect_right(self._starts, span.start)
            self._spans.insert(place, span)
            self._starts.insert(place, span.start)
            self._ends.insert(place, span.end)
            self._reach.insert(place, -1)
            self._mend_reach(place)

    def _mend_reach(self, place: int) -> None:
        """Find again how far the ranges reach, from a place on until it is as it was."""
        furthest = self._reach[place - 1] if place else -1
        for index in range(place, len(self._ends)):
            furthest = max(furthest, self._ends[index])
            if self._reach[index] == furthest:
                return
            self._reach[index] = furthest

    def _sort(self, spans: Iterable[S]) -> None:
        self._spans = sorted(spans, key=attrgetter("start"))
        self._starts = [span.start for span in self._spans]
        self._ends = [span.end for span in self._spans]
        self._reach = list(accumulate(self._ends, max))
