"""Where a quote begins and ends when it takes in the turn beside it, or leaves one out again."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.text.ranges import Range, trim
from qcode.text.values import Turn


def with_turn_before(text: str, turns: Sequence[Turn], place: Range) -> Range | None:
    """The quote with the rest of its first turn, or with the whole turn before; None at the beginning."""
    starts = [turn.start for turn in turns if turn.start < place[0] and text[turn.start : turn.end].strip()]
    return (starts[-1], place[1]) if starts else None


def with_turn_behind(text: str, turns: Sequence[Turn], place: Range) -> Range | None:
    """The quote with the rest of its last turn, or with the whole turn behind; None at the end."""
    ends = [turn.end for turn in turns if turn.end > place[1] and text[turn.start : turn.end].strip()]
    return (place[0], ends[0]) if ends else None


def without_first_turn(text: str, turns: Sequence[Turn], place: Range) -> Range | None:
    """The quote from its second turn on; None where it has but one."""
    starts = [turn.start for turn in turns if place[0] < turn.start < place[1]]
    return trim(text, starts[0], place[1]) if starts else None


def without_last_turn(text: str, turns: Sequence[Turn], place: Range) -> Range | None:
    """The quote to the end of its last turn but one; None where it has but one."""
    ends = [turn.end for turn in turns if place[0] < turn.end < place[1]]
    return trim(text, place[0], ends[-1]) if ends else None
