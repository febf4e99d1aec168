"""How far a document is de-identified: a computer can check it, but only a person says that it is reviewed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from qcode.errors import QcodeError
from qcode.ids import DocumentId
from qcode.models import Document
from qcode.operations.lookup import living
from qcode.study import NoCoderError, Study

NOT_CHECKED: Final = "not checked"
CHECKED: Final = "checked by computer"
REVIEWED: Final = "reviewed"
SECOND: Final = "second review"
STATES: Final = NOT_CHECKED, CHECKED, REVIEWED, SECOND
"""How far a document can be de-identified, the least first."""


class ReviewedAlreadyError(QcodeError):
    """The same person would review a document twice."""

    def __init__(self, document: str) -> None:
        super().__init__(f"You reviewed “{document}” already. A second review is for somebody else.")


class ReviewedTwiceError(QcodeError):
    """A document has both reviews."""

    def __init__(self, document: str) -> None:
        super().__init__(f"“{document}” was reviewed by two people already. Nothing is left to say.")


def mark_checked(study: Study, documents: Collection[DocumentId]) -> None:
    """Say that the automatic search for names ran over documents; a review is never taken back by it."""
    with study.transact("Check {count} documents for names", args={"count": len(documents)}) as session:
        for document in documents:
            row = living(session, Document, document)
            if row.deidentification == NOT_CHECKED:
                row.deidentification = CHECKED


def review_document(study: Study, document: DocumentId) -> str:
    """Say that one has read a document to its end for names; a second person's is the second review.

    Returns the state it is in now. Raises ReviewedAlreadyError and ReviewedTwiceError.
    """
    if study.coder is None:
        raise NoCoderError
    with study.transact("Review {document} for names", args={"document": document}) as session:
        row = living(session, Document, document)
        if row.deidentification == SECOND:
            raise ReviewedTwiceError(row.name)
        first = row.deidentification != REVIEWED
        if not first and study.coder in {coder for coder, _day in row.reviews}:
            raise ReviewedAlreadyError(row.name)
        before = [] if first else row.reviews
        row.reviews = [*before, [study.coder, datetime.now(UTC).date().isoformat()]]
        row.deidentification = REVIEWED if first else SECOND
        return row.deidentification


def reopen_review(study: Study, document: DocumentId) -> None:
    """Take all reviews of a document back, such as after its text became another."""
    with study.transact("Ask for another review of {document}", args={"document": document}) as session:
        row = living(session, Document, document)
        if row.reviews:
            row.reviews, row.deidentification = [], CHECKED
