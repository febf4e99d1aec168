"""What can be done at the quote desk, by name and by keys: a letter is enough, since nothing is typed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from qcode.ui.keys.hints import Piece
from qcode.ui.keys.keyed import make_action

if TYPE_CHECKING:
    from qcode.ui.themes.desk.desk import QuoteDesk


class DeskActions:
    """The actions of one desk: those on a row of the lists, and those on its words."""

    def __init__(self, desk: QuoteDesk) -> None:
        self._make_for_choice(desk)
        self._make_for_quote(desk)
        self._make_for_place(desk)
        self._make_for_theme(desk)
        self._make_for_next(desk)
        self._make_for_reach(desk)
        self._make_for_edits(desk)
        self._share(desk)

    # Properties

    @property
    def of_row(self) -> list[QAction]:
        """What can be done to a row of the lists."""
        return [
            self.shortlist, self.choose, self.back, self.turn, self.enter, self.use, self.attribute, self.language,
            self.beside, self.copy, self.place, self.up, self.down, self.name_theme, self.confirm, self.drop, self.hide,
            self.again, self.passages, self.ellipsis, self.before, self.behind,
        ]  # fmt: skip

    @property
    def of_words(self) -> list[QAction]:
        """What can be done to the words."""
        return [
            self.cut, self.replace, self.insert, self.insert_part, self.take_back, self.take_all_back, self.stretch,
            self.more_before, self.less_before, self.more_behind, self.less_behind, self.leave,
        ]  # fmt: skip

    @property
    def every(self) -> list[QAction]:
        """All of them."""
        return [*self.of_row, *self.of_words]

    @property
    def hints(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """The keys as they are told under the words."""
        editing: tuple[Piece, ...] = (
            ("{} cut", self.cut), ("{} replace", self.replace), ("{} put in", self.insert),
            ("{} take back", self.take_back),
        )  # fmt: skip
        reach: tuple[Piece, ...] = (
            ("{}, {} turn more", self.more_before, self.more_behind),
            ("with Shift less", self.less_before), ("{} what is selected", self.stretch),
        )  # fmt: skip
        return editing, reach

    # Internal

    def _make_for_choice(self, desk: QuoteDesk) -> None:
        """What decides whether a quote is printed."""
        listed, acts = desk.lists.list, desk.acts
        self.shortlist = make_action(listed, "Shortlist the passage", acts.shortlist, "S", key="quotes.shortlist")
        self.choose = make_action(listed, "Choose the quote to be printed", acts.choose, "C", key="quotes.choose")
        self.back = make_action(listed, "Put the quote back on the shortlist", acts.back, "Shift+C", key="quotes.back")
        self.drop = make_action(listed, "Drop the quote", acts.drop, "Delete", "Backspace", key="quotes.drop")

    def _make_for_quote(self, desk: QuoteDesk) -> None:
        """What is said of a quote, and how it is printed."""
        listed, acts = desk.lists.list, desk.acts
        self.turn = make_action(listed, "Let the quote dissent, or support", acts.turn, "D", key="quotes.turn")
        self.use = make_action(listed, "Say where the quote is used…", acts.ask_use, "U", key="quotes.use")
        self.attribute = make_action(
            listed, "Attribute the quote in words of its own…", acts.ask_attribution, "A", key="quotes.attribute"
        )
        self.language = make_action(
            listed, "Print the original, the translation, or both", acts.next_language, "L", key="quotes.language"
        )
        self.copy = make_action(listed, "Copy the quote as it is printed", acts.copy, "Ctrl+C", key="quotes.copy")

    def _make_for_place(self, desk: QuoteDesk) -> None:
        """Where a quote leads, and where it stands among the others."""
        listed, acts = desk.lists.list, desk.acts
        self.place = make_action(
            listed, "Show the quote in its transcript", desk.open_place, "Ctrl+Return", "Ctrl+Enter", key="quotes.place"
        )
        self.enter = make_action(
            listed, "Edit the words of the quote", desk.enter_words, "Return", "Enter", key="quotes.words"
        )
        self.up = make_action(listed, "Print the quote earlier", lambda: acts.move(-1), "Alt+Up", key="quotes.up")
        self.down = make_action(listed, "Print the quote later", lambda: acts.move(1), "Alt+Down", key="quotes.down")

    def _make_for_theme(self, desk: QuoteDesk) -> None:
        """What concerns the theme and the list of its quotes, and a quote whose transcript was corrected."""
        listed, acts = desk.lists.list, desk.acts
        self.name_theme = make_action(
            listed, "Name the theme in the words of the quote", acts.name_theme, "V", key="quotes.in-vivo"
        )
        self.confirm = make_action(listed, "Right on the corrected words too", acts.confirm, "K", key="quotes.confirm")
        self.hide = make_action(
            listed, "Hide quotes that are used, or show them", desk.turn_hiding, "H", key="quotes.hide-used"
        )
        self.again = make_action(listed, "Rank the candidates again", desk.rank_again, "R", key="quotes.rank")
        self.passages = make_action(
            listed, "Show the passages of the theme", desk.show_passages, "P", key="quotes.passages"
        )

    def _make_for_next(self, desk: QuoteDesk) -> None:
        """What turns to the next of a few: language, list, house style."""
        listed, acts = desk.lists.list, desk.acts
        self.beside = make_action(
            listed, "Choose what of the other language is printed", acts.turn_beside, "O", key="quotes.beside"
        )
        self.before = make_action(
            listed, "Show the list before", lambda: desk.lists.step(-1), "Left", key="quotes.list-before"
        )
        self.behind = make_action(
            listed, "Show the next list", lambda: desk.lists.step(1), "Right", key="quotes.list-behind"
        )
        self.ellipsis = make_action(
            listed, "Print what is cut in the next house style", acts.next_ellipsis, "E", key="quotes.ellipsis"
        )

    def _make_for_reach(self, desk: QuoteDesk) -> None:
        """Where the quote begins and ends."""
        words, acts = desk.pane.words, desk.acts
        self.more_before = make_action(
            words, "Take in the turn before", lambda: acts.grow("before"), "Ctrl+Up", key="quotes.more-before"
        )
        self.less_before = make_action(
            words, "Leave out the first turn", lambda: acts.shrink("before"), "Ctrl+Shift+Up", key="quotes.less-before"
        )
        self.more_behind = make_action(
            words, "Take in the turn behind", lambda: acts.grow("behind"), "Ctrl+Down", key="quotes.more-behind"
        )
        self.less_behind = make_action(
            words, "Leave out the last turn", lambda: acts.shrink("behind"), "Ctrl+Shift+Down", key="quotes.less-behind"
        )
        self.stretch = make_action(words, "Let the quote be what is selected", acts.stretch, "Q", key="quotes.stretch")

    def _make_for_edits(self, desk: QuoteDesk) -> None:
        """What is done to the words within the quote."""
        words, acts = desk.pane.words, desk.acts
        self.cut = make_action(words, "Cut the selected words", acts.cut, "X", "Delete", key="quotes.cut")
        self.replace = make_action(
            words, "Put other words in brackets in their place…", acts.ask_replacement, "R", key="quotes.replace"
        )
        self.insert = make_action(words, "Put words in brackets in…", acts.ask_insertion, "I", key="quotes.insert")
        self.insert_part = make_action(
            words, "Put in a part of the word, in brackets…", acts.ask_part, "Shift+I", key="quotes.insert-part"
        )
        self.take_back = make_action(
            words, "Take the edit at the caret back", acts.take_back, "T", key="quotes.take-back"
        )
        self.take_all_back = make_action(
            words, "Take all edits of the quote back", acts.take_all_back, "Shift+T", key="quotes.take-all-back"
        )
        self.leave = make_action(words, "Go back to the list", desk.leave_words, "Escape", key="quotes.list")

    def _share(self, desk: QuoteDesk) -> None:
        """Let keys work in both places where they mean the same."""
        for action in (
            self.shortlist, self.choose, self.back, self.turn, self.use, self.attribute, self.language, self.beside,
            self.place, self.confirm, self.ellipsis,
        ):  # fmt: skip
            desk.pane.words.addAction(action)
        for action in (self.before, self.behind):
            desk.lists.empty.button.addAction(action)
        for action in (self.more_before, self.less_before, self.more_behind, self.less_behind):
            desk.lists.list.addAction(action)
