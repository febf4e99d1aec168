"""Where one coder said one thing and another said another: which codes stand for each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from qcode.agreement.marks import Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.agreement.counts import Floats
    from qcode.agreement.marks import Bools, Layout

_AT_ONCE: Final = 500
"""How many marks are laid side by side, or a few more."""


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
    for some, place in _together(marks, layout):
        _add(some, layout.present[:, :, place], len(layout.documents), (swapped, both, alone))
    return Confusion(layout.codes, swapped, both, alone)


def _together(marks: Marks, layout: Layout) -> Iterator[tuple[Marks, int]]:
    """Marks of documents in which the same coders could have marked the same, laid on one line; and one of these."""
    _alike, kind = np.unique(layout.present.reshape(-1, len(layout.documents)), axis=1, return_inverse=True)
    document = marks.cell % len(layout.documents)
    marks = marks.where(np.lexsort((document, kind[document])))
    document = marks.cell % len(layout.documents)
    begins = np.concatenate([[0], np.cumsum(layout.lengths + 1)])[document]
    line = Marks(marks.cell, marks.coder, marks.start + begins, marks.end + begins)
    opens = np.flatnonzero(np.diff(document, prepend=-1))
    first = 0
    for here, there in zip(opens, [*opens[1:], len(document)], strict=False):
        last = there == len(document) or kind[document[there]] != kind[document[here]]
        if last or there - first >= _AT_ONCE:
            yield line.where(np.arange(first, there)), int(document[here])
            first = there


def _add(marks: Marks, present: Bools, documents: int, sums: tuple[Floats, Floats, Floats]) -> None:
    """Add what was marked, code by code of those that were."""
    swapped, both, alone = sums
    codes, code = np.unique(marks.cell // documents, return_inverse=True)
    edges = np.unique(np.concatenate([marks.start, marks.end]))
    sizes = np.diff(edges).astype(np.float64)
    marked = np.zeros((len(present), len(codes), len(edges)))
    np.add.at(marked, (marks.coder, code, np.searchsorted(edges, marks.start)), 1)
    np.subtract.at(marked, (marks.coder, code, np.searchsorted(edges, marks.end)), 1)
    held = np.cumsum(marked, axis=2)[:, :, :-1] > 0
    for first, second in combinations(range(len(present)), 2):
        seen = (present[first] & present[second])[codes, None]
        one, other = held[first] & seen, held[second] & seen
        only_one, only_other = (one & ~other).astype(np.float64), (other & ~one).astype(np.float64)
        met = (only_one * sizes) @ only_other.T
        swapped[np.ix_(codes, codes)] += met + met.T
        both[codes] += (one & other) @ sizes
        alone[codes] += only_one @ (sizes * ~other.any(axis=0)) + only_other @ (sizes * ~one.any(axis=0))
