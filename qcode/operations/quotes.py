"""Quotes: picking them, editing how they print, growing them, confirming them, and noting where they are used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import QuoteId, QuoteUseId, ThemeId, new_id
from qcode.models import Document, Quote, QuoteUse, StudyRecord, Theme
from qcode.models.blindness import veiled_quotes
from qcode.models.positions import Positions
from qcode.models.quote_places import Today, beside_today, today
from qcode.models.themes import LANGUAGES_SHOWN, STANCES
from qcode.operations.lookup import last_position, living, tidy_line, tidy_name
from qcode.operations.outline import position_behind
from qcode.operations.passages import Anchor, NothingSelectedError, Passage, anchored, current_text
from qcode.operations.quote_refusals import (
    NotTheOtherLanguageError,
    QuoteChangedError,
    QuoteElsewhereError,
    QuoteTwiceError,
    QuoteWordsGoneError,
    UnknownLanguageShownError,
    UnknownStanceError,
    UsedAlreadyError,
)
from qcode.operations.quote_titles import entitle, retitle, retitle_all
from qcode.study import Study
from qcode.text.ordering import between
from qcode.text.quotation import check_ellipsis
from qcode.text.quote_edits import Edit, check, fitting, moved, stored

type Status = Literal["shortlisted", "chosen"]


# Which passages ----------------------------------------------------------------------------------------------------


def pick_quote(study: Study, theme: ThemeId, *, passage: Passage, stance: str = "supports") -> QuoteId:
    """Choose a passage as a quote of a theme, or as a voice that dissents from it; one on the shortlist is chosen."""
    _refuse_unknown_stance(stance)
    with study.transact("Pick a quote for {theme}", args={"theme": theme}, place=passage.place) as session:
        living(session, Theme, theme)
        anchor = anchored(session, study.shelf, passage)
        known = _standing(study, session, theme, anchor)
        if known is not None and known.status == "chosen":
            raise QuoteTwiceError
        return _picked(session, theme, anchor, stance, "chosen", known)


def pick_quotes(
    study: Study, theme: ThemeId, *, passages: Sequence[Passage], stance: str = "supports"
) -> list[QuoteId]:
    """Choose passages as quotes of a theme in their order; those that are quotes of it already are passed over."""
    label = "Pick a quote for {theme}" if len(passages) == 1 else "Pick {count} quotes for {theme}"
    return _pick(study, theme, passages, stance, "chosen", label)


def shortlist_quotes(
    study: Study, theme: ThemeId, *, passages: Sequence[Passage], stance: str = "supports"
) -> list[QuoteId]:
    """Put passages on the shortlist of a theme; those that are quotes of it already are passed over."""
    label = "Shortlist a quote for {theme}" if len(passages) == 1 else "Shortlist {count} quotes for {theme}"
    return _pick(study, theme, passages, stance, "shortlisted", label)


def choose_quotes(study: Study, quotes: Sequence[QuoteId]) -> None:
    """Choose quotes from the shortlist: they will be printed."""
    _set_status(study, quotes, "chosen", _label(quotes, "Choose {quotes}"))


def shelve_quotes(study: Study, quotes: Sequence[QuoteId]) -> None:
    """Put quotes back on the shortlist: they will not be printed."""
    _set_status(study, quotes, "shortlisted", _label(quotes, "Put {quotes} back on the shortlist"))


def drop_quotes(study: Study, quotes: Sequence[QuoteId]) -> None:
    """Let these passages be quotes no longer."""
    with study.transact(_label(quotes, "Drop {quotes}"), args={"count": len(quotes)}) as session:
        for quote in quotes:
            living(session, Quote, quote).alive = False


def move_quote(study: Study, quote: QuoteId, *, theme: ThemeId, after: QuoteId | None = None) -> None:
    """Put a quote behind another of a theme, or first of all."""
    with study.transact("Move a quote to {theme}", args={"theme": theme}) as session:
        row = living(session, Quote, quote)
        living(session, Theme, theme)
        row.position = position_behind(session, Quote, after, Quote.theme_id == theme, Quote.id != quote)
        row.in_vivo = row.in_vivo and row.theme_id == theme
        row.theme_id = theme


def describe_quote(study: Study, quote: QuoteId, *, stance: str, attribution: str | None = None) -> None:
    """Say whether a quote supports or dissents, and attribute it otherwise than the study's template does."""
    _refuse_unknown_stance(stance)
    words = tidy_line("attribution", attribution or "")
    with study.transact("Describe a quote") as session:
        row = living(session, Quote, quote)
        row.stance = stance
        row.attribution = words or None


# How it is printed -------------------------------------------------------------------------------------------------


