"""The page on which the plan of a round's check is made, read and changed."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.agreement.plans import Terms
from qcode.ids import RoundId
from qcode.operations.agreement_plans import save_plan
from qcode.queries.agreement.plans import PlanRow, plan_of, plannable_codes, round_to_plan
from qcode.queries.codebook.code_sets import code_sets
from qcode.queries.team import RoundRow, coders, rounds
from qcode.ui.agree.plan_form import PlanForm
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import scrolled, sentence
from qcode.ui.theme import SPACE, label

ABOUT = (
    "Say before the coding what will be counted and what must be reached. Afterwards the figures are held against it, "
    "here, in the report and on the command line."
)
_NOT_YET = "Nothing is planned for this round yet."
_NO_ROUND = "There is no round to plan for. Begin one in the room Transcripts, in the tab Team."
_TICK = "Tick at least one code, or plan all codes."
_WIDEST = 96 * SPACE


class PlanningPage(QFrame):
    """A round's plan, with when it was saved and the fields to change it, for whoever leads.

    It says by `left` that somebody is done with it. What was chosen and not saved stays when the study changes.
    """

    left = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._rounds: tuple[RoundRow, ...] = ()
        self._plan: PlanRow | None = None
        self._shown: tuple[RoundId, Terms] | None = None
        self._may = False
        self.heading = label("Plan of the check", "heading")
        self.rounds = QComboBox()
        self.rounds.setAccessibleName("Round to plan")
        self.rounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.about, self.history = sentence(ABOUT, quiet=True), sentence()
        self.form = PlanForm()
        self.said = label("", "small", "quiet")
        self.save_button = QPushButton("Save the plan")
        self.save_button.setProperty("kind", "primary")
        self.back = QPushButton("Back to the figures")
        self.back.setProperty("kind", "quiet")
        self._lay_out()
        self.rounds.activated.connect(self._on_round)
        self.form.edited.connect(self._tell)
        self.save_button.clicked.connect(self.save)
        self.back.clicked.connect(self.left)

    # Properties

    @property
    def round(self) -> RoundRow | None:
        """The round that is planned for."""
        return next((row for row in self._rounds if row.id == self.rounds.currentData()), None)

    @property
    def changed(self) -> bool:
        """Whether something was chosen that is not saved."""
        return self._shown is not None and self.form.terms != self._shown[1]

    # Methods

    def show_round(self, name: str | None) -> None:
        """Show the plan of the round of this name; without one, of the latest main round."""
        chosen = round_to_plan(self.bridge.study, name)
        self._read_rounds()
        self.rounds.setCurrentIndex(-1 if chosen is None else self.rounds.findData(chosen.id))
        self._shown = None
        self._show()

    def refresh(self) -> None:
        """Show what the study says now; what was chosen here and not saved stays."""
        before = self.rounds.currentData()
        self._read_rounds()
        self.rounds.setCurrentIndex(max(self.rounds.findData(before), 0) if self._rounds else -1)
        self._show()

    def entry(self) -> QWidget:
        """What has the focus first."""
        return self.rounds if self.round is not None else self.back

    def save(self) -> None:
        """Save what is chosen as the plan of the round: one step."""
        round_ = self.round
        if round_ is None or not self.save_button.isEnabled():
            self.bridge.refused.emit(self.said.text() or _NO_ROUND)
            return
        terms = self.form.terms
        if self.bridge.attempt(lambda: save_plan(self.bridge.study, round_.id, terms)):
            self._shown = None
            self._show()
            self.bridge.informed.emit(f"The plan of “{round_.name}” is saved. Undo takes that back.")

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the figures."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    # Private slots

    def _on_round(self) -> None:
        self._shown = None
        self._show()

    def _tell(self) -> None:
        """Say what keeps the plan from being saved, if anything does."""
        words = ""
        if not self._may:
            words = self._leads()
        elif self.form.names_no_code:
            words = _TICK
        elif self._plan is not None and not self.changed:
            words = "This is what is planned."
        self.said.setText(words)
        self.said.setAccessibleName(words)
        unsaved = self._plan is None or self.changed
        self.save_button.setEnabled(self._may and self.round is not None and unsaved and not self.form.names_no_code)

    # Internal

    def _read_rounds(self) -> None:
        known = tuple(rounds(self.bridge.study))
        if known != self._rounds:
            self._rounds = known
            self.rounds.clear()
            for row in known:
                self.rounds.addItem(row.name, row.id)
        leads = [row for row in coders(self.bridge.study) if row.role == "lead"]
        self._may = not leads or any(row.id == self.bridge.study.coder for row in leads)

    def _leads(self) -> str:
        names = [row.name for row in coders(self.bridge.study) if row.role == "lead"]
        return f"Only whoever leads the study plans: {' or '.join(names)}."

    def _show(self) -> None:
        round_, study = self.round, self.bridge.study
        for each in (self.form, self.save_button, self.said, self.rounds):
            each.setVisible(round_ is not None)
        if round_ is None:
            self._plan = None
            self.history.setText(_NO_ROUND)
            return
        self._plan = plan_of(study, round_.id)
        unsaved = self.form.terms if self.changed and self._shown and self._shown[0] == round_.id else None
        usual = Terms(unit="segment" if round_.segmented else "sentence", share=0.2)
        self.form.offer(round_, plannable_codes(study), code_sets(study))
        self.form.show_terms(usual if self._plan is None else self._plan.terms)
        self._shown = round_.id, self.form.terms
        if unsaved is not None:
            self.form.show_terms(unsaved)
        self.form.set_editable(editable=self._may)
        self.history.setText(self._in_words())
        self._tell()

    def _in_words(self) -> str:
        """When the plan was saved; for those who only read it also what it says, in ink that is not faint."""
        if self._plan is None:
            return _NOT_YET
        said = [] if self._may else [f"Planned: {self._plan.terms.in_words()}."]
        return " ".join([*said, *self._plan.history()])

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(int(1.5 * SPACE))
        top = QHBoxLayout()
        top.setSpacing(2 * SPACE)
        top.addWidget(self.heading)
        top.addWidget(self.rounds)
        top.addStretch(1)
        column.addLayout(top)
        for each in (self.about, self.history):
            column.addWidget(each)
        column.addSpacing(SPACE)
        column.addWidget(self.form)
        column.addStretch(1)
        inside.setMaximumWidth(_WIDEST)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, 2 * SPACE)
        bottom.setSpacing(SPACE)
        for button in (self.save_button, self.back):
            bottom.addWidget(button)
        bottom.addSpacing(SPACE)
        bottom.addWidget(self.said, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolled(inside), 1)
        outer.addLayout(bottom)
        order = (self.rounds, *self.form.controls(), self.save_button, self.back)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
