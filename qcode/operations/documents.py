"""Transcripts: bringing them in, naming them, and saying who speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode import nlp
from qcode.errors import QcodeError
from qcode.ids import DocumentId, ParticipantId, SpeakerId, new_id
from qcode.models import Document, Participant, Revision, Speaker
from qcode.models.texts import Boundaries, TurnSpan, store_boundaries, store_text
from qcode.operations.lookup import GoneError, NameTakenError, last_position, living, tidy_name
from qcode.operations.structure import keep_structure
from qcode.study import Study
from qcode.text.ordering import between

if TYPE_CHECKING:
    from qcode.transcripts import Reading, Transcript

KINDS = ("interview", "focus group", "field notes", "survey answers", "document", "translation", "memo")


class UnknownKindError(QcodeError):
    """A document of a kind that qcode does not know."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"“{kind}” is no kind of document. Use one of: {', '.join(KINDS)}.")


class EmptyTranscriptError(QcodeError):
    """There is nothing to code."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” has no talk in it. Check that it is the right file.")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A transcript that was read and looked at, with what the person said about it.

    `deidentification` is "checked by computer" where the search for names ran over it, else "not checked".
    """

    name: str
    transcript: Transcript
    kind: str = "interview"
    language: str = "en"
    group: str = ""
    translation_of: DocumentId | None = None
    provenance: Mapping[str, Any] = field(default_factory=dict)
    units: tuple[tuple[int, int], ...] | None = None
    deidentification: str = "not checked"

    @classmethod
    def of(
        cls,
        reading: Reading,
        transcript: Transcript,
        name: str,
        *,
        kind: str,
        language: str,
        group: str = "",
        hashed: bool = True,
    ) -> Incoming:
        """A transcript with where it comes from; the file itself is not kept.

        `hashed` is False where names were replaced: who holds the text could try names until one fits the file's hash.
        """
        provenance = {
            "file": reading.file_name,
            **({"sha256": reading.sha256} if hashed else {}),
            "reader": reading.reader,
            "encoding": reading.encoding,
            "options": dict(reading.options),
            "warnings": list(transcript.warnings),
        }
        return cls(name, transcript, kind, language.strip() or "en", group, provenance=provenance)

    def with_units(self) -> Incoming:
        """The same with its sentences found, which takes a while for a long text: do it in a worker."""
        units = tuple(nlp.sentences(self.transcript.text, self.language))
        return replace(self, units=units)


def import_document(study: Study, incoming: Incoming) -> DocumentId:
    """Add a transcript with its speakers, turns and sentences; names of documents are unique."""
    document, ready = DocumentId(new_id()), _with_sentences(incoming)
    with study.transact("Import {document}", args={"document": document}) as session:
        _add_document(session, document, ready)
    return document


def import_documents(study: Study, incoming: Sequence[Incoming]) -> list[DocumentId]:
    """Add several transcripts in one step: all of them or, if one is refused, none."""
    documents, ready = [DocumentId(new_id()) for _ in incoming], [_with_sentences(one) for one in incoming]
    with study.transact("Import {count} documents", args={"count": len(documents)}) as session:
        for document, one in zip(documents, ready, strict=True):
            _add_document(session, document, one)
            session.flush()
    return documents


def rename_document(study: Study, document: DocumentId, *, name: str) -> None:
    """Give a document another name."""
    tidy = tidy_name("document", name)
    with study.transact("Rename {document}", args={"document": document}) as session:
        row = living(session, Document, document)
        if row.name != tidy:
            _refuse_known_name(session, tidy)
            row.name = tidy


def describe_document(study: Study, document: DocumentId, *, kind: str, group: str) -> None:
    """Say what kind of document it is and which group it speaks for."""
    if kind not in KINDS:
        raise UnknownKindError(kind)
    with study.transact("Describe {document}", args={"document": document}) as session:
        row = living(session, Document, document)
        row.kind, row.group_name = kind, group.strip()


def remove_document(study: Study, document: DocumentId) -> None:
    """Take a document out of the study; its text stays in the file until a redaction, and undo brings it back."""
    with study.transact("Remove {document}", args={"document": document}) as session:
        living(session, Document, document).alive = False


def add_participant(study: Study, *, pseudonym: str, role: str = "", group: str = "") -> ParticipantId:
    """Add somebody who took part, under a pseudonym."""
    tidy = tidy_name("participant", pseudonym)
    row = ParticipantId(new_id())
    with study.transact("Add participant {participant}", args={"participant": row}) as session:
        if session.scalar(
            select(Participant.id).where(Participant.alive, func.casefold(Participant.pseudonym) == tidy.casefold())
        ):
            raise NameTakenError("participant", tidy)
        session.add(Participant(id=row, pseudonym=tidy, role=role.strip(), group_name=group.strip()))
    return row


