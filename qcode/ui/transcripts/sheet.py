"""A table like a spreadsheet's: cells are chosen, typed, pasted as a block, filled down and cleared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.errors import QcodeError
from qcode.exchange.spreadsheets import pasted_table
from qcode.queries.people.attributes import NOTHING, Sheet, SheetCell, SheetColumn, SheetRow
from qcode.text.blocks import Block, CellEntry, NewRow
from qcode.ui.table import Column
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Field, FieldDelegate, FieldTable, Index

_LEAST, _WIDEST = 8 * SPACE, 30 * SPACE

type Write = Callable[[Block], object]


class BlockTooLargeError(QcodeError):
    """A pasted block reaches beyond the table."""

    def __init__(self, columns: int) -> None:
        said = "one column" if columns == 1 else f"{columns} columns"
        super().__init__(f"The block reaches {said} beyond the table. Choose a cell further left, or add attributes.")


class NoNamesForRowsError(QcodeError):
    """A pasted block has more rows than the table, and does not say whom they are about."""

    def __init__(self, rows: int) -> None:
        said = "one row" if rows == 1 else f"{rows} rows"
        super().__init__(f"The block reaches {said} beyond the table. Paste it with the names in its first column.")


class SheetTable(FieldTable):
    """Everything that is recorded about one kind of subject. Columns beyond the sheet's, given as `more`, only tell."""

    def __init__(self, write: Write, more: Sequence[Column[SheetRow]] = (), parent: QWidget | None = None) -> None:
        super().__init__((Field("", lambda row: row.name), *more), parent)
        self._write, self._more = write, tuple(more)
        self._sheet: Sheet | None = None
        self._chosen: set[tuple[object, str]] = set()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(_SheetDelegate(self))

    # Properties

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self._sheet

    # Methods

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a table as it is read; the chosen cells stay chosen."""
        before = self._keys()
        self._sheet = sheet
        columns = (*map(self._field, sheet.columns), *self._more)

        def take() -> None:
            self._rows.columns = columns
            self._rows.take(sheet.rows, lambda row: row.id)

        self._change(take)
        if before != self._keys():
            self._set_up_headers(columns)
            self._fit_columns()

    def selected_rows(self) -> list[SheetRow]:
        """The rows of which a cell is chosen, in the order they are shown."""
        return [self._rows.shown[line] for line in sorted({index.row() for index in self.selectedIndexes()})]

    def chosen_cells(self) -> list[tuple[int, int]]:
        """The line and column of each chosen cell, or of the cursor's."""
        cells = sorted({(index.row(), index.column()) for index in self.selectedIndexes()})
        current = self.currentIndex()
        return cells or ([(current.row(), current.column())] if current.isValid() else [])

    def names_chosen(self) -> bool:
        """Whether names of rows are chosen, and so the rows themselves."""
        return any(column == 0 for _line, column in self.chosen_cells())

    def copy(self) -> None:
        """Put the chosen cells on the clipboard as spreadsheets do."""
        cells = self.chosen_cells()
        if not cells:
            return
        columns = range(min(column for _line, column in cells), max(column for _line, column in cells) + 1)
        chosen = set(cells)
        lines = [
            "\t".join(self._words(line, column) if (line, column) in chosen else "" for column in columns)
            for line in sorted({line for line, _column in cells})
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def block_to_paste(self) -> Block:
        """What pasting the clipboard at the chosen cells would write.

        One cell fills all that are chosen; a block is put at the first of them, and its rows beyond the table are
        new where it holds their names.

        Raises:
            BlockTooLargeError, NoNamesForRowsError: the block reaches beyond the table.
        """
        pasted, cells = pasted_table(QGuiApplication.clipboard().text()), self.chosen_cells()
        if not pasted or not cells:
            return Block()
        if len(pasted) == 1 and len(pasted[0]) == 1 and len(cells) > 1:
            return Block(tuple(self._entries((line, column, pasted[0][0]) for line, column in cells)))
        return self._block(pasted, min(cells)[0], min(column for _line, column in cells))

    def block_to_fill(self) -> Block:
        """What filling down would write: each chosen cell says what the uppermost one of its column says."""
        cells = [cell for cell in self.chosen_cells() if cell[1]]
        first: dict[int, int] = {}
        for line, column in cells:
            first.setdefault(column, line)
        return Block(tuple(self._entries((line, column, self._words(first[column], column)) for line, column in cells)))

    def block_to_clear(self) -> Block:
        """What clearing the chosen cells would write; names are no cells to clear."""
        return Block(tuple(self._entries((line, column, "") for line, column in self.chosen_cells() if column)))

    # Internal

    def _fit_columns(self) -> None:
        """As wide as what they say, within bounds; the table ends where its last column does."""
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        for number, column in enumerate(self.columns):
            wanted = max(self.sizeHintForColumn(number) + 3 * SPACE, header.sectionSizeHint(number))
            self.setColumnWidth(number, min(max(wanted, column.width or 0), _WIDEST))

    def _keys(self) -> list[str]:
        return [column.key for column in self._sheet.columns] if self._sheet else []

    def _words(self, line: int, column: int) -> str:
        return " ".join(self.columns[column].shown(self._rows.shown[line]).split())

    def _entries(self, cells: Any) -> list[CellEntry]:
        columns = self._sheet.columns if self._sheet else ()
        return [
            CellEntry(self._rows.shown[line].id, columns[column].key, text)
            for line, column, text in cells
            if column < len(columns)
        ]

    def _block(self, pasted: Sequence[Sequence[str]], top: int, left: int) -> Block:
        columns, lines = self._sheet.columns if self._sheet else (), len(self._rows.shown)
        if (beyond := left + max(map(len, pasted)) - len(columns)) > 0:
            raise BlockTooLargeError(beyond)
        rest = [row for row in pasted[max(lines - top, 0) :] if any(row)]
        if rest and (left > 0 or not all(row[0] for row in rest)):
            raise NoNamesForRowsError(len(rest))
        known = [
            (top + down, left + across, text)
            for down, row in enumerate(pasted[: max(lines - top, 0)])
            for across, text in enumerate(row)
        ]
        new = [NewRow(row[0]) for row in rest]
        entries = [
            CellEntry(made.id, columns[across].key, text)
            for made, row in zip(new, rest, strict=True)
            for across, text in enumerate(row)
            if across and text
        ]
        return Block((*self._entries(known), *entries), tuple(new))

    def _change(self, deed: Callable[[], None]) -> None:
        keys = [column.title for column in self.columns]
        self._chosen = {
            (self._rows.key_of(self._rows.shown[index.row()]), keys[index.column()]) for index in self.selectedIndexes()
        }
        super()._change(deed)

    def _select(self, _lines: Sequence[int]) -> None:
        places = {column.title: place for place, column in enumerate(self.columns)}
        wanted = QItemSelection()
        for key, title in self._chosen:
            line, column = self._rows.line_of(key), places.get(title)
            if line is not None and column is not None:
                index = self._rows.index(line, column)
                wanted.select(index, index)
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _field(self, column: SheetColumn) -> Field[SheetRow]:
        write = partial(self._write_one, column.key)
        if column.key == "name":
            return Field(column.title, lambda row: row.name, write=write, width=14 * SPACE)
        cell = partial(_cell, column.key)
        offered = [(name, name) for name in column.choices]
        return Field(
            column.title,
            lambda row: cell(row).order,
            lambda row: cell(row).text or ("–" if cell(row).state == "not asked" else ""),
            align="right" if column.kind == "number" else "left",
            tip=partial(_tip, column),
            width=_LEAST,
            about=_about(column),
            write=write,
            choices=(lambda _row: offered) if offered else None,
            free=True,
            quiet=lambda row: cell(row).state in ("unknown", "not asked"),
        )

    def _write_one(self, key: str, row: SheetRow, text: str) -> None:
        self._write(Block((CellEntry(row.id, key, text),)))


class _SheetDelegate(FieldDelegate):
    """Editors for cells; only the cell with the cursor has an arrow, since most columns offer choices."""

    # Events

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """An arrow where the cursor is."""
        if index == self.table.currentIndex():
            super().initStyleOption(option, index)
        else:
            QStyledItemDelegate.initStyleOption(self, option, index)


def _cell(key: str, row: SheetRow) -> SheetCell:
    return row.cells.get(key, NOTHING)


def _tip(column: SheetColumn, row: SheetRow) -> str:
    cell = _cell(column.key, row)
    return f"Recorded for {column.group} only" if cell.state == "not asked" else cell.text


def _about(column: SheetColumn) -> str:
    if column.attribute is None:
        return ""
    group = f" Recorded for {column.group} only." if column.group else ""
    return f"A {column.kind}.{group} “unknown” is a value; an empty cell is not recorded."
