"""Agreement corrected for chance in the manner of Scott, Cohen, Fleiss, Conger, Brennan and Prediger, and Gwet.

All are (p_a - p_e) / (1 - p_e) with the same agreement p_a and another idea of chance p_e. Weights w_kl say how far two
values agree; Gwet, "Handbook of Inter-Rater Reliability", 4th ed. (2014), chapters 2 to 5, has all of them with missing
ratings. What is not defined is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np

from qcode.agreement.ratings import MISSING

if TYPE_CHECKING:
    from qcode.agreement.counts import Floats
    from qcode.agreement.ratings import Ratings

type Chance = Literal["fleiss", "conger", "brennan_prediger", "gwet"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A coefficient, the agreement and the chance it is made of, and its standard error with independent units."""

    value: float
    agreement: float
    chance: float
    se: float


def percent_agreement(ratings: Ratings, weights: Floats) -> float:
    """The mean, over units with two raters, of the share of pairs of raters who agree."""
    return _mean(_agreement_by_unit(ratings, weights)[ratings.pairable], ratings.weight[ratings.pairable])


def all_identical(ratings: Ratings) -> float:
    """The share of units, of those with two raters, to which everybody gave the same value."""
    same = (ratings.counts.max(axis=1, initial=0) == ratings.raters).astype(np.float64)
    return _mean(same[ratings.pairable], ratings.weight[ratings.pairable])


def corrected(ratings: Ratings, weights: Floats, chance: Chance) -> Corrected:
    """The coefficient with one of the ideas of chance; "fleiss" is Scott's pi for two raters, "gwet" AC1 or AC2.

    Its standard error is Gwet's (2008), for units that are independent of each other; NaN for Conger's, which asks who
    rated.
    """
    agreement = percent_agreement(ratings, weights)
    by_chance = _CHANCES[chance](ratings, weights)
    return Corrected(
        _over_chance(agreement, by_chance), agreement, by_chance, _error(ratings, weights, chance, agreement, by_chance)
    )


def cohen(pair: Ratings, weights: Floats) -> Corrected:
    """Cohen's kappa (1960) of the two raters of a pair; its error is Fleiss, Cohen and Everitt's (1969)."""
    table = _table(pair)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    agreement, chance = float((weights * table).sum()), float(rows @ weights @ columns)
    n = float(pair.weight.sum())
    kappa = _over_chance(agreement, chance)
    if not n or chance == 1:
        return Corrected(kappa, agreement, chance, nan)
    marginal = (weights @ columns)[:, None] + (rows @ weights)[None, :]
    spread = float((table * (weights - marginal * (1 - kappa)) ** 2).sum())
    inner = spread - (kappa - chance * (1 - kappa)) ** 2
    return Corrected(kappa, agreement, chance, sqrt(max(inner, 0) / n) / (1 - chance))


def cohen_most(pair: Ratings) -> float:
    """The greatest kappa that these two raters' marginal shares allow."""
    table = _table(pair)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    return _over_chance(float(np.minimum(rows, columns).sum()), float(rows @ columns))


def light(ratings: Ratings, weights: Floats) -> float:
    """Light's kappa (1971): the mean of Cohen's over all pairs of raters for whom it is defined."""
    found = [cohen(pair, weights).value for pair in ratings.pairs()]
    defined = [value for value in found if not np.isnan(value)]
    return float(np.mean(defined)) if defined else nan


def holsti(ratings: Ratings) -> float:
    """2M / (N1 + N2), the mean over pairs of raters: M decisions in agreement of N1 and N2 that each of them took."""
    found = []
    for first in range(ratings.given.shape[1]):
        for second in range(first + 1, ratings.given.shape[1]):
            one, other = ratings.given[:, first], ratings.given[:, second]
            taken = float(ratings.weight[one != MISSING].sum() + ratings.weight[other != MISSING].sum())
            same = float(ratings.weight[(one == other) & (one != MISSING)].sum())
            found += [2 * same / taken] if taken else []
    return float(np.mean(found)) if found else nan


def von_eye(ratings: Ratings) -> float:
    """Brennan and Prediger's kappa of m raters by whether all agree: chance is q ** (1 - m) (von Eye 2006)."""
    raters = {int(count) for count in ratings.raters}
    if len(raters) != 1 or (m := raters.pop()) < 2 or len(ratings.categories) < 2:
        return nan
    return _over_chance(all_identical(ratings), len(ratings.categories) ** (1.0 - m))


def null_error(ratings: Ratings) -> float:
    """The standard error of Fleiss' kappa where raters agree by chance alone, all units rated by equally many.

    Fleiss (1971), equation 15.
    """
    raters = {int(count) for count in ratings.raters}
    if len(raters) != 1 or (m := raters.pop()) < 2:
        return nan
    shares, n = _shares(ratings), float(ratings.weight.sum())
    squares, cubes = float((shares**2).sum()), float((shares**3).sum())
    inner = squares - (2 * m - 3) * squares**2 + 2 * (m - 2) * cubes
    return sqrt(2 / (n * m * (m - 1)) * inner) / (1 - squares) if squares < 1 else nan


