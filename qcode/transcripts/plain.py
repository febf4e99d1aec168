"""Plain text as it was typed: every line is a paragraph, unless the file was wrapped at a fixed width."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qcode.text.canonical import normalise
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import check_lines
from qcode.transcripts.labels import candidate
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.values import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.transcripts.reader import Source

_WIDEST: Final = 120
_NARROWEST: Final = 40
_WRAPPED_SHARE: Final = 0.9
_WRAPPED_PAIRS: Final = 6


def _recognises(source: Source) -> bool:  # noqa: ARG001 - whatever is left is plain text
    return True


def _parse(source: Source) -> Parsed:
    decoded = decode(source)
    text, notes = normalise(decoded.text)
    lines = text.split("\n")
    check_lines(source.name, lines)
    width = _wrapped_at(lines)
    paragraphs = _unwrapped(lines, width) if width else ((no, line) for no, line in enumerate(lines, 1) if line.strip())
    blocks = tuple(Block(line, line_no=line_no) for line_no, line in paragraphs)
    joined = sum(1 for line in lines if line.strip()) - len(blocks)
    return Parsed(
        blocks=blocks,
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *_wrap_warning(width)),
        rules=(*notes, ("wrapped lines joined", joined)),
    )


def _wrap_warning(width: int | None) -> tuple[str, ...]:
    return (f"The lines were broken at {width} characters; they were joined into paragraphs.",) if width else ()


def _wrapped_at(lines: Sequence[str]) -> int | None:
    """The width at which an editor broke the lines, or None if the lines are paragraphs.

    In a file broken at a width, the first word of nearly every continuing line would not have fitted on the line
    before it.
    """
    width = max(map(len, lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    pairs = {(line, after) for line, after in pairwise(lines) if line.strip() and _continues(after)}
    full = sum(_is_full(line, after, width) for line, after in pairs)
    wrapped = len(pairs) >= _WRAPPED_PAIRS and full >= _WRAPPED_SHARE * len(pairs)
    return width if wrapped else None


def _continues(line: str) -> bool:
    return bool(line.strip()) and candidate(line) is None


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width


def _unwrapped(lines: Sequence[str], width: int) -> Iterator[tuple[int, str]]:
    """Paragraphs with the number of their first line: a full line goes on in the next."""
    paragraph, first = "", 0
    for line_no, line in enumerate(lines, 1):
        goes_on = paragraph and _continues(line) and _is_full(lines[line_no - 2], line, width)
        if goes_on:
            paragraph += " " + line.strip()
            continue
        if paragraph:
            yield first, paragraph
        paragraph, first = line.rstrip() if line.strip() else "", line_no
    if paragraph:
        yield first, paragraph


READER: Final = Reader("plain", 1, _recognises, _parse)
