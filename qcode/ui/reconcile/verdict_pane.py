"""The side of a case: what to decide, why, who is there; and what was decided before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from qcode.queries.codebook.tree import CodeRow
from qcode.queries.disagreements.cases import CaseRow, DecisionRow
from qcode.queries.team import CoderRow
from qcode.reconciliation import Reason
from qcode.ui.code.codebook.code_chooser import CodeChooser
from qcode.ui.keys.hints import KeyHint
from qcode.ui.panel_parts import rich, scrolled
from qcode.ui.reconcile.present import Present
from qcode.ui.reconcile.reasons import NoteField, Reasons
from qcode.ui.reconcile.seats import Seat
from qcode.ui.reconcile.stances import Stances
from qcode.ui.reconcile.told import precedents_html, standing_html
from qcode.ui.reconcile.verdict_buttons import VerdictButtons
from qcode.ui.theme import SPACE, label

_READS = "The lead decides. You read along, and say where you stand on what was decided."

_CHOOSER = 26 * SPACE


@dataclass(frozen=True, slots=True)
class Told:
    """What the pane says of a case beside the case itself."""

    names: Mapping[str, tuple[str, int]]
    text: str
    fitting: Collection[str]
    precedents: Sequence[DecisionRow]
    coder: str | None


class VerdictPane(QFrame):
    """Tells by `confirmed` and `left` how a decision ends that was begun with its buttons or with keys."""

    confirmed = Signal()
    left = Signal()
    codeChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.buttons, self.reasons, self.note, self.present = VerdictButtons(), Reasons(), NoteField(), Present()
        self.stances, self.chooser = Stances(), CodeChooser("Another code")
        self.standing, self.kept, self.precedents = (
            rich("What was decided"),
            rich("What is kept"),
            rich("Precedents"),
        )
        self.confirm = QPushButton("Decide and go on")
        self.confirm.setProperty("kind", "primary")
        keys = self.reasons.keys
        self.hint = KeyHint(
            ("{} {} reason", keys.action("back"), keys.action("next")),
            ("{} decide", keys.action("confirm")),
            ("{} leave", keys.action("leave")),
        )
        self.hint.setWordWrap(True)
        self._reads = label(_READS, tone="quiet")
        self._reads.setWordWrap(True)
        self._deciding, self._finishing = QWidget(), QWidget()
        self._before = label("Decided before", tone="quiet")
        self._lay_out()
        self.reasons.confirmed.connect(self.confirmed)
        self.reasons.left.connect(self.left)
        self.note.confirmed.connect(self.confirmed)
        self.note.left.connect(lambda: self.reasons.setFocus(Qt.FocusReason.OtherFocusReason))
        self.confirm.clicked.connect(self.confirmed)
        self.chooser.codeChosen.connect(self.codeChosen)

    # Properties

    @property
    def deciding(self) -> QWidget:
        """What only the lead sees."""
        return self._deciding

    # Methods

    def show_coders(self, rows: Sequence[CoderRow]) -> None:
        """Offer who may be there."""
        self.present.show_coders(rows)

    def show_case(self, case: CaseRow, known: Sequence[Seat], told: Told, *, leads: bool) -> None:
        """Show a case about which nothing is chosen yet."""
        self.standing.setText(standing_html(case, told.names, told.text))
        self.standing.setVisible(case.decision is not None)
        self._deciding.setVisible(leads)
        self._reads.setVisible(not leads)
        self.buttons.show_seats(known)
        self.buttons.show_fitting(told.fitting, any_lane="accept" in told.fitting)
        self.stances.show_decision(case.decision, told.coder)
        self.precedents.setText(precedents_html(told.precedents))
        self.show_draft("", "", "")

    def show_draft(self, outcome: str, letter: str, kept: str) -> None:
        """Show what is about to be decided, and what it keeps as rich text; or with no outcome, nothing."""
        self.chooser.hide()
        self.buttons.choose(outcome, letter)
        self.kept.setText(kept)
        self._finishing.setVisible(bool(outcome))

    def ask_code(self, rows: Sequence[CodeRow], words: str, outcome: str) -> None:
        """Let one of these codes be chosen by its letters; `codeChosen` tells it."""
        self.buttons.choose(outcome)
        self.chooser.line.clear()
        self.chooser.line.setPlaceholderText(words)
        self.chooser.line.setAccessibleName(words)
        self.chooser.offer(rows)
        if rows:
            self.chooser.set_current(rows[0].id)
        self.chooser.show()
        self.chooser.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, reason: Reason | Literal[""] = "", note: str = "") -> None:
        """Let a reason be chosen by keys."""
        self.reasons.choose(reason)
        self.note.setPlainText(note)
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what was begun here, wherever in the pane the keyboard is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # Internal

    def _lay_out(self) -> None:
        finishing = _column(self._finishing)
        finishing.addWidget(self.kept)
        finishing.addWidget(label("Why", tone="quiet"))
        finishing.addWidget(self.reasons)
        finishing.addWidget(self.note)
        finishing.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        finishing.addWidget(self.hint)
        deciding = _column(self._deciding)
        deciding.addWidget(self.buttons)
        self.chooser.setFixedHeight(_CHOOSER)
        deciding.addWidget(self.chooser)
        deciding.addWidget(self._finishing)
        deciding.addWidget(label("Who is there", tone="quiet"))
        deciding.addWidget(self.present)
        inside = QWidget()
        column = _column(inside)
        column.setContentsMargins(round(1.5 * SPACE), round(1.5 * SPACE), round(1.5 * SPACE), SPACE)
        column.setSpacing(round(1.5 * SPACE))
        for part in (self.standing, self._deciding, self._reads, self.stances, self._before, self.precedents):
            column.addWidget(part)
        column.addStretch(1)
        inside.setMinimumWidth(20 * SPACE)
        whole = _column(self)
        whole.addWidget(scrolled(inside))


def _column(part: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(part)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(SPACE)
    return made
