"""In which documents participants speak, and under which label."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from qcode.ids import DocumentId, ParticipantId
from qcode.models import Document, Speaker
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class Appearance:
    """A document in which a participant speaks, and the label they have there."""

    document: DocumentId
    name: str
    label: str


def appearances(study: Study) -> dict[ParticipantId, tuple[Appearance, ...]]:
    """The documents that each participant speaks in, in the order of collection; nobody without any is in it."""
    found: dict[ParticipantId, tuple[Appearance, ...]] = {}
    wanted = select(Speaker.participant_id, Document.id, Document.name, Speaker.label)
    wanted = wanted.join(Document, Document.id == Speaker.document_id).where(Speaker.alive, Document.alive)
    with study.read() as session:
        for who, document, name, label in session.execute(
            wanted.order_by(Document.position, Document.id, Speaker.label)
        ):
            if who is not None:
                participant = ParticipantId(who)
                here = Appearance(DocumentId(document), name, label)
                found[participant] = (*found.get(participant, ()), here)
    return found
