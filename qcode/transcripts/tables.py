"""A table out of whatever file, read as turns where it is one of turns, else as the answers of a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.columns import asked_uses, unnamed
from qcode.transcripts.grids import Table, table_of
from qcode.transcripts.survey import parse_survey
from qcode.transcripts.turn_tables import parse_turns, turn_uses

if TYPE_CHECKING:
    from qcode.transcripts.grids import Grid
    from qcode.transcripts.reader import Parsed, Source

HEADER_OPTION: Final = "header"
"""The option with the number of the row that holds the header, or "none", where the guess is wrong."""

NO_HEADER: Final = "none"

_OF_SURVEYS: Final = frozenset({"id", "open"})


class HeaderRowError(QcodeError):
    """The row that was chosen as the header is no number, or is empty."""

    def __init__(self, row: str) -> None:
        super().__init__(
            f"There is no row {row} with headers. Give the number of a row that is filled in, such as 2, or none."
        )


def parse_grid(source: Source, grid: Grid) -> Parsed:
    """The blocks of a table; raises HeaderRowError and ColumnUseError for options that cannot be followed."""
    table = _table(source, grid)
    asked = asked_uses(table, source.options)
    chosen = set(asked.values())
    if not chosen & _OF_SURVEYS and (uses := turn_uses(table, asked)) is not None:
        return parse_turns(source, grid, table, uses)
    return parse_survey(source, grid, table)


def _table(source: Source, grid: Grid) -> Table:
    if source.options.get(HEADER_OPTION) != NO_HEADER:
        return table_of(grid, _header(source, grid))
    width = max((len(row.cells) for row in grid.rows), default=0)
    return Table(tuple(map(unnamed, range(width))), grid.rows)


def _header(source: Source, grid: Grid) -> int | None:
    row = source.options.get(HEADER_OPTION)
    if row is None:
        return None
    if not row.isdecimal() or int(row) not in {found.no for found in grid.rows}:
        raise HeaderRowError(row)
    return int(row)
