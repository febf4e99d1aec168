"""Interview guides: what is asked in which version, and what differs between versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.guides import Following, Wording, followed
from qcode.errors import QcodeError
from qcode.ids import GuideId, GuideVersionId, QuestionId
from qcode.models import Coder, Guide, GuideVersion
from qcode.models.journal import Change, Step
from qcode.queries.transcripts.question_marks import Marks
from qcode.study import Study


class NoGuideError(QcodeError):
    """The study has no guide, or none of that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        if not known:
            said = "This study has no interview guide yet. Import one: qcode guide import STUDY FILE."
        elif name:
            said = f"No guide is named “{name}”. This study has: {', '.join(known)}."
        else:
            said = f"This study has several guides. Say which: {', '.join(known)}."
        super().__init__(said)


class NoQuestionError(QcodeError):
    """A guide has no question of that number."""

    def __init__(self, guide: str, number: str, known: Sequence[str]) -> None:
        super().__init__(f"“{guide}” has no question {number}. Its questions: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as the newest version that asks it has it, with how many turns and documents it is attached to.

    `since` and `until` are numbers of versions: the first and the last that ask it; `until` is None while it is asked.
    """

    id: QuestionId
    guide: GuideId
    guide_name: str
    number: str
    text: str
    turns: int
    documents: int
    since: int
    until: int | None

    @property
    def wording(self) -> Wording:
        """Its number and words."""
        return Wording(self.number, self.text)


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A guide with the number of its current version, its questions in order, and those that are no longer asked."""

    id: GuideId
    name: str
    group: str
    version: int
    questions: tuple[QuestionRow, ...]
    former: tuple[QuestionRow, ...]

    @property
    def every(self) -> tuple[QuestionRow, ...]:
        """All that were ever asked."""
        return (*self.questions, *self.former)


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question whose number or words differ between two versions; `before` or `after` is None in one without it."""

    question: QuestionId
    before: Wording | None
    after: Wording | None

    @property
    def sentence(self) -> str:
        """The difference in words."""
        if self.before is None and self.after is not None:
            return f"{self.after.number} is new: {self.after.text}"
        if self.after is None and self.before is not None:
            return f"{self.before.number} is no longer asked: {self.before.text}"
        if self.before is None or self.after is None:
            return ""
        number = "" if self.before.number == self.after.number else f"was {self.before.number}"
        words = "" if self.before.text == self.after.text else f"was worded “{self.before.text}”"
        return f"{self.after.number} {' and '.join(part for part in (number, words) if part)}: {self.after.text}"


@dataclass(frozen=True, slots=True)
class GuideVersionRow:
    """A version of a guide: who made it when (ISO, UTC), why, its questions, and what differs from the one before."""

    id: GuideVersionId
    number: int
    note: str
    coder: str
    at: str
    questions: tuple[Wording, ...]
    changes: tuple[Reworded, ...]


def guides(study: Study) -> list[GuideRow]:
    """All guides in their order."""
    with study.read() as session:
        return guide_rows(session, Marks(session))


def guide_versions(study: Study, guide: GuideId) -> list[GuideVersionRow]:
    """The versions of a guide, the newest first."""
    with study.read() as session:
        rows = list(session.scalars(_versions_of(guide)))
        made = _makers(session, [row.id for row in rows])
        before = dict(zip((row.id for row in rows[1:]), rows, strict=False))
        return [_version(row, before.get(row.id), *made.get(row.id, ("", ""))) for row in reversed(rows)]


def question_named(study: Study, number: str, *, guide: str = "", version: int | None = None) -> QuestionRow:
    """The question with a number, of the only guide or the one that is named.

    It is the number in a version if one is given, else of those that are asked now, and after them of former ones.
    Raises NoGuideError and NoQuestionError.
    """
    every = guides(study)
    chosen = [one for one in every if not guide or one.name.casefold() == guide.strip().casefold()]
    if len(chosen) != 1:
        raise NoGuideError(guide, [one.name for one in every])
    wanted = number.strip().lower()
    asked = [(one.number, one) for one in chosen[0].every]
    if version is not None:
        rows = {one.id: one for one in chosen[0].every}
        asked = [(number, rows[question]) for question, number in _numbers_in(study, chosen[0].id, version)]
    found = next((one for known, one in asked if known == wanted), None)
    if found is None:
        raise NoQuestionError(chosen[0].name, number, [known for known, _one in asked])
    return found


def followed_questions(guide: GuideRow, after: Sequence[Wording]) -> list[tuple[QuestionRow | None, bool]]:
    """For each line of a new version, which question of the guide it is, and whether somebody should look at that."""
    known = guide.every
    found: list[Following] = followed([one.wording for one in known], after)
    return [(None if one.before is None else known[one.before], one.doubtful) for one in found]


# Guides -----------------------------------------------------------------------------------------------------------


def _versions_of(guide: str) -> Any:
    return select(GuideVersion).where(GuideVersion.guide_id == guide, GuideVersion.alive).order_by(GuideVersion.number)


def guide_rows(session: Session, marks: Marks) -> list[GuideRow]:
    """All guides in their order, with how often their questions are among these marks."""
    rows = session.scalars(select(Guide).where(Guide.alive).order_by(Guide.position, Guide.id))
    return [_guide(row, list(session.scalars(_versions_of(row.id))), marks.counts) for row in rows]


def _guide(row: Guide, versions: Sequence[GuideVersion], counts: Mapping[str, tuple[int, int]]) -> GuideRow:
    current = next(version for version in versions if version.id == row.version_id)
    asked = {question for question, _number, _text in current.questions}
    since: dict[str, int] = {}
    latest: dict[str, tuple[GuideVersion, str, str]] = {}
    for version in versions:
        for question, number, text in version.questions:
            since.setdefault(question, version.number)
            latest[question] = version, number, text
    for question, number, text in current.questions:
        latest[question] = current, number, text

    def line(question: str) -> QuestionRow:
        version, number, text = latest[question]
        until = None if question in asked else version.number
        turns, documents = counts.get(question, (0, 0))
        known = QuestionId(question), GuideId(row.id), row.name
        return QuestionRow(*known, number, text, turns, documents, since[question], until)

    questions = tuple(line(question) for question, _number, _text in current.questions)
    former = tuple(line(question) for question in latest if question not in asked)
    return GuideRow(GuideId(row.id), row.name, row.group_name, current.number, questions, former)


def _numbers_in(study: Study, guide: str, version: int) -> list[tuple[QuestionId, str]]:
    """The questions of a version with their numbers; none of a version that never was."""
    with study.read() as session:
        rows = session.scalars(_versions_of(guide).where(GuideVersion.number == version))
        return [(QuestionId(question), number) for row in rows for question, number, _text in row.questions]


def _makers(session: Session, versions: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Who made each version, and when."""
    wanted = (
        select(Change.row_id, Coder.name, Step.at)
        .join(Step, Step.id == Change.step_id)
        .outerjoin(Coder, Coder.id == Step.coder_id)
        .where(Change.row_id.in_(versions))
        .order_by(Step.lamport.desc(), Step.id.desc())
    )
    return {row: (coder or "", at) for row, coder, at in session.execute(wanted)}


def _version(row: GuideVersion, before: GuideVersion | None, coder: str, at: str) -> GuideVersionRow:
    now = {question: Wording(number, text) for question, number, text in row.questions}
    then = {} if before is None else {question: Wording(number, text) for question, number, text in before.questions}
    differing = [question for question in {**now, **then} if now.get(question) != then.get(question)]
    changes = tuple(Reworded(QuestionId(one), then.get(one), now.get(one)) for one in differing)
    known = GuideVersionId(row.id), row.number, row.note, coder, at
    return GuideVersionRow(*known, tuple(now.values()), () if before is None else changes)
