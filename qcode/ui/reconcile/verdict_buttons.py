"""What can be decided about a case, as buttons that say their keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qcode.reconciliation import Outcome
from qcode.ui.keys.keyed import KeyedAction, shown_keys
from qcode.ui.reconcile.drafts import ABOUT, OUTCOMES
from qcode.ui.reconcile.seats import LETTERS, Seat
from qcode.ui.theme import SPACE, label

BUTTONS: tuple[Outcome, ...] = ("union", "intersection", "range", "all", "other", "none", "later", "meeting")


class VerdictButtons(QWidget):
    """A button for each lane, and one for each other outcome; which one was pressed is told."""

    lanePressed = Signal(str)
    outcomePressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = {letter: self._button(letter, partial(self.lanePressed.emit, letter)) for letter in LETTERS}
        self.outcomes = {
            name: self._button(OUTCOMES[name], partial(self.outcomePressed.emit, name)) for name in BUTTONS
        }
        for name, button in self.outcomes.items():
            button.setToolTip(ABOUT[name])
        self._lay_out()

    # Methods

    def tell_keys(self, actions: Mapping[Outcome, QAction]) -> None:
        """Let the buttons say the keys of the actions that do the same."""
        for name, button in self.outcomes.items():
            action = actions.get(name)
            if isinstance(action, KeyedAction):
                action.tell_keys(button, ABOUT[name])
                action.keysTaken.connect(partial(_say_key, button, OUTCOMES[name], action))
                _say_key(button, OUTCOMES[name], action)

    def show_seats(self, known: Sequence[Seat]) -> None:
        """Offer these lanes; one in which nothing is marked can be accepted, too: then nothing is kept."""
        by_letter = {seat.letter: seat for seat in known}
        for letter, button in self.lanes.items():
            seat = by_letter.get(letter)
            button.setVisible(seat is not None)
            if seat is not None:
                button.setAccessibleName(f"Accept what {seat.said} marked")
                button.setToolTip(f"Accept what {seat.said} marked")

    def show_fitting(self, fitting: Collection[str], *, any_lane: bool) -> None:
        """Offer what fits the case."""
        for name, button in self.outcomes.items():
            button.setEnabled(name in fitting)
        for button in self.lanes.values():
            button.setEnabled(any_lane)

    def choose(self, outcome: str, letter: str = "") -> None:
        """Show what is chosen, or with empty words that nothing is."""
        for name, button in self.outcomes.items():
            button.setChecked(name == outcome)
        for one, button in self.lanes.items():
            button.setChecked(outcome == "accept" and one == letter)

    # Internal

    def _button(self, words: str, pressed: partial[None]) -> QPushButton:
        made = QPushButton(words, self)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setProperty("kind", "choice")
        made.clicked.connect(lambda _checked: pressed())
        return made

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE // 2)
        line.addWidget(label("Accept", tone="quiet"))
        for button in self.lanes.values():
            button.setProperty("kind", "lane")
            button.setFixedWidth(4 * SPACE)
            line.addWidget(button)
        line.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(SPACE // 2)
        for place, button in enumerate(self.outcomes.values()):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(line)
        column.addLayout(grid)


def _say_key(button: QPushButton, words: str, action: QAction) -> None:
    key = shown_keys(action)
    button.setText(f"{key}  {words}" if key else words)
    button.setAccessibleName(words)
