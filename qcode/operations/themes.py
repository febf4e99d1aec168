"""Themes: gathering codes into patterns; the quotes that carry them are in `operations/quotes.py`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, ThemeId, derived_id, new_id
from qcode.models import Quote, Theme, ThemeCode
from qcode.models.merging import merged_codes
from qcode.operations.lookup import GoneError, last_position, living, standing_code, tidy_name, tidy_text
from qcode.operations.outline import move_branch, refuse_known_sibling, with_descendants
from qcode.operations.quote_titles import untitle
from qcode.study import Study
from qcode.text.ordering import between


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
    """Rename a theme, which so is named in vivo no longer, or rewrite its central organising concept."""
    tidy = tidy_name("theme", name)
    with study.transact("Describe theme {theme}", args={"theme": theme}) as session:
        row = living(session, Theme, theme)
        if row.name != tidy:
            refuse_known_sibling(session, Theme, tidy, row.parent_id)
            untitle(session, theme)
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
