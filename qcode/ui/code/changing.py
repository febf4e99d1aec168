"""Thinking better of codings: removing them, noting doubt and comments, marking good examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from qcode.ids import CodingId
from qcode.operations import coding as operations
from qcode.queries.codings import CodingRow
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.chooser import ALL, CodingChooser
from qcode.ui.code.desk import Desk
from qcode.ui.text.view import TranscriptView

_NONE = "None of your codings is here. Put the caret on one of them."


class Changing(QObject):
    """Changes own codings; where several are at the caret it asks which is meant."""

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView, room: QWidget) -> None:
        super().__init__(room)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._room = room
        self.chooser = CodingChooser(room)

    # Which one

    def own_here(self) -> list[CodingRow]:
        """The acting coder's codings at the caret; those of exactly the selection first."""
        span = self._view.selected_range()
        here = [self._desk.known[row.id] for row in self._view.codings_at_caret() if row.id in self._desk.known]
        return sorted((row for row in here if row.mine), key=lambda row: (row.start, row.end) != span)

    def choose(self, question: str, deed: Callable[[CodingRow], object]) -> None:
        """Do something with the one own coding that is meant; if that is not clear, ask."""
        self.choose_among(question, self.own_here(), deed, _NONE)

    def choose_among(
        self, question: str, rows: Sequence[CodingRow], deed: Callable[[CodingRow], object], none: str
    ) -> None:
        """Do something with the one of these codings that is meant; without any, say why there is none."""
        meant = self._meant(rows)
        by_key: dict[str, CodingRow] = {row.id: row for row in rows}
        if not rows:
            self._bridge.refused.emit(none)
        elif meant is not None:
            deed(meant)
        else:
            self._ask(question, rows, lambda key: deed(by_key[key]))

    # What is done

    def remove_here(self) -> None:
        """Remove the coding at the caret, one of several, or all of them."""
        here = self.own_here()
        meant = here[0] if len(here) == 1 else self._standing_out(here)
        if not here:
            self._bridge.refused.emit(_NONE)
        elif meant is not None:
            self.remove([meant])
        else:
            by_key = {row.id: row for row in here}
            self._ask(
                "Remove which coding?",
                here,
                lambda key: self.remove(here if key == ALL else [by_key[CodingId(key)]]),
                all_too=True,
            )

    def remove(self, rows: Sequence[CodingRow]) -> None:
        """Remove codings."""
        self._bridge.attempt(lambda: operations.remove_codings(self._bridge.study, [row.id for row in rows]))

    def comment(self, coding: str, text: str) -> None:
        """Write the comment on a coding."""
        self._bridge.attempt(lambda: operations.comment_coding(self._bridge.study, CodingId(coding), comment=text))

    def doubt(self, coding: str, unsure: bool) -> None:
        """Mark a coding as unsure, or as sure."""
        self._bridge.attempt(lambda: operations.doubt_codings(self._bridge.study, [CodingId(coding)], unsure=unsure))

    def illustrate(self, coding: str, illustrative: bool) -> None:
        """Mark a coding as illustrative, or not."""
        self._bridge.attempt(
            lambda: operations.flag_codings(self._bridge.study, [CodingId(coding)], illustrative=illustrative)
        )

    def negate(self, coding: str, negative: bool) -> None:
        """Mark a coding as a negative case, or not."""
        self._bridge.attempt(
            lambda: operations.flag_codings(self._bridge.study, [CodingId(coding)], negative_case=negative)
        )

    def weigh(self, coding: str, weight: int | None) -> None:
        """Say how strongly the code of a coding holds, or take its weight away."""
        self._bridge.attempt(lambda: operations.weigh_codings(self._bridge.study, [CodingId(coding)], weight=weight))

    def doubt_here(self) -> None:
        """Mark the coding at the caret as unsure, or as sure again."""
        self.choose("Which coding is unsure, or sure again?", lambda row: self.doubt(row.id, not row.unsure))

    def illustrate_here(self) -> None:
        """Mark the coding at the caret as illustrative, or not."""
        self.choose("Which coding is illustrative, or not?", lambda row: self.illustrate(row.id, not row.illustrative))

    def negate_here(self) -> None:
        """Mark the coding at the caret as a negative case, or not."""
        self.choose("Which coding is a negative case, or not?", lambda row: self.negate(row.id, not row.negative_case))

    # Internal

    def _standing_out(self, here: Sequence[CodingRow]) -> CodingRow | None:
        return next((row for row in here if row.id == self._view.active_coding()), None)

    def _meant(self, here: Sequence[CodingRow]) -> CodingRow | None:
        """The coding that stands out, the only one, or the only one of exactly the selection."""
        span = self._view.selected_range()
        exactly = [row for row in here if (row.start, row.end) == span]
        only = next((rows[0] for rows in (here, exactly) if len(rows) == 1), None)
        return self._standing_out(here) or only

    def _ask(
        self, question: str, rows: Sequence[CodingRow], chosen: Callable[[str], object], *, all_too: bool = False
    ) -> None:
        self.chooser.ask(question, rows, self._anchor((rows[0].start, rows[0].end)), chosen, all_too=all_too)

    def _anchor(self, span: Range) -> QRect:
        place = self._view.range_rect(*(self._view.selected_range() or span))
        return QRect(self._view.mapTo(self._room, place.topLeft()), place.size())
