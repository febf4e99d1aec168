"""What hands can do in the Code room: drag edges, carry codes to the text and text to codes, point at codings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QTreeView

from qcode.ids import CodeId
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.about import about
from qcode.ui.code.applying import Applying
from qcode.ui.code.carrying import selection_data
from qcode.ui.code.desk import Desk
from qcode.ui.code.dropping import CodesOnText, PassageOnCode
from qcode.ui.code.edge_dragging import EdgeDragging
from qcode.ui.code.edge_moving import EdgeMoving
from qcode.ui.text import reading_style
from qcode.ui.text.carrying import SelectionDrag
from qcode.ui.text.view import TranscriptView


class ByMouse(QObject):
    """Brings text and codebook of the room together under the pointer."""

    def __init__(
        self,
        bridge: StudyBridge,
        desk: Desk,
        view: TranscriptView,
        tree: QTreeView,
        applying: Applying,
        edges: EdgeMoving,
    ) -> None:
        super().__init__(view)
        self._desk = desk
        self._applying = applying
        self._edges = edges
        view.about = partial(about, desk)
        view.set_reading_style(reading_style.current())
        self.edges = EdgeDragging(bridge, desk, view, edges)
        self.selection = SelectionDrag(view, self._load)
        self.codes_on_text = CodesOnText(desk, view, self._put)
        self.passage_on_code = PassageOnCode(desk, tree, self._put)

    # Internal

    def _load(self, span: Range) -> QMimeData | None:
        passage, text = self._desk.passage(span), self._desk.text
        return None if passage is None or text is None else selection_data(passage, text.revision)

    def _put(self, span: Range, codes: Sequence[CodeId]) -> None:
        self._edges.leave()
        self._applying.put(codes, span)
