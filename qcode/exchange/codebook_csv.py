"""Codebooks as CSV: one row a code, its place as a path such as ``Trust > Felt judged``.

In a path a backslash takes the next character as it is, so a name may hold ``>`` itself. Cells that a spreadsheet
could take for formulas carry an apostrophe; rows we wrote say so in the column ``written_by``, and only in those
is the apostrophe taken off again and every blank kept.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from qcode.errors import QcodeError
from qcode.exchange.code_entries import DEEPEST_CODE, Codebook, CodesTooDeepError, NameMissingError, shortened
from qcode.exchange.code_fields import FIELDS, entry, field_named
from qcode.text.cells import guarded, unguarded

if TYPE_CHECKING:
    from collections.abc import Sequence

_DELIMITERS = (",", ";", "\t")
_OURS = "qcode"
_COLUMNS = ("path", *FIELDS, "codebook", "version", "written_by")
_READ = frozenset({*_COLUMNS, "name", "parent"})


class NotACodebookTableError(QcodeError):
    """The first row of the table does not name the columns of a codebook."""

    def __init__(self) -> None:
        super().__init__(
            "The first row of the table must name its columns, and one of them must be “path” or “name” (or “code”): "
            "add such a row. Further columns that are read: parent, kind, colour, brief, full, when to use, "
            "when not to use, typical example, near miss."
        )


class ColumnRepeatedError(QcodeError):
    """Two columns mean the same field."""

    def __init__(self, field: str, first: str, second: str) -> None:
        super().__init__(
            f"The columns “{shortened(first)}” and “{shortened(second)}” both mean “{field}”. Rename or remove one."
        )


class TableBrokenError(QcodeError):
    """The rows cannot be told apart, for instance because a quotation mark is never closed."""

    def __init__(self, line: int) -> None:
        super().__init__(
            f"The table breaks off near line {line}: a quotation mark is not closed, or a cell is far too long. "
            "Save it again from the spreadsheet as “CSV UTF-8”."
        )


class RowTooLongError(QcodeError):
    """A row has more cells than the heading row."""

    def __init__(self, row: int) -> None:
        super().__init__(
            f"Row {row} has more cells than the heading row. Put text that holds the separator in quotation marks."
        )


class PathBrokenError(QcodeError):
    """A path has an empty name in it or ends in a lone backslash."""

    def __init__(self, row: int) -> None:
        super().__init__(
            f"Row {row}: the path has an empty name in it. Write “ > ” between names, and “\\>” for a > inside a name."
        )


class ParentUnknownError(QcodeError):
    """The parent of a code is not among the rows."""

    def __init__(self, row: int, parent: str) -> None:
        super().__init__(f"Row {row} names the parent “{shortened(parent)}”, but no row defines it. Add a row for it.")


class ParentAmbiguousError(QcodeError):
    """Several codes have the name that is given as a parent."""

    def __init__(self, row: int, parent: str) -> None:
        super().__init__(
            f"Row {row} names the parent “{shortened(parent)}”, but several codes have that name. "
            "Write the whole path in the column “parent”, with “ > ” between the names."
        )


class ParentCircleError(QcodeError):
    """A code is, by way of its parents, its own parent."""

    def __init__(self, row: int) -> None:
        super().__init__(f"Row {row}: its parents lead back to the code itself. Correct the column “parent”.")


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: dict[str, str]


def parsed(text: str) -> Codebook:
    """The codebook in the text of a CSV file, its entries not yet checked against each other.

    Raises:
        NotACodebookTableError, ColumnRepeatedError, TableBrokenError, RowTooLongError, PathBrokenError,
        NameMissingError, ParentUnknownError, ParentAmbiguousError, ParentCircleError, and what
        ``code_fields.entry`` raises.
    """
    headings, table = _table(text)
    notes: list[str] = []
    columns = _columns(headings, notes)
    rows = [_Row(number, _cells(columns, len(headings), cells, number)) for number, cells in table]
    paths = _from_paths(rows) if "path" in columns else _from_parents(rows)
    entries = tuple(entry(path, row.cells, notes) for path, row in zip(paths, rows, strict=True))
    first = rows[0].cells if rows else {}
    return Codebook(first.get("codebook", ""), first.get("version", ""), entries, tuple(notes))


def printed(book: Codebook) -> str:
    """The CSV text of a codebook; its name and version stand in every row, so sorting rows loses nothing."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for code in book.entries:
        values = [getattr(code, field) for field in FIELDS]
        texts = ["" if value is None else str(value) for value in (*values, book.name, book.version)]
        writer.writerow([guarded(text) for text in (path_text(code.path), *texts, _OURS)])
    return out.getvalue()


def path_text(path: Sequence[str]) -> str:
    """A path in one cell; ``path_names`` gives the names back whatever they hold."""
    return " > ".join(_escaped(name) for name in path)


