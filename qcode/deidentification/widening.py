"""A mark made wider or narrower by whole words, within its line."""

from __future__ import annotations

from typing import Literal

from qcode.deidentification.forms import words_of

type Edge = Literal["start", "end"]


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The words that a stretch [start, end) touches, as far as its first line goes; the stretch where it has none."""
    first, last = _line(text, start)
    touched = [word for word in words_of(text[first:last]) if first + word.start < end and start < first + word.end]
    return (first + touched[0].start, first + touched[-1].end) if touched else (start, end)


def stepped(text: str, start: int, end: int, *, edge: Edge, wider: bool) -> tuple[int, int]:
    """The stretch with one edge a word further out or in; unchanged where its line or its last word ends that."""
    first, last = _line(text, start)
    words = [(first + word.start, first + word.end) for word in words_of(text[first:last])]
    if edge == "end":
        later = [stop for _start, stop in words if stop > end]
        sooner = [stop for _start, stop in words if start < stop < end]
        return (start, later[0] if later else end) if wider else (start, sooner[-1] if sooner else end)
    before = [begin for begin, _stop in words if begin < start]
    within = [begin for begin, _stop in words if start < begin < end]
    return (before[-1] if before else start, end) if wider else (within[0] if within else start, end)


def _line(text: str, place: int) -> tuple[int, int]:
    last = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if last < 0 else last
