"""Two coders and one code: the four cells of whether each of them marked a unit, and what is read from them."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """How many units, or characters, both marked, only the first, only the second, and neither."""

    both: float
    first: float
    second: float
    neither: float

    @property
    def whole(self) -> float:
        """All units."""
        return self.both + self.first + self.second + self.neither

    @property
    def agreement(self) -> float:
        """The share on which they agree."""
        return _share(self.both + self.neither, self.whole)

    @property
    def cohen(self) -> float:
        """Cohen's kappa."""
        return _over(self.agreement, self.chance)

    @property
    def cohen_most(self) -> float:
        """The greatest kappa that the two coders allow by how often each marked; Cohen (1960)."""
        both = min(self.both + self.first, self.both + self.second)
        neither = min(self.neither + self.first, self.neither + self.second)
        return _over(_share(both + neither, self.whole), self.chance)

    @property
    def chance(self) -> float:
        """What chance would bring according to Cohen."""
        one, other = _share(self.both + self.first, self.whole), _share(self.both + self.second, self.whole)
        return one * other + (1 - one) * (1 - other)

    @property
    def pabak(self) -> float:
        """Kappa adjusted for prevalence and bias: 2 p_o - 1."""
        return 2 * self.agreement - 1

    @property
    def gwet(self) -> float:
        """Gwet's AC1."""
        share = _share(2 * self.both + self.first + self.second, 2 * self.whole)
        return _over(self.agreement, 2 * share * (1 - share))

    @property
    def positive_agreement(self) -> float:
        """2a / (2a + b + c)."""
        return _share(2 * self.both, 2 * self.both + self.first + self.second)

    @property
    def negative_agreement(self) -> float:
        """2d / (2d + b + c)."""
        return _share(2 * self.neither, 2 * self.neither + self.first + self.second)

    @property
    def prevalence_index(self) -> float:
        """(a - d) / n."""
        return _share(self.both - self.neither, self.whole)

    @property
    def bias_index(self) -> float:
        """(b - c) / n."""
        return _share(self.first - self.second, self.whole)

    @property
    def jaccard(self) -> float:
        """What both marked, of what somebody marked."""
        return _share(self.both, self.both + self.first + self.second)


def pooled_kappa(tables: list[TwoByTwo]) -> float:
    """The kappa of several codes with their agreements and chances averaged first (de Vries and others 2008)."""
    if not tables:
        return nan
    agreement = sum(table.agreement for table in tables) / len(tables)
    return _over(agreement, sum(table.chance for table in tables) / len(tables))


def mean_kappa(tables: list[TwoByTwo]) -> float:
    """The mean of the kappas that are defined."""
    found = [table.cohen for table in tables if table.cohen == table.cohen]
    return sum(found) / len(found) if found else nan


def _share(part: float, whole: float) -> float:
    return part / whole if whole else nan


def _over(agreement: float, chance: float) -> float:
    return (agreement - chance) / (1 - chance) if chance < 1 else nan
