"""Dragging the edges of an own coding by its handles: the text shows at once what it would become."""

from __future__ import annotations

from PySide6.QtCore import QObject

from qcode.operations.coding import HandedInError
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.code.edge_moving import EdgeMoving
from qcode.ui.text.handles import Edge, Handles
from qcode.ui.text.view import TranscriptView


class EdgeDragging(QObject):
    """Carries what a hand does with the handles to the edges that are being moved, and refuses where none may be."""

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView, edges: EdgeMoving) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._desk = desk
        self._edges = edges
        self.handles = Handles(view)
        self.handles.grabbed.connect(self._on_grabbed)
        self.handles.dragged.connect(edges.drag)
        self.handles.dropped.connect(edges.drop)
        edges.begun.connect(self.handles.hold)
        edges.ended.connect(self._on_ended)

    # Private slots

    def _on_grabbed(self, coding: str, edge: Edge) -> None:
        if self._desk.locked and self._desk.row is not None:
            self._bridge.refused.emit(str(HandedInError(self._desk.row.name)))
        elif coding in self._desk.known:
            self._edges.grab(self._desk.known[coding], edge)
            return
        self.handles.let_go()

    def _on_ended(self) -> None:
        self.handles.let_go()
        self.handles.hold(None)
