"""What was read for a comparison is kept: after an edit only the documents that it touched are read again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from qcode.agreement import DocumentCodings
from qcode.models.troubles import texts_apart
from qcode.queries.touched import OF_DOCUMENTS, Moment, documents_of, moment_of, rows_since

_ASIDE: Final = frozenset(
    {
        "agreement_plan", "assent", "attribute", "attribute_level", "attribute_value",
        "attribution_exception", "attribution_policy", "code_set", "code_set_member",
        "code_version", "coder", "decision", "draw", "framework_summary", "guide", "guide_version",
        "landmarks", "map_place", "memo", "memo_link",
        "participant", "question", "question_mark", "quote", "quote_use", "round", "site", "study", "summary_passage",
        "saved_query", "survey", "survey_theme", "theme", "theme_code", "turn_link",
    }
)  # fmt: skip
"""The kinds that are not read here, or each time anew; all others, such as codes, concern every document."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read `about` a comparison at a moment; `two_texts` are the documents whose two texts wait."""

    about: Hashable
    moment: Moment
    two_texts: frozenset[str]
    documents: Mapping[str, DocumentCodings] = field(default_factory=dict)


def what_holds(session: Session, since: Kept | None, about: Hashable) -> Kept:
    """What holds of that now, for a comparison about the same: documents that no step concerned since."""
    now = moment_of(session)
    rows = rows_since(session, since.moment, now) if since is not None else None
    if since is None or rows is None:
        return Kept(about, now, texts_apart(session))
    two_texts = texts_apart(session) if "document" in rows else since.two_texts
    if about != since.about or not rows.keys() <= OF_DOCUMENTS.keys() | _ASIDE:
        return Kept(about, now, two_texts)
    gone = documents_of(session, rows)
    documents = {key: kept for key, kept in since.documents.items() if key not in gone}
    return Kept(about, now, two_texts, documents)
