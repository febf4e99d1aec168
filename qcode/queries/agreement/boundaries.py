"""Where coders let passages of a line begin and end: unitizing alpha, and segments against segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import isnan

from qcode.agreement.boundaries import (
    Meeting,
    SegmentPair,
    Unitizing,
    mean,
    of_coders,
    segment_pairs,
    unitizing_by_code,
)
from qcode.ids import CodeId
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.codings import Looking, codings
from qcode.queries.transcripts.sources import Source, sources
from qcode.reports.boundary_values import BoundaryFigures
from qcode.study import Study
from qcode.text.ranges import Range, overlap

_EXCERPT = 90


@dataclass(frozen=True, slots=True)
class BoundaryRow(BoundaryFigures):
    """How the passages of a line meet, for all coders (`pair` is None) or two."""

    line: CodeId
    pair: tuple[str, str] | None

    @property
    def id(self) -> tuple[str, ...]:
        """The line and the two coders."""
        return (self.line, *(self.pair or ()))

    @property
    def unmatched(self) -> int:
        """How many segments have no partner."""
        return self.only_first + self.only_second


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """Two segments that are the same one, or one without a partner; `share` is then the most it shares with another.

    `turn` counts from 1 and is 0 where the text has no turns; `words` are those of what the two cover together.
    """

    pair: tuple[str, str]
    names: tuple[str, str]
    document: str
    document_name: str
    turn: int
    first: Range | None
    second: Range | None
    share: float
    words: str

    @property
    def id(self) -> tuple[object, ...]:
        """The coders, the document, and the places."""
        return (*self.pair, self.document, self.first, self.second)

    @property
    def place(self) -> Range:
        """From where to where the two reach."""
        there = [each for each in (self.first, self.second) if each is not None]
        return min(start for start, _end in there), max(end for _start, end in there)

    @property
    def marked_by(self) -> tuple[str, ...]:
        """The names of those who marked it."""
        return tuple(name for name, own in zip(self.names, (self.first, self.second), strict=True) if own is not None)


@dataclass(frozen=True, slots=True)
class LineBoundaries:
    """The boundaries of a line over all coders, and of every two by name."""

    whole: BoundaryRow
    pairs: tuple[BoundaryRow, ...]


def boundary_rows(found: StudyAgreement, line: str) -> list[BoundaryRow]:
    """A line's boundaries: of all coders first where they are more than two, then of every two by name."""
    pairs = _pairs(found, line)
    rows = [_of_pair(found, line, pair, _alphas(found, [line], (pair.first, pair.second))[line]) for pair in pairs]
    rows.sort(key=lambda row: row.coders)
    if len(rows) == 1:
        return rows
    return [_of_all(found, line, pairs, unitizing_by_code(found.measured.documents, [line])[line]), *rows]


def boundaries_by_line(found: StudyAgreement) -> list[LineBoundaries]:
    """The boundaries of every line, in the order of the table."""
    lines = [row.id for row in found.codes]
    alphas = unitizing_by_code(found.measured.documents, lines)
    by_pair = {frozenset(two): _alphas(found, lines, two) for two in combinations(found.measured.layout.coders, 2)}
    rows = []
    for line in lines:
        pairs = _pairs(found, line)
        own = [_of_pair(found, line, pair, by_pair[frozenset((pair.first, pair.second))][line]) for pair in pairs]
        whole = _of_all(found, line, pairs, alphas[line])
        rows.append(LineBoundaries(whole, tuple(sorted(own, key=lambda row: row.coders))))
    return rows


def whole_boundaries(found: StudyAgreement) -> list[BoundaryRow]:
    """The boundaries of every line over all coders, in the order of the table."""
    lines = [row.id for row in found.codes]
    alphas = unitizing_by_code(found.measured.documents, lines)
    return [_of_all(found, line, _pairs(found, line), alphas[line]) for line in lines]


def _alphas(found: StudyAgreement, lines: Sequence[str], pair: tuple[str, str]) -> dict[str, Unitizing]:
    return unitizing_by_code([of_coders(each, pair) for each in found.measured.documents], lines)


def _pairs(found: StudyAgreement, line: str) -> list[SegmentPair]:
    """Every two coders who share a document, the one first whose name comes first."""
    shared = [each for each in found.measured.documents if len(each.coders) > 1]
    pairs = segment_pairs(shared, line, key=found.names.__getitem__)
    return [pair for pair in pairs if any({pair.first, pair.second} <= each.coders for each in shared)]


def _of_pair(found: StudyAgreement, line: str, pair: SegmentPair, alpha: Unitizing) -> BoundaryRow:
    two = (pair.first, pair.second)
    figures = (pair.exact, pair.half, pair.share)
    counts = (pair.matched, pair.only_first, pair.only_second)
    return _row(found, line, two, alpha, figures, counts)


