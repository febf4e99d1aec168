"""Proposals of where the questions of a guide are asked: marked, and attached all at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.operations.guides import Attachment, attach_questions
from qcode.queries.transcripts.guides import GuideRow
from qcode.queries.transcripts.question_proposals import SURE, Proposal, proposals
from qcode.study import Place
from qcode.ui import theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.hints import Piece, follow_keys, keys_in_words
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import action, counted

_NONE = "Nothing that interviewers say looks like a question of this guide, apart from what is attached already."
_LOOKING = "Comparing what interviewers say with the questions…"


class ProposalsPage(QFrame):
    """A table of turns that look like questions; those that are likely are marked from the start."""

    requestPlace = Signal(object)
    finished = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._bridge = bridge
        self._marked: set[object] = set()
        self._refused: set[object] = set()
        self._rows: list[Proposal] = []
        self._task: work.Task | None = None
        self._title = theme.label("", "heading")
        self._facts = theme.label("", "small", "quiet")
        self.table = _Table(self._columns(), self)
        self.empty = EmptyState(_NONE)
        self.attach_button = QPushButton("Attach")
        self.leave_button = QPushButton("Back to the answers")
        self._lay_out()
        self._connect()
        self._redraw()
        follow_keys(self._pieces(), self._redraw)

    # Properties

    @property
    def marked(self) -> list[Proposal]:
        """What would be attached."""
        return [row for row in self._rows if row.id in self._marked]

    @property
    def looking(self) -> bool:
        """Whether the comparison is under way."""
        return self._task is not None

    # Methods

    def look(self, guide: GuideRow) -> None:
        """Compare the questions of a guide with what interviewers say; takes a moment in a large study."""
        if self._task is not None:
            self._task.cancel()
        study, wanted = self._bridge.study, guide.id
        self._title.setText(f"Where “{guide.name}” is asked")
        self._show([], _LOOKING)
        self._task = work.run(
            self, lambda _progress: proposals(study, wanted), done=self._on_found, refused=self._on_refused
        )

    def turn_marks(self) -> None:
        """Mark what is selected, or unmark it if all of it is marked."""
        chosen = {row.id for row in self.table.selected_rows()}
        self._marked = self._marked - chosen if chosen <= self._marked else self._marked | chosen
        self._redraw()

    def leave_out(self) -> None:
        """Refuse what is selected: it is proposed no more while the window is open."""
        self._refused |= {row.id for row in self.table.selected_rows()}
        self._on_found(self._rows)

    def attach(self) -> None:
        """Attach what is marked, all in one step."""
        marked = self.marked
        wanted = [Attachment(one.document, at, one.question) for one in marked for at in one.places]
        if not wanted:
            self._bridge.refused.emit("Nothing is marked. Space marks the rows that are right.")
            return
        study = self._bridge.study
        if self._bridge.attempt(lambda: attach_questions(study, wanted, origin="proposed")) is not None:
            self._bridge.informed.emit(f"Questions attached to {counted(len(wanted), 'turn')}. Undo takes that back.")
            self.finished.emit()

    # Private slots

    def _on_found(self, rows: Sequence[Proposal]) -> None:
        fresh = self._task is not None
        self._task = None
        left = [row for row in rows if row.id not in self._refused]
        if fresh:
            self._marked = {row.id for row in left if row.likeness >= SURE}
        self._show(left, _NONE)
        if fresh and left:
            self.table.select_row(left[0].id)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self._bridge.refused.emit(sentence)
        self._show([], _NONE)

    def _on_place(self, row: Proposal) -> None:
        self.requestPlace.emit(Place(row.document, row.places[0], row.places[0]))

    # Internal

    def _show(self, rows: list[Proposal], otherwise: str) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.say(otherwise)
        self._redraw()

    def _redraw(self) -> None:
        count = sum(len(one.places) for one in self.marked)
        self.attach_button.setText(f"Attach {count:,}" if count else "Attach")
        self.attach_button.setEnabled(bool(count))
        said = [f"{len(self.marked):,} of {len(self._rows):,} marked", *self._pieces()]
        self._facts.setText(keys_in_words(said) if self._rows else "")
        self.table.viewport().update()

    def _pieces(self) -> list[Piece]:
        _attach, out, _leave = self.page_actions
        return ["Space marks or unmarks what is selected", "Enter shows the place", ("{} leaves it out", out)]

    def _is_marked(self, row: Proposal) -> str:
        return "✓" if row.id in self._marked else ""

    def _columns(self) -> list[Column[Proposal]]:
        return [
            Column("Right", self._is_marked, width=56),
            Column("Document", lambda row: row.document_name, width=120),
            Column("What is asked there", lambda row: row.words, _asked, tip=lambda row: row.words, stretch=True),
            Column("No.", lambda row: row.number, width=48),
            Column("Question", lambda row: row.text, tip=lambda row: row.text, width=300, yields=1),
            Column("Likeness", lambda row: row.likeness, lambda row: f"{row.likeness:.2f}", "right", width=80),
        ]

    def _connect(self) -> None:
        self.table.rowActivated.connect(self._on_place)
        self.table.turned.connect(self.turn_marks)
        self.attach_button.clicked.connect(self.attach)
        self.leave_button.clicked.connect(self.finished)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        leave = self.finished.emit
        self.page_actions: list[QAction] = [
            action("Attach what is marked", self.attach, self, "Ctrl+Return", within, key="transcripts.guide-attach"),
            action("Leave out what is selected", self.leave_out, self.table, Qt.Key.Key_Delete, key=_OUT),
            action("Back to the answers", leave, self, "Esc", within, key="transcripts.guide-back"),
        ]

    def _lay_out(self) -> None:
        self.table.setAccessibleName("Proposals: where questions are asked")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        head.addWidget(self._title, 1)
        foot.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        foot.setSpacing(SPACE)
        foot.addWidget(self._facts, 1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.attach_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)


_OUT = "transcripts.guide-leave-out"


class _Table(RowTable):
    """A table whose rows are marked with Space."""

    turned = Signal()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks, which would otherwise only select."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.turned.emit()
        else:
            super().keyPressEvent(event)


def _asked(row: Proposal) -> str:
    return row.words if len(row.places) == 1 else f"{row.words} ({len(row.places):,} answers)"
