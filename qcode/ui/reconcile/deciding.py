"""From a key to a decision: what is chosen, then why, then Enter. Nothing is written before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from qcode.errors import QcodeError
from qcode.ids import CodeId, DecisionId
from qcode.operations.reconciling import decide, say, withdraw
from qcode.queries.disagreements.cases import CaseRow
from qcode.reconciliation import Kept, Outcome, Stance, kept_by
from qcode.reconciliation.verdicts import union_of
from qcode.ui.announcing import announce
from qcode.ui.bridge import StudyBridge
from qcode.ui.reconcile.case_pane import CasePane
from qcode.ui.reconcile.drafts import OUTCOMES, Draft
from qcode.ui.reconcile.known import Known
from qcode.ui.reconcile.ranging import Ranging
from qcode.ui.reconcile.seats import Seat, letter_of
from qcode.ui.reconcile.told import kept_in_words
from qcode.ui.reconcile.verdict_pane import VerdictPane

_NO_CASE = "There is no case to decide. Choose one in the queue first."
_NOT_LEAD = "The lead decides what is kept. You can say where you stand on what was decided."
_NO_LANE = "This case has no lane {}. Choose one of: {}."
_NOTHING_CHOSEN = "Choose what is kept first: a lane by its letter, or union, intersection, none…"
_NO_DECISION = "Nothing was decided about this case yet."
_NO_RANGE = "No range is being set. Choose a case and “{}” first."


class Deciding(QObject):
    """Holds the decision that is being made.

    `confirmed` tells the case and the draft before it is written, so that what follows may be shown at once; `decided`
    after it was written, `refused` if it was not.
    """

    confirmed = Signal(object, object)
    decided = Signal(object, object)
    refused = Signal()

    def __init__(self, bridge: StudyBridge, pane: VerdictPane, shown: CasePane, known: Known, home: QWidget) -> None:
        super().__init__(pane)
        self._bridge, self._pane, self._shown, self._known, self._home = bridge, pane, shown, known, home
        self._case: CaseRow | None = None
        self._seats: Sequence[Seat] = ()
        self._draft: Draft | None = None
        self._wanted: Outcome = "other"
        self._range_code: CodeId | None = None
        self._came_from: QWidget | None = None
        self.leads = True
        refuse = _NO_RANGE.format(OUTCOMES["range"])
        self.ranging = Ranging(shown.text, lambda: bridge.refused.emit(refuse))
        self.ranging.told.connect(shown.tell)
        self.ranging.kept.connect(self._on_range)
        self.ranging.left.connect(self.leave)
        pane.confirmed.connect(self.confirm)
        pane.left.connect(self.leave)
        pane.codeChosen.connect(self._on_code)
        pane.buttons.lanePressed.connect(self.accept)
        pane.buttons.outcomePressed.connect(self.choose)
        shown.lanePicked.connect(self.accept)
        shown.text.paletteRequested.connect(self._on_key_of_text)

    # Properties

    @property
    def draft(self) -> Draft | None:
        """What is about to be decided."""
        return self._draft

    # Methods

    def holds(self, case: CaseRow) -> bool:
        """Whether something was begun about a case that is as it was: then it goes on, whatever else has changed."""
        begun = self._draft is not None or self.ranging.active or self._pane.chooser.isVisible()
        return begun and case == self._case

    def take_case(self, case: CaseRow | None, seats: Sequence[Seat]) -> None:
        """Begin anew with a case; what was chosen for another one is forgotten."""
        self.ranging.stop()
        self._case, self._seats, self._draft = case, seats, None
        focused = QApplication.focusWidget()
        if focused is not None and self._pane.deciding.isAncestorOf(focused):
            self._go_back()

    def accept(self, letter: str) -> None:
        """Choose what a coder marked."""
        case = self._ready()
        if case is None:
            return
        seat = next((one for one in self._seats if one.letter == letter), None)
        if seat is None:
            known = ", ".join(one.letter for one in self._seats)
            self._bridge.refused.emit(_NO_LANE.format(letter, known))
            self._show_draft()
        else:
            self._take(Draft("accept", coder=seat.lane.coder))

    def choose(self, outcome: Outcome) -> None:
        """Choose another outcome; a code or a range is asked for where it needs one."""
        case = self._ready()
        if case is None:
            return
        if outcome == "other":
            self._ask_code("other", "Another code")
        elif outcome == "range" and len(case.codes) > 1:
            self._ask_code("range", "The code that is kept")
        elif outcome == "range":
            self._begin_range(case.codes[0])
        else:
            self._take(Draft(outcome))

    def leave(self) -> None:
        """Choose nothing, and go back to where one was."""
        self.ranging.stop()
        self._draft = None
        self._show_draft()
        self._go_back()

    def confirm(self) -> None:
        """Write the decision; a refusal leaves everything as it is."""
        case, draft = self._case, self._draft
        if case is None or draft is None:
            self._bridge.refused.emit(_NOTHING_CHOSEN)
            return
        whole = replace(draft, reason=self._pane.reasons.reason, note=self._pane.note.raw().strip())
        seats = self._seats
        self.confirmed.emit(case, whole)
        if self._bridge.attempt(lambda: self._write(case, whole)) is not None:
            self.decided.emit(case, whole)
            self._go_back()
        else:
            self.refused.emit()
            self.take_case(case, seats)
            self._draft = draft
            self._show_draft(self._kept(draft))
            self._pane.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """Take the decision about the case back, so that it is open again."""
        decision = self._case.decision if self._case is not None else None
        if decision is None:
            self._bridge.refused.emit(_NO_DECISION)
            return

        def done() -> bool:
            withdraw(self._bridge.study, decision.id)
            return True

        if self._bridge.attempt(done):
            self._bridge.informed.emit("The decision is withdrawn: the case is open again. Undo brings it back.")

    def say(self, stance: Stance) -> None:
        """Say where one stands on the decision about the case; saying it again takes it back."""
        case, coder = self._case, self._bridge.coder
        decision = case.decision if case is not None else None
        if decision is None or not decision.settles or coder is None:
            self._bridge.refused.emit(_NO_DECISION)
            return
        said: Stance | Literal[""] = (
            "" if (coder, stance) in {(one.coder, one.stance) for one in decision.stances} else stance
        )
        self._bridge.attempt(lambda: say(self._bridge.study, decision.id, coder=coder, stance=said))

    # Private slots

    def _on_code(self, code: str) -> None:
        if self._case is None:
            return
        if self._wanted == "range":
            self._begin_range(CodeId(code))
        else:
            self._take(Draft("other", code=CodeId(code)))

    def _on_range(self, start: int, end: int) -> None:
        if self._range_code is not None:
            self._take(Draft("range", code=self._range_code, span=(start, end)))

    def _on_key_of_text(self, typed: str) -> None:
        """Enter means the same in the text as everywhere; letters that mean nothing here find no codes."""
        if not typed and self._draft is not None:
            self.confirm()

    # Internal

    def _write(self, case: CaseRow, draft: Draft) -> DecisionId:
        return decide(
            self._bridge.study,
            case,
            outcome=draft.outcome,
            coder=draft.coder,
            kept=draft.kept or (),
            code=draft.code if draft.outcome == "other" else None,
            reason=draft.reason,
            note=draft.note,
            present=self._pane.present.there,
        )

    def _ready(self) -> CaseRow | None:
        """The case, if it can be decided by who is here; says why not."""
        if self._case is None or not self.leads:
            self._bridge.refused.emit(_NOT_LEAD if self._case is not None else _NO_CASE)
            return None
        self._remember_focus()
        self.ranging.stop()
        return self._case

    def _take(self, draft: Draft) -> None:
        """Show what would be kept, and let a reason be chosen; or say why it does not fit."""
        try:
            kept = self._kept(draft)
        except QcodeError as error:
            self._bridge.refused.emit(str(error))
            self._show_draft()
            return
        self._draft = draft
        self._show_draft(kept)
        decision = self._case.decision if self._case else None
        self._pane.begin(decision.reason if decision else "", decision.note if decision else "")
        announce(self._pane, OUTCOMES[draft.outcome])

    def _kept(self, draft: Draft) -> tuple[Kept, ...]:
        if self._case is None:
            return ()
        return kept_by(self._case, draft.outcome, coder=draft.coder or "", code=draft.code or "", kept=draft.kept or ())

    def _show_draft(self, kept: Sequence[Kept] = ()) -> None:
        case, draft = self._case, self._draft
        if case is None or draft is None:
            self._pane.show_draft("", "", "")
            self._shown.sheet.choose("")
            self._shown.text.mark(None)
            return
        letter = letter_of(self._seats, draft.coder)
        names = {code: self._name(code) for code, _start, _end in kept}
        words = kept_in_words(kept, self._known.text(case.document).text, names, outcome=draft.outcome)
        self._pane.show_draft(draft.outcome, letter, words)
        self._shown.sheet.choose(letter)
        self._shown.text.mark((min(one[1] for one in kept), max(one[2] for one in kept)) if kept else None)

    def _name(self, code: str) -> tuple[str, int]:
        meant = self._known.meaning(code, self._case)
        return meant.name, meant.slot

    def _ask_code(self, outcome: Outcome, words: str) -> None:
        """Let a code be chosen: of all for another one, of those in question for a range."""
        if self._case is None:
            return
        self._wanted, self._draft = outcome, None
        in_question = set(self._case.codes)
        offered = [row for row in self._known.codes if outcome == "other" or row.id in in_question]
        self._show_draft()
        self._pane.ask_code(offered, words, outcome)

    def _begin_range(self, code: CodeId) -> None:
        if self._case is None:
            return
        self._range_code, self._draft = code, None
        self._show_draft()
        self._pane.buttons.choose("range")
        marked = union_of(self._case, code) or [(self._case.start, self._case.end)]
        self.ranging.begin((marked[0][0], marked[-1][1]))

    def _remember_focus(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and not self._pane.isAncestorOf(focused):
            self._came_from = focused

    def _go_back(self) -> None:
        wanted = self._came_from
        shown = wanted if wanted is not None and wanted.isVisible() else self._home
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
