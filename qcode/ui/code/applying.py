"""Putting codes on what is selected: through the palette, from the codebook, or the last ones again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId, CodingId, DocumentId, RevisionId
from qcode.operations.assignments import HandedInError
from qcode.operations.codebook import add_code
from qcode.operations.coding import NoRoundError, apply_codes
from qcode.operations.coding_places import refusal_of
from qcode.operations.passages import NothingSelectedError
from qcode.text.fuzzy import fold
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.colours import text_colours
from qcode.ui.code.desk import Desk
from qcode.ui.text.view import TranscriptView

if TYPE_CHECKING:
    from qcode.ui.code_palette import CodePalette, Pick

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
        self._span: Range | None = None
        self._text: tuple[DocumentId, RevisionId] | None = None
        self._recent: list[CodeId] = []
        self._last: list[CodeId] = []
        self._going_on = False

    # Properties

    @cached_property
    def palette(self) -> CodePalette:
        """The palette of codes, built as soon as the text is seen: the window opens sooner."""
        from qcode.ui.code_palette import CodePalette

        made = CodePalette(self._room, text_colours())
        made.picked.connect(self._on_picked)
        made.definitionRequested.connect(self._on_definition)
        self._bridge.refused.connect(made.refuse)
        return made

    @property
    def recent(self) -> Sequence[CodeId]:
        """The codes that were applied lately, the latest first."""
        return tuple(self._recent)

    # Methods

    def ask(self, typed: str = "") -> None:
        """Open the palette beside the selection; with nothing selected, the sentence at the caret is."""
        span = self._selected()
        if span is not None and self._may_code(span):
            self._going_on = False
            self._open(span, typed)

    def apply(self, code: CodeId) -> None:
        """Put one code on the selection."""
        span = self._selected()
        if span is not None and self._apply(span, [code]):
            self._last = [code]

    def build(self) -> None:
        """Build the palette before it is asked for: it opens sooner."""
        _built = self.palette

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        if "palette" in self.__dict__:
            self.palette.set_colours(text_colours())

    def put(self, codes: Sequence[CodeId], span: Range) -> None:
        """Put codes on a range, whatever is selected: several codes are one step."""
        if self._apply(span, codes):
            self._last = list(codes)

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
        """Apply what was picked, which with Shift is one of several."""
        span = self._asked_for()
        if span is None:
            return
        code = self._take(span, pick)
        if code is not None:
            self._last = [*self._last, code] if self._going_on else [code]
        self._going_on = (pick.stay or code is None) and (self._going_on or code is not None)
        if pick.stay:
            self._open(span, "")

    def _take(self, span: Range, pick: Pick) -> CodeId | None:
        """Apply a code; one that is new is made first, undone together with its coding, and not kept without it."""
        if pick.code:
            code = CodeId(pick.code)
            return code if self._apply(span, [code], comment=pick.comment, unsure=pick.unsure) else None
        return self._bridge.attempt(lambda: self._make_and_apply(span, pick))

    def _make_and_apply(self, span: Range, pick: Pick) -> CodeId:
        study = self._bridge.study
        with study.grouped():
            code = self._known(pick.new_name) or add_code(study, name=pick.new_name)
            self._put(span, [code], comment=pick.comment, unsure=pick.unsure)
        return code

    def _on_definition(self, code: str) -> None:
        self.palette.cancel()
        self.definitionAsked.emit(code)

    # Internal

    def _selected(self) -> Range | None:
        """What codes go on: the selection, or the sentence or segment at the caret, which are selected to show it."""
        if self._desk.document is None:
            return None
        if self._desk.codable.segments is not None:
            return self._segments()
        if self._view.selected_range() is None:
            self._view.grow_selection()
        span = self._view.selected_range()
        if span is None:
            self._bridge.refused.emit(str(NothingSelectedError()))
        return span

    def _may_code(self, span: Range) -> bool:
        """Whether codes can be put there, which is told before one looks for them."""
        row, why = self._desk.row, self._desk.codable.hindrance_of_snapping(*span)
        if row is not None and self._desk.locked:
            self._bridge.refused.emit(str(HandedInError(row.name)))
        elif row is not None and self._desk.assigned and why is not None:
            self._bridge.refused.emit(str(refusal_of(why, row.name)))
        else:
            return True
        return False

    def _segments(self) -> Range:
        """The segments that the selection touches, or the one at the caret; the place itself where there is none."""
        caret = self._view.caret()
        if self._view.selected_range() is None and self._desk.codable.snapped(caret, caret):
            self._view.grow_selection()
        chosen = self._view.selected_range()
        wide = self._desk.widened(chosen or (caret, caret))
        if chosen is not None and wide != chosen:
            self._view.select(*wide)
        return wide

    def _asked_for(self) -> Range | None:
        """Where the codes go: if the text was corrected elsewhere meanwhile, to what the selection became."""
        before, self._text = self._text, self._shown()
        if self._text != before:
            same = before is not None and before[0] == self._desk.document
            self._span = self._view.selected_range() if same else None
            if self._span is None:
                self._bridge.refused.emit(str(NothingSelectedError()))
        return self._span

    def _shown(self) -> tuple[DocumentId, RevisionId] | None:
        """The state of the text that ranges are meant in."""
        return (self._desk.text.id, self._desk.text.revision) if self._desk.text else None

    def _open(self, span: Range, typed: str) -> None:
        from qcode.ui.code_palette import CodeChoice

        self._span, self._text = span, self._shown()
        there = self._desk.own_codes_at(span, self._bridge.round_id)
        choices = [
            CodeChoice(row.id, row.path, row.colour, row.brief, row.near_miss, row.id in there)
            for row in self._desk.codes
            if row.codable
        ]
        words = self._desk.words(span)
        self.palette.ask(choices, anchor=self._anchor(span), typed=typed, recent=self._recent, passage=words)

    def _anchor(self, span: Range) -> QRect:
        place = self._view.range_rect(*span)
        return QRect(self._view.mapTo(self._room, place.topLeft()), place.size())

    def _known(self, name: str) -> CodeId | None:
        """The code that bears a name already."""
        return next((row.id for row in self._desk.codes if row.codable and fold(row.name) == fold(name)), None)

    def _apply(self, span: Range, codes: Sequence[CodeId], *, comment: str = "", unsure: bool = False) -> bool:
        """Put codes on a passage; a refusal is told."""
        put = self._bridge.attempt(lambda: self._put(span, codes, comment=comment, unsure=unsure))
        return put is not None

    def _put(self, span: Range, codes: Sequence[CodeId], *, comment: str, unsure: bool) -> list[CodingId]:
        """Put codes on a passage and say what one would not see: that they were there, or that a filter hides them."""
        passage, round_id = self._desk.passage(span), self._bridge.round_id
        if passage is None:
            raise NothingSelectedError
        if round_id is None:
            raise NoRoundError
        made = apply_codes(
            self._bridge.study,
            passage=passage,
            codes=codes,
            round_id=round_id,
            certainty="unsure" if unsure else "sure",
            comment=comment,
        )
        if self._view.active_coding() is not None:
            self._view.set_active_coding(None)
        self._recent = list(dict.fromkeys([*reversed(codes), *self._recent]))[:_RECENT]
        if not made:
            self._bridge.informed.emit("This passage has that code already.")
        self._tell_hidden(span, codes)
        return made

    def _tell_hidden(self, span: Range, codes: Sequence[CodeId]) -> None:
        """Say so where what was just coded is not seen."""
        round_id = self._bridge.round_id
        rows = [row for row in self._desk.hidden_at(span) if row.code in codes and row.round == round_id]
        hidden = list(dict.fromkeys(row.name for row in rows))
        if hidden:
            names = " and ".join(f"“{name}”" for name in hidden)
            verb = "is" if len(hidden) == 1 else "are"
            self._bridge.informed.emit(f"{names} {verb} coded, but hidden by the filter.")
