"""A quote and what stands around it, cut into pieces that each look one way: kept, cut, replaced, put in, around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from qcode.text.ranges import Range
from qcode.text.values import Turn
from qcode.ui.utf16 import QtPositions, displayable

type Look = Literal["label", "around", "kept", "cut", "replaced", "new"]

AROUND = 600
_MARK = "… "


class Change(NamedTuple):
    """An edit at `[start, end)` of a transcript: `words` stand in brackets in its place, none if it is cut.

    What is put in between, where start is end, stands `apart` or belongs to the word there.
    """

    start: int
    end: int
    words: str = ""
    apart: bool = True

    @property
    def look(self) -> Look:
        """How the transcript's own words look there."""
        return "replaced" if self.words else "cut"


class Piece(NamedTuple):
    """Some words that look one way. Those that are not in the transcript, names and what is put in, are no range."""

    look: Look
    shown: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pieces in order, and where a position of the transcript is among the units that Qt shows."""

    pieces: tuple[Piece, ...]
    units: tuple[int, ...]

    def to_qt(self, position: int) -> int:
        """The unit at which a position of the transcript is shown; the nearest one for a position that is not."""
        best = 0
        for piece, unit in zip(self.pieces, self.units, strict=False):
            if piece.start == piece.end:
                continue
            if position < piece.start:
                break
            inside = min(position, piece.end) - piece.start
            best = unit + QtPositions(piece.shown).to_qt(inside)
            if position < piece.end:
                break
        return best

    def from_qt(self, unit: int) -> int:
        """The position of the transcript that a unit shows; for a name or what was put in, where it stands."""
        for piece, first, behind in zip(self.pieces, self.units, self.units[1:], strict=False):
            if first <= unit < behind:
                return piece.start if piece.start == piece.end else _inside(piece, unit - first)
        return self.pieces[-1].end if self.pieces else 0


def _inside(piece: Piece, unit: int) -> int:
    return piece.start + QtPositions(piece.shown).from_qt(unit)


def sheet_of(text: str, turns: Sequence[Turn], quote: Range, changes: Sequence[Change]) -> Sheet:
    """A quote of a transcript with the turns around it; a name stands before the words of each turn."""
    low, high = window(text, turns, quote)
    pieces = list(_pieces(text, turns, (low, high), quote, sorted(changes)))
    if low > 0 and not any(turn.start == low for turn in turns):
        pieces.insert(0, Piece("label", _MARK, low, low))
    lengths = [QtPositions(piece.shown).to_qt(len(piece.shown)) for piece in pieces]
    return Sheet(tuple(pieces), tuple(accumulate(lengths, initial=0)))


def window(text: str, turns: Sequence[Turn], quote: Range) -> Range:
    """As much of a transcript as is shown: the turns of a quote with one before and one behind, cut where long."""
    start, end = quote
    touched = [number for number, turn in enumerate(turns) if turn.start < end and start < turn.end]
    low, high = max(start - AROUND, 0), min(end + AROUND, len(text))
    if touched:
        first, last = turns[max(touched[0] - 1, 0)], turns[min(touched[-1] + 1, len(turns) - 1)]
        low, high = max(low, min(first.start, start)), min(high, max(last.end, end))
    return _at_word(text, low, start), _to_word(text, high, end)


def _at_word(text: str, low: int, start: int) -> int:
    """Where a word begins, not before a position."""
    while 0 < low < start and not text[low - 1].isspace():
        low += 1
    return low


def _to_word(text: str, high: int, end: int) -> int:
    while end < high < len(text) and not text[high].isspace():
        high -= 1
    return high


def _pieces(text: str, turns: Sequence[Turn], shown: Range, quote: Range, changes: Sequence[Change]) -> Iterator[Piece]:
    names = {max(turn.start, shown[0]): turn.speaker for turn in turns if turn.start < shown[1] and shown[0] < turn.end}
    put_in: dict[int, list[str]] = {}
    for change in changes:
        put_in.setdefault(change.end, []).extend([change.words] if change.words else [])
    places = sorted({*shown, *quote, *names, *_edges(changes)})
    for start, end in pairwise(place for place in places if shown[0] <= place <= shown[1]):
        if name := names.get(start):
            yield Piece("label", f"{displayable(name)}\u2002", start, start)
        yield from (_put_in(words, start) for words in put_in.pop(start, ()))
        yield Piece(_look(start, quote, changes), displayable(text[start:end]), start, end)
    for place in sorted(put_in):
        yield from (_put_in(words, place) for words in put_in[place])


def _put_in(words: str, place: int) -> Piece:
    return Piece("new", f"\u2009[{displayable(words)}]\u2009", place, place)


def _edges(changes: Iterable[Change]) -> Iterator[int]:
    for change in changes:
        yield change.start
        yield change.end


def _look(place: int, quote: Range, changes: Iterable[Change]) -> Look:
    if not quote[0] <= place < quote[1]:
        return "around"
    return next((change.look for change in changes if change.start <= place < change.end), "kept")


def told(text: str, changes: Sequence[Change]) -> str:
    """What was done to the words of a quote, for those who hear it."""
    said = [_told(text[change.start : change.end], change.words) for change in sorted(changes)]
    return " ".join(said)


def _told(before: str, words: str) -> str:
    if not before:
        return f"Put in: [{words}]."
    return f"“{before}” is replaced by [{words}]." if words else f"Cut: “{before}”."


def change_at(changes: Sequence[Change], start: int, end: int) -> Change | None:
    """The edit that a caret stands in or at, or that a selection touches; the first of several."""
    if start == end:
        return next((change for change in sorted(changes) if change.start <= start <= change.end), None)
    return next((change for change in sorted(changes) if change.start < end and start < change.end), None)
