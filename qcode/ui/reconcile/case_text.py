"""The passage of a case in its context, with a lane of stripes for each coder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from qcode.queries.disagreements.cases import CaseRow
from qcode.queries.transcripts.documents import DocumentText
from qcode.text.ranges import Range
from qcode.text.values import AnyCoding, Coding, Turn
from qcode.ui.palette import TextColours
from qcode.ui.reconcile.seats import Seat
from qcode.ui.text.lanes import Lanes
from qcode.ui.text.tips import About
from qcode.ui.text.view import TranscriptView

_AROUND = 1_500


class SeatLanes(Lanes):
    """Lanes in the order of the seats: whoever marked nothing has an empty one."""

    __slots__ = ("_place_of", "_wide")

    def __init__(self, known: Sequence[Seat] = ()) -> None:
        super().__init__()
        self._place_of: dict[str, int] = {}
        self._wide = 0
        for seat in known:
            own = Lanes()
            own.change((), ((span.coding, (span.start, span.end)) for span in seat.lane.spans))
            self._place_of |= {span.coding: self._wide + own[span.coding] for span in seat.lane.spans}
            self._wide += max(own.count, 1)

    def __getitem__(self, key: str) -> int:
        return self._place_of.get(key, 0)

    def __contains__(self, key: str) -> bool:
        return key in self._place_of

    @property
    def count(self) -> int:
        """How many lanes there are."""
        return max(self._wide, 1)


class CaseText(TranscriptView):
    """Shows as much of a transcript as one needs to judge a case; all positions told outside are the transcript's."""

    def __init__(self, colours: TextColours, parent: QWidget | None = None) -> None:
        self._seat_lanes = SeatLanes()
        self._excerpt: tuple[object, Range] | None = None
        self._known: dict[str, Seat] = {}
        self._start = 0
        self.units: Sequence[Range] = ()
        super().__init__(parent, colours)
        self.setAccessibleName("The passage in its context")
        self.stripe_margin.coders_first = True
        self.about = self._about

    # Properties

    @property
    def lanes(self) -> Lanes:
        """The lane of each stripe: one or more for each coder, in the order of the letters."""
        return self._seat_lanes

    @property
    def base(self) -> int:
        """Where in the transcript the excerpt begins."""
        return self._excerpt[1][0] if self._excerpt else 0

    # Methods

    def show_case(
        self, case: CaseRow, text: DocumentText, known: Sequence[Seat], colours_of: Mapping[str, tuple[str, int]]
    ) -> None:
        """Show a case; `colours_of` gives a code's name and palette slot."""
        self._seat_lanes = SeatLanes(known)
        self._known = {span.coding: seat for seat in known for span in seat.lane.spans}
        low, high = excerpt_of(text, case.start, case.end)
        if self._excerpt != (text, (low, high)):
            self._excerpt = (text, (low, high))
            self.show_document(text.text[low:high], list(_turns(text.turns, low, high)))
            self.units = [(start - low, end - low) for start, end in text.units if low <= start and end <= high]
            self.set_units(self.units)
        self.set_active_coding(None)
        self.set_codings(
            Coding(
                span.coding,
                span.code,
                *colours_of.get(span.code, ("", 0)),
                max(span.start - low, 0),
                min(span.end, high) - low,
                seat.letter,
                comment=span.comment,
                unsure=span.certainty == "unsure",
            )
            for seat in known
            for span in seat.lane.spans
        )
        self.mark(None)
        self._start = case.start - low
        self.select(self._start, self._start)
        self.scroll_to(self._start)

    def forget(self) -> None:
        """Show nothing."""
        self._excerpt, self._seat_lanes, self._known = None, SeatLanes(), {}
        self.show_document("", ())

    def mark(self, span: Range | None) -> None:
        """Frame a range of the transcript, such as the one that will be kept, or none."""
        self.set_preview((span[0] - self.base, span[1] - self.base) if span else None)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the passage in sight where rows are set anew."""
        super().resizeEvent(event)
        if self._excerpt is not None and event.size() != event.oldSize():
            self.scroll_to(self._start)

    # Internal

    def _about(self, coding: AnyCoding) -> About:
        seat = self._known.get(coding.id)
        return About((), "", seat.said if seat else "", ("unsure",) if coding.unsure else ())


def excerpt_of(text: DocumentText, start: int, end: int) -> Range:
    """The sentences around a passage, or all of a short text."""
    low, high = max(start - _AROUND, 0), min(end + _AROUND, len(text.text))
    starts, ends = [unit[0] for unit in text.units], [unit[1] for unit in text.units]
    if low > 0:
        place = bisect_left(starts, low)
        low = starts[place] if place < len(starts) and starts[place] <= start else start
    if high < len(text.text):
        place = bisect_right(ends, high) - 1
        high = ends[place] if place >= 0 and ends[place] >= end else end
    return low, high


def _turns(turns: Iterable[Turn], low: int, high: int) -> Iterable[Turn]:
    """The turns of an excerpt, cut at its ends and counted from its beginning."""
    for turn in turns:
        if turn.start < high and low < turn.end:
            yield turn._replace(start=max(turn.start, low) - low, end=min(turn.end, high) - low)
