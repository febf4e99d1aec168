"""The quote desk: themes and voices at the left, their passages and quotes in the middle, one quote at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from qcode.ids import QuoteId, ThemeId
from qcode.operations.memos import Target
from qcode.operations.passages import Passage
from qcode.queries.quotes.voices import VoiceRow, balance_of_voices, branch, quotes_of
from qcode.study import Change, Place
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.first_paint import FirstPaint
from qcode.ui.keys.keyed import KeyedAction
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.behind import behind_theme
from qcode.ui.themes.desk.actions import DeskActions
from qcode.ui.themes.desk.acts import DeskActs
from qcode.ui.themes.desk.deeds import NO_THEME, QuoteDeeds
from qcode.ui.themes.desk.lists import READING, ListsPane
from qcode.ui.themes.desk.nothing import nothing_there
from qcode.ui.themes.desk.quote_pane import QuotePane
from qcode.ui.themes.desk.reading import LANGUAGES, STYLES, DeskReading, Ranked
from qcode.ui.themes.desk.rows import kept_in_place
from qcode.ui.themes.desk.theme_list import ThemeList, theme_lines
from qcode.ui.themes.desk.warnings import QuoteWarnings
from qcode.ui.themes.page import ThemesPage
from qcode.ui.themes.voices import VoicesPane

_RANKED_BY = (
    "coding", "code", "theme", "theme_code", "document", "revision", "participant", "speaker", "round", "assignment",
    "decision",
)  # fmt: skip
_PRINTED_BY = (
    "quote", "quote_use", "study", "turn_link", "attribution_policy", "attribution_exception", "attribute",
    "attribute_level", "attribute_value", "site",
)  # fmt: skip


class QuoteDesk(ThemesPage):
    """Where quotes are found, edited and chosen. Everything done here is one step of the study, and can be undone."""

    kinds: ClassVar[tuple[str, ...]] = (*_RANKED_BY, *_PRINTED_BY)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._reading = DeskReading(bridge.study)
        self._ranked: Ranked | None = None
        self._order: list[tuple[str, int, int]] = []
        self._task: work.Task | None = None
        self._unranked, self._seen = True, False
        self._voiced: object = None
        self.deeds, self.warnings = QuoteDeeds(bridge), QuoteWarnings(bridge, self)
        self.themes, self.voices = ThemeList(), VoicesPane()
        self.lists, self.pane = ListsPane(), QuotePane(STYLES, LANGUAGES)
        self.acts = DeskActs(self)
        self.act = DeskActions(self)
        self._lay_out()
        self._connect()
        FirstPaint(self).seen.connect(self._on_seen)

    # Properties

    @property
    def computing(self) -> bool:
        """Whether candidates are being looked for, or wait for that."""
        return self._task is not None or not self._seen

    @property
    def theme(self) -> ThemeId | None:
        """The theme that is chosen."""
        line = self.themes.line
        return line.id if line is not None else None

    # Methods

    def refresh(self) -> None:
        """Read themes, quotes and voices again; candidates are ranked again only where something else changed."""
        self._reading.read()
        self._stay_with_quote()
        self.pane.show_style(self._reading.ellipsis)
        self.themes.set_rows(theme_lines(self._reading.themes, self._reading.statuses))
        self._show_lists()
        if self._seen:
            self._follow()

    def take_change(self, change: Change) -> None:
        """Read again if the change concerns what is shown."""
        self._unranked = self._unranked or change.concerns(*_RANKED_BY)
        self._reading.forget(change)
        if change.concerns(*self.kinds):
            super().mark_stale()

    def mark_stale(self) -> None:
        """Read everything again: somebody else acts, or another round is chosen."""
        self._unranked = True
        self._reading.forget_all()
        super().mark_stale()

    def page_actions(self) -> list[QAction]:
        """What can be done here."""
        return self.act.every

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.pane.update_theme()
        for view in (self.themes, self.lists.list, self.voices.table):
            view.viewport().update()

    def things(self) -> Sequence[Target]:
        """The passage that lies open, and the theme."""
        row = self.lists.row
        found = [Target.at(Passage(row.document, row.start, row.end))] if row is not None else []
        return [*found, *([Target("theme", self.theme)] if self.theme else [])]

    def go_to(self, place: Place) -> None:
        """Show the quote that stands at a place."""
        quote = self._reading.quote_at(place.document, place.start, place.end)
        if quote is not None:
            self.show_quote(quote)

    def show_theme(self, theme: ThemeId) -> None:
        """Show a theme."""
        self.themes.choose(theme)

    def show_quote(self, quote: QuoteId) -> None:
        """Show a quote, in its theme and in the list in which it stands."""
        row = self._reading.quotes.get(quote)
        if row is None:
            return
        self.show_theme(row.theme)
        self.lists.show_list("chosen" if row.status == "chosen" else "shortlisted")
        self.lists.list.put_cursor(quote)

    def known_uses(self) -> tuple[list[str], list[str]]:
        """The papers and sections that quotes are used in, those used most first."""
        return self._reading.known_uses()

    def open_place(self) -> None:
        """Ask for the place of the quote in its transcript."""
        row = self.lists.row
        if row is not None:
            self.requestPlace.emit(Place(row.document, row.start, row.end))

    def enter_words(self) -> None:
        """Go to the words of the quote."""
        if self.lists.row is not None:
            self.pane.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_words(self) -> None:
        """Go back to the list."""
        self.lists.take_focus()

    def turn_hiding(self) -> None:
        """Hide what is used, or show it."""
        self.lists.hide_used.toggle()

    def rank_again(self) -> None:
        """Put the candidates in order as they rank now."""
        self._order = []
        self._rank()

    def show_passages(self) -> None:
        """Ask for the passages of the theme and those below it."""
        line, ranked = self.themes.line, self._ranked
        if line is None or ranked is None:
            self.bridge.informed.emit(READING if line is not None else NO_THEME)
            return
        behind_theme(ranked.counted, line.name, line.id).lead(self)

    # Private slots

    def _on_seen(self) -> None:
        self._seen = True
        self._follow()

    def _on_theme(self) -> None:
        self._order = []
        self.lists.list.forget_cursor()
        self._show_lists()
        if self.voices.of_one_theme:
            self._show_voices()
        if self._seen and self.isVisible() and (self._ranked is None or self._ranked.theme != self.theme):
            self._rank()

    def _on_list(self) -> None:
        self.lists.list.forget_cursor()
        self._show_lists()

    def _on_row(self) -> None:
        row = self.lists.row
        self.lists.offer_deeds()
        opened = self._reading.opened(row, self.warnings.of) if row is not None else None
        if opened is None:
            focused = self.pane.isAncestorOf(self.focusWidget() or self)
            self.pane.show_nothing()
            if focused:
                self.lists.take_focus()
        else:
            self.pane.show_quote(opened)

    def _on_ranked(self, ranked: Ranked) -> None:
        self._task, self._ranked, self._unranked = None, ranked, False
        if ranked.theme == self.theme:
            self._show_lists()

    def _on_not_ranked(self, sentence: str) -> None:
        self._task = None
        self.bridge.refused.emit(sentence)

    def _on_voice(self, row: VoiceRow) -> None:
        """Go to a quote of somebody; again, to the next one."""
        below = self.theme if self.voices.of_one_theme else None
        quotes = quotes_of(self.bridge.study, row.id, below=below)
        if not quotes:
            self.bridge.informed.emit(f"{row.name} is not quoted here.")
            return
        here = self.lists.row.quote if self.lists.row is not None else None
        self.show_quote(quotes[(quotes.index(here) + 1) % len(quotes)] if here in quotes else quotes[0])

    def _on_help(self) -> None:
        """Do what the sentence of an empty list offers."""
        if self.lists.hide_used.isChecked() and self._hidden:
            self.lists.hide_used.setChecked(False)
        elif self.lists.shown != "candidates":
            self.lists.show_list("candidates")
        else:
            self.requestTheme.emit(self.theme or "")

    # Internal

    def _follow(self) -> None:
        """What comes after themes and quotes are seen: voices, and in workers warnings and candidates."""
        self._show_voices()
        self.warnings.look_again()
        if self._unranked or self._ranked is None or self._ranked.theme != self.theme:
            self._rank()

    def _stay_with_quote(self) -> None:
        """Who works on the words of a quote stays with it when it goes to another list."""
        row, focused = self.lists.row, self.focusWidget()
        known = self._reading.quotes.get(row.quote) if row is not None and row.quote is not None else None
        inside = focused is not None and self.pane.isAncestorOf(focused)
        if known is not None and inside and self.lists.shown in ("shortlisted", "chosen"):
            self.lists.turn_to("chosen" if known.status == "chosen" else "shortlisted")

    def _rank(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        theme = self.theme
        if theme is not None:
            reading = self._reading
            self._task = work.run(
                self, lambda _progress: reading.rank(theme), done=self._on_ranked, refused=self._on_not_ranked
            )

    def _show_lists(self) -> None:
        theme = self.theme
        ranked = self._ranked.found if self._ranked is not None and self._ranked.theme == theme else ()
        every = self._reading.listed(theme, ranked)
        every["candidates"] = kept_in_place(every["candidates"], self._order)
        self._order = [row.place for row in every["candidates"]]
        shown = every[self.lists.shown]
        kept = [row for row in shown if not (self.lists.hide_used.isChecked() and row.is_used(self.lists.shown))]
        self._hidden = len(shown) - len(kept)
        can_hide = self.lists.hide_used.isChecked() or any(row.is_used(self.lists.shown) for row in shown)
        self.lists.hide_used.setEnabled(can_hide)
        unread = theme is not None and (self._ranked is None or self._ranked.theme != theme)
        name = self.themes.line.name if self.themes.line is not None else ""
        self.lists.title.setText(name or "Quotes")
        nothing = nothing_there(
            self.lists.shown, theme_known=theme is not None, hidden=self._hidden,
            reading=unread or self._task is not None,
            gathers=self._reading.gathers(theme),
        )  # fmt: skip
        self.lists.show_rows(kept, {listed: len(rows) for listed, rows in every.items()}, nothing)

    def _show_voices(self) -> None:
        """Count voices again, where that may come out otherwise."""
        below = self.theme if self.voices.of_one_theme else None
        of = () if below is None else tuple(row.id for row in branch(self._reading.themes, below))
        counted = below, of, self._reading.people, self._reading.heard
        if counted == self._voiced:
            return
        self._voiced = counted
        self.voices.here.setEnabled(self.theme is not None)
        self.voices.show_balance(balance_of_voices(self.bridge.study, below=below, rows=self._reading.chosen))

    def _connect(self) -> None:
        self.warnings.found.connect(self._on_row)
        self.themes.themeChosen.connect(self._on_theme)
        self.themes.rowActivated.connect(lambda _row: self.lists.take_focus())
        self.lists.listChosen.connect(self._on_list)
        self.lists.rowChanged.connect(self._on_row)
        self.lists.helped.connect(self._on_help)
        self.lists.list.rowActivated.connect(lambda _row: self.enter_words())
        self.lists.hide_used.toggled.connect(self._show_lists)
        self.lists.shortlist.clicked.connect(self.acts.shelve)
        self.lists.choose.clicked.connect(self.acts.choose)
        self.lists.offer(self.act.of_row)
        self.pane.asking.tooLong.connect(lambda: self.bridge.refused.emit("This is too long for one line."))
        self.pane.ellipsisChosen.connect(self.deeds.print_cuts_as)
        self.pane.languageChosen.connect(self.acts.show_language)
        self.pane.uses.attribution.clicked.connect(self.requestAttribution)
        self.pane.uses.add.clicked.connect(self.acts.ask_use)
        self.pane.uses.removeAsked.connect(self.deeds.unuse)
        self.voices.scopeChanged.connect(self._show_voices)
        self.voices.table.rowActivated.connect(self._on_voice)
        self.pane.tell_keys(*self.act.hints)
        for button, action, words in (
            (self.lists.shortlist, self.act.shortlist, "Keep the passage on the shortlist"),
            (self.lists.choose, self.act.choose, "Choose it to be printed"),
            (self.pane.uses.add, self.act.use, "Say where the quote is used"),
        ):
            if isinstance(action, KeyedAction):
                action.tell_keys(button, words)

    def _lay_out(self) -> None:
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self._themes_pane())
        left.addWidget(self.voices)
        left.setSizes([38 * SPACE, 42 * SPACE])
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        for pane, stretch in ((left, 0), (self.lists, 1), (self.pane, 2)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(self.panes.count() - 1, stretch)
        self.panes.setSizes([30 * SPACE, 46 * SPACE, 70 * SPACE])
        for splitter in (left, self.panes):
            splitter.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.panes)
        self.setFocusProxy(self.lists)

    def _themes_pane(self) -> QWidget:
        made = QFrame()
        made.setProperty("surface", "page")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, SPACE, 0, 0)
        heading = label("Themes", "heading")
        heading.setContentsMargins(2 * SPACE, 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(self.themes, 1)
        return made
