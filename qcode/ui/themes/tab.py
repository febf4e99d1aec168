"""The tab Themes: codes and passages at the left, the outline of themes in the middle, the voices at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import CodeId, DocumentId, QuoteId, ThemeId
from qcode.operations.lookup import TextTooLongError
from qcode.operations.memos import Target
from qcode.operations.passages import Passage
from qcode.queries.codebook import codebook
from qcode.queries.codings import Looking, passages
from qcode.queries.memos import memo_counts
from qcode.queries.team import study_card
from qcode.queries.themes import ThemeRow, themes
from qcode.queries.voices import VoiceRow, balance_of_voices, branch, quotes_of
from qcode.study import Place, Study
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import make_action
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.codes import CodesPane
from qcode.ui.themes.deeds import Deeds
from qcode.ui.themes.outline import Outline
from qcode.ui.themes.page import ThemesPage
from qcode.ui.themes.passage_lines import PassageLine, merged
from qcode.ui.themes.passages import PassagesPane
from qcode.ui.themes.voices import VoicesPane

NO_THEMES = "No themes yet. A theme gathers codes around one idea, and carries it with quotes."


class ThemesTab(ThemesPage):
    """Builds themes. Everything done here is one step of the study, and can be undone."""

    kinds: ClassVar[tuple[str, ...]] = (
        "theme", "theme_code", "quote", "code", "coding", "document", "participant", "speaker", "study", "assignment",
        "round", "memo", "memo_link",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows: Sequence[ThemeRow] = ()
        self._passages: list[PassageLine] = []
        self._names = ""
        self._task: work.Task | None = None
        self._closing = False
        self.deeds = Deeds(bridge)
        self.codes, self.passages, self.voices = CodesPane(), PassagesPane(), VoicesPane()
        self.outline = Outline(self.deeds)
        self.empty = EmptyState(NO_THEMES, "Add a theme")
        self._make_actions()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def computing(self) -> bool:
        """Whether passages are being read."""
        return self._task is not None

    # Methods

    def refresh(self) -> None:
        """Read themes, codes, passages and voices again."""
        if self._closing:
            return
        study = self.bridge.study
        self._rows = themes(study)
        codes = codebook(study)
        colours: dict[str, int] = {row.id: row.colour for row in codes}
        self.outline.show_themes(self._rows, study_card(study).attribution, colours, memo_counts(study, "theme"))
        self.codes.show_codes(codes, self._rows)
        self._show_page()
        self._show_theme()
        self._read_passages()
        self._show_voices()

    def page_actions(self) -> list[QAction]:
        """What can be done here."""
        return [*self._outline_actions, *self._passage_actions]

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        for view in (self.outline, self.passages.list, self.codes.table, self.voices.table):
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
        code = next((row.id for row in self.codes.table.selected_rows()), None) if self.codes.table.hasFocus() else None
        line = self.passages.list.line if self.passages.list.hasFocus() else None
        passage = Passage(DocumentId(line.document), line.start, line.end) if line else None
        marked = self.outline.line if self.outline.hasFocus() else None
        if marked is not None and marked.quote is not None:
            passage = Passage(marked.quote.document, marked.quote.start, marked.quote.end)
        found = [
            Target("code", code) if code else None,
            Target.at(passage) if passage else None,
            Target("theme", self.outline.theme) if self.outline.theme else None,
        ]
        return [target for target in found if target is not None]

    def show_code_passages(self) -> None:
        """Ask for the passages of the codes that are chosen, to work on in the drawer."""
        if self.codes.selected:
            self.requestPassages.emit(self._names, Looking(codes=self.codes.selected))

    def show_theme_passages(self) -> None:
        """Ask for the passages of all codes in the theme that is chosen and in those below it."""
        if self.outline.theme is not None:
            below = branch(self._rows, self.outline.theme)
            codes = list(dict.fromkeys(code for row in below for code, _name in row.codes))
            self.requestPassages.emit(f"Theme “{below[0].name}”", Looking(codes=codes))

    def show_theme_memos(self) -> None:
        """Ask for the memos on the theme that is chosen."""
        row = next((row for row in self._rows if row.id == self.outline.theme), None)
        if row is not None:
            self.requestMemos.emit(row.name, "theme", row.id)

    def show_theme(self, theme: ThemeId) -> None:
        """Put the cursor on a theme."""
        self.outline.reveal(("theme", theme))

    def show_quote(self, quote: QuoteId) -> None:
        """Put the cursor on a quote."""
        self.outline.reveal(("quote", quote))

    # Private slots

    def _on_theme_chosen(self) -> None:
        self._show_theme()
        self._show_passages()
        if self.voices.of_one_theme:
            self._show_voices()

    def _on_codes_chosen(self, _codes: list[CodeId], names: str) -> None:
        self._names = names
        self._show_theme()
        self._read_passages()

    def _on_passages(self, lines: list[PassageLine]) -> None:
        self._task, self._passages = None, lines
        self._show_passages()

    def _on_not_read(self, sentence: str) -> None:
        self._task = None
        self.bridge.refused.emit(sentence)

    def _on_picked(self, line: PassageLine, stance: str) -> None:
        self._pick(self.outline.theme, line, stance)

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
        self.outline.keep_writing()

    def _on_begin(self, *, below: bool) -> None:
        self.pages.setCurrentWidget(self.outline)
        self.outline.setFocus()
        self.outline.begin_theme(below=below)

    # Internal

    def _pick(self, theme: ThemeId | None, line: PassageLine, stance: str) -> None:
        quote = self.deeds.pick(theme, line, stance)
        if quote is not None:
            self.outline.reveal(("quote", quote))

    def _read_passages(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        codes, study = self.codes.selected, self.bridge.study
        if codes:
            self._task = work.run(
                self, lambda _progress: _read(study, codes), done=self._on_passages, refused=self._on_not_read
            )
        else:
            self._passages = []
            self._show_passages()

    def _show_passages(self) -> None:
        chosen = next((row for row in self._rows if row.id == self.outline.theme), None)
        picked = {(quote.document, quote.start, quote.end) for quote in chosen.quotes} if chosen else set()
        lines = [replace(line, quoted=line.key in picked) for line in self._passages]
        self.passages.show_passages(lines, self._names if self.codes.selected else "")

    def _show_theme(self) -> None:
        chosen = next((row for row in self._rows if row.id == self.outline.theme), None)
        self.codes.show_theme(chosen.name if chosen else None)
        self.voices.here.setEnabled(chosen is not None)

    def _show_voices(self) -> None:
        below = self.outline.theme if self.voices.of_one_theme else None
        self.voices.show_balance(balance_of_voices(self.bridge.study, below=below))

    def _show_page(self) -> None:
        nothing = not self._rows and not self.outline.writing
        self.pages.setCurrentWidget(self.empty if nothing else self.outline)

    def _make_actions(self) -> None:
        outline = self.outline
        self._outline_actions = [
            self._action("themes.add", "Add theme", "N", lambda: self._on_begin(below=False), outline),
            self._action("themes.add-below", "Add sub-theme", "Shift+N", lambda: self._on_begin(below=True), outline),
            self._action(
                "themes.rename", "Rename, or write the concept or the attribution", "F2", outline.edit_line, outline
            ),
            self._action("themes.up", "Move up", "Alt+Up", lambda: outline.move_line("up"), outline),
            self._action("themes.down", "Move down", "Alt+Down", lambda: outline.move_line("down"), outline),
            self._action(
                "themes.in", "Move into the theme above", "Alt+Right", lambda: outline.move_line("in"), outline
            ),
            self._action("themes.out", "Move out of its theme", "Alt+Left", lambda: outline.move_line("out"), outline),
            self._action("themes.turn", "Let the quote dissent, or support", "D", outline.turn, outline),
            self._action(
                "themes.quote-place", "Show the quote in its transcript", "Ctrl+Return", outline.open_place, outline
            ),
            self._action("themes.passages", "Show the passages of the theme", "P", self.show_theme_passages, outline),
            self._action("themes.memos", "Show the memos on the theme", "M", self.show_theme_memos, outline),
            self._action("themes.delete", "Delete, or take the code out", "Delete", outline.remove, outline),
        ]
        listed, codes = self.passages.list, self.codes.table
        self._passage_actions = [
            self._action("themes.code-passages", "Show the passages of the code", "P", self.show_code_passages, codes),
            self._action(
                "themes.pick", "Pick the passage as a quote", "Return", lambda: listed.pick("supports"), listed
            ),
            self._action(
                "themes.pick-dissent",
                "Pick the passage as a dissenting quote",
                "D",
                lambda: listed.pick("dissents"),
                listed,
            ),
            self._action(
                "themes.passage-place", "Show the passage in its transcript", "Ctrl+Return", listed.open_place, listed
            ),
        ]

    def _action(self, key: str, name: str, keys: str, deed: Callable[[], object], where: QWidget) -> QAction:
        """Something to do while a part of the room has the focus; a key with Enter takes both Enters."""
        return make_action(where, name, deed, keys, keys.replace("Return", "Enter"), key=key)

    def _connect(self) -> None:
        self.bridge.closing.connect(self._on_closing)
        self.outline.themeChosen.connect(self._on_theme_chosen)
        self.outline.passageDropped.connect(self._on_passage_dropped)
        self.outline.placeAsked.connect(self.requestPlace)
        self.outline.writingEnded.connect(self._show_page)
        self.outline.conceptTooLong.connect(lambda: self.bridge.refused.emit(str(TextTooLongError("central concept"))))
        self.codes.chosen.connect(self._on_codes_chosen)
        self.codes.gatherAsked.connect(lambda codes: self.deeds.gather(self.outline.theme, codes))
        self.passages.list.picked.connect(self._on_picked)
        self.passages.list.placeAsked.connect(self.requestPlace)
        self.voices.scopeChanged.connect(self._show_voices)
        self.voices.table.rowActivated.connect(self._on_voice)
        self.empty.pressed.connect(lambda: self._on_begin(below=False))

    def _lay_out(self) -> None:
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.codes)
        left.addWidget(self.passages)
        left.setSizes([300, 420])
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        for pane, stretch in ((left, 0), (self._middle(), 1), (self.voices, 0)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(self.panes.count() - 1, stretch)
        self.panes.setSizes([45 * SPACE, 71 * SPACE, 32 * SPACE])
        for splitter in (left, self.panes):
            splitter.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.panes)

    def _middle(self) -> QWidget:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.outline)
        self.pages.addWidget(self.empty)
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        top.addWidget(label("Themes", "heading"))
        top.addStretch()
        for name, below in (("Add theme", False), ("Add sub-theme", True)):
            button = QPushButton(name)
            button.setProperty("kind", "quiet")
            button.clicked.connect(lambda _checked, below=below: self._on_begin(below=below))
            top.addWidget(button)
        top.addWidget(self._more())
        middle = QFrame()
        middle.setProperty("surface", "page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        return middle

    def _more(self) -> QPushButton:
        more = QPushButton("More…")
        more.setProperty("kind", "quiet")
        more.setAccessibleName("More to do with the outline")
        menu = QMenu(more)
        menu.addActions(self._outline_actions)
        more.clicked.connect(lambda: menu.exec(more.mapToGlobal(more.rect().bottomLeft())))
        return more


def _read(study: Study, codes: Sequence[CodeId]) -> list[PassageLine]:
    """Read in a worker: the passages of these codes."""
    return merged(passages(study, Looking(codes=codes, layer=None)))
