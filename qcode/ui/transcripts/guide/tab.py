"""The Guide tab: the questions of an interview guide, and beside them what was answered."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import GuideId
from qcode.operations.guides import remove_guide
from qcode.queries.transcripts.answers import Answers
from qcode.queries.transcripts.answers import answers as all_answers
from qcode.queries.transcripts.guides import GuideRow, QuestionRow, guide_versions, guides
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.guide.answers import AnswersPage
from qcode.ui.transcripts.guide.editor import GuideEditor
from qcode.ui.transcripts.guide.proposals import ProposalsPage
from qcode.ui.transcripts.guide.versions import VersionsPage
from qcode.ui.transcripts.parts import action, choice_box, counted, remove_each

_EMPTY = (
    "No interview guide yet. With its questions attached to the turns that ask them, all answers to a question are "
    "read together."
)
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
_AT_ONCE = 300


class GuideTab(QStackedWidget):
    """Guides to choose from, the questions of one, and all answers to the question that is current."""

    requestPlace = Signal(object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._guides: list[GuideRow] = []
        self._chosen: str | None = None
        self._stale = True
        self._task: work.Task | None = None
        self.empty = EmptyState(_EMPTY, "Write or import a guide…")
        self.guide_box = choice_box([], "Guide")
        self.questions = RowTable(_columns(), self)
        self.answers = AnswersPage(self)
        self.versions = VersionsPage(self)
        self.proposals = ProposalsPage(bridge, self)
        self.editor = GuideEditor(bridge, self)
        self.new_button = QPushButton("New…")
        self.edit_button = QPushButton("Edit…")
        self.versions_button = QPushButton("Versions")
        self.find_button = QPushButton("Find…")
        self._lay_out()
        self.find_button.setToolTip("Find where the questions are asked in the transcripts")
        self.find_button.setAccessibleName("Find the questions in the transcripts")
        self._connect()
        self._add_actions()

    # Properties

    @property
    def guide(self) -> GuideRow | None:
        """The guide that is shown."""
        return next((one for one in self._guides if one.id == self._chosen), self._guides[0] if self._guides else None)

    @property
    def question(self) -> QuestionRow | None:
        """The question that is current."""
        row: QuestionRow | None = self.questions.current_row()
        return row

    # Methods

    def refresh(self) -> None:
        """Read the guides again if they are seen, else when they are."""
        self._stale = True
        if self.isVisible():
            self._read()

    def start_adding(self) -> None:
        """Begin to write another guide."""
        self.setCurrentWidget(self.editor)
        self.editor.begin(None)

    def edit(self) -> None:
        """Begin a new version of the guide."""
        if self.guide is not None:
            self.setCurrentWidget(self.editor)
            self.editor.begin(self.guide)

    def turn_versions(self) -> None:
        """Show the versions instead of the answers, or the other way round."""
        shown = self.side.currentWidget() is not self.versions
        self.side.setCurrentWidget(self.versions if shown else self.answers)
        self._tell_side()

    def find_questions(self) -> None:
        """Look where the questions of the guide are asked."""
        if self.guide is not None:
            self.setCurrentWidget(self.proposals)
            self.proposals.look(self.guide)

    def remove(self) -> None:
        """Take the guide out of the study; undo brings it back."""
        guide = self.guide
        if guide is not None:
            remove_each(self.bridge, "guide", [(guide.name, lambda: remove_guide(self.bridge.study, guide.id))])

    def show_question(self, question: str) -> None:
        """Show all answers to a question."""
        self._read()
        guide = next((one for one in self._guides if any(row.id == question for row in one.every)), None)
        if guide is not None:
            self._choose(guide)
            self.setCurrentWidget(self.page)
            self.side.setCurrentWidget(self.answers)
            self._tell_side()
            self.questions.select_row(question)
            self.questions.setFocus(Qt.FocusReason.OtherFocusReason)

    def room_actions(self) -> list[QAction]:
        """Everything that can be done here."""
        return [*self._actions, *self.editor.editor_actions, *self.proposals.page_actions]

    def enable_actions(self, *, seen: bool) -> None:
        """Offer only what concerns the page that is seen."""
        shown = self.currentWidget() if seen else None
        of_pages: list[tuple[QWidget, list[QAction]]] = [
            (self.page, self._actions),
            (self.editor, self.editor.editor_actions),
            (self.proposals, self.proposals.page_actions),
        ]
        for page, actions in of_pages:
            for one in actions:
                one.setEnabled(shown is page)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.answers.update_theme()
        self.versions.update_theme()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._read()

    # Private slots

    def _on_guide(self) -> None:
        self._chosen = self.guide_box.currentData()
        self._show_guide()

    def _on_question(self, row: QuestionRow | None) -> None:
        """Read the answers: a few at once, many without keeping the window waiting."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if row is None:
            self.answers.show_answers(None)
            return
        study = self.bridge.study
        if row.turns <= _AT_ONCE:
            self.answers.show_answers(all_answers(study, row.id))
            return
        self._task = work.run(
            self, lambda _progress: all_answers(study, row.id), done=self._on_read, refused=self.bridge.refused.emit
        )

    def _on_read(self, found: Answers) -> None:
        self._task = None
        self.answers.show_answers(found)

    def _on_written(self, guide: GuideId | None) -> None:
        if guide is not None:
            self._chosen = guide
        self.setCurrentWidget(self.page)
        self._read()
        (self.questions if self._guides else self.empty.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_proposed(self) -> None:
        self.setCurrentWidget(self.page)
        self._read()
        self.questions.setFocus(Qt.FocusReason.OtherFocusReason)

    # Internal

    def _read(self) -> None:
        self._stale = False
        self._guides = guides(self.bridge.study)
        self.guide_box.blockSignals(True)  # noqa: FBT003
        self.guide_box.clear()
        for one in self._guides:
            self.guide_box.addItem(f"{one.name} (v{one.version})", one.id)
        self.guide_box.blockSignals(False)  # noqa: FBT003
        self._show_guide()

    def _choose(self, guide: GuideRow) -> None:
        self._chosen = guide.id
        self._show_guide()

    def _show_guide(self) -> None:
        guide = self.guide
        if self.currentWidget() not in (self.editor, self.proposals):
            self.setCurrentWidget(self.page if guide else self.empty)
        elif guide is None and self.currentWidget() is self.proposals:
            self.setCurrentWidget(self.empty)
        if guide is None:
            self.questions.set_rows([])
            self.answers.show_answers(None)
            return
        self.guide_box.setCurrentIndex(self.guide_box.findData(guide.id))
        self.questions.set_rows(guide.every)
        self.versions.show_versions(guide_versions(self.bridge.study, guide.id))
        if self.questions.current_row() is None:
            self.questions.select_row(guide.every[0].id)
        self._on_question(self.question)

    def _tell_side(self) -> None:
        shown = self.side.currentWidget() is self.versions
        self.versions_button.setText("Answers" if shown else "Versions")

    def _connect(self) -> None:
        self.empty.pressed.connect(self.start_adding)
        self.guide_box.activated.connect(self._on_guide)
        self.questions.currentRowChanged.connect(self._on_question)
        self.questions.rowActivated.connect(lambda _row: self.answers.text.setFocus(Qt.FocusReason.OtherFocusReason))
        self.new_button.clicked.connect(self.start_adding)
        self.edit_button.clicked.connect(self.edit)
        self.versions_button.clicked.connect(self.turn_versions)
        self.find_button.clicked.connect(self.find_questions)
        self.answers.requestPlace.connect(self.requestPlace)
        self.proposals.requestPlace.connect(self.requestPlace)
        self.proposals.finished.connect(self._on_proposed)
        self.editor.finished.connect(self._on_written)

    def _add_actions(self) -> None:
        self._actions: list[QAction] = [
            action("Write a new version of the guide…", self.edit, self.page, context=_WITHIN, key=_KEY + "edit"),
            action(
                "Show the versions of the guide", self.turn_versions, self.page, context=_WITHIN, key=_KEY + "versions"
            ),
            action(
                "Find the questions in the transcripts…",
                self.find_questions,
                self.page,
                context=_WITHIN,
                key=_KEY + "find",
            ),
            action("Remove the guide", self.remove, self.page, context=_WITHIN, key=_KEY + "remove"),
        ]

    def _lay_out(self) -> None:
        self.questions.setAccessibleName("Questions of the guide")
        self.side = QStackedWidget()
        self.side.addWidget(self.answers)
        self.side.addWidget(self.versions)
        left = QFrame()
        left.setProperty("surface", "page")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addWidget(self.questions, 1)
        self.page = QSplitter(Qt.Orientation.Horizontal)
        self.page.setChildrenCollapsible(False)
        self.page.addWidget(left)
        self.page.addWidget(self.side)
        self.page.setSizes([560, 640])
        self.page.setStretchFactor(1, 1)
        for page in (self.empty, self.page, self.editor, self.proposals):
            self.addWidget(page)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        bar.setSpacing(SPACE)
        bar.addWidget(self.guide_box, 1)
        for button in (self.new_button, self.edit_button, self.versions_button, self.find_button):
            bar.addWidget(button)
        return bar


_KEY = "transcripts.guide-"


def _columns() -> list[Column[QuestionRow]]:
    return [
        Column("No.", _order, _number, width=64),
        Column("Question", lambda row: row.text, tip=_about, struck=_is_former, stretch=True),
        Column("Documents", lambda row: row.documents, lambda row: _some(row.documents), "right", width=88),
        Column("Turns", lambda row: row.turns, lambda row: _some(row.turns), "right", width=64),
    ]


def _order(row: QuestionRow) -> tuple[bool, tuple[int, ...], str]:
    """Those that are asked first, by number."""
    return row.until is not None, tuple(int(part) for part in re.findall(r"\d+", row.number)), row.number


def _number(row: QuestionRow) -> str:
    return row.number if row.until is None else f"{row.number} (v{row.until})"


def _is_former(row: QuestionRow) -> bool:
    return row.until is not None


def _about(row: QuestionRow) -> str:
    until = f" It was asked until version {row.until}." if row.until is not None else ""
    return f"{row.text} Attached to {counted(row.turns, 'turn')} in {counted(row.documents, 'document')}.{until}"


def _some(number: int) -> str:
    return f"{number:,}" if number else ""
