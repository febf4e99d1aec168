"""Neutral tables as blocks: captions, widths found from their words, and wide ones set part below part."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.reports.blocks import Block, Paragraph, Run, Table, plain
from qcode.reports.captions import Captions
from qcode.reports.table_values import Printed, TableReport
from qcode.reports.word_styles import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qcode.reports.blocks import Cell
    from qcode.reports.table_values import TablesReport, TableValue

MOST_WORD_COLUMNS: Final = 63
MOST_WORD_ROWS: Final = 32_767
_SIGN, _ASIDE = 98, 190  # what a character and the margins of a cell take, in twentieths of a point
_LONGEST_WORD, _LONGEST_NAME, _LONGEST_LINE = 18, 26, 46
_PROSE, _PROSE_LINE = 80, 17  # what is longer is read as sentences, and needs lines of so many characters
_LOOKED_AT = 400


class TableTooLargeForWordError(QcodeError):
    """A table has more columns or rows than Word takes in one table."""

    def __init__(self, title: str, rows: int, columns: int) -> None:
        super().__init__(
            f"“{title[:80]}” has {rows:,} rows and {columns:,} columns; a table in Word holds {MOST_WORD_ROWS:,} and "
            f"{MOST_WORD_COLUMNS}. Save it as .xlsx, .csv or .html, or choose fewer rows or columns."
        )


def refuse_too_large(title: str, rows: int, columns: int) -> None:
    """Refuse a table that Word would not open.

    Raises:
        TableTooLargeForWordError: if it has too many rows, the headings among them, or columns.
    """
    if rows + 1 > MOST_WORD_ROWS or columns > MOST_WORD_COLUMNS:
        raise TableTooLargeForWordError(title, rows, columns)


def tables_blocks(report: TablesReport, *, width: int | None = None) -> Iterator[Block]:
    """The title, what is said first, then every table under its caption; whole unless pages have a width."""
    captions = Captions()
    yield plain("Title", report.facts.title or "Untitled study")
    if report.subtitle:
        yield plain("Subtitle", report.subtitle)
    for paragraph in report.opening:
        yield plain("Normal", paragraph)
    for table in report.tables:
        yield from table_blocks(table, captions, width=width)


def table_blocks(report: TableReport, captions: Captions, *, width: int | None = TEXT_WIDTH) -> Iterator[Block]:
    """A table under its caption, with its notes; one that is too wide for the page comes in parts.

    Each part repeats the first column and says which columns it holds.
    """
    yield captions.next(report.title)
    if not report.rows:
        yield plain("Table Note", "There is nothing to count yet.")
    parts = [] if not report.rows else [range(len(report.headings))] if width is None else _parts(report, width)
    for number, part in enumerate(parts):
        if number:
            yield plain("Table Note", f"The same table, columns {part[1] + 1} to {part[-1] + 1}.", keeps=True)
        yield _table(report, part, width or TEXT_WIDTH)
    for note in report.notes:
        yield plain("Table Note", note)


def need_width(tables: Iterable[TableReport]) -> int:
    """How wide the text of a page must be, in twips, for the widest of the tables to stand on it whole."""
    return max((sum(_least(table)) for table in tables), default=0)


def _parts(report: TableReport, width: int) -> list[Sequence[int]]:
    """The columns of each part, the first column in front of every one; the parts are about as wide as each other."""
    least = _least(report)
    rest = least[1:]
    room = max(width - least[0], 1)
    share = sum(rest) / max(1, math.ceil(sum(rest) / room))
    parts: list[list[int]] = [[0]]
    taken = 0
    for column, needed in enumerate(rest, 1):
        if len(parts[-1]) > 1 and (taken + needed > room or taken >= share):
            parts.append([0])
            taken = 0
        parts[-1].append(column)
        taken += needed
    return list(parts)


def _table(report: TableReport, part: Sequence[int], width: int) -> Table:
    numbers = report.numbers
    return Table(
        tuple(report.headings[column] for column in part),
        _shared_out(report, part, width),
        tuple(tuple(_cell(row[column], column in numbers) for column in part) for row in report.rows),
        report.summary or report.title,
        frozenset(place for place, column in enumerate(part) if column in numbers),
    )


def _cell(value: TableValue, number: bool) -> Cell:
    style = "Table Number" if number else "Table Text"
    if isinstance(value, Printed):
        style = "Table Indented" if value.depth and not number else style
        run = Run(value.text, "Strong" if value.strong else "", value.language)
        return (Paragraph(style, (run,), keeps=value.strong and value.value is None),)
    return (plain(style, shown(value)),)


def shown(value: TableValue) -> str:
    """A cell as pages print it: whole numbers with thousands apart, others with two decimals, a dash for nothing."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    if isinstance(value, float):
        return f"{round(value, 2) + 0.0:,.2f}".replace("-", "−")
    return f"{value:,}".replace("-", "−") if isinstance(value, int) else str(value)


# Widths -----------------------------------------------------------------------------------------------------------


def _shared_out(report: TableReport, part: Sequence[int], width: int) -> tuple[int, ...]:
    """What each column gets of the page: what its longest word needs, then by how much it has to say."""
    if report.widths and len(part) == len(report.headings):
        return _scaled(report.widths, width)
    least, wished = _least(report), _wished(report)
    least, wished = [least[column] for column in part], [wished[column] for column in part]
    missing = [more - less for less, more in zip(least, wished, strict=True)]
    left = max(width - sum(least), 0)
    share = min(left / sum(missing), 1.0) if sum(missing) else 0.0
    widths = [less + round(share * more) for less, more in zip(least, missing, strict=True)]
    return tuple(widths) if sum(widths) <= width else _scaled(widths, width)


def _scaled(widths: Sequence[int], width: int) -> tuple[int, ...]:
    whole = sum(widths)
    return tuple(width * each // whole for each in widths)


def _least(report: TableReport) -> list[int]:
    """What each column needs at the least: its longest word, and the first, which names the rows, some more."""
    needed = [_SIGN * min(_longest_word(texts), _LONGEST_WORD) + _ASIDE for texts in _columns(report)]
    names = max((len(shown(row[0])) for row in report.rows[:_LOOKED_AT]), default=0)
    return [max(needed[0], _SIGN * min(names, _LONGEST_NAME) + _ASIDE), *needed[1:]]


def _wished(report: TableReport) -> list[int]:
    lines = (max((len(line) for text in texts for line in text.split("\n")), default=1) for texts in _columns(report))
    return [_SIGN * min(max(length, 3), _LONGEST_LINE) + _ASIDE for length in lines]


def _longest_word(texts: Sequence[str]) -> int:
    return max(3, *map(_unbroken, texts))


def _unbroken(text: str) -> int:
    """The longest stretch that stays on one line: a word, or a count with its share, such as 61/94 (65 %)."""
    if text[:1].isdigit() and len(text) <= _LONGEST_WORD:
        return len(text)
    longest = max(map(len, text.split()), default=0)
    return max(longest, _PROSE_LINE) if len(text) > _PROSE else longest


def _columns(report: TableReport) -> Iterator[list[str]]:
    for column, heading in enumerate(report.headings):
        yield [heading, *(shown(row[column]) for row in report.rows[:_LOOKED_AT])]
