"""Walking from stop to stop: through what, where one is, and how it goes on past the end of a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.ids import DocumentId
from qcode.queries.codings import CodingRow, codings_of
from qcode.queries.transcripts.documents import DocumentText, document_text
from qcode.text.codable import Codable
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.code.filtering import with_descendants
from qcode.ui.code.reading import codable_of
from qcode.ui.code.walks import (
    UNCODED,
    Kind,
    Stop,
    Walk,
    here_among,
    next_stop,
    of_code,
    stops_at_codings,
    uncoded_segments,
    uncoded_turns,
)
from qcode.ui.hits import Hits
from qcode.ui.text.view import TranscriptView

_TELL_MS = 60
_NO_HITS = "There are no hits to walk through. Search the transcripts first."
_NO_CODE = "Put the caret on a coding, or choose a code in the codebook, to walk through its codings."
_NO_SAME = "Nothing is coded here. Put the caret on a coding to go to the next one of its code."


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where one stood when a walk came to its end, and where it goes on if asked again."""

    document: str | None
    walk: Walk
    by: int
    here: Range
    goes_on: DocumentId | None


class Walker(QObject):
    """Takes the walk that was chosen. At the end of a document it says so, and goes on when it is asked once more."""

    told = Signal()

    def __init__(
        self, bridge: StudyBridge, desk: Desk, view: TranscriptView, open_document: Callable[[str], None]
    ) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._open = open_document
        self._walk = Walk()
        self._hits: Hits | None = None
        self._edge: _Edge | None = None
        self._stops: list[Stop] | None = None
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TELL_MS)
        self._telling.timeout.connect(self.told)

    # Properties

    @property
    def walk(self) -> Walk:
        """What is walked through."""
        return self._walk

    @property
    def title(self) -> str:
        """What is walked through, as it is shown."""
        if self._walk.kind == "hits" and self._hits is not None and self._hits.asked:
            return f"Hits of “{_short(self._hits.asked)}”"
        return _short(self._walk.title)

    @property
    def position(self) -> tuple[int | None, int]:
        """At which stop one is, from 0, if at any; and how many there are."""
        if self._walk.kind == "hits":
            return self._hits.position if self._hits is not None else (None, 0)
        stops = self._here(self._walk)
        return here_among(stops, self._selected(), self._view.active_coding()), len(stops)

    # Methods

    def take_hits(self, hits: Hits) -> None:
        """Know where the hits of the search come from."""
        self._hits = hits

    def choose(self, kind: Kind) -> None:
        """Choose another walk; one through a code is through that of the coding at the caret, see `choose_code`."""
        if kind == "hits" and (self._hits is None or not self._hits.position[1]):
            self._bridge.refused.emit(_NO_HITS)
            self.told.emit()
            return
        self._set(Walk(kind))

    def choose_code(self, code: str | None) -> None:
        """Choose to walk through the codings of a code and of those below it."""
        row = self._desk.code(code) if code else None
        if row is None:
            self._bridge.refused.emit(_NO_CODE)
            self.told.emit()
            return
        self._set(of_code(row.name, with_descendants([row.id], self._desk.codes)))

    def step(self, by: int) -> None:
        """Go to the next stop (1) or the one before (-1)."""
        if self._walk.kind == "hits":
            self._step_hits(by)
        else:
            self._take(self._walk, by)

    def step_same(self, by: int, coding: CodingRow | None) -> None:
        """Go from a coding to the next (1) of its code, or to the one before (-1); the chosen walk stays."""
        if coding is None:
            self._bridge.refused.emit(_NO_SAME)
        else:
            self._take(of_code(coding.name, [coding.code]), by, coding.id)

    def forget(self) -> None:
        """Look at the codings anew when that is needed: they, the text, or what is shown of them differ."""
        self._stops = None
        self._telling.start()

    def tell(self) -> None:
        """Tell soon where one is now."""
        if not self._telling.isActive():
            self._telling.start()

    def count(self, walk: Walk) -> int:
        """How many stops a walk has in this document; of hits, how many there are."""
        if walk.kind == "hits":
            return self._hits.position[1] if self._hits is not None else 0
        return len(self._here(walk))

    # Internal

    def _set(self, walk: Walk) -> None:
        self._walk, self._stops, self._edge = walk, None, None
        self.told.emit()

    def _here(self, walk: Walk) -> list[Stop]:
        if walk != self._walk:
            return self._stops_in(walk)
        if self._stops is None:
            self._stops = self._stops_in(walk)
        return self._stops

    def _stops_in(self, walk: Walk) -> list[Stop]:
        desk = self._desk
        if desk.text is None or walk.kind == "hits":
            return []
        if walk.kind not in UNCODED:
            return stops_at_codings(walk, desk.drawn)
        return _uncoded(walk, desk.known.without_filter(desk.choice), desk.text, desk.codable)

    def _selected(self) -> Range:
        caret = self._view.caret()
        return self._view.selected_range() or (caret, caret)

    def _take(self, walk: Walk, by: int, coding: str | None = None) -> None:
        stops, here = self._here(walk), self._selected()
        place = next_stop(stops, here, coding or self._view.active_coding(), by)
        if place is not None:
            self._edge = None
            self._show(stops[place])
            return
        asked = self._edge
        if asked is not None and (asked.document, asked.walk, asked.by, asked.here) == (
            self._desk.document,
            walk,
            by,
            here,
        ):
            self._go_on(walk, by, asked.goes_on)
        else:
            self._say_end(walk, by, here, len(stops))

    def _say_end(self, walk: Walk, by: int, here: Range, number: int) -> None:
        """Say that there are no more, and what happens if one asks again."""
        goes_on = self._next_document(walk, by)
        self._edge = _Edge(self._desk.document, walk, by, here, goes_on)
        if not number:
            said = f"No {walk.plural} are shown in this document"
        else:
            said = f"This is the {'last' if by > 0 else 'first'} of {number:,} {walk.plural} in this document"
        if goes_on is not None:
            name = next(row.name for row in self._desk.documents if row.id == goes_on)
            self._bridge.informed.emit(f"{said}. Press again to go on to “{name}”.")
        elif number > 1:
            self._bridge.informed.emit(f"{said}, and no other has any. Press again to begin anew.")
        else:
            self._bridge.informed.emit(f"{said}, and no other has any.")

    def _go_on(self, walk: Walk, by: int, document: DocumentId | None) -> None:
        self._edge = None
        if document is not None:
            self._open(document)
        stops = self._here(walk)
        if stops:
            self._show(stops[0 if by > 0 else -1])
        elif document is not None:
            self._bridge.informed.emit(f"No {walk.plural} are shown in this document.")

    def _show(self, stop: Stop) -> None:
        self._view.select(*stop.range)
        self._view.set_active_coding(stop.coding or None)
        self.told.emit()

    def _step_hits(self, by: int) -> None:
        hits = self._hits
        if hits is None or not hits.position[1]:
            self._bridge.refused.emit(_NO_HITS)
            return
        before, number = hits.position
        hits.step(by)
        if before is not None and before == (number - 1 if by > 0 else 0) and number > 1:
            end = "first" if by > 0 else "last"
            self._bridge.informed.emit(f"Round again: this is the {end} of {number:,} hits.")
        self.told.emit()

    def _next_document(self, walk: Walk, by: int) -> DocumentId | None:
        """The next document, or with -1 the one before, in which the walk stops; past the last comes the first."""
        listed = [row.id for row in self._desk.documents]
        if self._desk.document not in listed:
            return None
        at = listed.index(self._desk.document)
        others = [*listed[at + 1 :], *listed[:at]] if by > 0 else [*listed[:at][::-1], *listed[at + 1 :][::-1]]
        return next((document for document in others if self._stops_elsewhere(walk, document)), None)

    def _stops_elsewhere(self, walk: Walk, document: DocumentId) -> Sequence[Stop]:
        """Where a walk stops in another document; whatever the filter hides, a coded turn is no uncoded one."""
        study, choice = self._bridge.study, self._desk.choice
        rows = choice.without_filter(codings_of(study, document))
        if walk.kind not in UNCODED:
            return stops_at_codings(walk, choice.only.among(rows))
        text = document_text(study, document)
        return _uncoded(walk, rows, text, codable_of(self._bridge, text))


def _uncoded(walk: Walk, rows: Sequence[CodingRow], text: DocumentText, codable: Codable) -> list[Stop]:
    return uncoded_segments(rows, codable) if walk.kind == "segments" else uncoded_turns(rows, text, codable)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


_LONGEST = 28
