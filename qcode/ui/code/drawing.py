"""Drawing what lies on the desk of the Code room, and following changes with no more reading than they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from qcode.study import Change
from qcode.ui.code.notices import notice_for
from qcode.ui.code.reading import Reading
from qcode.ui.code.shown import KnownCodings

if TYPE_CHECKING:
    from qcode.ui.code.room import CodeRoom

_COUNT_AGAIN_MS = 200


class Drawing(QObject):
    """Shows in every part of the room what was read."""

    def __init__(self, room: CodeRoom, reading: Reading) -> None:
        super().__init__(room)
        self._room, self._reading = room, reading
        self._desk, self._view = room.desk, room.view
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AGAIN_MS)
        self._counting.timeout.connect(self.count_again)

    # Methods

    def draw(self) -> None:
        """Draw the codings that are to be seen."""
        self._view.set_codings(self._desk.signed(self._desk.drawn))
        self.list_here()
        self._room.showing.follow()

    def draw_anew(self) -> None:
        """Draw others than before: stripes stand side by side anew."""
        self._room.edges.leave()
        self._view.set_codings(())
        self.draw()
        self.tell_state()

    def show_play(self) -> None:
        """Show what is to be coded of the document, and what is not."""
        self._reading.play()
        self._view.set_play(self._desk.codable)

    def draw_sight(self) -> None:
        """Paint what is in sight, before all the codings are read: a long text has thousands out of sight."""
        if not self._view.isVisible():
            return
        self._desk.known = KnownCodings()
        self.tell_state()
        self._room.transcript.settle()
        self._reading.codings_in(self._view.sight())
        self._view.set_codings(self._desk.signed(self._desk.drawn))
        self._view.show_now(names=False)

    def list_here(self, _ids: object = None) -> None:
        """List what is at the caret; while one walks through the list itself it stays as it is."""
        known, listed = self._desk.known, self._room.here
        if listed.list.hasFocus():
            drawn = {row.id for row in self._desk.drawn}
            listed.show_codings([known[row.id] for row in listed.rows if row.id in drawn])
        else:
            here = self._view.codings_at_caret()
            listed.show_codings([known[row.id] for row in here if row.id in known])

    def list_documents(self) -> None:
        """Show the documents, and which of them lies open."""
        self._room.documents.show_documents(self._desk.documents, self._desk.document)

    def tell_state(self) -> None:
        """Say what document lies open, whose codings are seen, and what may be done with it."""
        transcript = self._room.transcript
        transcript.show_row(self._desk.row)
        transcript.show_whose(self._desk.choice.whose)
        self._room.here.lock(locked=self._desk.locked)
        transcript.say(*notice_for(self._desk, self._room.bridge.round))

    def count_again(self) -> None:
        """Read documents and codebook with their counts."""
        self._reading.lists()
        self._room.codebook.show_codes(self._desk.codes)
        self.list_documents()

    def narrow(self) -> None:
        """Draw what the filter lets through; asking for a colleague's codings shows everyone's."""
        filters = self._room.showing.filters
        self._reading.narrow(filters.only)
        if filters.names_colleagues and self._desk.choice.whose == "mine":
            self._reading.choose("everyone")
        self.draw_anew()
        self._room.showing.tell()

    def take_codings(self, change: Change) -> None:
        """Read the codings that were touched; count again later what was touched in other documents."""
        if change.documents - {self._desk.document}:
            self._counting.start()
        if self._desk.document not in change.documents:
            return
        touched = change.touched.get("coding", frozenset())
        self._reading.touched(touched)
        come = [row for row in self._desk.known.among(touched) if self._desk.choice.takes(row)]
        self._view.change_codings(gone=touched - {row.id for row in come}, come=self._desk.signed(come))
        self.list_here()
        self._room.showing.follow()
        self._room.codebook.show_codes(self._desk.codes)
        self.list_documents()

    def take_codes(self, change: Change) -> None:
        """Read the codebook, and codings and documents too if the codes that were touched may be on them."""
        touched = change.touched.get("code", frozenset())
        self._reading.codes()
        self._room.showing.filters.follow()
        if change.concerns("coding") or self._reading.shows_changed_codes(touched):
            self._reading.documents()
            self._reading.codings()
            self.draw()
            self.list_documents()
        self._room.codebook.show_codes(self._desk.codes)
        self._room.side.follow(self._desk.codes)