def path_names(text: str) -> tuple[str, ...] | None:
    """The names in a path; None where one is empty or a backslash has nothing after it."""
    names: list[list[str]] = [[]]
    signs = iter(text)
    for sign in signs:
        if sign == "\\":
            following = next(signs, None)
            if following is None:
                return None
            names[-1].append("\\" + following)
        elif sign == ">":
            names.append([])
        else:
            names[-1].append(sign)
    found = tuple(_unescaped(name) for name in names)
    return found if all(found) else None


def _escaped(name: str) -> str:
    start, end = len(name) - len(name.lstrip()), len(name.rstrip())
    inside = (place for place, _ in enumerate(name))
    signs = (f"\\{name[n]}" if name[n] in "\\>" or not start <= n < end else name[n] for n in inside)
    return "".join(signs)


def _unescaped(signs: list[str]) -> str:
    while signs and signs[0].isspace():
        signs = signs[1:]
    while signs and signs[-1].isspace():
        signs = signs[:-1]
    return "".join(sign[-1] for sign in signs)


def _table(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    delimiter, text = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, row in enumerate(reader, start=1):
            if any(cell.strip() for cell in row):
                rows.append((number, row))
    except csv.Error:
        raise TableBrokenError(reader.line_num) from None
    if not rows:
        raise NotACodebookTableError
    return rows[0][1], rows[1:]


def _delimiter(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    declared = first.strip()
    if declared.lower().startswith("sep=") and declared[4:] in _DELIMITERS:
        return declared[4:], rest
    return max(_DELIMITERS, key=lambda sign: _fitness(text, sign)), text


def _fitness(text: str, delimiter: str) -> tuple[int, int]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        headings = next((row for row in rows if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return 0, 0
    return sum(field_named(heading) in _READ for heading in headings), len(headings)


def _columns(headings: Sequence[str], notes: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        field = field_named(heading)
        if field in columns:
            raise ColumnRepeatedError(field, headings[columns[field]], heading)
        if field in _READ:
            columns[field] = place
        elif heading.strip():
            notes.append(f"The column “{shortened(heading.strip())}” was not read.")
    if "path" not in columns and "name" not in columns:
        raise NotACodebookTableError
    return columns


def _cells(columns: dict[str, int], width: int, row: Sequence[str], number: int) -> dict[str, str]:
    if any(cell.strip() for cell in row[width:]):
        raise RowTooLongError(number)
    cells = {field: row[place] if place < len(row) else "" for field, place in columns.items()}
    if cells.get("written_by") == _OURS:
        return {field: unguarded(cell) for field, cell in cells.items()}
    return {field: cell.strip() for field, cell in cells.items()}


def _from_paths(rows: Sequence[_Row]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for row in rows:
        if not row.cells["path"].strip():
            raise NameMissingError(f"Row {row.number}")
        path = path_names(row.cells["path"])
        if path is None:
            raise PathBrokenError(row.number)
        found.append(path)
    return found


def _from_parents(rows: Sequence[_Row]) -> list[tuple[str, ...]]:
    named: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if not row.cells["name"].strip():
            raise NameMissingError(f"Row {row.number}")
        named.setdefault(row.cells["name"], []).append(place)
    found: dict[int, tuple[str, ...]] = {}
    for _ in range(DEEPEST_CODE + 1):
        if not _find_some(rows, named, found):
            break
    if len(found) < len(rows):
        _refuse_unplaced([row for place, row in enumerate(rows) if place not in found], named)
    return [found[place] for place in range(len(rows))]


def _find_some(rows: Sequence[_Row], named: dict[str, list[int]], found: dict[int, tuple[str, ...]]) -> bool:
    before = len(found)
    known = set(found.values())
    for place, row in enumerate(rows):
        if place in found:
            continue
        parent = row.cells.get("parent", "")
        above = _above(place, row, named, found, known) if parent.strip() else ()
        if above is not None:
            found[place] = (*above, row.cells["name"])
    return len(found) > before


def _above(
    place: int,
    row: _Row,
    named: dict[str, list[int]],
    found: dict[int, tuple[str, ...]],
    known: set[tuple[str, ...]],
) -> tuple[str, ...] | None:
    parent = row.cells["parent"]
    others = [other for other in named.get(parent, []) if other != place]
    if len(others) > 1:
        raise ParentAmbiguousError(row.number, parent)
    if others:
        return found.get(others[0])
    path = path_names(parent)
    return path if path in known else None


def _refuse_unplaced(rows: Sequence[_Row], named: dict[str, list[int]]) -> NoReturn:
    for row in rows:
        if row.cells["parent"] not in named:
            raise ParentUnknownError(row.number, row.cells["parent"])
    above = {row.cells["name"]: row.cells["parent"] for row in rows}
    name, seen = rows[0].cells["name"], set[str]()
    while name in above and name not in seen:
        seen.add(name)
        name = above[name]
    raise ParentCircleError(rows[0].number) if name in seen else CodesTooDeepError
