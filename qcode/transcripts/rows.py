"""Tables inside documents: rows of cells of paragraphs become rows of talk, without the row that names the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.transcripts.roles import folded
from qcode.transcripts.values import Block
from qcode.transcripts.word_tables import columns_of
from qcode.transcripts.words import TABLE_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def table_blocks(rows: Sequence[Sequence[Sequence[Block]]]) -> Iterator[Block]:
    """The blocks of a table; in one column they are ordinary paragraphs, and a row of one cell spans the table."""
    rows = [cells for cells in rows if cells]
    columns = max((len(cells) for cells in rows), default=0)
    texts = [[*map(_cell_text, cells)] for cells in rows if any(cells)]
    if columns > 1 and (turns := columns_of(texts)) is not None:
        yield from turns.blocks(texts)
        return
    if columns > 1 and names_columns(rows[0]):
        rows = rows[1:]
    for cells in rows:
        if columns == 1:
            yield from cells[0]
        elif any(cells):
            first = next(block for blocks in cells for block in blocks)
            yield Block(row_text(cells), "row" if len(cells) > 1 else "cell", line_no=first.line_no, page=first.page)


def names_columns(cells: Sequence[Sequence[Block]]) -> bool:
    """Whether a row names its columns: Time, Speaker, Transcript."""
    words = [folded(block.text).strip(" .:") for blocks in cells for block in blocks]
    return len(words) > 1 and TABLE_HEADINGS.issuperset(words)


def row_text(cells: Sequence[Sequence[Block]]) -> str:
    """The cells with tabs between them; only the last may keep its paragraphs apart."""
    texts = [*map(_cell_text, cells)]
    return "\t".join([*(" ".join(text.split()) for text in texts[:-1]), texts[-1]])


def _cell_text(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)
