"""The Agree room: how far coders agree, code by code, and the passages behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from qcode.operations.memos import Target
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.agreement.passages import Cell, looking_behind
from qcode.queries.agreement.plans import planned_terms
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.agreement.report import agreement_report
from qcode.queries.approach import measures_agreement
from qcode.queries.codebook.code_sets import code_sets
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking
from qcode.queries.team import rounds, study_card
from qcode.reports.agreement import write_agreement
from qcode.study import Study
from qcode.ui import saving, work
from qcode.ui.agree.figures import FigureRow, few_documents, figure_rows, overall_row
from qcode.ui.agree.page import Asked, Behind, Page
from qcode.ui.agree.panes import FigurePanes
from qcode.ui.agree.plan import Plan
from qcode.ui.agree.planning import PlanningPage
from qcode.ui.agree.readings import ReadingsPage
from qcode.ui.agree.strip import Strip
from qcode.ui.agree.tables import LEGEND
from qcode.ui.agree.views import CELL_COLUMNS, CELL_NAMES
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.room import Room

READING = (
    "This study’s approach is {}. There, understanding grows with the person who reads, so coefficients of agreement "
    "are not shown. Here is what each of you marked, side by side: where readings differ there is something to talk "
    "about."
)
_FILES = f"{saving.REPORTS};;JSON files (*.json)"
_NO_CODER_AGREES = "No agreement yet: two coders must have handed in the same document."


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came out of the computation: the figures with the codes' colours, or why there are none."""

    plan: Plan
    found: StudyAgreement | None
    colours: dict[str, int]
    sentence: str = ""


