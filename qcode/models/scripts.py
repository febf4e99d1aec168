"""The text of a document with its turns and speakers, as a value that can be held against another."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.models.documents import Document, Revision, Speaker
from qcode.models.texts import Boundaries, Shelf
from qcode.text.replacing import Script, Spoken


class Standing(NamedTuple):
    """A document as it stands: row, current revision, turns and sentences, and all of it as a value."""

    document: Document
    revision: Revision
    boundaries: Boundaries
    script: Script


def standing(session: Session, shelf: Shelf, document: Document) -> Standing:
    """What a document says now; speakers go by their ids."""
    revision = session.get_one(Revision, document.revision_id)
    boundaries = shelf.layout(session, revision.layout_sha256)
    turns = tuple(Spoken(turn.start, turn.end, turn.speaker) for turn in boundaries.turns)
    named = select(Speaker.id, Speaker.label).where(Speaker.alive, Speaker.document_id == document.id)
    labels = {row.id: row.label for row in session.execute(named.order_by(Speaker.id.desc()))}
    script = Script(shelf.text(session, revision.text_sha256), turns, labels)
    return Standing(document, revision, boundaries, script)
