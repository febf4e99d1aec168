"""Themes with their codes and quotes, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, QuoteId, ThemeId
from qcode.models import Code, Theme, ThemeCode
from qcode.models.blindness import veil_of
from qcode.models.merging import merged_codes
from qcode.queries.quotes.rows import QuoteRow, quotes_by_theme, titles
from qcode.reports.values import printed_title
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme, depth first in sibling order, with the codes it gathers and its quotes.

    `in_vivo` is the quote whose words are the theme's name, if there is one.
    """

    id: ThemeId
    parent: ThemeId | None
    depth: int
    name: str
    concept: str
    codes: tuple[tuple[CodeId, str], ...]
    quotes: tuple[QuoteRow, ...]
    in_vivo: QuoteId | None = None


def themes(study: Study, *, status: str | None = "chosen") -> list[ThemeRow]:
    """All themes, each followed by those below it, with their chosen quotes, or with those of another status, or all.

    Colleagues' quotes from what is coded blind still are left out.
    """
    with study.read() as session:
        codes, quotes = _codes(session), quotes_by_theme(study, session, status=status)
        return [_row(row, depth, codes, quotes) for row, depth in _outline(session)]


def chosen_quotes(study: Study, session: Session, known: Mapping[str, QuoteRow]) -> list[QuoteRow]:
    """All chosen quotes that may be seen in the order of the outline; those that are `known` are not read again."""
    by_theme = quotes_by_theme(study, session, status="chosen", known=known)
    return [quote for theme, _depth in _outline(session) for quote in by_theme.get(theme.id, ())]


def printed_titles(rows: Sequence[ThemeRow]) -> dict[str, str]:
    """The names of themes as they are printed: one that is a quote stands in quotation marks."""
    return {row.id: printed_title(row.name, in_vivo=row.in_vivo is not None) for row in rows}


def theme_titles(study: Study) -> dict[str, str]:
    """The names of all themes as they are printed; no quotes are read but those that may name a theme."""
    with study.read() as session:
        quotes = quotes_by_theme(study, session, status="chosen", naming=True)
        return printed_titles([_row(row, depth, {}, quotes) for row, depth in _outline(session)])


def keeps_quotes_back(study: Study) -> bool:
    """Whether quotes that colleagues pick from some documents are left out until one's own codings are handed in."""
    with study.read() as session:
        return bool(veil_of(session, study.coder).pairs)


def _outline(session: Session) -> list[tuple[Theme, int]]:
    """All themes, each followed by those below it, with their depth."""
    rows = list(session.scalars(select(Theme).where(Theme.alive).order_by(Theme.position, Theme.id)))
    known = {row.id for row in rows}
    below: dict[str | None, list[Theme]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    out: list[tuple[Theme, int]] = []

    def walk(parent: str | None, depth: int) -> None:
        for row in below.get(parent, ()):
            out.append((row, depth))
            walk(row.id, depth + 1)

    walk(None, 0)
    reached = {row.id for row, _depth in out}
    return out + [(row, 0) for row in rows if row.id not in reached]


def _row(
    row: Theme, depth: int, codes: Mapping[str, list[tuple[CodeId, str]]], quotes: Mapping[str, list[QuoteRow]]
) -> ThemeRow:
    return ThemeRow(
        ThemeId(row.id),
        ThemeId(row.parent_id) if row.parent_id else None,
        depth,
        row.name,
        row.concept,
        tuple(codes.get(row.id, ())),
        tuple(quotes.get(row.id, ())),
        _in_vivo(row.name, quotes.get(row.id, ())),
    )


def _in_vivo(name: str, quotes: Sequence[QuoteRow]) -> QuoteId | None:
    """The quote that a theme is named by, as long as its words stand and are the name."""
    named = (quote for quote in quotes if quote.in_vivo and not quote.stale)
    return next((quote.id for quote in named if name in titles(quote)), None)


def _codes(session: Session) -> dict[str, list[tuple[CodeId, str]]]:
    """The codes that each theme gathers; one that was merged is gathered as the code it stands for."""
    merged = merged_codes(session)
    names = {row.id: row.name for row in session.execute(select(Code.id, Code.name).where(Code.alive))}
    out: dict[str, dict[str, None]] = {}
    for theme, code in session.execute(select(ThemeCode.theme_id, ThemeCode.code_id).where(ThemeCode.alive)):
        out.setdefault(theme, {})[merged.get(code, code)] = None
    return {
        theme: sorted(((CodeId(code), names[code]) for code in codes if code in names), key=lambda code: code[::-1])
        for theme, codes in out.items()
    }
