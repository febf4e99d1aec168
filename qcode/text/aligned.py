"""Two texts side by side: which turns of a translation say what which turns of the original say.

Turns go by their numbers, from 0. Nothing here knows their words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from qcode.text.ranges import Range

type Language = Literal["original", "translation"]


class Pair(NamedTuple):
    """Half-open ranges of turns that stand beside each other; an empty one says that there is no counterpart."""

    original: Range
    translation: Range

    @property
    def linked(self) -> bool:
        """Whether there is something on either side."""
        return self.original[0] < self.original[1] and self.translation[0] < self.translation[1]

    def on(self, language: Language) -> Range:
        """The turns of one language."""
        return self.original if language == "original" else self.translation


def lines(links: Iterable[Pair], originals: int, translations: int) -> list[Pair]:
    """The links in order with all that is linked to nothing between them, turn by turn: first of the original."""
    out: list[Pair] = []
    at, there = 0, 0
    for original, translation in [*links, Pair((originals, originals), (translations, translations))]:
        out += [Pair((turn, turn + 1), (there, there)) for turn in range(at, original[0])]
        at = original[1]
        out += [Pair((original[0], original[0]), (turn, turn + 1)) for turn in range(there, translation[0])]
        there = translation[1]
        if original[0] < original[1]:
            out.append(Pair(original, translation))
    return out


def linked(links: Iterable[Pair], original: Range, translation: Range) -> list[Pair]:
    """The links after these turns were linked: others keep what lies wholly before or wholly behind on both sides."""
    before: list[Pair] = []
    behind: list[Pair] = []
    for one in links:
        ahead = Pair(_until(one.original, original[0]), _until(one.translation, translation[0]))
        after = Pair(_since(one.original, original[1]), _since(one.translation, translation[1]))
        before += [ahead] if ahead.linked else []
        behind += [after] if after.linked else []
    return [*before, Pair(original, translation), *behind]


def unlinked(links: Iterable[Pair], original: Range, translation: Range) -> list[Pair]:
    """The links without those that hold any of these turns."""
    return [one for one in links if not (_meet(one.original, original) or _meet(one.translation, translation))]


def shifted(
    links: Iterable[Pair], originals: int, translations: int, language: Language, turn: int, by: Literal[1, -1]
) -> list[Pair]:
    """The links after one side was moved by a line, from the line that holds a turn to the end.

    Down (1) leaves nothing beside what the line stood with; up (-1) joins the line to what stands above it. The first
    line cannot go up: the links come back as they are.
    """
    before = lines(links, originals, translations)
    left, right = [pair.original for pair in before], [pair.translation for pair in before]
    moved = left if language == "original" else right
    line = next(number for number, cell in enumerate(moved) if cell[0] <= turn < cell[1])
    if by == 1:
        moved.insert(line, (moved[line][0], moved[line][0]))
    elif line:
        moved[line - 1 : line + 1] = [(moved[line - 1][0], moved[line][1])]
    nothing = (0, 0)
    pairs = (Pair(cell, other) for cell, other in zip_longest(left, right, fillvalue=nothing))
    return [pair for pair in pairs if pair.linked]


def settled(links: Iterable[Pair]) -> list[Pair]:
    """Links in order that share no turn: those that share one become one, and of those that cross the most stay.

    Links made by one person are settled already; those of two copies that became one may not be.
    """
    out: list[Pair] = []
    for one in _in_order(sorted(links)):
        if out and (_meet(out[-1].original, one.original) or _meet(out[-1].translation, one.translation)):
            out[-1] = Pair(_both(out[-1].original, one.original), _both(out[-1].translation, one.translation))
        else:
            out.append(one)
    return out


def held(turns: Sequence[Range], places: Sequence[Range]) -> list[Range | None]:
    """The numbers of the turns that each place in the text holds, None for none.

    A turn goes to the place that covers most of it, or to all that cover as much; turns are in order.
    """
    starts, ends = [turn[0] for turn in turns], [turn[1] for turn in turns]
    most: dict[int, int] = {}
    claims: list[list[tuple[int, int]]] = []
    for start, end in places:
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        covered = [(turn, min(ends[turn], end) - max(starts[turn], start)) for turn in range(first, last)]
        claims.append([(turn, size) for turn, size in covered if size > 0])
        for turn, size in claims[-1]:
            most[turn] = max(size, most.get(turn, 0))
    kept = [[turn for turn, size in claimed if size == most[turn]] for claimed in claims]
    return [(won[0], won[-1] + 1) if won else None for won in kept]


def _in_order(links: Sequence[Pair]) -> list[Pair]:
    """The longest run of links, sorted by the original, that is in the order of the translation too."""
    ends: list[int] = []
    best: list[int] = []
    came_from: list[int | None] = []
    for number, one in enumerate(links):
        length = bisect_right(ends, one.translation[0])
        ends[length : length + 1] = [one.translation[0]]
        best[length : length + 1] = [number]
        came_from.append(best[length - 1] if length else None)
    run: list[Pair] = []
    step = best[-1] if best else None
    while step is not None:
        run.append(links[step])
        step = came_from[step]
    return run[::-1]


def _meet(one: Range, other: Range) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _both(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])


def _until(cell: Range, edge: int) -> Range:
    return cell[0], min(cell[1], edge)


def _since(cell: Range, edge: int) -> Range:
    return max(cell[0], edge), cell[1]
