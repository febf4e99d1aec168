"""One worksheet of a workbook: its visible cells as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qcode.transcripts.gate import DamagedFileError
from qcode.transcripts.grids import COLUMN_LIMIT, TableTooLargeError
from qcode.transcripts.xlsx_values import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from qcode.transcripts.xlsx_values import Dating

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ON: Final = frozenset({"1", "true"})
_LAST_COLUMN: Final = 16_384


@dataclass(slots=True)
class Sheet:
    """The visible rows of a sheet, each with its number and its cells, and what was left out of it."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    formulas: int = 0
    unknown_formulas: int = 0
    errors: int = 0


def read_sheet(name: str, root: etree._Element, strings: Sequence[str], datings: Sequence[Dating | None]) -> Sheet:
    """The cells of a worksheet; raises DamagedFileError, TableTooLargeError."""
    walk = _SheetWalk(name, strings, datings, _hidden_columns(root))
    for row in root.iter("{*}row"):
        walk.take(row)
    walk.sheet.hidden_columns = len(walk.columns_skipped)
    return walk.sheet


def _hidden_columns(root: etree._Element) -> list[tuple[int, int]]:
    """Ranges of hidden columns, from 1, both ends in."""
    return [
        (_number(column.get("min")), _number(column.get("max")))
        for column in root.iter("{*}col")
        if column.get("hidden") in _ON or column.get("width") == "0"
    ]


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 9 else 0


class _SheetWalk:
    """The state of going through the rows once."""

    def __init__(
        self, name: str, strings: Sequence[str], datings: Sequence[Dating | None], hidden: Sequence[tuple[int, int]]
    ) -> None:
        self._name = name
        self._strings = strings
        self._datings = datings
        self._hidden = hidden
        self._row_no = 0
        self.columns_skipped: set[int] = set()
        self.sheet = Sheet()

    def take(self, row: etree._Element) -> None:
        """Take in a row with the cells that can be seen."""
        self._row_no = _number(row.get("r")) or self._row_no + 1
        if row.get("hidden") in _ON or row.get("ht") == "0":
            self.sheet.hidden_rows += len(row) > 0
            return
        cells: list[str] = []
        column = 0
        for cell in row.iterchildren("{*}c"):
            column = self._column(cell, column)
            if any(low <= column <= high for low, high in self._hidden):
                self.columns_skipped.add(column)
            elif text := self._text(cell):
                cells += [""] * (column - 1 - len(cells))
                cells.append(text)
        if cells:
            self.sheet.rows.append((self._row_no, cells))

    def _column(self, cell: etree._Element, before: int) -> int:
        """The number of a cell's column from 1; cells come in order, and may leave their places out."""
        found = _REFERENCE.fullmatch(cell.get("r", ""))
        column = before + 1
        if found:
            column = 0
            for letter in found[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
        if column <= before:
            raise DamagedFileError(self._name)
        if column > _LAST_COLUMN or (column > COLUMN_LIMIT and len(cell)):
            raise TableTooLargeError(self._name)
        return column

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        value = next((child.text or "" for child in cell.iterchildren("{*}v")), "")
        if next(cell.iterchildren("{*}f"), None) is not None:
            self.sheet.formulas += bool(value)
            self.sheet.unknown_formulas += not value
        if kind == "e":
            self.sheet.errors += 1
            return ""
        if kind == "inlineStr":
            return _unescaped("".join(text.text or "" for text in cell.iter("{*}t")))
        if kind == "s":
            return _unescaped(self._shared(value))
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE" if value else ""
        return _unescaped(value) if kind in {"str", "d"} else self._of_number(cell, value)

    def _shared(self, value: str) -> str:
        if not value:
            return ""
        place = _number(value)
        if place >= len(self._strings):
            raise DamagedFileError(self._name)
        return self._strings[place]

    def _of_number(self, cell: etree._Element, value: str) -> str:
        style = _number(cell.get("s"))
        return as_text(value, self._datings[style] if style < len(self._datings) else None)


def _unescaped(text: str) -> str:
    """The text with the characters that the format writes as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
