"""What was read for a comparison is kept: after an edit only the documents that it touched are read again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.agreement import DocumentCodings
from qcode.models import Assignment, Coding, Document, Region, Revision
from qcode.models.journal import Change, Step
from qcode.models.receipts import ground
from qcode.models.statements import ask
from qcode.models.steps import latest_lamport
from qcode.models.troubles import texts_apart

_MOST: Final = 2_000
"""After so many changes everything is read again, which takes no longer."""

_OF_DOCUMENTS: Final = {
    "assignment": (Assignment.id, Assignment.document_id),
    "coding": (Coding.id, Coding.document_id),
    "document": (Document.id, Document.id),
    "region": (Region.id, Region.document_id),
    "revision": (Revision.id, Revision.document_id),
}
"""The kinds whose rows each concern one document."""

_ASIDE: Final = frozenset(
    {
        "agreement_plan", "assent", "attribute", "attribute_level", "attribute_value", "code_set", "code_set_member",
        "code_version", "coder", "decision", "draw", "guide", "guide_version", "landmarks", "memo", "memo_link",
        "participant", "question", "question_mark", "quote", "round", "site", "study", "theme", "theme_code",
        "turn_link",
    }
)  # fmt: skip
"""The kinds that are not read here, or each time anew; all others, such as codes, concern every document."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read `about` a comparison when the journal stood at `latest`, and copies at `mark`.

    `two_texts` are the documents of which two texts wait to be settled.
    """

    about: Hashable
    latest: int
    mark: int
    two_texts: frozenset[str]
    documents: Mapping[str, DocumentCodings] = field(default_factory=dict)


def what_holds(session: Session, since: Kept | None, about: Hashable) -> Kept:
    """What holds of that now, for a comparison about the same: documents that no step concerned since."""
    latest, mark = latest_lamport(session), ground(session).mark
    touched = _touched(session, since, latest) if since is not None and mark == since.mark else None
    if since is None or touched is None:
        return Kept(about, latest, mark, texts_apart(session))
    two_texts = texts_apart(session) if "document" in touched else since.two_texts
    if about != since.about or not touched.keys() <= _OF_DOCUMENTS.keys() | _ASIDE:
        return Kept(about, latest, mark, two_texts)
    gone = _documents(session, touched)
    documents = {key: kept for key, kept in since.documents.items() if key not in gone}
    return Kept(about, latest, mark, two_texts, documents)


def _touched(session: Session, since: Kept, latest: int) -> dict[str, list[str]] | None:
    """The rows that were written since, by kind; None if they are too many to look at."""
    if latest == since.latest:
        return {}
    found = ask(session, _SINCE, latest=since.latest).all()
    touched: dict[str, list[str]] = {}
    for kind, row in found:
        touched.setdefault(kind, []).append(row)
    return touched if len(found) < _MOST else None


def _documents(session: Session, touched: Mapping[str, Sequence[str]]) -> set[str]:
    concerned: set[str] = set()
    for kind, (key, document) in _OF_DOCUMENTS.items():
        if kind in touched:
            concerned.update(session.scalars(select(document).where(key.in_(touched[kind]))))
    return concerned


_SINCE: Final = (
    select(Change.kind, Change.row_id)
    .join(Step, Step.id == Change.step_id)
    .where(Step.lamport > bindparam("latest"))
    .limit(_MOST)
)
