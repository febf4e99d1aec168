"""Themes: gathering codes into patterns, and picking the quotes that carry them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CodeId, QuoteId, ThemeId, derived_id, new_id
from qcode.models import Quote, Theme, ThemeCode
from qcode.models.blindness import veiled_quotes
from qcode.models.merging import merged_codes
from qcode.operations.lookup import GoneError, last_position, living, standing_code, tidy_name, tidy_text
from qcode.operations.outline import move_branch, position_behind, refuse_known_sibling, with_descendants
from qcode.operations.passages import Anchor, NothingSelectedError, Passage, anchored
from qcode.study import Study
from qcode.text.ordering import between

STANCES = ("supports", "dissents")


class UnknownStanceError(QcodeError):
    """A quote neither supports nor dissents."""

    def __init__(self, stance: str) -> None:
        super().__init__(f"“{stance}” is no stance. A quote {' or '.join(STANCES)}.")


class QuoteTwiceError(QcodeError):
    """The passage is a quote of the theme already."""

    def __init__(self) -> None:
        super().__init__("This passage is a quote of that theme already.")


def add_theme(study: Study, *, name: str, concept: str = "", parent: ThemeId | None = None) -> ThemeId:
    """Add a theme, behind its siblings."""
    tidy = tidy_name("theme", name)
    theme = ThemeId(new_id())
    with study.transact("Add theme {theme}", args={"theme": theme}) as session:
        if parent is not None:
            living(session, Theme, parent)
        refuse_known_sibling(session, Theme, tidy, parent)
        position = between(last_position(session, Theme, Theme.parent_id.is_(parent)), None)
        session.add(
            Theme(
                id=theme, name=tidy, concept=tidy_text("central concept", concept), parent_id=parent, position=position
            )
        )
    return theme


def describe_theme(study: Study, theme: ThemeId, *, name: str, concept: str) -> None:
    """Rename a theme or rewrite its central organising concept."""
    tidy = tidy_name("theme", name)
    with study.transact("Describe theme {theme}", args={"theme": theme}) as session:
        row = living(session, Theme, theme)
        if row.name != tidy:
            refuse_known_sibling(session, Theme, tidy, row.parent_id)
        row.name, row.concept = tidy, tidy_text("central concept", concept)


def move_theme(study: Study, theme: ThemeId, *, parent: ThemeId | None, after: ThemeId | None = None) -> None:
    """Put a theme below another parent, behind a given sibling or first of all."""
    with study.transact("Move theme {theme}", args={"theme": theme}) as session:
        row = living(session, Theme, theme)
        move_branch(session, Theme, row, parent=parent, after=after)


def delete_theme(study: Study, theme: ThemeId) -> None:
    """Take a theme, its sub-themes and their quotes out of the study."""
    with study.transact("Delete theme {theme}", args={"theme": theme}) as session:
        for row in with_descendants(session, Theme, living(session, Theme, theme)):
            row.alive = False
            for quote in session.scalars(select(Quote).where(Quote.alive, Quote.theme_id == row.id)):
                quote.alive = False


def gather_codes(study: Study, theme: ThemeId, *, codes: Sequence[CodeId]) -> None:
    """Let a theme gather these codes too."""
    with study.transact("Add codes to {theme}", args={"theme": theme}) as session:
        _gather(session, theme, codes)


def release_codes(study: Study, theme: ThemeId, *, codes: Sequence[CodeId]) -> None:
    """Let a theme no longer gather these codes, nor those that were merged into them."""
    with study.transact("Take codes from {theme}", args={"theme": theme}) as session:
        _release(session, theme, codes)


def move_codes(study: Study, codes: Sequence[CodeId], *, source: ThemeId, target: ThemeId) -> None:
    """Let another theme gather these codes in place of the one that does; from a theme to itself nothing moves."""
    if source == target:
        return
    with study.transact("Move codes to {theme}", args={"theme": target}) as session:
        _release(session, source, codes)
        _gather(session, target, codes)


def pick_quote(study: Study, theme: ThemeId, *, passage: Passage, stance: str = "supports") -> QuoteId:
    """Choose a passage as a quote of a theme, or as a voice that dissents from it."""
    _refuse_unknown_stance(stance)
    with study.transact("Pick a quote for {theme}", args={"theme": theme}, place=passage.place) as session:
        living(session, Theme, theme)
        anchor = anchored(session, study.shelf, passage)
        if _is_quoted(study, session, theme, anchor):
            raise QuoteTwiceError
        return _picked(session, theme, anchor, stance)


def pick_quotes(
    study: Study, theme: ThemeId, *, passages: Sequence[Passage], stance: str = "supports"
) -> list[QuoteId]:
    """Choose passages as quotes of a theme in their order; those that are quotes of it already are passed over."""
    _refuse_unknown_stance(stance)
    if not passages:
        raise NothingSelectedError
    args = {"theme": theme, "count": len(passages)}
    label = "Pick a quote for {theme}" if len(passages) == 1 else "Pick {count} quotes for {theme}"
    with study.transact(label, args=args, place=passages[0].place) as session:
        living(session, Theme, theme)
        anchors = dict.fromkeys(anchored(session, study.shelf, passage) for passage in passages)
        known = {anchor for anchor in anchors if _is_quoted(study, session, theme, anchor)}
        return [_picked(session, theme, anchor, stance) for anchor in anchors if anchor not in known]


def describe_quote(study: Study, quote: QuoteId, *, stance: str, attribution: str | None = None) -> None:
    """Say whether a quote supports or dissents, and attribute it otherwise than the study's template does."""
    _refuse_unknown_stance(stance)
    with study.transact("Describe a quote") as session:
        row = living(session, Quote, quote)
        row.stance = stance
        row.attribution = attribution.strip() or None if attribution else None