# The shares of values, and chance ---------------------------------------------------------------------------------


def _agreement_by_unit(ratings: Ratings, weights: Floats) -> Floats:
    """The weighted share of pairs that agree, 0 for units with fewer than two raters."""
    weighted = ratings.counts @ weights.T
    together = (ratings.counts * (weighted - 1)).sum(axis=1)
    pairs = ratings.raters * (ratings.raters - 1)
    share: Floats = np.divide(together, pairs, out=np.zeros(len(pairs)), where=pairs > 0)
    return share


def _shares(ratings: Ratings) -> Floats:
    """How often each value was given: the mean over units with a rater of its share there."""
    rated = ratings.raters > 0
    share = ratings.counts[rated] / ratings.raters[rated, None]
    weight = ratings.weight[rated]
    return weight @ share / weight.sum() if weight.sum() else np.full(len(ratings.categories), nan)


def _fleiss(ratings: Ratings, weights: Floats) -> float:
    shares = _shares(ratings)
    return float(shares @ weights @ shares)


def _conger(ratings: Ratings, weights: Floats) -> float:
    """The mean of products of shares, less what equal raters share by being the same person."""
    if not ratings.raters_known or ratings.given.shape[1] < 2:
        return nan
    rows = []
    for rater in range(ratings.given.shape[1]):
        hits = np.bincount(ratings.given[:, rater] + 1, ratings.weight, minlength=len(ratings.categories) + 1)[1:]
        rows.append(hits / hits.sum() if hits.sum() else np.full(len(hits), nan))
    shares = np.array(rows)[~np.isnan(rows).any(axis=1)]
    if len(shares) < 2:
        return nan
    mean = shares.mean(axis=0)
    spread = (shares - mean).T @ (shares - mean) / (len(shares) - 1)
    return float((weights * (np.outer(mean, mean) - spread / len(shares))).sum())


def _brennan_prediger(ratings: Ratings, weights: Floats) -> float:
    q = len(ratings.categories)
    return float(weights.sum()) / q**2 if q > 1 and ratings.pairable.any() else nan


def _gwet(ratings: Ratings, weights: Floats) -> float:
    q, shares = len(ratings.categories), _shares(ratings)
    return float(weights.sum() * (shares * (1 - shares)).sum() / (q * (q - 1))) if q > 1 else nan


_CHANCES = {"fleiss": _fleiss, "conger": _conger, "brennan_prediger": _brennan_prediger, "gwet": _gwet}


# Standard errors --------------------------------------------------------------------------------------------------


def _error(ratings: Ratings, weights: Floats, chance: Chance, agreement: float, by_chance: float) -> float:
    rated = ratings.where(ratings.raters > 0)
    n, whole = float(rated.weight.sum()), float(rated.weight[rated.pairable].sum())
    if chance == "conger" or n <= 1 or not whole or by_chance == 1 or np.isnan(by_chance):
        return nan
    kappa = _over_chance(agreement, by_chance)
    by_unit = n / whole * (_agreement_by_unit(rated, weights) - by_chance) / (1 - by_chance)
    values = np.where(rated.pairable, by_unit, 0.0)
    values = values - 2 * (1 - kappa) * (_chance_by_unit(rated, weights, chance) - by_chance) / (1 - by_chance)
    return _standard_error(values, rated.weight, kappa)


def _chance_by_unit(rated: Ratings, weights: Floats, chance: Chance) -> Floats | float:
    share = rated.counts / rated.raters[:, None]
    shares, q = _shares(rated), len(rated.categories)
    if chance == "fleiss":
        return share @ (weights @ shares)
    if chance == "gwet":
        return weights.sum() / (q * (q - 1)) * (share @ (1 - shares))
    return _CHANCES[chance](rated, weights)


def agreement_error(ratings: Ratings, weights: Floats) -> float:
    """The standard error of percent agreement, with units that are independent of each other."""
    rated = ratings.where(ratings.raters > 0)
    n, whole = float(rated.weight.sum()), float(rated.weight[rated.pairable].sum())
    if n <= 1 or not whole:
        return nan
    values = n / whole * _agreement_by_unit(rated, weights)
    return _standard_error(values, rated.weight, percent_agreement(rated, weights))


def _standard_error(values: Floats, weight: Floats, centre: float) -> float:
    n = float(weight.sum())
    return sqrt(float((weight * (values - centre) ** 2).sum()) / (n * (n - 1)))


# Parts ------------------------------------------------------------------------------------------------------------


def _table(pair: Ratings) -> Floats:
    """The two raters' values against each other, as shares."""
    q = len(pair.categories)
    cells = pair.given[:, 0] * q + pair.given[:, 1]
    table = np.bincount(cells, pair.weight, minlength=q * q).reshape(q, q)
    return table / table.sum() if table.sum() else np.full((q, q), nan)


def _mean(values: Floats, weight: Floats) -> float:
    return float(weight @ values / weight.sum()) if weight.sum() else nan


def _over_chance(agreement: float, chance: float) -> float:
    return (agreement - chance) / (1 - chance) if chance < 1 else nan
