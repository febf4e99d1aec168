"""All answers to a question: what was said from where it is asked until the next one, document by document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import DocumentId, QuestionId, QuestionMarkId
from qcode.models import Document, Revision
from qcode.models.texts import TurnSpan
from qcode.queries.transcripts.documents import SpeakerRow, speakers_of
from qcode.queries.transcripts.guides import QuestionRow, guide_rows
from qcode.queries.transcripts.question_marks import MarkRow, Marks
from qcode.study import Study

_ASKING: Final = ("interviewer", "event")
ASKED_IN: Final = ("interview", "focus group", "survey answers")
"""The kinds of documents in which a guide is asked unless its marks say otherwise."""


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of an answer."""

    start: int
    end: int
    speaker: str
    role: str
    group: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said from where a question is asked until the next one; `[start, end)` code points of the document.

    `asked` is the question as it was put there. Among `said` are the interviewers' words between, by their role.
    """

    mark: QuestionMarkId
    document: DocumentId
    document_name: str
    group: str
    start: int
    end: int
    asked: str
    version: int | None
    said: tuple[Said, ...]

    @property
    def answered(self) -> tuple[Said, ...]:
        """The turns of those who answer."""
        return tuple(one for one in self.said if one.role not in _ASKING)

    @property
    def words(self) -> int:
        """How many words those who answer say."""
        return sum(len(one.text.split()) for one in self.answered)


@dataclass(frozen=True, slots=True)
class Silent:
    """A document without an answer; `asked` says that the question was put there and nobody answered."""

    document: DocumentId
    name: str
    group: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was said to a question, in the order of documents, and the documents in which nothing was."""

    question: QuestionRow
    given: tuple[Answer, ...]
    silent: tuple[Silent, ...]

    @property
    def documents(self) -> int:
        """How many documents have an answer."""
        return len({one.document for one in self.given})

    @property
    def words(self) -> int:
        """How many words the answers have."""
        return sum(one.words for one in self.given)


def answers(study: Study, question: QuestionId) -> Answers:
    """All answers to a question, and the documents without one.

    Those are the documents of the guide's group, or all if it has none, in which one would ask it.
    """
    with study.read() as session:
        marks = Marks(session)
        guide = next(one for one in guide_rows(session, marks) if any(row.id == question for row in one.every))
        row = next(row for row in guide.every if row.id == question)
        by_document: dict[str, list[MarkRow]] = {}
        for mark in marks.rows:
            by_document.setdefault(mark.document, []).append(mark)
        asked = {document for document, some in by_document.items() if any(one.question == question for one in some)}
        guided = {mark.document for mark in marks.rows if mark.guide == guide.id}
        given: list[Answer] = []
        silent: list[Silent] = []
        for document in session.scalars(select(Document).where(Document.alive).order_by(Document.position)):
            found: list[Answer] = []
            if document.id in asked:
                opened = _Opened.of(study, session, document)
                found = list(opened.answers(by_document[document.id], question))
            given += found
            expected = document.id in guided or (
                document.kind in ASKED_IN and (not guide.group or guide.group == document.group_name)
            )
            if expected and not found:
                silent.append(_silent(document, asked=document.id in asked))
        return Answers(row, tuple(given), tuple(silent))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A document with its text, turns and speakers."""

    document: Document
    text: str
    turns: Sequence[TurnSpan]
    speakers: Mapping[str, SpeakerRow]

    @classmethod
    def of(cls, study: Study, session: Session, document: Document) -> _Opened:
        revision = session.get_one(Revision, document.revision_id)
        text = study.shelf.text(session, revision.text_sha256)
        turns = study.shelf.layout(session, revision.layout_sha256).turns
        return cls(document, text, turns, speakers_of(session, document.id))

    def answers(self, marks: Sequence[MarkRow], question: str) -> Iterator[Answer]:
        """The answers to a question; each goes to the next mark of whatever question, and needs somebody's words."""
        starts = sorted({mark.start for mark in marks})
        for mark in marks:
            if mark.question == question:
                behind = bisect_right(starts, mark.start)
                end = starts[behind] if behind < len(starts) else len(self.text)
                answer = self._answer(mark, end)
                if answer.answered:
                    yield answer

    def _answer(self, mark: MarkRow, end: int) -> Answer:
        first = max(bisect_right([turn.start for turn in self.turns], mark.start) - 1, 0)
        last = bisect_left([turn.start for turn in self.turns], end)
        said = [self._said(turn) for turn in self.turns[first:last]]
        asked = mark.asked
        if said and said[0].role == "interviewer":
            asked = said.pop(0).text
        while said and said[-1].role in _ASKING:
            said.pop()
        return Answer(
            mark.id,
            DocumentId(self.document.id),
            self.document.name,
            self.document.group_name,
            mark.start,
            said[-1].end if said else mark.end,
            asked,
            mark.version,
            tuple(said),
        )

    def _said(self, turn: TurnSpan) -> Said:
        who = self.speakers.get(turn.speaker or "")
        name = "" if who is None else who.pseudonym or who.label
        role = "event" if turn.event else "participant" if who is None else who.role
        group = (who.group if who else "") or self.document.group_name
        return Said(turn.start, turn.end, name, role, group, self.text[turn.start : turn.end])


def _silent(document: Document, *, asked: bool) -> Silent:
    return Silent(DocumentId(document.id), document.name, document.group_name, asked)
