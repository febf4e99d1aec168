"""Workbooks for spreadsheets: tables as text and numbers, no formula, nothing about who made them, where or when.

The parts are written as they stand in ISO/IEC 29500 (SpreadsheetML); texts are inline strings, which no program runs.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import dataclass
from html import escape
from itertools import batched, chain, islice, product
from typing import TYPE_CHECKING

from qcode.errors import QcodeError
from qcode.reports.table_values import Printed
from qcode.text.cells import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qcode.reports.table_values import TableValue

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_CELL = 32_767
CUT = " […] cut here: a cell holds 32,767 characters"
_LONGEST_NAME = 31
_LOOKED_AT = 300
_TOGETHER = 200
_NARROWEST, _WIDEST = 9, 64
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN, _HEADING, _PREFIXED, _NUMBER, _STRONG, _NOTE, _INDENTED = range(7)
_FORMATS = {"†": '#,##0"†"', "%": '0.0" %"'}  # what numbers keep of how they are printed
_FIRST_FORMAT = 164  # those before are the programs' own
_FORMATTED = {(mark, strong): 7 + place for place, (mark, strong) in enumerate(product(_FORMATS, (False, True)))}


class TableTooLargeForSheetError(QcodeError):
    """A table has more rows or columns than a sheet of any spreadsheet."""

    def __init__(self, title: str, rows: int, columns: int) -> None:
        super().__init__(
            f"“{title[:80]}” has {rows:,} rows and {columns:,} columns; a sheet holds {MOST_ROWS:,} and "
            f"{MOST_COLUMNS:,}. Save it as .csv, or choose fewer rows or columns."
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: headings, rows below them, and what is to be said under the table."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[TableValue]]
    notes: Sequence[str] = ()


def workbook(title: str, sheets: Iterable[Sheet]) -> bytes:
    """The bytes of a workbook: equal sheets make equal files, byte by byte.

    Raises:
        TableTooLargeForSheetError: if a table does not fit on a sheet.
    """
    out = io.BytesIO()
    names: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for sheet in sheets:
            names.append(sheet_name(sheet.name, names))
            _put(package, f"xl/worksheets/sheet{len(names)}.xml", _sheet(sheet))
        if not names:
            names.append("Empty")
            _put(package, "xl/worksheets/sheet1.xml", _sheet(Sheet("Empty", (), ())))
        for path, xml in _frame(title, names):
            _put(package, path, (xml,))
    return out.getvalue()


def sheet_name(wished: str, taken: Sequence[str]) -> str:
    """A name that a sheet may have and no other sheet has: 31 characters, without signs that stand in references."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", _xml(wished)).split()).strip("'")[:_LONGEST_NAME].strip() or "Sheet"
    used = {other.casefold() for other in taken} | {"history"}
    number, tried = 2, name
    while tried.casefold() in used:
        ending = f" {number}"
        tried, number = f"{name[: _LONGEST_NAME - len(ending)]}{ending}", number + 1
    return tried


def _put(package: zipfile.ZipFile, path: str, pieces: Iterable[str]) -> None:
    entry = zipfile.ZipInfo(path)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with package.open(entry, "w") as part:
        part.write(_HEAD.encode())
        part.writelines("".join(some).encode() for some in batched(pieces, _TOGETHER))


# A sheet ----------------------------------------------------------------------------------------------------------


def _sheet(sheet: Sheet) -> Iterator[str]:
    rows = iter(sheet.rows)
    first = list(islice(rows, _LOOKED_AT))
    columns = len(sheet.headings)
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    yield '<sheetFormatPr defaultRowHeight="15"/>'
    yield _widths(sheet.headings, first)
    yield "<sheetData>"
    if sheet.headings:
        yield _row(1, sheet.headings, _HEADING)
    number = 1
    for number, row in enumerate(chain(first, rows), 2):
        if number > MOST_ROWS - len(sheet.notes) - 1 or columns > MOST_COLUMNS:
            raise TableTooLargeForSheetError(sheet.name, number + sum(1 for _ in rows), columns)
        yield _row(number, row, _PLAIN)
    for place, note in enumerate(sheet.notes, number + 2):
        yield _row(place, (note,), _NOTE)
    yield "</sheetData>"
    if columns and number > 1:
        yield f'<autoFilter ref="A1:{letters(columns)}{number}"/>'
    yield "</worksheet>"


