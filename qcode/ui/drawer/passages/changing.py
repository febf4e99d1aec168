"""What can be done to marked passages, each as one step for all of them that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qcode.ids import CodeId, CodingId, ThemeId
from qcode.operations import coding as operations
from qcode.operations.codebook import add_code
from qcode.operations.passages import Passage
from qcode.operations.quotes import shortlist_quotes
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import PassageRow
from qcode.text.fuzzy import fold
from qcode.ui.bridge import StudyBridge
from qcode.ui.code_palette import Pick
from qcode.ui.drawer.acts import counted

NONE_MARKED = "Mark a passage in the list first."
_NOT_BY_SEARCH = "None of these codings was made by a search: they count already."
_NOT_OLDER = "All of these codings were made under the definitions of today."
_NOT_ALTERED = "No words were corrected under these codings."
_ONE_THEIRS = "That coding is a colleague’s. You can change only your own; write a memo on it, or add yours."
_ALL_THEIRS = "These codings are colleagues’. You can change only your own; write a memo on them, or add yours."


class Changing:
    """Changes those of the passages that are one's own, and says which are not."""

    def __init__(self, bridge: StudyBridge) -> None:
        self._bridge = bridge

    # Methods

    def own(self, rows: Sequence[PassageRow]) -> list[PassageRow]:
        """Those of the passages that one may change; says so if there are none."""
        mine = [row for row in rows if row.coding.mine]
        if not rows:
            self._bridge.refused.emit(NONE_MARKED)
        elif not mine:
            self._bridge.refused.emit(_ONE_THEIRS if len(rows) == 1 else _ALL_THEIRS)
        return mine

    def recode(self, rows: Sequence[PassageRow], pick: Pick) -> None:
        """Put another code on the passages."""
        self._change(rows, lambda ids: self._recode(ids, pick))

    def remove(self, rows: Sequence[PassageRow]) -> None:
        """Take the codings away."""
        self._change(rows, lambda ids: operations.remove_codings(self._bridge.study, ids))

    def doubt(self, rows: Sequence[PassageRow]) -> None:
        """Mark the codings unsure; if all are, sure again."""
        unsure = not all(row.coding.unsure for row in rows if row.coding.mine)
        self._change(rows, lambda ids: operations.doubt_codings(self._bridge.study, ids, unsure=unsure))

    def illustrate(self, rows: Sequence[PassageRow]) -> None:
        """Mark the codings as illustrative; if all are, no longer."""
        wanted = not all(row.coding.illustrative for row in rows if row.coding.mine)
        self._change(rows, lambda ids: operations.flag_codings(self._bridge.study, ids, illustrative=wanted))

    def negate(self, rows: Sequence[PassageRow]) -> None:
        """Mark the codings as negative cases; if all are, no longer."""
        wanted = not all(row.coding.negative_case for row in rows if row.coding.mine)
        self._change(rows, lambda ids: operations.flag_codings(self._bridge.study, ids, negative_case=wanted))

    def confirm(self, rows: Sequence[PassageRow]) -> None:
        """Let codings that a search made count like those made by hand."""
        made = [row for row in rows if row.coding.by_search]
        if rows and not made:
            self._bridge.refused.emit(_NOT_BY_SEARCH)
        else:
            self._change(made, lambda ids: operations.confirm_codings(self._bridge.study, ids))

    def confirm_definition(self, rows: Sequence[PassageRow]) -> None:
        """Say that codings made under older definitions are right under those of today."""
        older = [row for row in rows if row.coding.older]
        if rows and not older:
            self._bridge.refused.emit(_NOT_OLDER)
        else:
            self._change(older, lambda ids: operations.confirm_definition(self._bridge.study, ids))

    def confirm_words(self, rows: Sequence[PassageRow]) -> None:
        """Say that codings whose words were corrected are right on the words of today."""
        altered = [row for row in rows if row.coding.altered]
        if rows and not altered:
            self._bridge.refused.emit(_NOT_ALTERED)
        else:
            self._change(altered, lambda ids: operations.confirm_words(self._bridge.study, ids))

    def split(self, row: PassageRow, place: int | None) -> None:
        """Cut a coding in two at a place of the transcript."""
        if self.own([row]):
            at = row.coding.start if place is None else place
            self._bridge.attempt(lambda: operations.split_coding(self._bridge.study, row.coding.id, at=at))

    def comment(self, rows: Sequence[PassageRow], words: str) -> None:
        """Write the same comment on the codings."""
        self._change(rows, lambda ids: operations.comment_codings(self._bridge.study, ids, comment=words))

    def quote(self, rows: Sequence[PassageRow], theme: ThemeId, name: str, stance: str) -> None:
        """Shortlist the passages as quotes of a theme, whoever coded them."""
        chosen = list(dict.fromkeys(passage_of(row) for row in rows))
        made = self._bridge.attempt(
            lambda: shortlist_quotes(self._bridge.study, theme, passages=chosen, stance=stance),
        )
        if made is not None:
            self._bridge.informed.emit(_quoted(len(made), len(chosen) - len(made), name))

    # Internal

    def _change(self, rows: Sequence[PassageRow], deed: Callable[[list[CodingId]], None]) -> None:
        mine = self.own(rows)
        if not mine:
            return
        if self._bridge.attempt(lambda: _done(deed, [row.coding.id for row in mine])) and len(mine) < len(rows):
            self._bridge.informed.emit(_others(len(rows) - len(mine), len(rows)))

    def _recode(self, ids: list[CodingId], pick: Pick) -> None:
        """Put another code on codings; one that is new is made with it, undone with it, and not kept without it."""
        study = self._bridge.study
        if pick.code:
            operations.recode(study, ids, code=CodeId(pick.code))
            return
        with study.grouped():
            operations.recode(study, ids, code=self._known(pick.new_name) or add_code(study, name=pick.new_name))

    def _known(self, name: str) -> CodeId | None:
        """The code that bears a name already."""
        codes = (row for row in codebook(self._bridge.study) if row.codable)
        return next((row.id for row in codes if fold(row.name) == fold(name)), None)


def passage_of(row: PassageRow) -> Passage:
    """Where a passage is."""
    return Passage(row.coding.document, row.coding.start, row.coding.end)


def _done(deed: Callable[[list[CodingId]], None], ids: list[CodingId]) -> bool:
    deed(ids)
    return True


def _others(theirs: int, marked: int) -> str:
    if theirs == 1:
        return f"1 of the {marked} marked codings is a colleague’s and stays as it is."
    return f"{theirs} of the {marked} marked codings are colleagues’ and stay as they are."


def _quoted(made: int, known: int, theme: str) -> str:
    if not made:
        return f"“{theme}” has {'this quote' if known == 1 else 'these quotes'} already."
    again = f"; {known} {'was' if known == 1 else 'were'} there already" if known else ""
    return f"“{theme}” has {counted(made, 'new quote')} on its shortlist{again}."
