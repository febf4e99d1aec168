"""Where the questions of a guide were probably asked: proposals that somebody confirms or refuses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.guides import likely
from qcode.analysis.stop_words import stop_words
from qcode.ids import DocumentId, GuideId, QuestionId
from qcode.models import Document, Revision
from qcode.models.texts import TurnSpan
from qcode.queries.transcripts.documents import speakers_of
from qcode.queries.transcripts.guides import QuestionRow, guide_rows
from qcode.queries.transcripts.question_marks import MarkRow, Marks
from qcode.study import Study

SURE: Final = 0.55
"""From this likeness on a proposal is more often right than not, by what the sample study shows."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a question of the guide is asked at some places of a document: one turn, or all answers a file gives to it.

    `words` is what was said there, or what the file says is asked; `likeness` how alike that is to the question, to 1.
    """

    document: DocumentId
    document_name: str
    question: QuestionId
    number: str
    text: str
    places: tuple[int, ...]
    words: str
    likeness: float

    @property
    def id(self) -> tuple[str, int, str]:
        """What tells it from the others."""
        return self.document, self.places[0], self.question


def proposals(study: Study, guide: GuideId) -> list[Proposal]:
    """Where what is asked resembles a question of the guide, in documents of its group, by document and place.

    Turns that a question of the guide is attached to are left out. A second's work for a hundred interviews: ask for
    it in a worker.
    """
    with study.read() as session:
        marks = Marks(session)
        row = next(one for one in guide_rows(session, marks) if one.id == guide)
        wanted = select(Document).where(Document.alive).order_by(Document.position, Document.id)
        if row.group:
            wanted = wanted.where(Document.group_name == row.group)
        by_document: dict[str, list[MarkRow]] = {}
        for mark in marks.rows:
            by_document.setdefault(mark.document, []).append(mark)
        return [
            proposal
            for document in session.scalars(wanted)
            for proposal in _in(study, session, document, row.questions, by_document.get(document.id, []))
        ]


def _in(
    study: Study, session: Session, document: Document, questions: Sequence[QuestionRow], marks: Sequence[MarkRow]
) -> Iterator[Proposal]:
    said = [*_asked_by_file(marks), *_asked_in_talk(study, session, document, marks)]
    skipped = stop_words(document.language)
    for one in likely([row.text for row in questions], [words for words, _places in said], stop_words=skipped):
        words, places = said[one.said]
        row = questions[one.question]
        known = DocumentId(document.id), document.name, row.id, row.number, row.text
        yield Proposal(*known, places, words, min(one.likeness, 1.0))


type _Said = tuple[str, tuple[int, ...]]


def _asked_by_file(marks: Iterable[MarkRow]) -> list[_Said]:
    """What the file says is asked, with all places of the same question."""
    places: dict[str, list[int]] = {}
    for mark in marks:
        if mark.asked and mark.question is None:
            places.setdefault(mark.asked, []).append(mark.start)
    return [(words, tuple(found)) for words, found in places.items()]


def _asked_in_talk(study: Study, session: Session, document: Document, marks: Sequence[MarkRow]) -> list[_Said]:
    """What interviewers say in turns without a mark."""
    revision = session.get_one(Revision, document.revision_id)
    turns = study.shelf.layout(session, revision.layout_sha256).turns
    asking = {key for key, row in speakers_of(session, document.id).items() if row.role == "interviewer"}
    if not asking:
        return []
    text = study.shelf.text(session, revision.text_sha256)
    marked = set(_numbers(turns, [mark.start for mark in marks]))
    return [
        (text[turn.start : turn.end], (turn.start,))
        for number, turn in enumerate(turns)
        if turn.speaker in asking and number not in marked
    ]


def _numbers(turns: Sequence[TurnSpan], places: Iterable[int]) -> Iterator[int]:
    starts = [turn.start for turn in turns]
    for place in places:
        yield bisect_right(starts, place) - 1
