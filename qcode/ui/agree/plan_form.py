"""The fields in which a plan is made: what is counted, what must be reached, and how much two coders are to code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, cast

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QWidget,
)

from qcode.agreement import Unit
from qcode.agreement.plans import Terms
from qcode.queries.agreement.plans import PlannableCode
from qcode.queries.codebook.code_sets import CodeSetRow
from qcode.queries.team import RoundRow
from qcode.ui.agree.plan import DRAWS, UNIT_NAMES
from qcode.ui.panel_parts import line_of
from qcode.ui.theme import SPACE, label

LINES: Final = 0.667, 0.8
_ID = Qt.ItemDataRole.UserRole
_MOST_LINES: Final = 8


class PlanForm(QWidget):
    """A plan's terms to be chosen; it says by `edited` that one was."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = _chooser("Unit", UNIT_NAMES)
        self.interviewers = QCheckBox("Leave out interviewers")
        self.which = _chooser("Which codes", {"all": "All codes", "some": "Only these"})
        self.below = QCheckBox("Count what stands below a code with it")
        self.codes = _list("Codes that are planned")
        self.each = _chooser("What must reach it", {True: "each code", False: "all codes together"})
        self.threshold = _threshold()
        self.lines = [_line_button(line) for line in LINES]
        ways = {True: "the lower end of its interval", False: "the figure itself"}
        self.by = _chooser("By what it must reach it", ways)
        self.share = _share()
        self.of = _chooser("Of what the share is", {False: "documents", True: "text"})
        self.sets = _list("Exclusive sets of codes")
        self.no_sets = label("No set of codes is exclusive.", tone="quiet")
        self.again = QCheckBox(f"Draw again {DRAWS:,} times")
        self.seed = _spin("Seed of the draws", 999_999, 1)
        self._draws = DRAWS
        self._share = 0.0
        self._headings: set[str] = set()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def terms(self) -> Terms:
        """What is chosen."""
        again = self.again.isChecked()
        chosen = tuple(_ticked(self.codes)) if self.which.currentData() == "some" else ()
        share = self.share.value()
        return Terms(
            unit=cast("Unit", self.unit.currentData()),
            codes=chosen,
            threshold=round(self.threshold.value(), 3),
            each_code=bool(self.each.currentData()),
            by_interval=bool(self.by.currentData()),
            share=self._share if share == round(100 * self._share) else share / 100,
            of_text=bool(self.of.currentData()),
            without_interviewers=self.interviewers.isChecked(),
            with_descendants=self.below.isChecked(),
            domains=tuple(_ticked(self.sets)),
            draws=self._draws if again else 0,
            seed=self.seed.value() if again else 0,
        )

    @property
    def names_no_code(self) -> bool:
        """Whether only some codes are planned, and none is ticked."""
        return self.which.currentData() == "some" and not self.terms.codes

    # Methods

    def controls(self) -> tuple[QWidget, ...]:
        """Everything that takes the focus, in the order of the eye."""
        first = (self.unit, self.interviewers, self.which, self.below, self.codes, self.each, self.threshold)
        return (*first, *self.lines, self.by, self.share, self.of, self.sets, self.again, self.seed)

    def offer(self, round_: RoundRow, codes: Sequence[PlannableCode], sets: Sequence[CodeSetRow]) -> None:
        """Offer what a round and the codebook have; what was ticked stays so while it is there."""
        item = cast("Any", self.unit.model()).item(self.unit.findData("segment"))
        item.setEnabled(round_.segmented)
        with QSignalBlocker(self.codes), QSignalBlocker(self.sets):
            _fill(self.codes, [(row.id, "    " * (len(row.path) - 1) + row.path[-1]) for row in codes])
            exclusive = [(row.id, row.name) for row in sets if row.exclusive]
            _fill(self.sets, exclusive)
        for ticks in (self.codes, self.sets):
            _fit(ticks)
        self.sets.setVisible(bool(exclusive))
        self.no_sets.setVisible(not exclusive)
        self._headings = {row.id for row in codes if row.heading}
        self._follow()

    def show_terms(self, terms: Terms) -> None:
        """Show terms, without codes that are no longer in use."""
        blocked = [QSignalBlocker(each) for each in self.controls()]
        for chooser, value in (
            (self.unit, terms.unit),
            (self.which, "some" if terms.codes else "all"),
            (self.each, terms.each_code),
            (self.by, terms.by_interval),
            (self.of, terms.of_text),
        ):
            chooser.setCurrentIndex(chooser.findData(value))
        self.interviewers.setChecked(terms.without_interviewers)
        self.below.setChecked(terms.with_descendants)
        self.threshold.setValue(terms.threshold)
        self._share = terms.share
        self.share.setValue(round(100 * terms.share))
        self.again.setChecked(bool(terms.draws))
        self._draws = terms.draws or DRAWS
        self.again.setText(f"Draw again {self._draws:,} times")
        self.seed.setValue(terms.seed if terms.draws else 1)
        _tick(self.codes, terms.codes)
        _tick(self.sets, terms.domains)
        del blocked
        self._follow()

    def set_editable(self, *, editable: bool) -> None:
        """Let somebody choose, or only read."""
        for each in self.controls():
            each.setEnabled(editable)

    # Private slots

    def _on_edited(self) -> None:
        self._follow()
        self.edited.emit()

    # Internal

    def _follow(self) -> None:
        """Show what belongs to what is chosen."""
        some = self.which.currentData() == "some"
        self.codes.setVisible(some)
        self._seeded.setVisible(self.again.isChecked())
        with QSignalBlocker(self.codes):
            for place in range(self.codes.count()):
                item = self.codes.item(place)
                if item.data(_ID) in self._headings:
                    self._let_tick(item, wanted=self.below.isChecked())

    def _let_tick(self, item: QListWidgetItem, *, wanted: bool) -> None:
        """A heading has a box where what stands below it counts with it, and else none."""
        role = Qt.ItemDataRole.CheckStateRole
        if not wanted:
            item.setData(role, None)
        elif item.data(role) is None:
            item.setCheckState(Qt.CheckState.Unchecked)

    def _connect(self) -> None:
        for chooser in (self.unit, self.which, self.each, self.by, self.of):
            chooser.activated.connect(self._on_edited)
        for box in (self.interviewers, self.below, self.again):
            box.toggled.connect(self._on_edited)
        for number in (self.threshold, self.share, self.seed):
            number.valueChanged.connect(self._on_edited)
        for ticks in (self.codes, self.sets):
            ticks.itemChanged.connect(self._on_edited)
        for line, made in zip(LINES, self.lines, strict=True):
            made.clicked.connect(partial(self.threshold.setValue, line))

    def _lay_out(self) -> None:
        self._seeded = QWidget()
        seeded = line_of(label("seed", tone="quiet"), self.seed)
        seeded.setContentsMargins(0, 0, 0, 0)
        self._seeded.setLayout(seeded)
        quiet = partial(label, tone="quiet")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(int(1.5 * SPACE))
        grid.setColumnStretch(1, 1)
        rows = (
            ("Counted in", (self.unit, self.interviewers)),
            ("Codes", (self.which, self.below)),
            ("", (self.codes,)),
            ("Must reach", (quiet("α ≥"), self.threshold, *self.lines)),
            ("", (quiet("for"), self.each, quiet("by"), self.by)),
            ("Double coding", (quiet("at least"), self.share, quiet("of the"), self.of)),
            ("Exclusive sets", (self.sets, self.no_sets)),
            ("Intervals", (self.again, self._seeded)),
        )
        for place, (name, parts) in enumerate(rows):
            words = quiet(name)
            if name:
                grid.addWidget(words, place, 0, Qt.AlignmentFlag.AlignTop)
                words.setMinimumHeight(4 * SPACE)
            grid.addLayout(line_of(*parts, stretch=0 if parts[0] in (self.codes, self.sets) else -1), place, 1)


