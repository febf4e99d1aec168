"""Settling what coders differ in: the lead decides cases, one or many alike, and every coder says how they see it.

Nothing here writes a coding. A decision keeps the codings it rests on, what of them is kept, why, and who was there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, CoderId, DecisionId, DocumentId, RoundId
from qcode.models import Assent, Coder, Decision
from qcode.models.blindness import hidden_from
from qcode.models.reconciling import JUDGED, RULED, assent_id, decision_id, verdict_print
from qcode.models.recording import insert_rows, write_fields
from qcode.operations.case_refusals import (
    NothingDecidedError,
    NothingLeftToDecideError,
    NotThereError,
    SealedCaseError,
    UnknownReasonError,
    UnknownStanceError,
    refuse_codes,
    refuse_gone,
    refuse_places,
)
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import acting, living, tidy_text
from qcode.operations.passages import CurrentText, current_text
from qcode.reconciliation import (
    LEFT_OPEN,
    OUTCOME_WORDS,
    REASONS,
    STANCES,
    Disputed,
    Kept,
    Mark,
    Outcome,
    fitting,
    kept_by,
)
from qcode.study import Place, Study


class Decided(Protocol):
    """A decision as somebody sees it."""

    @property
    def id(self) -> DecisionId: ...  # noqa: D102


class Judged(Disputed, Protocol):
    """A case as somebody sees it who decides it: where it is, what is in question, and what was decided before.

    `others` are further decisions on what is one case now; one that is `gone` has only a decision left.
    """

    @property
    def round(self) -> RoundId: ...  # noqa: D102
    @property
    def document(self) -> DocumentId: ...  # noqa: D102
    @property
    def words(self) -> int: ...  # noqa: D102
    @property
    def decision(self) -> Decided | None: ...  # noqa: D102
    @property
    def others(self) -> Sequence[Decided]: ...  # noqa: D102
    @property
    def gone(self) -> bool: ...  # noqa: D102


def decide(
    study: Study,
    case: Judged,
    *,
    outcome: Outcome,
    coder: CoderId | None = None,
    code: CodeId | None = None,
    kept: Iterable[Kept] = (),
    reason: str = "",
    note: str = "",
    present: Iterable[CoderId] = (),
) -> DecisionId:
    """Decide a case as the lead: what is kept of it, for which reason, with whom there.

    `coder` says whose codings are accepted, `code` which other code is kept, `kept` what was set by hand. A case that
    was decided before is decided anew; how coders took another verdict then says nothing about this one.
    """
    stands = kept_by(case, outcome, coder=coder or "", code=code or "", kept=kept)
    ruling = _ruling(reason, note, present)
    label, args = _label(case, outcome, coder)
    with study.transact(label, args=args, place=Place(case.document, case.start, case.end)) as session:
        whose = coder if outcome == "accept" else None
        (row,) = _write(study, session, [_Verdict(case, outcome, whose, stands)], ruling)
    return row


def decide_alike[J: Judged](
    study: Study,
    cases: Sequence[J],
    *,
    outcome: Outcome,
    reason: str = "",
    note: str = "",
    present: Iterable[CoderId] = (),
) -> list[DecisionId]:
    """Decide many cases in one way, in one step; those that it does not fit are passed over.

    Raises:
        NothingDecidedError: if it fits none of them.
    """
    verdicts = [_Verdict(case, outcome, None, kept) for case, kept in preview_alike(cases, outcome)]
    if not verdicts:
        raise NothingDecidedError
    return _decide_all(study, verdicts, _ruling(reason, note, present))


def preview_alike[J: Judged](cases: Iterable[J], outcome: Outcome) -> tuple[tuple[J, tuple[Kept, ...]], ...]:
    """What deciding these cases in one way would keep of each; those that it does not fit are left out."""
    return tuple((case, kept_by(case, outcome)) for case in cases if outcome in _ALIKE and outcome in fitting(case))


def rule_cases[J: Judged](cases: Iterable[J], *, kind: str = "boundary", words: int = 5) -> tuple[J, ...]:
    """The cases of a kind in which coders differ by fewer than so many words: what one rule settles."""
    return tuple(case for case in cases if case.kind == kind and case.words < words)


def accept_unanimous(study: Study, cases: Iterable[Judged]) -> int:
    """Write down what all coders agree on as decided, in one step, so that it stands whatever changes later.

    Of the cases given, only the unanimous ones that were not written down yet; says how many.
    """
    found = [case for case in cases if case.kind == "unanimous" and case.decision is None]
    if found:
        verdicts = [_Verdict(case, "unanimous", None, kept_by(case, "unanimous")) for case in found]
        _decide_all(study, verdicts, _ruling("", "", ()))
    return len(found)


def withdraw(study: Study, decision: DecisionId) -> None:
    """Take a decision back, as the lead: its case is open again."""
    with study.read() as reading:
        args, place = _about(living(reading, Decision, decision))
    with study.transact("Withdraw the decision on {code} in {document}", args=args, place=place) as session:
        refuse_unless_lead(session, study.coder)
        _take_out(session, [_known(session, study.coder, decision).id])


def say(study: Study, decision: DecisionId, *, coder: CoderId, stance: str, note: str = "") -> None:
    """Note how a coder takes a decision: persuaded, accepts or dissents; an empty stance takes back what was said.

    Everybody says so for themselves; the lead also for those who were there.
    """
    if stance and stance not in STANCES:
        raise UnknownStanceError(stance)
    written = tidy_text("note", note)
    with study.read() as reading:
        args, place = _about(living(reading, Decision, decision))
    label = _STANCES[stance] + " the decision on {code} in {document}"
    with study.transact(label, args=args | {"coder": coder}, place=place) as session:
        row = _known(session, study.coder, decision)
        _refuse_speaking(session, study.coder, row, living(session, Coder, coder))
        key, taken = assent_id(row.id, coder), verdict_print(row.verdict)
        assent = session.get(Assent, key)
        if assent is None and stance:
            said = Assent(id=key, decision_id=row.id, coder_id=coder, stance=stance, verdict=taken, note=written)
            session.add(said)
        elif assent is not None:
            assent.alive = bool(stance)
            if stance:
                assent.stance, assent.verdict, assent.note = stance, taken, written


# Writing ----------------------------------------------------------------------------------------------------------

_ALIKE: Final = frozenset({"union", "intersection", "all", "none", "later", "meeting"})
"""What can be said of many cases at once."""
_STANCES: Final = {
    "persuaded": "{coder} is persuaded by",
    "accepts": "{coder} accepts",
    "dissents": "{coder} dissents from",
    "": "Take back how {coder} takes",
}


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is to be decided about one case."""

    case: Judged
    outcome: Outcome
    coder: str | None
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class _Ruling:
    """Why something is decided, and who was there."""

    reason: str
    note: str
    present: tuple[str, ...]


