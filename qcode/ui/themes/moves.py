"""Where a theme or a quote goes when it is moved one step in the outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from qcode.ids import QuoteId, ThemeId
from qcode.queries.themes.outline import ThemeRow

type Step = Literal["up", "down", "in", "out"]


class ThemePlace(NamedTuple):
    """Below which theme, and behind which sibling (None: first)."""

    parent: ThemeId | None
    after: ThemeId | None


class QuotePlace(NamedTuple):
    """In which theme, and behind which quote (None: first)."""

    theme: ThemeId
    after: QuoteId | None


def theme_place(rows: Sequence[ThemeRow], theme: ThemeId, step: Step) -> ThemePlace | None:
    """The place one step away: among its siblings, into the one before it, or out behind its parent."""
    parents = parents_of(rows)
    if theme not in parents:
        return None
    parent = parents[theme]
    siblings = [row.id for row in rows if parents[row.id] == parent]
    at = siblings.index(theme)
    if step == "up":
        return ThemePlace(parent, siblings[at - 2] if at > 1 else None) if at else None
    if step == "down":
        return ThemePlace(parent, siblings[at + 1]) if at + 1 < len(siblings) else None
    if step == "out":
        return None if parent is None else ThemePlace(parents[parent], parent)
    return ThemePlace(siblings[at - 1], _last_child(rows, parents, siblings[at - 1])) if at else None


def parents_of(rows: Sequence[ThemeRow]) -> dict[ThemeId, ThemeId | None]:
    """The theme that each one stands below, as the outline shows it."""
    out: dict[ThemeId, ThemeId | None] = {}
    above: list[ThemeId] = []
    for row in rows:
        del above[row.depth :]
        out[row.id] = above[-1] if above else None
        above.append(row.id)
    return out


def _last_child(rows: Sequence[ThemeRow], parents: dict[ThemeId, ThemeId | None], theme: ThemeId) -> ThemeId | None:
    return next((row.id for row in reversed(rows) if parents[row.id] == theme), None)


def quote_place(rows: Sequence[ThemeRow], quote: QuoteId, step: Literal["up", "down"]) -> QuotePlace | None:
    """The place one step away: in its theme, or at the near end of the theme before or after it."""
    at = next((number for number, row in enumerate(rows) if any(own.id == quote for own in row.quotes)), None)
    if at is None:
        return None
    quotes = [own.id for own in rows[at].quotes]
    place = quotes.index(quote)
    if step == "up" and place:
        return QuotePlace(rows[at].id, quotes[place - 2] if place > 1 else None)
    if step == "down" and place + 1 < len(quotes):
        return QuotePlace(rows[at].id, quotes[place + 1])
    if step == "up" and at:
        before = rows[at - 1]
        return QuotePlace(before.id, before.quotes[-1].id if before.quotes else None)
    return QuotePlace(rows[at + 1].id, None) if step == "down" and at + 1 < len(rows) else None
