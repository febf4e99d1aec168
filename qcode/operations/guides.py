"""Interview guides: their questions, version by version, and the turns in which these are asked."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.analysis.guides import Wording
from qcode.errors import QcodeError
from qcode.ids import DocumentId, GuideId, GuideVersionId, QuestionId, QuestionMarkId, derived_id, new_id
from qcode.models import Document, Guide, GuideVersion, Question, QuestionMark, Revision
from qcode.models.positions import Positions
from qcode.models.recording import insert_rows, write_fields
from qcode.models.texts import TurnSpan
from qcode.operations.lookup import (
    GoneError,
    NameTakenError,
    NameTooLongError,
    last_position,
    living,
    tidy_name,
    tidy_text,
)
from qcode.operations.passages import CurrentText, OutsideTextError, current_text
from qcode.study import Place, Study
from qcode.text.ordering import between

MOST_QUESTIONS: Final = 300
LONGEST_QUESTION: Final = 2_000
_LONGEST_NUMBER: Final = 12
_KIND: Final = "guide"


class NoQuestionsError(QcodeError):
    """A guide would have no questions."""

    def __init__(self) -> None:
        super().__init__("A guide needs at least one question. Write one on each line, such as “1. What happened?”.")


class TooManyQuestionsError(QcodeError):
    """More was given than anyone asks in an interview."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"These are {count:,} questions, and a guide can have {MOST_QUESTIONS}. Is it the right text? "
            "Keep the lines that are questions."
        )


class EmptyQuestionError(QcodeError):
    """A number without a question."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Question {number} has no words. Write the question behind its number, or take the line out.")


class QuestionTooLongError(QcodeError):
    """A question is a text."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Question {number} has more than {LONGEST_QUESTION:,} characters. Write the question alone on its line."
        )


class SameNumberError(QcodeError):
    """Two questions cannot be told apart."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Two questions have the number {number}. Give one of them another number, such as {number}a.")


class SameQuestionError(QcodeError):
    """Two lines of a version would be one question."""

    def __init__(self, number: str, other: str) -> None:
        super().__init__(f"{number} and {other} cannot both be the same question as before. Let one be a new question.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a version: its number and wording, and which question of the guide it is; a new one for None."""

    number: str
    text: str
    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """That the turn at a place of a document's current text asks or answers a question.

    Without one, something else is asked there, which ends the answer before.
    """

    document: DocumentId
    at: int
    question: QuestionId | None = None


def add_guide(study: Study, *, name: str, questions: Sequence[Wording], group: str = "") -> GuideId:
    """Add a guide with its first version behind the others; names of guides are unique."""
    tidy, wanted = tidy_name(_KIND, name), tidy_questions([Asked(*one) for one in questions])
    guide, version = GuideId(new_id()), new_id()
    with study.transact("Add guide {guide}", args={"guide": guide}) as session:
        _refuse_known_name(session, tidy)
        made = _with_ids(session, guide, wanted)
        session.add(GuideVersion(id=version, guide_id=guide, number=1, questions=made))
        place = between(last_position(session, Guide), None)
        session.add(Guide(id=guide, name=tidy, position=place, version_id=version, group_name=_group(group)))
    return guide


def describe_guide(study: Study, guide: GuideId, *, name: str, group: str) -> None:
    """Give a guide another name, and say which group it is for: all of them for an empty one."""
    tidy = tidy_name(_KIND, name)
    with study.transact("Describe guide {guide}", args={"guide": guide}) as session:
        row = living(session, Guide, guide)
        if row.name != tidy:
            _refuse_known_name(session, tidy, apart_from=guide)
        row.name, row.group_name = tidy, _group(group)


def revise_guide(study: Study, guide: GuideId, *, questions: Sequence[Asked], note: str = "") -> GuideVersionId:
    """Let a guide have a new version, with a note on why; the same questions again make none.

    A question that is no longer asked stays in the guide with the turns it is attached to.
    """
    wanted, why = tidy_questions(questions), tidy_text("note", note)
    version = GuideVersionId(new_id())
    with study.transact("Revise guide {guide}", args={"guide": guide}) as session:
        row = living(session, Guide, guide)
        current = session.get_one(GuideVersion, row.version_id)
        _refuse_strangers(session, guide, wanted)
        if [[one.question, one.number, one.text] for one in wanted] == current.questions:
            return GuideVersionId(current.id)
        made = _with_ids(session, guide, wanted)
        session.add(
            GuideVersion(
                id=version,
                guide_id=guide,
                number=_latest_number(session, guide) + 1,
                questions=made,
                note=why,
                parent_id=current.id,
            )
        )
        row.version_id = version
    return version


