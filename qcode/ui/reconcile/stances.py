"""Where each coder stands on a decision, and where one says it oneself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.queries.disagreements.cases import DecisionRow
from qcode.reconciliation import STANCES, Stance
from qcode.ui.keys.keyed import KeyedAction
from qcode.ui.theme import SPACE, label

_ABOUT = {
    "persuaded": "You see it this way now",
    "accepts": "You see it otherwise, and can live with the decision",
    "dissents": "You see it otherwise, and it should be known",
}
_SAID = {"persuaded": "is persuaded", "accepts": "accepts it", "dissents": "dissents"}


class Stances(QWidget):
    """Three buttons for oneself, and a line that tells what the others said. `asked` tells which was pressed."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = label("", "small", "quiet")
        self._said.setWordWrap(True)
        self.buttons = {stance: QPushButton(stance.capitalize(), self) for stance in STANCES}
        line = QHBoxLayout()
        line.setSpacing(SPACE // 2)
        for stance, button in self.buttons.items():
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            button.setToolTip(_ABOUT[stance])
            button.clicked.connect(partial(self._on_pressed, stance))
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(label("Where you stand", "small", "quiet"))
        column.addLayout(line)
        column.addWidget(self._said)

    # Methods

    def tell_keys(self, actions: Mapping[Stance, QAction]) -> None:
        """Let the buttons tell the keys of the actions that do the same."""
        for stance, button in self.buttons.items():
            action = actions[stance]
            if isinstance(action, KeyedAction):
                action.tell_keys(button, _ABOUT[stance])

    def show_decision(self, decision: DecisionRow | None, coder: str | None) -> None:
        """Show where everybody stands on a decision; nothing while there is none that settles its case."""
        self.setVisible(decision is not None and decision.settles)
        if decision is None:
            return
        mine = next((one.stance for one in decision.stances if one.coder == coder), "")
        for stance, button in self.buttons.items():
            button.setChecked(stance == mine)
        others = [one for one in decision.stances if one.coder != coder]
        said = [f"{one.name} {_SAID[one.stance]}" + (f": “{one.note}”" if one.note else "") for one in others]
        self._said.setText(". ".join(said) + "." if said else "")
        self._said.setVisible(bool(said))

    # Internal

    def _on_pressed(self, stance: Stance, checked: bool) -> None:
        self.buttons[stance].setChecked(checked)
        self.asked.emit(stance)
