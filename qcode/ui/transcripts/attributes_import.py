"""The page that shows what a table from a spreadsheet would change, before anything is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.exchange.spreadsheets import TableFile, read_table
from qcode.operations.cells import write_cells
from qcode.queries.people.table_import import Plan, PlannedRow, plan_table
from qcode.text.blocks import Subject
from qcode.text.typed import DateOrder
from qcode.ui import theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import choice_box, counted

_ORDERS = (("", "Dates: as they say"), ("day first", "Dates: day first"), ("month first", "Dates: month first"))
_MOST_NOTES = 6


class TableImport(QWidget):
    """One table on its way in: every cell says whether it is new, changed, the same or refused, and why."""

    finished = Signal()

    def __init__(self, bridge: StudyBridge, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.subject = bridge, subject
        self.plan: Plan | None = None
        self._file: TableFile | None = None
        self.title = theme.label("", "heading")
        self.summary = theme.label("", tone="quiet")
        self.notes = theme.label("", "small", "quiet")
        self.dates = choice_box(_ORDERS, "How dates are written")
        self.dates.setMinimumContentsLength(20)
        self.add_levels = QCheckBox("Add levels that do not exist yet")
        self.only_refused = QCheckBox("Show only rows with something refused")
        self.import_button, self.cancel_button = QPushButton("Import"), QPushButton("Cancel")
        self.import_button.setProperty("kind", "primary")
        self.table = RowTable([Column("Row", lambda row: row.number)], self)
        self._lay_out()
        self.dates.activated.connect(self._plan_again)
        self.add_levels.toggled.connect(self._plan_again)
        self.only_refused.toggled.connect(self._show_rows)
        self.import_button.clicked.connect(self.write)
        self.cancel_button.clicked.connect(self.finished)

    # Methods

    def read(self, path: Path) -> None:
        """Read a file in a worker, and show what importing it would do."""
        work.run(self, lambda _progress: read_table(path), done=self.show_file, refused=self._on_refused)

    def show_file(self, file: TableFile) -> None:
        """Show what importing a table would do."""
        self._file = file
        self.dates.setCurrentIndex(0)
        self.add_levels.setChecked(False)
        self.only_refused.setChecked(False)
        self._plan_again()

    def write(self) -> None:
        """Write what is not refused, in one step, and close the page."""
        plan = self.plan
        if plan is None:
            return
        deed = partial(write_cells, self.bridge.study, plan.subject, plan.block)
        written = self.bridge.attempt(deed)
        if written is not None:
            self.bridge.informed.emit(f"{counted(written, 'cell')} written. Undo takes all of them back.")
            self.finished.emit()

    # Private slots

    def _on_refused(self, sentence: str) -> None:
        self.bridge.refused.emit(sentence)
        self.finished.emit()

    def _plan_again(self) -> None:
        file = self._file
        if file is None:
            return
        order: DateOrder | None = self.dates.currentData() or None
        levels = self.add_levels.isChecked()
        subject = self.subject
        plan = self.bridge.attempt(lambda: plan_table(self.bridge.study, file, subject, dates=order, add_levels=levels))
        if plan is None:
            self.finished.emit()
            return
        self.plan = plan
        self._show_plan(plan)

    # Internal

    def _show_plan(self, plan: Plan) -> None:
        counts, new = plan.counts(), sum(row.fate == "new" for row in plan.rows)
        self.title.setText(f"Import {self._file.name if self._file else ''}")
        said = [counted(len(plan.rows), "row"), f"{new:,} new"]
        said += [f"{counts[fate]:,} cells {words}" for fate, words in _FATES if counts[fate]]
        self.summary.setText(" · ".join(said))
        self.notes.setText("\n".join(_notes(plan)))
        self.notes.setVisible(bool(self.notes.text()))
        self.dates.setVisible(plan.asks_dates or bool(self.dates.currentData()))
        self.add_levels.setVisible(bool(plan.new_levels) or self.add_levels.isChecked())
        self.only_refused.setVisible(bool(plan.refusals))
        self.import_button.setEnabled(plan.changes)
        self.import_button.setText("Import the rest" if plan.refusals else "Import")
        self._show_rows()

    def _show_rows(self) -> None:
        plan = self.plan
        if plan is None:
            return
        columns = [place for place, column in enumerate(plan.columns) if column.fate not in ("left out", "name")]
        made = RowTable(
            [
                Column("Row", lambda row: row.number, align="right", width=52),
                Column("Who", lambda row: row.name, _who, tip=lambda row: row.reason, width=18 * SPACE),
                *(_column(plan, place) for place in columns),
            ],
            self,
        )
        made.setAccessibleName("What would change")
        rows = [row for row in plan.rows if not self.only_refused.isChecked() or _has_refusal(row)]
        made.set_rows(rows, key=lambda row: row.number)
        self._stack.replaceWidget(self.table, made)
        self.table.hide()
        self.table.deleteLater()
        self.table = made
        if rows:
            made.select_row(rows[0].number)

    def _lay_out(self) -> None:
        self.summary.setWordWrap(True)
        self.notes.setWordWrap(True)
        choices = QHBoxLayout()
        choices.setSpacing(2 * SPACE)
        for choice in (self.dates, self.add_levels, self.only_refused):
            choices.addWidget(choice)
        choices.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.title, 1)
        head.addWidget(self.cancel_button)
        head.addWidget(self.import_button)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        self._stack.setSpacing(SPACE)
        self._stack.addLayout(head)
        for widget in (self.summary, self.notes):
            self._stack.addWidget(widget)
        self._stack.addWidget(self.table, 1)
        self._stack.addLayout(choices)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


_FATES = (("new", "new"), ("changed", "changed"), ("same", "the same"), ("refused", "refused"))


def _column(plan: Plan, place: int) -> Column[PlannedRow]:
    planned = plan.columns[place]
    title = f"{planned.title} (new)" if planned.fate == "new" else planned.title

    def shown(row: PlannedRow) -> str:
        cell = row.cells[place]
        if cell.fate == "changed":
            return f"{cell.before} → {cell.text}"
        return f"✕ {cell.text}".strip() if cell.fate == "refused" else cell.text

    def why(row: PlannedRow) -> str:
        cell = row.cells[place]
        return cell.reason or cell.fate

    about = f"A new attribute: a {planned.kind}" if planned.fate == "new" else ""
    return Column(
        title,
        lambda row: row.cells[place].text,
        shown,
        tip=why,
        width=max(17, len(title) + 3) * SPACE,
        about=about,
        struck=lambda row: row.cells[place].fate == "refused",
    )


def _who(row: PlannedRow) -> str:
    marks = {"new": "+ ", "refused": "✕ "}
    return f"{marks.get(row.fate, '')}{row.name}"


def _has_refusal(row: PlannedRow) -> bool:
    return row.fate == "refused" or any(cell.fate == "refused" for cell in row.cells)


def _notes(plan: Plan) -> list[str]:
    out = [f"“{column.heading}” is left out: {column.reason}." for column in plan.columns if column.fate == "left out"]
    refused = [
        f"Row {number}{f', {heading}' if heading else ''}: {reason}" for number, heading, reason in plan.refusals
    ]
    lines = [*out, *plan.notes, *refused]
    more = len(lines) - _MOST_NOTES
    return [*lines[:_MOST_NOTES], f"… and {more} more: point at a cell to see why."] if more > 0 else lines
