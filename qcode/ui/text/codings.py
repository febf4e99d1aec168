"""The codings of the text on show: found by place, kept in lanes, compared when a new set arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.text.flatten import Stretch, flatten
from qcode.text.overlaps import Overlaps
from qcode.text.ranges import union
from qcode.ui.text.lanes import Lanes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.text.ranges import Range
    from qcode.text.values import AnyCoding
    from qcode.ui.text.page import Page

_ROW = 75


class DrawnCodings:
    """All codings of a page; those that lie outside its text or hold nothing are not drawn."""

    __slots__ = ("_by_id", "_overlaps", "_page", "lanes")

    def __init__(self, page: Page) -> None:
        self._page = page
        self._by_id: dict[str, AnyCoding] = {}
        self._overlaps: Overlaps[AnyCoding] = Overlaps()
        self.lanes = Lanes()

    def __getitem__(self, key: str) -> AnyCoding:
        return self._by_id[key]

    def __contains__(self, key: str) -> bool:
        return key in self._by_id

    def replace(self, codings: Iterable[AnyCoding]) -> list[Range]:
        """Take a new set of codings, and tell the ranges of text where the drawing may differ from before."""
        old, new = self._by_id, {coding.id: coding for coding in codings}
        come = [coding for key, coding in new.items() if (known := old.get(key)) is not coding and known != coding]
        return self.change(old.keys() - new.keys(), come)

    def change(self, gone: Iterable[str], come: Iterable[AnyCoding]) -> list[Range]:
        """Take some codings out by their ids, and put others in, also in place of those with their ids."""
        length = len(self._page.text)
        held = [coding for coding in come if 0 <= coding.start < coding.end <= length]
        leaving = dict.fromkeys([*gone, *(coding.id for coding in held)])
        left = [self._by_id.pop(key) for key in leaving if key in self._by_id]
        if left or held:
            self._by_id.update((coding.id, coding) for coding in held)
            self._overlaps.change(left, held)
            self.lanes.change([coding.id for coding in left], [(coding.id, self._lane_span(coding)) for coding in held])
        return union((coding.start, coding.end) for coding in (*left, *held))

    def touching(self, start: int, end: int) -> list[AnyCoding]:
        """The codings that share text with [start, end), in the order of their starts."""
        return self._overlaps.touching(start, end)

    def at(self, position: int) -> tuple[AnyCoding, ...]:
        """All codings of the character at a position, longest first."""
        found = self._overlaps.at(position)
        return tuple(sorted(found, key=lambda coding: (coding.start - coding.end, coding.start)))

    def stretches(self, start: int, end: int) -> list[Stretch[AnyCoding]]:
        """The text from start to end as stretches with the codings active on them."""
        touching = self._overlaps.touching(start, end)
        return flatten([(coding.start, coding.end, coding) for coding in touching], within=(start, end))

    def _lane_span(self, coding: AnyCoding) -> Range:
        """The range a stripe needs for itself: two codings that may end up on one row cannot share a lane."""
        end = coding.end
        return coding.start, max(end, min(self._page.line_end(end - 1), end + _ROW))
