"""What can be done in the Reconcile room beside deciding one case: the pages over it, and the panels beside a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from qcode.ids import CodeId, CoderId, RoundId
from qcode.queries.approach import measures_agreement
from qcode.queries.disagreements.cases import CaseRow, Cases, Queue
from qcode.queries.team import study_card
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.side_panel import SidePanel
from qcode.ui.keys.keyed import WITHIN, make_action

if TYPE_CHECKING:
    from qcode.ui.reconcile.before_after import BeforeAfterPage
    from qcode.ui.reconcile.bulk import BulkPage
    from qcode.ui.reconcile.decisions import DecisionsPage
    from qcode.ui.reconcile.defining import CaseDefinitionPanel, ExamplePanel
    from qcode.ui.reconcile.mine import MinePage
    from qcode.ui.reconcile.page import ReconcilePage
    from qcode.ui.reconcile.papers import Papers
    from qcode.ui.reconcile.recheck import RecheckPanel
    from qcode.ui.reconcile.reshaping import CaseMergePanel, CaseSplitPanel

type Which = Literal["typical", "near miss"]

_NO_CONSENSUS = (
    "This study’s approach is {}. There is no consensus to reach in it: talk about the differences, and keep what you "
    "see in memos."
)
_PAGES = ("bulk", "before_after", "decisions", "mine")
_PANELS = ("defining", "example", "merging", "splitting", "recheck")


class Host(Protocol):
    """What the room does for the pages and panels over and beside its cases."""

    @property
    def round_id(self) -> RoundId | None:
        """The round that is shown."""

    @property
    def cases(self) -> Cases | None:
        """The cases that are shown, where they were read already."""

    @property
    def present(self) -> tuple[CoderId, ...]:
        """Who is there."""

    def show_page(self, page: QWidget) -> None:
        """Lay a page over the whole room."""

    def close_page(self) -> None:
        """Go back to the queue, with the focus on the case."""

    def show_side(self, panel: QWidget) -> None:
        """Lay a panel beside the case."""

    def close_side(self) -> None:
        """Show precedents again, with the focus on the case."""


class FurtherPages(QObject):
    """Builds each page and panel when it is first needed; `actions` are all that can be done."""

    requestPlace = Signal(object)
    requestPassages = Signal(str, object)
    requestRoom = Signal(str)
    caseAsked = Signal(str)

    def __init__(self, bridge: StudyBridge, room: QWidget, host: Host, case_keys: QWidget) -> None:
        super().__init__(room)
        self._bridge, self._room, self._host = bridge, room, host
        self._case: CaseRow | None = None
        self._queue: Queue | None = None
        self._which: Which = "typical"
        self._of_round = [
            self._act(room, "rule", "Settle many by a rule…", self.show_rule),
            self._act(room, "decisions", "Decisions, and who agrees", partial(self.show_page, "decisions")),
            self._act(room, "before-after", "Before and after", partial(self.show_page, "before_after")),
            self._act(room, "mine", "What became of my codings", partial(self.show_page, "mine")),
            self._act(room, "agenda", "Save the agenda of a meeting…", self.save_agenda),
            self._act(room, "minutes", "Save what was decided…", self.save_minutes),
        ]
        self._of_case = [
            self._act(case_keys, "define", "Edit the definition of a code of the case", self.define, "Ctrl+D"),
            self._act(
                case_keys, "typical", "Make the passage a typical example", partial(self.add_example, "typical"), "X"
            ),
            self._act(
                case_keys,
                "near-miss",
                "Make the passage a near miss",
                partial(self.add_example, "near miss"),
                "Shift+X",
            ),
            self._act(case_keys, "merge", "Merge the codes of the case…", self.merge, "Ctrl+J"),
            self._act(case_keys, "split", "Split a code of the case…", self.split, "Ctrl+K"),
            self._act(case_keys, "recheck", "Begin a re-check round…", self.begin_recheck),
        ]
        self.menu_button = self._make_button()
        self._enable()

    # Pages

    @cached_property
    def bulk(self) -> BulkPage:
        """Where many cases are settled at one stroke."""
        from qcode.ui.reconcile.bulk import BulkPage

        return self._page(BulkPage(self._bridge))

    @cached_property
    def before_after(self) -> BeforeAfterPage:
        """How far coders agreed before, and what settling did."""
        from qcode.ui.reconcile.before_after import BeforeAfterPage

        page = self._page(BeforeAfterPage(self._bridge))
        page.requestRoom.connect(self.requestRoom)
        return page

    @cached_property
    def decisions(self) -> DecisionsPage:
        """What was decided, and how each takes it."""
        from qcode.ui.reconcile.decisions import DecisionsPage

        page = self._page(DecisionsPage(self._bridge))
        page.caseAsked.connect(self._on_case)
        page.requestPlace.connect(self.requestPlace)
        return page

    @cached_property
    def mine(self) -> MinePage:
        """What became of one's own codings."""
        from qcode.ui.reconcile.mine import MinePage

        page = self._page(MinePage(self._bridge))
        page.requestPlace.connect(self.requestPlace)
        return page

    # Panels

    @cached_property
    def defining(self) -> CaseDefinitionPanel:
        """Where a code of the case is defined anew."""
        from qcode.ui.reconcile.defining import CaseDefinitionPanel

        panel = self._panel(CaseDefinitionPanel(self._bridge))
        panel.recheckAsked.connect(lambda code: self.begin_recheck(CodeId(code)))
        return panel

    @cached_property
    def example(self) -> ExamplePanel:
        """Where one of the case's codes is chosen."""
        from qcode.ui.reconcile.defining import ExamplePanel

        panel = self._panel(ExamplePanel(self._bridge))
        panel.chosen.connect(self._on_example)
        return panel

    @cached_property
    def merging(self) -> CaseMergePanel:
        """Where codes of the case are merged."""
        from qcode.ui.reconcile.reshaping import CaseMergePanel

        return self._panel(CaseMergePanel(self._bridge))

    @cached_property
    def splitting(self) -> CaseSplitPanel:
        """Where a code of the case is split."""
        from qcode.ui.reconcile.reshaping import CaseSplitPanel

        return self._panel(CaseSplitPanel(self._bridge))

    @cached_property
    def recheck(self) -> RecheckPanel:
        """Where passages under older definitions become a round."""
        from qcode.ui.reconcile.recheck import RecheckPanel

        panel = self._panel(RecheckPanel(self._bridge))
        panel.requestPassages.connect(self.requestPassages)
        return panel

    @cached_property
    def papers(self) -> Papers:
        """What is saved for a meeting and after it."""
        from qcode.ui.reconcile.papers import Papers

        return Papers(self._bridge, self._room, self._host)

    # Properties

    @property
    def actions(self) -> list[QAction]:
        """All that can be done here."""
        return [*self._of_round, *self._of_case]

    # Methods

    def take_case(self, case: CaseRow | None, queue: Queue | None) -> None:
        """Know which case has the focus, and in which queue."""
        self._case, self._queue = case, queue
        self._enable()

    def show_page(self, name: str) -> None:
        """Show a page by its name here: "decisions", "before_after" or "mine"."""
        if not self._settles():
            return
        page: ReconcilePage = getattr(self, name)
        page.known = self._host.cases or page.known
        page.begin(self._host.round_id)
        self._lay_over(page)

    def show_rule(self) -> None:
        """Offer a rule that settles many cases."""
        if not self._settles():
            return
        self.bulk.present, self.bulk.known = self._host.present, self._host.cases
        self.bulk.begin_rule(self._host.round_id)
        self._lay_over(self.bulk)

    def show_bulk(
        self,
        cases: Sequence[CaseRow],
        outcome: str = "union",
        reason: str = "",
        note: str = "",
        present: Sequence[CoderId] = (),
    ) -> None:
        """Offer to settle these cases as one like them was."""
        self.bulk.present = tuple(present) or self._host.present
        self.bulk.known = self._host.cases
        self.bulk.note_line.setText(note)
        self.bulk.begin_alike(self._host.round_id, cases, outcome, reason)
        self._lay_over(self.bulk)

    def define(self, code: CodeId | None = None) -> None:
        """Edit the definition of one of the case's codes beside it."""
        if self._case is not None:
            self.defining.begin(self._case, code)
            self._lay_beside(self.defining)

    def add_example(self, which: Which) -> None:
        """Write the passage into the definition of the case's code; of several codes, one is asked for."""
        if self._case is None:
            return
        self._which = which
        if len(self._case.codes) == 1:
            self._on_example(self._case.codes[0])
        else:
            self.example.begin(self._case, "typical example" if which == "typical" else "near miss")
            self._lay_beside(self.example)

    def merge(self) -> None:
        """Ask into which code the case's codes are merged."""
        if self._case is not None:
            self.merging.begin_case(self._case)
            self._lay_beside(self.merging)

    def split(self) -> None:
        """Ask what a code of the case is split into."""
        if self._case is not None:
            self.splitting.begin_case(self._case)
            self._lay_beside(self.splitting)

    def begin_recheck(self, code: CodeId | None = None) -> None:
        """Offer to make a round of the passages coded under an older definition."""
        codes = self._case.codes if self._case is not None else ()
        self.recheck.begin(code or next(iter(codes), None))
        self._lay_beside(self.recheck)

    def save_agenda(self) -> None:
        """Save the cases of the queue for a meeting."""
        if self._settles():
            self.papers.save_agenda(self._queue)

    def save_minutes(self) -> None:
        """Save what was decided in the round."""
        if self._settles():
            self.papers.save_minutes()

    def build_all(self) -> None:
        """Build every page and panel, so that all that can be done is known."""
        for name in _PAGES:
            self._host.show_page(getattr(self, name))
        self._host.close_page()
        for name in _PANELS:
            self._host.show_side(getattr(self, name))
        self._host.close_side()

    def update_theme(self) -> None:
        """Take the colours of the theme, on what is built."""
        for name in (*_PAGES, *_PANELS):
            if name in self.__dict__:
                getattr(self, name).update_theme()

    # Private slots

    def _on_case(self, case: str) -> None:
        self._host.close_page()
        self.caseAsked.emit(case)

    def _on_example(self, code: str) -> None:
        case, which = self._case, self._which
        if case is None:
            return
        from qcode.operations.case_codebook import add_example

        name = dict(zip(case.codes, case.code_names, strict=True)).get(CodeId(code), "")
        done = self._bridge.attempt(
            lambda: add_example(self._bridge.study, case, code=CodeId(code), which=which) or True
        )
        if done:
            what = "a typical example" if which == "typical" else "a near miss"
            self._bridge.informed.emit(f"The passage is {what} of “{name}” now.")

    # Internal

    def _settles(self) -> bool:
        """Whether the study's approach knows a consensus; where it does not, that is said."""
        approach = study_card(self._bridge.study).approach
        if measures_agreement(approach):
            return True
        self._bridge.refused.emit(_NO_CONSENSUS.format(approach))
        return False

    def _lay_over(self, page: ReconcilePage) -> None:
        self._host.show_page(page)
        waits = page.computing and page.stack.currentIndex() == 0
        (page.leave_button if waits else page.entry()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_beside(self, panel: SidePanel) -> None:
        self._host.show_side(panel)
        panel.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _page[P: ReconcilePage](self, page: P) -> P:
        page.left.connect(self._host.close_page)
        return page

    def _panel[P: SidePanel](self, panel: P) -> P:
        panel.closed.connect(self._host.close_side)
        return panel

    def _act(self, owner: QWidget, key: str, name: str, deed: Callable[[], object], *keys: str) -> QAction:
        return make_action(owner, name, deed, *keys, key=f"reconcile.{key}", context=WITHIN)

    def _make_button(self) -> QPushButton:
        button = QPushButton("More", self._room)
        button.setAccessibleName("More to do in this room")
        menu = QMenu(button)
        menu.addActions(self._of_round)
        menu.addSeparator()
        menu.addActions(self._of_case)
        button.setMenu(menu)
        return button

    def _enable(self) -> None:
        for action in self._of_case:
            action.setEnabled(self._case is not None)
