"""What follows a decision: the next case at once, and the cases that are like the last one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from qcode.queries.disagreements.cases import CaseRow, Cases
from qcode.reconciliation import LEFT_OPEN
from qcode.ui.keys.keyed import shown_keys
from qcode.ui.reconcile.case_pane import CasePane
from qcode.ui.reconcile.drafts import ALIKE, Draft, cases_like
from qcode.ui.reconcile.queue_pane import QueuePane


class GoingOn(QObject):
    """Goes on to the next case; `alike` are cases that may be decided as the last one was, with how that was."""

    nextShown = Signal(object)

    def __init__(self, queue: QueuePane, shown: CasePane, cases: Callable[[], Cases | None], preview: QAction) -> None:
        super().__init__(queue)
        self._queue, self._shown, self._cases, self._preview = queue, shown, cases, preview
        self.alike: tuple[Sequence[CaseRow], Draft] | None = None

    # Methods

    def forget(self) -> None:
        """Offer nothing that is like a case of another round."""
        self.alike = None
        self._shown.offer_alike("")

    def show_next(self, case: CaseRow, draft: Draft) -> None:
        """Show what will follow before the decision is written, so that nobody waits for the file."""
        rows, place = self._queue.list.rows, self._queue.list.place
        leaves = self._queue.narrowing.narrowed.state == "open" and draft.outcome not in LEFT_OPEN
        following = rows[place + 1 : place + 2] or (rows[place - 1 : place] if leaves else ())
        if following and rows[place].id == case.id:
            self.nextShown.emit(following[0])
            self._shown.repaint()

    def go_on(self, case: CaseRow, draft: Draft) -> None:
        """Offer to decide what is like a case, and go on to the next one where it stays in the list."""
        cases = self._cases()
        rows = cases.rows if cases is not None and draft.outcome in ALIKE else ()
        alike = cases_like(case, rows)
        self.alike = (alike, draft) if alike else None
        key = shown_keys(self._preview)
        self._shown.offer_alike(f"{len(alike):,} more like this: preview ({key})" if alike else "")
        if self._queue.list.case is not None and self._queue.list.case.id == case.id:
            self._queue.list.step(1)
