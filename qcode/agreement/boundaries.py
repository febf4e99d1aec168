"""Where passages begin and end: unitizing alpha of each code, and segments of two coders against each other.

Unitizing alpha of a single code needs no continuum to be walked: it follows from the same sums over characters as
alpha, and from the squared lengths of the coders' units. Krippendorff, Mathet, Bouvry & Widlöcher (2016).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, islice, takewhile
from math import isnan, nan
from operator import itemgetter
from typing import TYPE_CHECKING, Final

import numpy as np

from qcode.agreement.counts import sweep
from qcode.agreement.jackknife import intervals
from qcode.agreement.marks import countable, gather, lay_out, united
from qcode.agreement.scope import blocks_of, by_document, in_scope
from qcode.agreement.segments import matched, overlap_of
from qcode.agreement.values import DocumentCodings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from qcode.agreement.counts import Floats
    from qcode.agreement.segments import Span

HALF: Final = 0.5
"""From where two segments count as the same: what they share is half of what they cover together."""


@dataclass(frozen=True, slots=True)
class Unitizing:
    """Unitizing alpha of one code with its 95 % interval; NaN where it is not defined."""

    alpha: float
    low: float
    high: float


def unitizing_by_code(documents: Sequence[DocumentCodings], codes: Sequence[str]) -> dict[str, Unitizing]:
    """Unitizing alpha of each code by itself, over all documents that two coders were asked of.

    For a single value it is also the binary one, of units against gaps. Intervals let documents vary. Raises as
    `measure` does.
    """
    groups: dict[frozenset[tuple[str, str]], list[str]] = {}
    for code in codes:
        groups.setdefault(_parts_of_nobody(documents, code), []).append(code)
    found: dict[str, Unitizing] = {}
    for missing, group in groups.items():
        known = [
            of_coders(each, each.coders - {coder for coder, name in missing if name == each.document})
            for each in documents
        ]
        found |= _unitizing(known if missing else documents, group)
    return {code: found[code] for code in codes}


def _parts_of_nobody(documents: Sequence[DocumentCodings], code: str) -> frozenset[tuple[str, str]]:
    """The (coder, document) of parts whose coders did not know a code: no unit of it is cut where these begin."""
    return frozenset(
        (coder, each.document)
        for each in documents
        if each.parts
        for coder, what in each.unseen
        if what == code and coder in each.parts
    )


def _unitizing(documents: Sequence[DocumentCodings], codes: Sequence[str]) -> dict[str, Unitizing]:
    if not any(each.coders for each in documents):
        return dict.fromkeys(codes, Unitizing(nan, nan, nan))
    blocks, owners = in_scope([replace(each, units=()) for each in documents])
    layout = lay_out(blocks, codes)
    marks = gather(blocks, layout)
    counts = by_document(sweep(countable(united(marks, layout), layout), layout), owners, len(documents))
    pieces = countable(united(marks, layout, touching=False), layout)
    code, block = np.divmod(pieces.cell, len(blocks))
    own = np.zeros((len(codes), len(documents)))
    np.add.at(own, (code, owners[block]), (pieces.end - pieces.start).astype(np.float64) ** 2)
    sums = np.stack([counts.ones, counts.zeros, counts.mixed, own])
    whole = sums.sum(axis=2, keepdims=True)
    share, without = _disagreement(whole)[:, 0], _disagreement(whole - sums)
    found = intervals(share, without, counts.shared)
    return {
        code: Unitizing(float(1 - share[row]), float(found.low[row]), float(found.high[row]))
        for row, code in enumerate(codes)
    }


def _disagreement(sums: Floats) -> Floats:
    """1 - alpha from the sums: text in units and in gaps, how often the two met, and the units' squared lengths."""
    ones, zeros, mixed, own = sums
    whole = ones + zeros
    ways = whole**2 - zeros - own
    part: Floats = np.divide(
        mixed * ways, whole * ones * zeros, out=np.full(ones.shape, np.nan), where=(ones > 0) & (zeros > 0)
    )
    return part


