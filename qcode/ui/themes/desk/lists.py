"""The three lists of a theme: passages that could be quoted, those shortlisted, and those chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import QuoteId
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.desk.rows import LISTED, TITLES, DeskRow, Listed, said
from qcode.ui.wrapped_list import Said, WrappedList

type Index = QModelIndex | QPersistentModelIndex

READING = "Looking for passages that could be quoted…"
CANDIDATES_NOTE = "Ranked by what speaks for them; the choice is yours."


class QuoteList(WrappedList):
    """Rows of one of the three lists."""

    cursorMoved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.shown: Listed = "candidates"
        self._filling = False
        super().__init__(self._say, self.key_of, parent)

    # Methods

    def key_of(self, row: DeskRow) -> object:
        """What a row is known by: a candidate by its place, since it stays in its list when it becomes a quote."""
        return row.place if self.shown == "candidates" or row.quote is None else row.quote

    def set_rows(self, rows: Sequence[DeskRow]) -> None:
        """Show these rows; where the row with the cursor is gone, the one that took its place has it."""
        at, down = self.currentIndex().row(), self.verticalScrollBar().value()
        gone = self.row is None or self.key_of(self.row) not in {self.key_of(row) for row in rows}
        self._filling = True
        super().set_rows(rows)
        if gone and rows and at > 0:
            self.setCurrentIndex(self.model().index(min(at, len(rows) - 1), 0))
            self.verticalScrollBar().setValue(down)
        self._filling = False

    def forget_cursor(self) -> None:
        """Begin at the first row when other rows are shown."""
        self.set_rows([])

    def put_cursor(self, quote: QuoteId) -> None:
        """Put the cursor on a quote, if it is in the list."""
        place = next((number for number, row in enumerate(self.rows) if row.quote == quote), None)
        if place is not None:
            index = self.model().index(place, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    # Events

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another row has the cursor."""
        super().currentChanged(current, previous)
        if not self._filling:
            self.cursorMoved.emit()

    # Internal

    def _say(self, row: DeskRow) -> Said:
        return said(row, reasons=self.shown == "candidates")


class ListsPane(QFrame):
    """One of the lists at a time, with what is chosen between and what can be done with a row."""

    listChosen = Signal()
    rowChanged = Signal()
    helped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.title = label("", "heading")
        self.list = QuoteList()
        self.tabs = {listed: QToolButton() for listed in LISTED}
        self.hide_used = QCheckBox("Hide those used")
        self.note = label(CANDIDATES_NOTE, "small", "quiet")
        self.empty = EmptyState("", "")
        self.pages = QStackedWidget()
        self.shortlist, self.choose, self.more = QPushButton("Shortlist"), QPushButton("Choose"), QPushButton("More…")
        self._lay_out()
        self.list.cursorMoved.connect(self.rowChanged)
        self.empty.pressed.connect(self.helped)

    # Properties

    @property
    def shown(self) -> Listed:
        """Which list is shown."""
        return self.list.shown

    @property
    def row(self) -> DeskRow | None:
        """The row with the cursor."""
        return self.list.row if self.pages.currentWidget() is self.list else None

    # Methods

    def show_list(self, listed: Listed) -> None:
        """Show another of the lists."""
        self.tabs[listed].setChecked(True)

    def step(self, by: int) -> None:
        """Show the list beside the one that is shown, if there is one."""
        at = LISTED.index(self.shown) + by
        if 0 <= at < len(LISTED):
            self.show_list(LISTED[at])

    def turn_to(self, listed: Listed) -> None:
        """Be another of the lists without a word: its rows come with the next reading, and the cursor stays."""
        with QSignalBlocker(self.tabs[listed]):
            self.tabs[listed].setChecked(True)
        self.list.shown = listed

    def show_rows(self, rows: Sequence[DeskRow], counts: Mapping[Listed, int], nothing: tuple[str, str]) -> None:
        """Show these rows, how many each list has, and in place of no rows a sentence with its button.

        Without a sentence rows are on their way.
        """
        for listed, button in self.tabs.items():
            number = counts[listed]
            button.setText(f"{TITLES[listed]} {number:,}" if number else TITLES[listed])
        focused = self.list.hasFocus() or self.empty.button.hasFocus()
        self.list.set_rows(rows)
        self.list.setAccessibleName(TITLES[self.shown])
        self.empty.say(nothing[0])
        self.empty.button.setText(nothing[1])
        self.empty.button.setVisible(bool(nothing[1]))
        shown = self.list if rows or not nothing[0] else self.empty
        self.pages.setCurrentWidget(shown)
        self.setFocusProxy(shown if shown is self.list else self.empty.button)
        self.note.setText(CANDIDATES_NOTE if rows else READING)
        self.note.setVisible(shown is self.list and self.shown == "candidates")
        if focused:
            self.take_focus()
        self.rowChanged.emit()

    def offer_deeds(self) -> None:
        """Offer what can be done to the row with the cursor."""
        row = self.row
        chosen = self.shown == "chosen"
        self.shortlist.setText("Put back" if chosen else "Shortlist")
        self.shortlist.setEnabled(row is not None and (chosen or row.quote is None))
        self.choose.setEnabled(row is not None and row.status != "chosen")
        self.more.setEnabled(row is not None)

    def take_focus(self) -> None:
        """Take the focus where there is something: a row, or the button that helps; else the choice of lists."""
        shown = self.list if self.pages.currentWidget() is self.list else self.empty.button
        target = shown if not shown.isHidden() else self.tabs[self.shown]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, actions: Sequence[QAction]) -> None:
        """What More… offers."""
        menu = QMenu(self.more)
        menu.addActions(list(actions))
        self.more.clicked.connect(lambda: menu.exec(self.more.mapToGlobal(self.more.rect().topLeft())))
        self.list.addActions([action for action in actions if action not in self.list.actions()])

    # Private slots

    def _on_tab(self, listed: Listed) -> None:
        if listed != self.shown:
            self.list.shown = listed
            self.listChosen.emit()

    # Internal

    def _lay_out(self) -> None:
        group, tabs = QButtonGroup(self), QHBoxLayout()
        tabs.setSpacing(SPACE // 2)
        for listed, button in self.tabs.items():
            button.setText(TITLES[listed])
            button.setProperty("kind", "tab")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.toggled.connect(lambda checked, listed=listed: self._on_tab(listed) if checked else None)
            group.addButton(button)
            tabs.addWidget(button)
        tabs.addStretch()
        self.tabs["candidates"].setChecked(True)
        self.note.setWordWrap(True)
        self.title.setWordWrap(True)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        for deed in (self.shortlist, self.choose, self.more):
            deed.setProperty("kind", "quiet")
            foot.addWidget(deed)
        self.more.setAccessibleName("More to do with the quote")
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, SPACE)
        column.setSpacing(SPACE // 2)
        for part in (self.title, tabs, self.note, self.hide_used):
            self._add(column, part)
        column.addWidget(self.pages, 1)
        self._add(column, foot)

    def _add(self, column: QVBoxLayout, part: QWidget | QHBoxLayout) -> None:
        """A part set in from the edges, where the list's own words begin."""
        line = QHBoxLayout()
        line.setContentsMargins(1 * SPACE + SPACE // 2, 0, SPACE, 0)
        line.addLayout(part) if isinstance(part, QHBoxLayout) else line.addWidget(part)
        column.addLayout(line)
