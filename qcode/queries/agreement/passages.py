"""The passages behind a figure of agreement: which codings made it what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Literal

from qcode.agreement import DocumentCodings, marked_units
from qcode.agreement.boundaries import asked_of_both
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.codings import Looking, codings
from qcode.study import Study
from qcode.text.ranges import Range, union

type Cell = Literal["both", "first", "second"]


def looking_behind(
    found: StudyAgreement, line: str | None = None, *, coders: Sequence[str] = (), document: str | None = None
) -> Looking:
    """The codings that a line of the table compares, or all lines: of documents that two coders handed in.

    With coders or a document, theirs alone. What a search made is not compared.
    """
    codes = found.counted[line] if line is not None else frozenset[str]().union(*found.counted.values())
    who = list(coders or found.measured.layout.coders)
    compared = [each.document for each in found.measured.documents if len(each.coders & set(who)) > 1]
    return Looking(
        documents=[one for one in compared if document in (None, one)],
        codes=sorted(codes),
        coders=who,
        rounds=[found.round.id],
        by_search=False,
    )


def behind_cell(study: Study, found: StudyAgreement, line: str, pair: tuple[str, str], cell: Cell) -> Looking:
    """The codings of two coders that touch the units of one cell of their table for a line."""
    marked = _Marked(found)
    places = {each.document: list(_in_cell(marked, each, line, pair, cell)) for each in _of_both(found, pair)}
    return _touching(study, found, found.counted[line], pair, places)


def behind_confusion(study: Study, found: StudyAgreement, one: str, other: str) -> Looking:
    """The codings where a coder said one line's codes and a colleague the other's instead, in either order."""
    ids: list[str] = []
    marked, codes = _Marked(found), found.counted[one] | found.counted[other]
    for pair in combinations(found.measured.layout.coders, 2):
        places = {}
        for each in _of_both(found, pair):
            alone = {
                (cell, line): set(_in_cell(marked, each, line, pair, cell)) for cell in _ALONE for line in (one, other)
            }
            swapped = [
                *_common(alone["first", one], alone["second", other]),
                *_common(alone["first", other], alone["second", one]),
            ]
            places[each.document] = union(swapped)
        ids += _touching(study, found, codes, pair, places).ids or ()
    return _by_ids(found, ids)


_ALONE: tuple[Cell, Cell] = ("first", "second")


def _of_both(found: StudyAgreement, pair: tuple[str, str]) -> Iterator[DocumentCodings]:
    return (each for each in found.measured.documents if set(pair) <= each.coders)


class _Marked:
    """What coders marked, as whole units where text is counted in units; each is looked up once."""

    def __init__(self, found: StudyAgreement) -> None:
        self._unit = found.unit
        self._known: dict[tuple[str, str, str], list[Range]] = {}

    def by(self, document: DocumentCodings, coder: str, line: str) -> list[Range]:
        """What a coder marked in a document with a line's codes."""
        key = document.document, coder, line
        if key not in self._known:
            self._known[key] = self._find(document, coder, line)
        return self._known[key]

    def _find(self, document: DocumentCodings, coder: str, line: str) -> list[Range]:
        spans = document.spans.get((coder, line), ())
        if self._unit in ("character", "merged"):
            return union(spans)
        if self._unit == "document":
            return [(0, document.length)] if spans else []
        return marked_units(document, coder, line)


def _in_cell(
    marked: _Marked, document: DocumentCodings, line: str, pair: tuple[str, str], cell: Cell
) -> Iterator[Range]:
    """The stretches of a document that belong to a cell; none where a coder did not know the code."""
    if any((coder, line) in document.unseen for coder in pair):
        return
    one, other = (marked.by(document, coder, line) for coder in pair)
    if not (one if cell != "second" else other):
        return
    for place in _pieces(document, [*one, *other], pair):
        held = _holds(one, place), _holds(other, place)
        if held == {"both": (True, True), "first": (True, False), "second": (False, True)}[cell]:
            yield place


def _pieces(document: DocumentCodings, marked: Sequence[Range], pair: tuple[str, str]) -> Iterator[Range]:
    """The text cut wherever something begins or ends, as far as both were asked of it."""
    asked, number = asked_of_both(document, pair), 0
    for start, end in pairwise(sorted({edge for each in (*marked, *asked) for edge in each})):
        while number < len(asked) and asked[number][1] <= start:
            number += 1
        if number < len(asked) and asked[number][0] <= start:
            yield start, end


def _holds(ranges: Iterable[Range], place: Range) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in ranges)


def _common(first: Iterable[Range], second: Iterable[Range]) -> list[Range]:
    """What two sets of stretches share."""
    met = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return [(start, end) for start, end in met if start < end]


def _touching(
    study: Study, found: StudyAgreement, codes: Iterable[str], pair: tuple[str, str], places: dict[str, list[Range]]
) -> Looking:
    looking = Looking(
        documents=[document for document, own in places.items() if own],
        codes=sorted(codes),
        coders=list(pair),
        rounds=[found.round.id],
        by_search=False,
    )
    rows = codings(study, looking) if looking.documents else []
    return _by_ids(
        found,
        [row.id for row in rows if any(a < row.end and row.start < b for a, b in places[row.document])],
    )


def _by_ids(found: StudyAgreement, ids: Iterable[str]) -> Looking:
    return Looking(ids=list(dict.fromkeys(ids)), rounds=[found.round.id], by_search=False)
