"""The plan of an agreement check: which codes in which unit, and what must be reached, saved before the coding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from qcode.agreement import UNITS
from qcode.agreement.plans import Begun, Terms
from qcode.errors import QcodeError
from qcode.ids import AgreementPlanId, RoundId, derived_id
from qcode.models import AgreementPlan, Assignment, Code, CodeSet, Coding, Round
from qcode.models.agreement_plans import MOST_DRAWS, MOST_SEED, terms_of
from qcode.models.journal import kinds
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import living, standing_code
from qcode.study import Study

FEWEST_DRAWS: Final = 100


class PlannedUnitError(QcodeError):
    """A plan names a unit in which the round cannot be measured."""

    def __init__(self, unit: str, round_name: str) -> None:
        super().__init__(
            f"“{round_name}” hands out no segments that were cut beforehand. Plan another unit, such as sentence."
            if unit == "segment"
            else f"There is no unit “{unit}”. Plan one of: {', '.join(UNITS)}."
        )


class PlannedThresholdError(QcodeError):
    """A threshold that no alpha could fail, or reach."""

    def __init__(self) -> None:
        super().__init__("A threshold lies between 0 and 1, such as 0.667 or 0.8. Nothing was saved.")


class PlannedShareError(QcodeError):
    """A share that is none."""

    def __init__(self) -> None:
        super().__init__("The share coded by two or more lies between 0 and 100 %, such as 20 %. Nothing was saved.")


class PlannedDrawsError(QcodeError):
    """Too few draws for an interval, more than anybody needs, or a seed that is none."""

    def __init__(self) -> None:
        super().__init__(
            f"Plan no draws, or between {FEWEST_DRAWS} and {MOST_DRAWS:,} of them, with a seed that is not negative "
            "and has at most 18 digits."
        )


class NotPlannableCodeError(QcodeError):
    """A plan names a code that nobody can apply."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"“{name}” is {why}, so its agreement cannot be planned. Leave it out, or choose another code."
        )


class NotExclusiveError(QcodeError):
    """A plan names a set as a domain whose codes may meet."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The codes of the set “{name}” may meet on a passage. Say that it is exclusive, in the panel of sets in "
            "the Code room, before it is planned as a domain."
        )


def save_plan(study: Study, round_id: RoundId, terms: Terms) -> AgreementPlanId:
    """Save the plan of a round, or change it: the journal keeps every version, each with how far the round was.

    Only the lead does. Terms that stand already write nothing.
    """
    key = AgreementPlanId(derived_id("agreement_plan", round_id))
    _refuse_numbers(terms)
    with study.read() as session:
        standing = session.get(AgreementPlan, key)
        again = standing is not None and standing.alive
    label = "Change what is planned for the agreement of {round}" if again else "Plan the agreement of {round}"
    with study.transact(label, args={"round": round_id}) as session:
        refuse_unless_lead(session, study.coder)
        round_ = living(session, Round, round_id)
        wanted = _checked(session, round_, terms)
        row = session.get(AgreementPlan, key)
        if row is None or not row.alive or _terms(row) != wanted:
            _write(session, key, row, round_id, wanted)
    return key


def _write(session: Session, key: str, row: AgreementPlan | None, round_id: str, terms: Terms) -> None:
    if row is None:
        row = AgreementPlan(id=key, round_id=round_id)
        session.add(row)
    row.alive = True
    for name, value in asdict(terms).items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.begun = _begun(session, round_id)


def _terms(row: AgreementPlan) -> Terms:
    columns = kinds()["agreement_plan"].__table__.columns
    return terms_of({column.name: getattr(row, column.name) for column in columns})


def _begun(session: Session, round_id: str) -> Begun:
    """How far the round is in this copy."""
    handed_in = Assignment.alive, Assignment.round_id == round_id, Assignment.state == "handed in"
    if session.scalar(select(exists().where(*handed_in))):
        return "handed in"
    coded = Coding.round_id == round_id, Coding.layer == "coder"
    return "coding" if session.scalar(select(exists().where(*coded))) else "nothing"


def _refuse_numbers(terms: Terms) -> None:
    if not 0 < terms.threshold < 1:
        raise PlannedThresholdError
    if not 0 <= terms.share <= 1:
        raise PlannedShareError
    if not 0 <= terms.seed < MOST_SEED or (terms.draws and not FEWEST_DRAWS <= terms.draws <= MOST_DRAWS):
        raise PlannedDrawsError


def _checked(session: Session, round_: Round, terms: Terms) -> Terms:
    """The terms with each code and set once; refuses what the round or the codebook does not have."""
    if terms.unit not in UNITS or (terms.unit == "segment" and not round_.segmented):
        raise PlannedUnitError(terms.unit, round_.name)
    codes, domains = _once(terms.codes), _once(terms.domains)
    for code in codes:
        _refuse_code(standing_code(session, code), with_descendants=terms.with_descendants)
    for domain in domains:
        if not (row := living(session, CodeSet, domain)).exclusive:
            raise NotExclusiveError(row.name)
    seed = terms.seed if terms.draws else 0
    threshold, share = float(terms.threshold), float(terms.share)
    return replace(terms, codes=codes, domains=domains, threshold=threshold, share=share, seed=seed)


def _refuse_code(row: Code, *, with_descendants: bool) -> None:
    if row.status != "active":
        raise NotPlannableCodeError(row.name, f"{row.status} and not in use")
    if row.kind != "codable" and not with_descendants:
        raise NotPlannableCodeError(row.name, "a heading that is not applied itself")


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))
