"""Merged segments as units: stretches of text that somebody marked, and the gaps between them.

Marks of any coder that overlap are one unit, with the value 1 for every coder who has a mark in it; every gap is a unit
that nobody marked. How many units there are so depends on the coders: good for lists to look through, not for a
headline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.counts import Counts

if TYPE_CHECKING:
    from qcode.agreement.marks import Bools, Ints, Layout, Marks


def count_segments(marks: Marks, layout: Layout) -> Counts:
    """The counts of countable marks by code and document, in merged segments."""
    shape, coders, shared = layout.present.shape[1:], layout.present.sum(axis=0), layout.pairable()
    cell, cluster, start, end = _clusters(marks, int(layout.lengths.max(initial=0)) + 1)
    marked = np.bincount(cluster, minlength=len(cell)) if len(cell) else np.zeros(0)
    gaps = _gaps(cell, start, end, layout)
    differing = marked * (coders.ravel()[cell] - marked)
    ones = np.bincount(cell, marked, coders.size).reshape(shape)
    product = np.bincount(cell, differing, coders.size).reshape(shape)
    units = np.where(shared, np.bincount(cell, minlength=coders.size).reshape(shape) + gaps, 0).astype(np.float64)
    others = np.where(shared, coders - 1, 1)
    return Counts(ones, units * coders - ones, product / others, units, 2 * product / (others * (others + 1)), shared)


def _clusters(marks: Marks, width: int) -> tuple[Ints, Ints, Ints, Ints]:
    """The cell, start and end of each cluster, and for each coder in one, once, the place of that cluster."""
    order = np.argsort(marks.cell * width + marks.start, kind="stable")
    line = marks.cell * width
    starts, ends = (line + marks.start)[order], np.maximum.accumulate((line + marks.end)[order])
    opens: Bools = np.ones(len(starts), dtype=bool)
    opens[1:] = (starts[1:] >= ends[:-1]) | (marks.cell[order][1:] != marks.cell[order][:-1])
    number = np.cumsum(opens) - 1
    each = np.unique(np.stack([number, marks.coder[order]]), axis=1)[0] if len(order) else number
    closes = np.roll(opens, -1)
    cell = marks.cell[order][opens]
    return cell, each, starts[opens] - cell * width, ends[closes] - cell * width


def _gaps(cell: Ints, start: Ints, end: Ints, layout: Layout) -> Ints:
    """By code and document: how many gaps there are before, between and after the clusters."""
    shape = layout.present.shape[1:]
    size = int(np.prod(shape))
    before = np.concatenate([[0], end[:-1]])
    first = np.ones(len(cell), dtype=bool)
    first[1:] = cell[1:] != cell[:-1]
    last = np.roll(first, -1)
    found = np.bincount(cell, np.where(first, start > 0, start > before), size)
    lengths = np.tile(layout.lengths, shape[0])
    found += np.bincount(cell[last], end[last] < lengths[cell[last]], size)
    without = np.bincount(cell, minlength=size) == 0
    found[without] = lengths[without] > 0
    return found.astype(np.int64).reshape(shape)