def describe_participant(study: Study, participant: ParticipantId, *, role: str, group: str) -> None:
    """Say which role and group a participant has."""
    with study.transact("Describe participant {participant}", args={"participant": participant}) as session:
        row = living(session, Participant, participant)
        row.role, row.group_name = role.strip(), group.strip()


def describe_speaker(study: Study, speaker: SpeakerId, *, role: str, participant: ParticipantId | None = None) -> None:
    """Say whether a speaker asks or answers and, if known, which participant it is."""
    with study.transact("Describe speaker {speaker}", args={"speaker": speaker}) as session:
        row = living(session, Speaker, speaker)
        if participant is not None:
            living(session, Participant, participant)
        row.role, row.participant_id = role, participant


def speaker_named(study: Study, document: DocumentId, label: str) -> SpeakerId:
    """The speaker of a document who has this label."""
    with study.read() as session:
        named = select(Speaker.id).where(Speaker.alive, Speaker.document_id == document, Speaker.label == label)
        found = session.scalar(named)
    if found is None:
        raise GoneError("speaker")
    return SpeakerId(found)


def link_participant(study: Study, document: DocumentId, *, participant: ParticipantId) -> SpeakerId:
    """Say whom a document is about that nobody speaks in, such as the notes of an interview that was not recorded."""
    speaker = SpeakerId(new_id())
    with study.transact(
        "Link {participant} to {document}", args={"participant": participant, "document": document}
    ) as session:
        living(session, Document, document)
        who = living(session, Participant, participant)
        session.add(
            Speaker(
                id=speaker, document_id=document, label=who.pseudonym, role="participant", participant_id=participant
            )
        )
    return speaker


def turn_spans(transcript: Transcript, speakers: Mapping[str, str]) -> tuple[TurnSpan, ...]:
    """The turns of a transcript as they are stored; `speakers` leads from labels to ids."""
    return tuple(
        TurnSpan(
            turn.start,
            turn.end,
            speakers.get(turn.speaker) if turn.speaker else None,
            turn.role == "event",
            turn.start_ms,
            turn.end_ms,
            tuple(sorted(turn.flags)),
        )
        for turn in transcript.turns
    )


def roles_of(transcript: Transcript) -> dict[str, str]:
    """The role of each label in a transcript; who is only in events takes part."""
    roles: dict[str, str] = {}
    for turn in transcript.turns:
        if turn.speaker and (turn.role != "event" or turn.speaker not in roles):
            roles[turn.speaker] = "participant" if turn.role == "event" else turn.role
    return roles


def _with_sentences(incoming: Incoming) -> Incoming:
    """Found ahead of the step: while a step is open nobody else can write."""
    return incoming if incoming.units is not None else incoming.with_units()


def _refuse_unusable(name: str, incoming: Incoming) -> None:
    if incoming.kind not in KINDS:
        raise UnknownKindError(incoming.kind)
    if not incoming.transcript.text.strip():
        raise EmptyTranscriptError(name)


def _refuse_known_name(session: Session, name: str) -> None:
    if session.scalar(select(Document.id).where(Document.alive, func.casefold(Document.name) == name.casefold())):
        raise NameTakenError("document", name)


def _add_document(session: Session, document: DocumentId, incoming: Incoming) -> None:
    name = tidy_name("document", incoming.name)
    _refuse_unusable(name, incoming)
    _refuse_known_name(session, name)
    revision = _add_revision(session, document, incoming)
    keep_structure(session, document, revision.id, incoming.transcript)
    session.add(
        Document(
            id=document,
            name=name,
            kind=incoming.kind,
            language=incoming.language,
            position=between(last_position(session, Document), None),
            revision_id=revision.id,
            group_name=incoming.group.strip(),
            translation_of_id=incoming.translation_of,
            deidentification=incoming.deidentification,
            provenance=dict(incoming.provenance),
        )
    )


def _add_revision(session: Session, document: str, incoming: Incoming) -> Revision:
    transcript = incoming.transcript
    turns = turn_spans(transcript, _add_speakers(session, document, transcript))
    revision = Revision(
        document_id=document,
        number=1,
        text_sha256=store_text(session, transcript.text),
        layout_sha256=store_boundaries(session, Boundaries(turns, incoming.units or ())),
        length=len(transcript.text),
        words=len(transcript.text.split()),
    )
    session.add(revision)
    return revision


def _add_speakers(session: Session, document: str, transcript: Transcript) -> dict[str, str]:
    roles = roles_of(transcript)
    rows = {label: Speaker(document_id=document, label=label, role=role) for label, role in roles.items()}
    session.add_all(rows.values())
    return {label: row.id for label, row in rows.items()}