def _ruling(reason: str, note: str, present: Iterable[str]) -> _Ruling:
    if reason and reason not in REASONS:
        raise UnknownReasonError(reason)
    return _Ruling(reason, tidy_text("note", note), tuple(dict.fromkeys(present)))


def _decide_all(study: Study, verdicts: Sequence[_Verdict], ruling: _Ruling) -> list[DecisionId]:
    first, outcome = verdicts[0].case, verdicts[0].outcome
    label, args = _label(first, outcome, None)
    if len(verdicts) > 1:
        label, args = (
            f"Decide {{count}} cases: {OUTCOME_WORDS[outcome]}",
            {"count": len(verdicts), "round": first.round},
        )
    with study.transact(label, args=args, place=Place(first.document, first.start, first.end)) as session:
        return _write(study, session, verdicts, ruling)


@contextmanager
def with_decision(
    case: Judged, study: Study, label: str, args: Mapping[str, Any]
) -> Iterator[tuple[Session, Decision]]:
    """A step, by the lead, on a case with its decision; a case without one is put off, which leaves it open.

    The step says nothing of the case: it changes the codebook, which also those are given who code the text blind.
    """
    with study.transact(label, args=args) as session:
        if case.decision is None:
            (key,) = _write(study, session, [_Verdict(case, "later", None, ())], _ruling("", "", ()))
        else:
            refuse_unless_lead(session, study.coder)
            key = case.decision.id
        yield session, _known(session, study.coder, key)


