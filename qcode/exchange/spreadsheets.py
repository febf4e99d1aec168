"""Tables from spreadsheets: CSV in any of the usual encodings, and XLSX, as headings and rows of text."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qcode.errors import QcodeError
from qcode.files import extension, read_file

EXTENSIONS = (".csv", ".tsv", ".xlsx")
MOST_ROWS, MOST_COLUMNS = 10_000, 300
_MOST_BYTES, _MOST_UNPACKED = 50_000_000, 200_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",;\t|"
_CHUNK = 1 << 20
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class TooManyRowsError(QcodeError):
    """The file has more rows than a table of participants can have."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” has more than {MOST_ROWS:,} rows. Is it the right file? Nothing was read.")


class TooManyColumnsError(QcodeError):
    """The file has more columns than a table of participants can have."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” has more than {MOST_COLUMNS} columns. Delete those that are not needed.")


class LockedSpreadsheetError(QcodeError):
    """The file is encrypted, or of an old format in the guise of the new one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” has a password or an old format. Save it as .xlsx without a password, or .csv."
        )


class UnreadableSpreadsheetError(QcodeError):
    """The file is no workbook, or a damaged or hostile one."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is damaged or is no spreadsheet. Open it in its program and save it anew.")


class NoSuchSheetError(QcodeError):
    """A workbook has no sheet of that name."""

    def __init__(self, path: Path, name: str, known: Sequence[str]) -> None:
        super().__init__(f"“{path.name}” has no sheet “{name}”. It has: {', '.join(known)}.")


class EmptyTableError(QcodeError):
    """There are no rows below the headings."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” has no rows below a first row of headings. Is it the right file, or sheet?")


