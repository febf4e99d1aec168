"""Counts of many documents drawn together: a row for each code, and a last row for all codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.coefficients import expected_disagreement, ratio
from qcode.agreement.jackknife import intervals

if TYPE_CHECKING:
    from qcode.agreement.counts import Counts, Floats
    from qcode.agreement.jackknife import Intervals
    from qcode.agreement.marks import Bools, Ints


@dataclass(frozen=True, slots=True)
class Summary:
    """Each row's sums and coefficients; the last row adds up the codes' raw disagreements (micro-alpha).

    `observed_without` and `expected_without` are (row, document): the disagreements when that document is left out.
    """

    ones: Floats
    zeros: Floats
    observed: Floats
    expected: Floats
    units: Ints
    documents: Ints
    alpha: Floats
    prevalence: Floats
    positive_agreement: Floats
    percent_agreement: Floats
    shared: Bools
    observed_without: Floats
    expected_without: Floats
    intervals: Intervals


def summarise(counts: Counts) -> Summary:
    """The summary of all documents; a document with one coder adds nothing to it.

    Prevalence is n1 / (n0 + n1) and positive agreement (n1 - o01) / n1, which for two coders is 2a / (2a + b + c).
    """
    ones, zeros = counts.ones.sum(axis=1), counts.zeros.sum(axis=1)
    mixed = counts.mixed.sum(axis=1)
    expected = _with_all(expected_disagreement(ones, zeros))
    without, expected_without = _left_out(counts, ones, zeros, mixed)
    shared = np.vstack([counts.shared, counts.shared.any(axis=0)])
    ones, zeros, observed = _with_all(ones), _with_all(zeros), _with_all(mixed)
    one_minus_alpha = ratio(observed, expected)
    judged, split = _with_all(counts.units.sum(axis=1)), _with_all(counts.split.sum(axis=1))
    return Summary(
        ones=ones,
        zeros=zeros,
        observed=observed,
        expected=expected,
        units=np.append(counts.units.sum(axis=1), counts.units.max(axis=0, initial=0).sum()).astype(np.int64),
        documents=shared.sum(axis=1),
        alpha=1 - one_minus_alpha,
        prevalence=ratio(ones, ones + zeros),
        positive_agreement=ratio(ones - observed, ones),
        percent_agreement=1 - ratio(split, judged),
        shared=shared,
        observed_without=without,
        expected_without=expected_without,
        intervals=intervals(one_minus_alpha, ratio(without, expected_without), shared),
    )


def _left_out(counts: Counts, ones: Floats, zeros: Floats, mixed: Floats) -> tuple[Floats, Floats]:
    """Observed and expected disagreement without each document."""
    expected = expected_disagreement(ones[:, None] - counts.ones, zeros[:, None] - counts.zeros)
    return _with_all(mixed[:, None] - counts.mixed), _with_all(expected)


def _with_all(rows: Floats) -> Floats:
    """The rows and, as one more, their sum."""
    return np.concatenate([rows, rows.sum(axis=0, keepdims=True)])
