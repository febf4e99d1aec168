"""One view of the details: a table that is computed in the background, with a sentence below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.codings import Looking
from qcode.study import Study
from qcode.ui.agree.figures import FigureRow
from qcode.ui.agree.plan import Plan
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label


@dataclass(frozen=True, slots=True)
class Asked:
    """What the details are about: the figures that are shown, and the line with the cursor."""

    study: Study
    plan: Plan
    found: StudyAgreement
    row: FigureRow

    @property
    def line(self) -> str | None:
        """The line's id, unless it is that of all codes."""
        return self.row.code


@dataclass(frozen=True, slots=True)
class Behind:
    """The passages behind a number: what they are called, and how to find them, which may take a while."""

    title: str
    find: Callable[[], Looking]


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows: its rows, its sentence, and what to say in place of rows where there are none.

    `by_line` says that it is about the chosen line, `needs_line` that it says nothing of all codes together. `link`
    names the way to the passages of a row where these stand in place of its numbers.
    """

    title: str
    columns: Sequence[Column[Any]]
    rows: Callable[[Asked], list[Any]]
    behind: Callable[[Asked, Any, int], Behind | None]
    note: Callable[[Asked, Any], str]
    empty: str
    by_line: bool = True
    needs_line: bool = True
    link: Callable[[Any], str] | None = None


CHOOSE_CODE = "This is said of one code at a time: choose one in the table."


class Page(QWidget):
    """A page of the details. It tells by `opened` that the passages behind a row are wanted."""

    opened = Signal(object)

    def __init__(self, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._asked: Asked | None = None
        self.table = RowTable(view.columns)
        self.table.setAccessibleName(view.title)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.note = label("", "small", "quiet")
        self.note.setWordWrap(True)
        self.table.rowActivated.connect(self._on_activated)
        self.table.currentRowChanged.connect(self._on_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        self.link = QPushButton()
        self.link.setProperty("kind", "quiet")
        self.link.clicked.connect(self._on_activated)
        self.link.hide()
        column.addWidget(self.link, alignment=Qt.AlignmentFlag.AlignLeft)

    # Properties

    @property
    def title(self) -> str:
        """What it is called."""
        return self.view.title

    @property
    def of_all(self) -> bool:
        """Whether it is about all codes together, whichever has the cursor."""
        return not self.view.by_line

    # Methods

    def about(self, asked: Asked) -> object:
        """What its answer depends on: as long as this is the same, it need not be computed again."""
        return (id(asked.found), asked.row.id if self.view.by_line else None)

    def deed(self, asked: Asked) -> list[Any]:
        """Compute in a worker."""
        return [] if self.view.needs_line and asked.line is None else self.view.rows(asked)

    def show_answer(self, asked: Asked, rows: list[Any]) -> None:
        """Show what was computed, or why there is nothing."""
        self._asked = asked
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        if rows and self.table.current_row() is None:
            self.table.select_row(rows[0].id)
        self._on_current(self.table.current_row())

    def open(self, column: int | None = None) -> bool:
        """Ask for the passages behind the current row, or one of its cells; says whether there are any to ask for."""
        row = self.table.current_row()
        if self._asked is None or row is None:
            return False
        behind = self.view.behind(self._asked, row, self.table.currentIndex().column() if column is None else column)
        if behind is not None:
            self.opened.emit(behind)
        return behind is not None

    # Private slots

    def _on_activated(self, _row: object) -> None:
        self.open()

    def _on_current(self, row: Any) -> None:
        asked = self._asked
        if asked is None:
            return
        if self.view.needs_line and asked.line is None:
            words = CHOOSE_CODE
        else:
            words = self.view.empty if row is None else self.view.note(asked, row)
        self.note.setText(words)
        self.note.setAccessibleName(words)
        link = "" if row is None or self.view.link is None else self.view.link(row)
        self.link.setText(link)
        self.link.setVisible(bool(link))
