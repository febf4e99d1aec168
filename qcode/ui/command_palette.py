"""Two panels over the window: a palette in which every command is found by its letters, and the keys that there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from qcode.text.fuzzy import ranked
from qcode.ui.keys.keyed import KeyedAction, plain, shown_keys
from qcode.ui.overlay import Overlay
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the palette."""

    id: int
    part: str
    name: str
    key: str
    action: QAction


type Offers = Callable[[], Sequence[tuple[str, QAction]]]


class CommandPalette(Overlay):
    """Type some letters, Enter runs the command that is marked; arrow keys mark another."""

    def __init__(self, window: QWidget, offers: Offers) -> None:
        super().__init__(window)
        self._offers = offers
        self._known: list[Offer] = []
        self.setAccessibleName("Commands")
        self._line = _Line("Type what you want to do", self)
        self._line.textChanged.connect(self._on_typed)
        self._line.returnPressed.connect(self._on_enter)
        columns = (
            Column[Offer]("Command", lambda offer: offer.name, stretch=True),
            Column[Offer]("Part", lambda offer: offer.part, width=14 * SPACE),
            Column[Offer]("Key", lambda offer: offer.key, width=20 * SPACE),
        )
        self._table = RowTable(columns, self)
        self._table.setAccessibleName("Commands found")
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.horizontalHeader().hide()
        self._table.clicked.connect(lambda _index: self._on_enter())
        self._line.moves = self._table
        _stack(self, self._line, self._table)

    # Properties

    @property
    def line(self) -> QLineEdit:
        """Where one types."""
        return self._line

    # Methods

    def open_palette(self) -> None:
        """Show what can be done now."""
        enabled = [(part, action) for part, action in self._offers() if action.isEnabled() and action.isVisible()]
        self._known = [
            Offer(number, part, plain(action.text()), shown_keys(action), action)
            for number, (part, action) in enumerate(enabled)
        ]
        self._line.clear()
        self._on_typed("")
        self.open_over(self._line)

    def found(self) -> list[str]:
        """The names of the commands that are shown, the best first."""
        return [offer.name for offer in self._table.shown_rows()]

    # Private slots

    def _on_typed(self, typed: str) -> None:
        places = ranked(typed, [offer.name for offer in self._known])
        by_part = ranked(typed, [f"{offer.part} {offer.name}" for offer in self._known])
        order = list(dict.fromkeys([*places, *by_part])) if typed.strip() else range(len(self._known))
        rows = [self._known[place] for place in order]
        self._table.set_rows(rows)
        self._table.scrollToTop()
        if rows:
            self._table.select_row(rows[0].id)

    def _on_enter(self) -> None:
        offer: Offer | None = self._table.current_row()
        if offer is not None:
            self.close_panel()
            offer.action.trigger()


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key and what it does where."""

    id: int
    keys: str
    name: str
    part: str


class KeysPanel(Overlay):
    """The keys of this room, then those of the window, by the part of the program to which they belong."""

    size_wanted: ClassVar[tuple[int, int]] = (96 * SPACE, 70 * SPACE)

    def __init__(self, window: QWidget, offers: Offers, change: Callable[[], object]) -> None:
        super().__init__(window)
        self._offers = offers
        self.setAccessibleName("Keys")
        self.change = QPushButton("Change keys…", self)
        self.change.clicked.connect(change)
        self._title = label("Keys", "heading")
        self._line = _Line("Filter", self)
        columns = (
            Column[KeyRow]("Where", lambda row: row.part, width=18 * SPACE),
            Column[KeyRow]("What it does", lambda row: row.name, stretch=True),
            Column[KeyRow]("Key", lambda row: row.keys, width=25 * SPACE),
        )
        self._table = RowTable(columns, self)
        self._table.setAccessibleName("Keys")
        self._line.moves = self._table
        self._line.textChanged.connect(self._table.filter)
        _stack(self, self._title, self._line, self._table, self.change)

    # Methods

    def open_keys(self, title: str, beside: Sequence[tuple[str, str]] = ()) -> None:
        """Show the keys under a heading that names the room, with those `beside` that belong to no action."""
        self._title.setText(title)
        self._line.clear()
        offers = self._offers()
        rows = [
            KeyRow(number, keys, plain(action.text()), _part(part, action))
            for number, (part, action) in enumerate(offers)
            if (keys := shown_keys(action))
        ]
        where = rows[0].part if rows else ""
        rows += [KeyRow(len(offers) + number, keys, name, where) for number, (keys, name) in enumerate(beside)]
        parts = list(dict.fromkeys(row.part for row in rows))
        self._table.set_rows(sorted(rows, key=lambda row: parts.index(row.part)))
        self.open_over(self._line)

    def rows(self) -> list[KeyRow]:
        """What is shown."""
        return self._table.shown_rows()


class _Line(QLineEdit):
    """A line from which the arrow keys move in a table."""

    def __init__(self, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.moves: RowTable | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys belong to the table, letters to the line."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.key() in keys and self.moves is not None:
            self.moves.keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _part(told: str, action: QAction) -> str:
    return action.part if isinstance(action, KeyedAction) and action.part else told


def _stack(panel: Overlay, *parts: QObject) -> None:
    column = QVBoxLayout(panel)
    column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
    column.setSpacing(SPACE)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
