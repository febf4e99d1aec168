"""Documents drawn again with replacement: intervals that need no formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.coefficients import expected_disagreement, ratio
from qcode.agreement.jackknife import FEWEST_DOCUMENTS, LOWER, UPPER

if TYPE_CHECKING:
    from qcode.agreement.counts import Counts, Floats
    from qcode.agreement.marks import Bools, Ints


@dataclass(frozen=True, slots=True)
class Replicates:
    """What many draws of the documents come to: an entry by code, and a last one for all codes.

    `low` and `high` are the 2.5th and 97.5th percentile of the alphas that are defined, NaN below five documents;
    `below_667` and `below_800` count those that are not defined as failures, and `undefined` says how many there are;
    `alphas` are those of every draw.
    """

    low: Floats
    high: Floats
    below_667: Floats
    below_800: Floats
    undefined: Floats
    alphas: Floats


def replicates(counts: Counts, *, times: int, seed: int) -> Replicates:
    """Draw as many documents as there are, with replacement, so many times; the same seed gives the same draws.

    Intervals speak of other documents, not of other coders. Raises ValueError for fewer than 100 draws.
    """
    if times < 100:
        raise ValueError("an interval needs 100 draws or more")
    documents = np.flatnonzero(counts.shared.any(axis=0))
    if not len(documents):
        return _nothing(len(counts.ones) + 1)
    drawn = np.random.default_rng(seed).multinomial(len(documents), np.full(len(documents), 1 / len(documents)), times)
    alphas = _alphas(counts, documents, drawn.astype(np.float64))
    enough = np.append(counts.shared.sum(axis=1), len(documents)) >= FEWEST_DOCUMENTS
    return _summed(alphas, enough)


def _alphas(counts: Counts, documents: Ints, drawn: Floats) -> Floats:
    """(draw, code and all codes): alpha."""
    ones, zeros, mixed = (drawn @ rows[:, documents].T for rows in (counts.ones, counts.zeros, counts.mixed))
    expected = expected_disagreement(ones, zeros)
    whole = ratio(mixed.sum(axis=1, keepdims=True), expected.sum(axis=1, keepdims=True))
    alphas: Floats = 1 - np.concatenate([ratio(mixed, expected), whole], axis=1)
    return alphas


def _summed(alphas: Floats, enough: Bools) -> Replicates:
    undefined = np.isnan(alphas)
    ordered = np.sort(alphas, axis=0)  # what is not defined comes last
    defined = (~undefined).sum(axis=0)
    low, high = (_percentile(ordered, defined, share) for share in (0.025, 0.975))
    below_667, below_800 = (((alphas < limit) | undefined).mean(axis=0) for limit in (LOWER, UPPER))
    figures = (np.where(enough, figure, np.nan) for figure in (low, high, below_667, below_800))
    low, high, below_667, below_800 = figures
    return Replicates(low, high, below_667, below_800, undefined.sum(axis=0), alphas)


def _percentile(ordered: Floats, defined: Floats, share: float) -> Floats:
    """A percentile of the first values of each column, between two of them in proportion."""
    at = share * (np.maximum(defined, 1) - 1)
    lower = np.floor(at).astype(np.int64)
    upper = np.minimum(lower + 1, np.maximum(defined, 1) - 1)
    column = np.arange(ordered.shape[1])
    found: Floats = ordered[lower, column] + (at - lower) * (ordered[upper, column] - ordered[lower, column])
    return found


def _nothing(rows: int) -> Replicates:
    none = np.full(rows, np.nan)
    return Replicates(none, none, none, none, np.zeros(rows), np.zeros((0, rows)))
