"""The keys of the room: one for each thing that can be decided about the case with the focus."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.reconciliation import STANCES, Outcome, Stance
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.reconcile.deciding import Deciding
from qcode.ui.reconcile.seats import LETTERS

type Deed = Callable[[], object]

_OUTCOMES: tuple[tuple[Outcome, str, str], ...] = (
    ("union", "Case: keep the union", "U"),
    ("intersection", "Case: keep the intersection", "I"),
    ("range", "Case: set the range that is kept", "R"),
    ("all", "Case: keep all codes", "K"),
    ("other", "Case: keep another code…", "O"),
    ("none", "Case: keep none", "N"),
    ("later", "Case: leave it for later", "L"),
    ("meeting", "Case: leave it for the team meeting", "T"),
)


class CaseActs:
    """Actions that work wherever in the desk the focus is, but for fields in which one types."""

    def __init__(
        self, desk: QWidget, deciding: Deciding, deeds: dict[str, Deed], say: Callable[[Stance], object]
    ) -> None:
        self.outcomes = {
            outcome: make_action(
                desk, name, partial(deciding.choose, outcome), letter, key=f"reconcile.{outcome}", context=WITHIN
            )
            for outcome, name, letter in _OUTCOMES
        }
        self._lanes = [
            make_action(
                desk,
                f"Case: accept what {letter} marked",
                partial(deciding.accept, letter),
                letter,
                key=f"reconcile.accept-{letter.lower()}",
                context=WITHIN,
            )
            for letter in LETTERS
        ]
        self.stances = {
            stance: make_action(
                desk,
                f"Decision: {words}",
                partial(say, stance),
                f"Shift+{stance[0].upper()}",
                key=f"reconcile.{stance}",
                context=WITHIN,
            )
            for stance, words in zip(STANCES, ("I am persuaded", "I accept it", "I dissent"), strict=True)
        }
        named = (
            ("next", "Next case", "PgDown"),
            ("previous", "Previous case", "PgUp"),
            ("names", "Show or hide the coders’ names", "H"),
            ("precedents", "Go to what was decided before", "P"),
            ("alike", "Preview cases like the last one", "M"),
            ("withdraw", "Withdraw the decision", "Del"),
            ("place", "Show the case in its transcript", "Ctrl+Return"),
            ("present", "Choose who is there", "W"),
            ("narrow", "Choose which cases are listed", "Ctrl+F"),
        )
        self.others = {
            name: make_action(desk, words, deeds[name], key, key=f"reconcile.{name}", context=WITHIN)
            for name, words, key in named
        }

    # Properties

    @property
    def all(self) -> list[QAction]:
        """Everything, in the order in which it is offered."""
        return [*self._lanes, *self.outcomes.values(), *self.others.values(), *self.stances.values()]

    @property
    def deciding(self) -> list[QAction]:
        """What only the lead may do."""
        return [*self._lanes, *self.outcomes.values(), self.others["withdraw"], self.others["alike"]]
