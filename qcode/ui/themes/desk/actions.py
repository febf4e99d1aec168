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
        listed, words = desk.lists.list, desk.pane.words
        make, acts = make_action, desk.acts
        self.shortlist = make(listed, "Shortlist the passage", acts.shortlist, "S", key="quotes.shortlist")
        self.choose = make(listed, "Choose the quote to be printed", acts.choose, "C", key="quotes.choose")
        self.back = make(listed, "Put the quote back on the shortlist", acts.back, "Shift+C", key="quotes.back")
        self.drop = make(listed, "Drop the quote", acts.drop, "Delete", "Backspace", key="quotes.drop")
        self.turn = make(listed, "Let the quote dissent, or support", acts.turn, "D", key="quotes.turn")
        self.use = make(listed, "Say where the quote is used…", acts.ask_use, "U", key="quotes.use")
        self.attribute = make(
            listed, "Attribute the quote in words of its own…", acts.ask_attribution, "A", key="quotes.attribute"
        )
        self.language = make(
            listed, "Print the original, the translation, or both", acts.next_language, "L", key="quotes.language"
        )
        self.copy = make(listed, "Copy the quote as it is printed", acts.copy, "Ctrl+C", key="quotes.copy")
        self.place = make(
            listed, "Show the quote in its transcript", desk.open_place, "Ctrl+Return", "Ctrl+Enter", key="quotes.place"
        )
        self.enter = make(
            listed, "Edit the words of the quote", desk.enter_words, "Return", "Enter", key="quotes.words"
        )
        self.up = make(listed, "Print the quote earlier", lambda: acts.move(-1), "Alt+Up", key="quotes.up")
        self.down = make(listed, "Print the quote later", lambda: acts.move(1), "Alt+Down", key="quotes.down")
        self.name_theme = make(
            listed, "Name the theme in the words of the quote", acts.name_theme, "V", key="quotes.in-vivo"
        )
        self.confirm = make(listed, "Right on the corrected words too", acts.confirm, "K", key="quotes.confirm")
        self.hide = make(
            listed, "Hide quotes that are used, or show them", desk.turn_hiding, "H", key="quotes.hide-used"
        )
        self.again = make(listed, "Rank the candidates again", desk.rank_again, "R", key="quotes.rank")
        self.passages = make(listed, "Show the passages of the theme", desk.show_passages, "P", key="quotes.passages")
        self.more_before = make(
            words, "Take in the turn before", lambda: acts.grow("before"), "Ctrl+Up", key="quotes.more-before"
        )
        self.less_before = make(
            words, "Leave out the first turn", lambda: acts.shrink("before"), "Ctrl+Shift+Up", key="quotes.less-before"
        )
        self.more_behind = make(
            words, "Take in the turn behind", lambda: acts.grow("behind"), "Ctrl+Down", key="quotes.more-behind"
        )
        self.less_behind = make(
            words, "Leave out the last turn", lambda: acts.shrink("behind"), "Ctrl+Shift+Down", key="quotes.less-behind"
        )
        self.stretch = make(words, "Let the quote be what is selected", acts.stretch, "Q", key="quotes.stretch")
        self.cut = make(words, "Cut the selected words", acts.cut, "X", "Delete", key="quotes.cut")
        self.replace = make(
            words, "Put other words in brackets in their place…", acts.ask_replacement, "R", key="quotes.replace"
        )
        self.insert = make(words, "Put words in brackets in…", acts.ask_insertion, "I", key="quotes.insert")
        self.insert_part = make(
            words, "Put in a part of the word, in brackets…", acts.ask_part, "Shift+I", key="quotes.insert-part"
        )
        self.take_back = make(words, "Take the edit at the caret back", acts.take_back, "T", key="quotes.take-back")
        self.take_all_back = make(
            words, "Take all edits of the quote back", acts.take_all_back, "Shift+T", key="quotes.take-all-back"
        )
        self.beside = make(
            listed, "Choose what of the other language is printed", acts.turn_beside, "O", key="quotes.beside"
        )
        self.before = make(
            listed, "Show the list before", lambda: desk.lists.step(-1), "Left", key="quotes.list-before"
        )
        self.behind = make(listed, "Show the next list", lambda: desk.lists.step(1), "Right", key="quotes.list-behind")
        self.ellipsis = make(
            listed, "Print what is cut in the next house style", acts.next_ellipsis, "E", key="quotes.ellipsis"
        )
        self.leave = make(words, "Go back to the list", desk.leave_words, "Escape", key="quotes.list")
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
