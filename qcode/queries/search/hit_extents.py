"""Hits of a search with what is coded of them: the words found, their sentences, or their turns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from qcode.queries.search.searching import Hit
from qcode.queries.transcripts.documents import DocumentText, document_text
from qcode.study import Place, Study
from qcode.text.ranges import Range, trim

type Extent = Literal["hit", "sentence", "turn"]

_AROUND: Final = 48


@dataclass(frozen=True, slots=True)
class HitUnit:
    """A passage that would be coded, with all hits in it; `words` are its own, each hit in square brackets."""

    place: Place
    hits: tuple[Hit, ...]
    words: str

    @property
    def first(self) -> Hit:
        """The first hit in it."""
        return self.hits[0]


def hit_units(study: Study, hits: Sequence[Hit], extent: Extent) -> list[HitUnit]:
    """The passages to code for hits in transcripts, in their order; one that holds several hits is there once.

    A hit that reaches over several sentences or turns stands for all of them together, and one outside all of them for
    itself.
    """
    if extent == "hit":
        return [_itself(list(same)) for _place, same in groupby(hits, key=lambda hit: hit.place)]
    found: dict[Place, list[Hit]] = {}
    texts: dict[str, tuple[DocumentText, list[Range]]] = {}
    for hit in hits:
        if hit.source not in texts:
            text = document_text(study, hit.place.document)
            texts[hit.source] = text, _ranges(text, extent)
        text, ranges = texts[hit.source]
        start, end = trim(text.text, *_widened(hit, ranges)) or (hit.start, hit.end)
        found.setdefault(Place(hit.place.document, start, end), []).append(hit)
    return [HitUnit(place, tuple(held), _words(place, held, texts[place.document][0])) for place, held in found.items()]


def _itself(hits: list[Hit]) -> HitUnit:
    hit = hits[0]
    return HitUnit(hit.place, tuple(hits), f"… {hit.before}[{hit.text}]{hit.after} …")


def _ranges(text: DocumentText, extent: Extent) -> list[Range]:
    return list(text.units) if extent == "sentence" else [(turn.start, turn.end) for turn in text.turns]


def _widened(hit: Hit, ranges: Sequence[Range]) -> Range:
    """From where the range begins in which a hit begins, to where the one ends in which it ends."""
    first, last = _holding(ranges, hit.start), _holding(ranges, max(hit.start, hit.end - 1))
    return first[0] if first else hit.start, last[1] if last else hit.end


def _holding(ranges: Sequence[Range], at: int) -> Range | None:
    place = bisect_right(ranges, at, key=lambda held: held[0]) - 1
    return ranges[place] if place >= 0 and ranges[place][0] <= at < ranges[place][1] else None


def _words(place: Place, hits: Sequence[Hit], text: DocumentText) -> str:
    """The passage on one line, from a little ahead of its first hit."""
    begin = place.start
    if hits[0].start - begin > _AROUND:
        near = text.text[hits[0].start - _AROUND : hits[0].start]
        begin = hits[0].start - len(near) + near.find(" ") + 1
    parts, at = [], begin
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end)):
        if hit.start >= at:
            parts += [text.text[at : hit.start], f"[{text.text[hit.start : hit.end]}]"]
            at = hit.end
    whole = " ".join("".join([*parts, text.text[at : place.end]]).split())
    return whole if begin == place.start else f"… {whole}"
