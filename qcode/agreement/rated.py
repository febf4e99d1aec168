"""One code's marks as ratings: stretches of units that every coder marked in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.ratings import MISSING, Ratings

if TYPE_CHECKING:
    from qcode.agreement.marks import Bools, Ints, Layout, Marks


def stretches_of(marks: Marks, layout: Layout, code: int) -> Ratings:
    """The ratings of a code by its place; a stretch weighs as many units as it has."""
    own = marks.where(marks.cell // len(layout.documents) == code)
    document = own.cell % len(layout.documents)
    given, weights = [np.zeros((0, len(layout.coders)), dtype=np.int64)], [np.zeros(0)]
    for place, length in enumerate(layout.lengths):
        there = document == place
        edges = np.unique(np.concatenate([[0, length], own.start[there], own.end[there]]))
        rows = _values(own.where(there), edges, layout.present[:, code, place])
        given.append(rows)
        weights.append(np.diff(edges).astype(np.float64))
    return Ratings((0, 1), np.concatenate(given), np.concatenate(weights))


def _values(marks: Marks, edges: Ints, present: Bools) -> Ints:
    """(stretch, coder): marked or not, missing where the coder was not asked."""
    steps = np.zeros((len(edges), len(present)), dtype=np.int64)
    np.add.at(steps, (np.searchsorted(edges, marks.start), marks.coder), 1)
    np.subtract.at(steps, (np.searchsorted(edges, marks.end), marks.coder), 1)
    marked = (np.cumsum(steps, axis=0)[:-1] > 0).astype(np.int64)
    marked[:, ~present] = MISSING
    return marked
