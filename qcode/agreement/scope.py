"""Which text counts: documents cut where the coders who are asked of it change, and what is excluded left out.

A document that everybody had as a whole is one block. One of which a coder was given a part is several, since outside
that part the coder is missing and did not pass anything over.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.values import DocumentCodings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qcode.agreement.counts import Counts, Floats
    from qcode.agreement.marks import Bools, Ints, Layout

type Block = tuple[int, int, frozenset[str]]


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


def coders_asked(document: DocumentCodings) -> frozenset[str]:
    """Who counts in a document: whoever was asked of any text of it that counts."""
    blocks = blocks_of(document) if document.parts or document.excluded else ()
    return frozenset[str]().union(*(coders for _start, _end, coders in blocks)) if blocks else document.coders


def _cut(document: DocumentCodings) -> Iterator[DocumentCodings]:
    blocks = blocks_of(document)
    if not blocks:  # the document stays, without any text that counts
        yield replace(document, length=0, units=(), spans={}, parts={}, excluded=())
    parted = zip(blocks, _units(document, blocks), _spans(document, blocks), strict=True)
    for number, ((start, end, coders), units, spans) in enumerate(parted):
        name = f"{document.document} {number}" if len(blocks) > 1 else document.document
        yield DocumentCodings(name, end - start, units, coders, spans, document.unseen)


def blocks_of(document: DocumentCodings) -> list[Block]:
    """The stretches [start, end) of text in which the same coders count, without what is excluded or nobody's."""
    ranges = [*document.excluded, *(each for own in document.parts.values() for each in own)]
    edges = sorted({0, document.length, *(edge for each in ranges for edge in each)})
    stretches = zip(pairwise(edges), _asked(document, edges), strict=True)
    found: list[Block] = []
    for coders, run in groupby(stretches, key=itemgetter(1)):
        places = [place for place, _coders in run if place[1] <= document.length]
        found += [(places[0][0], places[-1][1], coders)] if coders and places else []
    return found


def _asked(document: DocumentCodings, edges: Sequence[int]) -> Iterator[frozenset[str]]:
    """Who counts between each two edges."""
    place = {edge: number for number, edge in enumerate(edges)}
    always = document.coders - document.parts.keys()
    own = {coder: _held(parts, place) for coder, parts in document.parts.items() if coder in document.coders}
    for number, excluded in enumerate(_held(document.excluded, place)[:-1]):
        mine = [coder for coder, held in own.items() if held[number]]
        yield frozenset() if excluded else always.union(mine) if mine else always


def _held(ranges: Sequence[tuple[int, int]], place: Mapping[int, int]) -> list[bool]:
    """After each edge, whether a range goes on there."""
    steps = [0] * len(place)
    for start, end in ranges:
        if start < end:
            steps[place[start]] += 1
            steps[place[end]] -= 1
    return [open_ > 0 for open_ in accumulate(steps)]


def _units(document: DocumentCodings, blocks: Sequence[Block]) -> list[list[tuple[int, int]]]:
    """By block, the units whose middle it holds, as far as they lie in it."""
    middles = [(start + end - 1) // 2 for start, end in document.units]
    found = []
    for start, end, _coders in blocks:
        inside = document.units[bisect_left(middles, start) : bisect_left(middles, end)]
        found.append([(max(opens, start) - start, min(closes, end) - start) for opens, closes in inside])
    return found


def _spans(document: DocumentCodings, blocks: Sequence[Block]) -> list[dict[tuple[str, str], list[tuple[int, int]]]]:
    """By block, what was marked in it."""
    found: list[dict[tuple[str, str], list[tuple[int, int]]]] = [{} for _block in blocks]
    ends = [end for _start, end, _coders in blocks]
    for key, spans in document.spans.items():
        for first, last in spans:
            number = bisect_right(ends, first)
            while number < len(blocks) and blocks[number][0] < last:
                start, end, _coders = blocks[number]
                found[number].setdefault(key, []).append((max(first, start) - start, min(last, end) - start))
                number += 1
    return found


def by_document(counts: Counts, owners: Ints, documents: int) -> Counts:
    """The counts of blocks added up to those of their documents, each from its own blocks alone."""
    first = np.searchsorted(owners, np.arange(documents))

    def added(rows: Floats) -> Floats:
        whole: Floats = np.add.reduceat(rows, first, axis=1)
        return whole

    return replace(
        counts,
        ones=added(counts.ones),
        zeros=added(counts.zeros),
        mixed=added(counts.mixed),
        units=added(counts.units),
        split=added(counts.split),
        shared=np.logical_or.reduceat(counts.shared, first, axis=1),
    )


def layout_by_document(layout: Layout, owners: Ints, documents: Sequence[DocumentCodings]) -> Layout:
    """Who could have marked what, by document: whoever was asked of any of its blocks."""
    first = np.searchsorted(owners, np.arange(len(documents)))
    present: Bools = np.logical_or.reduceat(layout.present, first, axis=2)
    lengths = np.add.reduceat(layout.lengths, first)
    return replace(layout, documents=tuple(each.document for each in documents), present=present, lengths=lengths)
