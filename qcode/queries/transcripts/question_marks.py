"""Where questions are asked or answered in documents, as their texts stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.guides import Wording
from qcode.ids import DocumentId, GuideId, QuestionId, QuestionMarkId
from qcode.models import Document, Guide, GuideVersion, QuestionMark
from qcode.models.positions import Positions
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class MarkRow:
    """Where a question is asked or answered in the current text of a document; no question is "something else".

    `version` is the number of the version it was attached under, `asked` what the file says is asked.
    """

    id: QuestionMarkId
    document: DocumentId
    start: int
    end: int
    question: QuestionId | None
    guide: GuideId | None
    number: str
    text: str
    version: int | None
    asked: str
    origin: str


def question_marks(study: Study, document: DocumentId) -> list[MarkRow]:
    """Where questions are asked or answered in a document, in the order of its text."""
    with study.read() as session:
        return list(Marks(session, document).rows)


def asked_by_files(study: Study) -> list[str]:
    """The questions that files say are answered and that no guide has yet, each once, in the order of documents."""
    with study.read() as session:
        rows = Marks(session).rows
    return list(dict.fromkeys(row.asked for row in rows if row.asked and row.question is None))


class Marks:
    """The marks of one document or all, where they are now."""

    def __init__(self, session: Session, document: str | None = None) -> None:
        self._session = session
        self._document = document

    @cached_property
    def rows(self) -> tuple[MarkRow, ...]:
        """In the order of documents and their texts; a mark whose turn lost all its words is none."""
        wanted = (
            select(QuestionMark)
            .join(Document, Document.id == QuestionMark.document_id)
            .where(QuestionMark.alive, Document.alive)
            .order_by(Document.position, Document.id)
        )
        if self._document is not None:
            wanted = wanted.where(Document.id == self._document)
        positions, order = Positions(self._session), dict[str, int]()
        placed = []
        for mark in self._session.scalars(wanted):
            now = positions.place(mark.document_id, mark.revision_id, mark.start, mark.end)
            if now.start < now.end:
                place = order.setdefault(mark.document_id, len(order)), now.start, mark.id
                placed.append((place, self._row(mark, now.start, now.end)))
        return tuple(row for _place, row in sorted(placed, key=lambda one: one[0]))

    @cached_property
    def counts(self) -> Mapping[str, tuple[int, int]]:
        """By question, how many turns and how many documents it is attached to."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            if row.question is not None:
                found.setdefault(row.question, []).append(row.document)
        return {question: (len(where), len(set(where))) for question, where in found.items()}

    @cached_property
    def _versions(self) -> Mapping[str, GuideVersion]:
        return {row.id: row for row in self._session.scalars(select(GuideVersion).where(GuideVersion.alive))}

    @cached_property
    def _wordings(self) -> Mapping[str, tuple[str, Wording]]:
        """The guide, the number and the words that each question has today."""
        found: dict[str, tuple[str, Wording]] = {}
        current = {row.id: row.version_id for row in self._session.scalars(select(Guide).where(Guide.alive))}
        for version in sorted(self._versions.values(), key=lambda one: (one.id in current.values(), one.number)):
            if version.guide_id in current:
                found |= {key: (version.guide_id, Wording(number, text)) for key, number, text in version.questions}
        return found

    def _row(self, mark: QuestionMark, start: int, end: int) -> MarkRow:
        guide, wording = self._wordings.get(mark.question_id or "", (None, Wording("", "")))
        version = self._versions.get(mark.version_id or "")
        return MarkRow(
            QuestionMarkId(mark.id),
            DocumentId(mark.document_id),
            start,
            end,
            QuestionId(mark.question_id) if guide and mark.question_id else None,
            GuideId(guide) if guide else None,
            wording.number,
            wording.text,
            version.number if version else None,
            mark.asked,
            mark.origin,
        )