def edit_quote(study: Study, quote: QuoteId, *, edits: Sequence[Edit]) -> None:
    """Let a quote print with these edits and no others, in code points of its words as they stand today.

    Refuses edits that would change words unseen, and a quote whose transcript changed until it is confirmed.
    """
    with study.transact("Edit a quote") as session:
        row = living(session, Quote, quote)
        words, now = _today(study, session, row)
        if now.altered:
            raise QuoteChangedError
        revision = session.get_one(Document, row.document_id).revision_id
        _keep_edits(row, revision, check(words, edits), now.start)
        retitle(session, study.shelf, row)


def stretch_quote(study: Study, quote: QuoteId, *, passage: Passage) -> None:
    """Let a quote go over more of its document, such as the question before an answer, or over less.

    Edits that still lie within it stay, others go; what it says today is looked at with it.
    """
    with study.transact("Change how far a quote goes", place=passage.place) as session:
        row = living(session, Quote, quote)
        if passage.document != row.document_id:
            raise QuoteElsewhereError
        anchor = anchored(session, study.shelf, passage)
        known = _standing(study, session, row.theme_id, anchor)
        if known is not None and known.id != row.id:
            raise QuoteTwiceError
        _anchor_anew(study, session, row, anchor)


def confirm_quote(study: Study, quote: QuoteId) -> None:
    """Let a quote stand as its transcript has it today, after it changed; edits that lost their place go."""
    with study.transact("Confirm a quote") as session:
        row = living(session, Quote, quote)
        _words, now = _today(study, session, row)
        try:
            anchor = current_text(session, study.shelf, row.document_id).anchor(now.start, now.end)
        except NothingSelectedError as error:
            raise QuoteWordsGoneError from error
        _anchor_anew(study, session, row, anchor)
        _confirm_beside(session, row)


def show_language(study: Study, quote: QuoteId, *, language: str) -> None:
    """Print a quote in the original, in translation, or in both side by side."""
    if language not in LANGUAGES_SHOWN:
        raise UnknownLanguageShownError(language)
    with study.transact("Choose the language of a quote") as session:
        living(session, Quote, quote).language_shown = language


def narrow_other(study: Study, quote: QuoteId, *, passage: Passage | None) -> None:
    """Say which words of the other language stand beside a quote; with None, the turns that are linked to it."""
    with study.transact("Choose the words beside a quote") as session:
        row = living(session, Quote, quote)
        if passage is None:
            row.beside_revision_id = row.beside_start = row.beside_end = None
            return
        if not _is_other(session, row.document_id, passage.document):
            raise NotTheOtherLanguageError
        anchor = anchored(session, study.shelf, passage)
        row.beside_revision_id, row.beside_start, row.beside_end = anchor.revision, anchor.start, anchor.end


def title_in_vivo(study: Study, quote: QuoteId) -> None:
    """Give a theme the words of one of its quotes as its name; the quote is chosen with it."""
    with study.transact("Title a theme with the words of a quote") as session:
        row = living(session, Quote, quote)
        if _today(study, session, row)[1].altered:
            raise QuoteChangedError
        row.status = "chosen"
        entitle(session, study.shelf, row)


def set_ellipsis(study: Study, ellipsis: str) -> None:
    """Choose what prints, in all quotes, where words were cut: one of ELLIPSES."""
    check_ellipsis(ellipsis)
    with study.transact("Choose what prints for cut words") as session:
        session.scalars(select(StudyRecord).where(StudyRecord.alive)).one().ellipsis = ellipsis
        session.flush()
        retitle_all(session, study.shelf)


# Where it is used --------------------------------------------------------------------------------------------------


def use_quote(study: Study, quote: QuoteId, *, paper: str, section: str = "") -> QuoteUseId:
    """Note that a quote stands in a section of a paper."""
    tidy, part = tidy_name("paper", paper), tidy_name("section", section) if section.strip() else ""
    use = QuoteUseId(new_id())
    with study.transact("Note where a quote is used") as session:
        living(session, Quote, quote)
        wanted = select(QuoteUse).where(QuoteUse.alive, QuoteUse.quote_id == quote)
        if any((row.paper, row.section) == (tidy, part) for row in session.scalars(wanted)):
            raise UsedAlreadyError(tidy, part)
        session.add(QuoteUse(id=use, quote_id=quote, paper=tidy, section=part))
    return use


def unuse_quotes(study: Study, uses: Sequence[QuoteUseId]) -> None:
    """Note that quotes are no longer used there."""
    with study.transact(_label(uses, "Take back where {quotes} stood"), args={"count": len(uses)}) as session:
        for use in uses:
            living(session, QuoteUse, use).alive = False


