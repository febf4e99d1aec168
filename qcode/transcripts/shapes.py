"""What a layout makes of blocks: others that say by themselves who speaks and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.transcripts.values import Block, Counts, Role, Unmatched


@dataclass(frozen=True, slots=True)
class Shaped:
    """The name of a layout, the blocks in the shape that the segmenter knows, and how many lines were read as such."""

    name: str
    blocks: tuple[Block, ...]
    read: int
    lines: int
    unit: str = "lines"
    rules: Counts = ()
    warnings: tuple[str, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    roles: tuple[tuple[str, Role], ...] = ()


def lines_of_paragraphs(block: Block) -> Iterator[Block]:
    """The lines of a paragraph as blocks; blocks of other kinds stay whole."""
    if block.kind != "para" or "\n" not in block.text:
        yield block
        return
    texts = [text for text in block.text.split("\n") if text.strip()]
    for place, text in enumerate(texts):
        yield replace(block, text=text, bold_prefix=None if place else block.bold_prefix)
