"""The line above the grid: which round is shown, and what goes out to colleagues and comes back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from qcode.ids import RoundId
from qcode.queries.team import RoundRow
from qcode.ui import theme
from qcode.ui.keys import KeyedAction, keyed_actions
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import choice_box
from qcode.ui.transcripts.team.panel import button, offer
from qcode.ui.transcripts.team.rounds import traits

_OUTSIDE = (
    ("team.hand_out", "Hand out…"),
    ("team.collect", "Collect…"),
    ("team.proposals", "Proposals"),
    ("team.conflicts", "Conflicts"),
)


class TopBar(QFrame):
    """Chooses the round, and begins what other parts of the window do; what is nowhere to be done is not offered."""

    roundChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.round_box = choice_box((), "Round")
        self.traits = theme.label("", tone="quiet")
        self.traits.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.buttons = {key: button(words) for key, words in _OUTSIDE}
        self._followed: set[str] = set()
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        line.setSpacing(SPACE)
        line.addWidget(theme.label("Round", tone="quiet"))
        line.addWidget(self.round_box)
        line.addWidget(self.traits, 1)
        for key, part in self.buttons.items():
            line.addWidget(part)
            self.follow(part, key)
        self.round_box.activated.connect(lambda _place: self.roundChosen.emit(self.round_box.currentData()))

    # Methods

    def show_rounds(self, rows: Sequence[RoundRow], chosen: RoundId | None) -> None:
        """Offer the rounds, and say how the chosen one goes."""
        offer(self.round_box, [(row.id, row.name) for row in rows])
        self.round_box.setCurrentIndex(self.round_box.findData(chosen))
        row = next((row for row in rows if row.id == chosen), None)
        self.traits.setText(traits(row) if row is not None else "")
        self.traits.setToolTip(self.traits.text())

    def show_counts(self, proposals: int, conflicts: int) -> None:
        """Say how many codes are proposed, and how many conflicts wait for somebody."""
        for key, words, count in (
            ("team.proposals", "Proposals", proposals),
            ("team.conflicts", "Conflicts", conflicts),
        ):
            said = f"{words} ({count:,})" if count else words
            self.buttons[key].setText(said)
            self.buttons[key].setAccessibleName(said)

    def follow(self, part: QPushButton, key: str) -> None:
        """Let a button do what is registered under an id anywhere in the window; it is hidden while nothing is."""
        part.setVisible(False)
        part.clicked.connect(lambda: self._begin(key))
        part.setProperty("does", key)

    def tell_offered(self, *parts: QPushButton) -> None:
        """Show the buttons, and these others, for which there is something to do in this window."""
        known = {one.key: one for one in keyed_actions(self.window())}
        for part in (*self.buttons.values(), *parts):
            found = known.get(str(part.property("does")))
            part.setVisible(found is not None and found.isVisible())
            if found is not None and found.key not in self._followed:
                self._followed.add(found.key)
                found.tell_keys(part, part.accessibleName())

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Look what there is to do in the window."""
        self.tell_offered()
        super().showEvent(event)

    # Internal

    def _begin(self, key: str) -> None:
        found: KeyedAction | None = next((one for one in keyed_actions(self.window()) if one.key == key), None)
        if found is not None:
            found.trigger()
