"""The sums from which every coefficient follows: one row per code, one column per document, additive over both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qcode.agreement.marks import Bools, Ints, Layout, Marks

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over the units of each (code, document) with m >= 2 coders, of whom y marked the unit.

    `ones` is the sum of y, `zeros` of m - y, `mixed` of y(m - y)/(m - 1) (the coincidences of a one with a zero),
    `units` their number, and `split` the sum of the share of coder pairs that differ, 2y(m - y)/(m(m - 1)).
    `shared` says where two coders were there at all.
    """

    ones: Floats
    zeros: Floats
    mixed: Floats
    units: Floats
    split: Floats
    shared: Bools


def sweep(marks: Marks, layout: Layout) -> Counts:
    """The counts of united, countable marks, exact and without ever touching a single character.

    Marks begin (+1) and end (-1) on one line with a stretch for each cell; between two neighbours on it the number
    of coders who marked is constant, so each stretch enters once, weighted by its length.
    """
    shape = layout.present.shape[1:]
    coders, shared = layout.present.sum(axis=0), layout.pairable()
    cell, length, marked = _stretches(marks, int(layout.lengths.max(initial=0)) + 1)
    differing = marked * (coders.ravel()[cell] - marked)
    ones = np.bincount(cell, length * marked, coders.size).reshape(shape)
    product = np.bincount(cell, length * differing, coders.size).reshape(shape)
    units = np.where(shared, layout.lengths, 0).astype(np.float64)
    others = np.where(shared, coders - 1, 1)
    return Counts(ones, units * coders - ones, product / others, units, 2 * product / (others * (others + 1)), shared)


def _stretches(marks: Marks, width: int) -> tuple[Ints, Ints, Ints]:
    """The cell, the length and the number of coders of each stretch that at least one coder marked."""
    edges = np.concatenate([marks.cell * width + marks.start, marks.cell * width + marks.end])
    steps = np.repeat(np.array([1, -1]), len(marks.cell))
    order = np.argsort(edges)
    edges, marked = edges[order], np.cumsum(steps[order])
    length = np.diff(edges, append=edges[-1:])
    kept = (length > 0) & (marked > 0)
    return edges[kept] // width, length[kept], marked[kept]