# Fields -----------------------------------------------------------------------------------------------------------


def _chooser(name: str, choices: dict[Any, str]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for value, words in choices.items():
        made.addItem(words, value)
    return made


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setUniformItemSizes(True)
    made.setSelectionMode(QListWidget.SelectionMode.NoSelection)
    return made


def _threshold() -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setLocale(QLocale.c())
    made.setDecimals(3)
    made.setRange(0.001, 0.999)
    made.setSingleStep(0.01)
    made.setFixedWidth(12 * SPACE)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setAccessibleName("Threshold of alpha")
    return made


def _line_button(line: float) -> QPushButton:
    made = QPushButton(f"{line:.3f}")
    made.setProperty("kind", "quiet")
    made.setAccessibleName(f"Threshold {line:.3f}")
    made.setToolTip(f"Take {line:.3f}, one of the two lines in the plots.")
    return made


def _share() -> QSpinBox:
    made = _spin("Share that two coders or more are to code", 100, 20)
    made.setSuffix(" %")
    made.setSingleStep(5)
    made.setToolTip("10 to 25 % are usual; 0 names no share.")
    return made


def _spin(name: str, most: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(0, most)
    made.setValue(value)
    made.setFixedWidth(12 * SPACE)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setAccessibleName(name)
    return made


def _fill(ticks: QListWidget, rows: Sequence[tuple[str, str]]) -> None:
    before, at = set(_ticked(ticks)), ticks.currentRow()
    ticks.clear()
    for key, words in rows:
        item = QListWidgetItem(words, ticks)
        item.setData(_ID, key)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if key in before else Qt.CheckState.Unchecked)
    ticks.setCurrentRow(min(max(at, 0), ticks.count() - 1))


def _fit(ticks: QListWidget) -> None:
    """As high as its lines, as long as these are few."""
    line = max(ticks.sizeHintForRow(0), 3 * SPACE)
    ticks.setFixedHeight(min(max(ticks.count(), 1), _MOST_LINES) * line + SPACE)


def _tick(ticks: QListWidget, wanted: Sequence[str]) -> None:
    for place in range(ticks.count()):
        item = ticks.item(place)
        item.setCheckState(Qt.CheckState.Checked if item.data(_ID) in wanted else Qt.CheckState.Unchecked)


def _ticked(ticks: QListWidget) -> list[str]:
    items = (ticks.item(place) for place in range(ticks.count()))
    return [str(item.data(_ID)) for item in items if item.checkState() is Qt.CheckState.Checked]
