"""What was merged into this copy of the study: who collected which file, whose work it brought, and how much of it.

Of work that a blind round hides neither counts nor words are told, only that there is some.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.models import Coder
from qcode.models.journal import Change, Step
from qcode.models.receipts import Receipt, parts_of, receipts
from qcode.queries.blindness import seen_steps
from qcode.study import Study

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge: who collected which file and when (ISO, in UTC), and from whom its work is, by names.

    It is `mine` if the acting coder collected it.
    `made` is how many rows of each kind it brought, and `steps` how many steps, as far as they may be seen; `sealed`
    says that there are others. What was `taken_back` is no longer here, what is `final` stays.
    """

    id: int
    who: str
    mine: bool
    file: str
    at: str
    whose: tuple[str, ...]
    made: dict[str, int]
    steps: int
    sealed: bool
    taken_back: bool
    final: bool


def merges(study: Study) -> list[MergeRow]:
    """What was merged into this copy, the latest first."""
    with study.read() as session:
        known = receipts(session)
        names = {row.id: row.name for row in session.execute(select(Coder.id, Coder.name))} if known else {}
        return [_row(session, study.coder, one, names) for one in known]


def _row(session: Session, viewer: str | None, receipt: Receipt, names: dict[str, str]) -> MergeRow:
    steps, _changes = parts_of(session, receipt.id)
    seen, whose = set[str](), set[str]()
    for some in batched(steps, _AT_ONCE):
        of_step = Step.id.in_(some)
        whose |= set(session.scalars(select(Step.coder_id).where(of_step).distinct()))
        seen |= set(session.scalars(select(Step.id).where(of_step, *seen_steps(session, viewer))))
    made = _made(session, seen)
    taken_back = receipt.state != "held"
    return MergeRow(
        receipt.id,
        names.get(receipt.coder, ""),
        receipt.coder == viewer,
        receipt.source,
        receipt.at,
        tuple(sorted(names.get(coder, "…") for coder in whose)),
        made,
        len(seen),
        not taken_back and len(seen) < len(steps),
        taken_back,
        receipt.final,
    )


def _made(session: Session, steps: Iterable[str]) -> dict[str, int]:
    """How many rows of each kind steps made."""
    found = Counter[str]()
    for some in batched(steps, _AT_ONCE):
        first = select(Change.kind, func.count()).where(Change.step_id.in_(some), Change.parents == "")
        for kind, number in session.execute(first.group_by(Change.kind)):
            found[kind] += number
    return dict(found)
