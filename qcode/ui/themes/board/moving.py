"""Where a card goes when it is moved on the board, by keys or by dropping it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from qcode.ids import CodeId, QuoteId, ThemeId
from qcode.queries.themes.outline import ThemeRow
from qcode.ui.themes import carrying
from qcode.ui.themes.board.cards import Board, Card
from qcode.ui.themes.deeds import Deeds
from qcode.ui.themes.moves import parents_of

type Way = Literal["up", "down", "left", "right"]


def move(deeds: Deeds, board: Board, column: int, card: Card, way: Way) -> None:
    """Move a card one step: within its column, or into the column beside it; at the end of its way nothing happens."""
    if way == "left" or way == "right":  # noqa: PLR1714  # the types of both branches follow from it
        _aside(deeds, board, column, card, -1 if way == "left" else 1)
    elif card.kind == "theme" and card.theme is not None and card.depth:
        deeds.move(card.theme, way)
    elif card.quote is not None:
        deeds.move_quote(card.quote.id, way)
    elif card.code is not None and card.theme is not None:
        _code_in_column(deeds, board, column, card, -1 if way == "up" else 1)


def drop(
    deeds: Deeds, board: Board, load: carrying.Load, parts: Sequence[str], target: Card, carried: Card | None
) -> bool:
    """Do what dropping a load on a card means; `carried` is the card it was. Says whether it was a passage."""
    if load == "passage":
        return target.theme is not None
    if load == "codes":
        _drop_codes(deeds, [CodeId(part) for part in parts], target.theme, carried.theme if carried else None)
    elif target.theme is None:
        return False
    elif load == "quote":
        deeds.put_quote(QuoteId(parts[0]), target.theme, target.quote.id if target.quote else None)
    elif parts[0] not in _line(board.rows, target.theme):
        deeds.put_below(ThemeId(parts[0]), target.theme)
    return False


def _aside(deeds: Deeds, board: Board, column: int, card: Card, by: int) -> None:
    if card.kind == "theme" and card.depth == 0 and card.theme is not None:
        deeds.move(card.theme, "up" if by < 0 else "down")
        return
    if not 0 <= column + by < len(board.columns):
        return
    target = board.columns[column + by].theme
    if card.kind == "theme" and card.theme is not None and target is not None:
        deeds.put_below(card.theme, target)
    elif card.quote is not None and target is not None:
        deeds.put_quote(card.quote.id, target, _last_quote(board.rows, target))
    elif card.code is not None:
        _drop_codes(deeds, [card.code], target, card.theme)


def _code_in_column(deeds: Deeds, board: Board, column: int, card: Card, by: int) -> None:
    """Let the theme before or after it in its column gather a code instead."""
    own = [one.theme for one in board.columns[column].cards if one.kind == "theme" and one.theme is not None]
    if card.theme in own and card.code is not None:
        at = own.index(card.theme) + by
        if 0 <= at < len(own):
            _drop_codes(deeds, [card.code], own[at], card.theme)


def _drop_codes(deeds: Deeds, codes: Sequence[CodeId], target: ThemeId | None, source: ThemeId | None) -> None:
    """Gather codes in a theme; those that came from another one leave it, those that go nowhere are released."""
    if target is None:
        if source is not None:
            for code in codes:
                deeds.release(source, code)
    elif source is None:
        deeds.gather(target, codes)
    elif source != target:
        deeds.move_codes(codes, source, target)


def _last_quote(rows: Sequence[ThemeRow], theme: ThemeId) -> QuoteId | None:
    quotes = next((row.quotes for row in rows if row.id == theme), ())
    return quotes[-1].id if quotes else None


def _line(rows: Sequence[ThemeRow], theme: ThemeId) -> set[str]:
    """A theme and those above it: none of them can go below it."""
    parents, out = parents_of(rows), set[str]()
    at: ThemeId | None = theme
    while at is not None and at not in out:
        out.add(at)
        at = parents.get(at)
    return out
