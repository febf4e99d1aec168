"""The strip on top of the Agree room: which round and unit, who took part, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qcode.agreement import Unit
from qcode.queries.agreement import StudyAgreement
from qcode.queries.team import RoundRow
from qcode.ui.theme import SPACE, label

_UNITS: dict[Unit, str] = {"sentence": "Sentences", "character": "Characters"}
_NAMED = 3


class Strip(QFrame):
    """The plan of the comparison. It says what was chosen by `changed`, and that a file is wanted by `saveAsked`."""

    changed = Signal()
    saveAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.rounds = _chooser("Round")
        self.units = _chooser("Unit")
        for unit, name in _UNITS.items():
            self.units.addItem(name, unit)
        self.save = QPushButton("Save table…")
        self.save.clicked.connect(self.saveAsked)
        self.busy = label("", "small", "quiet")
        self.who, self.left_out = label(), label("", "small", "quiet")
        self._known: tuple[RoundRow, ...] = ()
        self._lay_out()
        self.rounds.activated.connect(self.changed)
        self.units.activated.connect(self.changed)

    # Properties

    @property
    def unit(self) -> Unit:
        """The unit that is chosen."""
        return cast("Unit", self.units.currentData())

    @property
    def round_name(self) -> str | None:
        """The round that is chosen, or None as long as there is none."""
        name = self.rounds.currentData()
        return name if isinstance(name, str) else None

    # Methods

    def show_rounds(self, rows: Sequence[RoundRow]) -> None:
        """Offer these rounds, and keep the chosen one if it is among them."""
        if tuple(rows) == self._known:
            return
        self._known, chosen = tuple(rows), self.rounds.currentData()
        self.rounds.clear()
        for row in rows:
            self.rounds.addItem(row.name if row.purpose == "main" else f"{row.name} ({row.purpose})", row.name)
        self.rounds.setCurrentIndex(self.rounds.findData(chosen) if chosen else -1)
        self.rounds.setEnabled(bool(rows))

    def choose_round(self, name: str) -> None:
        """Show a round as the chosen one."""
        self.rounds.setCurrentIndex(self.rounds.findData(name))

    def show_busy(self, sentence: str) -> None:
        """Say that something is going on, or with an empty sentence that it no longer is."""
        self.busy.setText(sentence)
        self.busy.setAccessibleName(sentence)

    def show_plan(self, found: StudyAgreement | None, remark: str = "") -> None:
        """Say who took part in what, what is left out, and a remark that holds for the whole table."""
        self.save.setEnabled(found is not None)
        self.who.setText(took_part(found) if found else "")
        self.who.setToolTip("Shared documents: " + ", ".join(found.documents) if found else "")
        said = [remark, unfinished(found.unfinished) if found else "", blind(found.withheld) if found else ""]
        self.left_out.setText(" ".join(part for part in said if part))
        self.left_out.setToolTip(all_unfinished(found.unfinished) if found else "")
        self.left_out.setVisible(any(said))

    # Internal

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(SPACE)
        for name, chooser in (("Agreement in", self.rounds), ("by", self.units)):
            words = label(name, tone="quiet")
            words.setBuddy(chooser)
            choices.addWidget(words)
            choices.addWidget(chooser)
        choices.addSpacing(2 * SPACE)
        choices.addWidget(self.busy)
        choices.addStretch()
        choices.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addLayout(choices)
        for words in (self.who, self.left_out):
            _let_wrap(words)
            column.addWidget(words)


def took_part(found: StudyAgreement) -> str:
    """Who took part, and in how many documents at least two of them meet."""
    count = len(found.documents)
    shared = "1 document" if count == 1 else f"{count} documents"
    return f"{_listed(found.coders)} · {shared} coded by at least two of them: {_some(found.documents)}"


def unfinished(pairs: Sequence[tuple[str, str]]) -> str:
    """What is left out since its coder has not handed it in, in one sentence."""
    if not pairs:
        return ""
    by_coder = _by_coder(pairs)
    said = "; ".join(f"{coder} {_some(names)}" for coder, names in by_coder)
    return f"Left out, not handed in yet: {said}."


def blind(names: Sequence[str]) -> str:
    """What waits until one has handed it in oneself, in one sentence."""
    return f"Left out until you hand it in, as the round is blind: {_some(names)}." if names else ""


def all_unfinished(pairs: Sequence[tuple[str, str]]) -> str:
    """The same in full, a line for each coder."""
    return "\n".join(f"{coder}: {', '.join(names)}" for coder, names in _by_coder(pairs))


def _by_coder(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    ordered = sorted((coder, document) for document, coder in pairs)
    return [(coder, [name for _coder, name in group]) for coder, group in groupby(ordered, key=lambda pair: pair[0])]


def _some(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names) if len(names) <= most else f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _chooser(name: Literal["Round", "Unit"]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _let_wrap(words: QLabel) -> None:
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
