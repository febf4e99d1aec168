"""From the lines of PDF pages to paragraphs: what stands on pages for the page's sake goes, broken lines are joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from qcode.transcripts import hyphens
from qcode.transcripts.labels import candidate
from qcode.transcripts.pdf_pages import Page, PdfLine
from qcode.transcripts.values import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(r"\d{1,5}")
_NUMBERED: Final = re.compile(r"(\d{1,5})\s{1,12}(?=\S)")
_PAGE_ONLY: Final = re.compile(
    r"[\s\-–—|]{0,5}(?:(?:page|seite|página|pág\.?|p\.|s\.)\s{0,3}\d{1,4}|\d{1,4}\s{0,3}(?:/|of|von|de)\s{0,3}\d{1,4}"
    r"|(?:page|seite|página)\s{0,3}\d{1,4}\s{0,3}(?:/|of|von|de)\s{0,3}\d{1,4})[\s\-–—|]{0,5}",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.?!…:][\"”’)\]]{0,2}$")
_REPEATED: Final = 0.6
_EDGE_LINES: Final = 3
_SAME_HEIGHT: Final = 4.0
_APART: Final = 1.2
_OTHER_SIZE: Final = 0.5
_FEWEST_NUMBERS: Final = 3
_RISING: Final = 0.8
_SHORT: Final = 0.72
_GAP: Final = 1.35
_INDENT: Final = 8.0
_LARGE, _LARGER = 1.2, 1.6


@dataclass(frozen=True, slots=True)
class Joined:
    """Paragraphs as blocks, and how many lines and hyphens went."""

    blocks: tuple[Block, ...]
    repeated: int
    numbers: int
    hyphens: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its page."""

    line: PdfLine
    page: int


def paragraphs_of(pages: Sequence[Page]) -> Joined:
    """The paragraphs of pages, guessed from labels, gaps, indents and short lines."""
    kept, repeated = _without_running(pages)
    lines, numbers = _without_numbers(kept)
    groups = list(_grouped(lines))
    known = hyphens.words_of("\n".join(entry.line.text for entry in lines))
    usual = _usual_size(lines)
    blocks, gone = [], 0
    for number, group in enumerate(groups, 1):
        texts = [entry.line.text for entry in group]
        text = hyphens.joined(texts, known)
        gone += sum(_is_joined(before, after, known) for before, after in pairwise(texts))
        style = _style(group[0].line.size / usual) if len(group) <= 2 else None
        blocks.append(Block(text, style=style, line_no=number, page=group[0].page))
    return Joined(tuple(blocks), repeated, numbers, gone)


def _is_joined(before: str, after: str, known: frozenset[str]) -> bool:
    return before.endswith("-") and not hyphens.before_break(before, after, known).endswith(" ")


def _style(size: float) -> str | None:
    return "Heading 1" if size >= _LARGER else "Heading 2" if size >= _LARGE else None


