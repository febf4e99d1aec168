"""What was planned for the agreement of a round, before it was coded."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, reference
from qcode.models.journal import Fields, to_columns

if TYPE_CHECKING:
    from qcode.agreement.plans import Terms

MOST_DRAWS: Final = 100_000
MOST_SEED: Final = 10**18


class AgreementPlan(Row, kw_only=True, repr=False, eq=False):
    """The plan of a round; there is one for each, whose id is derived from the round's.

    Its terms are changed as one, and `begun` says how far the round was when they were last saved. None of it holds
    words: codes and sets are named by their ids.
    """

    __tablename__ = "agreement_plan"
    together: ClassVar[dict[str, tuple[str, ...]]] = {
        "terms": (
            "unit", "codes", "threshold", "each_code", "by_interval", "share", "of_text", "without_interviewers",
            "with_descendants", "domains", "draws", "seed", "begun",
        )
    }  # fmt: skip

    round_id: Mapped[str] = mapped_column(reference("round"))
    unit: Mapped[str] = mapped_column(default="sentence")
    codes: Mapped[list[Any]] = mapped_column(default_factory=list)
    threshold: Mapped[float] = mapped_column(default=0.8)
    each_code: Mapped[bool] = mapped_column(default=True)
    by_interval: Mapped[bool] = mapped_column(default=True)
    share: Mapped[float] = mapped_column(default=0.0)
    of_text: Mapped[bool] = mapped_column(default=False)
    without_interviewers: Mapped[bool] = mapped_column(default=False)
    with_descendants: Mapped[bool] = mapped_column(default=False)
    domains: Mapped[list[Any]] = mapped_column(default_factory=list)
    draws: Mapped[int] = mapped_column(default=0)
    seed: Mapped[int] = mapped_column(default=0)
    begun: Mapped[str] = mapped_column(default="nothing")


def terms_of(columns: dict[str, Any]) -> Terms:
    """The terms that a plan's columns hold; what another copy wrote out of all bounds is brought back within them."""
    from qcode.agreement import UNITS  # it brings numpy, which the window opens without
    from qcode.agreement.plans import Terms

    return Terms(
        unit=next((unit for unit in UNITS if unit == columns["unit"]), "sentence"),
        codes=tuple(str(code) for code in columns["codes"]),
        threshold=_within_one(columns["threshold"]),
        each_code=columns["each_code"],
        by_interval=columns["by_interval"],
        share=_within_one(columns["share"]),
        of_text=columns["of_text"],
        without_interviewers=columns["without_interviewers"],
        with_descendants=columns["with_descendants"],
        domains=tuple(str(one) for one in columns["domains"]),
        draws=min(max(columns["draws"], 0), MOST_DRAWS),
        seed=min(max(columns["seed"], 0), MOST_SEED),
    )


def planned_codes(fields: Fields) -> list[str]:
    """The ids of the codes that a change of a plan names."""
    columns = to_columns(AgreementPlan, {name: value for name, value in fields.items() if name == "terms"})
    return [str(code) for code in columns.get("codes", ())]


def _within_one(value: float) -> float:
    """The value between 0 and 1; 0 for what is no number."""
    return 0.0 if isnan(value) else max(0.0, min(1.0, float(value)))


def in_words(terms: list[Any]) -> str:
    """What the field of the journal says that holds a plan's terms."""
    return terms_of(to_columns(AgreementPlan, {"terms": terms})).in_words()