def _row(number: int, cells: Sequence[TableValue], style: int) -> str:
    return f'<row r="{number}">{"".join(_cell(cell, style) for cell in cells)}</row>'


def _cell(cell: TableValue, style: int) -> str:
    if isinstance(cell, Printed):
        style = _STRONG if cell.strong else _INDENTED if cell.depth else style
        style = style if cell.value is None else _FORMATTED.get((cell.text[-1:], cell.strong), style)
        cell = cell.text if cell.value is None else cell.value
    if isinstance(cell, str):
        return _text(cell, style) if cell else f'<c s="{style}"/>'
    if cell is None or not math.isfinite(cell):
        return f'<c s="{style}"/>'
    return f'<c s="{style or _NUMBER}"><v>{cell!r}</v></c>'


def _text(text: str, style: int) -> str:
    if guarded(text) is not text:
        style = _PREFIXED
    text = _xml(text)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - len(CUT)] + CUT
    said = escape(_LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text, quote=False)
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _xml(text: str) -> str:
    """The text as a cell may hold it: line breaks as one sign, a replacement sign for what XML may not hold."""
    if text.isprintable():  # as nearly always: no control, no half of a pair, nothing that is no character
        return text
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _widths(headings: Sequence[str], rows: Sequence[Sequence[TableValue]]) -> str:
    if not headings:
        return ""
    longest = [len(heading) + 4 for heading in headings]
    for row in rows:
        for column, cell in enumerate(row[: len(longest)]):
            longest[column] = max(longest[column], _length(cell))
    each = (
        f'<col min="{column}" max="{column}" width="{min(max(width, _NARROWEST), _WIDEST)}" customWidth="1"/>'
        for column, width in enumerate(longest, 1)
    )
    return f"<cols>{''.join(each)}</cols>"


def _length(cell: TableValue) -> int:
    text = str(cell) if cell is not None else ""
    return max(map(len, text.split("\n"))) + 2 if len(text) < _WIDEST else _WIDEST


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, sign = divmod(column - 1, 26)
        name = chr(ord("A") + sign) + name
    return name


# The parts around the sheets --------------------------------------------------------------------------------------


def _frame(title: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(names) + 1)
    content = f"{_PACKAGE}/content-types"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{office}.worksheet+xml"/>'
        for number in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{content}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{sheets}'
            f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{office}.styles+xml"/>'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ),
    )
    yield (
        "_rels/.rels",
        _related(
            (f"{_RELATIONS}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
    )
    sheet_parts = [(f"{_RELATIONS}/worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _related(*sheet_parts, (f"{_RELATIONS}/styles", "styles.xml"))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    inner = f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets>"
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{inner}</workbook>'
    yield "xl/styles.xml", _styles()
    yield (
        "docProps/core.xml",
        (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(_xml(title)[:255], quote=False)}</dc:title>'
            "</cp:coreProperties>"
        ),
    )


def _related(*relations: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _styles() -> str:
    def form(font: int = 0, border: int = 0, align: str = "", more: str = "", number: int = 0) -> str:
        return (
            f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyAlignment="1"{more}>'
            f'<alignment vertical="top"{align}/></xf>'
        )

    wrapped, numbers = ' wrapText="1"', range(_FIRST_FORMAT, _FIRST_FORMAT + len(_FORMATS))
    forms = (
        form(align=wrapped),
        form(1, 1, wrapped),
        form(align=wrapped, more=' quotePrefix="1"'),
        form(),
        form(1, align=wrapped),
        form(2),
        form(align=f' horizontal="left"{wrapped} indent="1"'),
        *(form(font=strong, more=' applyNumberFormat="1"', number=number) for number in numbers for strong in (0, 1)),
    )
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'
        for number, code in zip(numbers, _FORMATS.values(), strict=True)
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(numbers)}">{formats}</numFmts><fonts count="3">'
        '<font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font><font><i/><sz val="10"/><name val="Calibri"/></font>'
        '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/>'
        '<bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(forms)}">{"".join(forms)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
