"""Alpha for unitizing: coders cut a text into units with a value, and leave gaps.

The family of Krippendorff, Mathet, Bouvry & Widlöcher (2016): additive over documents, and equal to the alpha of coding
where units are one character long. The text between the ends of any coder's units is one stretch, so nothing here
depends on how long a text is. What is not defined is NaN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from qcode.errors import QcodeError

if TYPE_CHECKING:
    from qcode.agreement.counts import Floats
    from qcode.agreement.marks import Ints

type Piece = tuple[int, int, str]
"""A unit [start, end) and its value."""

_GAP = 0


class OverlappingUnitsError(QcodeError):
    """One coder's units overlap within a domain."""

    def __init__(self, coder: str, document: str, one: Piece, other: Piece) -> None:
        self.coder, self.document, self.one, self.other = coder, document, one, other
        super().__init__(
            f"{coder} marked {one[0]}–{one[1]} with “{one[2]}” and {other[0]}–{other[1]} with “{other[2]}” in "
            f"{document}. These overlap, so the codes cannot be measured as excluding each other: take each by itself."
        )


@dataclass(frozen=True, slots=True)
class Unitized:
    """One document from 0 to its length, and for each coder who finished it their units."""

    document: str
    length: int
    units: Mapping[str, Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class UnitizingAlpha:
    """The family of alphas for unitizing, over all values and for each.

    `alpha` is of units and gaps alike, `binary` of units against gaps, `coding` of the values where units meet, with
    the `coverage` of the text that it speaks of; `values` and `value_coverage` are the same by value. `coding_union`
    is the reading in which a unit counts once for whatever the others cover of it together; it differs from `coding`
    for three coders or more.
    """

    alpha: float
    binary: float
    coding: float
    coding_union: float
    coverage: float
    values: Mapping[str, float]
    value_coverage: Mapping[str, float]


@dataclass(slots=True)
class _Sums:
    """What adds up over documents; rows and columns are values, the first of them the gap."""

    met: Floats
    own: Floats
    shared_own: Floats
    union_own: Floats


def unitizing_alpha(documents: Sequence[Unitized]) -> UnitizingAlpha:
    """The family over all documents that two coders finished; raises OverlappingUnitsError."""
    values = _values(documents)
    return _family(_added(_sums(documents, values)), values)


def leaving_out(
    documents: Sequence[Unitized], owners: Sequence[int]
) -> tuple[UnitizingAlpha, dict[int, UnitizingAlpha]]:
    """The family over all documents, and over all but those of each owner; raises OverlappingUnitsError.

    `owners` says to which text each of the documents belongs, as where one text counts in several stretches.
    """
    values = _values(documents)
    each = _sums(documents, values)
    whole = _added(each)
    own: dict[int, list[_Sums]] = {}
    for owner, sums, document in zip(owners, each, documents, strict=True):
        if len(document.units) > 1:
            own.setdefault(owner, []).append(sums)
    without = {owner: _family(_taken_off(whole, _added(parts)), values) for owner, parts in own.items()}
    return _family(whole, values), without


def _values(documents: Sequence[Unitized]) -> list[str]:
    return sorted({value for each in documents for units in each.units.values() for _start, _end, value in units})


def _sums(documents: Sequence[Unitized], values: Sequence[str]) -> list[_Sums]:
    place = {value: number for number, value in enumerate(values, 1)}
    return [_of_document(document, place) for document in documents]


def _of_document(document: Unitized, place: Mapping[str, int]) -> _Sums:
    sums = _nothing(len(place) + 1)
    units = {coder: _apart(document, coder, units) for coder, units in document.units.items()}
    if len(units) > 1:
        _add(sums, document.length, list(units.values()), place)
    return sums


def _nothing(size: int) -> _Sums:
    return _Sums(np.zeros((size, size)), np.zeros(size), np.zeros(size), np.zeros(size))


def _added(each: Sequence[_Sums]) -> _Sums:
    whole = _nothing(len(each[0].own) if each else 1)
    for sums in each:
        whole.met += sums.met
        whole.own += sums.own
        whole.shared_own += sums.shared_own
        whole.union_own += sums.union_own
    return whole


def _taken_off(whole: _Sums, part: _Sums) -> _Sums:
    return _Sums(
        whole.met - part.met,
        whole.own - part.own,
        whole.shared_own - part.shared_own,
        whole.union_own - part.union_own,
    )


def _apart(document: Unitized, coder: str, units: Sequence[Piece]) -> list[Piece]:
    """A coder's units in order; those of one value that overlap are one."""
    found: list[Piece] = []
    for start, end, value in sorted(units):
        if found and start < found[-1][1]:
            if found[-1][2] != value:
                raise OverlappingUnitsError(coder, document.document, found[-1], (start, end, value))
            found[-1] = (found[-1][0], max(end, found[-1][1]), value)
        else:
            found.append((start, end, value))
    return found


def overlapping(units: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """The units of one coder that overlap one of another value, in the order of the text."""
    ordered = sorted(units)
    found = []
    for number, one in enumerate(ordered):
        for other in islice(ordered, number + 1, None):
            if other[0] >= one[1]:
                break
            if other[2] != one[2]:
                found.append((one, other))
    return found


def _add(sums: _Sums, length: int, coders: list[list[Piece]], place: Mapping[str, int]) -> None:
    edges = np.unique([0, length, *(edge for units in coders for start, end, _value in units for edge in (start, end))])
    sizes = np.diff(edges).astype(np.float64)
    held, own = zip(*(_on_edges(units, edges, place) for units in coders), strict=True)
    size = len(sums.own)
    for one, other in permutations(range(len(coders)), 2):
        cells = held[one] * size + held[other]
        sums.met += np.bincount(cells, sizes, size * size).reshape(size, size) / (len(coders) - 1)
        covered = np.where(held[other] != _GAP, sizes, 0.0)
        sums.shared_own += _squared(own[one], covered, coders[one], place, size) / (len(coders) - 1)
    for one, units in enumerate(coders):
        others = np.any([held[other] != _GAP for other in range(len(coders)) if other != one], axis=0)
        sums.union_own += _squared(own[one], np.where(others, sizes, 0.0), units, place, size)
        sums.own += _squared(own[one], sizes, units, place, size)
        sums.own[_GAP] += sizes[held[one] == _GAP].sum()


def _on_edges(units: list[Piece], edges: Ints, place: Mapping[str, int]) -> tuple[Ints, Ints]:
    """By stretch: the value a coder gave it, and the number of the unit it lies in, counted from 1; 0 in gaps."""
    held, own = np.zeros(len(edges) - 1, dtype=np.int64), np.zeros(len(edges) - 1, dtype=np.int64)
    for number, (start, end, value) in enumerate(units, 1):
        inside = slice(*np.searchsorted(edges, (start, end)))
        held[inside], own[inside] = place[value], number
    return held, own


def _squared(own: Ints, sizes: Floats, units: list[Piece], place: Mapping[str, int], size: int) -> Floats:
    """By value: the squares of how much of each unit is counted."""
    lengths = np.bincount(own, sizes, len(units) + 1)[1:]
    return np.bincount([place[value] for _start, _end, value in units], lengths**2, size).astype(np.float64)


# The coefficients -------------------------------------------------------------------------------------------------


def _family(sums: _Sums, values: list[str]) -> UnitizingAlpha:
    whole = float(sums.met.sum())
    totals = sums.met.sum(axis=1)
    chance = _products(totals, sums.own) * _part(whole, whole**2 - float(sums.own.sum()))
    met = sums.met[1:, 1:]
    by_value, coverage = _by_value(met, sums.shared_own[1:], totals[1:])
    return UnitizingAlpha(
        _alpha(whole - np.trace(sums.met), whole - np.trace(chance)),
        _alpha(totals[_GAP] - sums.met[_GAP, _GAP], float(chance[_GAP].sum()) - chance[_GAP, _GAP]),
        _coding(met, sums.shared_own[1:]),
        _coding(met, sums.union_own[1:]),
        _part(float(met.sum()), whole),
        dict(zip(values, by_value, strict=True)),
        dict(zip(values, coverage, strict=True)),
    )


def _products(totals: Floats, own: Floats) -> Floats:
    return np.outer(totals, totals) - np.diag(own)


def _chance_in_meeting(met: Floats, own: Floats) -> Floats:
    totals, whole = met.sum(axis=1), float(met.sum())
    return _products(totals, own) / (whole - float(own.sum()) / whole)


def _coding(met: Floats, own: Floats) -> float:
    whole = float(met.sum())
    if not whole or whole**2 == float(own.sum()):
        return nan
    chance = _chance_in_meeting(met, own)
    return _alpha(whole - np.trace(met), float(chance.sum()) - np.trace(chance))


def _by_value(met: Floats, own: Floats, all_text: Floats) -> tuple[list[float], list[float]]:
    """The alpha of each value where units meet, and how much of its text that is."""
    whole, totals = float(met.sum()), met.sum(axis=1)
    coverage = [_part(float(part), float(all_of_it)) for part, all_of_it in zip(totals, all_text, strict=True)]
    if not whole or whole**2 == float(own.sum()):
        return [nan] * len(totals), coverage
    chance = _chance_in_meeting(met, own)
    expected = chance.sum(axis=1)
    found = [
        _alpha(
            float(expected[row] * (totals[row] - met[row, row])),
            float(totals[row] * (expected[row] - chance[row, row])),
        )
        for row in range(len(totals))
    ]
    return found, coverage


def _alpha(observed: float, expected: float) -> float:
    return float(1 - observed / expected) if expected > 1e-12 else nan


def _part(part: float, whole: float) -> float:
    return part / whole if whole else nan


# The older form ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SquaredAlpha:
    """Alpha for unitizing as it was from 1995 to 2004, of one value, with both disagreements."""

    value: float
    observed: float
    expected: float


def squared_alpha(length: int, coders: Sequence[Sequence[tuple[int, int]]]) -> SquaredAlpha:
    """Krippendorff (1995; 2004, section 11.6): disagreement by squared lengths, for one value in one document.

    `coders` are the stretches [start, end) of each coder, in order and without overlap. It is no member of the family
    above and gives other numbers.
    """
    gaps = [_gaps(length, units) for units in coders]
    m = len(coders)
    if m < 2 or not length:
        return SquaredAlpha(nan, nan, nan)
    observed = sum(_difference(coders[one], coders[other], gaps[other]) for one, other in permutations(range(m), 2))
    observed /= m * (m - 1) * length**2
    expected = _expected(length, coders, [end - start for each in gaps for start, end in each])
    return SquaredAlpha(1 - observed / expected if expected else nan, observed, expected)


type _Stretches = Sequence[tuple[int, int]]


def _gaps(length: int, units: _Stretches) -> list[tuple[int, int]]:
    edges = [0, *(edge for unit in units for edge in unit), length]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def _difference(one: _Stretches, other: _Stretches, gaps: _Stretches) -> float:
    """Overlapping units by where they begin and end, units in the other's gap by their length, counted both ways."""
    overlapping = sum(
        (start - begin) ** 2 + (end - finish) ** 2
        for start, end in one
        for begin, finish in other
        if start < finish and begin < end
    )
    missed = sum((end - start) ** 2 for start, end in one for opens, closes in gaps if opens <= start and end <= closes)
    return float(overlapping + 2 * missed)


def _expected(length: int, coders: Sequence[_Stretches], gaps: list[int]) -> float:
    lengths = [end - start for units in coders for start, end in units]
    n, m = len(lengths), len(coders)
    total = sum(
        (n - 1) * (2 * size**3 - 3 * size**2 + size) / 3 + size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
        for size in lengths
    )
    ways = m * length * (m * length - 1) - sum(size * (size - 1) for size in lengths)
    return 2 / length * total / ways if ways else nan
