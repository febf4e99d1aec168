"""The Report room: contents at the left, the pages in the middle, what to look at first at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from qcode.agreement import Unit
from qcode.queries.approach import measures_agreement
from qcode.queries.cautions import Caution, cautions
from qcode.queries.report import themes_report
from qcode.queries.team import study_card
from qcode.reports.tables import write_quotes_csv
from qcode.reports.values import ThemesReport
from qcode.reports.word import write_themes_docx
from qcode.study import Study
from qcode.ui import saving, theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.report.contents import ContentsPane
from qcode.ui.report.html import report_html
from qcode.ui.report.page import Page
from qcode.ui.report.warnings import WarningsPane
from qcode.ui.room import Room
from qcode.ui.theme import SPACE

NO_THEMES = "There is nothing to report yet. Gather codes into themes and pick quotes for them."


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The whole report with everything it can contain, and what to look at before it is saved."""

    report: ThemesReport
    cautions: list[Caution]
    measured: bool


class ReportRoom(Room):
    """Shows the report as it will be, and saves it. It is prepared in the background; ticks act at once."""

    key: ClassVar[str] = "report"
    title: ClassVar[str] = "Report"
    kinds: ClassVar[tuple[str, ...]] = (
        "theme", "theme_code", "quote", "code", "code_version", "coding", "document", "participant", "speaker", "study",
        "assignment", "round", "coder",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.ask_path: saving.AskPath = saving.ask_path
        self._task: work.Task | None = None
        self._whole: ThemesReport | None = None
        self.contents, self.page, self.warnings = ContentsPane(), Page(), WarningsPane()
        self.nothing = EmptyState(NO_THEMES, "Go to the Themes room")
        self.waiting = EmptyState("Preparing the pages…")
        self._make_actions()
        self._lay_out()
        self.contents.changed.connect(self._show_pages)
        self.contents.unitChanged.connect(self._prepare)
        self.contents.wordAsked.connect(self.save_word)
        self.contents.csvAsked.connect(self.save_csv)
        self.warnings.causeAsked.connect(self._on_cause)
        self.nothing.pressed.connect(lambda: self.requestRoom.emit("themes"))

    # Properties

    @property
    def computing(self) -> bool:
        """Whether newer pages are on their way."""
        return self._task is not None

    @property
    def report(self) -> ThemesReport | None:
        """The report as it is shown and would be saved."""
        return None if self._whole is None else self.contents.chosen(self._whole)

    # Methods

    def refresh(self) -> None:
        """Prepare the pages again."""
        self._prepare()

    def room_actions(self) -> list[QAction]:
        """What can be done here."""
        return [self._word, self._csv]

    def update_theme(self) -> None:
        """Set the pages in the colours of the theme."""
        self._show_pages()
        self.warnings.list.viewport().update()

    def save_word(self) -> None:
        """Save the report as a Word document, where the person says."""
        report = self.report
        path = self._asked("Save the report", "themes.docx", "Word documents (*.docx)") if report else None
        if report is not None and path is not None:
            self._save(lambda: write_themes_docx(report, path), f"The report is saved as {path}.")

    def save_csv(self) -> None:
        """Save all quotes as CSV, where the person says."""
        report = self.report
        path = self._asked("Save the quotes", "quotes.csv", "CSV files (*.csv)") if report else None
        if report is not None and path is not None:
            self._save(lambda: write_quotes_csv(report.sections, path), f"The quotes are saved as {path}.")

    # Private slots

    def _prepare(self) -> None:
        if self._task is not None:
            self._task.cancel()
        study, unit = self.bridge.study, self.contents.unit
        if self._whole is None:
            self.contents.show_report(None, measured=_measured(self.bridge.study))
            self.pages.setCurrentWidget(self.waiting)
        self._task = work.run(
            self, lambda _progress: _prepared(study, unit), done=self._on_prepared, refused=self._on_refused
        )

    def _on_prepared(self, prepared: _Prepared) -> None:
        self._task, self._whole = None, prepared.report
        self.contents.show_report(prepared.report, measured=prepared.measured)
        self.warnings.show_cautions(prepared.cautions)
        self._show_pages()
        self._enable_actions()

    def _on_refused(self, sentence: str) -> None:
        self._task, self._whole = None, None
        self.contents.show_report(None, measured=_measured(self.bridge.study))
        self.waiting.say(sentence)
        self.pages.setCurrentWidget(self.waiting)
        self.warnings.show_cautions(cautions(self.bridge.study))
        self._enable_actions()

    def _on_cause(self, caution: Caution) -> None:
        match caution.kind:
            case "theme without quotes":
                self.requestTheme.emit(caution.theme)
            case "no themes" | "one voice":
                self.requestRoom.emit("themes")
            case "blind":
                self.requestRoom.emit("code")
            case "small cells":
                self.requestRoom.emit("transcripts")
            case _ if caution.place is not None:
                self.requestPlace.emit(caution.place)

    # Internal

    def _show_pages(self) -> None:
        report = self.report
        if report is None:
            return
        if not report.sections:
            self.pages.setCurrentWidget(self.nothing)
            return
        self.page.show_html(report_html(report, theme.current()))
        self.pages.setCurrentWidget(self.page)

    def _asked(self, title: str, ending: str, kind: str) -> Path | None:
        study = self.bridge.study.path
        return self.ask_path(self, title, study.with_name(f"{study.stem} {ending}"), kind)

    def _save(self, deed: Callable[[], None], sentence: str) -> None:
        work.run(
            self,
            lambda _progress: deed(),
            done=lambda _none: self.bridge.informed.emit(sentence),
            refused=self.bridge.refused.emit,
        )

    def _enable_actions(self) -> None:
        self._word.setEnabled(self.contents.word.isEnabled())
        self._csv.setEnabled(self.contents.csv.isEnabled())

    def _make_actions(self) -> None:
        self._word = make_action(
            self, "Save the report as Word…", self.save_word, "Ctrl+S", key="report.word", context=WITHIN
        )
        self._csv = make_action(
            self, "Save the quotes as CSV…", self.save_csv, "Ctrl+Shift+S", key="report.quotes", context=WITHIN
        )

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for page in (self.waiting, self.page, self.nothing):
            self.pages.addWidget(page)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        for pane, stretch in ((self.contents, 0), (self.pages, 1), (self.warnings, 0)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(self.panes.count() - 1, stretch)
        self.panes.setSizes([28 * SPACE, 88 * SPACE, 34 * SPACE])
        self.panes.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.panes)


def _prepared(study: Study, unit: Unit) -> _Prepared:
    """Prepare in a worker: the report of today, and what to look at first."""
    today = datetime.now().astimezone().date()
    return _Prepared(themes_report(study, unit=unit, made_on=today), cautions(study), _measured(study))


def _measured(study: Study) -> bool:
    """Whether agreement is counted in such a study."""
    return measures_agreement(study_card(study).approach)
