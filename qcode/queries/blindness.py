"""What a coder may not see yet: colleagues' work in a blind round, until one's own is handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.models import Assignment, Code, Coding, Document, Round
from qcode.models.merging import merged_codes, with_merged


def hidden_from(session: Session, viewer: str | None) -> set[tuple[str, str]]:
    """The (round, document) pairs of which the viewer may see only their own codings."""
    blind = {row.id: row for row in session.scalars(select(Round).where(Round.alive, Round.blind))}
    if not blind:
        return set()
    listed = select(Assignment).where(Assignment.alive, Assignment.round_id.in_(list(blind)))
    own = session.scalars(listed.where(Assignment.coder_id == viewer))
    states = {(row.round_id, row.document_id): row.state for row in own}
    documents = session.scalars(select(Document.id).where(Document.alive)).all()
    everyone = {(key, document) for key, row in blind.items() if row.everyone for document in documents}
    return {key for key, state in states.items() if state == "open"} | (everyone - states.keys())


def visible_counts(
    session: Session, viewer: str | None, by: Any, *conditions: Any
) -> tuple[Counter[str], Counter[str]]:
    """How many codings the viewer made, and how many of everybody's the viewer may see, by code or by document.

    `by` is `Coding.code_id` or `Coding.document_id`. The codings of merged codes count for the code they are shown
    under, and one coder's codings that are alike count once, as they are shown.
    """
    hidden, merged = hidden_from(session, viewer), merged_codes(session)
    gone = with_merged(session.scalars(select(Code.id).where(~Code.alive)), merged)
    if gone:
        conditions += (Coding.code_id.not_in(gone),)
    counted = _united(session, by, merged, conditions) if merged else _grouped(session, by, conditions)
    mine, everybodys = Counter[str](), Counter[str]()
    for key, coder, round_id, document, count in counted:
        if coder == viewer:
            mine[key] += count
        if coder == viewer or (round_id, document) not in hidden:
            everybodys[key] += count
    return mine, everybodys


def _grouped(session: Session, by: Any, conditions: tuple[Any, ...]) -> Iterable[Any]:
    columns = (by, Coding.coder_id, Coding.round_id, Coding.document_id)
    wanted = select(*columns, func.count()).join(Document, Document.id == Coding.document_id)
    return session.execute(wanted.where(*_STANDING, *conditions).group_by(*columns))


def _united(session: Session, by: Any, merged: Mapping[str, str], conditions: tuple[Any, ...]) -> Iterable[Any]:
    """Each coding by itself, once where merging made several alike."""
    columns = Coding.code_id, Coding.coder_id, Coding.round_id, Coding.document_id, Coding.start, Coding.end
    wanted = select(*columns).join(Document, Document.id == Coding.document_id).where(*_STANDING, *conditions)
    found = session.connection().execute(wanted)
    for code, coder, round_id, document, *_place in {(merged.get(row[0], row[0]), *row[1:]) for row in found}:
        yield code if by is Coding.code_id else document, coder, round_id, document, 1


_STANDING = Coding.alive, Document.alive, Coding.layer == "coder"
