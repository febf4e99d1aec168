"""What was planned for the agreement of a round: its terms, all their versions, and how far the round was by then."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from qcode.agreement.plans import Begun, Terms
from qcode.ids import AgreementPlanId, CodeId, RoundId
from qcode.models import AgreementPlan, Assignment, Code, Coder, CodeSet, Round
from qcode.models.agreement_plans import terms_of
from qcode.models.journal import Change, Fields, Step, to_columns
from qcode.models.merging import merged_codes
from qcode.queries.blindness import hidden_codes, hidden_from
from qcode.queries.codebook.tree import standing, tree
from qcode.queries.team import RoundRow, rounds
from qcode.study import Study

type Moment = tuple[str, int]
"""When a step was taken: its time, and its number among those of one copy that were taken in one second."""

_STAGES: Final[tuple[Begun, ...]] = ("nothing", "coding", "handed in")


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """The terms as somebody saved them; `at` is an ISO date and time in UTC, `begun` how far the round was by then."""

    moment: Moment
    who: str
    terms: Terms
    begun: Begun

    @property
    def at(self) -> str:
        """When it was saved."""
        return self.moment[0]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plan of a round, with every version from the first one on; the last one holds.

    `codes` are those that are planned by name, with their paths today, `domains` the names of sets. `hand_ins` and
    `codings` were there when what holds was saved; they are None while the round hides colleagues' work.
    """

    id: AgreementPlanId
    round: RoundId
    round_name: str
    terms: Terms
    codes: tuple[tuple[CodeId, tuple[str, ...]], ...]
    domains: tuple[str, ...]
    versions: tuple[PlanVersion, ...]
    hand_ins: int | None
    codings: int | None

    @property
    def begun(self) -> Begun:
        """How far the round was when what holds was saved."""
        return self.versions[-1].begun

    @property
    def saved(self) -> PlanVersion:
        """Who saved what holds, and when."""
        return self.versions[-1]

    def history(self) -> tuple[str, ...]:
        """When it was saved and changed, and whether that was before the coding, in sentences."""
        first, last = self.versions[0], self.saved
        said = [f"Saved on {_day(first)} by {first.who}, {_when(first.begun)}."]
        said += [self._changed(len(self.versions) - 1)] if len(self.versions) > 1 else []
        if last.begun != "nothing":
            said.append(f"A plan made afterwards is no plan: {self._by_then()}.")
        return tuple(said)

    def _changed(self, changes: int) -> str:
        last = f"on {_day(self.saved)} by {self.saved.who}"
        if changes == 1:
            return f"Changed once, {last}, {_when(self.begun)}."
        late = sum(version.begun == "handed in" for version in self.versions[1:])
        if late == changes:
            return f"Changed {_times(changes)} after the first hand-in; last {last}."
        after = f", {_times(late)} after the first hand-in" if late else ""
        return f"Changed {_times(changes)}{after}; last {last}, {_when(self.begun)}."

    def _by_then(self) -> str:
        if self.hand_ins is None or self.codings is None:
            return "some was handed in by then" if self.begun == "handed in" else "there was coding by then"
        said = [_counted(self.codings, "coding")]
        said += [_counted(self.hand_ins, "hand-in")] if self.hand_ins else []
        return f"there {'was' if self.codings == 1 and not self.hand_ins else 'were'} {' and '.join(said)} by then"


def plan_of(study: Study, round_id: RoundId) -> PlanRow | None:
    """The plan of a round, or None as long as it has none."""
    with study.read() as session:
        wanted = AgreementPlan.alive, AgreementPlan.round_id == round_id, Round.alive
        found = session.execute(
            select(AgreementPlan.id, Round.name).join(Round, Round.id == AgreementPlan.round_id).where(*wanted)
        ).first()
        return None if found is None else _row(session, study.coder, found[0], round_id, found[1])


@dataclass(frozen=True, slots=True)
class PlannableCode:
    """A code in use, with its names from the root down; a heading counts only with what stands below it."""

    id: CodeId
    path: tuple[str, ...]
    heading: bool


def plannable_codes(study: Study) -> list[PlannableCode]:
    """The codes whose agreement can be planned, in the order of the codebook."""
    with study.read() as session:
        known = [(code, path) for code, path in tree(session) if standing(code) == "active"]
        return [PlannableCode(CodeId(code.id), path, code.kind != "codable") for code, path in known]


def planned_terms(study: Study) -> dict[RoundId, Terms]:
    """The terms that hold, of every round that has a plan."""
    with study.read() as session:
        rows = session.scalars(select(AgreementPlan).where(AgreementPlan.alive)).all()
        columns = [column.name for column in AgreementPlan.__table__.columns]
        return {RoundId(row.round_id): terms_of({name: getattr(row, name) for name in columns}) for row in rows}


def round_to_plan(study: Study, name: str | None = None) -> RoundRow | None:
    """The round of this name, or without one the latest main round, or else the latest; None if there is none."""
    known = rounds(study)
    if name is not None:
        return next((row for row in known if row.name.casefold() == name.casefold()), None)
    return next((row for row in reversed(known) if row.purpose == "main"), known[-1] if known else None)


