"""What the pages over the Reconcile room have in common: a head with a way back, and an answer that is computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import RoundId
from qcode.queries.disagreements.cases import Cases
from qcode.queries.team import rounds
from qcode.ui import theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.kept_true import KeptTrue
from qcode.ui.keys.hints import KeyHint, Piece
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.page_over import lay_out_page, paper
from qcode.ui.theme import SPACE


class ReconcilePage(KeptTrue):
    """A page about one round, laid over the room. Esc leaves it.

    What it shows is computed in the background; while something newer is on its way, the old answer stays. `known` are
    cases that were read already, so that not all are read again.
    """

    left = Signal()

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    kinds: ClassVar[tuple[str, ...]] = (
        "decision", "assent", "coding", "code", "assignment", "region", "round", "document", "revision", "coder",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._task: work.Task | None = None
        self.round_id: RoundId | None = None
        self.known: Cases | None = None
        self.told = theme.label("", tone="quiet")
        self.leave_button = QPushButton("Close")
        self.empty = EmptyState("")
        self.stack = QStackedWidget(self)
        self.body = QVBoxLayout()
        self.leave_action = self.page_action(f"Leave “{self.title}”", self.leave, "Escape", key="leave")
        bridge.coderChanged.connect(self._forget)

    # For pages to write

    def compute(self, round_id: RoundId) -> Any:
        """Compute in a worker what the page shows."""

    def show_answer(self, answer: Any) -> str:
        """Show what was computed; answers with a sentence in its place where there is nothing to show."""
        raise NotImplementedError

    def entry(self) -> QWidget:
        """Where the keyboard begins."""
        return self.leave_button

    def update_theme(self) -> None:
        """Take the colours of the theme."""

    # Properties

    @property
    def computing(self) -> bool:
        """Whether an answer is on its way."""
        return self._task is not None

    @property
    def round_name(self) -> str:
        """The name of the round."""
        return next((row.name for row in rounds(self.bridge.study) if row.id == self.round_id), "")

    # Methods

    def begin(self, round_id: RoundId | None) -> None:
        """Be about a round."""
        if round_id != self.round_id:
            self._forget()
        self.round_id = round_id
        self.mark_stale()

    def refresh(self) -> None:
        """Compute again."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        round_id = self.round_id
        if round_id is None:
            self._show_empty("There is no round yet.")
            return
        self._task = work.run(
            self, lambda _progress: self.compute(round_id), done=self._on_answer, refused=self._on_refused
        )

    def read_cases(self, round_id: RoundId) -> Cases:
        """The cases of the round, in a worker; of those that are known only what was touched is read again."""
        self.known = Cases.of(self.bridge.study, round_id, before=self.known)
        return self.known

    def leave(self) -> None:
        """Go back to the room."""
        self.left.emit()

    def page_action(self, name: str, deed: Callable[[], object], *keys: str, key: str) -> QAction:
        """Something that can be done anywhere on the page."""
        return make_action(self, name, deed, *keys, key=f"reconcile.{self.key}-{key}", context=WITHIN)

    def lay_out(self, *hints: Piece) -> None:
        """Put the parts together; `hints` name the keys."""
        self.body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        self.body.setSpacing(SPACE)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(paper(self.body))
        lay_out_page(self, self.title, self.told, KeyHint(*hints), self.leave_button, self.stack)
        self.leave_button.setAccessibleName(f"Leave “{self.title}”")
        self.leave_button.clicked.connect(self.leave)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Say that something is on its way where nothing is there yet."""
        super().showEvent(event)
        if self._task is not None and self.stack.currentIndex() == 0:
            self.empty.say("Computing…")

    # Private slots

    def _on_answer(self, answer: Any) -> None:
        self._task = None
        nothing = self.show_answer(answer)
        if nothing:
            self._show_empty(nothing)
        else:
            waited = self.leave_button.hasFocus() and self.stack.currentIndex() == 0
            self.stack.setCurrentIndex(1)
            if waited:
                self.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self._show_empty(sentence)

    def _forget(self) -> None:
        """What was shown to somebody else, or of another round, is out of sight until the new answer is there."""
        self.stack.setCurrentIndex(0)
        self.empty.say("Computing…")
        self.told.setText("")

    # Internal

    def _show_empty(self, sentence: str) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.stack.widget(1) is not None and self.stack.isAncestorOf(focused)
        self.stack.setCurrentIndex(0)
        self.empty.say(sentence)
        self.told.setText("")
        if inside:
            self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)
