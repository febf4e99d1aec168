"""A panel over the window in which one of many things is chosen by its letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qcode.text.fuzzy import ranked
from qcode.ui.overlay import Overlay
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing to choose: what it is known by and called, and something small about it."""

    id: str
    name: str
    note: str = ""
    depth: int = 0


type Chosen = Callable[[Choice, bool], object]


class Chooser(Overlay):
    """Enter takes the thing that is marked, Shift+Enter takes it in the other way that the hint names, Esc leaves."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._known: Sequence[Choice] = ()
        self._chosen: Chosen | None = None
        self._question = label("", "heading")
        self._hint = label("", "small", "quiet")
        self.line = _Line(self)
        self.line.setPlaceholderText("Type some letters")
        columns = (
            Column[Choice]("Name", lambda choice: choice.name, _indented, stretch=True),
            Column[Choice]("About", lambda choice: choice.note or None, width=26 * SPACE),
        )
        self.table = RowTable(columns, self)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.horizontalHeader().hide()
        self.table.clicked.connect(lambda _index: self.take(other=False))
        self.line.textChanged.connect(self._on_typed)
        self.line.chooser = self
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for part in (self._question, self.line, self.table, self._hint):
            column.addWidget(part)

    # Methods

    def ask(self, question: str, choices: Sequence[Choice], chosen: Chosen, hint: str) -> None:
        """Ask; `chosen` is told which it is, and whether it is taken the other way."""
        self._known, self._chosen = choices, chosen
        self._question.setText(question)
        self._hint.setText(hint)
        self.setAccessibleName(question)
        self.line.setAccessibleName(question)
        self.line.clear()
        self._on_typed("")
        self.open_over(self.line)

    def take(self, *, other: bool) -> None:
        """Take the thing that is marked."""
        choice, chosen = self.table.current_row(), self._chosen
        if choice is not None and chosen is not None:
            self.close_panel()
            chosen(choice, other)

    # Private slots

    def _on_typed(self, typed: str) -> None:
        places = ranked(typed, [choice.name for choice in self._known]) if typed.strip() else range(len(self._known))
        rows = [self._known[place] for place in places]
        self.table.set_rows(rows)
        self.table.scrollToTop()
        if rows:
            self.table.select_row(rows[0].id)


class _Line(QLineEdit):
    """A line from which the list below is moved through."""

    chooser: Chooser | None = None

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move in the list, Enter takes, Esc is left to the panel."""
        if self.chooser is None or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in _MOVES:
            self.chooser.table.keyPressEvent(event)
        elif event.key() in _ENTER:
            self.chooser.take(other=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)


def _indented(choice: Choice) -> str:
    return "\u2003" * choice.depth + choice.name