class AgreeRoom(Room):
    """How far coders agree. Figures are computed in the background; an answer that is out of date is dropped."""

    key: ClassVar[str] = "agree"
    title: ClassVar[str] = "Agree"
    kinds: ClassVar[tuple[str, ...]] = (
        "coding", "assignment", "region", "code", "code_set", "code_set_member", "round", "coder", "speaker",
        "document", "study", "agreement_plan",
    )  # fmt: skip
    chooses_round: ClassVar[bool] = True

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.ask_path: saving.AskPath = saving.ask_path
        self._task: work.Task | None = None
        self._found: StudyAgreement | None = None
        self._plan = Plan()
        # Each is made where it will be: Qt dresses all of a widget anew that is put elsewhere.
        self.strip, self.pages = Strip(self), QStackedWidget(self)
        self.figures = FigurePanes(self.pages)
        self.tables, self.details = self.figures.tables, self.figures.details
        self.nothing = EmptyState(_NO_CODER_AGREES, "Go to the Code room", self.pages, also="Plan the check…")
        self.waiting = EmptyState("Computing…", parent=self.pages)
        self.reading = ReadingsPage(bridge, self.pages)
        self._planning: PlanningPage | None = None
        self._is_planning = False
        self._lay_out()
        self._make_actions()
        self.strip.changed.connect(self._compute)
        self.strip.saveAsked.connect(self.save_report)
        for asked in (self.strip.planAsked, self.nothing.alsoPressed):
            asked.connect(self.make_plan)
        self.tables.rowActivated.connect(self._on_activated)
        self.tables.currentChanged.connect(self._on_current)
        self.details.passagesAsked.connect(lambda: self._on_activated(self.tables.current()))
        self.details.opened.connect(self._on_opened)
        self.details.refused.connect(self.bridge.refused)
        self.reading.passagesAsked.connect(self.requestPassages)
        self.nothing.pressed.connect(lambda: self.requestRoom.emit("code"))

    # Properties

    @property
    def found(self) -> StudyAgreement | None:
        """The figures that are shown."""
        return self._found

    @property
    def computing(self) -> bool:
        """Whether newer figures, or readings, are on their way."""
        return self._task is not None or self.reading.computing

    @property
    def planning(self) -> PlanningPage:
        """The page with the plan of a round, made when it is first wanted."""
        if self._planning is None:
            self._planning = PlanningPage(self.bridge, self.pages)
            self._planning.left.connect(self._on_planned)
            self.pages.addWidget(self._planning)
        return self._planning

    # Methods

    def refresh(self) -> None:
        """Compute the figures again, or say why this study has none."""
        card = study_card(self.bridge.study)
        if measures_agreement(card.approach):
            self.reading.give_up()
            self.strip.show_rounds(rounds(self.bridge.study))
            self.strip.show_sets(some=bool(code_sets(self.bridge.study)))
            self.strip.show_planned(planned_terms(self.bridge.study))
            if self._is_planning:
                self.planning.refresh()
            self._compute()
        else:
            self._give_up_waiting()
            self._found, self._is_planning = None, False
            self.reading.explain(READING.format(card.approach))
            self.reading.refresh()
            self._show(self.reading, with_strip=False)
        self._enable_actions()

    def room_actions(self) -> list[QAction]:
        """What can be done here."""
        return [self._passages, self._save, self._make_plan, *self._cells, *self._views]

    def things(self) -> Sequence[Target]:
        """The code whose line has the cursor."""
        has_codes = self._found is not None and self._plan.lines in ("codes", "branches")
        row = self.tables.current() if has_codes else None
        return [Target("code", row.code)] if row is not None and row.code else ()

    def update_theme(self) -> None:
        """Draw swatches and plots in the colours of the theme."""
        self.tables.codes.viewport().update()
        self.tables.overall.viewport().update()

    def show_passages(self) -> None:
        """Ask for the passages behind the number with the cursor: of a view that has the focus, else of the line."""
        if not self.details.open_passages():
            self._on_activated(self.tables.current())

    def show_cell(self, cell: Cell) -> None:
        """Ask for the passages of one cell of the pair of coders that has the cursor."""
        page = self.details.page("Pairs")
        column = next(place for place, one in CELL_COLUMNS.items() if one == cell)
        if not (isinstance(page, Page) and page.isVisible() and page.open(column)):
            self.bridge.refused.emit("Choose a code and, in the view “Pairs”, two coders first.")

    def show_view(self, title: str) -> None:
        """Show a view of the details, and give it the focus."""
        if self._is_planning:
            self._on_planned()
        self.figures.show_details()
        self.details.choose(title)

    def make_plan(self) -> None:
        """Show the plan of the round, to be made, read or changed."""
        if not self._is_planning:
            self.planning.show_round(self._found.round.name if self._found is not None else self.strip.round_name)
            self._show(self.planning, with_strip=False)
            self._is_planning = True
        self.planning.entry().setFocus()

    def save_report(self) -> None:
        """Save the report as Word, workbook, CSV or JSON, where the person says; the ending decides."""
        found, study = self._found, self.bridge.study
        if found is None:
            return
        suggested = study.path.with_name(f"{study.path.stem} agreement.docx")
        path = self.ask_path(self, "Save the report of agreement", suggested, _FILES)
        if path is None:
            return
        today = date.today()  # noqa: DTZ011  # the day where the person sits
        work.run(
            self,
            lambda _progress: write_agreement(agreement_report(study, found, made_on=today), path),
            done=lambda _none: self.bridge.informed.emit(f"The report is saved as {path}."),
            refused=self.bridge.refused.emit,
        )

    # Private slots

    def _compute(self) -> None:
        self._give_up_waiting()
        study, plan, since = self.bridge.study, self.strip.plan, self._found
        if since is None:
            self.strip.show_plan(None)
            self._show(self.waiting)
        else:
            self.strip.show_busy("Computing…")
        self._task = work.run(
            self, lambda _progress: _answer(study, plan, since), done=self._on_answer, refused=self._on_refused
        )

    def _on_answer(self, answer: _Answer) -> None:
        self._task, self._found, self._plan = None, answer.found, answer.plan
        self.strip.show_busy("")
        if answer.found is not None and self.strip.begin_as_planned(answer.found.round):
            self.strip.choose_round(answer.found.round.name)
            self._compute()
        elif answer.found is None:
            self.strip.show_plan(None)
            self.nothing.say(answer.sentence)
            self._show(self.nothing)
        else:
            self._show_figures(answer.found, answer.colours)
        self._enable_actions()

    def _on_refused(self, sentence: str) -> None:
        self._task, self._found = None, None
        self.strip.show_busy("")
        self.strip.show_plan(None)
        self.nothing.say(sentence)
        self._show(self.nothing)
        self._enable_actions()

    def _on_activated(self, row: FigureRow | None) -> None:
        if self._found is None or row is None:
            return
        title = f"{row.name}, {self._found.round.name}"
        self.requestPassages.emit(title, looking_behind(self._found, row.code))

    def _on_opened(self, behind: Behind) -> None:
        work.run(
            self,
            lambda _progress: behind.find(),
            done=lambda looking: self._on_passages(behind.title, looking),
            refused=self.bridge.refused.emit,
        )

    def _on_passages(self, title: str, looking: Looking) -> None:
        if looking.ids is not None and not looking.ids:
            self.bridge.informed.emit("No passage stands behind this number.")
        else:
            self.requestPassages.emit(title, looking)

    def _on_current(self, row: FigureRow | None) -> None:
        found = self._found
        asked = None if found is None or row is None else Asked(self.bridge.study, self._plan, found, row)
        self.details.show_row(row, found.unit if found is not None else "sentence", asked)

    def _on_planned(self) -> None:
        """Go on where the plan was asked for."""
        self._is_planning = False
        if self.computing and self._found is None:
            self._show(self.waiting)
        else:
            self._show(self.nothing if self._found is None else self.figures)
        (self.nothing.also if self._found is None else self.strip.make_plan).setFocus()

    # Internal

    def _show_figures(self, found: StudyAgreement, colours: dict[str, int]) -> None:
        rows, overall = figure_rows(found, colours), overall_row(found)
        self.strip.choose_round(found.round.name)
        few = any(few_documents(row) for row in (*rows, overall))
        self.strip.show_plan(found, f"{LEGEND} Few documents: intervals are approximate." if few else LEGEND)
        self.tables.show_rows(rows, overall)
        self._on_current(self.tables.current())
        first = self.pages.currentWidget() is self.waiting
        self._show(self.figures)
        focused = QApplication.focusWidget()
        if first and focused is not None and self.isAncestorOf(focused):
            self.tables.codes.setFocus()

    def _give_up_waiting(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.strip.show_busy("")

    def _show(self, page: QWidget, *, with_strip: bool = True) -> None:
        if self._is_planning:  # the plan stays in sight until it is left
            return
        self.strip.setVisible(with_strip)
        self.pages.setCurrentWidget(page)

    def _enable_actions(self) -> None:
        for action in self.room_actions():
            action.setEnabled(self._found is not None)
        self._make_plan.setEnabled(self.pages.currentWidget() is not self.reading)

    def _make_actions(self) -> None:
        self._passages = make_action(
            self,
            "Show the passages behind the figures",
            self.show_passages,
            "Ctrl+Return",
            "Ctrl+Enter",
            key="agree.passages",
            context=WITHIN,
        )
        self._save = make_action(
            self, "Save the report of agreement…", self.save_report, "Ctrl+S", key="agree.save", context=WITHIN
        )
        self._make_plan = make_action(
            self, "Plan the check of agreement…", self.make_plan, key="agree.make-plan", context=WITHIN
        )
        self._cells = [
            make_action(self, name, partial(self.show_cell, cell), key=f"agree.{cell}", context=WITHIN)
            for cell, name in CELL_NAMES.items()
        ]
        self._views = [
            make_action(
                self,
                f"Agreement: {title[0].lower()}{title[1:]}",
                partial(self.show_view, title),
                key=f"agree.{title.lower().replace(' ', '-')}",
                context=WITHIN,
            )
            for title in self.details.titles
        ]
        pairs = self.details.page("Pairs")
        pairs.table.addActions(self._cells)

    def _lay_out(self) -> None:
        for page in (self.waiting, self.figures, self.nothing, self.reading):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.pages, 1)
        views = (self.details.views.tabBar(), self.details.words, *(page.table for page in self.details.pages))
        order = (*self.details.switches, *views, self.details.passages, *self.strip.controls())
        for before, after in pairwise((self.tables.codes, self.tables.overall, *order)):
            self.setTabOrder(before, after)


def _answer(study: Study, plan: Plan, since: StudyAgreement | None) -> _Answer:
    """Compute in a worker: figures, or the sentence that says why there are none."""
    colours: dict[str, int] = {row.id: row.colour for row in codebook(study, counted=False)}
    try:
        return _Answer(plan, plan.carried_out(study, since), colours)
    except NothingToCompareError as error:
        return _Answer(plan, None, colours, str(error))
