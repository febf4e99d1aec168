"""What was done to the study, by whom and when; one's own steps can be taken back, unless later work stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import get_args

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qcode.ids import DocumentId, StepId
from qcode.operations.collecting import take_back
from qcode.queries.collecting.merges import MergeRow, merges
from qcode.queries.history import (
    HistoryLooking,
    StepRow,
    Thing,
    documents_with_history,
    history,
    place_of,
    why_not,
)
from qcode.study import Study
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.acts import HERE, make_action
from qcode.ui.drawer.history_rows import Shown, rows_of
from qcode.ui.drawer.panel import Panel
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label

PAGE = 100
_REST_MS = 200
_NOTHING = "There is nothing of yours to take back."
_NO_PLACE = "This step did not happen at a place in a transcript."
_MARK_ONE = "Mark a step in the list first."


class HistoryPanel(Panel):
    """Everybody's steps, the latest first and more as one scrolls; what was taken back is struck through."""

    tookBack = Signal(object)
    requestPlace = Signal(object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        columns = (
            Column[Shown](
                "Step",
                lambda row: row.sentence,
                struck=lambda row: row.step.undone,
                tip=lambda row: row.tip,
                stretch=True,
            ),
            Column[Shown]("Who", lambda row: row.step.coder, width=18 * SPACE),
            Column[Shown]("When", lambda row: row.step.at, lambda row: row.when, width=20 * SPACE),
            Column[Shown]("Now", lambda row: row.state, tip=lambda row: row.reason or "", width=20 * SPACE),
        )
        self._steps: list[StepRow] = []
        self._reasons: dict[StepId, str] = {}
        self._merges: list[MergeRow] = []
        self._more = self._showing = False
        self._scrolled = 0
        self._coder: str | None = None
        self._task: work.Task | None = None
        self._taking: work.Task | None = None
        self._table = RowTable(columns, self)
        self._table.setAccessibleName("Steps, the latest first")
        self._next = label("", "small", "quiet")
        self._button = QPushButton("Take back", self)
        self.place_button = QPushButton("Show the place", self)
        self.earlier = QPushButton("Show earlier steps", self)
        self.whose, self.thing, self.document = (self._list(name) for name in ("coder", "kind of thing", "document"))
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._actions = [
            make_action(
                self._table,
                "Take back the marked step",
                self.take_back,
                "Return",
                "Enter",
                context=HERE,
                key="history.take-back",
            ),
            make_action(
                self,
                "Show where the marked step happened",
                self.show_place,
                "Ctrl+Return",
                "Ctrl+Enter",
                key="history.place",
            ),
            make_action(self, "Show earlier steps", self.show_earlier, key="history.earlier"),
        ]
        self._lay_out()
        self._connect()

    # Properties

    @property
    def table(self) -> RowTable:
        """The steps."""
        return self._table

    @property
    def button(self) -> QPushButton:
        """Takes back the marked step."""
        return self._button

    @property
    def steps(self) -> Sequence[StepRow]:
        """The steps that were read, the latest first."""
        return tuple(self._steps)

    @property
    def looking(self) -> HistoryLooking:
        """Which steps are shown."""
        document = self.document.currentData()
        return HistoryLooking(
            self.whose.currentIndex() == 1, self.thing.currentData(), DocumentId(document) if document else None
        )

    @property
    def thinking(self) -> bool:
        """Whether it is still being found out which steps can be taken back."""
        return self._resting.isActive() or self._task is not None or self._taking is not None

    # Methods

    def refresh(self) -> None:
        """Read the steps again, as many as were shown."""
        self._offer_documents()
        number = max(PAGE, len(self._steps))
        self._steps = history(self.bridge.study, latest=number, looking=self.looking)
        self._more = len(self._steps) == number
        self._merges = self._wanted_merges()
        self._show()
        if self._coder != self.bridge.coder:
            self._coder = self.bridge.coder
            self._begin()
        self._tell()
        self._resting.start()

    def entry(self) -> QWidget:
        """The table."""
        return self._table

    def panel_actions(self) -> list[QAction]:
        """Taking back, going to the place, and reading on."""
        return list(self._actions)

    def show_earlier(self) -> None:
        """Read the page before the earliest step that is shown."""
        if self._more and self._steps:
            page = history(self.bridge.study, latest=PAGE, looking=self.looking, before=self._steps[-1].id)
            self._steps += page
            self._more = len(page) == PAGE
            self._show()
            self._resting.start()

    def take_back(self) -> None:
        """Take back the marked step, or all that a merge brought; a refusal says why it stays."""
        row: Shown | None = self._table.current_row()
        if row is None:
            self.bridge.refused.emit(_MARK_ONE)
            return
        if row.merge is not None:
            self._take_back_merge(row.merge)
            return
        change = self.bridge.attempt(partial(self.bridge.study.undo_step, row.id))
        if change is not None:
            self.tookBack.emit(change)

    def show_place(self) -> None:
        """Ask for the place of the marked step."""
        row: Shown | None = self._table.current_row()
        place = place_of(self.bridge.study, row.step) if row is not None else None
        if place is not None:
            self.requestPlace.emit(place)
        else:
            self.bridge.informed.emit(_MARK_ONE if row is None else _NO_PLACE)

    # Private slots

    def _on_chosen(self) -> None:
        self._steps = []
        self.refresh()
        self._table.scrollToTop()

    def _on_scrolled(self, value: int) -> None:
        down, self._scrolled = value > self._scrolled, value
        if down and self._more and not self._showing and value == self._table.verticalScrollBar().maximum():
            self.show_earlier()

    def _on_rested(self) -> None:
        """Find out which of the steps can be taken back, without keeping the window waiting."""
        if self._task is not None:
            self._task.cancel()
        study, steps = self.bridge.study, [row for row in self._steps if row.mine and not row.undone]
        self._task = work.run(
            self,
            lambda progress: _reasons(study, steps, progress),
            done=self._on_reasons,
            refused=self.bridge.refused.emit,
        )

    def _on_merge_back(self, row: MergeRow) -> None:
        self._taking = None
        self.bridge.informed.emit(f"What “{row.file}” brought was taken back. Collect it again to have it once more.")
        self.refresh()

    def _on_merge_stays(self, sentence: str) -> None:
        self._taking = None
        self.bridge.refused.emit(sentence)
        self._tell()

    def _on_reasons(self, reasons: dict[StepId, str]) -> None:
        self._task = None
        self._reasons = reasons
        self._show()
        self._tell()

    # Internal

    def _show(self) -> None:
        shown = rows_of(self._steps, self._reasons, self._merges, all_read=not self._more)
        self._showing = True
        self._table.set_rows(shown)
        self._showing = False
        self.earlier.setVisible(self._more)

    def _wanted_merges(self) -> list[MergeRow]:
        """The merges, where steps of all kinds and documents are shown."""
        looking = self.looking
        if looking.thing is not None or looking.document is not None:
            return []
        return [row for row in merges(self.bridge.study) if row.mine or not looking.mine]

    def _take_back_merge(self, row: MergeRow) -> None:
        """Thousands of rows may go, so the window does not wait for it."""
        if self._taking is not None or row.taken_back:
            return
        study = self.bridge.study
        self.bridge.begun.emit()
        self._taking = work.run(
            self,
            lambda _progress: take_back(study, row.id),
            done=lambda _nothing: self._on_merge_back(row),
            refused=self._on_merge_stays,
        )
        self._tell()

    def _begin(self) -> None:
        """Mark what undo would take back, or nothing if one has done nothing."""
        first = self.bridge.study.next_undo() if self.bridge.coder is not None else None
        if first is None or not self._table.select_row(first):
            self._table.clearSelection()
            self._table.setCurrentIndex(self._table.rootIndex())

    def _tell(self) -> None:
        """Say of the marked step whether it can be taken back, and why not."""
        row: Shown | None = self._table.current_row()
        words, can = _NOTHING, False
        if row is not None and row.merge is not None and not row.step.undone:
            can = not row.reason and self._taking is None
            words = row.reason or "The lead can take this merge back as a whole; the file it came from stays as it is."
        elif row is not None and not row.step.mine and row.merge is None:
            words = f"Only {row.step.coder} can take this back."
        elif row is not None and row.step.undone:
            words = "This was taken back."
        elif row is not None:
            can = not row.reason
            words = row.reason or f"Your step: {row.sentence}"
        self._next.setText(words)
        self._next.setToolTip(words)
        self._button.setEnabled(can)
        self._button.setAccessibleName(f"Take back: {row.step.label}" if row is not None and can else "Take back")
        self.place_button.setEnabled(row is not None)

    def _offer_documents(self) -> None:
        listed = [("", "All documents"), *documents_with_history(self.bridge.study)]
        if [(self.document.itemData(n), self.document.itemText(n)) for n in range(self.document.count())] != listed:
            chosen = self.document.currentData()
            with QSignalBlocker(self.document):
                self.document.clear()
                for key, name in listed:
                    self.document.addItem(name, key)
                self.document.setCurrentIndex(max(self.document.findData(chosen), 0))

    def _list(self, name: str) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(f"Only steps of this {name}")
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(11)
        return made

    def _lay_out(self) -> None:
        self.whose.addItems(["Everyone’s", "Mine"])
        self.thing.addItem("All things", None)
        for thing in get_args(Thing.__value__):
            self.thing.addItem(thing.capitalize(), thing)
        self.earlier.setProperty("kind", "quiet")
        self._next.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        self._next.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        row.setSpacing(SPACE)
        for part in (self.whose, self.thing, self.document):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.place_button)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._next)
        column.addWidget(self._table, 1)
        column.addWidget(self.earlier)
        self._table.addActions(self._actions)

    def _connect(self) -> None:
        self._button.clicked.connect(self.take_back)
        self.place_button.clicked.connect(self.show_place)
        self.earlier.clicked.connect(self.show_earlier)
        for part in (self.whose, self.thing, self.document):
            part.activated.connect(lambda _index: self._on_chosen())
        self._table.rowActivated.connect(lambda _row: self.show_place())
        self._table.currentRowChanged.connect(lambda _row: self._tell())
        self._table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._resting.timeout.connect(self._on_rested)
        self.bridge.closing.connect(self._resting.stop)


def _reasons(study: Study, steps: Sequence[StepRow], progress: work.Progress) -> dict[StepId, str]:
    """Why steps cannot be taken back, a few at a time so that one can stop asking."""
    found: dict[StepId, str] = {}
    for first in range(0, len(steps), 10):
        if progress.cancelled:
            break
        found |= why_not(study, steps[first : first + 10])
    return found