def _usual_size(lines: Sequence[_Line]) -> float:
    letters: Counter[float] = Counter()
    for entry in lines:
        letters[round(entry.line.size, 1)] += len(entry.line.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def _without_running(pages: Sequence[Page]) -> tuple[list[_Line], int]:
    """The lines without those at the edge of a page that come back at the same height on most pages."""
    seen: Counter[tuple[str, int]] = Counter()
    heights = [_heights(page) for page in pages]
    for rows in heights:
        edge = [line for row in (*rows[:_EDGE_LINES], *rows[-_EDGE_LINES:]) for line in row]
        seen.update({key for line in edge for key in _keys(line)})
    least = max(2, _REPEATED * sum(bool(page.lines) for page in pages))
    back = frozenset(key for key, count in seen.items() if count >= least)
    pitch = _usual_pitch([_Line(line, page.number) for page in pages for line in page.lines])
    kept: list[_Line] = []
    for page, rows in zip(pages, heights, strict=True):
        running = {*_running(rows, back, pitch), *_running(rows[::-1], back, pitch)}
        kept += [_Line(line, page.number) for line in page.lines if line not in running]
    return kept, sum(len(page.lines) for page in pages) - len(kept)


def _heights(page: Page) -> list[list[PdfLine]]:
    """The lines of a page from top to bottom, those at one height together, without numbers beside a line."""
    rows: list[list[PdfLine]] = []
    for line in sorted(page.lines, key=lambda line: -line.y):
        if rows and abs(rows[-1][0].y - line.y) <= _SAME_HEIGHT / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    texts = [[line for line in row if not _NUMBER.fullmatch(line.text)] for row in rows]
    return [text or row for text, row in zip(texts, rows, strict=True)]


def _running(rows: Sequence[Sequence[PdfLine]], back: frozenset[tuple[str, int]], pitch: float) -> list[PdfLine]:
    """The lines at an edge, from the outside, that come back and stand apart from the talk by a gap or their size.

    Only the outermost rows may be several without a gap between them: what is further in may be talk.
    """
    running: list[PdfLine] = []
    group: list[PdfLine] = []
    for row, following in pairwise(rows[: _EDGE_LINES + 1]):
        if not all(_is_page(line.text) or not back.isdisjoint(_keys(line)) for line in row):
            break
        group += row
        inside = following[0]
        if abs(row[0].y - inside.y) > _APART * pitch or abs(row[0].size - inside.size) > _OTHER_SIZE:
            running += group
            group = []
        elif running:
            break
    return running


def _is_page(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None or _PAGE_ONLY.fullmatch(text) is not None


def _keys(line: PdfLine) -> tuple[tuple[str, int], ...]:
    """The line with its numbers masked and its height, counted in steps of which one or two fit."""
    masked = _DIGITS.sub("#", line.text)
    step = line.y / _SAME_HEIGHT
    return (masked, int(step)), (masked, -1 - int(step + 0.5))


def _without_numbers(lines: Sequence[_Line]) -> tuple[list[_Line], int]:
    """The lines without the numbers that count them, whether those stand alone in the margin or before the text."""
    alone = {place: int(entry.line.text) for place, entry in enumerate(lines) if _NUMBER.fullmatch(entry.line.text)}
    if len(alone) >= _FEWEST_NUMBERS and _rise(list(alone.values())) and _in_margin(lines, alone):
        kept = [entry for place, entry in enumerate(lines) if place not in alone]
        return kept, len(alone)
    found = [_NUMBERED.match(entry.line.text) for entry in lines]
    values = [int(match[1]) for match in found if match]
    if len(values) < _FEWEST_NUMBERS or len(values) < _RISING * len(lines) or not _rise(values):
        return list(lines), 0
    return [_cut(entry, match) for entry, match in zip(lines, found, strict=True)], len(values)


def _rise(values: Sequence[int]) -> bool:
    """Whether numbers grow by the same small step nearly always; a page may begin again."""
    steps = Counter(after - before for before, after in pairwise(values))
    step, count = steps.most_common(1)[0]
    return 1 <= step <= 10 and count >= _RISING * (len(values) - 1) - 1


def _in_margin(lines: Sequence[_Line], alone: dict[int, int]) -> bool:
    """Whether the numbers stand left of the text, or right of it."""
    numbers = [lines[place].line.x for place in alone]
    texts = [entry.line.x for place, entry in enumerate(lines) if place not in alone]
    return not texts or max(numbers) < median(texts) or min(numbers) > median(texts)


def _cut(entry: _Line, match: re.Match[str] | None) -> _Line:
    line = entry.line
    if match is None:
        return entry
    return _Line(PdfLine(line.text[match.end() :], line.x, line.y, line.size, line.column), entry.page)


def _grouped(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines of each paragraph."""
    pitch = _usual_pitch(lines)
    edges = _right_edges(lines)
    group: list[_Line] = []
    for entry in lines:
        if group and _begins(group[-1], entry, pitch, edges):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _begins(before: _Line, entry: _Line, pitch: float, edges: dict[int, tuple[float, float]]) -> bool:
    """Whether a line begins a paragraph of its own."""
    if _is_label(entry.line.text) or abs(before.line.size - entry.line.size) > _OTHER_SIZE:
        return True
    ended = _SENTENCE_END.search(before.line.text) is not None
    left, right = edges[before.line.column]
    short = before.line.right < left + _SHORT * (right - left)
    if (before.page, before.line.column) != (entry.page, entry.line.column):
        return ended and short
    drop = before.line.y - entry.line.y
    if pitch and drop > _GAP * pitch:
        return True
    return (ended and short) or (ended and entry.line.x - before.line.x >= _INDENT)


def _is_label(text: str) -> bool:
    """Whether a line begins with something like a speaker's name, not with the end of a sentence that has a colon."""
    found = candidate(text)
    return found is not None and not found.label[0].islower()


def _usual_pitch(lines: Sequence[_Line]) -> float:
    drops = [
        before.line.y - after.line.y
        for before, after in pairwise(lines)
        if before.page == after.page and before.line.column == after.line.column and before.line.y > after.line.y
    ]
    return Counter(round(drop, 1) for drop in drops).most_common(1)[0][0] if drops else 0.0


def _right_edges(lines: Sequence[_Line]) -> dict[int, tuple[float, float]]:
    """For each column where its lines begin and end, about."""
    edges: dict[int, tuple[float, float]] = {}
    for column in {entry.line.column for entry in lines}:
        found = [entry.line for entry in lines if entry.line.column == column]
        ends = sorted(line.right for line in found)
        edges[column] = min(line.x for line in found), ends[int(0.9 * (len(ends) - 1))]
    return edges
