"""A document as a sequence of paragraphs and tables, each named by its style: values that any writer can set."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with a character style; ``field`` is a Word field whose present result is the text."""

    text: str
    style: str = ""
    language: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs set in a paragraph style.

    ``keeps`` holds it on the page of what follows; ``apart`` keeps its rule from joining that of the paragraph
    before; ``leftward`` sets it from right to left, by its first letter where None.
    """

    style: str
    runs: tuple[Run, ...]
    keeps: bool = False
    apart: bool = False
    leftward: bool | None = None


type Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings that repeat on every page; widths are in twentieths of a point.

    ``summary`` tells a screen reader what the table holds. Without headings its cells stand beside each other and
    nothing more: a quote and its translation.
    """

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summary: str = ""
    numbers: frozenset[int] = frozenset()


type Block = Paragraph | Table


def runs_leftward(text: str, *, otherwise: bool = False) -> bool:
    """Whether the first letter with a direction belongs to a script written from right to left."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    first = next((direction for direction in directions if direction in ("L", "R", "AL")), None)
    return otherwise if first is None else first != "L"


def plain(style: str, text: str, *, keeps: bool = False) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph(style, (Run(text),), keeps)
