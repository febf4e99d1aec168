"""The memos on what is read: marked beside the text, told at the caret, and opened from there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.operations.memos import Target
from qcode.queries.memos import memo_marks
from qcode.study import Change
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.text.memo_marks import MemoSpan
from qcode.ui.text.view import TranscriptView

_KINDS = ("memo", "memo_link", "coding", "code", "document", "revision", "round", "assignment")
_NONE_HERE = "No memo is about the words at the caret. A mark beside the text shows where there is one."
_REST_MS = 40


class MemosHere(QObject):
    """Reads the memos on passages and codings of the text once it is seen, and again when they may be others.

    Which memos one may see is the query's to say: colleagues' memos that wait for a blind round leave no mark.
    """

    wanted = Signal(object, str)

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView) -> None:
        super().__init__(view)
        self._bridge, self._desk, self._view = bridge, desk, view
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self.read)
        view.memosPicked.connect(self.open)
        bridge.changed.connect(self._on_changed)

    # Methods

    def follow(self) -> None:
        """Read the memos soon: what is read comes first."""
        self._resting.start()

    def read(self) -> None:
        """Mark the memos that one may see."""
        text = self._desk.text
        found = memo_marks(self._bridge.study, text.id) if text else []
        self._view.set_memos([MemoSpan(mark.memo, mark.title, mark.place.start, mark.place.end) for mark in found])

    def open_here(self) -> None:
        """Open the memos about the words at the caret."""
        if self._resting.isActive():
            self.read()
        self.open(self._view.memos_at_caret())

    def open(self, spans: Sequence[MemoSpan]) -> None:
        """Ask for the memos about these passages, the first one to be read."""
        document = self._desk.document
        passage = self._desk.passage((spans[0].start, max(span.end for span in spans))) if spans else None
        if document is None or passage is None:
            self._bridge.refused.emit(_NONE_HERE)
        else:
            self.wanted.emit(Target.at(passage), spans[0].memo)

    # Private slots

    def _on_changed(self, change: Change) -> None:
        if change.concerns(*_KINDS):
            self._resting.start()
