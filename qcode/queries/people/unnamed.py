"""Speakers behind whom no participant is known yet."""

from __future__ import annotations

from sqlalchemy import select

from qcode.ids import SpeakerId
from qcode.models import Document, Speaker
from qcode.study import Study


def unnamed_speakers(study: Study) -> list[SpeakerId]:
    """The speakers who answer and are no participant, by document and label."""
    wanted = (
        select(Speaker.id)
        .join(Document, Document.id == Speaker.document_id)
        .where(Speaker.alive, Document.alive, Speaker.participant_id.is_(None), Speaker.role == "participant")
        .order_by(Document.position, Document.id, Speaker.label, Speaker.id)
    )
    with study.read() as session:
        return [SpeakerId(row) for row in session.scalars(wanted)]
