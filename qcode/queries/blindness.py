"""What a coder sees of colleagues' work while a round is blind: the rule, and counts that keep to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from qcode.models import Code, Coding, Document
from qcode.models.alike import once
from qcode.models.blindness import Veil, hidden_codes, hidden_from, hidden_memos, seen_steps, veil_of
from qcode.models.merging import merged_codes, with_merged

__all__ = ["Veil", "hidden_codes", "hidden_from", "hidden_memos", "seen_steps", "veil_of", "visible_counts"]


def visible_counts(
    session: Session, viewer: str | None, by: Any, *conditions: Any
) -> tuple[Counter[str], Counter[str]]:
    """How many codings the viewer made, and how many of everybody's the viewer may see, by code or by document.

    `by` is `Coding.code_id` or `Coding.document_id`. The codings of merged codes count for the code they are shown
    under, and one coder's codings that are alike count once, as they are shown.
    """
    own, merged = Coding.coder_id == (viewer or ""), merged_codes(session)
    conditions += _STANDING + once(session)
    if gone := with_merged(session.scalars(select(Code.id).where(~Code.alive)), merged):
        conditions += (Coding.code_id.not_in(gone),)
    if hidden := hidden_from(session, viewer):
        conditions += (own | tuple_(Coding.round_id, Coding.document_id).not_in(list(hidden)),)
    mine, everybodys = Counter[str](), Counter[str]()
    for key, of_viewer, of_all in _grouped(session, by, own, conditions):
        mine[merged.get(key, key)] += of_viewer
        everybodys[merged.get(key, key)] += of_all
    return mine, everybodys


def _grouped(session: Session, by: Any, own: ColumnElement[bool], conditions: tuple[Any, ...]) -> Iterable[Any]:
    return session.execute(select(by, func.count().filter(own), func.count()).where(*conditions).group_by(by))


_STANDING = (
    Coding.alive,
    Coding.layer == "coder",
    Coding.document_id.in_(select(Document.id).where(Document.alive)),
)
