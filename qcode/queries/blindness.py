"""What a coder may not see yet: colleagues' work in a blind round, until one's own is handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from qcode.models import Assignment, Code, Coding, Document, MemoLink, Round
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


def hidden_memos(session: Session, viewer: str | None) -> set[str]:
    """Colleagues' memos about a document, a passage or a coding of which the viewer may see only their own work.

    A memo has no round: about a document or a passage it stays hidden while any blind round of that document is open.
    """
    hidden = hidden_from(session, viewer)
    if not hidden:
        return set()
    links = select(MemoLink.memo_id, MemoLink.document_id, Coding.round_id)
    links = links.outerjoin(Coding, Coding.id == MemoLink.coding_id).where(
        MemoLink.alive, MemoLink.author_id != (viewer or ""), MemoLink.document_id.is_not(None)
    )
    documents = {document for _round, document in hidden}
    return {
        memo
        for memo, document, round_id in session.execute(links)
        if (document in documents if round_id is None else (round_id, document) in hidden)
    }


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
