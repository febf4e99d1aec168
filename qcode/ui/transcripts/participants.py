"""The Participants tab: who took part, under which pseudonym, and where they speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import ParticipantId
from qcode.operations.documents import add_participant, describe_participant
from qcode.operations.participants import remove_participant, rename_participant
from qcode.queries.appearances import Appearance, appearances
from qcode.queries.documents import participants
from qcode.queries.memos import memo_counts
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Field, FieldTable
from qcode.ui.transcripts.parts import action, later, line_edit, remove_each, rule

_EMPTY = "No participants yet: add those who took part, each under a pseudonym, and then say in Documents who speaks."


@dataclass(frozen=True, slots=True)
class Person:
    """A participant with the documents they speak in."""

    id: ParticipantId
    pseudonym: str
    role: str
    group: str
    speaks_in: Sequence[Appearance]
    memos: int = 0


class ParticipantsTab(QWidget):
    """A table to type in, and a line below it for one more."""

    requestMemos = Signal(str, str, str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.table = FieldTable(self._columns(), self)
        self.table.setAccessibleName("Participants")
        self.empty = EmptyState(_EMPTY, "Add a participant")
        self.pseudonym = line_edit("Pseudonym", "Pseudonym")
        self.role, self.group = line_edit("Role", "Role"), line_edit("Group", "Group")
        self.add_button = QPushButton("Add")
        self.add_button.setAccessibleName("Add participant")
        self._lay_out()
        self.remove_action = action(
            "Remove participant", self.remove, self.table, Qt.Key.Key_Delete, key="transcripts.remove-participant"
        )
        self.memos_action = action(
            "Show the memos on the participant", self.show_memos, self.table, key="transcripts.participant-memos"
        )
        self.empty.pressed.connect(self.start_adding)
        self.add_button.clicked.connect(self.add)
        self.pseudonym.textChanged.connect(self._on_typed)
        for line in (self.pseudonym, self.role, self.group):
            line.returnPressed.connect(self.add)
        self._on_typed()

    # Methods

    def refresh(self) -> None:
        """Read the participants again."""
        where, written = appearances(self.bridge.study), memo_counts(self.bridge.study, "participant")
        rows = [
            Person(row.id, row.pseudonym, row.role, row.group, where.get(row.id, ()), written[row.id])
            for row in participants(self.bridge.study)
        ]
        self.table.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.empty)

    def show_memos(self) -> None:
        """Ask for the memos on the participant."""
        row: Person | None = self.table.current_row()
        if row is not None:
            self.requestMemos.emit(row.pseudonym, "participant", row.id)

    def start_adding(self) -> None:
        """Begin to type a participant."""
        self.pseudonym.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self) -> None:
        """Add the participant that was typed; the line is then ready for the next of the same role and group."""
        words = {"pseudonym": self.pseudonym.text(), "role": self.role.text(), "group": self.group.text()}
        made = self.bridge.attempt(lambda: add_participant(self.bridge.study, **words))
        if made is not None:
            self.pseudonym.clear()
            self.table.select_row(made)
        self.pseudonym.setFocus()

    def remove(self) -> None:
        """Take the selected participants out of the study; undo brings them back."""
        study, rows = self.bridge.study, self.table.selected_rows()
        remove_each(
            self.bridge, "participant", [(row.pseudonym, partial(remove_participant, study, row.id)) for row in rows]
        )

    # Private slots

    def _on_typed(self) -> None:
        self.add_button.setEnabled(bool(self.pseudonym.text().strip()))

    # Internal

    def _columns(self) -> list[Field[Person]]:
        return [
            Field("Pseudonym", lambda row: row.pseudonym, write=self._rename, width=200),
            Field(
                "Role", lambda row: row.role, write=lambda row, words: self._describe(row, words, row.group), width=200
            ),
            Field(
                "Group", lambda row: row.group, write=lambda row, words: self._describe(row, row.role, words), width=200
            ),
            Field("Speaks in", lambda row: [here.name for here in row.speaks_in], _places, stretch=True, tip=_places),
            Field("Memos", lambda row: row.memos, lambda row: f"{row.memos:,}" if row.memos else "", width=80),
        ]

    def _rename(self, row: Person, pseudonym: str) -> None:
        study = self.bridge.study
        later(self, lambda: self.bridge.attempt(lambda: rename_participant(study, row.id, pseudonym=pseudonym)))

    def _describe(self, row: Person, role: str, group: str) -> None:
        study = self.bridge.study
        later(self, lambda: self.bridge.attempt(lambda: describe_participant(study, row.id, role=role, group=group)))

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        line = QHBoxLayout()
        line.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        line.setSpacing(SPACE)
        for widget in (self.pseudonym, self.role, self.group):
            line.addWidget(widget, 1)
        line.addWidget(self.add_button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(rule())
        column.addLayout(line)


def _places(row: Person) -> str:
    return ", ".join(
        here.name if here.label == row.pseudonym else f"{here.name} (as {here.label})" for here in row.speaks_in
    )
