"""What a coder may not see yet: colleagues' work in a blind round, until one's own is handed in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from qcode.models import Assignment, Code, Coding, Document, Round
from qcode.models.merging import merged_codes, shown_code


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
    """How many codings the viewer made, and how many of everybody's the viewer may see, by a column.

    By `Coding.code_id`, the codings of merged codes count for the code they are shown under. One coder's codings that
    are alike count once, as they are shown.
    """
    hidden, shown = hidden_from(session, viewer), shown_code(merged_codes(session))
    mine, everybodys = Counter[str](), Counter[str]()
    key = shown if by is Coding.code_id else by
    for found, _code, coder, round_id, document, count in session.execute(_counted(key, shown, conditions)):
        if coder == viewer:
            mine[found] += count
        if coder == viewer or (round_id, document) not in hidden:
            everybodys[found] += count
    return mine, everybodys


def _counted(by: Any, shown: Any, conditions: tuple[Any, ...]) -> Select[Any, str, str, str, str, int]:
    columns = (by.label("by"), shown.label("shown"), Coding.coder_id, Coding.round_id, Coding.document_id)
    place = Coding.start * 2**31 + Coding.end
    wanted = select(*columns, func.count(place.distinct())).join(Document, Document.id == Coding.document_id)
    wanted = wanted.join(Code, Code.id == shown)
    standing = Coding.alive, Code.alive, Document.alive, Coding.layer == "coder"
    return wanted.where(*standing, *conditions).group_by(*columns)
