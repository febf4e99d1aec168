"""The strip on top of the Agree room: which round and unit, who took part, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from qcode.agreement import Unit
from qcode.agreement.plans import Terms
from qcode.ids import RoundId
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.agreement.refusals import listed, some
from qcode.queries.agreement.scope import remarks, unfinished_in_full
from qcode.queries.team import RoundRow
from qcode.ui.agree.plan import DRAWS, LINE_NAMES, UNIT_NAMES, Lines, Plan
from qcode.ui.flow import FlowLayout
from qcode.ui.theme import SPACE, label


class Strip(QFrame):
    """What is compared, and how. It says what was chosen by `changed`, and by others that a file or a plan is wanted.

    What is planned for a round is chosen to begin with.
    """

    changed = Signal()
    saveAsked = Signal()
    planAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.rounds, self.units, self.lines = _chooser("Round"), _chooser("Unit"), _chooser("What is compared")
        for unit, words in UNIT_NAMES.items():
            self.units.addItem(words, unit)
        for lines, words in LINE_NAMES.items():
            self.lines.addItem(words, lines)
        self.interviewers = QCheckBox("Leave out interviewers")
        self.interviewers.setToolTip("What people with the role of interviewer say does not count, for anybody.")
        self.again = QCheckBox(f"Draw again {DRAWS:,} times")
        self.again.setToolTip(
            "Draws documents again with replacement, for intervals that need no formula; one seed gives the same draws."
        )
        self.seed = _seed()
        self.save = QPushButton("Save report…")
        self.save.clicked.connect(self.saveAsked)
        self.make_plan = QPushButton("Plan…")
        self.make_plan.setProperty("kind", "quiet")
        self.make_plan.setToolTip("What is to be counted and what must be reached, saved before the coding.")
        self.make_plan.clicked.connect(self.planAsked)
        self.busy = label("", "small", "quiet")
        self.who, self.left_out = label(), label("", "small", "quiet")
        self._known: tuple[RoundRow, ...] = ()
        self._unit_chosen = False
        self._planned: Mapping[RoundId, Terms] = {}
        self._begun: dict[RoundId, Terms] = {}
        self._draws = DRAWS
        self._lay_out()
        self._connect()

    # Properties

    @property
    def plan(self) -> Plan:
        """What is chosen; no unit as long as nobody chose one, and no round as long as there is none."""
        name = self.rounds.currentData()
        return Plan(
            cast("Unit", self.units.currentData()) if self._unit_chosen else None,
            name if isinstance(name, str) else None,
            cast("Lines", self.lines.currentData()),
            self.interviewers.isChecked(),
            self._draws if self.again.isChecked() else 0,
            self.seed.value(),
        )

    @property
    def round_name(self) -> str | None:
        """The round that is chosen, or None as long as there is none."""
        return self.plan.round_name

    # Methods

    def controls(self) -> tuple[QWidget, ...]:
        """Everything that takes the focus, in the order of the eye."""
        return self.rounds, self.units, self.lines, self.interviewers, self.again, self.seed, self.make_plan, self.save

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

    def show_planned(self, planned: Mapping[RoundId, Terms]) -> None:
        """Know what is planned, and begin with it in the chosen round."""
        self._planned = planned
        self.begin_as_planned(self._chosen())

    def begin_as_planned(self, round_: RoundRow | None) -> bool:
        """Choose what is planned for a round, once for each plan; says whether that changes what is compared."""
        terms = None if round_ is None else self._planned.get(round_.id)
        if round_ is None or terms is None or self._begun.get(round_.id) == terms:
            return False
        self._begun[round_.id], before = terms, self.plan
        self._take(terms)
        return self.plan != before

    def show_sets(self, *, some: bool) -> None:
        """Offer sets of codes where the study has some."""
        for lines in ("sets", "wide sets"):
            _enable(self.lines, lines, enabled=some)
        if not some and self.lines.currentData() in ("sets", "wide sets"):
            self.lines.setCurrentIndex(0)

    def show_busy(self, sentence: str) -> None:
        """Say that something is going on, or with an empty sentence that it no longer is."""
        self.busy.setText(sentence)
        self.busy.setAccessibleName(sentence)

    def show_plan(self, found: StudyAgreement | None, remark: str = "") -> None:
        """Say who took part in what, what is left out, and a remark that holds for the whole table."""
        self.save.setEnabled(found is not None)
        if found is not None:
            _enable(self.units, "segment", enabled=found.round.segmented)
            self.units.setCurrentIndex(self.units.findData(found.unit))
        self.who.setText(took_part(found) if found else "")
        self.who.setToolTip("Shared documents: " + ", ".join(found.documents) if found else "")
        said = [remark, *(remarks(found) if found else ())]
        self.left_out.setText(" ".join(part for part in said if part))
        self.left_out.setToolTip(unfinished_in_full(found) if found else "")
        self.left_out.setVisible(any(said))

    # Private slots

    def _on_unit(self) -> None:
        self._unit_chosen = True

    def _on_round(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._begun.pop(chosen.id, None)
            self.begin_as_planned(chosen)

    def _on_again(self, checked: bool) -> None:
        self._seeded.setVisible(checked)
        self.changed.emit()

    # Internal

    def _chosen(self) -> RoundRow | None:
        return next((row for row in self._known if row.name == self.round_name), None)

    def _take(self, terms: Terms) -> None:
        blocked = [QSignalBlocker(each) for each in (self.interviewers, self.again, self.seed)]
        self._unit_chosen, self._draws = True, terms.draws or DRAWS
        self.units.setCurrentIndex(self.units.findData(terms.unit))
        self.lines.setCurrentIndex(self.lines.findData("branches" if terms.with_descendants else "codes"))
        self.interviewers.setChecked(terms.without_interviewers)
        self.again.setText(f"Draw again {self._draws:,} times")
        self.again.setChecked(bool(terms.draws))
        self.seed.setValue(terms.seed if terms.draws else self.seed.value())
        self._seeded.setVisible(bool(terms.draws))
        del blocked

    def _connect(self) -> None:
        self.units.activated.connect(self._on_unit)  # first, since `changed` asks for the plan
        self.rounds.activated.connect(self._on_round)
        for chooser in (self.rounds, self.units, self.lines):
            chooser.activated.connect(self.changed)
        self.interviewers.toggled.connect(self.changed)
        self.again.toggled.connect(self._on_again)
        self.seed.valueChanged.connect(self.changed)

    def _lay_out(self) -> None:
        row = FlowLayout()
        row.setSpacing(SPACE)
        for name, chooser in (("Agreement in", self.rounds), ("by", self.units), ("of", self.lines)):
            row.addWidget(_named(name, chooser))
        self._seeded = _named("seed", self.seed)
        self._seeded.setVisible(False)
        row.addWidget(_together(self.interviewers, self.again, self._seeded))
        choices = QHBoxLayout()
        choices.setSpacing(2 * SPACE)
        choices.addLayout(row, 1)
        choices.addWidget(self.busy, alignment=Qt.AlignmentFlag.AlignTop)
        choices.addWidget(self.make_plan, alignment=Qt.AlignmentFlag.AlignTop)
        choices.addWidget(self.save, alignment=Qt.AlignmentFlag.AlignTop)
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
    return f"{listed(found.coders)} · {shared} coded by at least two of them: {some(found.documents)}"


def _chooser(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _seed() -> QSpinBox:
    made = QSpinBox()
    made.setRange(0, 999_999)
    made.setValue(1)
    made.setKeyboardTracking(False)
    made.setFixedWidth(11 * SPACE)
    made.setAccessibleName("Seed of the draws")
    return made


def _named(name: str, control: QWidget) -> QWidget:
    """A control behind its name, which stay together."""
    words = label(name, tone="quiet")
    words.setBuddy(control)
    return _together(words, control)


def _together(*controls: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    for control in controls:
        row.addWidget(control)
    return holder


def _enable(chooser: QComboBox, data: str, *, enabled: bool) -> None:
    item = cast("QStandardItemModel", chooser.model()).item(chooser.findData(data))
    if item is not None:
        item.setEnabled(enabled)


def _let_wrap(words: QLabel) -> None:
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
