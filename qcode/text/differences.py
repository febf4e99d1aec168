"""Two texts beside each other: which stretches of one are not in the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from qcode.text.comparing import differing

_PARTS: Final = re.compile(r"\w+|\s+|[^\w\s]")
_AROUND, _MOST_PLACES = 10, 8


class Piece(NamedTuple):
    """A stretch of a text, and whether it differs from the other side."""

    text: str
    differs: bool


def compared(text: str, other: str) -> tuple[Piece, ...]:
    """A text in pieces that differ from another text, or do not."""
    mine, theirs = _PARTS.findall(text), _PARTS.findall(other)
    pieces: list[Piece] = []
    at = 0
    for start, end in _gaps(mine, theirs):
        pieces += [Piece("".join(mine[at:start]), differs=False), Piece("".join(mine[start:end]), differs=True)]
        at = end
    pieces.append(Piece("".join(mine[at:]), differs=False))
    return tuple(piece for piece in pieces if piece.text)


def differences(text: str, other: str) -> tuple[Piece, ...]:
    """The places where a text differs from another, with a few words around each; a caret where it lacks something."""
    mine, theirs = _PARTS.findall(text), _PARTS.findall(other)
    gaps, pieces = _gaps(mine, theirs), list[Piece]()
    for start, end in gaps[:_MOST_PLACES]:
        before, after = mine[max(0, start - _AROUND) : start], mine[end : end + _AROUND]
        pieces.append(Piece(f"\n… {_on_one_line(before)}", differs=False))
        pieces.append(Piece("".join(mine[start:end]) or "‸", differs=True))
        pieces.append(Piece(f"{_on_one_line(after)} …", differs=False))
    more = len(gaps) - _MOST_PLACES
    return (*pieces, *([Piece(f"\nand {more:,} more", differs=False)] if more > 0 else []))


def _gaps(mine: list[str], theirs: list[str]) -> list[tuple[int, int]]:
    """Where words differ from others, by the same comparison whichever of the two is looked at."""
    if mine <= theirs:
        return [(start, end) for start, end, _start, _end in differing(mine, theirs)]
    return [(start, end) for _start, _end, start, end in differing(theirs, mine)]


def _on_one_line(parts: Sequence[str]) -> str:
    return "".join(" " if part.isspace() else part for part in parts)
