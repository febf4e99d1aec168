"""Saying that a document is reviewed for names, which one can once one has seen its end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.operations.deidentification import reopen_review, review_document
from qcode.queries.transcripts.deidentification import next_to_review, state_of
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.text.view import TranscriptView

_READ_FIRST = "Read the text to its end first. Then you can say that it is reviewed for names."
_NO_TEXT = "Open a document first."
_ALL = "Every document of the study was reviewed for names."
_NONE_YET = "Nobody has reviewed this document for names yet."


class Reviewing(QObject):
    """Remembers of which texts the end was seen, and says for a person that one is reviewed."""

    def __init__(
        self, bridge: StudyBridge, desk: Desk, view: TranscriptView, room: QWidget, go_to: Callable[[Place], None]
    ) -> None:
        super().__init__(room)
        self._go_to = go_to
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._ends: set[str] = set()
        view.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # Properties

    @property
    def end_seen(self) -> bool:
        """Whether the end of the text that is shown was in sight since the window opened."""
        self._on_scrolled()
        return self._desk.text is not None and self._desk.text.revision in self._ends

    # Methods

    def review(self) -> None:
        """Say that the document is reviewed, if its end was seen."""
        text = self._desk.text
        if text is None:
            self._bridge.refused.emit(_NO_TEXT)
        elif not self.end_seen:
            self._bridge.refused.emit(_READ_FIRST)
        elif self._bridge.attempt(lambda: review_document(self._bridge.study, text.id)):
            self._tell()

    def go_to_next(self) -> None:
        """Open the next document that nobody has reviewed, at its beginning."""
        text = self._desk.text
        following = next_to_review(self._bridge.study, text.id if text is not None else None)
        if following is None:
            self._bridge.informed.emit(_ALL)
            return
        self._go_to(Place(following.document, 0, 0))
        self._bridge.informed.emit(f"“{following.name}”: {_left(following.left)} to be reviewed for names.")

    def reopen(self) -> None:
        """Take the reviews of the document back."""
        text = self._desk.text
        known = state_of(self._bridge.study, text.id) if text is not None else None
        if known is None or not known.reviews:
            self._bridge.refused.emit(_NO_TEXT if known is None else _NONE_YET)
        else:
            self._bridge.attempt(lambda: reopen_review(self._bridge.study, known.document))
            self._tell()

    # Private slots

    def _on_scrolled(self, _value: int = 0) -> None:
        text = self._desk.text
        if text is not None and self._view.isVisible() and self._view.sight()[1] >= len(text.text):
            self._ends.add(text.revision)

    # Internal

    def _tell(self) -> None:
        text = self._desk.text
        known = state_of(self._bridge.study, text.id) if text is not None else None
        if known is not None:
            following = next_to_review(self._bridge.study)
            left = f" {_left(following.left)} to be reviewed." if following is not None else f" {_ALL}"
            self._bridge.informed.emit(f"“{known.name}”: {known.sentence}.{left}")


def _left(count: int) -> str:
    return "1 document is left" if count == 1 else f"{count:,} documents are left"
