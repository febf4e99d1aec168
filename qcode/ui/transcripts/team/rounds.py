"""The rounds of the study: begun, and how each of them goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from qcode.ids import RoundId
from qcode.operations.rounds import add_round, change_round, remove_round
from qcode.queries.team import RoundRow, rounds
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import line_of
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Field, FieldTable
from qcode.ui.transcripts.parts import action, choice_box, later, line_edit, remove_each
from qcode.ui.transcripts.team.panel import button
from qcode.ui.transcripts.words import PURPOSE_CHOICES

_BLIND = "Coders see colleagues' codings only when they have handed in their own"
_EVERYONE = "Every coder codes every document, so nothing has to be assigned"
_SEGMENTED = "Codes are put on segments that were cut beforehand, and on nothing else"


class RoundsPart(QWidget):
    """A table of rounds, a line for one more, and how the chosen one goes; what is ticked holds at once."""

    roundChosen = Signal(str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._shown: RoundRow | None = None
        self.table = FieldTable(self._columns(), self)
        self.table.setAccessibleName("Rounds")
        self.name = line_edit("Name of the round", "Name")
        self.add_button = button("Add", name="Add round")
        self.purpose = choice_box(PURPOSE_CHOICES, "Purpose of the round")
        self.blind = _tick("Blind", _BLIND)
        self.everyone = _tick("For everyone", _EVERYONE)
        self.segmented = _tick("Cut into segments", _SEGMENTED)
        self.remove_action: QAction = action(
            "Remove the round", self.remove, self.table, Qt.Key.Key_Delete, key="team.remove-round"
        )
        self.remove_button = button("Remove", "quiet", name="Remove the round")
        self._lay_out()
        self._connect()

    # Methods

    def refresh(self, chosen: RoundId | None) -> None:
        """Read the rounds again, and show how one of them goes."""
        rows = rounds(self.bridge.study)
        self.table.set_rows(rows)
        self._show(next((row for row in rows if row.id == chosen), None))
        if chosen is not None:
            self.table.select_row(chosen)

    def add(self) -> None:
        """Add the round that was typed, and choose it."""
        made = self.bridge.attempt(lambda: add_round(self.bridge.study, name=self.name.text()))
        if made is not None:
            self.name.clear()
            self.roundChosen.emit(made)
        self.name.setFocus()

    def remove(self) -> None:
        """Take the chosen round out; undo brings it back with its assignments."""
        row = self._shown
        if row is not None:
            remove_each(self.bridge, "round", [(row.name, lambda: remove_round(self.bridge.study, row.id))])

    # Private slots

    def _on_row(self, row: RoundRow | None) -> None:
        if row is not None and self._shown is not None and row.id != self._shown.id:
            self.roundChosen.emit(row.id)

    def _on_purpose(self) -> None:
        self._change(purpose=self.purpose.currentData())

    # Internal

    def _columns(self) -> list[Field[RoundRow]]:
        return [
            Field("Name", lambda row: row.name, stretch=True, write=self._rename),
            Field("How it goes", traits, traits, width=22 * SPACE, tip=lambda row: f"{row.name}: {traits(row)}"),
        ]

    def _rename(self, row: RoundRow, words: str) -> None:
        study = self.bridge.study
        later(self, lambda: self.bridge.attempt(lambda: change_round(study, row.id, name=words)))

    def _show(self, row: RoundRow | None) -> None:
        self._shown = row
        for widget in (self.purpose, self.blind, self.everyone, self.segmented, self.remove_button):
            widget.setEnabled(row is not None)
        if row is None:
            return
        self.purpose.setCurrentIndex(self.purpose.findData(row.purpose))
        for box, wanted in ((self.blind, row.blind), (self.everyone, row.everyone), (self.segmented, row.segmented)):
            box.setChecked(wanted)

    def _change(self, **wanted: object) -> None:
        """Write how the round goes from now on; where that is refused, say again how it goes."""
        row = self._shown
        if row is None:
            return
        change: Callable[..., None] = change_round
        self.bridge.attempt(lambda: change(self.bridge.study, row.id, **wanted))
        self.refresh(row.id)

    def _connect(self) -> None:
        self.table.currentRowChanged.connect(self._on_row)
        self.add_button.clicked.connect(self.add)
        self.name.returnPressed.connect(self.add)
        self.purpose.activated.connect(self._on_purpose)
        self.blind.clicked.connect(lambda on: self._change(blind=on))
        self.everyone.clicked.connect(lambda on: self._change(everyone=on))
        self.segmented.clicked.connect(lambda on: self._change(segmented=on))
        self.remove_button.clicked.connect(self.remove)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(theme.label("Rounds", "heading"))
        self.table.setMinimumHeight(12 * SPACE)
        column.addWidget(self.table, 1)
        column.addLayout(line_of(self.name, self.add_button, stretch=0))
        how = QGridLayout()
        how.setHorizontalSpacing(SPACE)
        how.setVerticalSpacing(0)
        how.addWidget(self.purpose, 0, 0)
        how.addWidget(self.blind, 0, 1)
        how.addWidget(self.remove_button, 0, 2, Qt.AlignmentFlag.AlignRight)
        how.addWidget(self.everyone, 1, 0)
        how.addWidget(self.segmented, 1, 1, 1, 2)
        how.setColumnStretch(2, 1)
        column.addLayout(how)


def traits(row: RoundRow) -> str:
    """How a round goes, in a few words."""
    said = [dict(PURPOSE_CHOICES).get(row.purpose, row.purpose).lower(), "blind" if row.blind else "open"]
    said += ["for all"] if row.everyone else []
    said += ["segments"] if row.segmented else []
    return ", ".join(said)


def _tick(words: str, tip: str) -> QCheckBox:
    box = QCheckBox(words)
    box.setToolTip(tip)
    box.setAccessibleDescription(tip)
    return box
