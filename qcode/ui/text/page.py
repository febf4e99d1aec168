"""What is known of a text apart from how it looks: its paragraphs, its turns, and its positions in Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import lt
from typing import TYPE_CHECKING

from qcode.ui import utf16

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.text.ranges import Range
    from qcode.text.values import AnyTurn


class Page:
    """One text with its turns; paragraphs are counted as Qt counts its blocks.

    Making one reads the text a few times over but does nothing by turn or paragraph: those are found when asked for.
    """

    __slots__ = ("_speech_ends", "_speech_starts", "_starts", "positions", "shown", "text", "turns")

    def __init__(self, text: str = "", turns: Iterable[AnyTurn] = ()) -> None:
        self.text = text
        self.shown = utf16.displayable(text)
        self.positions = utf16.QtPositions(self.shown)
        self.turns = tuple(turns)
        self._speech_starts = [turn.start for turn in self.turns]
        if not all(map(lt, self._speech_starts, self._speech_starts[1:])):  # a transcript has its turns in order
            self.turns = tuple(sorted(self.turns, key=lambda turn: (turn.start, turn.end)))
            self._speech_starts = [turn.start for turn in self.turns]
        self._speech_ends = sorted([turn.end for turn in self.turns])
        before = accumulate(map(len, self.shown.split("\n")), initial=0)
        self._starts = [letters + newlines for newlines, letters in enumerate(before)]

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

    def line_end(self, position: int) -> int:
        """Where the paragraph that holds a position ends, without its newline."""
        return self._starts[min(bisect_right(self._starts, position), self.paragraph_count)] - 1

    def turn_starting_in(self, number: int) -> AnyTurn | None:
        """The first turn that begins in a paragraph."""
        index = bisect_left(self._speech_starts, self._starts[number])
        begins = index < len(self.turns) and self.paragraph_at(self._speech_starts[index]) == number
        return self.turns[index] if begins else None

    def turn_ends_in(self, number: int) -> bool:
        """Whether a turn ends in a paragraph."""
        index = bisect_left(self._speech_ends, self._starts[number])
        return index < len(self._speech_ends) and self.paragraph_at(self._speech_ends[index]) == number

    def turn_at(self, position: int) -> AnyTurn | None:
        """The turn that holds a position or ends at it; None between turns and outside of them."""
        index = bisect_right(self._speech_starts, position) - 1
        if index < 0 or position > self.turns[index].end:
            return None
        return self.turns[index]
