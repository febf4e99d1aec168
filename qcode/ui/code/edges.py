"""Moving the edges of a coding with keys: by word, by character, by sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QTextBoundaryFinder

from qcode.text.ranges import Range
from qcode.ui.utf16 import QtPositions, displayable

type Edge = Literal["start", "end"]
type Step = Literal["character", "word", "sentence"]

_AROUND = 400
_KINDS = {
    "character": QTextBoundaryFinder.BoundaryType.Grapheme,
    "word": QTextBoundaryFinder.BoundaryType.Word,
}
_REASONS = {
    "start": QTextBoundaryFinder.BoundaryReason.StartOfItem,
    "end": QTextBoundaryFinder.BoundaryReason.EndOfItem,
}


@dataclass(frozen=True, slots=True)
class Edges:
    """A range whose edges are being moved, and which of them moves now."""

    start: int
    end: int
    moving: Edge = "end"

    @property
    def range(self) -> Range:
        """From where to where."""
        return self.start, self.end

    @property
    def anchor(self) -> int:
        """The edge that stays."""
        return self.start if self.moving == "end" else self.end

    @property
    def caret(self) -> int:
        """The edge that moves."""
        return self.end if self.moving == "end" else self.start

    def other(self) -> Edges:
        """Move the other edge from now on."""
        return replace(self, moving="start" if self.moving == "end" else "end")

    def dragged(self, text: str, units: Sequence[Range], by: Step, place: int) -> Edges:
        """The moving edge at the nearest place at which a character, a word or a sentence begins or ends.

        Edges never meet: an edge that is dragged past the other stays one character, word or sentence away from it.
        """
        place = max(place, self.start + 1) if self.moving == "end" else min(place, self.end - 1)
        if by == "sentence":
            places = [start if self.moving == "start" else end for start, end in units]
        else:
            places = _boundaries(text, place, self.moving, by)
        apart = [at for at in places if (at > self.start if self.moving == "end" else at < self.end)]
        if not apart:
            return self
        nearest = min(apart, key=lambda at: abs(at - place))
        return replace(self, end=nearest) if self.moving == "end" else replace(self, start=nearest)

    def moved(self, text: str, units: Sequence[Range], by: Step, direction: int) -> Edges:
        """The edge moved one step on (1) or back (-1); edges stay inside the text and never meet."""
        if by == "sentence":
            place = _next_unit(units, self.caret, self.moving, direction)
        else:
            place = _next_boundary(text, self.caret, self.moving, by, direction)
        if place is None:
            return self
        if self.moving == "end":
            return replace(self, end=place) if place > self.start else self
        return replace(self, start=place) if place < self.end else self


def _next_unit(units: Sequence[Range], place: int, edge: Edge, direction: int) -> int | None:
    edges = [start if edge == "start" else end for start, end in units]
    index = bisect_right(edges, place) if direction > 0 else bisect_left(edges, place) - 1
    return edges[index] if 0 <= index < len(edges) else None


def _boundaries(text: str, place: int, edge: Edge, by: Literal["character", "word"]) -> list[int]:
    """Where around a place a character, or a word, a mark or a sign can begin or end, next to something visible.

    Unlike steps by keys this knows the ends of marks too, so that the dot after a sentence can be dragged over.
    """
    low, high = max(place - _AROUND, 0), min(place + _AROUND, len(text))
    shown = displayable(text[low:high])
    positions = QtPositions(shown)
    finder = QTextBoundaryFinder(_KINDS[by], shown)
    found: list[int] = []
    unit = 0
    while unit >= 0:
        at = low + positions.from_qt(unit)
        beside = at - (edge == "end")
        is_cut = at in (low, high) and at not in (0, len(text))
        if low <= beside < high and not text[beside].isspace() and not is_cut:
            found.append(at)
        unit = finder.toNextBoundary()
    return found


def _next_boundary(text: str, place: int, edge: Edge, by: Literal["character", "word"], direction: int) -> int | None:
    """The next place at which a character, or a word, can begin or end; Unicode says where that is."""
    low, high = max(place - _AROUND, 0), min(place + _AROUND, len(text))
    shown = displayable(text[low:high])
    positions = QtPositions(shown)
    finder = QTextBoundaryFinder(_KINDS[by], shown)
    finder.setPosition(positions.to_qt(place - low))
    while True:
        unit = finder.toNextBoundary() if direction > 0 else finder.toPreviousBoundary()
        if unit < 0:
            return None
        if by == "character" or finder.boundaryReasons() & _REASONS[edge]:
            return low + positions.from_qt(unit)
