"""What the lead says of a selected passage: nobody codes it, it is a segment, or it is somebody's part."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from qcode.errors import QcodeError
from qcode.ids import CoderId, RegionId, RoundId
from qcode.operations.coding import NoRoundError
from qcode.operations.leading import LeadOnlyError
from qcode.operations.passages import NothingSelectedError
from qcode.operations.regions import assign_parts, drop, exclude
from qcode.operations.segments import put_segments
from qcode.queries.rounds.regions import RegionRow, RoundRegions, regions_of
from qcode.queries.team import CoderRow, RoundRow, coders
from qcode.queries.transcripts.documents import DocumentText
from qcode.text.ranges import Range, overlap
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import HERE, make_action
from qcode.ui.code.desk import Desk
from qcode.ui.text.view import TranscriptView


class Apportioning(QObject):
    """Asks in a small menu beside the selection, where there is something to choose, and does it as one step."""

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView, room: QWidget) -> None:
        super().__init__(room)
        self._bridge, self._desk, self._view = bridge, desk, view
        self.menu = QMenu(room)
        self.menu.setAccessibleName("What is to be coded of this passage")
        self.actions = self._make_actions()

    # Methods

    def exclude(self) -> None:
        """Keep the selected passage from being coded, in this round or in every one; or let it be coded again."""
        at = self._at_selection()
        if at is None:
            return
        current, text, span, found = at
        there = [row for row in found.excluded if _touches(row, span)]
        study, ask = self._bridge.study, partial(exclude, self._bridge.study, document=text.id, revision=text.revision)
        self._offer(
            (f"Not coded in “{current.name}”", lambda: ask(ranges=[span], round_id=current.id)),
            ("Not coded in any round", lambda: ask(ranges=[span])),
            *([("Coded again", lambda: drop(study, _ids(there)))] if there else []),
        )

    def make_segment(self) -> None:
        """Let the selected passage be one more segment of the round."""
        at = self._at_selection()
        if at is None:
            return
        current, text, span, found = at
        ranges = [*((row.start, row.end) for row in found.segments if row.start < row.end), span]
        self._do(
            lambda: put_segments(
                self._bridge.study, round_id=current.id, document=text.id, ranges=ranges, revision=text.revision
            ),
            "The selected passage is a segment now.",
        )

    def give_part(self) -> None:
        """Let the selected passage be a part that a coder is to code, beside other parts of theirs."""
        at = self._at_selection()
        if at is None:
            return
        current, text, span, _found = at
        known = coders(self._bridge.study)
        self._offer(*((self._part_words(row), partial(self._part, current.id, text, span, row)) for row in known))

    # Internal

    def _make_actions(self) -> list[QAction]:
        deeds: list[tuple[str, str, Callable[[], object]]] = [
            ("code.exclude", "Exclude what is selected from coding…", self.exclude),
            ("code.segment", "Make a segment of what is selected", self.make_segment),
            ("code.part", "Give what is selected to a coder, as their part…", self.give_part),
        ]
        return [make_action(self._view, name, deed, key=key, context=HERE) for key, name, deed in deeds]

    def _at_selection(self) -> tuple[RoundRow, DocumentText, Range, RoundRegions] | None:
        """The round, the text, what is selected, and what is to be coded there; without one of them says why."""
        try:
            return self._looked_at()
        except QcodeError as error:
            self._bridge.refused.emit(str(error))
            return None

    def _looked_at(self) -> tuple[RoundRow, DocumentText, Range, RoundRegions]:
        bridge, text, span = self._bridge, self._desk.text, self._view.selected_range()
        leads = {row.id: row.name for row in coders(bridge.study) if row.role == "lead"}
        if leads and bridge.coder not in leads:
            raise LeadOnlyError(list(leads.values()))
        if bridge.round is None:
            raise NoRoundError
        if text is None or span is None:
            raise NothingSelectedError
        return bridge.round, text, span, regions_of(bridge.study, text.id, bridge.round.id)

    def _part_words(self, row: CoderRow) -> str:
        return f"{row.name} ({row.initials})" if row.id != self._bridge.coder else f"{row.name} (you)"

    def _part(self, round_id: RoundId, text: DocumentText, span: Range, whose: CoderRow) -> object:
        study, coder = self._bridge.study, CoderId(whose.id)
        own = regions_of(study, text.id, round_id, coder).parts
        ranges = [*((row.start, row.end) for row in own if row.start < row.end), span]
        return assign_parts(
            study, round_id=round_id, coder=coder, document=text.id, ranges=ranges, revision=text.revision
        )

    def _offer(self, *deeds: tuple[str, Callable[[], object]]) -> None:
        """Ask which of some deeds is meant, below the selection; the first is marked, so that Enter does it."""
        self.menu.clear()
        for words, deed in deeds:
            self.menu.addAction(words.replace("&", "&&")).triggered.connect(partial(self._on_chosen, words, deed))
        place = self._view.range_rect(*(self._view.selected_range() or (0, 0)))
        self.menu.popup(self._view.mapToGlobal(QPoint(place.left(), place.bottom() + 4)))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _on_chosen(self, words: str, deed: Callable[[], object], _checked: bool = False) -> None:
        self._do(deed, f"The selected passage: {words[0].lower()}{words[1:]}.")

    def _do(self, deed: Callable[[], object], told: str) -> None:
        def done() -> bool:
            deed()
            return True

        if self._bridge.attempt(done):
            self._bridge.informed.emit(told)


def _touches(row: RegionRow, span: Range) -> bool:
    return overlap((row.start, row.end), span) > 0


def _ids(rows: list[RegionRow]) -> list[RegionId]:
    return [row.id for row in rows]
