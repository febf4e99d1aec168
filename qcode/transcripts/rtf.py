"""RTF documents, read as they look: what is hidden, deleted, or belongs to no page of talk stays out."""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Final

from qcode.transcripts.gate import UnsafeFileError, check_text_size
from qcode.transcripts.left_out import left_out
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.rows import table_blocks
from qcode.transcripts.rtf_tokens import tokens_of
from qcode.transcripts.rtf_walk import CELL_END, DEPTH_LIMIT, RtfWalk, TooDeepError
from qcode.transcripts.values import Block
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qcode.transcripts.reader import Source
    from qcode.transcripts.rtf_walk import RtfParagraph

MARK_LIMIT: Final = 1_000_000
_BOLD_LIMIT: Final = 60


def _recognises(source: Source) -> bool:
    return source.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def _parse(source: Source) -> Parsed:
    check_text_size(source)
    if source.data.count(b"\\") + source.data.count(b"{") > MARK_LIMIT:
        raise UnsafeFileError(source.name, f"it has more than {MARK_LIMIT:,} groups and control words")
    walk = RtfWalk(as_utf8=_is_utf8(source.data))
    try:
        walk.go_through(tokens_of(source.data))
    except TooDeepError:
        raise UnsafeFileError(source.name, f"its groups are nested more than {DEPTH_LIMIT} deep") from None
    return Parsed(tuple(_blocks(walk.paragraphs)), warnings=tuple(_warnings(walk)), rules=_rules(walk))


def _is_utf8(data: bytes) -> bool:
    """Whether a program wrote letters beyond ASCII as they are, which RTF knows no code page for."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _blocks(paragraphs: Iterable[RtfParagraph]) -> Iterator[Block]:
    """The paragraphs that hold anything; rows that follow each other are one table."""
    for is_row, following in groupby(paragraphs, lambda paragraph: paragraph.is_row):
        if is_row:
            yield from table_blocks([_cells(row) for row in following])
        else:
            yield from (block for paragraph in following if (block := _block(paragraph)) is not None)


def _cells(row: RtfParagraph) -> list[list[Block]]:
    texts = "".join(text for text, _ in row.runs).removesuffix(CELL_END).split(CELL_END)
    return [[Block(text, line_no=row.number, page=row.page)] if text.strip() else [] for text in texts]


def _block(paragraph: RtfParagraph) -> Block | None:
    text = "".join(text for text, _ in paragraph.runs).replace(CELL_END, "\t")
    if not text.strip():
        return None
    bold = "".join(text for text, _ in takewhile(lambda run: run[1] or not run[0].strip(), paragraph.runs)).strip()
    prefix = bold if 0 < len(bold) <= _BOLD_LIMIT else None
    return Block(text, bold_prefix=prefix, style=paragraph.style, line_no=paragraph.number, page=paragraph.page)


def _warnings(walk: RtfWalk) -> Iterator[str]:
    counts = walk.left_out
    if counts["deletions"]:
        yield f"{counted(counts['deletions'], 'tracked deletion')} left out; tracked insertions are in."
    yield from left_out(comments=counts["comments"], notes=counts["notes"], hidden=counts["hidden"])
    if counts["embedded"]:
        yield f"{counted(counts['embedded'], 'embedded object or picture', 'embedded objects or pictures')} left out."
    if walk.is_cut_off:
        yield "The file was cut off: its last group is not closed. Check the end of the talk, or ask for it again."


def _rules(walk: RtfWalk) -> tuple[tuple[str, int], ...]:
    return (
        ("hidden text dropped", walk.left_out["hidden"]),
        ("deletions dropped", walk.left_out["deletions"]),
        ("comments left out", walk.left_out["comments"]),
        ("footnotes and endnotes left out", walk.left_out["notes"]),
        ("headers and footers left out", walk.left_out["margins"]),
    )


READER: Final = Reader("rtf", 1, _recognises, _parse)
