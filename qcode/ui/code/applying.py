"""Putting codes on what is selected: through the palette, from the codebook, or the last ones again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId
from qcode.operations.codebook import add_code
from qcode.operations.coding import NoRoundError, apply_codes
from qcode.operations.passages import NothingSelectedError
from qcode.text.fuzzy import fold
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.colours import text_colours
from qcode.ui.code.desk import Desk
from qcode.ui.code_palette import CodeChoice, CodePalette, Pick
from qcode.ui.text.view import TranscriptView

_RECENT = 7


class Applying(QObject):
    """Asks for codes beside the selection and applies them; remembers which were used last."""

    definitionAsked = Signal(str)

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView, room: QWidget) -> None:
        super().__init__(room)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._room = room
        self.palette = CodePalette(room, text_colours())
        self._span: Range | None = None
        self._recent: list[CodeId] = []
        self._last: list[CodeId] = []
        self._going_on = False
        self.palette.picked.connect(self._on_picked)
        self.palette.definitionRequested.connect(self._on_definition)

    # Properties

    @property
    def recent(self) -> Sequence[CodeId]:
        """The codes that were applied lately, the latest first."""
        return tuple(self._recent)

    # Methods

    def ask(self, typed: str = "") -> None:
        """Open the palette beside the selection; with nothing selected, the sentence at the caret is."""
        span = self._selected()
        if span is not None:
            self._going_on = False
            self._open(span, typed)

    def apply(self, code: CodeId) -> None:
        """Put one code on the selection."""
        span = self._selected()
        if span is not None and self._apply(span, [code]):
            self._last = [code]

    def apply_last(self) -> None:
        """Put the codes that were applied last on the selection."""
        if not self._last:
            self._bridge.refused.emit("No code was applied yet. Select a passage and type a few letters of one.")
            return
        span = self._selected()
        if span is not None:
            self._apply(span, self._last)

    # Private slots

    def _on_picked(self, pick: Pick) -> None:
        with self._bridge.study.grouped():
            self._take(pick)

    def _take(self, pick: Pick) -> None:
        """Apply what was picked; a code that is new is made first, and undone together with its coding."""
        span = self._span
        code = CodeId(pick.code) if pick.code else self._made(pick.new_name)
        if span is None or code is None:
            return
        if self._apply(span, [code], comment=pick.comment, unsure=pick.unsure):
            self._last = [*self._last, code] if self._going_on else [code]
        self._going_on = pick.stay
        if pick.stay:
            self._open(span, "")

    def _on_definition(self, code: str) -> None:
        self.palette.cancel()
        self.definitionAsked.emit(code)

    # Internal

    def _selected(self) -> Range | None:
        if self._desk.document is None:
            return None
        if self._view.selected_range() is None:
            self._view.grow_selection()
        span = self._view.selected_range()
        if span is None:
            self._bridge.refused.emit(str(NothingSelectedError()))
        return span

    def _open(self, span: Range, typed: str) -> None:
        self._span = span
        choices = [
            CodeChoice(row.id, row.path, row.colour, row.brief, row.near_miss)
            for row in self._desk.codes
            if row.codable
        ]
        words = self._desk.words(span)
        self.palette.ask(choices, anchor=self._anchor(span), typed=typed, recent=self._recent, passage=words)

    def _anchor(self, span: Range) -> QRect:
        place = self._view.range_rect(*span)
        return QRect(self._view.mapTo(self._room, place.topLeft()), place.size())

    def _made(self, name: str) -> CodeId | None:
        """A new code, or the one that bears the name already."""
        known = next((row.id for row in self._desk.codes if row.codable and fold(row.name) == fold(name)), None)
        return known or self._bridge.attempt(lambda: add_code(self._bridge.study, name=name))

    def _apply(self, span: Range, codes: Sequence[CodeId], *, comment: str = "", unsure: bool = False) -> bool:
        passage, round_id = self._desk.passage(span), self._bridge.round_id
        if passage is None:
            return False
        if round_id is None:
            self._bridge.refused.emit(str(NoRoundError()))
            return False
        made = self._bridge.attempt(
            lambda: apply_codes(
                self._bridge.study,
                passage=passage,
                codes=codes,
                round_id=round_id,
                certainty="unsure" if unsure else "sure",
                comment=comment,
            )
        )
        if made is None:
            return False
        if self._view.active_coding() is not None:
            self._view.set_active_coding(None)
        self._recent = list(dict.fromkeys([*reversed(codes), *self._recent]))[:_RECENT]
        if not made:
            self._bridge.informed.emit("This passage has that code already.")
        return True
