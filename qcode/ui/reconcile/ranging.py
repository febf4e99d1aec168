"""Setting by hand the range that is kept of a case: the same keys as moving the edges of a coding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from qcode.text.ranges import Range, trim
from qcode.ui.code.edge_keys import STEPS, EdgeKeys, KeysOfText, is_modifier
from qcode.ui.code.edges import Edges
from qcode.ui.reconcile.case_text import CaseText


class Ranging(KeysOfText):
    """Takes the keys of the text while a range is set; `kept` tells it in places of the transcript."""

    told = Signal(str)
    kept = Signal(int, int)
    left = Signal()

    def __init__(self, view: CaseText, refuse: Callable[[], object]) -> None:
        super().__init__(view)
        self._view = view
        self._edges: Edges | None = None
        self.keys = EdgeKeys(view, refuse, part="range", edge="Range that is kept")

    # Properties

    @property
    def active(self) -> bool:
        """Whether a range is being set."""
        return self._edges is not None

    # Methods

    def begin(self, span: Range) -> None:
        """Begin with a range of the transcript; its end moves first."""
        self.stop()
        base = self._view.base
        self._edges = Edges(span[0] - base, span[1] - base)
        self._view.installEventFilter(self)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def stop(self) -> None:
        """Set no range any more, and say nothing of it."""
        if self._edges is None:
            return
        self._edges = None
        self._view.removeEventFilter(self)
        self._view.leave_units()
        self._view.set_preview(None)
        self.told.emit("")

    def take_key(self, event: QKeyEvent) -> bool:
        """Move an edge, keep, or leave; other keys are told what can be done."""
        meant = self.keys.meant(event)
        edges = self._edges
        if edges is None:
            return False
        if meant in STEPS:
            self._edges = edges.moved(self._view.page.text, self._view.units, *STEPS[meant])
            self._show()
        elif meant == "other":
            self._edges = edges.other()
            self._show()
        elif meant == "keep":
            self._keep()
        elif meant == "leave":
            self.leave()
        elif not is_modifier(event):
            self.told.emit(self._told())
        return True

    def leave(self) -> None:
        """Set no range any more, and tell that it was left."""
        self.stop()
        self.left.emit()

    # Internal

    def _keep(self) -> None:
        span, base = self._trimmed(), self._view.base
        if span is not None:
            self.stop()
            self.kept.emit(span[0] + base, span[1] + base)

    def _trimmed(self) -> Range | None:
        return trim(self._view.page.text, *self._edges.range) if self._edges else None

    def _show(self) -> None:
        span = self._trimmed()
        if span is None or self._edges is None:
            return
        self._view.set_preview(span)
        self._view.select(self._edges.anchor, self._edges.caret)
        self.told.emit(self._told())

    def _told(self) -> str:
        return f"The {self._edges.moving if self._edges else ''} of the range: {self.keys.told()}"
