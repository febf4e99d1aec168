"""The participant table of a paper: characteristics by group, in any format."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qcode.files import extension, write_file
from qcode.reports.blocks import Block, Cell, Paragraph, Run, Table, plain
from qcode.reports.formats import EXTENSIONS, file_bytes
from qcode.reports.values import StudyFacts
from qcode.reports.word_styles import TEXT_WIDTH
from qcode.reports.workbooks import Sheet
from qcode.text.cells import guarded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qcode.reports.house_template import Template

SMALL_MARK = "†"

type Row = Literal["title", "level", "figure", "unknown", "missing"]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A figure as it is printed, with what it was made of; `small` marks one that stands on fewer than k people."""

    text: str
    count: int | None = None
    percent: float | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A characteristic (`title`, no cells), or below it one of its levels or figures with a cell for each column."""

    label: str
    is_a: Row
    cells: tuple[TableCell, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipantTable:
    """Characteristics by group: `columns` are the groups with how many people are in each, all together last."""

    title: str
    by: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[TableRow, ...]
    k: int
    notes: tuple[str, ...] = ()


def write_participants(table: ParticipantTable, path: Path, *, template: Template | None = None) -> None:
    """Write the table as a Word document, a workbook, a web page, Markdown or CSV, by the ending of the path.

    Raises:
        UnknownExtensionError: for any other ending.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, EXTENSIONS)
    write_file(path, participants_bytes(table, ending, template=template))


def participants_docx(table: ParticipantTable) -> bytes:
    """The bytes of a Word document with the table, whose headings repeat on every page."""
    return participants_bytes(table, ".docx")


def participants_bytes(table: ParticipantTable, ending: str, *, template: Template | None = None) -> bytes:
    """The bytes of the table in the format of an ending."""
    if ending == ".csv":
        return participants_csv(table)
    return file_bytes(ending, StudyFacts(table.title), participants_blocks(table), (_sheet(table),), template=template)


def participants_blocks(table: ParticipantTable) -> list[Block]:
    """The table under its caption, with its notes."""
    number = Run("1", "Strong", field="SEQ Table \\* ARABIC")
    caption = (Run("Table ", "Strong"), number, Run(". ", "Strong"), Run("Characteristics of the participants"))
    return [
        plain("Title", table.title or "Untitled study"),
        plain("Subtitle", "Participants"),
        Paragraph("caption", caption, keeps=True),
        _printed(table),
        *(plain("Table Note", note) for note in table.notes),
    ]


def participants_csv(table: ParticipantTable) -> bytes:
    """The table as CSV: characteristic, level or figure, then a column for each group, and which cells are small."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(guarded, _heads(table)))
    writer.writerows(map(guarded, line) for line in _lines(table))
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8", "replace")


def _sheet(table: ParticipantTable) -> Sheet:
    return Sheet("Participants", _heads(table), list(_lines(table)), table.notes)


def _heads(table: ParticipantTable) -> list[str]:
    groups = (f"{name} (n = {count})" for name, count in table.columns)
    return ["characteristic", "level", *groups, f"fewer than {table.k}"]


def _lines(table: ParticipantTable) -> Iterator[list[str]]:
    characteristic = ""
    for row in table.rows:
        if row.is_a == "title":
            characteristic = row.label
            continue
        small = "; ".join(name for (name, _n), cell in zip(table.columns, row.cells, strict=True) if cell.small)
        yield [characteristic, row.label, *(cell.text for cell in row.cells), small]


def _printed(table: ParticipantTable) -> Table:
    groups = len(table.columns)
    first = TEXT_WIDTH * 2 // 5 if groups < 4 else TEXT_WIDTH // 4
    each = (TEXT_WIDTH - first) // groups
    return Table(
        ("Characteristic", *(f"{name} (n = {count})" for name, count in table.columns)),
        (TEXT_WIDTH - groups * each, *([each] * groups)),
        tuple(_row(row, groups) for row in table.rows),
        "Characteristics of the participants, with counts, shares and figures for each group.",
        frozenset(range(1, groups + 1)),
    )


def _row(row: TableRow, groups: int) -> tuple[Cell, ...]:
    if row.is_a == "title":
        title = Paragraph("Table Text", (Run(row.label, "Strong"),), keeps=True)
        return ((title,), *((plain("Table Number", ""),) for _ in range(groups)))
    marked = (f"{cell.text}{SMALL_MARK}" if cell.small else cell.text for cell in row.cells)
    return ((plain("Table Indented", row.label),), *((plain("Table Number", text),) for text in marked))
