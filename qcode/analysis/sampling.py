"""Documents drawn at random, group by group, so that anybody who knows the seed draws the same ones again.

How many: `share` of all that are offered, a half rounded up, and at least one. Each group gives its part of that: the
documents go one by one to the group that lacks most of its exact part, which is the method of largest remainders.
Where there are as many documents to draw as groups, every group gives at least one, and the others so much less.

Which: within a group, those come first whose SHA-256 of seed and id is smallest. So nothing hangs on the order in which
documents are listed, on the machine, or on a generator of random numbers that may be another one in ten years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Portion:
    """How many documents of a group were drawn, of how many that were offered."""

    name: str
    drawn: int
    offered: int


def drawn[Id: str](groups: Sequence[Sequence[Id]], *, share: float, seed: int) -> tuple[tuple[Id, ...], ...]:
    """What is drawn of each group of ids, in the order of the groups given; `share` is above 0 and at most 1.

    With one seed, more is drawn of a group by adding to what a smaller number would draw of it.
    """
    ordered = [sorted(group, key=lambda one: (_place(seed, one), one)) for group in groups]
    return tuple(tuple(ids[:count]) for ids, count in zip(ordered, _counts(ordered, share, seed), strict=True))


def count_of(offered: int, share: float) -> int:
    """How many of so many are drawn: the share of them, a half rounded up, at least one if there is any."""
    exact = offered * _exact(share)
    return min(offered, max(1, int(exact + Fraction(1, 2))))


def portions(
    names: Sequence[str], groups: Sequence[Sequence[str]], taken: Sequence[Sequence[str]]
) -> tuple[Portion, ...]:
    """How much was taken of each group, by its name."""
    return tuple(Portion(name, len(some), len(group)) for name, group, some in zip(names, groups, taken, strict=True))


def _counts(ordered: Sequence[Sequence[str]], share: float, seed: int) -> list[int]:
    """How many each group gives; of groups that lack as much, the larger one comes first, then chance decides."""
    wanted = count_of(sum(map(len, ordered)), share)
    filled = [group for group in ordered if group]
    least = int(wanted >= len(filled))
    counts = [min(least, len(group)) for group in ordered]
    chance = [_place(seed, group[0]) if group else "" for group in ordered]

    def lacking(index: int) -> tuple[Fraction, int, str]:
        return len(ordered[index]) * _exact(share) - counts[index], len(ordered[index]), chance[index]

    for _ in range(wanted - sum(counts)):
        counts[max((at for at, ids in enumerate(ordered) if counts[at] < len(ids)), key=lacking)] += 1
    return counts


def _exact(share: float) -> Fraction:
    """The share as it is written: 0.15 means fifteen hundredths, though no floating number is just that."""
    return Fraction(repr(float(share)))


def _place(seed: int, name: str) -> str:
    return sha256(f"{seed}:{name}".encode()).hexdigest()
