"""The label table: which beginnings of lines are speakers, who they are, and in which role they speak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.transcripts import LabelChoice
from qcode.ui import theme
from qcode.ui.table import Column
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Choices, Field, FieldTable
from qcode.ui.transcripts.importing.arrivals import Arrival, merged_name
from qcode.ui.transcripts.parts import counted
from qcode.ui.transcripts.words import ROLE_CHOICES, role_word

LABEL, NAME, ROLE = 0, 1, 2
_NO_LABELS = "No labels were found in this file: it is read as one narrator, a turn for each paragraph."
_HELP = "Tick what is a speaker. Two labels with the same name become one speaker."


class LabelTable(QWidget):
    """The labels of one file, to tick, rename, merge and give roles."""

    labelsChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrival: Arrival | None = None
        self._help = theme.label(_HELP, "small", "quiet")
        self._help.setWordWrap(True)
        self._merge = QPushButton("Merge")
        self._merge.setToolTip("Give the selected labels one name")
        self._merge_proposed = QPushButton()
        self.table = FieldTable(self._columns(), self)
        self.table.setAccessibleName("Labels found in the file")
        self._lay_out()
        self._merge.clicked.connect(self.merge_selected)
        self._merge_proposed.clicked.connect(self.merge_proposed)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)

    # Properties

    @property
    def labels(self) -> Sequence[LabelChoice]:
        """The labels as they stand."""
        return self._arrival.labels if self._arrival else ()

    # Methods

    def show_labels(self, arrival: Arrival | None) -> None:
        """Show the labels of a file; those of the same file keep cursor and selection."""
        self._arrival = arrival
        self.table.set_rows(self.labels, key=lambda choice: choice.label)
        self._help.setText(_HELP if self.labels else _NO_LABELS)
        self.table.setVisible(bool(self.labels))
        self._show_buttons()

    def merge_selected(self) -> None:
        """Make the selected labels one speaker, by the name of the one that speaks most often."""
        chosen = self.table.selected_rows()
        if len(chosen) < 2:
            return
        chief = max(chosen, key=lambda choice: (choice.accepted, choice.count))
        for choice in chosen:
            self._change(choice, name=chief.name, role=chief.role, accepted=True)

    def merge_proposed(self) -> None:
        """Make one speaker of each label and the one it seems to be another spelling of."""
        for choice in self._proposed():
            self._change(choice, name=merged_name(self.labels, choice), accepted=True)

    # Private slots

    def _on_selection(self) -> None:
        self._merge.setEnabled(len(self.table.selected_rows()) > 1)

    # Internal

    def _columns(self) -> list[Column[LabelChoice]]:
        def quiet(choice: LabelChoice) -> bool:
            return not choice.accepted

        return [
            Field("Label", _label, width=140, ticked=_accepted, quiet=quiet, write=self._tick, tip=_label),
            Field("Name", _name, width=140, choices=self._names, free=True, quiet=quiet, write=self._rename),
            Field("Role", _role, _role_word, width=124, choices=_roles, quiet=quiet, write=self._give_role),
            Field("Turns", _turns, _turns_shown, "right", width=60, quiet=quiet, yields=1),
            Field("Words", _words, _words_shown, "right", width=68, quiet=quiet, yields=2),
            Field("First line", _first_line, tip=_first_line, stretch=True, width=100, quiet=quiet),
        ]

    def _names(self, row: LabelChoice) -> Choices:
        """What a label may be called: its own label, the one it seems to be, and those of the other speakers."""
        others = [choice.name for choice in self.labels if choice.accepted and choice.label != row.label]
        first = [row.label, *([row.proposal] if row.proposal else [])]
        return [(name, name) for name in dict.fromkeys([*first, *others])]

    def _tick(self, choice: LabelChoice, accepted: bool) -> None:
        self._change(choice, accepted=accepted)

    def _rename(self, choice: LabelChoice, name: str) -> None:
        tidy = " ".join(name.split()) or choice.label
        same = next((other for other in self.labels if other.name == tidy and other.label != choice.label), None)
        self._change(choice, name=tidy, accepted=True, role=same.role if same else choice.role)

    def _give_role(self, choice: LabelChoice, role: str) -> None:
        """Give a role to a label and to all others of that name, since one speaker has one role."""
        for other in self.labels:
            if other.label == choice.label or (other.name == choice.name and other.accepted and choice.accepted):
                self._change(other, role=role)

    def _change(self, choice: LabelChoice, **changes: Any) -> None:
        if self._arrival is None:
            return
        self._arrival.change_label(choice.label, **changes)
        changed = next(other for other in self.labels if other.label == choice.label)
        self.table.replace_row(changed)
        self._show_buttons()
        self.labelsChanged.emit()

    def _proposed(self) -> list[LabelChoice]:
        return [choice for choice in self.labels if choice.proposal and choice.name != merged_name(self.labels, choice)]

    def _show_buttons(self) -> None:
        proposed = len(self._proposed())
        self._merge.setVisible(len(self.labels) > 1)
        self._on_selection()
        self._merge_proposed.setVisible(proposed > 0)
        self._merge_proposed.setText(f"Merge {counted(proposed, 'other spelling')}")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(SPACE // 2)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._help, 1)
        head.addWidget(self._merge_proposed)
        head.addWidget(self._merge)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addStretch(0)


def _accepted(choice: LabelChoice) -> bool:
    return choice.accepted


def _label(choice: LabelChoice) -> str:
    return choice.label


def _name(choice: LabelChoice) -> str:
    return choice.name


def _role(choice: LabelChoice) -> str:
    return choice.role


def _role_word(choice: LabelChoice) -> str:
    return role_word(choice.role)


def _turns(choice: LabelChoice) -> int:
    return choice.count


def _turns_shown(choice: LabelChoice) -> str:
    return f"{choice.count:,}"


def _words(choice: LabelChoice) -> int:
    return choice.words


def _words_shown(choice: LabelChoice) -> str:
    return f"{choice.words:,}"


def _first_line(choice: LabelChoice) -> str:
    return choice.first_line


def _roles(_choice: LabelChoice) -> Choices:
    return ROLE_CHOICES
