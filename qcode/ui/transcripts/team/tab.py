"""The Team tab: the round that is shown, and beside it the coders and rounds, or what is asked about the round."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import RoundId
from qcode.queries.rounds.progress import RoundProgress, round_progress
from qcode.queries.team import rounds
from qcode.study import Change, Study
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys import KeyedAction
from qcode.ui.keys.keyed import WITHIN
from qcode.ui.panel_parts import scrolled
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import action, rule
from qcode.ui.transcripts.team.coders import CodersPart
from qcode.ui.transcripts.team.cutting import SegmentsPanel
from qcode.ui.transcripts.team.drawing import DrawPanel
from qcode.ui.transcripts.team.excluding import ExcludedPanel
from qcode.ui.transcripts.team.grid import GridView
from qcode.ui.transcripts.team.panel import TeamPanel
from qcode.ui.transcripts.team.parting import PartsPanel
from qcode.ui.transcripts.team.reopening import ReopenPanel
from qcode.ui.transcripts.team.round_view import RoundView
from qcode.ui.transcripts.team.rounds import RoundsPart
from qcode.ui.transcripts.team.top_bar import TopBar

_NAMES = {
    "draw": "Draw documents at random…",
    "parts": "Give a coder parts of a document…",
    "exclude": "Exclude ranges from coding…",
    "segments": "Cut documents into segments…",
    "reopen": "Open work again…",
}


class TeamTab(QStackedWidget):
    """Who codes what, and how far they are. Whatever else belongs to the team may be a page over all of it."""

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._chosen: RoundId | None = None
        self._stale = True
        self.top = TopBar()
        self.coders = CodersPart(bridge)
        self.rounds = RoundsPart(bridge)
        self.view = RoundView(bridge)
        self.panels: dict[str, TeamPanel] = {
            "draw": DrawPanel(bridge),
            "parts": PartsPanel(bridge),
            "exclude": ExcludedPanel(bridge),
            "segments": SegmentsPanel(bridge),
            "reopen": ReopenPanel(bridge),
        }
        self._counting: work.Task | None = None
        self._lay_out()
        # The keys of this tab hold within its page, so the keyboard begins there.
        self.setFocusProxy(self.view.grid)
        self._connect()
        self.team_actions: list[QAction] = [*self.view.cell_actions, self.rounds.remove_action, *self._make_actions()]

    # Properties

    @property
    def grid(self) -> GridView:
        """The grid of the round."""
        return self.view.grid

    @property
    def round_id(self) -> RoundId | None:
        """The round that is shown."""
        return self._chosen

    @property
    def panel(self) -> TeamPanel | None:
        """The panel that lies beside the grid; None while coders and rounds do."""
        shown = self.side.currentWidget()
        return shown if isinstance(shown, TeamPanel) else None

    # Methods

    def refresh(self) -> None:
        """Read coders, rounds and progress again if they are seen, else when they are."""
        self._stale = True
        if self.isVisible():
            self._read()

    def show_round(self, round_id: RoundId) -> None:
        """Show who codes what in a round."""
        self._chosen = round_id
        self._read()

    def show_people(self) -> None:
        """Show the coders and rounds beside the grid."""
        self.setCurrentWidget(self.page)
        self.side.setCurrentWidget(self.people)
        self.coders.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_panel(self, key: str) -> None:
        """Lay a panel beside the grid, about the cells that are chosen."""
        progress = self.view.progress
        if progress is None or not progress.documents:
            self.bridge.refused.emit(self.view.said.text())
            return
        panel = self.panels[key]
        self.setCurrentWidget(self.page)
        panel.show_progress(progress)
        panel.begin(self.view.grid.chosen)
        self.side.setCurrentWidget(panel)
        panel.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, page: QWidget) -> None:
        """Lay a page over the whole tab."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)

    def close_page(self) -> None:
        """Go back to the round."""
        self.setCurrentWidget(self.page)
        self.view.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def enable_actions(self, *, seen: bool) -> None:
        """Offer what is done here while the round is seen."""
        shown = seen and self.currentWidget() is self.page
        for one in self.team_actions:
            one.setEnabled(shown)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        self.top.tell_offered(self.view.hand_in_button)
        if self._stale:
            self._read()
        self._count()

    # Private slots

    def _on_followed(self, _change: Change) -> None:
        if self.isVisible():
            self._count()

    def _on_counted(self, counts: tuple[int, int]) -> None:
        self._counting = None
        self.top.show_counts(*counts)

    def _on_left(self) -> None:
        self.side.setCurrentWidget(self.people)
        self.view.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # Internal

    def _read(self) -> None:
        self._stale = False
        known = rounds(self.bridge.study)
        if self._chosen not in {row.id for row in known}:
            self._chosen = self.bridge.round_id or (known[-1].id if known else None)
        progress = round_progress(self.bridge.study, self._chosen) if self._chosen else None
        self.coders.refresh()
        self.rounds.refresh(self._chosen)
        self.top.show_rounds(known, self._chosen)
        self._show(progress)

    def _show(self, progress: RoundProgress | None) -> None:
        self.view.show_progress(progress)
        panel = self.panel
        if panel is not None and progress is not None:
            panel.show_progress(progress)
        elif panel is not None:
            panel.leave()

    def _count(self) -> None:
        """Count what waits for a decision, without keeping the window waiting."""
        study = self.bridge.study
        if self._counting is not None:
            self._counting.cancel()
        self._counting = work.run(
            self, lambda _progress: decisions(study), done=self._on_counted, refused=self.bridge.refused.emit
        )

    def _make_actions(self) -> list[QAction]:
        made = {
            key: action(words, partial(self.show_panel, key), self.page, context=WITHIN, key=f"team.{key}")
            for key, words in _NAMES.items()
        }
        for key, one in made.items():
            if isinstance(one, KeyedAction):
                part = self.view.panel_buttons[key]
                one.tell_keys(part, part.accessibleName())
        return [
            *made.values(),
            action("Show coders and rounds", self.show_people, self.page, context=WITHIN, key="team.people"),
        ]

    def _connect(self) -> None:
        self.top.roundChosen.connect(self.show_round)
        self.rounds.roundChosen.connect(self.show_round)
        self.view.requestPanel.connect(self.show_panel)
        self.bridge.followed.connect(self._on_followed)
        self.top.follow(self.view.hand_in_button, "team.hand_in")
        for panel in self.panels.values():
            panel.left.connect(self._on_left)

    def _lay_out(self) -> None:
        self.page = QWidget(self)
        splitter = QSplitter(Qt.Orientation.Horizontal, self.page)
        self.side = QStackedWidget(splitter)
        people = QFrame()
        people.setProperty("surface", "page")
        column = QVBoxLayout(people)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.coders, 5)
        column.addWidget(self.rounds, 6)
        self.people = scrolled(people)
        for part in (self.people, *self.panels.values()):
            self.side.addWidget(part)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.view)
        splitter.setSizes([45 * SPACE, 100 * SPACE])
        splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self.page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addWidget(rule())
        whole.addWidget(splitter, 1)
        self.addWidget(self.page)


def decisions(study: Study) -> tuple[int, int]:
    """How many codes are proposed, and how many conflicts wait for somebody."""
    from qcode.queries.codebook.proposals import proposals
    from qcode.queries.collecting.conflicts import waiting

    return sum(map(len, proposals(study))), waiting(study)
