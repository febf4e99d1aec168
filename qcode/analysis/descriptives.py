"""Figures that describe a set of numbers, as the participant tables of papers give them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Description:
    """How many numbers there are, and what describes them; None where too few numbers leave a figure undefined.

    `sd` is the sample's standard deviation, which divides by n - 1.
    """

    n: int
    median: float | None = None
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    sd: float | None = None


def describe(numbers: Sequence[float]) -> Description:
    """The figures for these numbers."""
    if not numbers:
        return Description(0)
    return Description(
        len(numbers),
        statistics.median(numbers),
        min(numbers),
        max(numbers),
        statistics.fmean(numbers),
        statistics.stdev(numbers) if len(numbers) > 1 else None,
    )
