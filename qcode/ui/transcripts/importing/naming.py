"""The second step of an import: names in what arrives are answered before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.ui.bridge import StudyBridge
from qcode.ui.transcripts.importing.arrivals import Arrival
from qcode.ui.transcripts.importing.respondents import named_about

if TYPE_CHECKING:
    from qcode.ui.transcripts.names import Arriving, NamesReview, Writing


class Naming(QObject):
    """Which files are looked through for names, and how far that is; its page is made when it is first needed."""

    changed = Signal()
    looked = Signal()

    def __init__(self, bridge: StudyBridge, add_page: Callable[[QWidget], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._add_page = add_page
        self._review: NamesReview | None = None
        self._sent: dict[str, Arriving] = {}

    # Properties

    @property
    def page(self) -> NamesReview:
        """Where the strings are answered."""
        if self._review is None:
            from qcode.ui.transcripts.names import NamesReview

            self._review = NamesReview(self._bridge)
            self._add_page(self._review)
            self._review.decided.connect(self.changed)
            self._review.looked.connect(self._on_looked)
        return self._review

    @property
    def actions(self) -> list[QAction]:
        """What can be done with names, once they were looked for."""
        return self._review.name_actions if self._review is not None else []

    @property
    def waiting(self) -> int:
        """How many strings nobody answered and nobody put off; 0 while nothing was looked through."""
        return self._review.waiting if self._review is not None and self._sent else 0

    @property
    def is_done(self) -> bool:
        """Whether all that was asked for was looked through."""
        return self._review is not None and self._review.scanned

    # Methods

    def look_through(self, arrivals: Sequence[Arrival]) -> None:
        """Look for names in these files as they would be imported; what was looked through already is not again."""
        arriving = {str(row.id): made for row in arrivals if (made := arriving_of(row)) is not None}
        if arriving != self._sent:
            self._sent = arriving
            self.page.review(tuple(arriving.values()))
            self.changed.emit()

    def has_looked_through(self, arrivals: Sequence[Arrival]) -> bool:
        """Whether these files were looked through as they are now."""
        if self._review is None or not self._review.scanned:
            return False
        return all(arriving_of(row) == self._sent.get(str(row.id)) for row in arrivals)

    def waits_for(self, arrivals: Sequence[Arrival]) -> int:
        """How many strings of these files wait for an answer."""
        if len(arrivals) == len(self._sent):
            return self.waiting
        return sum(self._left(str(row.id)) for row in arrivals)

    def writing(self) -> Writing:
        """The answers of now, for a worker."""
        return self.page.writing()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        if self._review is not None:
            self._review.update_theme()

    def forget(self) -> None:
        """Look at no file any more; the answers stay for the next import."""
        if self._sent:
            self.look_through([])

    # Private slots

    def _on_looked(self) -> None:
        self.changed.emit()
        self.looked.emit()

    # Internal

    def _left(self, key: str) -> int:
        answered, every = self.page.progress(key) if key in self._sent else (0, 0)
        return every - answered


def arriving_of(arrival: Arrival) -> Arriving | None:
    """A file as it is looked through: its turns, what is kept beside them, and what is recorded about respondents.

    None before it has turns.
    """
    from qcode.ui.transcripts.names import Arriving

    if arrival.transcript is None:
        return None
    about = named_about(arrival.reading) if arrival.reading is not None else {}
    transcript = replace(arrival.transcript, metadata={**about, **arrival.kept})
    return Arriving(str(arrival.id), arrival.name, transcript, arrival.language, arrival.path.name)
