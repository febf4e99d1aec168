"""Transcripts: the list of them, and the text of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.ids import DocumentId, ParticipantId, RevisionId, SpeakerId
from qcode.models import Assignment, Coder, Coding, Document, Participant, Region, Revision, Round, Speaker
from qcode.models.statements import ask
from qcode.models.texts import TurnSpan
from qcode.queries.blindness import visible_counts
from qcode.queries.team import assigned
from qcode.queries.transcripts.deidentification import reviews_of, told
from qcode.study import Study
from qcode.text.ranges import Range
from qcode.text.values import Role, Turn


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A transcript in the list; `state` is the acting coder's: "not assigned", "open", "done" or "handed in".

    `reason` is why the lead opened again what was handed in, `partly` whether only parts of it were assigned.
    `deidentification` is how far it is de-identified, `deidentified` the same with who reviewed it and when.
    """

    id: DocumentId
    name: str
    kind: str
    language: str
    group: str
    words: int
    length: int
    speakers: int
    mine: int
    everybodys: int
    state: str
    deidentification: str
    provenance: dict[str, Any]
    deidentified: str
    reason: str = ""
    partly: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Who speaks in a document, and who that is."""

    id: SpeakerId
    label: str
    role: str
    participant: ParticipantId | None
    pseudonym: str
    participant_role: str
    group: str


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """Somebody who took part."""

    id: ParticipantId
    pseudonym: str
    role: str
    group: str


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A text with its turns and sentences; all offsets are half-open code points."""

    id: DocumentId
    name: str
    revision: RevisionId
    language: str
    text: str
    turns: tuple[Turn, ...]
    units: Sequence[Range]
    speakers: tuple[SpeakerRow, ...]


def documents(study: Study, *, round_id: str | None = None, counted: bool = True) -> list[DocumentRow]:
    """All transcripts in the order of collection, with the acting coder's progress in a round.

    Not `counted`, which is quicker, every count of codings is 0.
    """
    with study.read() as session:
        found = session.execute(
            select(Document, Revision.words, Revision.length)
            .join(Revision, Revision.id == Document.revision_id)
            .where(Document.alive)
            .order_by(Document.position, Document.id)
        ).all()
        speakers = Counter(session.scalars(select(Speaker.document_id).where(Speaker.alive)))
        of_round = [] if round_id is None else [Coding.round_id == round_id]
        none = Counter[str](), Counter[str]()
        mine, everybodys = visible_counts(session, study.coder, Coding.document_id, *of_round) if counted else none
        states = _states(session, study.coder, round_id)
        reasons, partly = _reopened(session, study.coder, round_id), _partly(session, study.coder, round_id)
        names = {coder.id: coder.name for coder in session.scalars(select(Coder))}
        return [
            DocumentRow(
                DocumentId(row.id),
                row.name,
                row.kind,
                row.language,
                row.group_name,
                words,
                length,
                speakers[row.id],
                mine[row.id],
                everybodys[row.id],
                states.get(row.id, "open" if round_id is None or "*" in states else "not assigned"),
                row.deidentification,
                row.provenance,
                told(row.deidentification, reviews_of(row, names)),
                reasons.get(row.id, ""),
                row.id in partly,
            )
            for row, words, length in found
        ]


def any_documents(study: Study) -> bool:
    """Whether there is any transcript."""
    with study.read() as session:
        return session.scalar(select(Document.id).where(Document.alive).limit(1)) is not None


def document_text(study: Study, document: DocumentId) -> DocumentText:
    """The current text of one document."""
    with study.read() as session:
        row = session.get_one(Document, document)
        revision = session.get_one(Revision, row.revision_id)
        boundaries = study.shelf.layout(session, revision.layout_sha256)
        speakers = speakers_of(session, document)
        return DocumentText(
            DocumentId(row.id),
            row.name,
            RevisionId(revision.id),
            row.language,
            study.shelf.text(session, revision.text_sha256),
            _turns(boundaries.turns, speakers),
            boundaries.units,
            tuple(speakers.values()),
        )


def participants(study: Study) -> list[ParticipantRow]:
    """Everybody who took part, by group and pseudonym."""
    with study.read() as session:
        order = Participant.group_name, Participant.pseudonym
        rows = session.scalars(select(Participant).where(Participant.alive).order_by(*order))
        return [ParticipantRow(ParticipantId(row.id), row.pseudonym, row.role, row.group_name) for row in rows]


def speakers_of(session: Session, *documents: str) -> dict[str, SpeakerRow]:
    """The speakers of these documents, by id."""
    found = ask(session, _SPEAKERS, documents=documents).all()
    return {row[0]: _speaker(*row) for row in found}


def _speaker(
    speaker: str, label: str, role: str, who: str | None, pseudonym: str | None, talks_as: str | None, group: str | None
) -> SpeakerRow:
    participant = None if who is None else ParticipantId(who)
    return SpeakerRow(SpeakerId(speaker), label, role, participant, pseudonym or "", talks_as or "", group or "")


_SPEAKERS = (
    select(Speaker.id, Speaker.label, Speaker.role, Participant.id, Participant.pseudonym)
    .add_columns(Participant.role, Participant.group_name)
    .outerjoin(Participant, Participant.id == Speaker.participant_id)
    .where(Speaker.alive, Speaker.document_id.in_(bindparam("documents", expanding=True)))
    .order_by(Speaker.label, Speaker.id)
)


def _turns(spans: Sequence[TurnSpan], speakers: Mapping[str, SpeakerRow]) -> tuple[Turn, ...]:
    """The turns with their voices, made column by column: a long text has tens of thousands."""
    voices = {key: (row.pseudonym or row.label, cast("Role", row.role)) for key, row in speakers.items()}
    heard = [voices.get(span.speaker or "", _NOBODY) for span in spans]
    roles: list[Role] = ["event" if span.event else role for span, (_, role) in zip(spans, heard, strict=True)]
    starts, ends, times = (map(attrgetter(name), spans) for name in ("start", "end", "start_ms"))
    return tuple(map(Turn, starts, ends, map(itemgetter(0), heard), roles, times))


_NOBODY: tuple[None, Role] = (None, "participant")


def _states(session: Session, coder: str | None, round_id: str | None) -> dict[str, str]:
    if round_id is None:
        return {}
    current = session.get(Round, round_id)
    listed = {document: state for (document, whose), state in assigned(session, round_id).items() if whose == coder}
    return listed | ({"*": ""} if current is not None and current.everyone else {})


def _reopened(session: Session, coder: str | None, round_id: str | None) -> dict[str, str]:
    """Why documents that a coder had handed in are open again."""
    again = Assignment.alive, Assignment.reason != "", Assignment.state != "handed in"
    mine = Assignment.round_id == round_id, Assignment.coder_id == coder
    rows = session.execute(select(Assignment.document_id, Assignment.reason).where(*again, *mine))
    return {row.document_id: row.reason for row in rows}


def _partly(session: Session, coder: str | None, round_id: str | None) -> set[str]:
    """The documents of which a coder was assigned parts."""
    mine = Region.round_id == round_id, Region.coder_id == coder
    return set(session.scalars(select(Region.document_id).where(Region.alive, Region.kind == "part", *mine)))
