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
    own = own.where(np.argsort(own.cell, kind="stable"))
    document = own.cell % len(layout.documents)
    bare = layout.lengths > 0
    bare[document] = False
    given, weights = [_unmarked(layout, code, bare)], [layout.lengths[bare].astype(np.float64)]
    for place in np.unique(document):
        first, last = np.searchsorted(document, (place, place + 1))
        there = own.where(np.arange(first, last))
        edges = np.unique(np.concatenate([[0, layout.lengths[place]], there.start, there.end]))
        given.append(_values(there, edges, layout.present[:, code, place]))
        weights.append(np.diff(edges).astype(np.float64))
    return Ratings((0, 1), np.concatenate(given), np.concatenate(weights))


def _unmarked(layout: Layout, code: int, documents: Bools) -> Ints:
    """(document, coder): 0, or missing where the coder was not asked."""
    return np.where(layout.present[:, code, documents].T, 0, MISSING)


def _values(marks: Marks, edges: Ints, present: Bools) -> Ints:
    """(stretch, coder): marked or not, missing where the coder was not asked."""
    steps = np.zeros((len(edges), len(present)), dtype=np.int64)
    np.add.at(steps, (np.searchsorted(edges, marks.start), marks.coder), 1)
    np.subtract.at(steps, (np.searchsorted(edges, marks.end), marks.coder), 1)
    marked = (np.cumsum(steps, axis=0)[:-1] > 0).astype(np.int64)
    marked[:, ~present] = MISSING
    return marked
