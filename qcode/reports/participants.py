"""The participant table of a paper: characteristics by group, as a Word document or CSV."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qcode.files import extension, write_file
from qcode.reports.blocks import Block, Cell, Paragraph, Run, Table, plain
from qcode.reports.values import StudyFacts
from qcode.reports.word import document_of
from qcode.reports.word_styles import TEXT_WIDTH
from qcode.text.cells import guarded

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = (".docx", ".csv")
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


def write_participants(table: ParticipantTable, path: Path) -> None:
    """Write the table as a Word document or as CSV, by the ending of the path.

    Raises:
        UnknownExtensionError: for any other ending.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, EXTENSIONS)
    write_file(path, participants_docx(table) if ending == ".docx" else participants_csv(table))


def participants_docx(table: ParticipantTable) -> bytes:
    """The bytes of a Word document with the table, whose headings repeat on every page."""
    number = Run("1", "Strong", field="SEQ Table \\* ARABIC")
    caption = (Run("Table ", "Strong"), number, Run(". ", "Strong"), Run("Characteristics of the participants"))
    blocks: list[Block] = [
        plain("Title", table.title or "Untitled study"),
        Paragraph("caption", caption, keeps=True),
        _printed(table),
        *(plain("Table Note", note) for note in table.notes),
    ]
    return document_of(StudyFacts(table.title), blocks)


def participants_csv(table: ParticipantTable) -> bytes:
    """The table as CSV: characteristic, level or figure, then a column for each group, and which cells are small."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    heads = [f"{name} (n = {count})" for name, count in table.columns]
    writer.writerow(["characteristic", "level", *map(guarded, heads), f"fewer than {table.k}"])
    characteristic = ""
    for row in table.rows:
        if row.is_a == "title":
            characteristic = row.label
            continue
        small = "; ".join(name for (name, _n), cell in zip(table.columns, row.cells, strict=True) if cell.small)
        cells = [cell.text for cell in row.cells]
        writer.writerow([*map(guarded, [characteristic, row.label, *cells]), guarded(small)])
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8", "replace")


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
