"""Fisher's exact test of a table of any size, in whole numbers, or by drawing tables where there are too many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from math import comb, prod
from typing import Final

type Table = Sequence[Sequence[int]]

DRAWS: Final = 99_999
"""How many tables are drawn where there are too many to go through."""
_MOST_WEIGHTS: Final = 30_000
_SEED: Final = 1


def fisher(table: Table) -> tuple[bool, float]:
    """Whether it could be computed exactly, and the p value of Fisher's test with two sides.

    Of more than two by two it is that of Freeman and Halton (1951), Biometrika 38, 141-149: the probability, given the
    margins, of all tables that are no likelier than this one. It is computed in whole numbers; where there are too
    many tables, 99,999 of them are drawn, always the same ones.
    """
    rows, columns = tuple(map(sum, table)), tuple(map(sum, zip(*table, strict=True)))
    weights = _weights(rows, columns)
    if weights is None:
        return False, _drawn(table)
    this = prod(_multinomial(column) for column in zip(*table, strict=True))
    unlikely = sum(weight * many for weight, many in weights.items() if weight <= this)
    return True, unlikely / sum(weight * many for weight, many in weights.items())


@cache
def _weights(rows: tuple[int, ...], columns: tuple[int, ...]) -> Mapping[int, int] | None:
    """How many tables of these margins have which weight, to which their probability is proportional.

    None if there are too many to go through.
    """
    states: dict[tuple[int, ...], dict[int, int]] = {rows: {1: 1}}
    for column in columns:
        further: dict[tuple[int, ...], dict[int, int]] = {}
        for left, weights in states.items():
            for part in _parts(column, left):
                own = _multinomial(part)
                into = further.setdefault(tuple(a - b for a, b in zip(left, part, strict=True)), {})
                for weight, many in weights.items():
                    into[weight * own] = into.get(weight * own, 0) + many
            if sum(map(len, further.values())) > _MOST_WEIGHTS:
                return None
        states = further
    return states[(0,) * len(rows)]


def _parts(total: int, most: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The ways to part a number into as many as there are limits, each at most its limit."""
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    for first in range(max(0, total - sum(most[1:])), min(total, most[0]) + 1):
        yield from ((first, *rest) for rest in _parts(total - first, most[1:]))


@cache
def _multinomial(parts: tuple[int, ...]) -> int:
    return prod(comb(total, part) for total, part in zip(accumulate(parts), parts, strict=True))


def _drawn(table: Table) -> float:
    import numpy as np
    from scipy.stats import MonteCarloMethod, fisher_exact

    drawing = MonteCarloMethod(n_resamples=DRAWS, rng=np.random.default_rng(_SEED))
    return float(fisher_exact(table, method=drawing).pvalue)
