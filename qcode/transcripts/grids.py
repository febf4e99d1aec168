"""Tables as they come out of a file: rows of cells as text, and where their header is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.text.canonical import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qcode.transcripts.values import Counts

ROW_LIMIT: Final = 100_000
COLUMN_LIMIT: Final = 2_000
CELL_LIMIT: Final = 1_000_000
_LOOKED_AT: Final = 12
_HEADER_SHARE: Final = 0.6
_WORDS_SHARE: Final = 0.8
_VALUE: Final = re.compile(r"[-+]?[\d.,:/\s%-]*\d[\d.,:/\s%-]*(?:[AaPp]\.?[Mm]\.?)?")
_IMPORT_ID: Final = re.compile(r'\{"ImportId"')
_SUBHEADINGS: Final = frozenset({"response", "open-ended response", "open ended response", "respuesta"})


class TableTooLargeError(QcodeError):
    """A table has more rows, columns or cells than a survey or a conversation has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The table in {name} is larger than {ROW_LIMIT:,} rows, {COLUMN_LIMIT:,} columns or {CELL_LIMIT:,} cells. "
            "Delete what is not needed, or split it."
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, from 1."""

    no: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """The text of a cell; empty beyond the row's end."""
        return self.cells[place] if place < len(self.cells) else ""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(map(bool, self.cells))


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that hold anything, with what the reader has to say about them."""

    rows: tuple[Row, ...]
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    rules: Counts = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A header and what stands below it; `names` are unique, and empty where a column has no header.

    `above` counts the rows before the header, `doubled` those of it beyond the first.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    above: int = 0
    doubled: int = 0

    def column(self, place: int) -> list[str]:
        """What the rows hold in a column, without empty cells."""
        return [text for row in self.rows if (text := row.cell(place))]


def rows_of(name: str, cells: Iterable[tuple[int, Sequence[str]]]) -> tuple[Row, ...]:
    """Numbered rows of trimmed, canonical cells without what is empty; raises TableTooLargeError."""
    rows: list[Row] = []
    size = 0
    for no, texts in cells:
        tidy = tuple(map(_tidy, texts))
        tidy = tidy[: next((place for place in range(len(tidy), 0, -1) if tidy[place - 1]), 0)]
        if not tidy:
            continue
        rows.append(Row(no, tidy))
        size += len(tidy)
        if len(rows) > ROW_LIMIT or len(tidy) > COLUMN_LIMIT or size > CELL_LIMIT:
            raise TableTooLargeError(name)
    return tuple(rows)


def _tidy(text: str) -> str:
    return text if text.isascii() and text.isalnum() else normalise(text)[0].strip()


def table_of(grid: Grid, header: int | None = None) -> Table:
    """The table in a grid; `header` is the number of its row in the file, where somebody chose it."""
    rows = grid.rows
    place = _chosen(rows, header) if header is not None else _header_place(rows)
    if place is None:
        width = max((len(row.cells) for row in rows), default=0)
        return Table(("",) * width, rows)
    names, doubled = _names(rows[place:])
    below = rows[place + 1 + doubled :]
    width = max([len(names), *(len(row.cells) for row in below)])
    return Table(_unique([*names, *[""] * (width - len(names))]), below, place, doubled)


def _chosen(rows: Sequence[Row], number: int) -> int | None:
    return next((place for place, row in enumerate(rows) if row.no == number), None)


def _header_place(rows: Sequence[Row]) -> int | None:
    """The first row that is as wide as those below it and holds words, each another; None if there is none."""
    if not rows:
        return None
    usual = Counter(len(row.cells) for row in rows[:200]).most_common(1)[0][0]
    for place, row in enumerate(rows[:_LOOKED_AT]):
        if row.filled >= max(1, _HEADER_SHARE * usual):
            return place if _like_a_header(row) else None
    return None


def _like_a_header(row: Row) -> bool:
    texts = [text for text in row.cells if text]
    words = sum(not is_value(text) for text in texts)
    return words >= _WORDS_SHARE * len(texts) and len(set(texts)) >= _WORDS_SHARE * len(texts)


def is_value(text: str) -> bool:
    """Whether a cell holds a number, a date or a time."""
    return len(text) <= 40 and _VALUE.fullmatch(text) is not None


def _names(rows: Sequence[Row]) -> tuple[list[str], int]:
    """The header, and how many rows below it belong to it: survey tools write two or three."""
    names = [_one_line(text) for text in rows[0].cells]
    if len(rows) > 2 and any(map(_IMPORT_ID.match, rows[2].cells)):
        return [_one_line(rows[1].cell(place)) or name for place, name in enumerate(names)], 2
    if len(rows) > 1 and any(map(_IMPORT_ID.match, rows[1].cells)):
        return names, 1
    if len(rows) > 1 and any(text.casefold() in _SUBHEADINGS for text in rows[1].cells):
        return _with_subheadings(names, rows[1]), 1
    return names, 0


def _with_subheadings(names: list[str], below: Row) -> list[str]:
    made, above = [], ""
    for place in range(max(len(names), len(below.cells))):
        above = (names[place] if place < len(names) else "") or above
        sub = _one_line(below.cell(place))
        made.append(above if not sub or sub.casefold() in _SUBHEADINGS else f"{above}: {sub}")
    return made


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names with a number behind those that came before."""
    seen: Counter[str] = Counter()
    made: list[str] = []
    for name in names:
        seen[name] += 1
        unique = name if not name or seen[name] == 1 else f"{name} ({seen[name]})"
        while unique and unique in made:
            seen[name] += 1
            unique = f"{name} ({seen[name]})"
        made.append(unique)
    return tuple(made)
