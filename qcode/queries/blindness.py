"""What a coder may not see yet: colleagues' work in a blind round, until one's own is handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from qcode.models import Assignment, Code, Coding, Document, MemoLink, Round, Speaker
from qcode.models.merging import merged_codes, with_merged


def hidden_from(session: Session, viewer: str | None) -> set[tuple[str, str]]:
    """The (round, document) pairs of which the viewer may see only their own codings."""
    blind = {row.id: row for row in session.scalars(select(Round).where(Round.alive, Round.blind))}
    if not blind:
        return set()
    listed = select(Assignment).where(Assignment.alive, Assignment.round_id.in_(list(blind)))
    own = session.scalars(listed.where(Assignment.coder_id == viewer))
    states = {(row.round_id, row.document_id): row.state for row in own}
    documents = session.scalars(select(Document.id)).all()
    everyone = {(key, document) for key, row in blind.items() if row.everyone for document in documents}
    return {key for key, state in states.items() if state == "open"} | (everyone - states.keys())


@dataclass(frozen=True, slots=True)
class Veil:
    """What a coder may not read memos about yet, as long as blind rounds are open."""

    pairs: frozenset[tuple[str, str]]
    documents: frozenset[str]
    participants: frozenset[str]

    def covers(self, document: str | None, coded_in: str | None, participant: str | None) -> bool:
        """Whether a memo about this is hidden: about a coding, given with its round, by that round alone."""
        if coded_in is not None:
            return (coded_in, document) in self.pairs
        return document in self.documents or participant in self.participants


def veil_of(session: Session, viewer: str | None) -> Veil:
    """What is veiled from a coder.

    What is shared for good can be read at once: memos about the study, codes, themes, or nothing. What tells how one
    reads the talk waits: memos about a document, its passages and codings, or the people who speak in it. A memo has
    no round, so save about a coding it waits while any blind round of the document is open.
    """
    pairs = frozenset(hidden_from(session, viewer))
    documents = frozenset(document for _round, document in pairs)
    if not pairs:
        return Veil(pairs, documents, frozenset())
    speak = select(Speaker.participant_id, Speaker.document_id).where(
        Speaker.alive, Speaker.participant_id.is_not(None)
    )
    return Veil(pairs, documents, frozenset(who for who, where in session.execute(speak) if who and where in documents))


def hidden_memos(session: Session, viewer: str | None) -> set[str]:
    """Colleagues' memos about something that is veiled from the viewer."""
    veil = veil_of(session, viewer)
    if not veil.pairs:
        return set()
    links = select(MemoLink.memo_id, MemoLink.document_id, Coding.round_id, MemoLink.participant_id)
    links = links.outerjoin(Coding, Coding.id == MemoLink.coding_id)
    links = links.where(MemoLink.alive, MemoLink.author_id != (viewer or ""))
    return {memo for memo, *thing in session.execute(links) if veil.covers(*thing)}


def visible_counts(
    session: Session, viewer: str | None, by: Any, *conditions: Any
) -> tuple[Counter[str], Counter[str]]:
    """How many codings the viewer made, and how many of everybody's the viewer may see, by code or by document.

    `by` is `Coding.code_id` or `Coding.document_id`. The codings of merged codes count for the code they are shown
    under, and one coder's codings that are alike count once, as they are shown.
    """
    own, merged = Coding.coder_id == (viewer or ""), merged_codes(session)
    conditions += _STANDING
    if gone := with_merged(session.scalars(select(Code.id).where(~Code.alive)), merged):
        conditions += (Coding.code_id.not_in(gone),)
    if hidden := hidden_from(session, viewer):
        conditions += (own | tuple_(Coding.round_id, Coding.document_id).not_in(list(hidden)),)
    mine, everybodys = Counter[str](), Counter[str]()
    counted = _united(session, by, own, merged, conditions) if merged else _grouped(session, by, own, conditions)
    for key, of_viewer, of_all in counted:
        mine[key] += of_viewer
        everybodys[key] += of_all
    return mine, everybodys


def _grouped(session: Session, by: Any, own: ColumnElement[bool], conditions: tuple[Any, ...]) -> Iterable[Any]:
    return session.execute(select(by, func.count().filter(own), func.count()).where(*conditions).group_by(by))


def _united(
    session: Session, by: Any, own: ColumnElement[bool], merged: Mapping[str, str], conditions: tuple[Any, ...]
) -> Iterable[Any]:
    """Each coding by itself, once where merging made several alike."""
    place = Coding.coder_id, Coding.round_id, Coding.document_id, Coding.start, Coding.end
    found = session.connection().execute(select(by, own, Coding.code_id, *place).where(*conditions))
    for key, of_viewer, *_alike in {
        (merged.get(row[0], row[0]), row[1], merged.get(row[2], row[2]), *row[3:]) for row in found
    }:
        yield key, of_viewer, 1


_STANDING = (
    Coding.alive,
    Coding.layer == "coder",
    Coding.document_id.in_(select(Document.id).where(Document.alive)),
)
