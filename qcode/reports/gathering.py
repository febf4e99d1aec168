"""Blocks gathered as a reader sees them: a quotation with who said it, a table with its caption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qcode.reports.blocks import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qcode.reports.blocks import Block

QUOTE_STYLES: Final = ("Quote", "Quote Turn", "Intense Quote", "Intense Quote Turn")
_BELOW_QUOTES: Final = ("Quote Attribution", "Quote Note")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quote: its paragraphs, a turn each where several people speak, then who said it and notes on it."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def dissents(self) -> bool:
        """Whether it speaks against its theme."""
        return self.paragraphs[0].style.startswith("Intense")


@dataclass(frozen=True, slots=True)
class Captioned:
    """A table under its caption, if it has one."""

    caption: Paragraph | None
    table: Table


type Piece = Paragraph | Quotation | Captioned


def gathered(blocks: Iterable[Block]) -> Iterator[Piece]:
    """Every block once, in order: those that belong together as one piece."""
    quote: list[Paragraph] = []
    caption: Paragraph | None = None
    for block in blocks:
        if quote and not _goes_on(quote, block):
            yield Quotation(tuple(quote))
            quote = []
        if isinstance(block, Table):
            yield Captioned(caption, block)
            caption = None
            continue
        if caption is not None:
            yield caption
            caption = None
        if quote or block.style in QUOTE_STYLES:
            quote.append(block)
        elif block.style == "caption":
            caption = block
        else:
            yield block
    if quote:
        yield Quotation(tuple(quote))
    if caption is not None:
        yield caption


def _goes_on(quote: list[Paragraph], block: Block) -> bool:
    """Whether a block belongs to the quote that was begun: a further turn of it, or what stands below it."""
    if isinstance(block, Table):
        return False
    before = quote[-1]
    if block.style in _BELOW_QUOTES:
        return True
    return block.style == before.style and block.style.endswith("Turn") and block.apart == before.apart
