"""Spans of several coders as ratings: of stretches in which nobody begins or ends, of units, and of whole documents."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.projection import unit_values
from qcode.agreement.ratings import MISSING, Ratings
from qcode.agreement.values import DocumentCodings

if TYPE_CHECKING:
    from qcode.agreement.continuum import Unitized
    from qcode.agreement.marks import Ints

type Marking = Callable[[frozenset[str]], Hashable]


def of_code(documents: Sequence[Unitized], code: str) -> Ratings:
    """Whether each coder marked each stretch with a code; a stretch weighs as many characters as it has."""
    return _rated(documents, lambda codes: int(code in codes), (0, 1))


def of_sets(documents: Sequence[Unitized], *, coded_only: bool = False) -> Ratings:
    """Which codes each coder put on each stretch; with `coded_only`, only where somebody put one."""
    ratings = _rated(documents, lambda codes: codes, ())
    if not coded_only:
        return ratings
    empty = [number for number, codes in enumerate(ratings.categories) if not codes]
    return ratings.where(~np.isin(ratings.given, [*empty, MISSING]).all(axis=1))


def of_documents(documents: Sequence[Unitized], code: str) -> Ratings:
    """Whether each coder used a code anywhere in each document."""
    names = _coders(documents)
    rows = [
        [
            int(any(piece[2] == code for piece in document.units[name])) if name in document.units else None
            for name in names
        ]
        for document in documents
    ]
    return Ratings.of(rows, (0, 1))


def of_units(documents: Sequence[Unitized], code: str, units: Sequence[tuple[int, int]]) -> Ratings:
    """Whether each coder marked each of the given units of the documents, by the rule of the program."""
    names = _coders(documents)
    columns = [
        [values_of_units(document, name, code, units) if name in document.units else None for name in names]
        for document in documents
    ]
    rows = [
        [None if values is None else values[number] for values in column]
        for column in columns
        for number in range(len(units))
    ]
    return Ratings.of(rows, (0, 1))


def values_of_units(document: Unitized, coder: str, code: str, units: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """1 for each unit that a coder marked, 0 for each other one."""
    spans = [(start, end) for start, end, value in document.units[coder] if value == code]
    codings = DocumentCodings(
        document.document, document.length, tuple(units), frozenset({coder}), {(coder, code): spans}
    )
    return unit_values(codings, coder, code)


def _coders(documents: Sequence[Unitized]) -> list[str]:
    return sorted({name for document in documents for name in document.units})


def _rated(documents: Sequence[Unitized], marking: Marking, declared: Sequence[Hashable]) -> Ratings:
    names = _coders(documents)
    rows: list[list[Hashable | None]] = []
    weights: list[int] = []
    for document in documents:
        edges = _edges(document)
        weights += np.diff(edges).tolist()
        columns = [
            [marking(codes) for codes in _on_edges(document, name, edges)]
            if name in document.units
            else [None] * (len(edges) - 1)
            for name in names
        ]
        rows += [list(row) for row in zip(*columns, strict=True)] if names else []
    ratings = Ratings.of(rows, declared)
    return Ratings(ratings.categories, ratings.given, np.array(weights[: len(rows)], dtype=np.float64))


def _edges(document: Unitized) -> Ints:
    ends = [edge for units in document.units.values() for start, end, _value in units for edge in (start, end)]
    return np.unique(np.array([0, document.length, *ends], dtype=np.int64))


def _on_edges(document: Unitized, name: str, edges: Ints) -> list[frozenset[str]]:
    held: list[set[str]] = [set() for _ in edges[1:]]
    for start, end, value in document.units[name]:
        for stretch in range(*np.searchsorted(edges, (start, end))):
            held[stretch].add(value)
    return [frozenset(codes) for codes in held]
