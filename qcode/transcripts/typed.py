"""Lines as someone typed or printed them: running heads, typed line numbers and lines broken at a width are undone.

What stands in the file for the page's sake goes before anybody looks for speakers. Lines of a conversation analyst
(Jefferson's notation) keep their breaks, because a line there is a unit of talk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qcode.transcripts import hyphens
from qcode.transcripts.labels import candidate
from qcode.transcripts.notation import is_event_only, is_jefferson
from qcode.transcripts.shapes import lines_of_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.transcripts.values import Block, Counts

_WIDEST: Final = 120
_NARROWEST: Final = 40
_WRAPPED_SHARE: Final = 0.9
_WRAPPED_PAIRS: Final = 6
_NUMBERED: Final = re.compile(r"[ \t]{0,12}(\d{1,5})(?:([ \t]+)(?=\S)|[ \t]*$)")
_NUMBERED_SHARE: Final = 0.8
_NARROW_SHARE: Final = 0.95
_FEWEST_NUMBERS: Final = 5
_FEWEST_NARROW: Final = 8
_SHORT_LINE: Final = 0.75
_SENTENCE_END: Final = re.compile(r"[.?!…][\"”’)\]]{0,2}$")
_QUESTION_OR_ANSWER: Final = re.compile(r"\s*[QA]\.\s")
_PAGE_WORD: Final = r"(?:page|seite|página|pagina|pág\.?|pg\.?|p\.|s\.)"
_PAGE: Final = re.compile(
    rf"(?:{_PAGE_WORD}\s{{0,3}}\d{{1,4}}|\b\d{{1,4}}\s{{0,3}}(?:/|of|von|de)\s{{0,3}}\d{{1,4}}\b)", re.IGNORECASE
)
_ONLY_PAGE: Final = re.compile(
    rf"[\s\-–—|]{{0,8}}(?:{_PAGE_WORD}\s{{0,3}})?\d{{1,4}}(?:\s{{0,3}}(?:/|of|von|de)\s{{0,3}}\d{{1,4}})?[\s\-–—|]{{0,8}}",
    re.IGNORECASE,
)
_HEAD_WORDS: Final = 12
_REPEATED_SHARE: Final = 0.6
_FEWEST_PAGES: Final = 3
_EDGE: Final = 2


@dataclass(frozen=True, slots=True)
class Untyped:
    """Blocks without what stood there for the page's sake, what was undone, and what to tell the user."""

    blocks: tuple[Block, ...]
    rules: Counts = ()
    warnings: tuple[str, ...] = ()
    numbered: bool = False


def untyped(blocks: tuple[Block, ...], *, lines_are_paragraphs: bool) -> Untyped:
    """The blocks without running heads and typed line numbers, and with broken lines joined.

    Where `lines_are_paragraphs`, as in Word, lines are joined only if they are numbered.
    """
    if not blocks or any(block.kind != "para" or block.voice is not None for block in blocks):
        return Untyped(blocks)
    lines = [line for block in blocks for line in lines_of_paragraphs(block)]
    numbers = _numbers(lines)
    printed = not lines_are_paragraphs or any(number is not None for number in numbers)
    lines, numbers, heads = _without_heads(lines, numbers, printed=printed)
    found = sum(number is not None for number in numbers)
    if not found and lines_are_paragraphs:
        return Untyped(tuple(lines) if heads else blocks, (("running heads and page numbers dropped", heads),))
    lines = [_without_number(line) if number is not None else line for line, number in zip(lines, numbers, strict=True)]
    filled = [line for line in lines if line.text.strip()]
    width = 0 if is_jefferson([line.text for line in filled]) else _width(filled, numbered=bool(found))
    joined = tuple(_joined(filled, width, numbered=bool(found))) if width else tuple(filled)
    counts = (
        ("running heads and page numbers dropped", heads),
        ("typed line numbers dropped", found),
        ("wrapped lines joined", len(filled) - len(joined)),
    )
    return Untyped(joined, counts, tuple(_warnings(found, 0 if found else width)), bool(found))


def _warnings(numbers: int, width: int) -> Iterator[str]:
    if numbers:
        yield f"{numbers:,} typed line numbers were taken off; lines broken at the margin were joined into paragraphs."
    elif width:
        yield f"The lines were broken at {width} characters; they were joined into paragraphs."


def _numbers(lines: Sequence[Block]) -> list[int | None]:
    """The number typed before each line, where nearly all lines carry one that rises by one, on a page at least."""
    found = [_NUMBERED.match(line.text) for line in lines]
    numbers: list[int | None] = []
    last, narrow = 0, 0
    for match in found:
        number = int(match[1]) if match else None
        follows = number is not None and (number == last + 1 or (number == 1 and last > 1) or last == 0)
        numbers.append(number if follows else None)
        if follows and match is not None:
            last = number or 0
            narrow += match[2] == " "
    rising = sum(number is not None for number in numbers)
    enough = rising >= _FEWEST_NUMBERS and rising - narrow >= _NUMBERED_SHARE * len(lines)
    if not enough and not (rising >= _FEWEST_NARROW and rising >= _NARROW_SHARE * len(lines)):
        return [None] * len(lines)
    return numbers


