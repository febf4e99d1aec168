"""The coders of the study: added, renamed, and who leads."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qcode.ids import CoderId
from qcode.operations.team import add_coder, rename_coder, set_role
from qcode.queries.team import CoderRow, coders
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import line_of
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Choices, Field, FieldTable
from qcode.ui.transcripts.parts import later, line_edit
from qcode.ui.transcripts.team.panel import button
from qcode.ui.transcripts.words import role_word

_ROLES: Choices = (("lead", "Lead"), ("coder", "Coder"))
_ABOUT_ROLE = "Who leads opens work again, opens blind rounds, and decides on proposals and conflicts."


class CodersPart(QWidget):
    """A table in which names, initials and roles are changed, and a line for one more."""

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.table = FieldTable(self._columns(), self)
        self.table.setAccessibleName("Coders")
        self.name = line_edit("Name of the coder", "Name")
        self.initials = line_edit("Initials of the coder", "Initials")
        self.initials.setMaximumWidth(10 * SPACE)
        self.add_button = button("Add", name="Add coder")
        self._lay_out()
        self.add_button.clicked.connect(self.add)
        for line in (self.name, self.initials):
            line.returnPressed.connect(self.add)

    # Methods

    def refresh(self) -> None:
        """Read the coders again."""
        self.table.set_rows(coders(self.bridge.study))

    def add(self) -> None:
        """Add the coder that was typed."""
        words = {"name": self.name.text(), "initials": self.initials.text()}
        if self.bridge.attempt(lambda: add_coder(self.bridge.study, **words)) is not None:
            self.name.clear()
            self.initials.clear()
        self.name.setFocus()

    # Internal

    def _columns(self) -> list[Field[CoderRow]]:
        return [
            Field("Name", lambda row: row.name, stretch=True, write=self._write_name),
            Field("Initials", lambda row: row.initials, width=9 * SPACE, write=self._write_initials),
            Field(
                "Role",
                lambda row: row.role,
                lambda row: role_word(row.role),
                width=11 * SPACE,
                choices=lambda _row: _ROLES,
                write=self._write_role,
                about=_ABOUT_ROLE,
            ),
        ]

    def _write_name(self, row: CoderRow, words: str) -> None:
        self._rename(row, words, row.initials)

    def _write_initials(self, row: CoderRow, words: str) -> None:
        self._rename(row, row.name, words)

    def _rename(self, row: CoderRow, name: str, initials: str) -> None:
        study = self.bridge.study
        later(self, lambda: self.bridge.attempt(lambda: rename_coder(study, row.id, name=name, initials=initials)))

    def _write_role(self, row: CoderRow, role: str) -> None:
        coder = CoderId(row.id)
        later(self, lambda: self.bridge.attempt(lambda: set_role(self.bridge.study, coder, role=role)))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(theme.label("Coders", "heading"))
        self.table.setMinimumHeight(12 * SPACE)
        column.addWidget(self.table, 1)
        column.addLayout(line_of(self.name, self.initials, self.add_button, stretch=0))
