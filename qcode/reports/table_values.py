"""A table as a report prints it, whatever it is about and whatever file it ends in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qcode.reports.values import StudyFacts

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell that is printed in other words than its bare value, such as ``9 (56 %)`` for 9.

    Pages print ``text``; spreadsheets get ``value`` where there is one. ``depth`` sets it in below the row above, and
    ``strong`` stands for totals and for titles of groups.
    """

    text: str
    value: int | float | None = None
    depth: int = 0
    strong: bool = False
    language: str = ""

    def __str__(self) -> str:
        return self.text


HIDDEN_MARK: Final = "‡"
"""What stands in the place of a figure that is not shown."""

type TableValue = str | int | float | Printed | None


@dataclass(frozen=True, slots=True)
class TableReport:
    """A table under its caption; each row has as many cells as there are headings, and None prints as a dash.

    ``note`` says what is counted, under the table; each of its lines is a paragraph. ``widths`` are the
    columns' shares of the page in proportion to one another, found from the words where there are none; ``summary``
    tells a screen reader what the table holds; ``sheet`` is the name of its sheet in a workbook.
    """

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[TableValue, ...], ...]
    widths: tuple[int, ...] = ()
    summary: str = ""
    sheet: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The paragraphs under the table."""
        return tuple(line.strip() for line in self.note.splitlines() if line.strip())

    @property
    def numbers(self) -> frozenset[int]:
        """The columns that hold figures and nothing else, which are set to the right."""
        return frozenset(self._numbers())

    def _numbers(self) -> Iterator[int]:
        for column in range(len(self.headings)):
            cells = [row[column] for row in self.rows if row[column] is not None and row[column] != ""]
            if cells and all(is_number(cell) or str(cell) == HIDDEN_MARK for cell in cells):
                yield column


@dataclass(frozen=True, slots=True)
class TablesReport:
    """Several tables under one title, with paragraphs before them; a workbook gets one sheet for each."""

    facts: StudyFacts
    tables: tuple[TableReport, ...]
    subtitle: str = ""
    opening: tuple[str, ...] = ()


def is_number(cell: TableValue) -> bool:
    """Whether a cell holds a figure."""
    return cell.value is not None if isinstance(cell, Printed) else isinstance(cell, int | float)


def bare(cell: TableValue) -> str | int | float | None:
    """What a spreadsheet gets of a cell."""
    if isinstance(cell, Printed):
        return cell.text if cell.value is None else cell.value
    return cell
