"""The documents of the study, with how far the acting coder is in each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.queries.transcripts.documents import DocumentRow
from qcode.ui.code.lines import Line, LineList
from qcode.ui.theme import SPACE, label

_STATES = {"handed in": "handed in", "done": "done ✓", "not assigned": "not yours", "open": ""}


class DocumentsPanel(QFrame):
    """A list to choose the document from that is read."""

    documentChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.list = LineList("Documents", self)
        self.setMinimumWidth(18 * SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE // 2, SPACE + SPACE // 2, 0, 0)
        column.setSpacing(SPACE // 2)
        title = label("Documents", tone="quiet")
        title.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        self.list.lineActivated.connect(self.documentChosen)

    # Methods

    def show_documents(self, rows: Iterable[DocumentRow], chosen: DocumentId | None) -> None:
        """Show these documents with one marked."""
        self.list.set_lines([_line(row) for row in rows])
        if chosen is not None:
            self.list.set_current(chosen)


def _line(row: DocumentRow) -> Line:
    state = "open again" if row.reason else _STATES.get(row.state, row.state)
    note = " · ".join(part for part in (row.group, "part" if row.partly else "", state) if part)
    return Line(
        row.id,
        row.name,
        right=str(row.mine) if row.mine else "",
        notes=(note,) if note else (),
        quiet=row.state == "not assigned",
        tip=f"{row.name}: {row.words:,} words, {row.mine} codings of yours",
    )


def first_to_code(rows: Iterable[DocumentRow]) -> DocumentRow | None:
    """Where to begin: the first document that is open, else one of this round, else the first of all."""
    order = {"open": 0, "done": 1, "handed in": 2}
    return min(rows, key=lambda row: order.get(row.state, 3), default=None)
