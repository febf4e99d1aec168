"""What is known of a text apart from how it looks: its paragraphs, its turns, and its positions in Qt."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from qcode.ui import utf16

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.text.ranges import Range
    from qcode.text.values import AnyTurn


class Page:
    """One text with its turns; paragraphs are counted as Qt counts its blocks."""

    __slots__ = ("_speech_starts", "_starts", "positions", "shown", "text", "turn_ends", "turn_starts", "turns")

    def __init__(self, text: str = "", turns: Iterable[AnyTurn] = ()) -> None:
        self.text = text
        self.shown = utf16.displayable(text)
        self.positions = utf16.QtPositions(self.shown)
        self.turns = tuple(sorted(turns, key=lambda turn: (turn.start, turn.end)))
        self._speech_starts = [turn.start for turn in self.turns]
        self._starts = [0, *accumulate(len(line) + 1 for line in self.shown.split("\n"))]
        self.turn_starts = {self.paragraph_at(turn.start): turn for turn in reversed(self.turns)}
        self.turn_ends = frozenset(self.paragraph_at(turn.end) for turn in self.turns)

    @property
    def paragraph_count(self) -> int:
        """How many paragraphs there are; an empty text has one."""
        return len(self._starts) - 1

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph that holds a position; its closing newline belongs to it."""
        return min(bisect_right(self._starts, position), self.paragraph_count) - 1

    def paragraph(self, number: int) -> Range:
        """The range of a paragraph without its newline."""
        return self._starts[number], self._starts[number + 1] - 1

    def turn_at(self, position: int) -> AnyTurn | None:
        """The turn that holds a position or ends at it; None between turns and outside of them."""
        index = bisect_right(self._speech_starts, position) - 1
        if index < 0 or position > self.turns[index].end:
            return None
        return self.turns[index]