# Segments ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two segments that are the same one, or one that has no partner, by their places in the document's text.

    `share` is what the two share of what they cover together; of one alone, the most it shares with any other.
    """

    document: str
    first: Span | None
    second: Span | None
    share: float

    @property
    def matches(self) -> bool:
        """Whether there are two."""
        return self.first is not None and self.second is not None


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """The segments of two coders with one code; a number that is not defined is NaN.

    `exact` and `half` are F1 of segments that are the same, and of those that share half of what they cover together;
    `meetings` holds the latter, and what has no partner.
    """

    first: str
    second: str
    exact: float
    half: float
    meetings: tuple[Meeting, ...]

    @property
    def share(self) -> float:
        """What segments that are the same share of what they cover together, on average."""
        return mean([each.share for each in self.meetings if each.matches])

    @property
    def matched(self) -> int:
        """How many segments of the one are the same as one of the other."""
        return sum(each.matches for each in self.meetings)

    @property
    def only_first(self) -> int:
        """How many segments of the first have no partner."""
        return sum(each.second is None for each in self.meetings)

    @property
    def only_second(self) -> int:
        """How many segments of the second have no partner."""
        return sum(each.first is None for each in self.meetings)


def segment_pairs(
    documents: Sequence[DocumentCodings], code: str, *, key: Callable[[str], str] | None = None
) -> list[SegmentPair]:
    """The segments of every two coders with a code, in text that both were asked of; coders are in order of a key.

    A coder's own segments that overlap are one, those that touch are two; segments are cut where text begins that does
    not count.
    """
    coders = sorted(frozenset[str]().union(*(each.coders for each in documents)), key=key)
    return [_pair(first, second, documents, code) for first, second in combinations(coders, 2)]


def of_coders(document: DocumentCodings, coders: Collection[str]) -> DocumentCodings:
    """The document as if there were these coders alone."""
    parts = {coder: own for coder, own in document.parts.items() if coder in coders}
    return replace(document, coders=document.coders & frozenset(coders), parts=parts)


def _pair(first: str, second: str, documents: Sequence[DocumentCodings], code: str) -> SegmentPair:
    meetings: list[Meeting] = []
    same = segments = 0
    for document in documents:
        for one, other in _segments(document, (first, second), code):
            same += len(set(one) & set(other))
            segments += len(one) + len(other)
            meetings += _meetings(document.document, one, other)
    half = sum(each.matches for each in meetings)
    return SegmentPair(first, second, _share(2 * same, segments), _share(2 * half, segments), tuple(meetings))


def _segments(document: DocumentCodings, pair: tuple[str, str], code: str) -> Iterator[tuple[list[Span], list[Span]]]:
    """The segments of both coders in each stretch of text that both were asked of."""
    spans = [document.spans.get((coder, code), ()) for coder in pair]
    if not any(spans) or not set(pair) <= document.coders or any((coder, code) in document.unseen for coder in pair):
        return
    asked = asked_of_both(document, pair)
    for place in _touched([span for own in spans for span in own], asked):
        one, other = (segments_in(own, *asked[place]) for own in spans)
        yield one, other


def _touched(spans: Iterable[Span], asked: Sequence[Span]) -> list[int]:
    """The places of the stretches that something was marked in."""
    found: set[int] = set()
    for start, end in spans:
        first = bisect_right(asked, start, key=itemgetter(1))
        found.update(range(first, bisect_left(asked, end, first, key=itemgetter(0))))
    return sorted(found)


def asked_of_both(document: DocumentCodings, pair: tuple[str, str]) -> Sequence[Span]:
    """The stretches of text that two coders were asked of, in order."""
    if not (document.parts or document.excluded):
        return [(0, document.length)]
    parts = tuple(tuple(document.parts[coder]) if coder in document.parts else None for coder in pair)
    return _of_both(document.length, tuple(document.excluded), parts)


@lru_cache(maxsize=1_000)
def _of_both(length: int, excluded: tuple[Span, ...], parts: tuple[tuple[Span, ...] | None, ...]) -> Sequence[Span]:
    """The same of values, which are asked for again with every code."""
    own = {str(place): part for place, part in enumerate(parts) if part is not None}
    both = DocumentCodings("", length, (), frozenset({"0", "1"}), {}, parts=own, excluded=excluded)
    return [(start, end) for start, end, coders in blocks_of(both) if len(coders) == 2]


def segments_in(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The segments of one coder and one code within a stretch: what overlaps is one, what touches is not."""
    found: list[Span] = []
    for a, b in sorted((max(a, start), min(b, end)) for a, b in spans if max(a, start) < min(b, end)):
        if found and a < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], b))
        else:
            found.append((a, b))
    return found


def _meetings(document: str, one: Sequence[Span], other: Sequence[Span]) -> Iterator[Meeting]:
    pairs = matched(one, other, least=HALF).pairs
    for first, second in pairs:
        yield Meeting(document, one[first], other[second], overlap_of(one[first], other[second]))
    firsts, seconds = {first for first, _second in pairs}, {second for _first, second in pairs}
    for place, span in enumerate(one):
        if place not in firsts:
            yield Meeting(document, span, None, _nearest(span, other))
    for place, span in enumerate(other):
        if place not in seconds:
            yield Meeting(document, None, span, _nearest(span, one))


def _nearest(span: Span, others: Sequence[Span]) -> float:
    """The most that a segment shares with one of others, which are in order and apart from each other."""
    first = bisect_right(others, span[0], key=itemgetter(1))
    touched = takewhile(lambda each: each[0] < span[1], islice(others, first, None))
    return max((overlap_of(span, each) for each in touched), default=0.0)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else nan


def mean(values: Sequence[float]) -> float:
    """The mean of those that are defined; NaN if none is."""
    defined = [value for value in values if not isnan(value)]
    return sum(defined) / len(defined) if defined else nan
