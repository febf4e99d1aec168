"""Selecting by units of talk: a sentence grows to its turn and on to question and answer, and back."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qcode.text.ranges import Range
    from qcode.text.values import AnyTurn


class Selected(NamedTuple):
    """A selection with its direction: it stays put at `anchor` and the caret is at `caret`."""

    anchor: int
    caret: int

    @property
    def range(self) -> Range:
        """The selection from left to right."""
        return min(self), max(self)


class UnitSelection:
    """Remembers by which kind of unit is being selected; every answer is the selection to show next.

    The levels are sentences, turns, and exchanges (a question with all that is said until the next question). A text
    without turns has only sentences, one without sentences uses its paragraphs. Units are looked at when the first is
    selected.
    """

    def __init__(
        self,
        sentences: Sequence[Range],
        turns: Sequence[AnyTurn],
        paragraphs: Callable[[], Sequence[Range]] = tuple,
    ) -> None:
        self._sentences, self._turns, self._paragraphs = sentences, turns, paragraphs
        self._level: int | None = None
        self._fixed = self._moving = self._origin = 0

    @property
    def active(self) -> bool:
        """Whether the arrow keys move by units now."""
        return self._level is not None

    @cached_property
    def _levels(self) -> list[list[Range]]:
        sentences = sorted(self._sentences or self._paragraphs())
        spoken = [(turn.start, turn.end) for turn in self._turns if turn.start < turn.end]
        return [units for units in (sentences, spoken, exchanges(self._turns)) if units]

    @cached_property
    def _starts(self) -> list[list[int]]:
        return [[start for start, _ in units] for units in self._levels]

    def leave(self) -> None:
        """Select by units no longer."""
        self._level = None

    def grow(self, selected: Range, caret: int) -> Selected | None:
        """The smallest unit around the selection that is larger, of a higher level than now; None at the top."""
        first = 0 if self._level is None else self._level + 1
        if self._level is None:
            self._origin = caret if selected[0] <= caret < selected[1] else selected[0]
        for level in range(first, len(self._levels)):
            cover = self._cover(level, selected)
            if cover[1] - cover[0] > selected[1] - selected[0]:
                return self._enter(level, cover)
        return None

    def shrink(self) -> Selected | None:
        """The unit of the level below at the place where growing began; below the lowest, the caret alone."""
        if self._level is None:
            return None
        if self._level == 0:
            self._level = None
            return Selected(self._origin, self._origin)
        level = self._level - 1
        return self._enter(level, self._levels[level][self._index(level, self._origin)])

    def move(self, step: int, caret: int, *, extend: bool) -> Selected | None:
        """The next or previous unit, or with `extend` the selection with its moving end one unit further."""
        if not self._levels:
            return None
        if self._level is None:
            self._level = 0
            self._fixed = self._moving = self._index(0, caret)
        units = self._levels[self._level]
        self._moving = min(max(self._moving + step, 0), len(units) - 1)
        if not extend:
            self._fixed = self._moving
            self._origin = units[self._moving][0]
        return self._selected()

    def _enter(self, level: int, cover: Range) -> Selected:
        self._level = level
        self._fixed = self._index(level, cover[0])
        self._moving = max(self._fixed, self._index(level, cover[1] - 1))
        return self._selected()

    def _selected(self) -> Selected:
        units = self._levels[self._level or 0]
        if self._moving >= self._fixed:
            return Selected(units[self._fixed][0], units[self._moving][1])
        return Selected(units[self._fixed][1], units[self._moving][0])

    def _cover(self, level: int, selected: Range) -> Range:
        units = self._levels[level]
        first = self._index(level, selected[0])
        last = max(first, self._index(level, max(selected[0], selected[1] - 1)))
        return units[first][0], units[last][1]

    def _index(self, level: int, position: int) -> int:
        """The unit that holds a position, or the one before it; the first for a position ahead of all."""
        return max(bisect_right(self._starts[level], position) - 1, 0)


def exchanges(turns: Sequence[AnyTurn]) -> list[Range]:
    """Questions with their answers: from an interviewer's turn to the end of what is said before the next one.

    Interviewers' turns that follow each other are one question. Empty where nobody interviews.
    """
    if not any(turn.role == "interviewer" for turn in turns):
        return []
    found: list[Range] = []
    answered = True
    for turn in turns:
        asks = turn.role == "interviewer"
        if not found or (asks and answered):
            found.append((turn.start, turn.end))
        else:
            found[-1] = (found[-1][0], turn.end)
        answered = not asks and (answered or turn.role != "event")
    return [(start, end) for start, end in found if start < end]
