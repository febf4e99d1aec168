"""One quote: its words to edit, how it will be printed, what to look at, and where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.queries.quotes.rows import QuoteUseRow
from qcode.text.ranges import Range
from qcode.text.values import Turn
from qcode.ui.keys.hints import KeyHint, Piece
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.desk.asking import AskingBar
from qcode.ui.themes.desk.pieces import Change
from qcode.ui.themes.desk.printed import NOT_PRINTED, PrintedView, Shown
from qcode.ui.themes.desk.uses import UsesLine
from qcode.ui.themes.desk.words import WordsField

type Choices = Sequence[tuple[str, str]]

BESIDE = "{}: Q takes what is selected, T whole turns, O goes back."
NOTHING = "Choose a passage or a quote in the list: its words are read and edited here."


@dataclass(frozen=True, slots=True)
class Beside:
    """What the other language says where a quote stands: `place` is printed of that document's text."""

    document: DocumentId
    name: str
    text: str
    turns: tuple[Turn, ...]
    place: Range


@dataclass(frozen=True, slots=True)
class Open:
    """The quote that lies open, or the passage that is none yet; `flags` are sentences on what to look at."""

    key: object
    source: str
    text: str
    turns: tuple[Turn, ...]
    place: Range
    changes: tuple[Change, ...] = ()
    shown: Shown = NOT_PRINTED
    flags: tuple[str, ...] = ()
    uses: tuple[QuoteUseRow, ...] = ()
    beside: Beside | None = None
    language: str = "original"
    is_quote: bool = False


class QuotePane(QFrame):
    """Shows what lies open. `languageChosen` and `ellipsisChosen` carry what was chosen."""

    languageChosen = Signal(str)
    ellipsisChosen = Signal(str)

    def __init__(self, styles: Choices, languages: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._open: Open | None = None
        self._reads_beside = False
        self.source = label("", "body")
        self.words = WordsField()
        self.asking = AskingBar()
        self.printed = PrintedView()
        self.ellipsis = _choice(styles, "House style of what is left out")
        self.language = _choice(languages, "Language that is printed")
        self.behind, self.why = label(), label("", "small", "quiet")
        self.flags, self.uses = label("", "small", "warning"), UsesLine()
        self.ellipsis.activated.connect(lambda _at: self.ellipsisChosen.emit(self.ellipsis.currentData()))
        self.language.activated.connect(lambda _at: self.languageChosen.emit(self.language.currentData()))
        self._lay_out()
        self.show_nothing()

    # Properties

    @property
    def open(self) -> Open | None:
        """What lies open."""
        return self._open

    @property
    def beside(self) -> Beside | None:
        """What the other language says, while that is read in place of the quote's own words."""
        return self._open.beside if self._open is not None and self._reads_beside else None

    @property
    def house_style(self) -> str:
        """The house style that is shown."""
        return self.ellipsis.currentData() or ""

    # Methods

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        self._open = None
        self.asking.close_bar()
        self.source.setText(NOTHING)
        self.words.clear_words()
        self._lower.hide()
        self.words.hide()
        self._hint_box.hide()

    def show_quote(self, opened: Open) -> None:
        """Show this; what is asked about another quote is asked no longer."""
        if self._open is None or self._open.key != opened.key:
            self.asking.close_bar()
            self._reads_beside = False
        self._open = opened
        for part in (self.words, self._lower, self._hint_box):
            part.show()
        self._show_words(opened)
        self.printed.show_quote(opened.shown)
        self.behind.setText(f"({opened.shown.attribution})")
        self.behind.setVisible(bool(opened.shown.attribution))
        self.why.setText("\n".join(opened.shown.why))
        self.why.setVisible(bool(opened.shown.why))
        self.flags.setText("\n".join(opened.flags))
        self.flags.setVisible(bool(opened.flags))
        self.uses.setVisible(opened.is_quote)
        self.uses.show_uses(opened.uses)
        self.language.setVisible(opened.beside is not None)
        self._choose(self.language, opened.language)

    def read_beside(self, *, beside: bool) -> None:
        """Read what the other language says, or the quote's own words again."""
        self._reads_beside = beside
        if self._open is not None:
            self._show_words(self._open)

    def show_style(self, ellipsis: str) -> None:
        """Show the house style."""
        self._choose(self.ellipsis, ellipsis)

    def tell_keys(self, *rows: Sequence[Piece]) -> None:
        """Name the keys under the words, a line for each row."""
        for pieces in rows:
            hint = KeyHint(*pieces)
            hint.setWordWrap(True)
            self.hints.addWidget(hint)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.words.update_theme()
        self.printed.update_theme()

    # Internal

    def _show_words(self, opened: Open) -> None:
        beside = self.beside
        if beside is None:
            self.source.setText(opened.source)
            self.words.show_words(opened.key, opened.text, opened.turns, opened.place, opened.changes)
        else:
            self.source.setText(BESIDE.format(beside.name))
            self.words.show_words(beside.document, beside.text, beside.turns, beside.place, ())

    def _choose(self, box: QComboBox, value: str) -> None:
        with QSignalBlocker(box):
            at = box.findData(value)
            if at < 0 and value:
                box.addItem(value, value)
                at = box.count() - 1
            box.setCurrentIndex(at)

    def _lay_out(self) -> None:
        self.source.setWordWrap(True)
        self.source.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        for words in (self.behind, self.why, self.flags):
            words.setWordWrap(True)
        self.behind.setAccessibleName("Attribution")
        self._lower = self._below()
        self.panes = QSplitter(Qt.Orientation.Vertical)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self._above())
        self.panes.addWidget(self._lower)
        self.panes.setSizes([45 * SPACE, 45 * SPACE])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panes)

    def _above(self) -> QWidget:
        self._hint_box = QWidget()
        self.hints = QVBoxLayout(self._hint_box)
        self.hints.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE)
        self.hints.setSpacing(0)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.source)
        column.addWidget(self.words, 1)
        column.addWidget(self.asking)
        column.addWidget(self._hint_box)
        column.addStretch()
        return above

    def _below(self) -> QWidget:
        below = QWidget()
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(label("As it will be printed", "small", "quiet"), 1)
        for part in (self.language, self.ellipsis):
            head.addWidget(part)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, SPACE // 2, 0, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(_set_in(head))
        column.addWidget(self.printed, 1)
        for below_it in (self.behind, self.why, self.flags, self.uses):
            line = QHBoxLayout()
            line.addWidget(below_it)
            column.addLayout(_set_in(line))
        return below


def _set_in(line: QHBoxLayout) -> QHBoxLayout:
    """Where the words of the fields begin."""
    line.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
    return line


def _choice(choices: Choices, name: str) -> QComboBox:
    box = QComboBox()
    for title, value in choices:
        box.addItem(title, value)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box
