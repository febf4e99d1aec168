"""Where one coder said one thing and another said another: which codes stand for each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qcode.agreement.counts import Floats
    from qcode.agreement.marks import Ints, Layout, Marks


@dataclass(frozen=True, slots=True)
class Confusion:
    """In how many units, over all pairs of coders, one marked the row's code and the other the column's.

    `swapped` counts units in which neither marked the other's code as well, so that each stands for the other; it is
    symmetric and 0 on its diagonal. `both` is the agreement, `alone` where one marked a code and the other nothing.
    """

    codes: tuple[str, ...]
    swapped: Floats
    both: Floats
    alone: Floats


def confusion(marks: Marks, layout: Layout) -> Confusion:
    """Count over all documents that two coders share; stretches that everybody marked alike are counted at once."""
    size = len(layout.codes)
    swapped, both, alone = np.zeros((size, size)), np.zeros(size), np.zeros(size)
    document = marks.cell % len(layout.documents)
    for place, length in enumerate(layout.lengths):
        there = np.flatnonzero(document == place)
        if len(there):
            _add(marks, there, layout, place, int(length), (swapped, both, alone))
    return Confusion(layout.codes, swapped, both, alone)


def _add(
    marks: Marks, there: Ints, layout: Layout, place: int, length: int, sums: tuple[Floats, Floats, Floats]
) -> None:
    swapped, both, alone = sums
    code, coder = marks.cell[there] // len(layout.documents), marks.coder[there]
    edges = np.unique(np.concatenate([[0, length], marks.start[there], marks.end[there]]))
    sizes = np.diff(edges).astype(np.float64)
    marked = np.zeros((len(layout.coders), len(layout.codes), len(edges)))
    np.add.at(marked, (coder, code, np.searchsorted(edges, marks.start[there])), 1)
    np.subtract.at(marked, (coder, code, np.searchsorted(edges, marks.end[there])), 1)
    held = np.cumsum(marked, axis=2)[:, :, :-1] > 0
    for first, second in combinations(range(len(layout.coders)), 2):
        seen = (layout.present[first, :, place] & layout.present[second, :, place])[:, None]
        one, other = held[first] & seen, held[second] & seen
        only_one, only_other = (one & ~other).astype(np.float64), (other & ~one).astype(np.float64)
        met = (only_one * sizes) @ only_other.T
        swapped += met + met.T
        both += (one & other) @ sizes
        alone += only_one @ (sizes * ~other.any(axis=0)) + only_other @ (sizes * ~one.any(axis=0))
