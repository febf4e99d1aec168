"""One page of the analysis: the sentence of what is counted, controls, the plot, the table, and what can be saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.queries.reports.themes_report import report_facts
from qcode.reports.outputs import write_report
from qcode.reports.plot_values import Key
from qcode.reports.plots import save_plot
from qcode.ui import saving, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.flow import FlowLayout
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.analysis.answer_table import AnswerTable
from qcode.ui.themes.analysis.answers import Answer
from qcode.ui.themes.analysis.kept_corpus import CorpusReader, KeptCorpus
from qcode.ui.themes.analysis.plot_pane import PlotPane
from qcode.ui.themes.behind import Behind

type Deed = Callable[[CorpusReader], Answer]

PLOT_FILES = "Pictures (*.png);;Drawings (*.svg);;PDF files (*.pdf)"
TABLE_FILES = (
    "Workbooks (*.xlsx);;CSV files (*.csv);;Word documents (*.docx);;Web pages (*.html);;Markdown files (*.md)"
)
_UNFIT: Final = r"[^\w -]+"
_SMALLEST_FOR_BOTH = 54 * SPACE
"""Lower than this, neither plot nor table could be read."""
_NO_ROOM = "There is no room for plot and table together here. Make the window higher, or close the drawer."


class AnalysisPage(QFrame):
    """Asks one kind of question. What it asks is computed in a worker; an answer that is out of date is dropped.

    Pages write `question`, which answers with a deed for the worker, and put their controls in `controls`.
    """

    requestPassages = Signal(str, object)
    requestPlace = Signal(object)
    computed = Signal()

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self, bridge: StudyBridge, kept: KeptCorpus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.bridge, self.kept = bridge, kept
        self.ask_path: saving.AskPath = saving.ask_path
        self.answer: Answer | None = None
        self.is_stale = True
        self._task: work.Task | None = None
        self._wished, self._worked_in = "both", "plot"
        self.said, self.note, self.busy = label("", "small", "quiet"), label("", "small", "quiet"), label("", "small")
        self.plot, self.table = PlotPane(), AnswerTable(self.title)
        self.empty = EmptyState("Computing…", parent=self)
        self.controls = FlowLayout()
        self.views = {key: _switch(name) for key, name in (("both", "Both"), ("plot", "Plot"), ("table", "Table"))}
        self.save_plot_button, self.save_table_button = QPushButton("Save plot…"), QPushButton("Save table…")
        self.panes, self.pages = QSplitter(Qt.Orientation.Vertical), QStackedWidget()
        self._lay_out()
        self.make_controls()
        self._connect()

    # Properties

    @property
    def computing(self) -> bool:
        """Whether an answer, or its picture, is on its way."""
        return self._task is not None or self.plot.drawing

    @property
    def view(self) -> str:
        """What is shown: "both", "plot" or "table"."""
        return next(key for key, button in self.views.items() if button.isChecked())

    # For pages to write

    def make_controls(self) -> None:
        """Put what can be chosen into `controls`."""

    def offer(self) -> None:
        """Offer what can be chosen today, before the question is asked; in the window's thread, so it must be quick."""

    def question(self) -> Deed:
        """What is to be computed, as it is chosen now."""
        raise NotImplementedError

    def answered(self, answer: Answer) -> None:
        """Follow an answer, which is shown already."""

    def page_actions(self) -> list[QAction]:
        """What can be done on this page alone."""
        return []

    # Methods

    def refresh(self) -> None:
        """Ask again."""
        self.is_stale = False
        self.offer()
        self.ask()

    def ask(self) -> None:
        """Ask what is chosen; an answer that is still on its way is given up."""
        self.give_up()
        deed, reader, kept = self.question(), self.kept.reader(self.bridge.study), self.kept

        def compute(_progress: work.Progress) -> Answer:
            return deed(reader)

        if self.answer is None:
            self.empty.say("Computing…")
            self.pages.setCurrentWidget(self.empty)
        else:
            self.busy.setText("Computing…")
        self._task = work.run(
            self, compute, done=lambda answer: self._on_answer(kept, reader, answer), refused=self._on_refused
        )

    def give_up(self) -> None:
        """Wait for nothing."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.busy.setText("")

    def open_passages(self) -> None:
        """Open what is behind the figure, or the place of the plot, with the cursor."""
        key = self.plot.view.current if self.plot.view.hasFocus() else None
        if key is not None:
            self.open(key)
        elif not self.table.open():
            self.bridge.refused.emit("Go to a figure of the table, or to a place of the plot, first.")

    def open(self, key: Key) -> None:
        """Open what is behind a place."""
        behind = self.answer.behind(key) if self.answer is not None else None
        (behind or Behind("", sentence="No passage stands behind this number.")).lead(self)

    def show_view(self, view: str) -> None:
        """Show the plot, the table, or both; where there is no room for both, a sentence says so."""
        self._wished = view
        self._arrange()
        if view == "both" and self.view != view:
            self.bridge.informed.emit(_NO_ROOM)

    def save_plot(self) -> None:
        """Save the plot as it is printed, as a picture, a drawing or PDF; the ending decides."""
        plot, answer = self.plot.plot, self.answer
        if plot is None or answer is None:
            self.bridge.refused.emit("There is no plot here to save.")
            return
        path = self.ask_path(self, "Save the plot", self._suggested(plot.title, ".png"), PLOT_FILES)
        if path is not None:
            said = f"{answer.said} {answer.marks}".strip()
            self._save(lambda: save_plot(plot, path, note=said), f"The plot is saved as {path}.", in_window=True)

    def save_table(self) -> None:
        """Save the table as a workbook, as CSV, for Word, as a page or as Markdown; the ending decides."""
        answer, study = self.answer, self.bridge.study
        if answer is None or not answer.lines:
            self.bridge.refused.emit("There is no table here to save.")
            return
        path = self.ask_path(self, "Save the table", self._suggested(answer.title, ".xlsx"), TABLE_FILES)
        if path is not None:
            self._save(
                lambda: write_report(answer.table(), path, facts=report_facts(study)),
                f"The table is saved as {path}.",
            )

    def entry(self) -> QWidget:
        """What gets the focus when one comes here."""
        if self.pages.currentWidget() is self.panes:
            return self.plot.view if self.table.isHidden() else self.table.table
        return self.first_control() or self

    def first_control(self) -> QWidget | None:
        """The first thing that can be chosen."""
        item = self.controls.itemAt(0)
        found = item.widget() if item is not None else None
        return next((one for one in found.findChildren(QWidget) if one.focusPolicy()), found) if found else None

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.plot.redraw()
        self.table.table.viewport().update()

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where there is no room for both, one of plot and table is shown."""
        if watched is self.pages and event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    # Private slots

    def _on_view(self, view: str, *_checked: object) -> None:
        """Show what is clicked; where only one has room, the wish for both lasts until there is room again."""
        self._worked_in = view if view != "both" else self._worked_in
        if self._wished != "both" or self.pages.height() >= _SMALLEST_FOR_BOTH:
            self._wished = view
        self._arrange()

    def _on_opened(self, where: str, key: Key) -> None:
        """Open a place; where the drawer leaves room for one alone, what one works in stays."""
        self._worked_in = where
        self.open(key)

    def _on_answer(self, kept: KeptCorpus, reader: CorpusReader, answer: Answer) -> None:
        self._task = None
        if reader.found is not None:
            kept.keep(reader.found)
        self.busy.setText("")
        self.answer = answer
        self.say(answer.said, "\n".join(one for one in (answer.marks, answer.note) if one))
        self.table.show_answer(answer)
        self.plot.show_plot(answer.plot)
        self._arrange()
        self.pages.setCurrentWidget(self.panes)
        self._enable(can=True)
        self.answered(answer)
        self.computed.emit()

    def _on_refused(self, sentence: str) -> None:
        self._task, self.answer = None, None
        self.busy.setText("")
        self.say("", "")
        self.empty.say(sentence)
        self.plot.show_plot(None)
        self.pages.setCurrentWidget(self.empty)
        self._enable(can=False)
        self.computed.emit()

    # Internal

    def say(self, said: str, note: str) -> None:
        """Say what is counted, and what is to be known besides."""
        for where, words in ((self.said, said), (self.note, note)):
            where.setText(words)
            where.setVisible(bool(words))

    def choice(self, name: str, entries: list[tuple[str, str]]) -> QComboBox:
        """A control to choose one of several with, its name before it; choosing asks anew."""
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(34 * SPACE)
        for key, words in entries:
            box.addItem(words, key)
        box.activated.connect(self.ask)
        self.add_control(label(name, "small", "quiet"), box)
        return box

    def add_control(self, *parts: QWidget) -> QWidget:
        """Put controls that belong together at the end of the line."""
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, SPACE, 0)
        row.setSpacing(SPACE // 2)
        for part in parts:
            row.addWidget(part)
        self.controls.addWidget(held)
        return held

    def _save(self, deed: Callable[[], object], sentence: str, *, in_window: bool = False) -> None:
        if in_window:  # what draws keeps settings for all threads, so plots are drawn in the window's alone
            if self.bridge.attempt(lambda: deed() or True):
                self.bridge.informed.emit(sentence)
            return
        work.run(
            self,
            lambda _progress: deed(),
            done=lambda _none: self.bridge.informed.emit(sentence),
            refused=self.bridge.refused.emit,
        )

    def _suggested(self, title: str, ending: str) -> Path:
        path = self.bridge.study.path
        return path.with_name(f"{path.stem} {re.sub(_UNFIT, ' ', title).strip()}{ending}")

    def _enable(self, *, can: bool) -> None:
        self.save_plot_button.setEnabled(can and self.plot.plot is not None)
        self.save_table_button.setEnabled(can)

    def _arrange(self) -> None:
        """Show what is wished; of both, where there is no room, what one worked in last."""
        has_plot = self.answer is None or self.answer.plot is not None
        has_room = self.pages.height() >= _SMALLEST_FOR_BOTH
        shown = self._worked_in if self._wished == "both" and not has_room else self._wished
        self.views[shown].setChecked(True)
        self.plot.setVisible(has_plot and shown != "table")
        self.table.setVisible(not has_plot or shown != "plot")
        for key, button in self.views.items():
            button.setVisible(has_plot and (has_room or key != "both"))

    def _connect(self) -> None:
        self.table.opened.connect(partial(self._on_opened, "table"))
        self.plot.opened.connect(partial(self._on_opened, "plot"))
        for view, button in self.views.items():
            button.clicked.connect(partial(self._on_view, view))
        self.save_plot_button.clicked.connect(self.save_plot)
        self.save_table_button.clicked.connect(self.save_table)

    def _lay_out(self) -> None:
        for words in (self.said, self.note):
            _let_wrap(words)
        top = QHBoxLayout()
        top.setSpacing(SPACE // 2)
        top.addWidget(label(self.title, "heading"))
        top.addSpacing(SPACE)
        top.addWidget(self.busy)
        top.addStretch(1)
        for button in self.views.values():
            top.addWidget(button)
        top.addSpacing(SPACE)
        for save in (self.save_plot_button, self.save_table_button):
            save.setProperty("kind", "quiet")
            save.setEnabled(False)
            top.addWidget(save)
        self.views["both"].setChecked(True)
        self.pages.installEventFilter(self)
        for part, stretch in ((self.plot, 3), (self.table, 2)):
            self.panes.addWidget(part)
            self.panes.setStretchFactor(self.panes.count() - 1, stretch)
        self.panes.setSizes([300, 200])
        self.panes.setChildrenCollapsible(False)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.panes)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(self.said)
        column.addLayout(self.controls)
        column.addWidget(self.pages, 1)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.note)


def _switch(name: str) -> QToolButton:
    made = QToolButton()
    made.setText(name)
    made.setProperty("kind", "tab")
    made.setCheckable(True)
    made.setAutoExclusive(True)
    made.setAccessibleName(f"Show {name.lower() if name != 'Both' else 'plot and table'}")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _let_wrap(words: QLabel) -> None:
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.hide()
