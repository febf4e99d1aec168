"""CSV files of survey answers or of turns, whatever separates their cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import check_lines
from qcode.transcripts.grids import CELL_LIMIT, Grid, TableTooLargeError, rows_of, table_of
from qcode.transcripts.labels import candidate
from qcode.transcripts.peeking import peeked
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.tables import parse_grid
from qcode.transcripts.turn_tables import turn_uses
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.transcripts.reader import Source

_SUFFIXES: Final = frozenset({".csv", ".tsv", ".tab"})
_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 64 * 1024
_SAMPLE_ROWS: Final = 500
_ALIKE: Final = 0.9
_ENOUGH: Final = 3
_NAMED: Final = 0.8
_NOT_CLOSED: Final = "unexpected end of data"
_SEP: Final = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


class TableNotReadError(QcodeError):
    """The cells of a CSV file cannot be told apart."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} cannot be read as a table: a quotation mark is not closed, or a cell never ends. "
            "Open it in a spreadsheet and save it again as CSV or as .xlsx."
        )


def _recognises(source: Source) -> bool:
    """By its name; else where the first rows are cut alike and have the headers or the shape of a table of turns."""
    text = peeked(source, _SAMPLE)
    if source.suffix in _SUFFIXES:
        return not _is_talk(text)
    delimiter = _delimiter(text)
    if delimiter is None:
        return False
    try:
        rows = rows_of(source.name, enumerate(_rows(text, delimiter)[:_SAMPLE_ROWS], 1))
    except QcodeError:
        return False
    widths = Counter(len(row.cells) for row in rows)
    width, alike = widths.most_common(1)[0] if widths else (0, 0)
    cut_alike = len(rows) >= _ENOUGH and width >= _ENOUGH and alike >= _ALIKE * len(rows)
    return cut_alike and turn_uses(table_of(Grid(rows)), {}) is not None


def _is_talk(text: str) -> bool:
    """Whether nearly every line begins with a name and a colon: talk, whatever the file is called."""
    lines = [line for line in text.splitlines()[:_SAMPLE_ROWS] if line.strip()]
    found = [candidate(line) for line in lines]
    named = sum(label is not None and label.shape in {"colon", "bracket"} for label in found)
    return len(lines) >= _ENOUGH and named >= _NAMED * len(lines)


def _parse(source: Source) -> Parsed:
    decoded = decode(source)
    text = decoded.text.removeprefix("\ufeff")
    if text.count("\n") + text.count("\r") > CELL_LIMIT:
        raise TableTooLargeError(source.name)
    check_lines(source.name, text.splitlines())
    announced = _SEP.match(text)
    delimiter = announced[1] if announced else _delimiter(text[:_SAMPLE])
    text = text[announced.end() :] if announced else text
    rows, joined = _narrowed(_checked_rows(source, text, delimiter or ","), delimiter or ",")
    grid = Grid(
        rows=rows_of(source.name, enumerate(rows, 2 if announced else 1)),
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *_joined_warning(joined)),
    )
    return parse_grid(source, grid)


def _joined_warning(joined: int) -> Iterator[str]:
    if joined:
        yield (
            f"{counted(joined, 'row')} with more cells than the header: what is too much was joined to the last cell. "
            "Check these rows; quotation marks may be missing around a text."
        )


def _checked_rows(source: Source, text: str, delimiter: str) -> list[list[str]]:
    """The rows; a mark that stands inside a text is forgiven, one that is never closed swallows the rest."""
    try:
        return _rows(text, delimiter, strict=True)
    except csv.Error as error:
        if str(error) == _NOT_CLOSED:
            raise TableNotReadError(source.name) from None
    try:
        return _rows(text, delimiter)
    except csv.Error:
        raise TableNotReadError(source.name) from None


def _rows(text: str, delimiter: str, *, strict: bool = False) -> list[list[str]]:
    blanks = delimiter != "\t"
    lines = io.StringIO(text, newline="")
    return list(csv.reader(lines, delimiter=delimiter, skipinitialspace=blanks, strict=strict))


def _narrowed(rows: list[list[str]], delimiter: str) -> tuple[list[list[str]], int]:
    """The rows at most as wide as the header: a text with the delimiter in it and no quotation marks fell apart."""
    usual = Counter(len(row) for row in rows[:_SAMPLE_ROWS] if any(row)).most_common(1)
    width = usual[0][0] if usual else 0
    head = next((len(row) for row in rows if sum(map(bool, row)) > 1), 0)
    width = max(width, head)
    wide = [row for row in rows if width > 1 and any(row[width:])]
    for row in wide:
        blank = "" if delimiter == "\t" else " "
        row[width - 1 :] = [(delimiter + blank).join(row[width - 1 :])]
    return rows, len(wide)


def _delimiter(text: str) -> str | None:
    """What cuts most of the first rows into the same number of cells, the more the better; None if nothing does."""
    best = max(_DELIMITERS, key=lambda delimiter: _fits(text, delimiter))
    return best if _fits(text, best) > (0, 0) else None


def _fits(text: str, delimiter: str) -> tuple[float, int]:
    """The share of rows that a delimiter cuts into the usual number of cells, in tenths, and that number."""
    try:
        rows: Sequence[Sequence[str]] = [row for row in _rows(text, delimiter)[:_SAMPLE_ROWS] if any(row)]
    except csv.Error:
        return 0, 0
    widths = Counter(map(len, rows[:-1] if len(text) >= _SAMPLE and len(rows) > 1 else rows))
    widths.pop(1, None)
    if not widths:
        return 0, 0
    width, alike = max(widths.items(), key=lambda entry: (entry[1], entry[0]))
    return round(10 * alike / len(rows)), width


READER: Final = Reader("csv", 1, _recognises, _parse)
