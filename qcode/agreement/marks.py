"""All coders' spans as arrays, so that every code and document is counted in one sweep."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from qcode.agreement.values import DocumentCodings

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


class NobodyFinishedError(QcodeError):
    """No document has a coder who finished it, so there is nothing to compare."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody has finished coding a document yet. Agreement needs two coders who finished the same one."
        )


@dataclass(frozen=True, slots=True)
class Marks:
    """Spans as parallel arrays; `cell` is code * number of documents + document, all by their place in the lists."""

    cell: Ints
    coder: Ints
    start: Ints
    end: Ints

    def where(self, kept: Bools | Ints) -> Marks:
        """The marks that a mask keeps, or those at these places."""
        return Marks(self.cell[kept], self.coder[kept], self.start[kept], self.end[kept])


@dataclass(frozen=True, slots=True)
class Layout:
    """Who could have marked what: `present` is (coder, code, document), `lengths` are the documents' in units."""

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    documents: tuple[str, ...]
    lengths: Ints
    present: Bools

    def only(self, coders: Sequence[int]) -> Layout:
        """The same layout with everyone missing but these coders, who keep their places."""
        chosen = np.zeros(len(self.coders), dtype=bool)
        chosen[list(coders)] = True
        return Layout(self.coders, self.codes, self.documents, self.lengths, self.present & chosen[:, None, None])

    def pairable(self) -> Bools:
        """The (code, document) cells with two coders or more and some text."""
        shared: Bools = (self.present.sum(axis=0) >= 2) & (self.lengths > 0)
        return shared


def lay_out(documents: Sequence[DocumentCodings], codes: Sequence[str], coders: Sequence[str] = ()) -> Layout:
    """The layout of the documents, its lengths counted in characters; of these coders, or else of all, by name.

    Raises NobodyFinishedError without any coder, and ValueError where a document or a code comes twice.
    """
    names = tuple(each.document for each in documents)
    if len(set(names)) < len(names) or len(set(codes)) < len(codes):
        raise ValueError("every document and every code may come only once")
    coders = tuple(coders or sorted(frozenset[str]().union(*(each.coders for each in documents))))
    if not coders:
        raise NobodyFinishedError
    finished = np.array([[coder in each.coders for each in documents] for coder in coders], dtype=bool)
    present = np.repeat(finished[:, None, :], len(codes), axis=1)
    for coder, code, document in _unseen(documents, coders, codes):
        present[coder, code, document] = False
    lengths = np.array([each.length for each in documents], dtype=np.int64)
    return Layout(coders, tuple(codes), names, lengths, present)


def _unseen(
    documents: Sequence[DocumentCodings], coders: Sequence[str], codes: Sequence[str]
) -> Iterator[tuple[int, int, int]]:
    coder_place, code_place = _places(coders), _places(codes)
    for place, document in enumerate(documents):
        for coder, code in document.unseen:
            if coder in coder_place and code in code_place:
                yield coder_place[coder], code_place[code], place


def gather(documents: Sequence[DocumentCodings], layout: Layout) -> Marks:
    """Every span of the layout's coders and codes.

    Raises ValueError for a span that is empty or does not lie inside its document.
    """
    cells, coders, sizes, lists = _rows(documents, layout)
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(lists)), dtype=np.int64, count=2 * sum(sizes))
    repeats = np.array(sizes, dtype=np.int64)
    marks = Marks(
        np.repeat(np.array(cells, dtype=np.int64), repeats),
        np.repeat(np.array(coders, dtype=np.int64), repeats),
        flat[0::2],
        flat[1::2],
    )
    _refuse_misplaced(marks, layout)
    return marks


def _rows(
    documents: Sequence[DocumentCodings], layout: Layout
) -> tuple[list[int], list[int], list[int], list[Sequence[tuple[int, int]]]]:
    coder_place, code_place = _places(layout.coders), _places(layout.codes)
    cells, coders, sizes, lists = [], [], [], []
    for place, document in enumerate(documents):
        for (coder, code), spans in document.spans.items():
            if coder in coder_place and coder in document.coders and code in code_place:
                cells.append(code_place[code] * len(documents) + place)
                coders.append(coder_place[coder])
                sizes.append(len(spans))
                lists.append(spans)
    return cells, coders, sizes, lists


def _refuse_misplaced(marks: Marks, layout: Layout) -> None:
    document = marks.cell % len(layout.documents)
    wrong = (marks.start < 0) | (marks.start >= marks.end) | (marks.end > layout.lengths[document])
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ValueError(
            f"the span [{marks.start[first]}, {marks.end[first]}) is empty or does not lie inside document "
            f"{layout.documents[document[first]]} of {layout.lengths[document[first]]} characters"
        )


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def countable(marks: Marks, layout: Layout) -> Marks:
    """The marks made where the coder is not missing and another coder was there too."""
    code, document = np.divmod(marks.cell, len(layout.documents))
    return marks.where(layout.present[marks.coder, code, document] & layout.pairable()[code, document])


def united(marks: Marks, layout: Layout, *, touching: bool = True) -> Marks:
    """The same marks with each coder's own overlapping or touching spans of one code and document made one.

    Without `touching`, those that only touch stay apart. All spans are laid on one line, a stretch for each
    (cell, coder), where one running maximum of ends finds the gaps.
    """
    width = _width(layout)
    base = (marks.cell * len(layout.coders) + marks.coder) * width
    order = np.argsort(base + marks.start)
    starts, ends = (base + marks.start)[order], np.maximum.accumulate((base + marks.end)[order])
    opens = np.ones(len(starts), dtype=bool)
    opens[1:] = starts[1:] > ends[:-1] if touching else starts[1:] >= ends[:-1]
    closes = np.roll(opens, -1)
    group, start = np.divmod(starts[opens], width)
    cell, coder = np.divmod(group, len(layout.coders))
    return Marks(cell, coder, start, ends[closes] - group * width)


def ordered(marks: Marks, layout: Layout) -> Marks:
    """United marks from several places in the order in which `united` has them: by cell, coder and start."""
    return marks.where(np.argsort((marks.cell * len(layout.coders) + marks.coder) * _width(layout) + marks.start))


def _width(layout: Layout) -> int:
    return int(layout.lengths.max(initial=0)) + 1
