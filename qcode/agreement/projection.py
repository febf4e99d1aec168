"""Characters to sentences: which units of a document a coder's spans mark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.marks import Marks, gather, lay_out, united
from qcode.text.written_ranges import WrittenRanges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.agreement.marks import Bools, Ints, Layout
    from qcode.agreement.values import DocumentCodings

THETA = 0.5


@dataclass(frozen=True, slots=True)
class _Units:
    """All documents' units on one line, where document d begins at d * width and its units are first[d]:first[d + 1].

    A unit [start, end) leaves out the whitespace around it; its room [opens, closes) runs on to the next unit.
    """

    width: int
    first: Ints
    start: Ints
    end: Ints
    opens: Ints
    closes: Ints


@dataclass(frozen=True, slots=True)
class _Line:
    """Marks on the units' line, with the first and the last unit whose room each touches."""

    marks: Marks
    start: Ints
    end: Ints
    first: Ints
    last: Ints

    def where(self, kept: Bools) -> _Line:
        return _Line(self.marks.where(kept), self.start[kept], self.end[kept], self.first[kept], self.last[kept])


def in_units(
    marks: Marks, layout: Layout, documents: Sequence[DocumentCodings], *, any_of_it: bool = False
) -> tuple[Marks, Layout]:
    """The united marks as ranges of unit numbers, and the layout with its lengths counted in units.

    A unit is marked if at least half of it is covered by the coder's spans of the code, or if at least half of one
    such span lies in its room. No span is lost: over two rooms, half of it lies in one; over more, it covers the
    units between. Those between stay one range, so only each span's first and last unit are looked at. With `any_of_it`
    a unit is marked if any character of it is.

    Raises ValueError for units that are out of order, overlap, or do not lie inside the text.
    """
    units = _on_one_line(documents, layout)
    counted = replace(layout, lengths=np.diff(units.first))
    line = _placed(marks, units, counted)
    between = line.where(line.last > line.first + 1)
    edges = _marked_edges(line, units, len(layout.coders), any_of_it=any_of_it)
    document = np.concatenate([between.marks.cell, edges.cell]) % len(layout.documents)
    ranges = Marks(
        np.concatenate([between.marks.cell, edges.cell]),
        np.concatenate([between.marks.coder, edges.coder]),
        np.concatenate([between.first + 1, edges.start]) - units.first[document],
        np.concatenate([between.last, edges.end]) - units.first[document],
    )
    return united(ranges, counted), counted


def unit_values(document: DocumentCodings, coder: str, code: str) -> tuple[int, ...]:
    """1 for each unit of the document that the coder marked with the code, 0 for each other one."""
    ranges, length = _marked(document, coder, code)
    values = np.zeros(length, dtype=int)
    for start, end in zip(ranges.start, ranges.end, strict=True):
        values[start:end] = 1
    return tuple(int(value) for value in values)


def marked_units(document: DocumentCodings, coder: str, code: str) -> list[tuple[int, int]]:
    """The units of the document that the coder marked with the code."""
    if not document.spans.get((coder, code)):
        return []
    ranges, _length = _marked(document, coder, code)
    return [
        unit
        for start, end in zip(ranges.start, ranges.end, strict=True)
        for unit in document.units[int(start) : int(end)]
    ]


def _marked(document: DocumentCodings, coder: str, code: str) -> tuple[Marks, int]:
    """What a coder marked with a code as ranges of unit numbers, and how many units there are."""
    layout = lay_out([document], [code])
    marks = gather([document], layout)
    own = marks.where(marks.coder == layout.coders.index(coder))
    ranges, counted = in_units(united(own, layout), layout, [document])
    return ranges, int(counted.lengths[0])


def _on_one_line(documents: Sequence[DocumentCodings], layout: Layout) -> _Units:
    width = int(layout.lengths.max(initial=0)) + 1
    sizes = np.array([len(each.units) for each in documents], dtype=np.int64)
    flat = np.concatenate([_flat(each.units) for each in documents])
    offset = np.repeat(np.arange(len(documents)) * width, sizes)
    start, end = offset + flat[0::2], offset + flat[1::2]
    ends = offset + np.repeat(layout.lengths, sizes)
    if (start < offset).any() or (start >= end).any() or (end > ends).any() or (start[1:] < end[:-1]).any():
        raise ValueError("units must be sorted, not empty, apart from each other, and inside their document")

    first = np.concatenate([[0], np.cumsum(sizes)])
    opens, closes = start.copy(), np.append(start[1:], 0)
    opens[first[:-1][sizes > 0]] = offset[first[:-1][sizes > 0]]
    closes[first[1:][sizes > 0] - 1] = ends[first[1:][sizes > 0] - 1]
    return _Units(width, first, start, end, opens, closes)


def _flat(units: Sequence[tuple[int, int]]) -> Ints:
    """Starts and ends in turn."""
    if isinstance(units, WrittenRanges):
        return np.frombuffer(units.positions, dtype=np.int64)
    return np.fromiter(chain.from_iterable(units), np.int64, 2 * len(units))


def _placed(marks: Marks, units: _Units, counted: Layout) -> _Line:
    marks = marks.where(counted.lengths[marks.cell % len(counted.documents)] > 0)
    offset = marks.cell % len(counted.documents) * units.width
    start, end = offset + marks.start, offset + marks.end
    first = np.searchsorted(units.opens, start, side="right") - 1
    last = np.searchsorted(units.opens, end - 1, side="right") - 1
    return _Line(marks, start, end, first, last)


def _marked_edges(line: _Line, units: _Units, coders: int, *, any_of_it: bool) -> Marks:
    """The first and last units of marks that pass the rule, each as a range of one unit."""
    several = line.where(line.last > line.first)
    touched = np.concatenate([line.first, several.last])
    start, end = np.concatenate([line.start, several.start]), np.concatenate([line.end, several.end])
    group = np.concatenate([line.marks.cell, several.marks.cell]) * coders
    group += np.concatenate([line.marks.coder, several.marks.coder])

    covered = np.minimum(end, units.end[touched]) - np.maximum(start, units.start[touched])
    inside = np.minimum(end, units.closes[touched]) - np.maximum(start, units.opens[touched])
    holds_mark = inside >= THETA * (end - start)

    keys, place = np.unique(group * len(units.start) + touched, return_inverse=True)
    group, unit = np.divmod(keys, max(1, len(units.start)))
    total = np.bincount(place, np.maximum(covered, 0), len(keys))
    passed = total >= THETA * (units.end - units.start)[unit]
    passed |= np.bincount(place, holds_mark, len(keys)) > 0
    passed = total > 0 if any_of_it else passed
    cell, coder = np.divmod(group[passed], coders)
    return Marks(cell, coder, unit[passed], unit[passed] + 1)
