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
    ("union", "Keep the union", "U"),
    ("intersection", "Keep the intersection", "I"),
    ("range", "Set the range that is kept", "R"),
    ("all", "Keep all codes", "K"),
    ("other", "Keep another code…", "O"),
    ("none", "Keep none", "N"),
    ("later", "Leave the case for later", "L"),
    ("meeting", "Leave the case for the team meeting", "T"),
)

_STANCES = ("Say that I am persuaded", "Say that I accept the decision", "Say that I dissent")


class CaseActs:
    """Actions that work wherever in the desk the focus is, but for fields in which one types."""

    def __init__(
        self, desk: QWidget, deciding: Deciding, deeds: dict[str, Deed], say: Callable[[Stance], object]
    ) -> None:
        self.outcomes = {
            outcome: make_action(
                desk, name, partial(deciding.choose, outcome), letter, key=f"case.{outcome}", context=WITHIN
            )
            for outcome, name, letter in _OUTCOMES
        }
        self._lanes = [
            make_action(
                desk,
                f"Accept what {letter} marked",
                partial(deciding.accept, letter),
                letter,
                key=f"case.accept-{letter.lower()}",
                context=WITHIN,
            )
            for letter in LETTERS
        ]
        self.stances = {
            stance: make_action(
                desk,
                words,
                partial(say, stance),
                f"Shift+{stance[0].upper()}",
                key=f"case.{stance}",
                context=WITHIN,
            )
            for stance, words in zip(
                STANCES,
                ("Say that I am persuaded", "Say that I accept the decision", "Say that I dissent"),
                strict=True,
            )
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
