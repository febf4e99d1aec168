"""What of a text may be coded: assigned parts of it, without what is excluded, and perhaps only segments cut before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from qcode.text.ranges import Range, trim, union

type Hindrance = Literal["not a part", "excluded", "no segment"]
"""Why a passage cannot be coded."""


@dataclass(frozen=True)
class Codable:
    """What one coder may code of a text in one round.

    `parts` is None where the whole text was assigned, `segments` where any passage may be coded. Spaces between two
    ranges that meet count to both, since passages have none at their ends.
    """

    text: str
    parts: tuple[Range, ...] | None = None
    excluded: tuple[Range, ...] = ()
    segments: tuple[Range, ...] | None = None

    def hindrance(self, start: int, end: int) -> Hindrance | None:
        """Why `[start, end)` cannot be coded just so; None if it can.

        It must lie within an assigned part, have something that is not excluded, and be a segment where the text has
        been cut. Nothing but spaces is no passage, and nothing hinders it. Raises ValueError outside the text.
        """
        place = trim(self.text, start, end)
        if place is None:
            return None
        if self.parts is not None and not self._within(self._own, *place):
            return "not a part"
        if self._within(self._left_out, *place):
            return "excluded"
        if self.segments is not None and place not in self._places:
            return "no segment"
        return None

    def codable(self, start: int, end: int) -> bool:
        """Whether `[start, end)` can be coded just so."""
        return self.hindrance(start, end) is None

    def snapped(self, start: int, end: int) -> list[Range]:
        """The passages that a selection stands for: itself, or the segments it touches; a caret touches one."""
        if self.segments is None:
            return [(start, end)]
        last = max(end, start + 1)
        first = bisect_right(self.own_segments, start, key=_end)
        return list(self.own_segments[first : bisect_left(self.own_segments, last, first, key=_start)])

    def hindrance_of_snapping(self, start: int, end: int) -> Hindrance | None:
        """Why a selection stands for nothing that can be coded; None if it does."""
        if self.segments is None:
            return self.hindrance(start, end)
        if self.snapped(start, end):
            return None
        touched = Codable(self.text, segments=self.segments).snapped(start, end)
        return next((found for place in touched if (found := self.hindrance(*place))), "no segment")

    @cached_property
    def own_segments(self) -> tuple[Range, ...]:
        """The segments within the assigned parts that are not excluded, in order."""
        if self.parts is None and not self.excluded:
            return self.segments or ()
        free = Codable(self.text, self.parts, self.excluded)
        return tuple(place for place in self.segments or () if free.codable(*place))

    @cached_property
    def out_of_play(self) -> tuple[Range, ...]:
        """What cannot be coded at all: what is no part, and what is excluded; apart, in order, without outer spaces."""
        outside = () if self.parts is None else gaps(self._own, 0, len(self.text))
        return tuple(found for place in union([*outside, *self._left_out]) if (found := trim(self.text, *place)))

    @cached_property
    def _own(self) -> list[Range]:
        return union(self.parts or ())

    @cached_property
    def _left_out(self) -> list[Range]:
        return union(self.excluded)

    @cached_property
    def _places(self) -> frozenset[Range]:
        return frozenset(self.segments or ())

    def _within(self, ranges: Sequence[Range], start: int, end: int) -> bool:
        """Whether nothing but spaces of `[start, end)` is outside these ranges."""
        return all(self.text[first:last].isspace() for first, last in gaps(ranges, start, end))


def gaps(ranges: Sequence[Range], start: int, end: int) -> Iterator[Range]:
    """What of `[start, end)` is in none of these ranges, which are in order and apart."""
    first, last = bisect_right(ranges, start, key=_end), bisect_left(ranges, end, key=_start)
    edges = [(start, start), *ranges[first:last], (end, end)]
    for (_, before), (after, _) in pairwise(edges):
        if before < after:
            yield before, after


def without(place: Range, ranges: Iterable[Range], text: str) -> Iterator[Range]:
    """The pieces of a range that remain without some ranges, trimmed; those without a letter or digit are dropped."""
    for start, end in gaps(union(ranges), *place):
        piece = trim(text, start, end)
        if piece is not None and any(map(str.isalnum, text[slice(*piece)])):
            yield piece


def apart(ranges: Iterable[Range], text: str) -> Iterator[tuple[int, Range]]:
    """Ranges in order, each with its place among those given, without what the ones before them hold.

    A correction that reaches over an edge takes both sides with it; of ranges that so overlap the first has it.
    """
    past = 0
    for (start, end), index in sorted((place, index) for index, place in enumerate(ranges)):
        rest: Range | None = (start, end)
        if start < past:
            rest = trim(text, past, end) if past < end else None
        if start < end and rest is not None:
            yield index, rest
            past = rest[1]


def _start(place: Range) -> int:
    return place[0]


def _end(place: Range) -> int:
    return place[1]
