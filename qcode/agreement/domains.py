"""Codes that exclude each other, measured together as the values of one domain, as far as no coder let them meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.boundaries import mean, of_coders, segments_in
from qcode.agreement.continuum import Unitized, UnitizingAlpha, leaving_out, overlapping, unitizing_alpha
from qcode.agreement.jackknife import intervals
from qcode.agreement.scope import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qcode.agreement.continuum import Piece
    from qcode.agreement.values import DocumentCodings


@dataclass(frozen=True, slots=True)
class Overlap:
    """One coder's two marks with codes of one domain that overlap, as they stand in the document's text."""

    coder: str
    document: str
    one: Piece
    other: Piece


@dataclass(frozen=True, slots=True)
class DomainPair:
    """Two coders in a domain: the whole family of alphas."""

    first: str
    second: str
    family: UnitizingAlpha


@dataclass(frozen=True, slots=True)
class DomainAlpha:
    """What a domain comes to, or the `overlaps` for which it cannot be measured; then there are no figures.

    `coding` is cuα: of two coders theirs, of more the mean of every two, with its 95 % interval; `pooled` is the family
    of all coders at once, in which sources do not agree on how units are paired with themselves from three coders on.
    A figure that is not defined is NaN.
    """

    overlaps: tuple[Overlap, ...] = ()
    pooled: UnitizingAlpha | None = None
    pairs: tuple[DomainPair, ...] = ()
    coding: float = nan
    low: float = nan
    high: float = nan
    documents: int = 0
    values: Mapping[str, float] = field(default_factory=dict)


type _Block = tuple[int, Unitized]


def domain_alpha(documents: Sequence[DocumentCodings], values: Mapping[str, str]) -> DomainAlpha:
    """The alphas of a domain; `values` says for which of its values a code stands.

    A coder who did not know one of the codes in a document is missing there. Text that does not count is left out.
    """
    known = [_by_those_who_knew(each, values) for each in documents]
    blocks = list(_blocks(known, values))
    overlaps = tuple(_overlaps(known, values))
    if overlaps:
        return DomainAlpha(overlaps)
    coders = sorted({coder for _owner, block in blocks for coder in block.units})
    pairs = [_Pair(first, second, known, values) for first, second in combinations(coders, 2)]
    pairs = [pair for pair in pairs if pair.blocks]
    low, high = _interval(pairs)
    return DomainAlpha(
        pooled=unitizing_alpha([block for _owner, block in blocks]),
        pairs=tuple(DomainPair(pair.first, pair.second, pair.family) for pair in pairs),
        coding=mean([pair.family.coding for pair in pairs]),
        low=low,
        high=high,
        documents=len({owner for owner, _block in blocks}),
        values={
            value: mean([pair.family.values.get(value, nan) for pair in pairs])
            for value in sorted(set(values.values()))
        },
    )


class _Pair:
    """Two coders' stretches of text, the family over all of them, and without each document."""

    def __init__(
        self, first: str, second: str, documents: Sequence[DocumentCodings], values: Mapping[str, str]
    ) -> None:
        self.first, self.second = first, second
        self.blocks = list(_blocks([of_coders(each, (first, second)) for each in documents], values))
        self.family, self.without = leaving_out([block for _owner, block in self.blocks], [o for o, _b in self.blocks])


def _by_those_who_knew(document: DocumentCodings, values: Mapping[str, str]) -> DocumentCodings:
    missing = {coder for coder, code in document.unseen if code in values}
    return of_coders(document, document.coders - missing) if missing else document


def _blocks(documents: Sequence[DocumentCodings], values: Mapping[str, str]) -> Iterator[_Block]:
    """Each stretch that two coders were asked of, from 0 on, with the place of its document."""
    for place, document in enumerate(documents):
        for start, end, coders in blocks_of(document):
            if len(coders) > 1:
                units = {coder: _pieces(document, coder, values, start, end) for coder in sorted(coders)}
                shifted = {
                    coder: [(a - start, b - start, value) for a, b, value in own] for coder, own in units.items()
                }
                yield place, Unitized(document.document, end - start, shifted)


def _pieces(document: DocumentCodings, coder: str, values: Mapping[str, str], start: int, end: int) -> list[Piece]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for code, value in values.items():
        spans.setdefault(value, []).extend(document.spans.get((coder, code), ()))
    return [(a, b, value) for value, own in spans.items() for a, b in segments_in(own, start, end)]


def _overlaps(documents: Sequence[DocumentCodings], values: Mapping[str, str]) -> Iterator[Overlap]:
    for document in documents:
        for start, end, coders in blocks_of(document):
            for coder in sorted(coders) if len(coders) > 1 else ():
                for one, other in overlapping(_pieces(document, coder, values, start, end)):
                    yield Overlap(coder, document.document, one, other)


def _interval(pairs: Sequence[_Pair]) -> tuple[float, float]:
    """Of the mean of pairs, by leaving out one document at a time."""
    owners = sorted({owner for pair in pairs for owner in pair.without})
    if not owners:
        return nan, nan
    whole = mean([pair.family.coding for pair in pairs])
    without = [mean([pair.without.get(owner, pair.family).coding for pair in pairs]) for owner in owners]
    if isnan(whole):
        return nan, nan
    found = intervals(np.array([1 - whole]), 1 - np.array([without]), np.ones((1, len(owners)), dtype=bool))
    return float(found.low[0]), float(found.high[0])
