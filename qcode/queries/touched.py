"""What was written since something was read, so that no more than that is read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.models import Assignment, Coding, Document, Region, Revision
from qcode.models.journal import Change, Step
from qcode.models.receipts import ground
from qcode.models.statements import ask
from qcode.models.steps import latest_lamport

_MOST: Final = 2_000
"""After so many changes everything is read again, which takes no longer."""

OF_DOCUMENTS: Final = {
    "assignment": (Assignment.id, Assignment.document_id),
    "coding": (Coding.id, Coding.document_id),
    "document": (Document.id, Document.id),
    "region": (Region.id, Region.document_id),
    "revision": (Revision.id, Revision.document_id),
}
"""The kinds whose rows each concern one document."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Up to which step, and up to which merge, something was read."""

    latest: int
    mark: int


def moment_of(session: Session) -> Moment:
    """How far the journal is."""
    return Moment(latest_lamport(session), ground(session).mark)


def rows_since(session: Session, before: Moment, now: Moment) -> dict[str, list[str]] | None:
    """The rows that were written between two moments, by kind; None if that may be anything.

    It may be anything after a merge, whose steps can be older than what was read, and after too many changes.
    """
    if now.mark != before.mark or now.latest < before.latest:
        return None
    rows: dict[str, list[str]] = {}
    found = ask(session, _SINCE, latest=before.latest).all() if now != before else []
    for kind, row in found:
        rows.setdefault(kind, []).append(row)
    return rows if len(found) < _MOST else None


def documents_of(session: Session, rows: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The documents that these rows concern, given by kind."""
    concerned: set[str] = set()
    for kind, (key, document) in OF_DOCUMENTS.items():
        if kind in rows:
            concerned.update(session.scalars(select(document).where(key.in_(rows[kind]))))
    return frozenset(concerned)


_SINCE: Final = (
    select(Change.kind, Change.row_id)
    .join(Step, Step.id == Change.step_id)
    .where(Step.lamport > bindparam("latest"))
    .limit(_MOST)
)