def remove_guide(study: Study, guide: GuideId) -> None:
    """Take a guide out of the study, and its questions from the turns; what files say they answer stays."""
    with study.transact("Remove guide {guide}", args={"guide": guide}) as session:
        living(session, Guide, guide).alive = False
        of_guide = select(Question.id).where(Question.guide_id == guide)
        _let_go(session.scalars(_living_marks().where(QuestionMark.question_id.in_(of_guide))))


def attach_questions(study: Study, attachments: Sequence[Attachment], *, origin: str = "hand") -> list[QuestionMarkId]:
    """Attach questions to turns, all in one step; what is attached already stays as it is and is left out."""
    documents = {one.document for one in attachments}
    args: dict[str, Any] = {"count": len(attachments)}
    words, place = "Attach questions to {count} turns", None
    if len(attachments) == 1:
        only = attachments[0]
        words, args = "Attach a question in {document}", {"document": only.document}
        place = Place(only.document, only.at, only.at)
    with study.transact(words, args=args, place=place) as session:
        meanings = {one: _meaning(session, one) for one in {one.question for one in attachments}}
        attaching = _Attaching(session, meanings, origin)
        for document in sorted(documents):
            turns = _Turns.of(study, session, document)
            attaching.attach(turns, [one for one in attachments if one.document == document])
        return attaching.write()


def detach_questions(study: Study, marks: Sequence[QuestionMarkId]) -> None:
    """Take questions from turns; a turn that answers a question by its file still does."""
    with study.transact("Detach {count} questions", args={"count": len(set(marks))}) as session:
        _let_go([living(session, QuestionMark, mark) for mark in dict.fromkeys(marks)])


# Guides -----------------------------------------------------------------------------------------------------------


def tidy_questions(questions: Sequence[Asked]) -> list[Asked]:
    """The questions on one line each, as a version keeps them; refuses what nobody could ask, or tell apart."""
    if not questions:
        raise NoQuestionsError
    if len(questions) > MOST_QUESTIONS:
        raise TooManyQuestionsError(len(questions))
    tidy = [_tidy_one(one) for one in questions]
    twice = [number for number, count in Counter(one.number for one in tidy).items() if count > 1]
    if twice:
        raise SameNumberError(twice[0])
    return tidy


def _tidy_one(one: Asked) -> Asked:
    number = "".join(one.number.split()).lower()
    if len(one.text) > LONGEST_QUESTION:
        raise QuestionTooLongError(number[:_LONGEST_NUMBER])
    if len(number) > _LONGEST_NUMBER:
        raise NameTooLongError("question number")
    text = " ".join(one.text.split())
    if not text or not number:
        raise EmptyQuestionError(number or "without a number")
    return Asked(number, text, one.question)


def _with_ids(session: Session, guide: str, questions: Iterable[Asked]) -> list[Any]:
    """The questions as a version has them, with new ones added to the guide."""
    made: list[Any] = []
    for one in questions:
        question = one.question
        if question is None:
            question = QuestionId(new_id())
            session.add(Question(id=question, guide_id=guide))
        made.append([question, one.number, one.text])
    return made


def _refuse_strangers(session: Session, guide: str, questions: Iterable[Asked]) -> None:
    known = set(session.scalars(select(Question.id).where(Question.alive, Question.guide_id == guide)))
    given: dict[str, str] = {}
    for one in questions:
        if one.question is None:
            continue
        if one.question not in known:
            raise GoneError("question")
        if one.question in given:
            raise SameQuestionError(given[one.question], one.number)
        given[one.question] = one.number


def _latest_number(session: Session, guide: str) -> int:
    return session.scalar(select(func.max(GuideVersion.number)).where(GuideVersion.guide_id == guide)) or 0


def _refuse_known_name(session: Session, name: str, *, apart_from: str = "") -> None:
    taken = Guide.alive, func.casefold(Guide.name) == name.casefold(), Guide.id != apart_from
    if session.scalar(select(Guide.id).where(*taken)):
        raise NameTakenError(_KIND, name)


