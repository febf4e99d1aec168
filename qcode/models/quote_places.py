"""Where a quote is today, with those of its edits that still have their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from qcode.models.documents import Document, Revision
from qcode.models.positions import Positions
from qcode.models.statements import ask
from qcode.models.themes import Quote, Theme
from qcode.text.quote_edits import Edit, fitting, loaded


class StoredQuote(NamedTuple):
    """A quote as the study keeps it, in the order of the columns; thousands are read at once, and never written so."""

    id: str
    theme_id: str
    document_id: str
    revision_id: str
    start: int
    end: int
    stance: str
    status: str
    attribution: str | None
    edited_revision_id: str | None
    edits: list[Any] | None
    language_shown: str
    beside_revision_id: str | None
    beside_start: int | None
    beside_end: int | None
    in_vivo: bool


def stored_quotes(session: Session, *conditions: ColumnElement[bool]) -> Iterator[StoredQuote]:
    """The quotes of themes and documents that are there, for which the conditions hold, theme by theme in order."""
    return map(StoredQuote._make, ask(session, _STORED.where(*conditions)))


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


def today(positions: Positions, row: Quote | StoredQuote, text: str) -> Today:
    """Where a quote is in the current text of its document."""
    start, end, altered = positions.place(row.document_id, row.revision_id, row.start, row.end)
    if row.edited_revision_id is None:
        return Today(start, end, altered, (), 0)
    edits = []
    kept = row.edits or []
    for first, last, words, apart in kept:
        placed = positions.place(row.document_id, row.edited_revision_id, first, last)
        if not placed.altered and (placed.start < placed.end) == (first < last):
            edits.append(loaded(placed.start - start, placed.end - start, words, apart=apart))
    standing = fitting(text[start:end], edits)
    return Today(start, end, altered, standing, len(kept) - len(standing))


def beside_today(session: Session, positions: Positions, row: Quote | StoredQuote) -> BesideToday | None:
    """Where the words are that were chosen to stand beside a quote; None if none were, or nothing is left of them."""
    if row.beside_revision_id is None or row.beside_start is None or row.beside_end is None:
        return None
    document = session.get_one(Document, session.get_one(Revision, row.beside_revision_id).document_id)
    placed = positions.place(document.id, row.beside_revision_id, row.beside_start, row.beside_end)
    if placed.start >= placed.end:
        return None
    return BesideToday(document.id, document.revision_id, *placed)


_STORED: Final = (
    select(
        Quote.id,
        Quote.theme_id,
        Quote.document_id,
        Quote.revision_id,
        Quote.start,
        Quote.end,
        Quote.stance,
        Quote.status,
        Quote.attribution,
        Quote.edited_revision_id,
        case((Quote.edited_revision_id.is_not(None), Quote.edits)),  # most have none, which need not be parsed
        Quote.language_shown,
        Quote.beside_revision_id,
        Quote.beside_start,
        Quote.beside_end,
        Quote.in_vivo,
    )
    .join(Document, Document.id == Quote.document_id)
    .join(Theme, Theme.id == Quote.theme_id)
    .where(Quote.alive, Document.alive, Theme.alive)
    .order_by(Theme.position, Theme.id, Quote.position, Quote.id)
)