@dataclass(frozen=True, slots=True)
class TableFile:
    """The first row of a table as its headings, and the others as text; all rows have as many cells as headings.

    `numbers` says in which row of the file each row stands. `notes` tell what was left out or guessed, and
    `formulas` are the cells (row, column) that hold a formula of which the file does not say the result.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()


def read_table(path: Path, *, sheet: str | None = None) -> TableFile:
    """A table from a file; of a workbook the first sheet, or the one that is named.

    Raises:
        UnknownExtensionError, TooManyRowsError, TooManyColumnsError, LockedSpreadsheetError,
        UnreadableSpreadsheetError, NoSuchSheetError, EmptyTableError, or what `read_file` refuses.
    """
    ending = extension(path, EXTENSIONS)
    data = read_file(path, limit=_MOST_BYTES)
    if data.startswith(_OLE):
        raise LockedSpreadsheetError(path)
    return _workbook(path, data, sheet) if ending == ".xlsx" else _separated(path, data)


def pasted_table(text: str) -> list[list[str]]:
    """The cells of a block as spreadsheets put it on the clipboard: tabs between cells, quotes around line breaks."""
    rows = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter="\t")
    return [[_tidy(cell) for cell in row] for row in rows]


# Separated by commas or tabs ------------------------------------------------------------------------------------


def _separated(path: Path, data: bytes) -> TableFile:
    text, notes = _decoded(data)
    if "\x00" in text:
        raise UnreadableSpreadsheetError(path)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if path.suffix.lower() == ".tsv" else max(_DELIMITERS, key=lambda sign: _apart(first, sign))
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            _refuse_size(path, len(rows) - 1, len(row))
    except csv.Error:
        raise UnreadableSpreadsheetError(path) from None
    return _table(path, [(number, row) for number, row in enumerate(rows, 1)], notes=notes)


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), ["It was read as Western European text: check names with accents."]


def _apart(line: str, sign: str) -> int:
    return len(next(csv.reader([line], delimiter=sign), []))


# Workbooks ------------------------------------------------------------------------------------------------------


def _workbook(path: Path, data: bytes, wanted: str | None) -> TableFile:
    _look_through(path, data)
    book = _opened(path, data, results=False)
    names = tuple(sheet.title for sheet in book.worksheets)
    title = next((name for name in names if wanted is None or name.casefold() == wanted.casefold()), None)
    if title is None:
        raise NoSuchSheetError(path, wanted or "", names)
    page = book[title]
    last = _extent(page)
    _refuse_size(path, last[0] - 1, last[1])
    has_formulas = any(cell.data_type == "f" for row in _cells(page, last) for cell in row)
    results = _opened(path, data, results=True)[title] if has_formulas else page
    return _of_page(path, page, results, names, last)


def _extent(page: Any) -> tuple[int, int]:
    """The last row and the last column in which anything is written: formats alone can reach a million rows down."""
    filled = [place for place, cell in page._cells.items() if cell.value is not None]  # noqa: SLF001 - no other way
    return max((row for row, _column in filled), default=1), max((column for _row, column in filled), default=1)


def _cells(page: Any, last: tuple[int, int]) -> Any:
    return page.iter_rows(max_row=last[0], max_col=last[1])


def _of_page(path: Path, page: Any, results: Any, names: tuple[str, ...], last: tuple[int, int]) -> TableFile:
    left_out = _hidden_columns(page)
    hidden_rows = {number for number, row in page.row_dimensions.items() if row.hidden}
    kept, formulas, calculated = [], set[tuple[int, int]](), 0
    for cells in _cells(page, last):
        number = cells[0].row
        if number in hidden_rows:
            continue
        row: list[str] = []
        for cell in cells:
            if cell.column in left_out:
                continue
            value = cell.value
            if cell.data_type == "f":
                value = results.cell(cell.row, cell.column).value
                calculated += value is not None
                formulas |= {(number, len(row))} if value is None else set()
            row.append(_shown(value))
        kept.append((number, row))
    hidden = {number for number in hidden_rows if number <= last[0]}
    notes = _notes(page, {column for column in left_out if column <= last[1]}, hidden, calculated)
    if len(names) > 1:
        notes.append(f"Read from the sheet “{page.title}”; there are also: {_others(names, page.title)}.")
    return _table(path, kept, sheets=names, notes=notes, formulas=formulas)


def _notes(page: Any, left_out: set[int], hidden_rows: set[int], calculated: int) -> list[str]:
    notes = []
    if left_out:
        titles = (_shown(page.cell(1, column).value) for column in sorted(left_out))
        notes.append(f"Left out, since hidden in the spreadsheet: {', '.join(f'“{title}”' for title in titles)}.")
    if hidden_rows:
        notes.append(f"Left out, since hidden in the spreadsheet: {_counted(len(hidden_rows), 'row')}.")
    if calculated:
        notes.append(f"{_counted(calculated, 'cell')} with a formula: the result that the file holds was read.")
    return notes


def _look_through(path: Path, data: bytes) -> None:
    """Refuse a package that unpacks to too much, declares entities, or has too many rows, before it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > 2_000 or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                raise UnreadableSpreadsheetError(path)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _look_into(path, package, entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise UnreadableSpreadsheetError(path) from None


def _look_into(path: Path, package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    is_page, rows, rest = entry.filename.startswith("xl/worksheets/"), 0, b""
    with package.open(entry) as part:
        while chunk := part.read(_CHUNK):
            seen = rest + chunk
            if _DECLARES.search(seen):
                raise UnreadableSpreadsheetError(path)
            rows += seen.count(b"<row ") - rest.count(b"<row ")
            if is_page and rows > MOST_ROWS + 1:
                raise TooManyRowsError(path)
            rest = seen[-8:]


def _opened(path: Path, data: bytes, *, results: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of what it leaves out, such as drawings
            return openpyxl.load_workbook(io.BytesIO(data), data_only=results, keep_links=False)
    except Exception:  # noqa: BLE001 - a damaged workbook makes it fail in any way
        raise UnreadableSpreadsheetError(path) from None


def _hidden_columns(page: Any) -> set[int]:
    hidden: set[int] = set()
    for group in page.column_dimensions.values():
        if group.hidden and group.min is not None:
            hidden.update(range(group.min, min(group.max, MOST_COLUMNS) + 1))
    return hidden


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    return str(value)


# Both -----------------------------------------------------------------------------------------------------------


def _table(
    path: Path,
    lines: Sequence[tuple[int, list[str]]],
    *,
    sheets: tuple[str, ...] = (),
    notes: Sequence[str] = (),
    formulas: set[tuple[int, int]] | None = None,
) -> TableFile:
    filled = [(number, [_tidy(cell) for cell in row]) for number, row in lines]
    calculating = {row for row, _column in formulas or ()}
    filled = [(number, row) for number, row in filled if any(row) or number in calculating]
    if len(filled) < 2:
        raise EmptyTableError(path)
    width = max(len(row) for _number, row in filled)
    _refuse_size(path, len(filled) - 1, width)
    heads, *rows = (tuple(row + [""] * (width - len(row))) for _number, row in filled)
    numbers = tuple(number for number, _row in filled[1:])
    places = {number: place for place, number in enumerate(numbers)}
    unread = frozenset((places[row], column) for row, column in formulas or () if row in places)
    return TableFile(path.name, heads, tuple(rows), numbers, sheets, tuple(notes), unread)


def _refuse_size(path: Path, rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise TooManyRowsError(path)
    if columns > MOST_COLUMNS:
        raise TooManyColumnsError(path)


def _tidy(cell: str) -> str:
    return " ".join(cell.split())


def _others(names: Sequence[str], title: str) -> str:
    return ", ".join(f"“{name}”" for name in names if name != title)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
