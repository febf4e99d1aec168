"""Plain text as it was typed: every line is a block, on its page where form feeds part pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.text.canonical import normalise
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import check_lines
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.values import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.transcripts.reader import Source

_FORM_FEED: Final = "\f"


def _recognises(source: Source) -> bool:  # noqa: ARG001 - whatever is left is plain text
    return True


def _parse(source: Source) -> Parsed:
    decoded = decode(source)
    text, notes = normalise(decoded.text)
    check_lines(source.name, text.split("\n"))
    blocks = tuple(_paged(decoded.text) if _FORM_FEED in decoded.text.strip() else _lines(text, 1, None))
    return Parsed(
        blocks=blocks,
        encoding=decoded.encoding,
        warnings=decoded.warnings,
        rules=notes,
        lines_are_typed=True,
    )


def _paged(text: str) -> Iterator[Block]:
    """The lines of a text with form feeds, each with its page; a form feed ends no line of its own."""
    first = 1
    for page, content in enumerate(text.split(_FORM_FEED), 1):
        canonical = normalise(content)[0]
        yield from _lines(canonical, first, page)
        first += canonical.count("\n")


def _lines(text: str, first: int, page: int | None) -> Iterator[Block]:
    for line_no, line in enumerate(text.split("\n"), first):
        if line.strip():
            yield Block(line, line_no=line_no, page=page)


READER: Final = Reader("plain", 1, _recognises, _parse)
