"""After an edit only the documents that it touched are compared again, and only those decided about are read again."""

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
from qcode.queries.disagreement_rulings import decided_in

_MOST: Final = 20_000
"""After so many changes everything is read again, which takes no longer."""

_OF_DOCUMENTS: Final = {
    "assignment": (Assignment.id, Assignment.document_id),
    "coding": (Coding.id, Coding.document_id),
    "document": (Document.id, Document.id),
    "region": (Region.id, Region.document_id),
    "revision": (Revision.id, Revision.document_id),
}
"""The kinds whose rows each concern one document."""
_WIDELY: Final = frozenset({"code", "coder", "round"})
"""The kinds that names and places in the codebook come from."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Up to which step, and up to which merge, something was read."""

    latest: int
    mark: int


@dataclass(frozen=True, slots=True)
class Touched:
    """What was written since: codings and texts of documents, decisions about documents; or `anything`, widely."""

    documents: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    widely: bool = False
    anything: bool = False


def moment_of(session: Session) -> Moment:
    """How far the journal is."""
    return Moment(latest_lamport(session), ground(session).mark)


def touched_since(session: Session, before: Moment, now: Moment) -> Touched:
    """What was written between two moments."""
    if now.mark != before.mark or now.latest < before.latest:
        return Touched(anything=True)
    if now == before:
        return Touched()
    found = ask(session, _SINCE, latest=before.latest).all()
    if len(found) >= _MOST:
        return Touched(anything=True)
    rows: dict[str, list[str]] = {}
    for kind, row in found:
        rows.setdefault(kind, []).append(row)
    decided = decided_in(session, rows.get("decision", ()), rows.get("assent", ()))
    return Touched(_documents(session, rows), frozenset(decided), widely=bool(_WIDELY & rows.keys()))


def _documents(session: Session, rows: Mapping[str, Sequence[str]]) -> frozenset[str]:
    concerned: set[str] = set()
    for kind, (key, document) in _OF_DOCUMENTS.items():
        if kind in rows:
            concerned.update(session.scalars(select(document).where(key.in_(rows[kind]))))
    return frozenset(concerned)


_SINCE: Final = (
    select(Change.kind, Change.row_id)
    .join(Step, Step.id == Change.step_id)
    .where(Step.lamport > bindparam("latest"))
    .limit(_MOST)
)
