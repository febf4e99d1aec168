"""Ranges as they are written down: a flat list of numbers, read when the first of them is looked at."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import overload

from qcode.text.ranges import Range


def written(ranges: Iterable[Range]) -> str:
    """Ranges as text: the positions one after the other, in brackets."""
    return json.dumps([position for span in ranges for position in span], separators=(",", ":"))


class WrittenRanges(Sequence[Range]):
    """The ranges of a text that `written` made: a long transcript has tens of thousands of sentences, often unread."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def positions(self) -> array[int]:
        """Starts and ends in turn, as 64-bit numbers; raises ValueError for half a range."""
        found = array("q", json.loads(self._text))
        if len(found) % 2:
            raise ValueError("the last range has no end")
        return found

    @cached_property
    def _ranges(self) -> tuple[Range, ...]:
        return tuple(zip(self.positions[::2], self.positions[1::2], strict=True))

    @overload
    def __getitem__(self, index: int) -> Range: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Range, ...]: ...

    def __getitem__(self, index: int | slice) -> Range | tuple[Range, ...]:
        return self._ranges[index]

    def __len__(self) -> int:
        return len(self.positions) // 2

    def __eq__(self, other: object) -> bool:
        if isinstance(other, WrittenRanges):
            return self is other or self._text == other._text
        return self._ranges == other

    def __hash__(self) -> int:
        return hash(self._ranges)
