"""Which text counts: documents cut where the coders who are asked of it change, and what is excluded left out.

A document that everybody had as a whole is one block. One of which a coder was given a part is several, since outside
that part the coder is missing and did not pass anything over.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.values import DocumentCodings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.agreement.counts import Counts, Floats
    from qcode.agreement.marks import Bools, Ints, Layout

type _Block = tuple[int, int, frozenset[str]]


def in_scope(documents: Sequence[DocumentCodings]) -> tuple[list[DocumentCodings], Ints]:
    """The blocks of all documents, and by block the place of its document.

    Spans are cut at the ends of a block. A unit belongs to the block that holds its middle, and is cut there too.
    """
    blocks: list[DocumentCodings] = []
    owners: list[int] = []
    for place, document in enumerate(documents):
        found = list(_cut(document)) if document.parts or document.excluded else [document]
        blocks += found
        owners += [place] * len(found)
    return blocks, np.array(owners, dtype=np.int64)


def _cut(document: DocumentCodings) -> Iterator[DocumentCodings]:
    blocks = _blocks(document)
    if not blocks:  # the document stays, without any text that counts
        yield replace(document, length=0, units=(), spans={}, parts={}, excluded=())
    for number, (start, end, coders) in enumerate(blocks):
        yield DocumentCodings(
            f"{document.document} {number}" if len(blocks) > 1 else document.document,
            end - start,
            _units(document, start, end),
            coders,
            {key: clipped for key, spans in document.spans.items() if (clipped := _clipped(spans, start, end))},
            document.unseen,
        )


def _blocks(document: DocumentCodings) -> list[_Block]:
    """The stretches of text in which the same coders count, without those that are excluded or nobody's."""
    ranges = [*document.excluded, *(each for own in document.parts.values() for each in own)]
    edges = sorted({0, document.length, *(edge for each in ranges for edge in each)})
    stretches = [(start, end, _asked(document, start)) for start, end in pairwise(edges) if end <= document.length]
    found = []
    for coders, run in groupby(stretches, key=lambda stretch: stretch[2]):
        whole = list(run)
        found += [(whole[0][0], whole[-1][1], coders)] if coders else []
    return found


def _asked(document: DocumentCodings, at: int) -> frozenset[str]:
    if any(start <= at < end for start, end in document.excluded):
        return frozenset()
    return frozenset(
        coder
        for coder in document.coders
        if coder not in document.parts or any(start <= at < end for start, end in document.parts[coder])
    )


def _units(document: DocumentCodings, start: int, end: int) -> tuple[tuple[int, int], ...]:
    inside = (unit for unit in document.units if start <= (unit[0] + unit[1] - 1) // 2 < end)
    return tuple((max(opens, start) - start, min(closes, end) - start) for opens, closes in inside)


def _clipped(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [(max(a, start) - start, min(b, end) - start) for a, b in spans if max(a, start) < min(b, end)]


def by_document(counts: Counts, owners: Ints, documents: int) -> Counts:
    """The counts of blocks added up to those of their documents."""
    holds = (owners[:, None] == np.arange(documents)).astype(np.float64)

    def added(rows: Floats) -> Floats:
        whole: Floats = rows @ holds
        return whole

    return replace(
        counts,
        ones=added(counts.ones),
        zeros=added(counts.zeros),
        mixed=added(counts.mixed),
        units=added(counts.units),
        split=added(counts.split),
        shared=added(counts.shared.astype(np.float64)) > 0,
    )


def layout_by_document(layout: Layout, owners: Ints, documents: Sequence[DocumentCodings]) -> Layout:
    """Who could have marked what, by document: whoever was asked of any of its blocks."""
    present: Bools = np.zeros((*layout.present.shape[:2], len(documents)), dtype=bool)
    lengths = np.zeros(len(documents), dtype=np.int64)
    for block, owner in enumerate(owners):
        present[:, :, owner] |= layout.present[:, :, block]
    np.add.at(lengths, owners, layout.lengths)
    return replace(layout, documents=tuple(each.document for each in documents), present=present, lengths=lengths)
