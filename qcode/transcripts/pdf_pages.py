"""The lines of a PDF's page with their places, in the order in which they are read.

Coordinates are points from the lower left corner of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from qcode.transcripts.gate import MB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject

PAGE_TEXT_LIMIT: Final = 2 * MB
_LETTER_WIDTH: Final = 0.48
_SAME_LINE: Final = 2.0
_FAR: Final = 1.5
_FEWEST_IN_COLUMN: Final = 3
_COLUMN_SHARE: Final = 0.2
_COLUMN_OFFSET: Final = 0.3
_WITHIN_COLUMN: Final = 0.9
_SAME_EDGE: Final = 12.0
_NUMBER: Final = re.compile(r"\d{1,5}")


class TooMuchOnPageError(Exception):
    """The text of a page is beyond the limit."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of text with its left edge, its baseline and the size of its letters."""

    text: str
    x: float
    y: float
    size: float
    column: int = 0

    @property
    def right(self) -> float:
        """About where the line ends: the file does not say how wide its letters are."""
        return self.x + len(self.text) * self.size * _LETTER_WIDTH


@dataclass(frozen=True, slots=True)
class Page:
    """A page's number and lines, and how many columns they stand in."""

    number: int
    lines: tuple[PdfLine, ...]
    columns: int = 1


def page_of(page: PageObject, number: int) -> Page:
    """The lines of a page; raises TooMuchOnPageError and whatever a damaged page makes the library raise."""
    collector = _Collector()
    page.extract_text(visitor_text=collector.take)
    collector.end_line()
    lines = tuple(collector.lines)
    edge = _second_column(lines)
    return Page(number, *_in_reading_order(lines, edge))


class _Collector:
    """Takes in the pieces of text of a page as they are drawn."""

    def __init__(self) -> None:
        self.lines: list[PdfLine] = []
        self._size = 0
        self._text = ""
        self._place: tuple[float, float, float] | None = None

    def take(self, text: str, current: Sequence[float], matrix: Sequence[float], _font: Any, size: float) -> None:
        """Take in a piece drawn at a place, which may end or hold line breaks."""
        self._size += len(text)
        if self._size > PAGE_TEXT_LIMIT:
            raise TooMuchOnPageError
        where = _place(current, matrix, size)
        for place, piece in enumerate(text.split("\n")):
            if place or (piece[:1] == " " and piece.strip() and self._is_far(where)):
                self.end_line()
            if piece.strip() and self._place is None:
                self._place = where
            self._text += piece

    def _is_far(self, where: tuple[float, float, float]) -> bool:
        """Whether a piece begins so far right of what was taken in that it may stand in another column."""
        if self._place is None:
            return False
        x, _, size = self._place
        return where[0] - (x + len(self._text.strip()) * size * _LETTER_WIDTH) > _FAR * size

    def end_line(self) -> None:
        """What was taken in so far is a line."""
        text = self._text.strip()
        if text and self._place is not None:
            self.lines.append(PdfLine(text, *self._place))
        self._text, self._place = "", None


def _place(current: Sequence[float], matrix: Sequence[float], size: float) -> tuple[float, float, float]:
    """Where a piece stands and how large its letters are, by the matrices of the text and of the page."""
    x = matrix[4] * current[0] + matrix[5] * current[2] + current[4]
    y = matrix[4] * current[1] + matrix[5] * current[3] + current[5]
    scale = abs(matrix[3] * current[3]) or abs(matrix[1] * current[2]) or 1.0
    return round(x, 1), round(y, 1), max(abs(size) * scale, 1.0)


def _second_column(lines: Sequence[PdfLine]) -> float | None:
    """The left edge of the second of two columns; None if the lines stand in one.

    Many lines begin there, and those that begin further left end before it.
    """
    body = [line for line in lines if not _NUMBER.fullmatch(line.text)]
    if len(body) < 2 * _FEWEST_IN_COLUMN:
        return None
    left, right = min(line.x for line in body), max(line.right for line in body)
    far = [line.x for line in body if line.x >= left + _COLUMN_OFFSET * (right - left)]
    for edge in sorted(set(far)):
        members = sum(abs(x - edge) <= _SAME_EDGE for x in far)
        before = [line for line in body if line.x < edge - _SAME_EDGE]
        narrow = sum(line.right <= edge + _SAME_EDGE for line in before)
        enough = members >= max(_FEWEST_IN_COLUMN, _COLUMN_SHARE * len(body)) and len(before) >= _FEWEST_IN_COLUMN
        if enough and narrow >= _WITHIN_COLUMN * len(before) - 2:
            return edge - _SAME_EDGE
    return None


def _in_reading_order(lines: Sequence[PdfLine], edge: float | None) -> tuple[tuple[PdfLine, ...], int]:
    """The lines from top to bottom, column by column, with pieces at one height put together."""
    if edge is None:
        return _joined(sorted(lines, key=lambda line: (-line.y, line.x))), 1
    ordered: list[PdfLine] = []
    band: list[PdfLine] = []
    for line in sorted(lines, key=lambda line: (-line.y, line.x)):
        if line.x < edge and line.right > edge + 4 * _SAME_EDGE:
            ordered += [*_columns(band, edge), line]
            band = []
        else:
            band.append(line)
    return (*ordered, *_columns(band, edge)), 2


def _columns(band: Sequence[PdfLine], edge: float) -> list[PdfLine]:
    """The lines between two that go across the page, those of the left column first."""
    left = _joined([line for line in band if line.x < edge])
    right = _joined([line for line in band if line.x >= edge])
    return [*left, *(replace(line, column=1) for line in right)]


def _joined(lines: Sequence[PdfLine]) -> tuple[PdfLine, ...]:
    """The lines with pieces at one height as one; numbers alone stay apart, as they may count the lines."""
    made: list[PdfLine] = []
    for line in lines:
        last = made[-1] if made else None
        numbers = _NUMBER.fullmatch(line.text) or (last is not None and _NUMBER.fullmatch(last.text))
        if last is not None and abs(last.y - line.y) <= _SAME_LINE and not numbers:
            made[-1] = replace(last, text=f"{last.text} {line.text}")
        else:
            made.append(line)
    return tuple(made)
