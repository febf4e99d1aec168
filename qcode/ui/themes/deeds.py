"""What can be done to themes, each as one step that can be undone; a refusal is told, and nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from qcode.ids import CodeId, DocumentId, QuoteId, ThemeId
from qcode.operations import quotes
from qcode.operations import themes as operations
from qcode.operations.passages import Passage
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.study import Study
from qcode.ui.bridge import StudyBridge
from qcode.ui.themes.moves import Step, quote_place, theme_place
from qcode.ui.themes.passage_lines import PassageLine

NO_THEME = "Choose a theme in the outline first, or add one."


class Deeds:
    """Acts on the themes of one study."""

    def __init__(self, bridge: StudyBridge) -> None:
        self._bridge = bridge

    def add(self, name: str, parent: ThemeId | None) -> ThemeId | None:
        """Add a theme behind its siblings."""
        return self._bridge.attempt(lambda: operations.add_theme(self._study, name=name, parent=parent))

    def describe(self, theme: ThemeId, *, name: str | None = None, concept: str | None = None) -> bool:
        """Give a theme another name or another concept; nothing is written where nothing changes.

        Says whether that was refused, so that what was typed can be kept.
        """
        row = self._theme(theme)
        before = ("theme", "") if row is None else (row.name, row.concept)  # one that is gone is refused below
        new_name, new_concept = before[0] if name is None else name, before[1] if concept is None else concept
        if row is not None and (new_name.strip(), new_concept.strip()) == before:
            return False

        def write() -> bool:
            operations.describe_theme(self._study, theme, name=new_name, concept=new_concept)
            return True

        return self._bridge.attempt(write) is None

    def delete(self, theme: ThemeId) -> None:
        """Take a theme and those below it out, with their quotes."""
        self._attempt(lambda: operations.delete_theme(self._study, theme))

    def move(self, theme: ThemeId, step: Step) -> None:
        """Move a theme one step; at the end of its way nothing happens."""
        place = theme_place(themes(self._study), theme, step)
        if place is not None:
            self._attempt(lambda: operations.move_theme(self._study, theme, parent=place.parent, after=place.after))

    def put_below(self, theme: ThemeId, parent: ThemeId) -> None:
        """Make a theme the last one below another."""
        rows = themes(self._study)
        last = next((row.id for row in reversed(rows) if row.parent == parent and row.id != theme), None)
        self._attempt(lambda: operations.move_theme(self._study, theme, parent=parent, after=last))

    def put(self, theme: ThemeId, parent: ThemeId | None, after: ThemeId | None) -> None:
        """Put a theme below another, or at the top, behind a sibling or first of all."""
        self._attempt(lambda: operations.move_theme(self._study, theme, parent=parent, after=after))

    def move_codes(self, codes: Sequence[CodeId], source: ThemeId, target: ThemeId) -> None:
        """Let another theme gather codes in place of the one that does."""
        self._attempt(lambda: operations.move_codes(self._study, codes, source=source, target=target))

    def gather(self, theme: ThemeId | None, codes: Sequence[CodeId]) -> None:
        """Let a theme gather those of the codes that it does not gather yet."""
        if theme is None:
            self._bridge.refused.emit(NO_THEME)
            return
        row = self._theme(theme)
        known = {code for code, _name in row.codes} if row else set()
        new = [code for code in codes if code not in known]
        if new:
            self._attempt(lambda: operations.gather_codes(self._study, theme, codes=new))

    def release(self, theme: ThemeId, code: CodeId) -> None:
        """Let a theme no longer gather a code."""
        self._attempt(lambda: operations.release_codes(self._study, theme, codes=[code]))

    def pick(self, theme: ThemeId | None, line: PassageLine, stance: str) -> QuoteId | None:
        """Choose a passage as a quote of a theme."""
        if theme is None:
            self._bridge.refused.emit(NO_THEME)
            return None
        passage = Passage(DocumentId(line.document), line.start, line.end)
        return self._bridge.attempt(lambda: quotes.pick_quote(self._study, theme, passage=passage, stance=stance))

    def drop(self, quote: QuoteId) -> None:
        """Choose a quote no longer."""
        self._attempt(lambda: quotes.drop_quotes(self._study, [quote]))

    def turn(self, quote: QuoteRow) -> None:
        """Let a quote that supports its theme dissent, or the other way round."""
        stance = "supports" if quote.stance == "dissents" else "dissents"
        self._attempt(
            lambda: quotes.describe_quote(self._study, quote.id, stance=stance, attribution=quote.attribution)
        )

    def attribute(self, quote: QuoteRow, words: str) -> None:
        """Attribute a quote in words of its own, or with none as the study's template does."""
        new = words.strip() or None
        if new != quote.attribution:
            self._attempt(lambda: quotes.describe_quote(self._study, quote.id, stance=quote.stance, attribution=new))

    def move_quote(self, quote: QuoteId, step: Literal["up", "down"]) -> None:
        """Move a quote one step, past the end of its theme into the next."""
        place = quote_place(themes(self._study), quote, step)
        if place is not None:
            self.put_quote(quote, place.theme, place.after)

    def put_quote(self, quote: QuoteId, theme: ThemeId, after: QuoteId | None) -> None:
        """Put a quote into a theme, behind another or first of all."""
        if quote != after:
            self._attempt(lambda: quotes.move_quote(self._study, quote, theme=theme, after=after))

    # Internal

    @property
    def _study(self) -> Study:
        return self._bridge.study

    def _attempt(self, deed: Callable[[], None]) -> None:
        self._bridge.attempt(deed)

    def _theme(self, theme: ThemeId) -> ThemeRow | None:
        return next((row for row in themes(self._study) if row.id == theme), None)
