"""Excel workbooks of survey answers or of turns: what is hidden stays out, formulas count by their values.

The parts are walked directly: a hidden sheet, row or column looks like any other to most readers.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.gate import DamagedFileError, Package, parse_xml
from qcode.transcripts.grids import CELL_LIMIT, Grid, Row, TableTooLargeError, rows_of
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.sheets import Sheet, read_sheet
from qcode.transcripts.tables import parse_grid
from qcode.transcripts.wording import counted
from qcode.transcripts.xlsx_values import Dating, read_datings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from qcode.transcripts.reader import Source

WORKBOOK: Final = "xl/workbook.xml"
SHEET_OPTION: Final = "sheet"
"""The option with the name of the sheet to read, where the one with most text is not the one."""

_ENTITY: Final = re.compile(rb"<(?:\w{1,20}:)?(?:c|si)[\s>/]")
_ON: Final = frozenset({"1", "true"})


class NoSuchSheetError(QcodeError):
    """The sheet that was chosen is not in the workbook, or is hidden in it."""

    def __init__(self, name: str, sheet: str) -> None:
        super().__init__(f"{name} has no visible sheet called “{sheet}”. Check its name in the spreadsheet.")


class NothingVisibleError(QcodeError):
    """Every sheet of a workbook is hidden or empty."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Every sheet of {name} is hidden or empty. Show the sheet with the answers and save it again."
        )


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def _recognises(source: Source) -> bool:
    return source.data.startswith(b"PK") and WORKBOOK in Package(source)


def _parse(source: Source) -> Parsed:
    package = Package(source)
    workbook = _xml(source.name, package, WORKBOOK)
    listed = _listed(source.name, package, workbook)
    strings = _strings(source.name, package)
    datings = read_datings(_optional(source.name, package, "xl/styles.xml"), since_1904=_since_1904(workbook))
    wanted = source.options.get(SHEET_OPTION)
    seen = [entry for entry in listed if not entry.hidden and (wanted is None or entry.name == wanted)]
    if wanted is not None and not seen:
        raise NoSuchSheetError(source.name, wanted)
    sheets = [(entry, _sheet(source.name, package, entry, strings, datings)) for entry in seen]
    filled = [(entry, sheet, rows) for entry, sheet in sheets if (rows := rows_of(source.name, sheet.rows))]
    if not filled:
        raise NothingVisibleError(source.name)
    chosen, sheet, rows = max(filled, key=lambda found: _words(found[2]))
    others = [entry.name for entry, _, _ in filled if entry is not chosen]
    names = (entry.name for entry in listed if not entry.hidden and entry is not chosen)
    grid = Grid(
        rows=rows,
        warnings=(*_warnings(sheet, listed, others), *_package_warnings(package)),
        rules=(
            ("hidden rows left out", sheet.hidden_rows),
            ("hidden columns left out", sheet.hidden_columns),
            ("formula cells read by their value", sheet.formulas),
        ),
    )
    return replace(parse_grid(source, grid), sheets=(chosen.name, *names))


def _xml(name: str, package: Package, part: str) -> etree._Element:
    data = package.read(part)
    if sum(1 for _ in _ENTITY.finditer(data)) > CELL_LIMIT:
        raise TableTooLargeError(name)
    return parse_xml(name, data)


def _optional(name: str, package: Package, part: str) -> etree._Element | None:
    return _xml(name, package, part) if part in package else None


def _listed(name: str, package: Package, workbook: etree._Element) -> list[_Listed]:
    """The worksheets in the workbook's order; charts and macro sheets are none."""
    relations = _xml(name, package, "xl/_rels/workbook.xml.rels")
    targets = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("xl", relation.get("Target", ""))).lstrip("/")
        for relation in relations.iter("{*}Relationship")
        if relation.get("Type", "").endswith("/worksheet") and relation.get("TargetMode") != "External"
    }
    made = []
    for sheet in workbook.iter("{*}sheet"):
        relation_id = next((str(found) for key, found in sheet.attrib.items() if str(key).endswith("}id")), "")
        part = targets.get(relation_id, "")
        if part in package:
            made.append(_Listed(sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"))
    if not made:
        raise DamagedFileError(name)
    return made


def _since_1904(workbook: etree._Element) -> bool:
    properties = next(workbook.iter("{*}workbookPr"), None)
    return properties is not None and properties.get("date1904") in _ON


def _strings(name: str, package: Package) -> list[str]:
    """The workbook's shared strings, without the phonetic readings beside them."""
    root = _optional(name, package, "xl/sharedStrings.xml")
    return [] if root is None else ["".join(_texts(item)) for item in root.iterchildren("{*}si")]


def _texts(item: etree._Element) -> Iterator[str]:
    for text in item.iter("{*}t"):
        parent = text.getparent()
        if parent is not None and not str(parent.tag).endswith("}rPh"):
            yield text.text or ""


def _sheet(
    name: str, package: Package, listed: _Listed, strings: Sequence[str], datings: Sequence[Dating | None]
) -> Sheet:
    return read_sheet(name, _xml(name, package, listed.part), strings, datings)


def _words(rows: Sequence[Row]) -> int:
    return sum(len(cell.split()) for row in rows for cell in row.cells)


def _warnings(sheet: Sheet, listed: Sequence[_Listed], others: Sequence[str]) -> Iterator[str]:
    if hidden := sum(entry.hidden for entry in listed):
        yield f"{counted(hidden, 'hidden sheet')} left out; such sheets often hold names or addresses."
    if sheet.hidden_rows:
        yield f"{counted(sheet.hidden_rows, 'hidden row')} left out; show them in the spreadsheet if they belong in."
    if sheet.hidden_columns:
        yield f"{counted(sheet.hidden_columns, 'hidden column')} left out; show them if they belong in."
    if others:
        yield f"{counted(len(others), 'other sheet')} not read: {', '.join(others)}."
    if sheet.unknown_formulas:
        cells = counted(sheet.unknown_formulas, "formula cell")
        yield f"{cells} without a value left empty; open the file in a spreadsheet and save it again."
    if sheet.errors:
        yield f"{counted(sheet.errors, 'cell')} with an error value left empty."


def _package_warnings(package: Package) -> Iterator[str]:
    if any("comments" in part.lower() for part in package.names if part.startswith("xl/")):
        yield "Comments on cells left out; comments may hold real names."
    if any(part.endswith("vbaProject.bin") for part in package.names):
        yield "The file holds macros. They are never run; only the cells were read."


READER: Final = Reader("xlsx", 1, _recognises, _parse)