def _without_number(line: Block) -> Block:
    """The line with blanks for its number, so that what is above each other stays so."""
    found = _NUMBERED.match(line.text)
    return line if found is None else replace(line, text=" " * found.end() + line.text[found.end() :])


def _without_heads(
    lines: Sequence[Block], numbers: Sequence[int | None], *, printed: bool
) -> tuple[list[Block], list[int | None], int]:
    """The lines without what is printed at the edge of every page, and how many lines went."""
    heads = (_heads(lines, numbers) if printed else set()) | _page_lines(lines, numbers)
    kept = [place for place in range(len(lines)) if place not in heads]
    return [lines[place] for place in kept], [numbers[place] for place in kept], len(heads)


def _heads(lines: Sequence[Block], numbers: Sequence[int | None]) -> set[int]:
    pages: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        if line.page is not None:
            pages.setdefault(line.page, []).append(place)
    if len(pages) < 2:
        return set()
    edges = {place for places in pages.values() for place in (*places[:_EDGE], *places[-_EDGE:])}
    seen: dict[str, set[int | None]] = {}
    for place in edges:
        seen.setdefault(_masked(lines[place].text), set()).add(lines[place].page)
    often = max(_FEWEST_PAGES, _REPEATED_SHARE * len(pages))
    repeated = {place for place in edges if len(seen[_masked(lines[place].text)]) >= often}
    spoken = {place for place in edges if numbers[place] is not None or candidate(lines[place].text.strip())}
    tops = {places[0] for page, places in pages.items() if page > 1}
    bottoms = {places[-1] for places in pages.values()}
    unnumbered = {place for place in tops if any(numbers) and numbers[place] is None}
    paged = {place for place in tops | bottoms if _names_a_page(lines[place].text)}
    return (repeated | unnumbered | paged) - spoken


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()).casefold())


def _names_a_page(text: str) -> bool:
    if len(text.split()) > _HEAD_WORDS:
        return False
    return _ONLY_PAGE.fullmatch(text) is not None or _PAGE.search(text) is not None


def _page_lines(lines: Sequence[Block], numbers: Sequence[int | None]) -> set[int]:
    """Lines of nothing but "Page 2 of 9", where they count pages through the file."""
    alone = [
        place
        for place, line in enumerate(lines)
        if numbers[place] is None and _ONLY_PAGE.fullmatch(line.text) and any(sign.isalpha() for sign in line.text)
    ]
    counted = [int(re.findall(r"\d+", lines[place].text)[0]) for place in alone]
    rising = len(counted) > 1 and all(after > before for before, after in pairwise(counted))
    return set(alone) if rising else set()


def _width(lines: Sequence[Block], *, numbered: bool) -> int:
    """The width at which the lines were broken; 0 if they are paragraphs.

    In a file broken at a width, the first word of nearly every continuing line would not have fitted on the line
    before it. Numbered lines are broken if any of them is as wide as a line of print.
    """
    width = max((len(line.text.rstrip()) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return width if numbered and 0 < width < _NARROWEST else 0
    if numbered:
        return width
    pairs = {(a.text, b.text) for a, b in pairwise(lines) if _adjoin(a, b) and _continues(b.text)}
    full = sum(_is_full(before, after, width) for before, after in pairs)
    return width if len(pairs) >= _WRAPPED_PAIRS and full >= _WRAPPED_SHARE * len(pairs) else 0


def _continues(text: str) -> bool:
    return candidate(text) is None and _QUESTION_OR_ANSWER.match(text) is None


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width


def _adjoin(before: Block, after: Block) -> bool:
    """Whether no blank line parts two lines; the turn of a page parts none."""
    if before.line_no is None or after.line_no is None or before.page != after.page:
        return True
    return after.line_no - before.line_no <= 1


def _joined(lines: Sequence[Block], width: int, *, numbered: bool) -> Iterator[Block]:
    """Paragraphs with the number of their first line: a full line goes on in the next."""
    known = hyphens.words_of("\n".join(line.text for line in lines))
    parts: list[Block] = []
    for line in lines:
        if parts and _goes_on(parts[-1], line, width, numbered=numbered):
            parts.append(line)
            continue
        if parts:
            yield _paragraph(parts, known)
        parts = [line]
    if parts:
        yield _paragraph(parts, known)


def _goes_on(before: Block, line: Block, width: int, *, numbered: bool) -> bool:
    if not _adjoin(before, line) or not _continues(line.text.strip() if numbered else line.text):
        return False
    if not numbered:
        return _is_full(before.text, line.text, width)
    if is_event_only(line.text):
        return False
    short = len(before.text.rstrip()) < _SHORT_LINE * width
    return not (short and _SENTENCE_END.search(before.text.rstrip()))


def _paragraph(parts: Sequence[Block], known: frozenset[str]) -> Block:
    return replace(parts[0], text=hyphens.joined([part.text for part in parts], known))