def _group(group: str) -> str:
    tidy = " ".join(group.split())
    return tidy_name("group", tidy) if tidy else ""


# Attachments ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Turns:
    """The current text of a document, its turns, and the marks in each by the turn's number."""

    text: CurrentText
    turns: Sequence[TurnSpan]
    starts: Sequence[int]
    marks: dict[int, list[QuestionMark]]

    @classmethod
    def of(cls, study: Study, session: Session, document: str) -> _Turns:
        text = current_text(session, study.shelf, document)
        turns = study.shelf.layout(session, session.get_one(Revision, text.revision).layout_sha256).turns
        found = cls(text, turns, [turn.start for turn in turns], {})
        positions = Positions(session)
        for mark in session.scalars(_living_marks().where(QuestionMark.document_id == document)):
            now = positions.place(mark.document_id, mark.revision_id, mark.start, mark.end)
            if now.start < now.end:
                found.marks.setdefault(found.at(now.start), []).append(mark)
        return found

    def at(self, place: int) -> int:
        """The number of the turn at a place, or of the one before it."""
        if not self.turns or not 0 <= place <= len(self.text.text):
            raise OutsideTextError(self.text.name)
        return max(bisect_right(self.starts, place) - 1, 0)


type _Meaning = tuple[str | None, str | None]


@dataclass(slots=True)
class _Attaching:
    """Gathers what is to be written: new marks, and what marks that are there mean from now on."""

    session: Session
    meanings: dict[QuestionId | None, _Meaning]
    origin: str
    _new: dict[str, dict[str, Any]] = field(default_factory=dict)
    _meant: dict[str, _Meaning] = field(default_factory=dict)

    def attach(self, turns: _Turns, attachments: Iterable[Attachment]) -> None:
        """Attach questions to turns of one document."""
        for one in attachments:
            number = turns.at(one.at)
            here = turns.marks.get(number, [])
            held = {self._meant.get(mark.id, (mark.question_id, None))[0] for mark in here}
            if one.question in held or (one.question is None and here):
                continue
            free = next((mark for mark in here if mark.question_id is None and mark.id not in self._meant), None)
            if free is not None:
                self._meant[free.id] = self.meanings[one.question]
            else:
                self._add(turns, number, one.question)

    def _add(self, turns: _Turns, number: int, question: QuestionId | None) -> None:
        turn = turns.turns[number]
        anchor = turns.text.anchor(turn.start, turn.end)
        key = derived_id("question_mark", anchor.document, anchor.revision, str(anchor.start), question or "")
        asked, version = self.meanings[question]
        self._new[key] = {
            "id": key,
            "document_id": anchor.document,
            "revision_id": anchor.revision,
            "start": anchor.start,
            "end": anchor.end,
            "question_id": asked,
            "version_id": version,
            "origin": self.origin,
        }

    def write(self) -> list[QuestionMarkId]:
        """Write it; marks that were taken away once come back."""
        before = {mark.id: mark for some in batched(self._new, 500) for mark in self.session.scalars(_of(some))}
        for key, mark in before.items():
            mark.alive, mark.version_id, mark.origin = True, self._new[key]["version_id"], self.origin
        insert_rows(self.session, QuestionMark, [row for key, row in self._new.items() if key not in before])
        write_fields(self.session, QuestionMark, {key: {"meaning": list(said)} for key, said in self._meant.items()})
        return [QuestionMarkId(key) for key in (*self._new, *self._meant)]


def _meaning(session: Session, question: QuestionId | None) -> _Meaning:
    """A question with the version of its guide that is asked now."""
    if question is None:
        return None, None
    guide = living(session, Guide, living(session, Question, question).guide_id)
    return question, guide.version_id


def _living_marks() -> Any:
    return (
        select(QuestionMark)
        .join(Document, Document.id == QuestionMark.document_id)
        .where(QuestionMark.alive, Document.alive)
    )


def _of(ids: Sequence[str]) -> Any:
    return select(QuestionMark).where(QuestionMark.id.in_(ids))


def _let_go(marks: Iterable[QuestionMark]) -> None:
    """Marks of files stay with what the file says; the others go."""
    for mark in list(marks):
        if mark.asked:
            mark.question_id = mark.version_id = None
        else:
            mark.alive = False
