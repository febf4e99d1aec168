"""What each coder marked, in words, with the ends that only some of them marked told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qcode.queries.disagreements.cases import CaseRow, LaneSpan
from qcode.text.ranges import Range

_LONGEST = 180
_EDGE = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a lane; `shared` says that everybody who gave this code marked them."""

    text: str
    shared: bool


def pieces(text: str, span: Range, others: Iterable[Range]) -> tuple[Piece, ...]:
    """The words of a range, cut where other ranges begin or end; a long middle is left out.

    Words are shared where every other range covers them.
    """
    start, end = span
    known = tuple(others)
    cuts = sorted({start, end, *(at for other in known for at in other if start < at < end)})
    found = [
        Piece(text[low:high], all(other[0] <= low and high <= other[1] for other in known))
        for low, high in pairwise(cuts)
    ]
    return tuple(_shortened(found))


def others_of(case: CaseRow, mine: LaneSpan, coder: str) -> list[Range]:
    """Where the others gave the code of a span nearest to it: one range for each coder, none for who did not."""
    found = []
    for lane in case.lanes:
        same = [(span.start, span.end) for span in lane.spans if span.code == mine.code]
        touching = [span for span in same if span[0] < mine.end and mine.start < span[1]]
        if lane.coder != coder and touching:
            found.append((min(start for start, _end in touching), max(end for _start, end in touching)))
    return found


def _shortened(found: Sequence[Piece]) -> list[Piece]:
    """Long pieces without their middle, so that one sees where they begin and end."""
    if sum(len(piece.text) for piece in found) <= _LONGEST:
        return list(found)
    return [Piece(_middle_left_out(piece.text), piece.shared) for piece in found]


def _middle_left_out(text: str) -> str:
    if len(text) <= 2 * _EDGE + 10:
        return text
    return f"{text[:_EDGE].rpartition(' ')[0] or text[:_EDGE]} … {text[-_EDGE:].partition(' ')[2] or text[-_EDGE:]}"
