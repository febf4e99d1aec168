"""What was done so that nobody is known by name: states, reviews and redactions of each document, without originals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import DocumentId
from qcode.models import Coder, Document
from qcode.models.journal import Step
from qcode.study import Study

REVIEWED: Final = frozenset({"reviewed", "second review"})
"""The states in which a person has read the document to its end."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """Who said that a document is reviewed, and on which ISO date."""

    who: str
    day: str


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """One redaction in a document: when (ISO, UTC), by whom, of what kind, how often, and what stands there now."""

    at: str
    who: str
    category: str
    replacement: str
    places: int


@dataclass(frozen=True, slots=True)
class DeidentificationRow:
    """The log of one document, fit to be deposited with it: it holds neither an original nor a hash of one."""

    document: DocumentId
    name: str
    state: str
    reviews: tuple[ReviewRow, ...]
    redactions: tuple[RedactionRow, ...]

    @property
    def sentence(self) -> str:
        """The state in words, with who reviewed it and when."""
        return told(self.state, self.reviews)


@dataclass(frozen=True, slots=True)
class ToReview:
    """A document that nobody has reviewed for names yet, and how many of them there are."""

    document: DocumentId
    name: str
    left: int


def told(state: str, reviews: Iterable[ReviewRow]) -> str:
    """A state in words, with who reviewed the document and when."""
    by = " and ".join(f"{review.who}, {review.day}" for review in reviews)
    return f"{state} ({by})" if by else state


def next_to_review(study: Study, after: DocumentId | None = None) -> ToReview | None:
    """The first document behind another one that no person has reviewed, from the beginning again; None if none is."""
    with study.read() as session:
        rows = list(session.scalars(select(Document).where(Document.alive).order_by(Document.position, Document.id)))
    place = next((number + 1 for number, row in enumerate(rows) if row.id == after), 0)
    left = [row for row in [*rows[place:], *rows[:place]] if row.deidentification not in REVIEWED]
    return ToReview(DocumentId(left[0].id), left[0].name, len(left)) if left else None


def reviews_of(row: Document, names: Mapping[str, str]) -> tuple[ReviewRow, ...]:
    """Who reviewed a document, given the names of coders by their ids."""
    return tuple(ReviewRow(names.get(coder, "?"), day) for coder, day in row.reviews)


def deidentification_log(study: Study) -> list[DeidentificationRow]:
    """What was done to each document, in the order of collection."""
    with study.read() as session:
        names = {row.id: row.name for row in session.scalars(select(Coder))}
        redactions = _redactions(session, names)
        rows = session.scalars(select(Document).where(Document.alive).order_by(Document.position, Document.id))
        return [_row(row, names, tuple(redactions.get(row.id, ()))) for row in rows]


def state_of(study: Study, document: DocumentId) -> DeidentificationRow | None:
    """The log of one document; None if it is gone."""
    return next((row for row in deidentification_log(study) if row.document == document), None)


def _row(row: Document, names: Mapping[str, str], redactions: tuple[RedactionRow, ...]) -> DeidentificationRow:
    reviews = reviews_of(row, names)
    return DeidentificationRow(DocumentId(row.id), row.name, row.deidentification, reviews, redactions)


def _redactions(session: Session, names: Mapping[str, str]) -> dict[str, list[RedactionRow]]:
    found: dict[str, list[RedactionRow]] = {}
    steps = select(Step).where(Step.label.startswith("Redact")).order_by(Step.lamport, Step.id)
    for step in session.scalars(steps):
        told: dict[str, Any] = step.args.get("redaction", {})
        for document, places in told.get("documents", {}).items():
            who = names.get(step.coder_id, "?")
            row = RedactionRow(step.at, who, step.args["category"], told["replacement"], places)
            found.setdefault(document, []).append(row)
    return found