def _row(session: Session, viewer: str | None, key: str, round_id: str, name: str) -> PlanRow:
    saved = _saved(session, key)
    people = {row.id: row.name for row in session.execute(select(Coder.id, Coder.name))}
    work = _Work(session, round_id, people)
    versions = tuple(
        PlanVersion(moment, people.get(who, "…"), terms, work.begun(moment, begun))
        for moment, who, terms, begun in saved
    )
    terms, moment = versions[-1].terms, saved[-1][0]
    hidden = any(round_id == where for where, _document in hidden_from(session, viewer))
    return PlanRow(
        AgreementPlanId(key),
        RoundId(round_id),
        name,
        terms,
        _codes(session, terms, viewer),
        tuple(_domains(session, terms)),
        versions,
        None if hidden else work.hand_ins_before(moment),
        None if hidden else work.codings_before(moment) if versions[-1].begun != "nothing" else 0,
    )


def _saved(session: Session, key: str) -> list[tuple[Moment, str, Terms, Begun]]:
    """Every version with the moment it was saved and by whom; what was taken back and done again counts as saved."""
    steps = select(Step.at, Step.lamport, Step.coder_id, Change.fields).join(Change, Change.step_id == Step.id)
    state: Fields = {}
    out: list[tuple[Moment, str, Terms, Begun]] = []
    for row in session.execute(steps.where(Change.row_id == key).order_by(Step.lamport, Step.id)):
        state |= to_columns(AgreementPlan, {name: value for name, value in json.loads(row.fields).items() if name})
        terms = terms_of(state)
        if state["alive"] and (not out or out[-1][2] != terms):
            out.append(((row.at, row.lamport), row.coder_id, terms, _known_stage(state["begun"])))
    return out


def _known_stage(begun: str) -> Begun:
    return next((stage for stage in _STAGES if stage == begun), "nothing")


class _Work:
    """What was coded and handed in of a round, and when, for all that is known now: copies tell it when they meet."""

    def __init__(self, session: Session, round_id: str, coders: Iterable[str]) -> None:
        self._session = session
        self._coded = Change.kind == "coding", Change.scope.in_([f"{coder}:{round_id}" for coder in coders])
        self._hand_ins = _hand_ins(session, round_id)

    def begun(self, moment: Moment, known: Begun) -> Begun:
        """How far the round was at a moment, and not less far than was known then."""
        if known == "handed in" or self.hand_ins_before(moment):
            return "handed in"
        return "coding" if known == "coding" or self._was_coded(moment) else "nothing"

    def hand_ins_before(self, moment: Moment) -> int:
        """How many assignments were handed in."""
        return sum(each < moment for each in self._hand_ins)

    def codings_before(self, moment: Moment) -> int:
        """How many codings were made."""
        made = select(func.count()).select_from(Change).join(Step, Step.id == Change.step_id)
        return self._session.scalar(made.where(*self._coded, Change.parents == "", before(moment))) or 0

    def _was_coded(self, moment: Moment) -> bool:
        coded = exists().where(Change.step_id == Step.id, *self._coded)
        return self._session.scalar(select(Step.id).where(before(moment), coded).limit(1)) is not None


def before(moment: Moment) -> ColumnElement[bool]:
    """What is true of the steps that were taken before a moment."""
    at, lamport = moment
    return (Step.at < at) | ((Step.at == at) & (Step.lamport < lamport))


def _hand_ins(session: Session, round_id: str) -> list[Moment]:
    """When each assignment was first handed in."""
    handed_in = func.json_extract(Change.fields, "$.state") == "handed in"
    steps = select(Change.row_id, Step.at, Step.lamport).join(Step, Step.id == Change.step_id)
    given = select(Assignment.id).where(Assignment.round_id == round_id)
    steps = steps.where(Change.row_id.in_(given), handed_in)
    first: dict[str, Moment] = {}
    for row in session.execute(steps):
        moment = row.at, row.lamport
        first[row.row_id] = min(first.get(row.row_id, moment), moment)
    return list(first.values())


def _codes(session: Session, terms: Terms, viewer: str | None) -> tuple[tuple[CodeId, tuple[str, ...]], ...]:
    """The planned codes by what stands for them today, each once and in the order of the codebook.

    One that is a colleague's proposal again has no name for who may not know of it.
    """
    merged, unseen = merged_codes(session), hidden_codes(session, viewer)
    known: dict[str, tuple[str, ...]] = {code.id: path for code, path in tree(session, unseen)}
    named: dict[str, str] = {
        row.id: row.name for row in session.execute(select(Code.id, Code.name)) if row.id not in unseen
    }
    today = {merged.get(code, code) for code in terms.codes}
    ordered = [*(code for code in known if code in today), *sorted(today - known.keys())]
    return tuple((CodeId(code), known.get(code, (named.get(code, "…"),))) for code in ordered)


def _domains(session: Session, terms: Terms) -> list[str]:
    sets = {row.id: row.name for row in session.execute(select(CodeSet.id, CodeSet.name))}
    return [sets.get(one, "…") for one in terms.domains]


def _day(version: PlanVersion) -> str:
    return version.at[:10]


def _when(begun: Begun) -> str:
    if begun == "nothing":
        return "before anything was coded"
    return "after coding had begun" if begun == "coding" else "after the first hand-in"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