# Internal ----------------------------------------------------------------------------------------------------------


def _refuse_unknown_stance(stance: str) -> None:
    if stance not in STANCES:
        raise UnknownStanceError(stance)


def _pick(
    study: Study, theme: ThemeId, passages: Sequence[Passage], stance: str, status: Status, label: str
) -> list[QuoteId]:
    _refuse_unknown_stance(stance)
    if not passages:
        raise NothingSelectedError
    args = {"theme": theme, "count": len(passages)}
    with study.transact(label, args=args, place=passages[0].place) as session:
        living(session, Theme, theme)
        anchors = dict.fromkeys(anchored(session, study.shelf, passage) for passage in passages)
        known = {anchor: _standing(study, session, theme, anchor) for anchor in anchors}
        wanted = {anchor: row for anchor, row in known.items() if row is None or _rises(row, status)}
        return [_picked(session, theme, anchor, stance, status, row) for anchor, row in wanted.items()]


def _rises(row: Quote, status: Status) -> bool:
    """Whether a quote that is there is to be more than it is."""
    return status == "chosen" and row.status == "shortlisted"


def _picked(session: Session, theme: str, anchor: Anchor, stance: str, status: Status, known: Quote | None) -> QuoteId:
    """A new quote behind those that the theme has, or the one that was on the shortlist."""
    if known is not None:
        known.status, known.stance = status, stance
        return QuoteId(known.id)
    quote = QuoteId(new_id())
    session.add(
        Quote(
            id=quote,
            theme_id=theme,
            document_id=anchor.document,
            revision_id=anchor.revision,
            start=anchor.start,
            end=anchor.end,
            position=between(last_position(session, Quote, Quote.theme_id == theme), None),
            stance=stance,
            status=status,
        )
    )
    session.flush()
    return quote


def _standing(study: Study, session: Session, theme: str, anchor: Anchor) -> Quote | None:
    """The quote that a passage is of a theme already, as far as whoever acts may know."""
    same = select(Quote).where(Quote.alive, Quote.theme_id == theme, Quote.document_id == anchor.document)
    veiled = veiled_quotes(session, study.coder)
    positions = Positions(session)
    for row in session.scalars(same if veiled is None else same.where(~veiled)):
        placed = positions.place(row.document_id, row.revision_id, row.start, row.end)
        if (placed.start, placed.end) == (anchor.start, anchor.end):
            return row
    return None


def _label(some: Sequence[object], template: str) -> str:
    """What a step says that is about one quote, or about several."""
    return template.replace("{quotes}", "a quote" if len(some) == 1 else "{count} quotes")


def _set_status(study: Study, quotes: Sequence[QuoteId], status: Status, label: str) -> None:
    with study.transact(label, args={"count": len(quotes)}) as session:
        for quote in quotes:
            living(session, Quote, quote).status = status


def _today(study: Study, session: Session, row: Quote) -> tuple[str, Today]:
    """What a quote says today, and where that is."""
    text = current_text(session, study.shelf, row.document_id).text
    now = today(Positions(session), row, text)
    return text[now.start : now.end], now


def _anchor_anew(study: Study, session: Session, row: Quote, anchor: Anchor) -> None:
    """Put a quote at a place of today's text, with those of its edits that lie within it and may be done there."""
    text = current_text(session, study.shelf, row.document_id).text
    now = today(Positions(session), row, text)
    row.revision_id, row.start, row.end = anchor.revision, anchor.start, anchor.end
    edits = fitting(text[anchor.start : anchor.end], moved(now.edits, now.start - anchor.start))
    if len(edits) < len(row.edits) or row.edited_revision_id not in (None, anchor.revision):
        _keep_edits(row, anchor.revision, edits, anchor.start)
    retitle(session, study.shelf, row)


def _keep_edits(row: Quote, revision: str, edits: Sequence[Edit], start: int) -> None:
    row.edited_revision_id, row.edits = (revision, stored(edits, start)) if edits else (None, [])


def _confirm_beside(session: Session, row: Quote) -> None:
    """Let the words of the other language, too, stand as they are today; whole turns if nothing is left of them."""
    placed = beside_today(session, Positions(session), row)
    if placed is None:
        row.beside_revision_id = row.beside_start = row.beside_end = None
    else:
        row.beside_revision_id, row.beside_start, row.beside_end = placed.revision, placed.start, placed.end


def _is_other(session: Session, document: str, other: str) -> bool:
    """Whether one of two documents translates the other, and both are there."""
    mine, theirs = living(session, Document, document), living(session, Document, other)
    return mine.translation_of_id == theirs.id or theirs.translation_of_id == mine.id
