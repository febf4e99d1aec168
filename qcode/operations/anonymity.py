"""What may stand under quotes: the template, k, what is worth most, what gives way how, and what is excepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.anonymity import LEAST, MOST
from qcode.errors import QcodeError
from qcode.ids import AttributionExceptionId
from qcode.models import Attribute, AttributionException, AttributionPolicy, StudyRecord
from qcode.models.attribution import POLICY_ID, exception_id
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import acting, living, tidy_line, tidy_name, tidy_text
from qcode.reports import attribution
from qcode.study import Study
from qcode.text.typed import fold

MOST_RUNGS: Final = 5
_OWN: Final = ("pseudonym", "id", "document", "role", "group", "site")
_NAMES: Final = _OWN[:3]


class KOutOfBoundsError(QcodeError):
    """A k that protects nobody, or that no study reaches."""

    def __init__(self) -> None:
        super().__init__(
            f"k lies between {LEAST} and {MOST}: with fewer than {LEAST} people nobody is hidden. Nothing was changed. "
            "If few people have to be named by what they do, allow an exception for the template and give the reason."
        )


class UnknownFieldKeyError(QcodeError):
    """A field that nothing is recorded in."""

    def __init__(self) -> None:
        super().__init__("One of the fields is no longer in the study. Look at the list of fields again.")


class LadderError(QcodeError):
    """A ladder that does not become coarser."""

    def __init__(self, why: str) -> None:
        super().__init__(f"That is no ladder: {why}. Nothing was changed.")


class ReasonMissingError(QcodeError):
    """An exception without a reason."""

    def __init__(self) -> None:
        super().__init__(
            "Write the reason for the exception: why these people may be recognised, and whether they agreed. It is "
            "kept in the history and told beneath the quotes. Nothing was changed."
        )


class NothingToExceptError(QcodeError):
    """An exception for a template that tells nothing."""

    def __init__(self) -> None:
        super().__init__("The template prints nothing that could tell who somebody is. It needs no exception.")


def set_template(study: Study, *, template: str) -> None:
    """Let another template stand under quotes; exceptions hold for the template they were allowed for alone.

    Refuses a template that cannot be read.
    """
    with study.transact("Change the attribution of quotes") as session:
        tidy = tidy_line("template", template)
        _refuse_template(session, tidy)
        _card(session).attribution = tidy


def set_k(study: Study, *, k: int) -> None:
    """Say how many people have to share what is printed of one; the lead does."""
    if not LEAST <= k <= MOST:
        raise KOutOfBoundsError
    with study.transact("Say how many have to share an attribution") as session:
        refuse_unless_lead(session, study.coder)
        _card(session).k = k


def set_worth(study: Study, *, worth: Sequence[str]) -> None:
    """Put the fields in their order of worth, the most worthy first, by their keys; the lead does."""
    with study.transact("Order what stands under quotes by its worth") as session:
        refuse_unless_lead(session, study.coder)
        _refuse_unknown(session, worth)
        _policy(session).worth = list(dict.fromkeys(worth))


def set_ladder(study: Study, field: str, *, steps: Sequence[Mapping[str, str]] | Sequence[float] | None) -> None:
    """Say how the values of a field become coarser; None for what is usual. The lead does.

    Steps are coarser words by the words they stand for, or for a number the widths of its bands, each wider than the
    one before.
    """
    what = field if field in _OWN else "{attribute}"
    with study.transact(f"Say how {what} becomes coarser under quotes", args={"attribute": field}) as session:
        refuse_unless_lead(session, study.coder)
        _refuse_unknown(session, [field])
        row = session.get(Attribute, field)
        kind = "name" if field in _NAMES else row.kind if row is not None else "text"
        kept = None if steps is None else _kept_steps(kind, steps)
        policy = _policy(session)
        others = {key: value for key, value in policy.ladders.items() if key != field}
        policy.ladders = others if kept is None else {**others, field: kept}


def set_disclosed(
    study: Study, *, pseudonyms: Sequence[str] | None = None, ids: Sequence[int] | None = None, usual: bool = False
) -> None:
    """Say what names give away: pseudonyms the fields with these keys, ids their parts of these numbers, from 0.

    What is None stays as it is; with `usual`, both give away what they usually do. The lead does.
    """
    with study.transact("Say what pseudonyms and ids give away") as session:
        refuse_unless_lead(session, study.coder)
        _refuse_unknown(session, pseudonyms or ())
        policy = _policy(session)
        tells: dict[str, Any] = {} if usual else dict(policy.tells)
        if pseudonyms is not None:
            tells["pseudonym"] = list(dict.fromkeys(pseudonyms))
        if ids is not None:
            tells["id"] = sorted(set(ids))
        policy.tells = tells


def set_covering(study: Study, *, covering: bool) -> None:
    """Say whether also what is missing from an attribution may tell nothing; the lead does."""
    label = "Let what is missing tell nothing" if covering else "Let attributions be as full as they can be"
    with study.transact(label) as session:
        refuse_unless_lead(session, study.coder)
        _policy(session).covering = covering


def allow_exception(study: Study, *, reason: str, about: str = "", value: str = "") -> AttributionExceptionId:
    """Let the study's template print what fewer than k people share, for a reason; the lead does.

    It is about everybody, or about those of whom `value` is recorded in the field with the key `about`.
    """
    said = tidy_text("reason", reason)
    if not said:
        raise ReasonMissingError
    who = tidy_name("value", value) if about else ""
    with study.read() as session:
        template = _card(session).attribution
    key = exception_id(template, about, who)
    label = "Allow an exception for attributions: {attribution_exception}"
    with study.transact(label, args={"attribution_exception": key}) as session:
        refuse_unless_lead(session, study.coder)
        _refuse_unknown(session, [about] if about else [])
        if not template:
            raise NothingToExceptError
        row = session.get(AttributionException, key)
        if row is None:
            row = AttributionException(
                id=key, template=template, coder_id=acting(study.coder), reason=said, about=about, value=who
            )
            session.add(row)
        row.alive, row.reason, row.coder_id = True, said, acting(study.coder)
    return AttributionExceptionId(key)


def lift_exception(study: Study, exception: AttributionExceptionId) -> None:
    """Take back that a template may print what fewer than k people share; anybody may protect people."""
    label = "Take back an exception for attributions: {attribution_exception}"
    with study.transact(label, args={"attribution_exception": exception}) as session:
        living(session, AttributionException, exception).alive = False


def _card(session: Session) -> StudyRecord:
    return session.scalars(select(StudyRecord).where(StudyRecord.alive)).one()


def _policy(session: Session) -> AttributionPolicy:
    row = session.get(AttributionPolicy, POLICY_ID)
    if row is None:
        row = AttributionPolicy(id=POLICY_ID)
        session.add(row)
    row.alive = True
    return row


def _attributes(session: Session) -> dict[str, str]:
    wanted = Attribute.alive, Attribute.subject == "participant"
    return {row.id: row.name for row in session.execute(select(Attribute.id, Attribute.name).where(*wanted))}


def _refuse_template(session: Session, template: str) -> None:
    attribution.template_fields(template, _attributes(session).values())


def _refuse_unknown(session: Session, keys: Iterable[str]) -> None:
    if set(keys) - {*_OWN, *_attributes(session)}:
        raise UnknownFieldKeyError


def _kept_steps(kind: str, steps: Sequence[Mapping[str, str]] | Sequence[float]) -> list[Any]:
    if kind == "name":
        raise LadderError("names are printed or left out")
    if kind == "date":
        raise LadderError("dates become months, years and tens of years by themselves")
    if len(steps) > MOST_RUNGS:
        raise LadderError(f"{MOST_RUNGS} steps are enough")
    return [_kept_step(kind, step) for step in _rising(steps)]


def _rising(steps: Sequence[Mapping[str, str]] | Sequence[float]) -> list[Mapping[str, str] | float]:
    widths = [step for step in steps if isinstance(step, int | float)]
    if any(later <= earlier for earlier, later in pairwise(widths)):
        raise LadderError("each band has to be wider than the one before")
    return list(steps)


def _kept_step(kind: str, step: Mapping[str, str] | float) -> Any:
    if kind == "number":
        if not isinstance(step, int | float) or not 0 < step < 1e12:
            raise LadderError("a number becomes coarser in bands of a width, such as 10")
        return float(step)
    if not isinstance(step, Mapping):
        raise LadderError("words become coarser words")
    pairs = {tidy_name("value", value): tidy_name("value", coarser) for value, coarser in step.items()}
    if any(fold(value) == fold(coarser) for value, coarser in pairs.items()):
        raise LadderError("a value stands for itself already; leave it out")
    return [[value, coarser] for value, coarser in sorted(pairs.items())]
