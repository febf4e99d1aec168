"""The Report room: all reports at the left, the pages in the middle, what to look at first at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from qcode.errors import QcodeError
from qcode.queries.approach import measures_agreement
from qcode.queries.reports.cautions import Caution, cautions
from qcode.queries.team import study_card
from qcode.reports.house_template import Template, kept_template, read_template
from qcode.reports.outputs import write_report
from qcode.reports.themes import themes_blocks
from qcode.reports.values import ThemesReport
from qcode.study import Change, Study
from qcode.ui import saving, theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.report.contents import ContentsPane, with_parts
from qcode.ui.report.html import blocks_html
from qcode.ui.report.kinds import KINDS, Kind, Prepared, Wish, Write
from qcode.ui.report.page import Page
from qcode.ui.report.warnings import WarningsPane
from qcode.ui.room import Room
from qcode.ui.theme import SPACE

PREPARING = "Preparing the pages…"
NO_THEMES = "There is nothing to report yet. Gather codes into themes and pick quotes for them."


@dataclass(frozen=True, slots=True)
class _Read:
    """A report as it was read, and what to look at before it is saved; or why there is none."""

    kind: Kind
    prepared: Prepared
    cautions: list[Caution]
    measured: bool
    refusal: str = ""


class ReportRoom(Room):
    """Shows the report as it will be, and saves it. It is prepared in the background; ticks act at once."""

    key: ClassVar[str] = "report"
    title: ClassVar[str] = "Report"
    kinds: ClassVar[tuple[str, ...]] = (
        "theme", "theme_code", "quote", "code", "code_version", "coding", "document", "revision", "participant",
        "speaker", "study", "assignment", "round", "coder", "turn_link", "attribution_policy", "attribution_exception",
        "decision", "attribute", "attribute_level", "attribute_value", "site",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.ask_path: saving.AskPath = saving.ask_path
        self.ask_file: Callable[[QWidget], Path | None] = _asked_file
        self._task: work.Task | None = None
        self._prepared: Prepared | None = None
        self.contents, self.page, self.warnings = ContentsPane(), Page(), WarningsPane()
        self.nothing = EmptyState(NO_THEMES, "Go to the Themes room")
        self.waiting = EmptyState(PREPARING)
        self._make_actions()
        self._lay_out()
        self._listen()
        self.contents.show_template(self._template)

    # Properties

    @property
    def computing(self) -> bool:
        """Whether newer pages are on their way."""
        return self._task is not None

    @property
    def report(self) -> ThemesReport | None:
        """The report on themes as it is shown and would be saved."""
        whole = self._prepared.themes if self._prepared else None
        return None if whole is None else with_parts(whole, self.contents.wanted)

    # Methods

    def refresh(self) -> None:
        """Prepare the pages again."""
        self._prepare()

    def take_change(self, change: Change) -> None:
        """Themes are read again when something they print was written, the other reports at any change."""
        if self.contents.kind.key == "themes":
            super().take_change(change)
        else:
            self.mark_stale()

    def room_actions(self) -> list[QAction]:
        """What can be done here."""
        return [self._save_as, self._csv, self._choose_template, self._drop_template, *self._choices.values()]

    def update_theme(self) -> None:
        """Set the pages in the colours of the theme."""
        self._show_pages()
        self.warnings.list.viewport().update()

    def save_report(self) -> None:
        """Save the report that is shown, in the format and where the person says."""
        kind, write = self.contents.kind, self._write()
        if write is None:
            return
        ending = Path(f"{kind.file}.docx" if kind.files else kind.file).name
        path = self._asked(f"Save: {kind.name}", ending, kind.files)
        if path is not None:
            house = self._template if path.suffix.lower() == ".docx" else None
            self._save(lambda: write(path, kept_template(house) if house else None), f"{kind.name}: saved as {path}.")

    def save_csv(self) -> None:
        """Save all quotes as CSV, where the person says."""
        write = self._write() if self.report is not None else None
        path = self._asked("Save the quotes", "quotes.csv", "CSV files (*.csv)") if write else None
        if write is not None and path is not None:
            self._save(lambda: write(path, None), f"The quotes are saved as {path}.")

    def choose_template(self) -> None:
        """Ask for a Word document whose looks reports take over; it is looked at before it is taken."""
        chosen = self.ask_file(self)
        if chosen is not None:
            work.run(
                self,
                lambda _progress: read_template(chosen),
                done=lambda template: self._take_template(chosen, template.name),
                refused=self.bridge.refused.emit,
            )

    def drop_template(self) -> None:
        """Make Word documents in our own looks again."""
        self._keep_template(None)
        self.bridge.informed.emit("Word documents are made in qcode's own looks again.")

    # Private slots

    def _prepare(self) -> None:
        if self._task is not None:
            self._task.cancel()
        study, kind, wish = self.bridge.study, self.contents.kind, self.contents.wish
        if self._prepared is None:
            self._offer(None)
            self.waiting.say(PREPARING)
            self.pages.setCurrentWidget(self.waiting)
        self._task = work.run(
            self, lambda _progress: _read(study, kind, wish), done=self._on_prepared, refused=self._on_refused
        )

    def _on_kind(self) -> None:
        self._prepared = None
        self._prepare()

    def _on_prepared(self, read: _Read) -> None:
        self._task = None
        self._prepared = None if read.refusal else read.prepared
        self._offer(read)
        self.warnings.show_cautions(read.cautions)
        if read.refusal:
            self.waiting.say(read.refusal)
            self.pages.setCurrentWidget(self.waiting)
        else:
            self._show_pages()

    def _on_refused(self, sentence: str) -> None:
        self._task, self._prepared = None, None
        self._offer(None)
        self.waiting.say(sentence)
        self.pages.setCurrentWidget(self.waiting)

    def _on_cause(self, caution: Caution) -> None:
        match caution.kind:
            case "theme without quotes":
                self.requestTheme.emit(caution.theme)
            case "no themes" | "one voice":
                self.requestRoom.emit("themes")
            case "blind" | "typed words":
                self.requestRoom.emit("code")
            case "small cells" | "not reviewed":
                self.requestRoom.emit("transcripts")
            case "kept back" | "exception" | "by hand" if caution.place is None:
                self.requestAttribution.emit()
            case _ if caution.place is not None:
                self.requestPlace.emit(caution.place)

    # Internal

    def _listen(self) -> None:
        contents = self.contents
        contents.kindChanged.connect(self._on_kind)
        contents.changed.connect(self._show_pages)
        contents.wishChanged.connect(self._prepare)
        contents.saveAsked.connect(self.save_report)
        contents.csvAsked.connect(self.save_csv)
        contents.templateAsked.connect(self.choose_template)
        contents.noTemplateAsked.connect(self.drop_template)
        self.warnings.causeAsked.connect(self._on_cause)
        self.nothing.pressed.connect(lambda: self.requestRoom.emit("themes"))

    def _offer(self, read: _Read | None) -> None:
        """Let be chosen and saved what there is."""
        prepared = self._prepared
        measured = read.measured if read is not None else _measured(self.bridge.study)
        themes = prepared.themes if prepared else None
        ready = prepared is not None and (themes is None or bool(themes.sections))
        self.contents.show_report(themes, ready=ready, measured=measured)
        if prepared is not None:
            self.contents.show_choices(prepared.choices, prepared.which)
        self._save_as.setEnabled(self.contents.save.isEnabled())
        self._csv.setEnabled(self.contents.csv.isEnabled() and self.report is not None)

    def _show_pages(self) -> None:
        report, prepared = self.report, self._prepared
        if prepared is None:
            return
        if report is not None and not report.sections:
            self.pages.setCurrentWidget(self.nothing)
            return
        blocks = prepared.blocks if report is None else themes_blocks(report)
        self.page.show_html(blocks_html(blocks, theme.current()))
        self.pages.setCurrentWidget(self.page)

    def _write(self) -> Write | None:
        """What writes the report that is shown."""
        prepared, report = self._prepared, self.report
        if prepared is None or report is None:
            return prepared.write if prepared else None

        def write(path: Path, template: Template | None) -> None:
            write_report(report, path, template=template)

        return write

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

    @property
    def _template(self) -> Path | None:
        settings = self.bridge.settings
        return settings.house_template if settings is not None else None

    def _keep_template(self, path: Path | None) -> None:
        if self.bridge.settings is not None:
            self.bridge.settings.house_template = path
        self.contents.show_template(path)
        self._drop_template.setEnabled(path is not None)

    def _take_template(self, path: Path, name: str) -> None:
        self._keep_template(path)
        self.bridge.informed.emit(f"Word documents are made with the looks of {name} from now on.")

    def _make_actions(self) -> None:
        def action(text: str, deed: Callable[[], None], key: str, name: str) -> QAction:
            return make_action(self, text, deed, *([key] if key else []), key=name, context=WITHIN)

        self._save_as = action("Save the report as…", self.save_report, "Ctrl+S", "report.save")
        self._csv = action("Save the quotes as CSV…", self.save_csv, "Ctrl+Shift+S", "report.quotes")
        self._choose_template = action("Choose a house template…", self.choose_template, "", "report.template")
        self._drop_template = action("Without the house template", self.drop_template, "", "report.no-template")
        self._drop_template.setEnabled(self._template is not None)
        self._choices = {
            kind.key: action(f"Report: {kind.name}", partial(self.contents.choose, kind.key), "", f"report.{kind.key}")
            for kind in KINDS
        }

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


def _read(study: Study, kind: Kind, wish: Wish) -> _Read:
    """Read a report in a worker, as of today, with what to look at first."""
    today, looked_at, measured = datetime.now().astimezone().date(), cautions(study), _measured(study)
    try:
        return _Read(kind, kind.prepare(study, wish, today), looked_at, measured)
    except QcodeError as error:
        return _Read(kind, Prepared(), looked_at, measured, str(error))


def _measured(study: Study) -> bool:
    """Whether agreement is counted in such a study."""
    return measures_agreement(study_card(study).approach)


def _asked_file(parent: QWidget) -> Path | None:
    chosen, _kind = QFileDialog.getOpenFileName(parent, "Choose a house template", "", "Word documents (*.docx *.dotx)")
    return Path(chosen) if chosen else None