def _write(study: Study, session: Session, verdicts: Sequence[_Verdict], ruling: _Ruling) -> list[DecisionId]:
    """Write decisions, new or anew, after everything that speaks against any of them was refused."""
    refuse_unless_lead(session, study.coder)
    cases = [one.case for one in verdicts]
    if any(case.gone for case in cases):
        raise NothingLeftToDecideError
    refuse_places(session, study.coder, cases)
    refuse_gone(session, cases)
    chosen = [one for one in verdicts if one.outcome != "unanimous"]  # what is unanimous stands, whatever its code
    refuse_codes(session, {code for one in chosen for code, _start, _end in one.kept})
    for one in ruling.present:
        living(session, Coder, one)
    texts = {key: current_text(session, study.shelf, key) for key in {case.document for case in cases}}
    rows = {_row_of(one.case): _fields(texts[one.case.document], one, ruling) for one in verdicts}
    known = _standing(session, rows.keys())
    insert_rows(session, Decision, [{"id": key, **rows[key]} for key in rows if key not in known])
    again = {key: {**_as_written(rows[key]), "alive": True} for key in rows if key in known}
    if again:
        write_fields(session, Decision, again)
    _take_out(session, [other.id for case in cases for other in case.others])
    return [DecisionId(key) for key in rows]


def _take_out(session: Session, decisions: Sequence[str]) -> None:
    """Take back decisions that stand."""
    for row in session.scalars(select(Decision).where(Decision.alive, Decision.id.in_(decisions))).all():
        row.alive = False


def _row_of(case: Judged) -> str:
    """The row of a decision: the one that stands, or else the one that any copy makes of the same codings."""
    if case.decision is not None:
        return case.decision.id
    return decision_id(case.round, case.document, (mark.coding for mark in case.marks))


def _fields(text: CurrentText, one: _Verdict, ruling: _Ruling) -> dict[str, Any]:
    """The columns of a decision, anchored in the current text; what is shared may be a space, which is nothing."""
    by_hand = one.outcome == "range"
    places = [(code, start, end) for code, start, end in one.kept if by_hand or text.text[start:end].strip()]
    anchors = [(code, text.anchor(start, end)) for code, start, end in places]
    kept = [[code, anchor.start, anchor.end] for code, anchor in anchors]
    return {
        "round_id": one.case.round,
        "document_id": one.case.document,
        "revision_id": text.revision,
        "start": one.case.start,
        "end": one.case.end,
        "codes": list(one.case.codes),
        "evidence": [_evidence(mark) for mark in one.case.marks],
        "verdict": {"outcome": one.outcome, "coder": one.coder, "kept": kept},
        "reason": ruling.reason,
        "note": ruling.note,
        "present": list(ruling.present),
    }


def _as_written(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the journal that deciding anew writes."""
    judged = [columns[name] for name in Decision.together[JUDGED]]
    return {JUDGED: judged, **{name: columns[name] for name in RULED}}


def _evidence(mark: Mark) -> list[Any]:
    return [mark.coding, mark.coder, mark.code, mark.start, mark.end]


def _standing(session: Session, keys: Collection[str]) -> set[str]:
    """The decisions that are there already, also withdrawn ones."""
    found: set[str] = set()
    for some in batched(keys, 500):
        found |= set(session.scalars(select(Decision.id).where(Decision.id.in_(some))))
    return found


# Telling ----------------------------------------------------------------------------------------------------------


def _label(case: Judged, outcome: Outcome, coder: str | None) -> tuple[str, dict[str, Any]]:
    """What the history says, such as “Decide Trust / Doubt in INT-03: union”."""
    codes = list(case.codes)
    about = ("{code}", "{code} / {into}")[len(codes) == 2] if len(codes) < 3 else "{code} and {count} other codes"
    args: dict[str, Any] = {"code": codes[0] if codes else None, "into": codes[1] if len(codes) == 2 else None}
    args |= {"count": len(codes) - 1, "document": case.document, "round": case.round, "coder": coder}
    return f"Decide {about} in {{document}}: {OUTCOME_WORDS[outcome]}", args


def _about(row: Decision) -> tuple[dict[str, Any], Place]:
    args = {"code": next(iter(row.codes), None), "document": row.document_id, "round": row.round_id}
    return args, Place(DocumentId(row.document_id), row.start, row.end)


def _known(session: Session, coder: CoderId | None, decision: str) -> Decision:
    """A decision that stands and that the acting coder may know of."""
    row = living(session, Decision, decision)
    if (row.round_id, row.document_id) in hidden_from(session, coder):
        raise SealedCaseError
    return row


def _refuse_speaking(session: Session, speaker: CoderId | None, row: Decision, about: Coder) -> None:
    """Refuse to say how somebody takes a decision that settles nothing, or on behalf of who was not there."""
    if row.verdict["outcome"] in LEFT_OPEN:
        raise NothingDecidedError
    if about.id != acting(speaker):
        refuse_unless_lead(session, speaker)
        if about.id not in row.present:
            raise NotThereError(about.name)
