"""The view of the framework: the matrix, and beside it the passages of the cell with the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.analysis.corpus import Corpus
from qcode.analysis.framework import Rows
from qcode.ids import DocumentId, ThemeId
from qcode.operations import framework as operations
from qcode.operations.lookup import TextTooLongError
from qcode.operations.memos import Target
from qcode.operations.passages import Passage
from qcode.queries.themes.framework import Framework, SubjectRow, ThemeColumn, framework, framework_table
from qcode.ui import saving
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.behind import behind_passages
from qcode.ui.themes.framework.passages import CellPane, CellPassage, cell_passages
from qcode.ui.themes.framework.rows import told
from qcode.ui.themes.framework.table import FrameworkTable
from qcode.ui.themes.view import Counting, ThemesView

NOTHING = "A framework has a column for each theme and a row for each participant. There are none yet."
_ROWS: tuple[tuple[Rows, str], ...] = (("participant", "By participant"), ("document", "By document"))
_FILES = "Word documents (*.docx);;Workbooks (*.xlsx);;CSV files (*.csv);;Web pages (*.html);;Markdown files (*.md)"


def unnamed(name: str) -> str:
    """Why nothing can be written about a speaker whom nobody named."""
    return f"“{name}” is a speaker whom nobody named. Say who it is under Transcripts, Participants; then summarise."


class FrameworkView(ThemesView):
    """Summaries by participant or document and theme, each with the passages that it rests on."""

    kinds: ClassVar[tuple[str, ...]] = (
        "framework_summary", "summary_passage", "theme", "theme_code", "code", "coding", "document", "revision",
        "participant", "speaker", "decision", "assignment", "round",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(bridge, counting, parent)
        self.rows: Rows = "participant"
        self._counted: Corpus | None = None
        self._theme: str | None = None
        self.ask_path: saving.AskPath = saving.ask_path
        self.table, self.pane = FrameworkTable(), CellPane()
        self.said = label("", "small", "quiet")
        self.pages, self.empty = QStackedWidget(), EmptyState(NOTHING)
        self._make_actions()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def theme(self) -> ThemeId | None:
        """The theme of the cell with the cursor."""
        at = self.table.at
        return at[1].id if at else None

    # Methods

    def refresh(self) -> None:
        """Count, and read the summaries again; while one writes, that waits."""
        if self.table.writing:
            self._stale = True
            return
        rows = self.rows
        self.read(lambda study, counted: framework(study, rows, counted=counted), self._on_read)

    def view_actions(self) -> list[QAction]:
        """What can be done here."""
        return self._actions

    def reveal_theme(self, theme: ThemeId) -> None:
        """Put the cursor into the column of a theme."""
        self._theme = theme
        self.table.put_cursor_in_column(theme)

    def keep_writing(self) -> None:
        """Keep what is half written."""
        self.table.keep_writing()

    def things(self) -> Sequence[Target]:
        """The passage, the participant or document, and the theme that are at hand."""
        at, row = self.table.at, self.pane.list.row if self.pane.list.hasFocus() else None
        found = [Target.at(Passage(DocumentId(row.document), row.start, row.end))] if row else []
        if at is not None and at[0].named:
            found.append(Target(self.rows, at[0].id))
        return [*found, Target("theme", at[1].id)] if at else found

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.table.viewport().update()
        self.pane.list.viewport().update()

    def show_rows(self, rows: Rows) -> None:
        """Let the rows be participants, or documents."""
        if rows != self.rows:
            self.rows = rows
            for key, _name in _ROWS:
                self._choices[key].setChecked(key == rows)
            self.refresh()

    def show_passages(self) -> None:
        """Ask for the passages of the cell, to work on in the drawer."""
        at, cell = self.table.at, self.table.cell
        if at is not None and cell.passages:
            behind_passages(f"{at[0].name}, “{at[1].name}”", cell.passages).lead(self)
        elif at is not None:
            self.bridge.informed.emit(f"{at[0].name} has no passages of “{at[1].name}”.")

    def link_all(self) -> None:
        """Let the summary rest on all passages of the cell."""
        rows = [row for row in self.pane.list.rows if row.link is None]
        if rows:
            self._link(rows)

    def export(self) -> None:
        """Save the matrix as a table, in the format of the file's ending."""
        from qcode.queries.reports.themes_report import report_facts
        from qcode.queries.themes.outline import printed_titles, themes
        from qcode.reports.outputs import write_report

        study = self.bridge.study
        suggested = study.path.with_name(f"{study.path.stem} framework.docx")
        path = self.ask_path(self, "Save the framework", suggested, _FILES)
        if path is None:
            return
        report, facts = framework_table(self.table.matrix, printed_titles(themes(study))), report_facts(study)

        def write() -> bool:
            write_report(report, path, facts=facts)
            return True

        if self.bridge.attempt(write):
            self.bridge.informed.emit(f"The framework is in “{path.name}”.")

    # Private slots

    def _on_read(self, matrix: Framework, counted: Corpus) -> None:
        self._counted = counted
        if self.table.writing:
            self._stale = True
            return
        self.table.show_matrix(matrix)
        if self._theme is not None:
            self.table.put_cursor_in_column(self._theme)
            self._theme = None
        waiting = "1 cell waits" if matrix.waiting == 1 else f"{matrix.waiting} cells wait"
        self.said.setText(f"{matrix.written} written, {waiting} to be summarised. {matrix.said}")
        nothing = not matrix.subjects or not matrix.themes
        self.pages.setCurrentWidget(self.empty if nothing else self.panes)
        self._show_cell()

    def _on_chosen(self) -> None:
        self._show_cell()
        self.themeChosen.emit(self.theme)

    def _on_written(self, subject: SubjectRow, column: ThemeColumn, words: str) -> None:
        self.bridge.attempt(
            lambda: operations.summarise(self.bridge.study, column.id, self._subject(subject), words=words)
        )

    def _on_ended(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    def _on_link(self, row: CellPassage) -> None:
        if row.link is None:
            self._link([row])
        else:
            link = row.link
            self.bridge.attempt(lambda: operations.unlink_passages(self.bridge.study, [link]))

    # Internal

    def _link(self, rows: Sequence[CellPassage]) -> None:
        at = self.table.at
        if at is None:
            return
        if not at[0].named:
            self.bridge.refused.emit(unnamed(at[0].name))
            return
        passages = [Passage(DocumentId(row.document), row.start, row.end) for row in rows]
        subject = self._subject(at[0])
        self.bridge.attempt(lambda: operations.link_passages(self.bridge.study, at[1].id, subject, passages=passages))

    def _subject(self, row: SubjectRow) -> operations.Subject:
        return operations.Subject(self.rows, row.id)

    def _show_cell(self) -> None:
        at, cell = self.table.at, self.table.cell
        if at is None or self._counted is None:
            self.pane.show_cell("", "", [])
            return
        self.pane.show_cell(f"{at[0].name}: {at[1].name}", told(cell), cell_passages(cell, self._counted))

    def _make_actions(self) -> None:
        table, listed = self.table, self.pane.list
        enter = ("Ctrl+Return", "Ctrl+Enter")
        self._actions = [
            make_action(table, "Write the summary", table.write, "F2", key="themes.summarise"),
            make_action(table, "Show the passages of the cell", self.show_passages, "P", key="themes.cell-passages"),
            make_action(table, "Link all passages to the summary", self.link_all, "L", key="themes.link-all"),
            make_action(listed, "Link the passage, or unlink it", self.pane.toggle, "L", key="themes.link"),
            make_action(
                listed, "Show the passage of the cell in its transcript", self.pane.open_place, *enter,
                key="themes.linked-place",
            ),
            self._here("Framework by participant", lambda: self.show_rows("participant"), "themes.by-participant"),
            self._here("Framework by document", lambda: self.show_rows("document"), "themes.by-document"),
            self._here("Save the framework…", self.export, "themes.framework-export"),
        ]  # fmt: skip

    def _here(self, name: str, deed: Callable[[], None], key: str) -> QAction:
        return make_action(self, name, deed, key=key, context=WITHIN)

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.written.connect(self._on_written)
        self.table.writingEnded.connect(self._on_ended)
        self.table.refused.connect(lambda row: self.bridge.refused.emit(unnamed(row.name)))
        self.table.tooLong.connect(lambda: self.bridge.refused.emit(str(TextTooLongError("summary"))))
        self.pane.linkAsked.connect(self._on_link)
        self.pane.placeAsked.connect(self.requestPlace)
        self.pane.drawerAsked.connect(self.show_passages)

    def _lay_out(self) -> None:
        matrix = QFrame()
        matrix.setProperty("surface", "page")
        self.said.setWordWrap(True)
        self.said.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE)
        column = QVBoxLayout(matrix)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setChildrenCollapsible(False)
        for pane, stretch in ((matrix, 1), (self.pane, 0)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(self.panes.count() - 1, stretch)
        self.panes.setSizes([95 * SPACE, 40 * SPACE])
        self.pages.addWidget(self.panes)
        self.pages.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self.setFocusProxy(self.table)
        self.setAccessibleName("Framework")

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, SPACE, SPACE)
        top.setSpacing(SPACE)
        group = QButtonGroup(self)
        self._choices: dict[str, QPushButton] = {}
        for key, name in _ROWS:
            button = QPushButton(name)
            button.setCheckable(True)
            button.setChecked(key == self.rows)
            button.clicked.connect(partial(self.show_rows, key))
            group.addButton(button)
            self._choices[key] = button
            top.addWidget(button)
        top.addStretch()
        save = QPushButton("Save as…")
        save.setProperty("kind", "quiet")
        save.setAccessibleName("Save the framework as a file")
        save.clicked.connect(lambda _checked: self.export())
        top.addWidget(save)
        return top
