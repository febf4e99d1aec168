"""Giving own codings another shape or another code: cut in two, joined, recoded, confirmed on corrected words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId, CodingId
from qcode.operations import coding as operations
from qcode.operations.codebook import add_code
from qcode.operations.extents import CutOutsideError
from qcode.queries.codings import CodingRow
from qcode.queries.transcripts.documents import DocumentText
from qcode.text.fuzzy import fold
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.changing import Changing
from qcode.ui.code.colours import text_colours
from qcode.ui.code.desk import Desk
from qcode.ui.text.view import TranscriptView

if TYPE_CHECKING:
    from qcode.ui.code_palette import CodePalette, Pick

_NONE = "None of your codings is here. Put the caret on one of them."
_NO_TWO = "Select a passage with two of your codings of one code that touch or overlap, to join them."
_NOT_ALTERED = "No words were corrected under your codings here."


class Reshaping(QObject):
    """Works on the own codings at the caret; where several are meant it asks which."""

    def __init__(
        self, bridge: StudyBridge, desk: Desk, view: TranscriptView, changing: Changing, room: QWidget
    ) -> None:
        super().__init__(room)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._changing = changing
        self._room = room
        self._recoded: CodingRow | None = None

    # Properties

    @cached_property
    def palette(self) -> CodePalette:
        """The palette of codes to change to, built when it is first needed."""
        from qcode.ui.code_palette import CodePalette

        made = CodePalette(self._room, text_colours())
        made.setAccessibleName("Change to another code")
        made.picked.connect(self._on_picked)
        self._bridge.refused.connect(made.refuse)
        return made

    # Methods

    def split_here(self) -> None:
        """Cut the coding at the caret in two, at the caret."""
        at = self._view.caret()
        here = self._changing.own_here()
        inside = [row for row in here if row.start < at < row.end]
        none, text = str(CutOutsideError()) if here else _NONE, self._desk.text
        self._changing.choose_among("Split which coding here?", inside, lambda row: self._split(row, at, text), none)

    def join_here(self) -> None:
        """Join what is selected of one code, or without a selection the coding at the caret and the next one."""
        span = self._view.selected_range()
        if span is None:
            self._changing.choose("Join which coding with the next of its code?", self._join_with_next)
            return
        found = self._joinable(span)
        first = [rows[0] for rows in found]
        by_key = {rows[0].id: rows for rows in found}
        self._changing.choose_among(
            "Join the codings of which code?", first, lambda row: self._join(by_key[row.id]), _NO_TWO
        )

    def recode_here(self) -> None:
        """Ask for the code that the coding at the caret gets instead."""
        self._changing.choose("Change the code of which coding?", self._ask)

    def confirm_here(self) -> None:
        """Say that the coding at the caret is right on its words as they were corrected."""
        altered = [row for row in self._changing.own_here() if row.altered]
        self._changing.choose_among("Which coding is right as it is?", altered, self._confirm, _NOT_ALTERED)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        if "palette" in self.__dict__:
            self.palette.set_colours(text_colours())

    # Private slots

    def _on_picked(self, pick: Pick) -> None:
        row = self._recoded
        if pick.stay:
            self.palette.cancel()
        if row is None:
            return
        self._try(lambda: self._recode(row, pick))

    # Internal

    def _split(self, row: CodingRow, at: int, meant: DocumentText | None) -> None:
        """Split where the caret was; if the text was corrected elsewhere meanwhile, where the caret is with it."""
        now = self._desk.text
        same = meant is not None and now is not None and meant.revision == now.revision
        place = at if same else self._view.caret()
        self._try(lambda: operations.split_coding(self._bridge.study, row.id, at=place))

    def _join_with_next(self, row: CodingRow) -> None:
        later = (other for other in self._alike(row) if (other.start, other.end) > (row.start, row.end))
        following = min(later, key=lambda other: (other.start, other.end), default=None)
        if following is None:
            self._bridge.refused.emit(
                f"“{row.name}” is the last of its code in this document: there is no next to join."
            )
        else:
            self._join([row, following])

    def _join(self, rows: Sequence[CodingRow]) -> None:
        self._try(lambda: operations.join_codings(self._bridge.study, [row.id for row in rows]))

    def _joinable(self, span: Range) -> list[list[CodingRow]]:
        """The own codings that touch a range, in text order, of each code with several of them."""
        codes: dict[tuple[str, str], list[CodingRow]] = {}
        for row in sorted(self._desk.drawn, key=lambda row: (row.start, row.end)):
            if row.mine and row.start <= span[1] and span[0] <= row.end:
                codes.setdefault((row.code, row.round), []).append(row)
        return [rows for rows in codes.values() if len(rows) > 1]

    def _alike(self, row: CodingRow) -> list[CodingRow]:
        """The own other codings of the same code, that are drawn."""
        same = row.code, row.round
        return [
            other for other in self._desk.drawn if other.mine and (other.code, other.round) == same and other != row
        ]

    def _ask(self, row: CodingRow) -> None:
        from qcode.ui.code_palette import CodeChoice

        self._recoded = row
        choices = [
            CodeChoice(code.id, code.path, code.colour, code.brief, code.near_miss)
            for code in self._desk.codes
            if code.codable and code.id != row.code
        ]
        span = row.start, row.end
        self.palette.ask(choices, anchor=self._anchor(span), passage=self._desk.words(span))

    def _recode(self, row: CodingRow, pick: Pick) -> None:
        """Give a coding another code and, if one was written, another comment; all of it, or nothing if refused."""
        study, ids = self._bridge.study, [CodingId(row.id)]
        with study.grouped():
            operations.recode(study, ids, code=CodeId(pick.code) if pick.code else self._made(pick.new_name))
            if pick.comment:
                operations.comment_codings(study, ids, comment=pick.comment)
            if pick.unsure:
                operations.doubt_codings(study, ids, unsure=True)

    def _confirm(self, row: CodingRow) -> None:
        self._try(lambda: operations.confirm_words(self._bridge.study, [row.id]))

    def _made(self, name: str) -> CodeId:
        """A new code, or the one that bears the name already."""
        known = next((code.id for code in self._desk.codes if code.codable and fold(code.name) == fold(name)), None)
        return known or add_code(self._bridge.study, name=name)

    def _try(self, deed: Callable[[], object]) -> None:
        self._bridge.attempt(deed)

    def _anchor(self, span: Range) -> QRect:
        place = self._view.range_rect(*span)
        return QRect(self._view.mapTo(self._room, place.topLeft()), place.size())
