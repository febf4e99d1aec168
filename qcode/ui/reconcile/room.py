"""The Reconcile room: one case after another, what is kept of it, why, and who was there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from qcode.ids import CoderId, DecisionId, DocumentId, RoundId
from qcode.operations.memos import Target
from qcode.operations.passages import Passage
from qcode.queries.approach import measures_agreement
from qcode.queries.disagreements.cases import CaseRow, Cases, DecisionRow, Queue, precedents_among
from qcode.queries.team import coders, rounds, study_card
from qcode.reconciliation import fitting
from qcode.study import Change, Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import KeyedAction
from qcode.ui.reconcile.acts import CaseActs
from qcode.ui.reconcile.case_pane import CasePane
from qcode.ui.reconcile.deciding import Deciding
from qcode.ui.reconcile.further import FurtherPages
from qcode.ui.reconcile.going_on import GoingOn
from qcode.ui.reconcile.known import Known
from qcode.ui.reconcile.queue_pane import QueuePane
from qcode.ui.reconcile.reading_cases import CaseReading
from qcode.ui.reconcile.seats import seats
from qcode.ui.reconcile.strip import LEADS_SHOW_NAMES, Strip, left_out, why_none
from qcode.ui.reconcile.verdict_pane import Told, VerdictPane
from qcode.ui.room import Room
from qcode.ui.theme import SPACE

READING = (
    "This study’s approach is {}. There, readings are not brought to one, so nothing is settled here. What each of you "
    "marked stands side by side in the Agree room: differences are something to talk about."
)
NOTHING = "Nothing to reconcile yet: two coders must have handed in the same document."
_NO_ALIKE = "Decide a case first: others like it, if there are any, can then be decided the same way."
_LIGHT = {"decision", "assent"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReconcileRoom(Room):
    """Goes through the cases of a round. Coders' own codings are never touched here; every decision can be undone."""

    key: ClassVar[str] = "reconcile"
    title: ClassVar[str] = "Reconcile"
    kinds: ClassVar[tuple[str, ...]] = (
        "decision", "assent", "coding", "assignment", "region", "code", "code_version", "round", "coder", "document",
        "revision", "speaker", "study",
    )  # fmt: skip
    chooses_round: ClassVar[bool] = True

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._cases: Cases | None = None
        self._queue: Queue | None = None
        self._round: RoundId | None = None
        self._begun = self._light = False
        self._elsewhere: tuple[DecisionRow, ...] = ()
        self._wanted: str | None = None
        self._named = False
        self.known, self.reading_cases = Known(bridge.study), CaseReading(bridge.study, self)
        self.queue, self.shown, self.side = QueuePane(), CasePane(), VerdictPane()
        self.desk, self._beside = QSplitter(Qt.Orientation.Horizontal), QStackedWidget()
        self.deciding = Deciding(bridge, self.side, self.shown, self.known, self.queue.list)
        self._make_actions()
        self.further = FurtherPages(bridge, self, self, self.desk)
        self.names = QToolButton()
        self.strip = Strip(self.names, self.further.menu_button)
        self.nothing = EmptyState(NOTHING, "Go to the Code room")
        self.waiting, self.reading = EmptyState("Reading…"), EmptyState(READING, "See the readings")
        self.pages, self._inner = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def computing(self) -> bool:
        """Whether cases are being read."""
        return self.reading_cases.active

    @property
    def case(self) -> CaseRow | None:
        """The case with the focus."""
        return self.queue.list.case if self._inner.currentWidget() is self.desk else None

    @property
    def cases(self) -> Cases | None:
        """All cases of the round, as they were read last."""
        return self._cases

    @property
    def round_id(self) -> RoundId | None:
        """The round whose cases are shown."""
        return self._round

    @property
    def present(self) -> tuple[CoderId, ...]:
        """Who is there."""
        return self.side.present.there

    @property
    def document(self) -> DocumentId | None:
        """The document of the case."""
        return self.case.document if self.case else None

    # Methods

    def take_change(self, change: Change) -> None:
        """Read again what a change concerns; what was taken back has the cursor again."""
        if not change.concerns(*self.kinds):
            return
        self._light = change.origin != "elsewhere" and set(change.touched) <= _LIGHT
        if change.origin in ("undone", "redone") and self._cases is not None:
            found = (self._cases.of_decision(DecisionId(row)) for row in change.touched.get("decision", ()))
            self._wanted = next((case.id for case in found if case is not None), self._wanted)
        super().take_change(change)
        self._light = False

    def refresh(self) -> None:
        """Read the cases again: at once after a decision, in the background after anything else."""
        if self._light and self._cases is not None and not self.computing:
            self._on_cases(Cases.of(self.bridge.study, self._round, before=self._cases))
            return
        approach = study_card(self.bridge.study).approach
        if not measures_agreement(approach):
            self._show_reading(approach)
            return
        self.known.forget()
        self.strip.show_rounds(rounds(self.bridge.study))
        if self._cases is None or self._cases.viewer != self.bridge.coder:
            # What one coder may see another may not: nothing of it stays on the screen while theirs is read.
            self._cases = self._queue = None
            self.going_on.forget()
            self._inner.setCurrentWidget(self.waiting)
        self.reading_cases.begin(self._round, self._cases)

    def room_actions(self) -> list[QAction]:
        """What can be done here."""
        return [*self.acts.all, *self.further.actions]

    def things(self) -> Sequence[Target]:
        """The passage of the case."""
        case = self.case
        return [Target.at(Passage(case.document, case.start, case.end))] if case is not None else ()

    def build_all(self) -> None:
        """Build the pages that wait to be needed."""
        self.further.build_all()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.shown.update_theme()
        self.queue.list.viewport().update()
        self.further.update_theme()
        if self.case is not None and self.deciding.draft is None:
            self._show_case(self.case)

    def show_page(self, page: QWidget) -> None:
        """Lay a page over the whole room."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def close_page(self) -> None:
        """Go back to the cases, with the focus on them."""
        self.pages.setCurrentWidget(self._whole)
        self._focus_case()

    def show_side(self, panel: QWidget) -> None:
        """Lay a panel beside the case, in place of what is decided about it."""
        if self._beside.indexOf(panel) < 0:
            self._beside.addWidget(panel)
        self._beside.setCurrentWidget(panel)

    def close_side(self) -> None:
        """Show again what is decided about the case, with the focus on it."""
        self._beside.setCurrentWidget(self.side)
        self._focus_case()

    def go_to_case(self, case: str) -> None:
        """Show a case, wherever it is listed."""
        if self._cases is not None and self._cases.case(case) is not None:
            self._wanted = case
            if case not in {row.id for row in self.queue.list.rows}:
                self.queue.narrowing.show_everything()
            self._show_queue()

    def show_names(self, *, named: bool) -> None:
        """Show the coders' names with their lanes, or letters alone as long as a case is open."""
        if named and not self.deciding.leads:
            self.bridge.refused.emit(LEADS_SHOW_NAMES)
        self._named = named = named and self.deciding.leads
        self.names.setChecked(named)
        self.names.setText("Names shown" if named else "Names hidden")
        if self.case is not None:
            self._show_case(self.case)

    def step(self, by: int) -> None:
        """Go to the next case, or with -1 to the one before."""
        if not self.queue.list.step(by):
            self.bridge.informed.emit("That was the last case." if by > 0 else "That was the first case.")

    def preview_alike(self) -> None:
        """Show what it would mean to decide cases like the last one in the same way."""
        if self.going_on.alike is None:
            self.bridge.refused.emit(_NO_ALIKE)
            return
        rows, draft = self.going_on.alike
        self.further.show_bulk(rows, outcome=draft.outcome, reason=draft.reason, note=draft.note, present=self.present)

    def show_place(self) -> None:
        """Show the case in its transcript."""
        if self.case is not None:
            self.requestPlace.emit(Place(self.case.document, self.case.start, self.case.end))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms what is chosen and Esc leaves it, also where the queue or the text has the keyboard."""
        if event.key() in _ENTER and self.deciding.draft is not None:
            self.deciding.confirm()
        elif event.key() == Qt.Key.Key_Escape and self.deciding.draft is not None:
            self.deciding.leave()
        else:
            super().keyPressEvent(event)

    # Private slots

    def _on_read(self, cases: Cases, elsewhere: tuple[DecisionRow, ...]) -> None:
        self._elsewhere = elsewhere
        self._round = cases.round
        self.strip.choose_round(cases.round)
        self.queue.offer(cases.queue(state="all").rows)
        everybody = coders(self.bridge.study)
        self.side.show_coders(everybody)
        self.deciding.leads = any(row.id == self.bridge.coder and row.role == "lead" for row in everybody)
        if self._named and not self.deciding.leads:
            self.show_names(named=False)
        self._on_cases(cases)

    def _on_cases(self, cases: Cases) -> None:
        self._cases = cases
        self._show_queue()

    def _on_refused(self, sentence: str) -> None:
        self._cases = None
        self._show_nothing(sentence)

    def _on_case(self, case: CaseRow | None) -> None:
        if case is None or not self.deciding.holds(case):
            self._show_case(case)

    def _on_narrowed(self) -> None:
        """List other cases, from the first, unless the one with the cursor is among them."""
        self.queue.list.forget_place()
        self._show_queue()

    def _on_round(self, round_id: str) -> None:
        self._round, self._cases = RoundId(round_id), None
        self.going_on.forget()
        self.refresh()

    # Internal

    def _show_queue(self) -> None:
        """List the cases that are asked for; the cursor goes to what is wanted, else stays."""
        if self._cases is None:
            return
        asked = self.queue.narrowing.narrowed
        self._queue = queue = self._cases.queue(
            kinds=asked.kinds, codes=asked.codes, documents=asked.documents, state=asked.state, order=asked.order
        )
        if not queue.open + queue.decided + queue.unanimous:
            self._show_nothing(" ".join(part for part in (NOTHING, left_out(queue)) if part))
            return
        self.strip.show_queue(queue)
        wanted, self._wanted = self._wanted, None
        self.queue.show_rows(queue.rows, self.known.slots, wanted)
        self._inner.setCurrentWidget(self.desk)
        self._begin_at_case()
        if self.pages.currentWidget() is self.reading:
            self.pages.setCurrentWidget(self._whole)

    def _begin_at_case(self) -> None:
        """Whoever waited in the room for its first cases has their keys at once."""
        begun, self._begun = self._begun, True
        focused = QApplication.focusWidget()
        if not begun and focused is not None and self.strip.isAncestorOf(focused):
            self._focus_case()

    def _show_case(self, case: CaseRow | None) -> None:
        self._beside.setVisible(case is not None)
        if case is None:
            self.deciding.take_case(None, ())
            self.shown.show_nothing(why_none(self._queue, self.queue.narrowing.narrowed))
        else:
            text, codes = self.known.text(case.document), self.known.in_question(case)
            known = seats(case, named=self._named or case.decided)
            place = f"{self.queue.list.place + 1:,} of {len(self.queue.list.rows):,}"
            self.deciding.take_case(case, known)
            self.shown.show_case(case, text, known, codes, place)
            names = {code: (one.name, one.slot) for code, one in codes.items()}
            told = Told(names, text.text, fitting(case), self._precedents(case), self.bridge.coder)
            self.side.show_case(case, known, told, leads=self.deciding.leads)
        self.further.take_case(case, self._queue)

    def _precedents(self, case: CaseRow) -> tuple[DecisionRow, ...]:
        here = self._cases.decisions if self._cases is not None else ()
        return precedents_among(case, (*here, *self._elsewhere))

    def _show_reading(self, approach: str) -> None:
        self.reading_cases.give_up()
        self._cases = self._queue = None
        self.reading.say(READING.format(approach))
        self.pages.setCurrentWidget(self.reading)

    def _show_nothing(self, sentence: str) -> None:
        self.nothing.say(sentence)
        self.strip.show_queue(None)
        self._inner.setCurrentWidget(self.nothing)
        self.deciding.take_case(None, ())
        self.further.take_case(None, self._queue)
        if self.pages.currentWidget() is self.reading:
            self.pages.setCurrentWidget(self._whole)

    def _focus_case(self) -> None:
        self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_actions(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "next": partial(self.step, 1),
            "previous": partial(self.step, -1),
            "names": lambda: self.show_names(named=not self._named),
            "precedents": lambda: self.side.precedents.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "alike": self.preview_alike,
            "withdraw": self.deciding.withdraw,
            "place": self.show_place,
            "present": self.side.present.begin,
            "narrow": lambda: self.queue.narrowing.states.setFocus(Qt.FocusReason.ShortcutFocusReason),
        }
        self.acts = CaseActs(self.desk, self.deciding, deeds, self.deciding.say)
        self.going_on = GoingOn(self.queue, self.shown, lambda: self._cases, self.acts.others["alike"])
        self.side.buttons.tell_keys(self.acts.outcomes)
        self.side.stances.tell_keys(self.acts.stances)

    def _lay_out(self) -> None:
        self._beside.addWidget(self.side)
        for part in (self.queue, self.shown, self._beside):
            self.desk.addWidget(part)
        self.desk.setChildrenCollapsible(False)
        self.desk.setSizes([36 * SPACE, 75 * SPACE, 36 * SPACE])
        self.desk.setStretchFactor(1, 1)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._inner, 1)
        self._inner.addWidget(self.waiting)
        self._inner.addWidget(self.nothing)
        self._inner.addWidget(self.desk)
        self.pages.addWidget(self._whole)
        self.pages.addWidget(self.reading)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _connect(self) -> None:
        self.names.setProperty("kind", "slim")
        self.names.setCheckable(True)
        self.names.clicked.connect(lambda checked: self.show_names(named=checked))
        action = self.acts.others["names"]
        if isinstance(action, KeyedAction):
            action.tell_keys(self.names, "Names stay hidden, and lanes are shuffled, until a case is decided")
        self.show_names(named=False)
        self.queue.list.caseChanged.connect(self._on_case)
        self.queue.narrowing.changed.connect(self._on_narrowed)
        self.strip.roundChosen.connect(self._on_round)
        self.reading_cases.ready.connect(self._on_read)
        self.reading_cases.refused.connect(self._on_refused)
        self.deciding.confirmed.connect(self.going_on.show_next)
        self.deciding.refused.connect(lambda: self._show_case(self.case))
        self.deciding.decided.connect(self.going_on.go_on)
        self.going_on.nextShown.connect(self._show_case)
        self.shown.alikeAsked.connect(self.preview_alike)
        self.side.stances.asked.connect(self.deciding.say)
        self.nothing.pressed.connect(lambda: self.requestRoom.emit("code"))
        self.reading.pressed.connect(lambda: self.requestRoom.emit("agree"))
        self.further.requestPlace.connect(self.requestPlace)
        self.further.requestPassages.connect(self.requestPassages)
        self.further.requestRoom.connect(self.requestRoom)
        self.further.caseAsked.connect(self.go_to_case)
