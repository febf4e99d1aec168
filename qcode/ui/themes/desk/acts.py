"""What a person does at the desk: each asks for what it needs, does one deed, and leaves the focus where it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from qcode.operations.passages import Passage
from qcode.text.quotation import ELLIPSES
from qcode.ui.announcing import announce
from qcode.ui.themes.desk.asking import Blank
from qcode.ui.themes.desk.deeds import Language
from qcode.ui.themes.desk.pieces import Change
from qcode.ui.themes.desk.printed import copied
from qcode.ui.themes.desk.reach import (
    with_turn_before,
    with_turn_behind,
    without_first_turn,
    without_last_turn,
)
from qcode.ui.themes.desk.rows import QuotedRow

if TYPE_CHECKING:
    from qcode.text.ranges import Range
    from qcode.text.values import Turn
    from qcode.ui.themes.desk.desk import QuoteDesk
    from qcode.ui.themes.desk.quote_pane import Open
    from qcode.ui.themes.desk.rows import DeskRow

type Side = Literal["before", "behind"]
type Reach = Callable[[str, Sequence[Turn], Range], Range | None]

NO_WORDS = "Put the caret on a word of the quote, or select some of its words."
NO_TRANSLATION = "This text has no translation, and is none."
NOT_BESIDE = "Edits are made in the language in which the quote was picked. O goes back to it."
NO_TURNS_BESIDE = "Turns are taken in and left out in the quote's own language. Press O to go back to it, then again."
NO_EDIT = "There is no edit at the caret."
NOT_INSIDE = "Put the caret into the quote, where the words are to stand."
NOTHING_SELECTED = "Select the words that the quote is to be; it may grow beyond its present words."
NO_MORE = {"before": "There is no turn before.", "behind": "There is no turn behind."}
NO_LESS = "The quote is one turn. To make it shorter, cut words, or select what it is to be."
_GROWN: dict[Side, Reach] = {"before": with_turn_before, "behind": with_turn_behind}
_SHRUNK: dict[Side, Reach] = {"before": without_first_turn, "behind": without_last_turn}


class DeskActs:
    """Acts on the row that is current and the words that lie open."""

    def __init__(self, desk: QuoteDesk) -> None:
        self._desk = desk

    # Rows

    def shelve(self) -> None:
        """Put the row on the shortlist: a passage, or a quote that was chosen."""
        if self._desk.lists.shown == "chosen":
            self.back()
        else:
            self.shortlist()

    def shortlist(self) -> None:
        """Shortlist the passage with the cursor."""
        row = self._row
        if row is not None and row.quote is None:
            self._desk.deeds.shortlist(self._desk.theme, row)

    def choose(self) -> None:
        """Choose what has the cursor, to be printed."""
        row = self._row
        if row is not None and row.status != "chosen":
            self._desk.deeds.choose(self._desk.theme, row)

    def back(self) -> None:
        """Put a chosen quote back on the shortlist."""
        row = self._quote_row
        if row is not None and row.status == "chosen":
            self._desk.deeds.back(row.quote)

    def drop(self) -> None:
        """Drop the quote with the cursor."""
        row = self._quote_row
        if row is not None:
            self._desk.deeds.drop(row.quote)

    def turn(self) -> None:
        """Let the quote dissent, or support its theme again."""
        row = self._quote_row
        if row is not None:
            stance = "supports" if row.stance == "dissents" else "dissents"
            self._desk.deeds.describe(row.quote, stance=stance, attribution=row.attribution)

    def name_theme(self) -> None:
        """Let the words of the quote be the name of its theme."""
        row = self._quote_row
        if row is not None:
            self._desk.deeds.name_theme(row.quote)

    def confirm(self) -> None:
        """Say that the quote is right on the words as they were corrected."""
        row = self._quote_row
        if row is not None:
            self._desk.deeds.confirm(row.quote)

    def move(self, by: Literal[-1, 1]) -> None:
        """Print the quote one place earlier or later."""
        row, theme = self._quote_row, self._desk.theme
        if row is not None and theme is not None:
            order = [other.quote for other in self._desk.lists.list.rows if other.quote is not None]
            self._desk.deeds.move(row.quote, theme, order, by)

    def next_language(self) -> None:
        """Print the next of: the original, the translation, both."""
        row, opened = self._quote_row, self._desk.pane.open
        if row is None or opened is None:
            return
        if opened.beside is None:
            self._refuse(NO_TRANSLATION)
        else:
            order = get_args(Language.__value__)
            self.show_language(order[(order.index(opened.language) + 1) % len(order)])

    def show_language(self, language: Language) -> None:
        """Print one language, or both."""
        row = self._quote_row
        if row is not None:
            self._desk.deeds.show_language(row.quote, language)

    def turn_beside(self) -> None:
        """Read what the other language says, to choose what of it is printed; or the quote's own words again."""
        pane = self._desk.pane
        if self._quote_row is None or pane.open is None:
            return
        if pane.open.beside is None:
            self._refuse(NO_TRANSLATION)
        else:
            pane.read_beside(beside=pane.beside is None)
            pane.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_ellipsis(self) -> None:
        """Print what is left out, in all quotes, in the next of the house styles."""
        at = ELLIPSES.index(self._desk.pane.house_style)
        self._desk.deeds.print_cuts_as(ELLIPSES[(at + 1) % len(ELLIPSES)])

    def copy(self) -> None:
        """Put the quote on the clipboard as it is printed."""
        opened = self._desk.pane.open
        if opened is None:
            return
        if opened.shown.refused:
            self._refuse(opened.shown.refused)
        else:
            QGuiApplication.clipboard().setText(copied(opened.shown))
            self._desk.bridge.informed.emit("The quote is on the clipboard as it will be printed.")

    def ask_use(self) -> None:
        """Ask in which paper, and in which section of it, the quote is used."""
        row = self._quote_row
        if row is None:
            return
        papers, sections = self._desk.known_uses()
        last = papers[0] if papers else ""
        blanks = [Blank("Paper", last, papers), Blank("Section", "", sections, "optional")]
        self._desk.pane.asking.ask(
            "Where is this quote used?", blanks, lambda words: self._desk.deeds.use(row.quote, words[0], words[1])
        )

    def ask_attribution(self) -> None:
        """Ask for an attribution of this quote alone."""
        row = self._quote_row
        if row is not None:
            blank = Blank("Attribution", row.attribution or "", (), "as the template says")
            question = "Who is named behind this quote alone? Left empty, it is as the template says."
            self._desk.pane.asking.ask(question, [blank], lambda words: self._attribute(row, words[0]))

    # Words

    def cut(self) -> None:
        """Cut what is selected, or the word at the caret."""
        place = self._chosen_words()
        if place is not None:
            self._add(Change(*place))

    def ask_replacement(self) -> None:
        """Ask what stands in brackets in the place of what is selected."""
        place, opened = self._chosen_words(), self._desk.pane.open
        if place is not None and opened is not None:
            words = opened.text[slice(*place)]
            self._ask(f"What stands in brackets in the place of “{words}”?", *place, apart=True)

    def ask_insertion(self) -> None:
        """Ask which words are put in at the caret."""
        self._ask_at_caret("Which words are put in here, in brackets?", apart=True)

    def ask_part(self) -> None:
        """Ask which letters are put in as a part of the word at the caret."""
        self._ask_at_caret("Which letters are put into the word here, in brackets?", apart=False)

    def take_back(self) -> None:
        """Take the edit at the caret back; of the other language, print whole turns again."""
        row = self._quote_row
        if row is not None and self._desk.pane.beside is not None:
            self._desk.deeds.narrow(row.quote, None)
            return
        change, opened = self._desk.pane.words.change, self._opened
        if opened is None:
            return
        if change is None:
            self._refuse(NO_EDIT)
        else:
            self._keep([known for known in opened.changes if known != change])

    def take_all_back(self) -> None:
        """Print the quote as it was said."""
        opened = self._opened
        if opened is not None and opened.changes:
            self._keep([])

    def stretch(self) -> None:
        """Let the quote be what is selected, wherever that begins and ends."""
        row, words = self._quote_row, self._desk.pane.words
        if row is None:
            return
        place, beside = words.selected, self._desk.pane.beside
        if place is None:
            self._refuse(NOTHING_SELECTED)
        elif beside is not None:
            self._desk.deeds.narrow(row.quote, Passage(beside.document, *place))
        else:
            self._desk.deeds.stretch(row, place)

    def grow(self, side: Side) -> None:
        """Take in the turn before or behind."""
        self._reach(_GROWN[side], NO_MORE[side])

    def shrink(self, side: Side) -> None:
        """Leave out the first or the last turn."""
        self._reach(_SHRUNK[side], NO_LESS)

    # Internal

    @property
    def _row(self) -> DeskRow | None:
        return self._desk.lists.row

    def _attribute(self, row: QuotedRow, words: str) -> bool:
        return self._desk.deeds.describe(row.quote, stance=row.stance, attribution=words or None)

    @property
    def _quote_row(self) -> QuotedRow | None:
        """The row if it is a quote; else it is said what it needs."""
        row = self._row
        if row is None or isinstance(row, QuotedRow):
            return row
        self._desk.deeds.refuse_passage()
        return None

    @property
    def _opened(self) -> Open | None:
        """What lies open, if its words may be edited."""
        if self._quote_row is None:
            return None
        if self._desk.pane.beside is not None:
            self._refuse(NOT_BESIDE)
            return None
        return self._desk.pane.open

    def _chosen_words(self) -> Range | None:
        if self._opened is None:
            return None
        place = self._desk.pane.words.words_chosen()
        if place is None:
            self._refuse(NO_WORDS)
        return place

    def _ask_at_caret(self, question: str, *, apart: bool) -> None:
        opened = self._opened
        if opened is None:
            return
        at = self._desk.pane.words.chosen[0]
        if opened.place[0] <= at <= opened.place[1]:
            self._ask(question, at, at, apart=apart)
        else:
            self._refuse(NOT_INSIDE)

    def _ask(self, question: str, start: int, end: int, *, apart: bool) -> None:
        def keep(words: list[str]) -> bool:
            return self._add(Change(start, end, words[0], apart)) if words[0] else True

        self._desk.pane.asking.ask(question, [Blank("In brackets")], keep)

    def _add(self, change: Change) -> bool:
        """Add an edit, in place of those that it holds whole."""
        opened = self._desk.pane.open
        if opened is None:
            return False
        kept = [known for known in opened.changes if not _holds(change, known)]
        return self._keep([*kept, change])

    def _keep(self, changes: list[Change]) -> bool:
        row, opened = self._quote_row, self._desk.pane.open
        if row is None or opened is None:
            return False
        done = self._desk.deeds.edit(row.quote, opened.place[0], changes)
        if done:
            announce(self._desk.pane.words, "Done.")
        return done

    def _reach(self, reach: Reach, nothing: str) -> None:
        row, opened = self._quote_row, self._desk.pane.open
        if row is None or opened is None:
            return
        if self._desk.pane.beside is not None:
            self._refuse(NO_TURNS_BESIDE)
            return
        place = reach(opened.text, opened.turns, opened.place)
        if place is None:
            self._refuse(nothing)
        else:
            self._desk.deeds.stretch(row, place)

    def _refuse(self, sentence: str) -> None:
        self._desk.bridge.refused.emit(sentence)


def _holds(change: Change, other: Change) -> bool:
    """Whether all words of another edit are among those of one."""
    return change.start < change.end and change.start <= other.start and other.end <= change.end
