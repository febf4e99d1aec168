"""What is said of one line of the table beside alpha: other coefficients, pairs, documents, and what others print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import isnan

from qcode.agreement import Overall
from qcode.agreement.card import Card, Cell, PairCells, card, drives
from qcode.agreement.coefficients import expected_disagreement
from qcode.agreement.coincidences import alpha, distances
from qcode.agreement.confusion import confusion
from qcode.agreement.incumbents import Incumbents, incumbents, shared_document
from qcode.agreement.two_by_two import TwoByTwo
from qcode.queries.agreement.figures import CodeFigures, StudyAgreement
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.team import RoundRow, rounds
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two coders and one line: ids and names, their alpha, and the four cells."""

    first: str
    second: str
    names: tuple[str, str]
    alpha: float | None
    pair: PairCells

    @property
    def id(self) -> tuple[str, str]:
        """The two coders."""
        return self.first, self.second

    @property
    def driven_by(self) -> Cell | None:
        """The cell that drives kappa, where it tells another story than percent agreement."""
        return drives(self.pair.cells)


@dataclass(frozen=True, slots=True)
class Influence:
    """A document, the alpha in it `alone`, and that of all others."""

    id: str
    name: str
    without: float | None
    change: float | None
    alone: float | None = None


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """What other programs would print of two coders and one line, or in `why` why they would print nothing.

    `left_out` counts the characters of their documents that were not asked of both.
    """

    id: tuple[str, str]
    names: tuple[str, str]
    printed: Incumbents
    left_out: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class SwappedRow:
    """In how many units one coder said one line's code where another said the other's."""

    one: str
    other: str
    names: tuple[str, str]
    units: float
    both_one: float
    both_other: float

    @property
    def id(self) -> tuple[str, str]:
        """The two lines."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Point:
    """Alpha in a round with its interval; what is not defined is None."""

    alpha: float | None
    low: float | None
    high: float | None
    documents: int


@dataclass(frozen=True, slots=True)
class RoundPoint:
    """A round on a curve: a line of the table and all of them; neither where nothing can be compared, and why."""

    id: str
    name: str
    line: Point | None
    whole: Point | None
    reason: str = ""


def card_of(found: StudyAgreement, line: str) -> Card | None:
    """All coefficients of a line; None by merged segments, which are others for every line."""
    if found.unit == "merged":
        return None
    return card(found.measured.ratings(line), found.measured.layout.coders, of_units=found.unit != "character")


def pair_rows(found: StudyAgreement, line: str) -> list[PairRow]:
    """The pairs of coders of a line, in the order of their names; none by merged segments."""
    made = card_of(found, line)
    if made is None:
        return []
    ratings, coders = found.measured.ratings(line), found.measured.layout.coders
    rows = []
    for pair in (_by_name(found, each) for each in made.pairs):
        two = ratings.of_raters((coders.index(pair.first), coders.index(pair.second)))
        value = alpha(two, distances(two, "nominal")).value
        names = found.names[pair.first], found.names[pair.second]
        rows.append(PairRow(pair.first, pair.second, names, None if isnan(value) else float(value), pair))
    return sorted(rows, key=lambda row: row.names)


def _by_name(found: StudyAgreement, pair: PairCells) -> PairCells:
    if found.names[pair.first] <= found.names[pair.second]:
        return pair
    cells = TwoByTwo(pair.cells.both, pair.cells.second, pair.cells.first, pair.cells.neither)
    return PairCells(pair.second, pair.first, cells)


def influences(found: StudyAgreement, line: str | None) -> list[Influence]:
    """Alpha of a line, or of all, without each document that counts in it, and in it; the largest change first."""
    summary, counts = found.measured.summary(), found.measured.counts()
    lines = [found.measured.layout.codes.index(line)] if line is not None else slice(None)
    mixed = counts.mixed[lines].sum(axis=0)
    by_chance = expected_disagreement(counts.ones, counts.zeros)[lines].sum(axis=0)
    place = found.measured.layout.codes.index(line) if line is not None else -1
    whole = float(summary.alpha[place])
    rows = []
    for number, document in enumerate(found.measured.documents):
        if summary.shared[place, number]:
            expected = float(summary.expected_without[place, number])
            without = 1 - float(summary.observed_without[place, number]) / expected if expected > 0 else None
            change = None if without is None or isnan(whole) else without - whole
            alone = 1 - float(mixed[number] / by_chance[number]) if by_chance[number] > 0 else None
            rows.append(Influence(document.document, found.names[document.document], without, change, alone))
    return sorted(rows, key=lambda row: (row.change is None, -abs(row.change or 0.0), row.name))


def printed_rows(found: StudyAgreement, line: str) -> list[PrintedRow]:
    """What NVivo, MAXQDA, ATLAS.ti and QualCoder would print of a line, for every two coders.

    They are given the text that both coders were asked of, since they know neither parts nor excluded text.
    """
    pairs = combinations(sorted(found.measured.layout.coders, key=found.names.__getitem__), 2)
    return [_printed(found, line, pair) for pair in pairs]


def _printed(found: StudyAgreement, line: str, pair: tuple[str, str]) -> PrintedRow:
    both = [each for each in found.measured.documents if set(pair) <= each.coders]
    known = [each for each in both if not any((coder, line) in each.unseen for coder in pair)]
    shared = [shared_document(each, pair, line) for each in known]
    asked = [each for each in shared if each.length]
    why = (
        "They share no document."
        if not both
        else "One of them did not know this when handing in."
        if not known
        else "No text was asked of both."
        if not asked
        else ""
    )
    left_out = sum(each.length for each in known) - sum(each.length for each in shared)
    names = found.names[pair[0]], found.names[pair[1]]
    return PrintedRow(pair, names, incumbents(asked, codes=len(found.codes)), left_out, why)


def swapped_rows(found: StudyAgreement) -> list[SwappedRow]:
    """Where one coder said one thing and another said another, most units first; what was never swapped is left out."""
    counted = confusion(found.measured.marks, found.measured.layout)
    names: dict[str, str] = {row.id: row.code[-1] for row in found.codes}
    rows = [
        SwappedRow(
            counted.codes[one],
            counted.codes[other],
            (names[counted.codes[one]], names[counted.codes[other]]),
            float(counted.swapped[one, other]),
            float(counted.both[one]),
            float(counted.both[other]),
        )
        for one, other in combinations(range(len(counted.codes)), 2)
        if counted.swapped[one, other] > 0
    ]
    return sorted(rows, key=lambda row: (-row.units, row.names))


def curve(study: Study, line: str | None, figures: Callable[[RoundRow], StudyAgreement]) -> list[RoundPoint]:
    """Alpha of a line and of all in one round after another; `figures` gives the table of a round."""
    return [_point(row, line, figures) for row in rounds(study)]


def _point(row: RoundRow, line: str | None, figures: Callable[[RoundRow], StudyAgreement]) -> RoundPoint:
    try:
        found = figures(row)
    except NothingToCompareError as error:
        return RoundPoint(row.id, row.name, None, None, str(error))
    own = next((_as_point(one) for one in found.codes if one.id == line), None)
    return RoundPoint(row.id, row.name, own, _as_point(found.overall))


def _as_point(figures: CodeFigures | Overall) -> Point:
    return Point(figures.alpha, figures.low, figures.high, figures.documents)
