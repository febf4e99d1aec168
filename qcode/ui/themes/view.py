"""What the views of the themes have in common: the outline beside them is one too, but draws by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.ids import QuoteId, ThemeId
from qcode.operations.memos import Target
from qcode.study import Study
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.kept_true import KeptTrue
from qcode.ui.theme import SPACE

if TYPE_CHECKING:
    from qcode.analysis.corpus import Corpus


class Counting:
    """What is counted, read in a worker; what no step touched since is not read again."""

    def __init__(self, bridge: StudyBridge) -> None:
        self._bridge = bridge
        self._before: Corpus | None = None

    # Methods

    def read[T](
        self,
        owner: QObject,
        deed: Callable[[Study, Corpus], T],
        *,
        done: Callable[[T, Corpus], None],
        refused: Callable[[str], None],
    ) -> work.Task:
        """Count, make something of it in the worker as well, and hand on both."""
        study = self._bridge.study

        def count() -> tuple[T, Corpus]:
            from qcode.queries.counting.corpus import corpus

            counted = corpus(study, before=self._before)
            self._before = counted
            return deed(study, counted), counted

        return work.run(owner, lambda _progress: count(), done=lambda found: done(*found), refused=refused)


class ThemesView(KeptTrue):
    """A view of the themes, which stays true while it is seen; built when it is first shown."""

    requestPassages = Signal(str, object)
    requestPlace = Signal(object)
    requestMemos = Signal(str, str, str)
    themeChosen = Signal(object)
    passageDropped = Signal(object, list)
    rearranged = Signal()

    def __init__(self, bridge: StudyBridge, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._counting = counting
        self._task: work.Task | None = None
        bridge.roundChanged.connect(self.mark_stale)

    # Properties

    @property
    def computing(self) -> bool:
        """Whether something is being read in a worker."""
        return self._task is not None

    @property
    def theme(self) -> ThemeId | None:
        """The theme that is chosen."""
        return None

    # Methods

    def read[T](self, deed: Callable[[Study, Corpus], T], done: Callable[[T, Corpus], None]) -> None:
        """Count in a worker; what was asked before and is not there yet is not waited for."""
        if self._task is not None:
            self._task.cancel()

        def ready(found: T, counted: Corpus) -> None:
            self._task = None
            done(found, counted)

        self._task = self._counting.read(self, deed, done=ready, refused=self._on_refused)

    # Events

    def minimumSizeHint(self) -> QSize:
        """Ask for little: what one view needs may not take room from the panes beside another."""
        return QSize(40 * SPACE, 25 * SPACE)

    # For views to write

    def view_actions(self) -> list[QAction]:
        """What can be done here."""
        return []

    def begin_theme(self, *, below: bool) -> bool:  # noqa: ARG002  # for the views where one can
        """Let the name of a theme to come be written; says whether one can here."""
        return False

    def reveal_theme(self, theme: ThemeId) -> None:
        """Put the cursor on a theme."""

    def reveal_quote(self, quote: QuoteId) -> None:
        """Put the cursor on a quote."""

    def keep_writing(self) -> None:
        """Keep what is half written."""

    def things(self) -> Sequence[Target]:
        """What is at hand here, the nearest first."""
        return ()

    def update_theme(self) -> None:
        """Take the colours of the theme that was switched to."""

    # Private slots

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self.bridge.refused.emit(sentence)
