"""Moving the edges of an own coding while the text shows what it would become."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from qcode.ids import CodingId
from qcode.operations.coding import move_coding
from qcode.queries.codings import CodingRow
from qcode.text.ranges import trim
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.code.edge_keys import STEPS, EdgeKeys, KeysOfText, is_modifier
from qcode.ui.code.edges import Edge, Edges, Step
from qcode.ui.text.view import TranscriptView

_NONE_MOVES = "No edges are being moved. Put the caret on a coding of yours and begin to move its edges first."


class EdgeMoving(KeysOfText):
    """Takes the keys of the text while edges move; Enter keeps them in one step, leaving changes nothing.

    An edge can be dragged, too: that neither selects anything nor moves the caret, and letting go keeps it.
    """

    told = Signal(str)
    shown = Signal(object)
    begun = Signal(str)
    ended = Signal()

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._row: CodingRow | None = None
        self._edges = Edges(0, 1)
        self._by_keys = True
        self._stood_out: str | None = None
        self.keys = EdgeKeys(view, lambda: bridge.refused.emit(_NONE_MOVES))

    # Properties

    @property
    def active(self) -> bool:
        """Whether edges are being moved."""
        return self._row is not None

    @property
    def edges(self) -> Edges:
        """Where they are now."""
        return self._edges

    # Methods

    def begin(self, row: CodingRow) -> None:
        """Move the end of a coding first."""
        self._take(row, by_keys=True)
        self._show()

    def grab(self, row: CodingRow, edge: Edge) -> None:
        """Take hold of an edge with the mouse; edges that keys have moved already go on from there."""
        if self._row is None or self._row.id != row.id:
            self._take(row, by_keys=False)
        self._edges = replace(self._edges, moving=edge)

    def drag(self, place: int, by: Step) -> None:
        """Move the edge to where it is dragged."""
        if self._row is not None and self._desk.text is not None:
            self._edges = self._edges.dragged(self._desk.text.text, self._desk.units, by, place)
            self._show()

    def drop(self) -> None:
        """Keep the edges as they are now; if that is refused the coding is shown as it was."""
        self._keep()
        self.leave()

    def leave(self) -> None:
        """Stop, and show the coding as it is."""
        row, self._row = self._row, None
        if row is not None:
            self._view.removeEventFilter(self)
            self.shown.emit(None)
            if self._by_keys:
                self._leave_keys(row)
            else:
                self._view.set_active_coding(self._stood_out)
            self.ended.emit()

    def take_key(self, event: QKeyEvent) -> bool:
        """Move an edge, keep, or leave; other keys are told what can be done."""
        meant = self.keys.meant(event)
        deeds: dict[str, Callable[[], None]] = {"other": self._turn, "keep": self._keep, "leave": self.leave}
        if meant in STEPS:
            self._step(*STEPS[meant])
        elif meant in deeds:
            deeds[meant]()
        elif not is_modifier(event) and self._by_keys:
            self.told.emit(self._told())
        return True

    # Internal

    def _take(self, row: CodingRow, *, by_keys: bool) -> None:
        self.leave()
        self._row, self._by_keys, self._stood_out = row, by_keys, self._view.active_coding()
        self._edges = Edges(row.start, row.end)
        self._view.installEventFilter(self)
        self._view.set_active_coding(row.id)
        self.begun.emit(row.id)

    def _leave_keys(self, row: CodingRow) -> None:
        self.told.emit("")
        known = self._desk.known
        if row.id in known:
            self._view.select(known[row.id].start, known[row.id].end)

    def _step(self, by: Step, direction: int) -> None:
        if self._desk.text is not None:
            self._edges = self._edges.moved(self._desk.text.text, self._desk.units, by, direction)
            self._show()

    def _turn(self) -> None:
        self._edges = self._edges.other()
        self._show()

    def _keep(self) -> None:
        row, span = self._row, self._trimmed()
        if row is None or span is None:
            return
        if span == (row.start, row.end):
            self.leave()
            return

        def move() -> bool:
            move_coding(self._bridge.study, CodingId(row.id), start=span[0], end=span[1])
            return True

        if self._bridge.attempt(move):
            self.leave()

    def _trimmed(self) -> tuple[int, int] | None:
        return trim(self._desk.text.text, *self._edges.range) if self._desk.text else None

    def _show(self) -> None:
        row, span = self._row, self._trimmed()
        if row is None or span is None:
            return
        self.shown.emit(row._replace(start=span[0], end=span[1]))
        if not self._by_keys:
            return
        self._view.select(self._edges.anchor, self._edges.caret)
        self._view.set_active_coding(row.id)
        self.told.emit(self._told())

    def _told(self) -> str:
        name = self._row.name if self._row else ""
        return f"The {self._edges.moving} of “{name}”: {self.keys.told()}"
