"""The order in which documents were collected."""

from __future__ import annotations

from sqlalchemy import select

from qcode.ids import DocumentId
from qcode.models import Document
from qcode.operations.lookup import living
from qcode.study import Study
from qcode.text.ordering import between


def move_document(study: Study, document: DocumentId, *, after: DocumentId | None) -> None:
    """Put a document behind another in the order of collection, or ahead of all."""
    with study.transact("Move {document}", args={"document": document}) as session:
        row = living(session, Document, document)
        others = select(Document.id, Document.position).where(Document.alive, Document.id != document)
        rows = session.execute(others.order_by(Document.position, Document.id)).all()
        index = next((number for number, other in enumerate(rows, 1) if other.id == after), 0)
        before = rows[index - 1].position if index else None
        row.position = between(before, rows[index].position if index < len(rows) else None)
