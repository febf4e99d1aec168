"""After an edit only the documents that it touched are compared again, and only those decided about are read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from qcode.queries.disagreements.rulings import decided_in
from qcode.queries.touched import Moment, documents_of, rows_since

_WIDELY: Final = frozenset({"code", "code_version", "coder", "round"})
"""The kinds that names, places in the codebook, and what decisions led to come from."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What was written since: codings and texts of documents, decisions about documents; or `anything`, widely."""

    documents: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    widely: bool = False
    anything: bool = False


def touched_since(session: Session, before: Moment, now: Moment) -> Touched:
    """What was written between two moments."""
    rows = rows_since(session, before, now)
    if rows is None:
        return Touched(anything=True)
    decided = decided_in(session, rows.get("decision", ()), rows.get("assent", ())) if rows else ()
    return Touched(documents_of(session, rows), frozenset(decided), widely=bool(_WIDELY & rows.keys()))
