"""A lane for each coding, so that stripes beside the text never cross, and keep their place when codings change."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qcode.text.ranges import Range


class Lanes:
    """Puts each range in the lowest lane that is free over its whole length; who has a lane keeps it."""

    __slots__ = ("_lane_of", "_lanes")

    def __init__(self) -> None:
        self._lanes: list[list[Range]] = []
        self._lane_of: dict[str, tuple[int, Range]] = {}

    def __getitem__(self, key: str) -> int:
        return self._lane_of[key][0]

    def __contains__(self, key: str) -> bool:
        return key in self._lane_of

    @property
    def count(self) -> int:
        """How many lanes are in use."""
        return len(self._lanes)

    def change(self, gone: Iterable[str], come: Iterable[tuple[str, Range]]) -> None:
        """Take some ranges away and put others in, the earlier and longer first; one that comes back keeps its lane."""
        wished = {key: self._take(key) for key in gone if key in self._lane_of}
        for key, span in sorted(come, key=lambda item: (item[1][0], -item[1][1], item[0])):
            self._put(key, span, wished.get(key))
        while self._lanes and not self._lanes[-1]:
            self._lanes.pop()

    def _take(self, key: str) -> int:
        lane, span = self._lane_of.pop(key)
        row = self._lanes[lane]
        del row[bisect_left(row, span)]
        return lane

    def _put(self, key: str, span: Range, wished: int | None) -> None:
        if wished is not None and _first_free([self._lanes[wished]], span) == 0:
            lane = wished
        else:
            lane = _first_free(self._lanes, span)
        if lane == len(self._lanes):
            self._lanes.append([])
        insort(self._lanes[lane], span)
        self._lane_of[key] = (lane, span)


def _first_free(lanes: Sequence[list[Range]], span: Range) -> int:
    """The first lane in which nothing overlaps a range, or their number; the ranges in a lane are sorted and apart."""
    start, end = span
    for number, row in enumerate(lanes):
        place = bisect_left(row, span)
        if (not place or row[place - 1][1] <= start) and (place == len(row) or end <= row[place][0]):
            return number
    return len(lanes)
