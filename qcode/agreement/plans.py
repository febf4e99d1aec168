"""What a check of agreement is to be, said before the coding begins: in which unit, and what must be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from qcode.agreement.jackknife import FEWEST_DOCUMENTS

if TYPE_CHECKING:
    from qcode.agreement.values import Unit

type Begun = Literal["nothing", "coding", "handed in"]
"""How far a round was when its plan was saved."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a plan. `codes` are ids, and all codes where there are none; `domains` are ids of sets of codes.

    Alpha must reach `threshold`: that of each code or, without `each_code`, of all codes together; by the lower end of
    its 95 % interval or, without `by_interval`, by the figure itself. `share` of the round's documents, or with
    `of_text` of its text, is to be coded by two coders or more; 0 asks for none.
    """

    unit: Unit = "sentence"
    codes: tuple[str, ...] = ()
    threshold: float = 0.8
    each_code: bool = True
    by_interval: bool = True
    share: float = 0.0
    of_text: bool = False
    without_interviewers: bool = False
    with_descendants: bool = False
    domains: tuple[str, ...] = ()
    draws: int = 0
    seed: int = 0

    @property
    def bar(self) -> str:
        """What must be reached, in a few words."""
        whose = "α of each code" if self.each_code else "α of all codes together"
        how = "the lower end of its 95 % interval" if self.by_interval else "the figure itself"
        return f"{whose} ≥ {self.threshold:.3f}, by {how}"

    @property
    def shared(self) -> str:
        """How much is to be coded by two coders or more, in a few words."""
        if not self.share:
            return "no share named"
        return f"at least {percent(self.share)} of the {'text' if self.of_text else 'documents'}"

    def reached(self, alpha: float | None, low: float | None) -> bool | None:
        """Whether figures reach the bar; None where what it is measured by is not defined."""
        measured = low if self.by_interval else alpha
        return None if alpha is None or measured is None else measured >= self.threshold

    def in_words(self) -> str:
        """All of the terms in one sentence, codes and sets by their number."""
        codes = f"{len(self.codes)} codes" if len(self.codes) > 1 else "1 code" if self.codes else "all codes"
        said = [f"by {self.unit}", codes, self.bar]
        said += [f"double coding of {self.shared}"] if self.share else []
        said += ["without interviewers"] if self.without_interviewers else []
        said += ["with what stands below a code"] if self.with_descendants else []
        said += [f"{len(self.domains)} exclusive set{'s' if len(self.domains) > 1 else ''}"] if self.domains else []
        said += [f"documents drawn again {self.draws:,} times from seed {self.seed}"] if self.draws else []
        return "; ".join(said)


def percent(share: float) -> str:
    """A share with its sign, as few digits as it needs."""
    return f"{100 * share:.1f}".rstrip("0").rstrip(".") + " %"


def chance_below(limit: float, alpha: float | None, low: float | None, documents: int) -> float | None:
    """The probability that alpha lies below any limit, from the lower end of its 95 % interval; None without one.

    The same distribution as that of the interval: log(1 - alpha) with t(D - 1).
    """
    from scipy.special import stdtr, stdtrit

    if alpha is None or low is None or documents < FEWEST_DOCUMENTS or not (alpha < 1 and limit < 1):
        return None
    theta, freedom = np.log(1 - alpha), documents - 1
    se = (np.log(1 - low) - theta) / stdtrit(freedom, 0.975)
    distance = np.log(1 - limit) - theta
    if se <= 0:
        return float(distance < 0)
    return float(1 - stdtr(freedom, distance / se))
