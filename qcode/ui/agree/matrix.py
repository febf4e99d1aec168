"""Alpha over all codes of every two coders, as a square."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qcode.agreement import Overall
from qcode.queries.agreement.passages import looking_behind
from qcode.reports.printed_tables import figure
from qcode.ui.agree.page import Asked, Behind
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label

_SAID = "α over all codes of every two coders, each pair on what both handed in. Enter opens what the two coded."


@dataclass(frozen=True, slots=True)
class CoderRow:
    """One coder, and the figures with each other one by their id."""

    id: str
    name: str
    figures: dict[str, Overall]

    def alpha(self, other: str) -> float | None:
        """Alpha with another coder; None with oneself."""
        return self.figures[other].alpha if other in self.figures else None


class MatrixPage(QWidget):
    """The square of coders."""

    opened = Signal(object)
    title = "Coders"
    of_all = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._coders: tuple[tuple[str, str], ...] = ()
        self.table = self._table()
        self.note = label("", "small", "quiet")
        self.note.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE // 2)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.note)

    # Methods

    def about(self, asked: Asked) -> object:
        """Only on the figures."""
        return id(asked.found)

    def deed(self, asked: Asked) -> list[CoderRow]:
        """Compute in a worker."""
        found = asked.found
        by_pair: dict[str, dict[str, Overall]] = {coder: {} for coder in found.measured.layout.coders}
        for pair in found.measured.pairs():
            by_pair[pair.first][pair.second] = pair.overall
            by_pair[pair.second][pair.first] = pair.overall
        rows = [CoderRow(coder, found.names[coder], figures) for coder, figures in by_pair.items()]
        return sorted(rows, key=lambda row: row.name)

    def show_answer(self, asked: Asked, rows: list[CoderRow]) -> None:
        """Show the square, with new columns where the coders are others."""
        self._asked = asked
        coders = tuple((row.id, row.name) for row in rows)
        if coders != self._coders:
            self._coders = coders
            had_focus = self.table.hasFocus()
            old, self.table = self.table, self._table()
            self._column.replaceWidget(old, self.table)
            old.hide()
            old.deleteLater()
            if had_focus:
                self.table.setFocus()
        self.table.set_rows(rows)
        if rows and self.table.current_row() is None:
            self.table.select_row(rows[0].id)
        self._on_current(self.table.current_row())

    def open(self) -> bool:
        """Ask for what the two coders of the current cell coded, or one coder and all others."""
        row: CoderRow | None = self.table.current_row()
        if row is None or self._asked is None:
            return False
        place = self.table.currentIndex().column() - 1
        other = self._coders[place] if place >= 0 else None
        if other is None or other[0] == row.id:
            looking = looking_behind(self._asked.found)
            self.opened.emit(Behind(f"All codes, {self._asked.found.round.name}", lambda: looking))
        else:
            both = looking_behind(self._asked.found, coders=(row.id, other[0]))
            self.opened.emit(Behind(f"All codes, {row.name} – {other[1]}", lambda: both))
        return True

    # Private slots

    def _on_activated(self, _row: object) -> None:
        self.open()

    def _on_current(self, row: CoderRow | None) -> None:
        words = _SAID
        if row is not None:
            pairs = [_pair(row.name, name, row.figures[key]) for key, name in self._coders if key in row.figures]
            words = " ".join([_SAID, *pairs])
        self.note.setText(words)
        self.note.setAccessibleName(words)

    # Internal

    def _table(self) -> RowTable:
        columns: list[Column[Any]] = [Column("Coder", lambda row: row.name, width=24 * SPACE)]
        columns += [_with(key, name) for key, name in self._coders]
        table = RowTable(columns)
        table.setAccessibleName("Coders")
        table.horizontalHeader().setStretchLastSection(False)
        table.rowActivated.connect(self._on_activated)
        table.currentRowChanged.connect(self._on_current)
        return table


def _with(key: str, name: str) -> Column[Any]:
    return Column(name, lambda row: row.alpha(key), lambda row: figure(row.alpha(key)), "right", width=19 * SPACE)


def _pair(first: str, second: str, overall: Overall) -> str:
    if overall.low is None or overall.high is None:
        return f"{first} with {second}: {figure(overall.alpha)}, without an interval."
    said = f"{first} with {second}: {figure(overall.alpha)}, {figure(overall.low)} to {figure(overall.high)}"
    return f"{said}, {overall.documents} documents."
