"""Where a quote is today, with those of its edits that still have their place."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from qcode.models.documents import Document, Revision
from qcode.models.positions import Positions
from qcode.models.themes import Quote
from qcode.text.quote_edits import Edit, fitting, loaded


class Today(NamedTuple):
    """`[start, end)` of its document's current text; `altered` says that its words changed since they were looked at.

    `edits` are in code points of the quote's own words, and `lost` counts those whose words changed, or that lie
    outside of the quote or may not be done to it.
    """

    start: int
    end: int
    altered: bool
    edits: tuple[Edit, ...]
    lost: int


class BesideToday(NamedTuple):
    """The words of the other language beside a quote, `[start, end)` of the current text of their document."""

    document: str
    revision: str
    start: int
    end: int
    altered: bool


def today(positions: Positions, row: Quote, text: str) -> Today:
    """Where a quote is in the current text of its document."""
    start, end, altered = positions.place(row.document_id, row.revision_id, row.start, row.end)
    if row.edited_revision_id is None:
        return Today(start, end, altered, (), 0)
    edits = []
    for first, last, words, apart in row.edits:
        placed = positions.place(row.document_id, row.edited_revision_id, first, last)
        if not placed.altered and (placed.start < placed.end) == (first < last):
            edits.append(loaded(placed.start - start, placed.end - start, words, apart=apart))
    standing = fitting(text[start:end], edits)
    return Today(start, end, altered, standing, len(row.edits) - len(standing))


def beside_today(session: Session, positions: Positions, row: Quote) -> BesideToday | None:
    """Where the words are that were chosen to stand beside a quote; None if none were, or nothing is left of them."""
    if row.beside_revision_id is None or row.beside_start is None or row.beside_end is None:
        return None
    document = session.get_one(Document, session.get_one(Revision, row.beside_revision_id).document_id)
    placed = positions.place(document.id, row.beside_revision_id, row.beside_start, row.beside_end)
    if placed.start >= placed.end:
        return None
    return BesideToday(document.id, document.revision_id, *placed)