def _of_all(found: StudyAgreement, line: str, pairs: Sequence[SegmentPair], alpha: Unitizing) -> BoundaryRow:
    figures = (
        mean([pair.exact for pair in pairs]),
        mean([pair.half for pair in pairs]),
        mean([pair.share for pair in pairs]),
    )
    counts = (
        sum(pair.matched for pair in pairs),
        sum(pair.only_first for pair in pairs),
        sum(pair.only_second for pair in pairs),
    )
    return _row(found, line, None, alpha, figures, counts)


def _row(
    found: StudyAgreement,
    line: str,
    pair: tuple[str, str] | None,
    alpha: Unitizing,
    figures: tuple[float, float, float],
    counts: tuple[int, int, int],
) -> BoundaryRow:
    path = next(row.code for row in found.codes if row.id == line)
    names = tuple(found.names[coder] for coder in pair or ())
    exact, half, share = (or_none(value) for value in figures)
    return BoundaryRow(
        path,
        names,
        or_none(alpha.alpha),
        or_none(alpha.low),
        or_none(alpha.high),
        exact,
        half,
        share,
        *counts,
        CodeId(line),
        pair,
    )


def or_none(value: float) -> float | None:
    """The figure, None where it is not defined."""
    return None if isnan(value) else value


# The segments themselves ------------------------------------------------------------------------------------------


def segment_rows(study: Study, found: StudyAgreement, line: str) -> list[SegmentRow]:
    """Every segment of a line, with its partner or alone: those alone first, then by how little two share."""
    meetings = [(pair, each) for pair in _pairs(found, line) for each in pair.meetings]
    with study.read() as session:
        texts = sources(study, session, {each.document for _pair, each in meetings})
    rows = [_segment(found, pair, each, texts[each.document]) for pair, each in meetings]
    return sorted(rows, key=lambda row: (len(row.marked_by), row.share, row.document_name, row.place, row.names))


def _segment(found: StudyAgreement, pair: SegmentPair, each: Meeting, source: Source) -> SegmentRow:
    row = SegmentRow(
        (pair.first, pair.second),
        (found.names[pair.first], found.names[pair.second]),
        each.document,
        found.names[each.document],
        0,
        each.first,
        each.second,
        each.share,
        "",
    )
    start, end = row.place
    words = " ".join(source.text[start : min(end, start + 2 * _EXCERPT)].split())
    shown = words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rsplit(' ', 1)[0]} …"
    return replace(row, turn=turn_of(source, start), words=shown)


def turn_of(source: Source, at: int) -> int:
    """The number of the turn that holds a place, from 1; 0 where there is none."""
    return next((number for number, turn in enumerate(source.turns, 1) if turn.start <= at < turn.end), 0)


def behind_segments(
    study: Study, found: StudyAgreement, line: str, pairs: Iterable[tuple[str, str]], which: Sequence[str] = ()
) -> Looking:
    """The codings that are the segments of these pairs; of `which` those alone: "matched", "first" or "second"."""
    wanted = {frozenset(pair) for pair in pairs}
    places = []
    for pair in _pairs(found, line):
        if {pair.first, pair.second} in wanted:
            places += [
                place for each in pair.meetings if _kind(each) in (which or _KINDS) for place in _held(pair, each)
            ]
    return behind_places(study, found, found.counted[line], places)


_KINDS = ("matched", "first", "second")


def _kind(each: Meeting) -> str:
    return "matched" if each.matches else "first" if each.second is None else "second"


type Marked = tuple[str, str, Range]
"""A coder, a document, and a stretch of it."""


def _held(pair: SegmentPair, each: Meeting) -> Iterable[Marked]:
    for coder, own in ((pair.first, each.first), (pair.second, each.second)):
        if own is not None:
            yield coder, each.document, own


def behind_segment(study: Study, found: StudyAgreement, line: str, row: SegmentRow) -> Looking:
    """The codings that are one segment, or two that match."""
    own = zip(row.pair, (row.first, row.second), strict=True)
    places = [(coder, row.document, place) for coder, place in own if place is not None]
    return behind_places(study, found, found.counted[line], places)


def behind_places(study: Study, found: StudyAgreement, codes: Iterable[str], places: Iterable[Marked]) -> Looking:
    """The codings with some codes that coders made on these stretches."""
    wanted: dict[tuple[str, str], list[Range]] = {}
    for coder, document, place in places:
        wanted.setdefault((document, coder), []).append(place)
    looking = Looking(
        documents={document for document, _coder in wanted},
        codes=sorted(codes),
        coders={coder for _document, coder in wanted},
        rounds=[found.round.id],
        by_search=False,
    )
    rows = codings(study, looking) if wanted else []
    held = [
        row.id
        for row in rows
        if any(overlap((row.start, row.end), place) for place in wanted.get((row.document, row.coder_id), ()))
    ]
    return Looking(ids=held, rounds=[found.round.id], by_search=False)
