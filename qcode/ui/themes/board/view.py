"""The view of the board: columns of cards, rearranged by keys and by dragging."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qcode.analysis.corpus import Corpus
from qcode.ids import QuoteId, ThemeId
from qcode.operations import quotes as quote_operations
from qcode.operations.lookup import TextTooLongError
from qcode.operations.memos import Target
from qcode.operations.passages import Passage
from qcode.queries.themes.outline import ThemeRow
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.theme import SPACE
from qcode.ui.themes import carrying
from qcode.ui.themes.behind import behind_codes, behind_passages, behind_theme
from qcode.ui.themes.board import moving
from qcode.ui.themes.board.actions import board_actions
from qcode.ui.themes.board.card_list import CardList
from qcode.ui.themes.board.cards import Board, BoardColumn, Card, board, passage_of, with_draft
from qcode.ui.themes.deeds import Deeds
from qcode.ui.themes.view import Counting, ThemesView

_WIDTH = 33 * SPACE


class BoardView(ThemesView):
    """A column for each theme, with cards for its codes, quotes, negative cases, memos and sub-themes."""

    kinds: ClassVar[tuple[str, ...]] = (
        "theme", "theme_code", "quote", "code", "coding", "document", "revision", "participant", "speaker", "study",
        "assignment", "round", "decision", "memo", "memo_link", "attribution_policy", "attribution_exception",
        "attribute", "attribute_level", "attribute_value", "site",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(bridge, counting, parent)
        self._deeds = Deeds(bridge)
        self._board = Board((), ())
        self._counted: Corpus | None = None
        self._at = 0
        self._carried: Card | None = None
        self._reveal: tuple[str, str, str] | None = None
        self._wanted: QuoteId | None = None
        self._followed: tuple[Card, set[tuple[str, str, str]]] | None = None
        self._draft: tuple[ThemeId | None] | None = None
        self._again: str | None = None
        self.lists: list[CardList] = []
        self._inside, self._area = QFrame(), QScrollArea()
        self._row = QHBoxLayout(self._inside)
        self._lay_out()
        self._actions = board_actions(self)

    # Properties

    @property
    def card(self) -> Card | None:
        """The card with the cursor."""
        return self.lists[self._at].card if self._at < len(self.lists) else None

    @property
    def theme(self) -> ThemeId | None:
        """The theme of the card with the cursor."""
        return self.card.theme if self.card else None

    @property
    def writing(self) -> bool:
        """Whether the field of a card is open."""
        return any(one.writing for one in self.lists)

    # Methods

    def refresh(self) -> None:
        """Read the board again; while one writes, that waits."""
        if self.writing:
            self._stale = True
        else:
            self.read(board, self._on_read)

    def view_actions(self) -> list[QAction]:
        """What can be done here."""
        return self._actions

    def reveal_theme(self, theme: ThemeId) -> None:
        """Put the cursor on a theme."""
        self._put_cursor(("theme", theme, ""))

    def reveal_quote(self, quote: QuoteId) -> None:
        """Put the cursor on a quote."""
        cards = (card for column in self._board.columns for card in column.cards)
        found = next((card.key for card in cards if card.kind == "quote" and card.what == quote), None)
        self._wanted = quote if found is None else None  # one that was just picked is read in a moment
        if found is not None:
            self._put_cursor(found)

    def keep_writing(self) -> None:
        """Keep what is half written."""
        for one in self.lists:
            one.keep_writing()

    def things(self) -> Sequence[Target]:
        """The passage, code and theme of the card with the cursor."""
        card = self.card
        if card is None:
            return ()
        found = [Target.at(passage)] if (passage := passage_of(card)) else []
        found += [Target("code", card.code)] if card.code else []
        return [*found, Target("theme", card.theme)] if card.theme else found

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        for one in self.lists:
            one.viewport().update()

    def begin_theme(self, *, below: bool) -> bool:
        """Let the name of a theme to come be written: in a column of its own, or in that of the chosen theme."""
        parent = self.theme if below else None
        self._draft = (parent,)
        self._show(self._board)
        column = next(number for number, one in enumerate(self._columns) if any(c.kind == "draft" for c in one.cards))
        self._go(column)
        if self.lists[column].put_cursor(("draft", parent or "", "")):
            self._scroll_to(column)
            self.lists[column].write()
        return True

    def write_name(self) -> None:
        """Write the name of the theme with the cursor."""
        card = self.card
        if card is not None and card.theme is not None:
            self._put_cursor(("theme", card.theme, ""))
            self.lists[self._at].write()

    def write_concept(self) -> None:
        """Write the central concept of the theme with the cursor."""
        row = self._theme_row()
        if row is not None:
            self._put_cursor(("theme", row.id, ""))
            self.lists[self._at].write(concept=row.concept)

    def move_card(self, way: moving.Way) -> None:
        """Move the card with the cursor; the cursor goes along."""
        card = self.card
        if card is not None:
            self._followed = card, {one.key for column in self._board.columns for one in column.cards}
            moving.move(self._deeds, self._board, self._at, card, way)

    def remove(self) -> None:
        """Take away what the cursor is on: a theme, a quote, or a code of a theme."""
        card = self.card
        if card is None or card.theme is None:
            return
        if card.kind == "theme":
            self._deeds.delete(card.theme)
        elif card.quote is not None:
            self._deeds.drop(card.quote.id)
        elif card.code is not None:
            self._deeds.release(card.theme, card.code)

    def turn(self) -> None:
        """Let a quote dissent or support; pick a negative case as a dissenting quote."""
        card = self.card
        if card is not None and card.quote is not None:
            self._deeds.turn(card.quote)
        elif card is not None and card.case is not None:
            case, study = card.case, self.bridge.study
            passage = Passage(case.document, case.start, case.end)
            self.bridge.attempt(
                lambda: quote_operations.pick_quote(study, case.theme, passage=passage, stance="dissents")
            )

    def title(self) -> None:
        """Name the theme in the words of the quote with the cursor."""
        quote = self.card.quote if self.card else None
        if quote is None:
            self.bridge.refused.emit("Choose a quote of the theme first: its words become the theme's name.")
        else:
            self.bridge.attempt(lambda: quote_operations.title_in_vivo(self.bridge.study, quote.id))

    def open_place(self) -> None:
        """Ask for the place of the quote or negative case with the cursor."""
        passage = passage_of(self.card) if self.card else None
        if passage is not None:
            self.requestPlace.emit(Place(passage.document, passage.start, passage.end))

    def show_passages(self) -> None:
        """Ask for the passages of the code, case or theme with the cursor."""
        card, row = self.card, self._theme_row()
        if card is None or self._counted is None:
            return
        if card.code is not None:
            behind_codes(self._counted, card.text, {card.code}).lead(self)
        elif card.case is not None:
            behind_passages("Negative case", card.case.marks).lead(self)
        elif row is not None:
            behind_theme(self._counted, row.name, row.id).lead(self)

    def show_memos(self) -> None:
        """Ask for the memos on the theme, or the code, with the cursor."""
        card, row = self.card, self._theme_row()
        if card is not None and card.code is not None and card.kind == "code":
            self.requestMemos.emit(card.text, "code", card.code)
        elif row is not None:
            self.requestMemos.emit(row.name, "theme", row.id)

    def receive(self, load: carrying.Load, parts: list[str], target: Card | None) -> None:
        """Do what dropping a load on a card means."""
        carried, self._carried = self._carried, None
        if target is not None and moving.drop(self._deeds, self._board, load, parts, target, carried):
            self.passageDropped.emit(target.theme, parts)

    # Private slots

    def _on_read(self, found: Board, counted: Corpus) -> None:
        if self.writing:
            self._stale = True
            return
        self._board, self._counted = found, counted
        self._show(found)
        if self._followed is not None:
            followed, self._followed = self._followed, None
            self._follow(*followed)
        if self._wanted is not None:
            self.reveal_quote(self._wanted)
            self._wanted = None
        if self._reveal is not None:
            key, self._reveal = self._reveal, None
            self._put_cursor(key)

    def _on_step(self, column: int, by: int) -> None:
        wanted = column + by
        if 0 <= wanted < len(self.lists):
            height = self.lists[column].height_of_cursor
            self._go(wanted)
            self.lists[wanted].put_cursor_near(height)
            self._scroll_to(wanted)

    def _on_chosen(self, column: int) -> None:
        """The cursor is on one card of the board."""
        self._at = column
        for number, one in enumerate(self.lists):
            if number != column:
                one.clear_cursor()
        self.themeChosen.emit(self.theme)

    def _on_activated(self, card: Card) -> None:
        if card.kind == "theme":
            self.write_name()
        elif card.kind == "memo":
            self.show_memos()
        elif card.kind == "code":
            self.show_passages()
        else:
            self.open_place()

    def _on_written(self, card: Card, said: str, concept: bool) -> None:
        refused = False
        if card.kind == "draft":
            made = self._deeds.add(said, card.theme) if said.strip() else None
            self._reveal = ("theme", made, "") if made else None
            refused = made is None and bool(said.strip())
        elif card.theme is not None and concept:
            refused = self._deeds.describe(card.theme, concept=said)
        elif card.theme is not None:
            refused = self._deeds.describe(card.theme, name=said)
        self._again = said if refused else None

    def _on_ended(self) -> None:
        """Open the field again if its words were refused; else show what came meanwhile."""
        if self.writing:
            return
        again, self._again = self._again, None
        if again is not None and not self._stale and self.lists[self._at].hasFocus():
            self.lists[self._at].write_again(again)
            return
        had_draft, self._draft = self._draft is not None, None
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()
        elif had_draft:
            self._show(self._board)

    def _on_carried(self, card: Card | None) -> None:
        if card is not None:
            self._carried = card

    # Internal

    @property
    def _columns(self) -> Sequence[BoardColumn]:
        """The columns with the theme to come, if one is being named."""
        columns = self._board.columns
        return columns if self._draft is None else with_draft(columns, self._draft[0])

    def _theme_row(self) -> ThemeRow | None:
        return next((row for row in self._board.rows if row.id == self.theme), None)

    def _show(self, _board: Board) -> None:
        columns, added = self._columns, len(self._columns) > len(self.lists)
        while len(self.lists) < len(columns):
            self._add_list()
        for gone in self.lists[len(columns) :]:
            self._row.removeWidget(gone)
            gone.deleteLater()
        del self.lists[len(columns) :]
        if added:
            self.rearranged.emit()
        for one, column in zip(self.lists, columns, strict=True):
            one.show_cards(column.name, column.cards)
        self._at = min(self._at, max(len(self.lists) - 1, 0))
        if self.lists and self.card is None:
            self.lists[self._at].put_cursor_near(0)

    def _add_list(self) -> None:
        number = len(self.lists)
        one = CardList(self._inside)
        one.setFixedWidth(_WIDTH)
        for action in self._actions:
            one.addAction(action)
        one.stepped.connect(partial(self._on_step, number))
        one.chosen.connect(partial(self._on_chosen, number))
        one.activated_card.connect(self._on_activated)
        one.written.connect(self._on_written)
        one.writingEnded.connect(self._on_ended)
        one.tooLong.connect(lambda: self.bridge.refused.emit(str(TextTooLongError("central concept"))))
        one.refused.connect(self.bridge.refused)
        one.carried.connect(self._on_carried)
        one.dropped.connect(self.receive)
        self.lists.append(one)
        self._row.insertWidget(number, one)
        if number == 0:
            self.setFocusProxy(one)

    def _go(self, column: int) -> None:
        """Put the focus into a column, if the board has it."""
        if self.isAncestorOf(QApplication.focusWidget() or self) or QApplication.focusWidget() is None:
            self.lists[column].setFocus(Qt.FocusReason.OtherFocusReason)
        self._at = column

    def _put_cursor(self, key: tuple[str, str, str]) -> None:
        """Put the cursor on a card; on one that is still to come once it is read."""
        for number, one in enumerate(self.lists):
            if any(card.key == key for card in one.cards):
                self._go(number)
                one.put_cursor(key)
                self._scroll_to(number)
                return
        self._reveal = key

    def _follow(self, card: Card, before: set[tuple[str, str, str]]) -> None:
        """Put the cursor on a card that was moved, wherever it is now."""
        same = [one for column in self._board.columns for one in column.cards if (one.kind, one.what) == card.key[::2]]
        if card.kind == "theme":
            same = [one for one in same if one.theme == card.theme]
        new = [one for one in same if one.key not in before]
        if found := next(iter([*new, *same]), None):
            self._put_cursor(found.key)

    def _scroll_to(self, column: int) -> None:
        self._area.ensureWidgetVisible(self.lists[column], SPACE, 0)

    def _lay_out(self) -> None:
        self._row.setContentsMargins(SPACE, 0, SPACE, SPACE)
        self._row.setSpacing(SPACE)
        self._row.addStretch()
        self._area.setWidget(self._inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside.setProperty("surface", "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.setAccessibleName("Board of themes")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # keys work on its empty ground too; Tab goes to the columns
