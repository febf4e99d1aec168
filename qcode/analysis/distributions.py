"""Chi-square, its noncentral form, and the odds of two by two: what tests of counts need, without loading scipy.

Loading it takes ten times as long as all tests of a table. Tests compare these figures with scipy's.
"""

from __future__ import annotations

from collections.abc import Callable
from math import erfc, exp, inf, lgamma, log, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    type Floats = NDArray[np.float64]

_ROUNDS: Final = 200
_NEAR: Final = 1e-13
_FAR: Final = 12.0
"""How many standard deviations of a Poisson distribution hold all of it that can be told from nothing."""


def chi_square_beyond(statistic: float, df: int) -> float:
    """The chance that a chi-square with `df` degrees of freedom, one at least, is larger than a statistic.

    Abramowitz, M., & Stegun, I. (1964), Handbook of Mathematical Functions, 26.4.4 and 26.4.5.
    """
    half = statistic / 2
    if half <= 0:
        return 1.0
    first = 0.5 * (df % 2)
    terms = sum(exp((first + step) * log(half) - half - lgamma(first + step + 1)) for step in range(df // 2))
    return min(1.0, terms + (erfc(sqrt(half)) if df % 2 else 0.0))


def noncentrality(statistic: float, df: int, tail: float) -> float:
    """The noncentrality under which a share of `tail` of chi-squares is at most a statistic; 0 if there is none.

    `tail` is 0.01 or more. A noncentral chi-square is a central one whose degrees of freedom are drawn from a Poisson
    distribution: Abramowitz and Stegun, 26.4.25.
    """
    import numpy as np

    half = statistic / 2
    beyond = chi_square_beyond(statistic, df)
    if 1 - beyond <= tail:
        return 0.0
    most = (sqrt(statistic) + 2.4) ** 2
    steps = np.arange(int(most / 2 + _FAR * sqrt(most / 2)) + 40)
    terms = np.exp((df / 2 + steps) * log(half) - half - _log_gammas(df / 2 + 1, len(steps)))
    below = 1 - beyond - np.concatenate(([0.0], np.cumsum(terms)[:-1]))
    logs = _log_gammas(1.0, len(steps))

    def at(centre: float) -> tuple[float, float]:
        drawn = np.exp(steps * log(centre / 2) - centre / 2 - logs)
        return float(drawn @ below) - tail, -float(drawn @ terms) / 2

    return _root(at, 0.0, most)


def conditional_odds(
    first: tuple[int, int], second: tuple[int, int], level: float
) -> tuple[float, float, float] | None:
    """The odds of the first row against those of the second, given the margins, and both ends of the exact interval.

    Ends may be 0 or infinite. None where the margins leave no choice.
    Fisher, R. A. (1962), Confidence limits for a cross-product ratio, Aust. J. Stat. 4, 41.
    """
    import numpy as np

    here, row = first[0], sum(first)
    columns = first[0] + second[0], first[1] + second[1]
    least, most = max(0, row - columns[1]), min(row, columns[0])
    if least == most:
        return None
    counts = np.arange(least, most + 1)
    logs = _log_gammas(1.0, sum(columns) + 1)
    ways = -logs[counts] - logs[columns[0] - counts] - logs[row - counts] - logs[columns[1] - row + counts]

    def chances(odds: float) -> tuple[Floats, float]:
        scaled = ways + counts * odds
        found = np.exp(scaled - scaled.max())
        found /= found.sum()
        return found, float(found @ counts)

    def mean(odds: float) -> tuple[float, float]:
        found, middle = chances(odds)
        return here - middle, -float(found @ (counts - middle) ** 2)

    def tail(odds: float, inside: NDArray[np.bool_], sign: int) -> tuple[float, float]:
        found, middle = chances(odds)
        part = found[inside]
        return sign * (float(part.sum()) - (1 - level) / 2), sign * float(part @ (counts[inside] - middle))

    upper, lower = counts >= here, counts <= here
    value = 0.0 if here == least else inf if here == most else exp(_wide_root(mean))
    low = 0.0 if here == least else exp(_wide_root(lambda odds: tail(odds, upper, -1)))
    high = inf if here == most else exp(_wide_root(lambda odds: tail(odds, lower, 1)))
    return value, low, high


def _log_gammas(first: float, many: int) -> Floats:
    """The logarithms of the gamma function at so many places, one apart, from the first."""
    import numpy as np

    return lgamma(first) + np.concatenate(([0.0], np.cumsum(np.log(first + np.arange(many - 1)))))


def _wide_root(at: Callable[[float], tuple[float, float]]) -> float:
    """Where something that falls all the way is 0."""
    low, high = -8.0, 8.0
    while at(low)[0] < 0:
        low *= 2
    while at(high)[0] > 0:
        high *= 2
    return _root(at, low, high)


def _root(at: Callable[[float], tuple[float, float]], low: float, high: float) -> float:
    """Where something that falls between two places is 0: Newton's steps, and halves where these lead out.

    `at` answers with the value and the slope.
    """
    here = (low + high) / 2
    for _round in range(_ROUNDS):
        value, slope = at(here)
        low, high = (here, high) if value > 0 else (low, here)
        further = here - value / slope if slope else inf
        if not low <= further <= high:
            further = (low + high) / 2
        if abs(further - here) <= _NEAR * max(1.0, abs(here)):
            return further
        here = further
    return here
