"""Reconcile, as far as it goes today: what there will be to settle, and what the coders have handed in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qcode.queries.assignments import AssignmentGrid, assignment_grid
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.room import Room
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label

_WILL = (
    "Here the team will settle its disagreements one passage at a time: each coder's work in a lane of its own, the "
    "definitions beneath, and a decision with its reason that leaves everybody's own codings as they were. "
    "That comes in a later version."
)
_NOT_YET = "Nothing to reconcile yet: two coders must have handed in the same document."
_COLUMN_WIDTH = 90 * SPACE


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A document that somebody handed in, with who did."""

    id: str
    name: str
    done: tuple[str, ...]
    open: tuple[str, ...]


class ReconcileRoom(Room):
    """Says what this room is for, and which documents are ready for it."""

    key = "reconcile"
    title = "Reconcile"
    kinds = ("document", "round", "assignment", "coder")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._now = label("", "heading")
        self._now.setWordWrap(True)
        self._will = label(_WILL, tone="quiet")
        self._will.setWordWrap(True)
        self._table = RowTable(_columns(), self)
        self._table.setAccessibleName("Documents that were handed in")
        self._agree = QPushButton("See how far coders agree", self)
        self._agree.clicked.connect(lambda: self.requestRoom.emit("agree"))
        self._empty = EmptyState(f"{_NOT_YET} {_WILL}", "Go to the Code room")
        self._empty.pressed.connect(lambda: self.requestRoom.emit("code"))
        self._stack = QStackedWidget(self)
        self._lay_out()

    # Properties

    @property
    def sentence(self) -> str:
        """What the data says now."""
        return self._now.text() if self._stack.currentIndex() else self._empty.sentence

    @property
    def table(self) -> RowTable:
        """The documents that were handed in."""
        return self._table

    # Methods

    def refresh(self) -> None:
        """Count again what was handed in."""
        round_id = self.bridge.round_id
        grid = assignment_grid(self.bridge.study, round_id) if round_id else None
        rows = handed_in(grid) if grid else []
        shared = [row for row in rows if len(row.done) > 1]
        self._stack.setCurrentIndex(1 if shared else 0)
        if grid and shared:
            self._now.setText(_count(grid, shared))
            self._table.set_rows(rows)

    # Internal

    def _lay_out(self) -> None:
        page = QFrame()
        page.setProperty("surface", "page")
        column = QVBoxLayout()
        column.setSpacing(2 * SPACE)
        column.addWidget(self._now)
        column.addWidget(self._will)
        column.addWidget(self._agree, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(SPACE)
        column.addWidget(self._table, 1)
        middle = QWidget()
        middle.setMaximumWidth(_COLUMN_WIDTH)
        middle.setLayout(column)
        row = QHBoxLayout(page)
        row.setContentsMargins(3 * SPACE, 4 * SPACE, 3 * SPACE, 2 * SPACE)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)


def handed_in(grid: AssignmentGrid) -> list[SharedRow]:
    """The documents that at least one coder handed in, those of most coders first."""
    rows = []
    for document, name in grid.documents:
        states = {coder.name: grid.state(document, coder.id) for coder in grid.coders}
        done = tuple(who for who, state in states.items() if state == "handed in")
        still = tuple(who for who, state in states.items() if state == "open")
        rows.append(SharedRow(document, name, done, still))
    return sorted((row for row in rows if row.done), key=lambda row: -len(row.done))


def _count(grid: AssignmentGrid, shared: list[SharedRow]) -> str:
    verb = "was" if len(shared) == 1 else "were"
    noun = "document" if len(grid.documents) == 1 else "documents"
    return (
        f"In “{grid.round.name}”, {len(shared)} of {len(grid.documents)} {noun} {verb} "
        "handed in by two or more coders and can be compared."
    )


def _columns() -> tuple[Column[SharedRow], ...]:
    return (
        Column("Document", lambda row: row.name, width=18 * SPACE),
        Column("Done", lambda row: ", ".join(row.done), stretch=True),
        Column("Still coding", lambda row: ", ".join(row.open), width=24 * SPACE),
    )