def move_quote(study: Study, quote: QuoteId, *, theme: ThemeId, after: QuoteId | None = None) -> None:
    """Put a quote behind another of a theme, or first of all."""
    with study.transact("Move a quote to {theme}", args={"theme": theme}) as session:
        row = living(session, Quote, quote)
        living(session, Theme, theme)
        row.position = position_behind(session, Quote, after, Quote.theme_id == theme, Quote.id != quote)
        row.theme_id = theme


def drop_quotes(study: Study, quotes: Sequence[QuoteId]) -> None:
    """Choose these quotes no longer."""
    with study.transact("Drop {count} quotes", args={"count": len(quotes)}) as session:
        for quote in quotes:
            living(session, Quote, quote).alive = False


def _gather(session: Session, theme: str, codes: Sequence[CodeId]) -> None:
    living(session, Theme, theme)
    for code in codes:
        standing_code(session, code)
        key = derived_id("theme_code", theme, code)
        link = session.get(ThemeCode, key)
        if link is None:
            session.add(ThemeCode(id=key, theme_id=theme, code_id=code))
        else:
            link.alive = True


def _release(session: Session, theme: str, codes: Sequence[CodeId]) -> None:
    merged, released = merged_codes(session), set[str]()
    for link in session.scalars(select(ThemeCode).where(ThemeCode.alive, ThemeCode.theme_id == theme)):
        code = merged.get(link.code_id, link.code_id)
        if code in codes:
            link.alive = False
            released.add(code)
    if released != set(codes):
        raise GoneError(ThemeCode.__tablename__)


def _refuse_unknown_stance(stance: str) -> None:
    if stance not in STANCES:
        raise UnknownStanceError(stance)


def _picked(session: Session, theme: str, anchor: Anchor, stance: str) -> QuoteId:
    """A new quote behind those that the theme has."""
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
        )
    )
    session.flush()
    return quote


def _is_quoted(study: Study, session: Session, theme: str, anchor: Anchor) -> bool:
    """Whether a passage is a quote of a theme already, as far as whoever acts may know."""
    same = select(Quote.id).where(
        Quote.alive,
        Quote.theme_id == theme,
        Quote.document_id == anchor.document,
        Quote.start == anchor.start,
        Quote.end == anchor.end,
    )
    veiled = veiled_quotes(session, study.coder)
    return session.scalar(same if veiled is None else same.where(~veiled)) is not None
