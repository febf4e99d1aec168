"""Themes that are named in vivo: by the words of one of their quotes, as these print."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.models import Coder, Document, Quote, StudyRecord, Theme
from qcode.models.blindness import hidden_from
from qcode.models.positions import Positions
from qcode.models.quote_places import today
from qcode.models.texts import Shelf
from qcode.operations.lookup import LONGEST_NAME, living, tidy_name
from qcode.operations.outline import refuse_known_sibling
from qcode.operations.passages import current_text
from qcode.operations.quote_refusals import TitleOfSeveralTurnsError, TitleTellsError, TitleTooLongError
from qcode.text.quotation import printed


def entitle(session: Session, shelf: Shelf, row: Quote) -> None:
    """Name the theme of a quote in its words; no other quote names it any more."""
    _refuse_telling(session, row)
    _name(session, shelf, row)


def _name(session: Session, shelf: Shelf, row: Quote) -> None:
    theme = living(session, Theme, row.theme_id)
    title = _title(session, shelf, row)
    if theme.name != title:
        refuse_known_sibling(session, Theme, title, theme.parent_id, apart_from=theme.id)
    untitle(session, theme.id, apart_from=row.id)
    theme.name, row.in_vivo = title, True


def retitle(session: Session, shelf: Shelf, row: Quote) -> None:
    """Let the name of a theme follow the quote that names it."""
    if row.in_vivo:
        entitle(session, shelf, row)


def retitle_all(session: Session, shelf: Shelf) -> None:
    """Let the names of all themes follow the quotes that name them, after the house style changed."""
    wanted = select(Quote).join(Theme, Theme.id == Quote.theme_id).where(Quote.alive, Quote.in_vivo, Theme.alive)
    for row in session.scalars(wanted).all():
        text = current_text(session, shelf, row.document_id).text
        if row.edits and not today(Positions(session), row, text).altered:
            _name(session, shelf, row)


def untitle(session: Session, theme: str, *, apart_from: str = "") -> None:
    """Let no quote of a theme be its name, which is another one now."""
    wanted = select(Quote).where(Quote.alive, Quote.in_vivo, Quote.theme_id == theme, Quote.id != apart_from)
    for quote in session.scalars(wanted).all():
        quote.in_vivo = False


def _title(session: Session, shelf: Shelf, row: Quote) -> str:
    """The words of a quote as they print, on one line."""
    text = current_text(session, shelf, row.document_id).text
    now = today(Positions(session), row, text)
    words = text[now.start : now.end]
    if "\n" in words:
        raise TitleOfSeveralTurnsError
    ellipsis = session.scalars(select(StudyRecord.ellipsis).where(StudyRecord.alive)).one()
    title = printed(words, now.edits, ellipsis)
    if len(title) > LONGEST_NAME:
        raise TitleTooLongError
    return tidy_name("theme", title)


def _refuse_telling(session: Session, row: Quote) -> None:
    """Refuse a title from a document that somebody has not handed in, whom it would tell what others saw there."""
    coders = session.scalars(select(Coder.id).where(Coder.alive)).all()
    if any(row.document_id == document for coder in coders for _round, document in hidden_from(session, coder)):
        raise TitleTellsError(session.get_one(Document, row.document_id).name)
