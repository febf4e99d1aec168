"""The walks that one can take through a text, and where each of them stops."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal, NamedTuple

from qcode.queries.codings import CodingRow
from qcode.queries.transcripts.documents import DocumentText
from qcode.text.codable import Codable
from qcode.text.ranges import Range, trim, union

type Kind = Literal["all", "code", "uncoded", "segments", "unsure", "hits", "older", "altered"]

NAMES: dict[Kind, str] = {
    "all": "Codings",
    "code": "Codings of a code",
    "uncoded": "Uncoded turns",
    "segments": "Segments without a code",
    "unsure": "Unsure codings",
    "hits": "Hits of the search",
    "older": "Codings under older definitions",
    "altered": "Codings whose words were altered",
}
UNCODED: tuple[Kind, ...] = ("uncoded", "segments")
"""The walks to what nothing was put on yet, whatever the filter hides."""
_START_AND_END = itemgetter(0, 1)
_TALKING = ("participant", "other")


@dataclass(frozen=True, slots=True)
class Walk:
    """What is walked through; `codes` are those of a walk through a code, which is called `name`."""

    kind: Kind = "all"
    codes: frozenset[str] = frozenset()
    name: str = ""

    @property
    def title(self) -> str:
        """What the walk is called."""
        return self.name or NAMES[self.kind]

    @property
    def plural(self) -> str:
        """What its stops are called in a sentence."""
        name = NAMES[self.kind]
        return f"codings of “{self.name}”" if self.kind == "code" else name[0].lower() + name[1:]


class Stop(NamedTuple):
    """A place where a walk stops; `coding` is the one that stands out there, empty for a turn.

    A tuple, as thousands are made at once.
    """

    start: int
    end: int
    coding: str = ""

    @property
    def range(self) -> Range:
        """From where to where."""
        return self.start, self.end


def stops_at_codings(walk: Walk, drawn: Iterable[CodingRow]) -> list[Stop]:
    """Where a walk through codings stops, in the order of the text, longer ones first where several begin."""
    placed = [(row.start, -row.end, row.id) for row in _rows(walk, drawn)]
    placed.sort(key=_START_AND_END)
    return [Stop(start, -end, coding) for start, end, coding in placed]


def uncoded_turns(coded: Iterable[CodingRow], text: DocumentText, codable: Codable) -> list[Stop]:
    """The turns of those who were asked that none of some codings touches.

    Turns without a word, and those of which nothing is to be coded, are passed over.
    """
    spoken = ((turn.start, turn.end) for turn in text.turns if turn.role in _TALKING)
    out_of_play = codable.out_of_play
    return [
        stop
        for stop in _untouched(spoken, coded)
        if (words := trim(text.text, *stop.range)) is not None and not _within(words, out_of_play)
    ]


def uncoded_segments(coded: Iterable[CodingRow], codable: Codable) -> list[Stop]:
    """The segments to be coded that none of some codings touches."""
    return _untouched(codable.own_segments, coded)


def _untouched(places: Iterable[Range], coded: Iterable[CodingRow]) -> list[Stop]:
    """Those of some places in order that share no text with any coding."""
    ranges, place, out = union((row.start, row.end) for row in coded), 0, []
    for start, end in places:
        while place < len(ranges) and ranges[place][1] <= start:
            place += 1
        if place == len(ranges) or ranges[place][0] >= end:
            out.append(Stop(start, end))
    return out


def _within(place: Range, ranges: Sequence[Range]) -> bool:
    """Whether one of some ranges, in order and apart, holds a place."""
    at = bisect_right(ranges, place[0], key=itemgetter(0)) - 1
    return at >= 0 and place[1] <= ranges[at][1]


def here_among(stops: Sequence[Stop], here: Range, coding: str | None) -> int | None:
    """At which stop one is: at the one of the coding that stands out, or of exactly what is selected."""
    at = next((place for place, stop in enumerate(stops) if coding is not None and stop.coding == coding), None)
    return at if at is not None else next((place for place, stop in enumerate(stops) if stop.range == here), None)


def next_stop(stops: Sequence[Stop], here: Range, coding: str | None, by: int) -> int | None:
    """The stop after (1) or before (-1) where one is; None past the last, or ahead of the first."""
    at = here_among(stops, here, coding)
    if at is not None:
        return at + by if 0 <= at + by < len(stops) else None
    if by > 0:
        return next((place for place, stop in enumerate(stops) if stop.start >= here[0]), None)
    return next((place for place in reversed(range(len(stops))) if stops[place].start < here[0]), None)


def _rows(walk: Walk, drawn: Iterable[CodingRow]) -> Iterable[CodingRow]:
    if walk.kind == "code":
        return (row for row in drawn if row.code in walk.codes)
    if walk.kind == "unsure":
        return (row for row in drawn if row.unsure)
    if walk.kind == "older":
        return (row for row in drawn if row.older)
    return (row for row in drawn if row.altered) if walk.kind == "altered" else drawn


def of_code(name: str, codes: Collection[str]) -> Walk:
    """The walk through the codings of some codes under one name."""
    return Walk("code", frozenset(codes), name)
