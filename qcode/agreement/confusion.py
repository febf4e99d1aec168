"""Where one coder said one thing and another said another: which codes stand for each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qcode.agreement.counts import Floats
    from qcode.agreement.marks import Layout, Marks


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
    marks = marks.where(np.argsort(document, kind="stable"))
    places, firsts = np.unique(np.sort(document), return_index=True)
    for place, first, last in zip(places, firsts, np.append(firsts, len(document))[1:], strict=True):
        _add(marks.where(np.arange(first, last)), layout, int(place), (swapped, both, alone))
    return Confusion(layout.codes, swapped, both, alone)


def _add(marks: Marks, layout: Layout, place: int, sums: tuple[Floats, Floats, Floats]) -> None:
    """Add what was marked in one document, code by code of those that were."""
    swapped, both, alone = sums
    codes, code = np.unique(marks.cell // len(layout.documents), return_inverse=True)
    edges = np.unique(np.concatenate([marks.start, marks.end]))
    sizes = np.diff(edges).astype(np.float64)
    marked = np.zeros((len(layout.coders), len(codes), len(edges)))
    np.add.at(marked, (marks.coder, code, np.searchsorted(edges, marks.start)), 1)
    np.subtract.at(marked, (marks.coder, code, np.searchsorted(edges, marks.end)), 1)
    held = np.cumsum(marked, axis=2)[:, :, :-1] > 0
    present = layout.present[:, codes, place]
    for first, second in combinations(range(len(layout.coders)), 2):
        seen = (present[first] & present[second])[:, None]
        one, other = held[first] & seen, held[second] & seen
        only_one, only_other = (one & ~other).astype(np.float64), (other & ~one).astype(np.float64)
        met = (only_one * sizes) @ only_other.T
        swapped[np.ix_(codes, codes)] += met + met.T
        both[codes] += (one & other) @ sizes
        alone[codes] += only_one @ (sizes * ~other.any(axis=0)) + only_other @ (sizes * ~one.any(axis=0))
