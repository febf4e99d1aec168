"""Intervals that let documents vary, because the units inside one document are not independent of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qcode.agreement.counts import Floats
    from qcode.agreement.marks import Bools

FEWEST_DOCUMENTS = 5
LOWER, UPPER = 0.667, 0.800


@dataclass(frozen=True, slots=True)
class Intervals:
    """One entry per row of 1 - alpha; NaN where there is no interval."""

    se_log: Floats
    low: Floats
    high: Floats
    below_667: Floats
    below_800: Floats


def intervals(whole: Floats, without: Floats, used: Bools) -> Intervals:
    """The 95 % interval of alpha by leaving out one document at a time, on the scale log(1 - alpha) with t(D - 1).

    `whole` is 1 - alpha for each row, `without` (row, document) the same without that document, `used` which of the
    documents count in the row. There is no interval below five documents, nor where alpha or a replicate is 1 or not
    defined. Efron & Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 11.
    """
    from scipy.special import stdtr, stdtrit

    documents = used.sum(axis=1)
    theta = _log(whole)
    replicates = np.where(used, _log(without), 0.0)
    mean = replicates.sum(axis=1) / np.maximum(documents, 1)
    squares = (np.where(used, replicates - mean[:, None], 0.0) ** 2).sum(axis=1)
    se = np.sqrt((documents - 1) / np.maximum(documents, 1) * squares)
    se[(documents < FEWEST_DOCUMENTS) | np.isnan(theta)] = np.nan

    freedom = np.maximum(documents - 1, 1)
    reach = stdtrit(freedom, 0.975) * se
    below = [stdtr(freedom, _standardised(np.log(1 - limit) - theta, se)) for limit in (LOWER, UPPER)]
    return Intervals(se, 1 - np.exp(theta + reach), 1 - np.exp(theta - reach), 1 - below[0], 1 - below[1])


def _log(values: Floats) -> Floats:
    """The logarithm, NaN for 0."""
    return np.log(np.where(values > 0, values, np.nan))


def _standardised(distance: Floats, se: Floats) -> Floats:
    """Distance in standard errors, where an se of 0 puts everything on one side."""
    return np.divide(distance, se, out=np.copysign(np.inf, distance) + 0 * se, where=se != 0)
