"""What can be done to quotes at the desk, each as one step that can be undone; a refusal is told, nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from qcode.ids import QuoteId, QuoteUseId, ThemeId
from qcode.operations import quotes as operations
from qcode.operations.passages import Passage
from qcode.study import Study
from qcode.text.quote_edits import Cut, Edit, Inserted, Replaced
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.themes.desk.pieces import Change
from qcode.ui.themes.desk.rows import DeskRow

type Language = Literal["original", "translation", "both"]

NO_THEME = "Choose a theme first."
NO_QUOTE = "This passage is no quote yet. Shortlist it first (S)."


class QuoteDeeds:
    """Acts on the quotes of one study. Those that answer with a bool say whether it was done."""

    def __init__(self, bridge: StudyBridge) -> None:
        self._bridge = bridge

    def refuse_passage(self) -> None:
        """Say that something can be done to quotes only."""
        self._bridge.refused.emit(NO_QUOTE)

    def shortlist(self, theme: ThemeId | None, row: DeskRow) -> QuoteId | None:
        """Shortlist a passage for a theme."""
        if theme is None:
            self._bridge.refused.emit(NO_THEME)
            return None
        made = self._bridge.attempt(lambda: operations.shortlist_quotes(self._study, theme, passages=[_passage(row)]))
        return made[0] if made else None

    def choose(self, theme: ThemeId | None, row: DeskRow) -> QuoteId | None:
        """Choose a quote to be printed; a passage becomes one at the same stroke."""
        quote = row.quote
        if theme is None:
            self._bridge.refused.emit(NO_THEME)
            return None
        if quote is None:
            return self._bridge.attempt(lambda: operations.pick_quote(self._study, theme, passage=_passage(row)))
        return quote if self._done(lambda: operations.choose_quotes(self._study, [quote])) else None

    def back(self, quote: QuoteId) -> bool:
        """Put a chosen quote back on the shortlist."""
        return self._done(lambda: operations.shelve_quotes(self._study, [quote]))

    def drop(self, quote: QuoteId) -> bool:
        """Let a passage be a quote no longer."""
        return self._done(lambda: operations.drop_quotes(self._study, [quote]))

    def describe(self, quote: QuoteId, *, stance: str, attribution: str | None) -> bool:
        """Say whether a quote dissents, and how it alone is attributed."""
        return self._done(lambda: operations.describe_quote(self._study, quote, stance=stance, attribution=attribution))

    def move(self, quote: QuoteId, theme: ThemeId, order: Sequence[QuoteId], by: Literal[-1, 1]) -> bool:
        """Print a quote one place earlier or later among those of its theme; at the end of its way nothing happens."""
        at = order.index(quote) + by
        if not 0 <= at < len(order):
            return False
        others = [other for other in order if other != quote]
        after = others[at - 1] if at > 0 else None
        return self._done(lambda: operations.move_quote(self._study, quote, theme=theme, after=after))

    def edit(self, quote: QuoteId, start: int, changes: Sequence[Change]) -> bool:
        """Print a quote, which begins at `start`, with these edits."""
        edits = [_edit(change, start) for change in changes]
        return self._done(lambda: operations.edit_quote(self._study, quote, edits=edits))

    def stretch(self, row: DeskRow, place: Range) -> bool:
        """Let a quote be another stretch of its transcript."""
        quote = row.quote
        if quote is None:
            return False
        passage = Passage(row.document, *place)
        return self._done(lambda: operations.stretch_quote(self._study, quote, passage=passage))

    def confirm(self, quote: QuoteId) -> bool:
        """Say that a quote is right on the words of its transcript as they were corrected."""
        return self._done(lambda: operations.confirm_quote(self._study, quote))

    def show_language(self, quote: QuoteId, language: Language) -> bool:
        """Print the original of a quote, its translation, or both."""
        return self._done(lambda: operations.show_language(self._study, quote, language=language))

    def narrow(self, quote: QuoteId, passage: Passage | None) -> bool:
        """Say which words of the other language stand beside a quote; None for whole turns."""
        return self._done(lambda: operations.narrow_other(self._study, quote, passage=passage))

    def use(self, quote: QuoteId, paper: str, section: str) -> bool:
        """Note where a quote is used."""
        return self._done(lambda: operations.use_quote(self._study, quote, paper=paper, section=section))

    def unuse(self, use: str) -> bool:
        """Let a quote be used there no longer."""
        return self._done(lambda: operations.unuse_quotes(self._study, [QuoteUseId(use)]))

    def name_theme(self, quote: QuoteId) -> bool:
        """Let the words of a quote be the name of its theme."""
        return self._done(lambda: operations.title_in_vivo(self._study, quote))

    def print_cuts_as(self, ellipsis: str) -> bool:
        """Choose the house style of what is left out."""
        return self._done(lambda: operations.set_ellipsis(self._study, ellipsis))

    # Internal

    @property
    def _study(self) -> Study:
        return self._bridge.study

    def _done(self, deed: Callable[[], object]) -> bool:
        def do() -> bool:
            deed()
            return True

        return self._bridge.attempt(do) is not None


def _passage(row: DeskRow) -> Passage:
    return Passage(row.document, row.start, row.end)


def _edit(change: Change, start: int) -> Edit:
    first, last = change.start - start, change.end - start
    if first == last:
        return Inserted(first, change.words, change.apart)
    return Replaced(first, last, change.words) if change.words else Cut(first, last)
