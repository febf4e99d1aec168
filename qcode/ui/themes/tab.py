"""The tab Themes: codes and passages at the left, the themes in the middle, voices and negative cases at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qcode.ids import CodeId, QuoteId, ThemeId
from qcode.operations import quotes as quote_operations
from qcode.operations.lookup import TextTooLongError
from qcode.operations.memos import Target
from qcode.operations.passages import Passage
from qcode.queries.codebook.tree import CodeRow, codebook
from qcode.queries.memos import memo_counts
from qcode.queries.quotes.voices import VoiceRow, balance_of_voices, quotes_of
from qcode.queries.team import study_card
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.study import Place, Study
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.first_paint import FirstPaint
from qcode.ui.tab_order import chain
from qcode.ui.themes import acts
from qcode.ui.themes.behind import Behind, behind_codes, behind_theme
from qcode.ui.themes.codes import CodesPane
from qcode.ui.themes.deeds import Deeds
from qcode.ui.themes.middle import Middle
from qcode.ui.themes.negative import NegativePane
from qcode.ui.themes.outline import Outline
from qcode.ui.themes.page import ThemesPage
from qcode.ui.themes.panes import Panes
from qcode.ui.themes.passage_lines import PassageLine, passage_lines
from qcode.ui.themes.passages import PassagesPane
from qcode.ui.themes.view import ThemesView
from qcode.ui.themes.voices import VoicesPane

if TYPE_CHECKING:
    from qcode.analysis.corpus import Corpus
    from qcode.queries.themes.negative_cases import NegativeCase

NO_THEMES = "No themes yet. A theme gathers codes around one idea, and carries it with quotes."
NO_QUOTE = "Choose a quote of the theme first: its words become the theme's name."


class ThemesTab(ThemesPage):
    """Builds themes. Everything done here is one step of the study, and can be undone."""

    kinds: ClassVar[tuple[str, ...]] = (
        "theme", "theme_code", "quote", "code", "coding", "document", "participant", "speaker", "study", "assignment",
        "round", "memo", "memo_link", "attribution_policy", "attribution_exception", "attribute",
        "attribute_level", "attribute_value", "site",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows: Sequence[ThemeRow] = ()
        self._codes: Sequence[CodeRow] = ()
        self._passages: list[PassageLine] = []
        self._negative: Sequence[NegativeCase] = ()
        self._names = ""
        self._counted: Corpus | None = None
        self._waiting: Callable[[Corpus], object] | None = None
        self._task: work.Task | None = None
        self._seen = self._closing = False
        self.deeds = Deeds(bridge)
        self.codes, self.passages, self.voices = CodesPane(), PassagesPane(), VoicesPane()
        self.negative = NegativePane()
        self.outline = Outline(self.deeds)
        self.empty = EmptyState(NO_THEMES, "Add a theme")
        self.middle = Middle(bridge, self.outline, self.empty)
        self._views = acts.view_actions(self)
        self._outline_actions = acts.outline_actions(self)
        self._beside_actions = acts.beside_actions(self)
        self.middle.menu_actions = self._menu_actions
        self._lay_out()
        self._connect()
        FirstPaint(self).seen.connect(self._on_seen)

    # Properties

    @property
    def computing(self) -> bool:
        """Whether something is being counted, or waits for that."""
        return self._task is not None or not self._seen or self.middle.computing

    # Methods

    def refresh(self) -> None:
        """Read themes and codes again; voices, and what is counted, follow once those are seen."""
        if self._closing:
            return
        study = self.bridge.study
        self._rows, self._codes = themes(study), codebook(study, counted=False)
        colours: dict[str, int] = {row.id: row.colour for row in self._codes}
        self.outline.show_themes(self._rows, study_card(study), colours, memo_counts(study, "theme"))
        self._show_codes()
        self._show_page()
        self._show_theme()
        self._show_passages()
        if self._seen:
            self._follow()

    def page_actions(self) -> list[QAction]:
        """What can be done here."""
        built = (action for view in self.middle.built_views for action in view.view_actions())
        return [*self._views, *self._outline_actions, *self._beside_actions, *built]

    def enable_actions(self, *, seen: bool) -> None:
        """Offer what can be done in the view that is seen."""
        outline = self.middle.shown == "outline"
        for action in [*self._views, *self._beside_actions]:
            action.setEnabled(seen)
        for action in self._outline_actions:
            action.setEnabled(seen and outline)
        for view in self.middle.built_views:
            for action in view.view_actions():
                action.setEnabled(seen and view is self.middle.view)

    def build_all(self) -> None:
        """Build every view, so that all that can be done here is known."""
        self.middle.build_all()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.middle.update_theme()
        for view in (self.passages.list, self.codes.table, self.voices.table, self.negative.list):
            view.viewport().update()

    def go_to(self, place: Place) -> None:
        """Put the cursor on the quote that stands at a place."""
        for row in self._rows:
            for quote in row.quotes:
                if (quote.document, quote.start, quote.end) == (place.document, place.start, place.end):
                    self.show_quote(quote.id)
                    return

    def things(self) -> Sequence[Target]:
        """The code or the passage that has the focus, and the theme that is chosen."""
        return acts.at_hand(self)

    def begin_theme(self, *, below: bool) -> None:
        """Let the name of a theme to come be written, in the outline."""
        if self.middle.begins(below=below):
            return
        if self.middle.shown != "outline":
            self.middle.show_view("outline")
        self.middle.pages.setCurrentWidget(self.outline)
        self.outline.setFocus()
        self.outline.begin_theme(below=below)

    def title_theme(self) -> None:
        """Let the quote with the cursor give its theme the name, in vivo."""
        quote = self.outline.line.quote if self.outline.line else None
        if quote is None:
            self.bridge.refused.emit(NO_QUOTE)
        else:
            self.bridge.attempt(lambda: quote_operations.title_in_vivo(self.bridge.study, quote.id))

    def show_code_passages(self) -> None:
        """Ask for the passages of the codes that are chosen, to work on in the drawer."""
        codes, names = frozenset(self.codes.selected), self._names
        if codes:
            self._ask(lambda counted: behind_codes(counted, names, codes))

    def show_theme_passages(self) -> None:
        """Ask for the passages of all codes in the theme that is chosen and in those below it."""
        row = self._row
        if row is not None:
            self._ask(lambda counted: behind_theme(counted, row.name, row.id))

    def show_theme_memos(self) -> None:
        """Ask for the memos on the theme that is chosen."""
        row = self._row
        if row is not None:
            self.requestMemos.emit(row.name, "theme", row.id)

    def show_theme(self, theme: ThemeId) -> None:
        """Put the cursor on a theme."""
        self.middle.reveal_theme(theme)

    def show_quote(self, quote: QuoteId) -> None:
        """Put the cursor on a quote."""
        self.middle.reveal_quote(quote)

    # Private slots

    def _on_seen(self) -> None:
        self._seen = True
        self._follow()

    def _on_coder(self) -> None:
        """Forget what somebody else may see."""
        self._counted, self._negative = None, ()
        self._show_codes()
        self._show_passages()
        self.negative.show_cases(self.outline.theme, ())

    def _on_theme_chosen(self) -> None:
        self._show_theme()
        self._show_passages()
        self.negative.show_cases(self.outline.theme, self._negative)
        if self.voices.of_one_theme:
            self._show_voices()

    def _on_codes_chosen(self, _codes: list[CodeId], names: str) -> None:
        self._names = names
        self._show_theme()
        self._show_passages()
        if self.codes.selected:
            self.panes.show_passages()

    def _on_counted(self, found: tuple[list[NegativeCase], dict[QuoteId, str]], counted: Corpus) -> None:
        self._task, self._counted, self._negative = None, counted, found[0]
        self._show_codes()
        self._show_passages()
        self.negative.show_cases(self.outline.theme, found[0])
        self.outline.show_attributions(found[1])
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting(counted)

    def _on_not_read(self, sentence: str) -> None:
        self._task = self._waiting = None
        self.bridge.refused.emit(sentence)

    def _on_picked(self, line: PassageLine, stance: str) -> None:
        self._pick(self.middle.theme, line, stance)

    def _on_negative_picked(self, case: NegativeCase) -> None:
        passage = Passage(case.document, case.start, case.end)
        study, theme = self.bridge.study, case.theme
        quote = self.bridge.attempt(
            lambda: quote_operations.pick_quote(study, theme, passage=passage, stance="dissents")
        )
        if quote is not None:
            self.middle.reveal_quote(quote)

    def _on_passage_dropped(self, theme: ThemeId, parts: list[str]) -> None:
        for line in self._passages:
            if [str(part) for part in line.key] == parts:
                self._pick(theme, line, "supports")

    def _on_voice(self, row: VoiceRow) -> None:
        """Go to a quote in which somebody speaks; again, to the next one."""
        below = self.outline.theme if self.voices.of_one_theme else None
        quotes = quotes_of(self.bridge.study, row.id, below=below)
        if not quotes:
            self.bridge.informed.emit(f"{row.name} is not quoted here.")
            return
        line = self.outline.line
        here = line.quote.id if line is not None and line.quote is not None else None
        self.show_quote(quotes[(quotes.index(here) + 1) % len(quotes)] if here in quotes else quotes[0])

    def _on_closing(self) -> None:
        """Keep what is half written; nobody will look at what comes of it here."""
        self._closing = True
        self.middle.keep_writing()

    def _on_view(self, key: str) -> None:
        self.panes.leave_room(key)
        self.enable_actions(seen=self.isVisible())
        self._show_theme()

    def _on_built(self, view: ThemesView) -> None:
        view.requestPassages.connect(self.requestPassages)
        view.requestPlace.connect(self.requestPlace)
        view.requestMemos.connect(self.requestMemos)
        view.themeChosen.connect(lambda _theme: self._show_theme())
        view.passageDropped.connect(self._on_passage_dropped)
        view.rearranged.connect(self._order)
        self._order()
        self.actionsChanged.emit()

    # Internal

    def _order(self) -> None:
        """Let Tab go from the top to the left, the middle and the right."""
        chain([self.middle.bar, self.panes.left, self.middle, self.panes.right])

    def _menu_actions(self) -> Sequence[QAction]:
        view = self.middle.view
        return view.view_actions() if isinstance(view, ThemesView) else self._outline_actions

    def _pick(self, theme: ThemeId | None, line: PassageLine, stance: str) -> None:
        quote = self.deeds.pick(theme, line, stance)
        if quote is not None:
            self.middle.reveal_quote(quote)

    @property
    def _row(self) -> ThemeRow | None:
        """The theme that is chosen."""
        return next((row for row in self._rows if row.id == self.middle.theme), None)

    def _ask(self, of: Callable[[Corpus], Behind]) -> None:
        """Ask for what is behind something, once it is counted."""

        def ask(counted: Corpus) -> None:
            of(counted).lead(self)

        if self._counted is None:
            self._waiting = ask
        else:
            ask(self._counted)

    def _follow(self) -> None:
        """What comes after themes and codes are seen: voices, and in a worker what is counted."""
        self._show_voices()
        if self._task is not None:
            self._task.cancel()
        rows = self._rows
        self._task = self.middle.counting.read(
            self,
            lambda study, counted: _beside(study, counted, rows),
            done=self._on_counted,
            refused=self._on_not_read,
        )

    def _show_codes(self) -> None:
        counted = self._counted
        counts = None if counted is None else Counter(mark.code for mark in counted.all_marks())
        self.codes.show_codes(self._codes, self._rows, counts, "" if counted is None else counted.said)

    def _show_passages(self) -> None:
        chosen, codes, counted = self._row, frozenset(self.codes.selected), self._counted
        picked = {(quote.document, quote.start, quote.end) for quote in chosen.quotes} if chosen else set()
        found = [] if counted is None or not codes else passage_lines(counted, codes)
        self._passages = [replace(line, quoted=line.is_among(picked)) for line in found]
        names = self._names if codes else ""
        self.passages.show_passages(self._passages, names, counting=counted is None)

    def _show_theme(self) -> None:
        chosen = self._row
        self.codes.show_theme(chosen.name if chosen else None)
        self.voices.here.setEnabled(chosen is not None)

    def _show_voices(self) -> None:
        below = self.outline.theme if self.voices.of_one_theme else None
        self.voices.show_balance(balance_of_voices(self.bridge.study, below=below, rows=self._rows))

    def _show_page(self) -> None:
        self.middle.show_nothing(nothing=not self._rows and not self.outline.writing)

    def _connect(self) -> None:
        self.bridge.closing.connect(self._on_closing)
        self.bridge.coderChanged.connect(self._on_coder)
        self.middle.beginAsked.connect(lambda: self.begin_theme(below=False))
        self.middle.viewChanged.connect(self._on_view)
        self.middle.built.connect(self._on_built)
        self.outline.themeChosen.connect(self._on_theme_chosen)
        self.outline.passageDropped.connect(self._on_passage_dropped)
        self.outline.placeAsked.connect(self.requestPlace)
        self.outline.writingEnded.connect(self._show_page)
        self.outline.refused.connect(self.bridge.refused)
        self.outline.conceptTooLong.connect(lambda: self.bridge.refused.emit(str(TextTooLongError("central concept"))))
        self.codes.chosen.connect(self._on_codes_chosen)
        self.codes.gatherAsked.connect(lambda codes: self.deeds.gather(self.middle.theme, codes))
        self.passages.list.picked.connect(self._on_picked)
        self.passages.list.placeAsked.connect(self.requestPlace)
        self.voices.scopeChanged.connect(self._show_voices)
        self.voices.table.rowActivated.connect(self._on_voice)
        self.negative.placeAsked.connect(self.requestPlace)
        self.negative.quoteAsked.connect(self.show_quote)
        self.negative.pickAsked.connect(self._on_negative_picked)
        self.empty.pressed.connect(lambda: self.begin_theme(below=False))

    def _lay_out(self) -> None:
        self.panes = Panes(self.codes, self.passages, self.middle, self.voices, self.negative)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.middle.bar)
        column.addWidget(self.panes, 1)
        self.setFocusProxy(self.middle)
        self._order()


def _beside(study: Study, counted: Corpus, rows: Sequence[ThemeRow]) -> tuple[list[NegativeCase], dict[QuoteId, str]]:
    """Read in a worker: what speaks against themes, and what will be printed under quotes."""
    from qcode.queries.themes.negative_cases import negative_cases
    from qcode.ui.themes.lines import printed_attributions

    return negative_cases(study, counted=counted, rows=rows), printed_attributions(study, rows)
