"""Soft tints under coded text, and a thin patterned line for each code below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qcode.text.flatten import diff

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from qcode.text.flatten import Stretch
    from qcode.text.ranges import Range
    from qcode.text.values import AnyCoding
    from qcode.ui.text.codings import DrawnCodings
    from qcode.ui.text.geometry import Paragraph, Sheet
    from qcode.ui.text.page import Page

LINE_LANES = 3
_KEPT = 400


class Mark(NamedTuple):
    """One piece of highlighted text on one row: tints from the outermost code inwards, and lines with their lanes.

    A tuple, as a screen is full of them and each coding that comes makes them anew.
    """

    row_top: float
    left: float
    right: float
    round_left: bool
    round_right: bool
    slots: tuple[int, ...]
    lines: tuple[tuple[int, int], ...]


def marks_of(sheet: Sheet, paragraph: Paragraph, stretches: Sequence[Stretch[AnyCoding]]) -> list[Mark]:
    """What is drawn in a paragraph; codings of several coders with one code are drawn once."""
    lanes = _line_lanes(stretches)
    marks: list[Mark] = []
    for index, stretch in enumerate(stretches):
        opens = index == 0 or stretches[index - 1].end < stretch.start
        closes = index + 1 == len(stretches) or stretch.end < stretches[index + 1].start
        codes = {coding.code: coding.colour for coding in stretch.active}
        slots = tuple(codes.values())
        lines = tuple((lanes[index][code], slot) for code, slot in codes.items() if lanes[index][code] < LINE_LANES)
        marks += [
            Mark(piece.row_top, piece.left, piece.right, opens and piece.first, closes and piece.last, slots, lines)
            for piece in sheet.pieces(paragraph, (stretch.start, stretch.end))
        ]
    return marks


def _line_lanes(stretches: Sequence[Stretch[AnyCoding]]) -> list[dict[str, int]]:
    """For each stretch the lane of each code's line: a code keeps it as far as it goes on, longer ones go above."""
    lanes: list[dict[str, int]] = []
    held: dict[str, int] = {}
    end = -1
    for stretch in stretches:
        codes = list(dict.fromkeys(coding.code for coding in stretch.active))
        held = {code: lane for code, lane in held.items() if code in codes} if stretch.start == end else {}
        for code in codes:
            if code not in held:
                held[code] = _lowest(held.values())
        lanes.append(dict(held))
        end = stretch.end
    return lanes


def _lowest(taken: Iterable[int]) -> int:
    used, number = set(taken), 0
    while number in used:
        number += 1
    return number


class Highlights:
    """The marks of the paragraphs that were looked at, made anew only where codings or rows changed."""

    __slots__ = ("_codings", "_marks", "_page", "_stretches")

    def __init__(self, page: Page, codings: DrawnCodings) -> None:
        self._page = page
        self._codings = codings
        self._stretches: dict[int, list[Stretch[AnyCoding]]] = {}
        self._marks: dict[int, list[Mark]] = {}

    def marks(self, sheet: Sheet, paragraph: Paragraph) -> list[Mark]:
        """What is drawn in a paragraph, with heights counted from its top."""
        marks = self._marks.get(paragraph.number)
        if marks is None:
            stretches = self._stretches.get(paragraph.number)
            if stretches is None:
                stretches = self._codings.stretches(paragraph.start, paragraph.end)
                self._stretches[paragraph.number] = stretches
            marks = self._marks[paragraph.number] = marks_of(sheet, paragraph, stretches)
        return marks

    def forget_places(self) -> None:
        """Rows have moved: marks are drawn elsewhere, with the same codings."""
        self._marks.clear()

    def changed(self, ranges: Sequence[Range]) -> set[int]:
        """The known paragraphs in which codings changed, once their stretches are compared; forgets their marks."""
        changed = set()
        for number, stretches in self._stretches.items():
            start, end = self._page.paragraph(number)
            if any(first < end and start < last for first, last in ranges):
                fresh = self._codings.stretches(start, end)
                if diff(stretches, fresh):
                    changed.add(number)
                    self._marks.pop(number, None)
                self._stretches[number] = fresh
        return changed

    def keep_only(self, numbers: Container[int]) -> None:
        """Forget all paragraphs but these, once there are many."""
        if len(self._stretches) > _KEPT:
            self._stretches = {number: kept for number, kept in self._stretches.items() if number in numbers}
            self._marks = {number: kept for number, kept in self._marks.items() if number in numbers}
