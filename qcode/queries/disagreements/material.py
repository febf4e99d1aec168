"""What coders marked in the documents of a round, in today's texts, and where they so agree and differ."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, CodingId
from qcode.models import Assignment, Coding
from qcode.models.alike import once
from qcode.models.positions import Positions
from qcode.models.regions import asked_of, documents_with_regions
from qcode.queries.disagreements.frame import DocumentFacts, Frame
from qcode.queries.disagreements.rows import LaneSpan
from qcode.reconciliation import Compared, DocumentMarks, Mark, Words, compare, words_of
from qcode.study import Study
from qcode.text.ranges import Range

type Spans = dict[str, list[LaneSpan]]
"""What each coder marked, in order."""


@dataclass(frozen=True)
class Material:
    """One document: its text, what was handed in of it, and how that compares."""

    facts: DocumentFacts
    text: str
    marks: DocumentMarks
    spans: Mapping[str, list[LaneSpan]]

    @cached_property
    def compared(self) -> Compared:
        """The cases of the document."""
        return compare(self.marks)

    @cached_property
    def standing(self) -> frozenset[Words]:
        """What all of its marks say."""
        return frozenset(words_of(mark, self.compared.ruler) for mark in self.marks.marks)

    @cached_property
    def by_coding(self) -> Mapping[str, LaneSpan]:
        """Each coding that was handed in, by its id."""
        return {span.coding: span for spans in self.spans.values() for span in spans}

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        return {coder: max(span.end - span.start for span in spans) for coder, spans in self.spans.items() if spans}

    @cached_property
    def _starts(self) -> Mapping[str, list[int]]:
        return {coder: [span.start for span in spans] for coder, spans in self.spans.items()}

    def around(self, coder: str, place: Range) -> Iterator[LaneSpan]:
        """A coder's codings that touch a place, the last first."""
        spans = self.spans.get(coder)
        if not spans:
            return
        start, earliest = place[0], place[0] - self._longest[coder]
        for number in range(bisect_left(self._starts[coder], place[1]) - 1, -1, -1):
            span = spans[number]
            if span.start <= earliest:
                return
            if span.end > start:
                yield span


def materials(study: Study, session: Session, frame: Frame, wanted: Collection[str]) -> dict[str, Material]:
    """What was handed in of these documents."""
    if not wanted:
        return {}
    facts = [frame.documents[key] for key in wanted]
    spans, missing = _spans(session, frame, wanted), _unseen(session, frame, wanted)
    regioned = documents_with_regions(session, frame.round)
    texts = study.shelf.texts(session, {one.text_sha256 for one in facts})
    found: dict[str, Material] = {}
    for one in facts:
        text = texts[one.text_sha256]
        asked = asked_of(session, one.id, frame.round, text, one.coders) if one.id in regioned else ({}, ())
        own = {coder: spans.get(one.id, {}).get(coder, []) for coder in sorted(one.coders)}
        marks = [Mark(span.coding, coder, span.code, *span.place) for coder in own for span in own[coder]]
        unseen = frozenset(missing.get(one.id, ()))
        told = DocumentMarks(one.id, text, one.coders, marks, unseen, *asked)
        found[one.id] = Material(one, text, told, own)
    return found


def _spans(session: Session, frame: Frame, wanted: Collection[str]) -> dict[str, Spans]:
    columns = Coding.id, Coding.document_id, Coding.coder_id, Coding.code_id, Coding.certainty, Coding.comment
    place = Coding.revision_id, Coding.start, Coding.end
    counts = Coding.alive, Coding.layer == "coder", Coding.origin != "search", Coding.round_id == frame.round
    statement = select(*columns, *place).where(*counts, *once(session))
    if len(wanted) < len(frame.documents):
        statement = statement.where(Coding.document_id.in_(wanted))
    positions, found = Positions(session), dict[str, Spans]()
    rows = session.connection().execute(statement)
    for key, document, coder, code, certainty, comment, revision, first, last in rows:
        start, end, _ = positions.place(document, revision, first, last)
        shown = frame.shown(code)
        if start < end and shown in frame.codes:
            span = LaneSpan(CodingId(key), CodeId(shown), start, end, certainty, comment)
            found.setdefault(document, {}).setdefault(coder, []).append(span)
    for spans in (one for own in found.values() for one in own.values()):
        spans.sort(key=lambda span: (span.start, span.end, span.coding))
    return found


def _unseen(session: Session, frame: Frame, wanted: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """For each document the codes that a coder did not know when handing it in.

    Who knew one of the codes that are one today, knew it.
    """
    columns = Assignment.document_id, Assignment.coder_id, Assignment.seen_codes
    statement = select(*columns).where(Assignment.alive, Assignment.round_id == frame.round)
    out: dict[str, list[tuple[str, str]]] = {}
    for document, coder, known in session.execute(statement.where(Assignment.document_id.in_(wanted))):
        new = frame.codes.keys() - {frame.shown(one) for one in known}
        out.setdefault(document, []).extend((coder, code) for code in new)
    return out
