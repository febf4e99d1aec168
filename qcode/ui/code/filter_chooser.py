"""The panel in which one chooses by letters what the text shows: codes, sets, coders and rounds, several at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qcode.text.fuzzy import ranked
from qcode.ui.code.filtering import Chosen
from qcode.ui.code.lines import Line, LineList
from qcode.ui.overlay import Overlay
from qcode.ui.theme import SPACE, label

_STEPS = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1, Qt.Key.Key_PageUp.value: -8, Qt.Key.Key_PageDown.value: 8}
_ENTER = (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value)
_HINT = "Enter show only this, or no longer · Shift+Enter and choose more · Esc leave"
_CHOSEN = "✓ shown"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to filter by; `path` is looked through for what is typed, `about` stands quietly beside it."""

    chosen: Chosen
    path: str
    about: str


class FilterChooser(Overlay):
    """Enter shows a thing or no longer, Shift+Enter does so and stays, Esc leaves."""

    turned = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._offers: Sequence[Offer] = ()
        self._found: Sequence[Offer] = ()
        self._taken: Collection[str] = ()
        self.line = _Line(self)
        self.list = LineList("What the text can show", self)
        self._nothing = label("Nothing has this name.", tone="quiet")
        self.setAccessibleName("Show only")
        self.line.setPlaceholderText("Type some letters of a code, set, coder or round")
        self.line.setAccessibleName("Show only these codes, sets, coders or rounds")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.textChanged.connect(self._on_typed)
        self.list.lineActivated.connect(lambda key: self._turn(key, stay=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label("Show only", "heading"))
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing)
        column.addWidget(
            label("Enter choose, or no longer · Shift+Enter and choose more · Esc leave", "small", "quiet")
        )

    # Methods

    def ask(self, offers: Sequence[Offer], taken: Collection[str]) -> None:
        """Offer what can be filtered by; those taken already come first."""
        self._take(sorted(offers, key=lambda offer: offer.chosen.key not in taken), taken)
        self.line.clear()
        self._on_typed("")
        self.open_over(self.line)

    def update_taken(self, taken: Collection[str]) -> None:
        """Mark anew what is taken; nothing changes its place under the hand."""
        self._take(self._offers, taken)
        self.list.set_lines([self._line(offer) for offer in self._found])
        self._describe()

    def press(self, key: int, *, shift: bool) -> bool:
        """Do what a key pressed in the line asks for; says whether it was one of ours."""
        if key in _STEPS:
            self._move(_STEPS[key])
        elif key in _ENTER and self.list.current_key is not None:
            self._turn(self.list.current_key, stay=shift)
        else:
            return key in _ENTER
        return True

    # Private slots

    def _on_typed(self, typed: str) -> None:
        names = [offer.path for offer in self._offers]
        places = ranked(typed, names) if typed.strip() else range(len(self._offers))
        self._found = [self._offers[place] for place in places]
        self.list.set_lines([self._line(offer) for offer in self._found])
        self._nothing.setVisible(not self._found)
        if self._found:
            self.list.set_current(self._found[0].chosen.key)
            self.list.scrollToTop()
        self._describe()

    # Internal

    def _take(self, offers: Sequence[Offer], taken: Collection[str]) -> None:
        self._offers, self._taken = offers, frozenset(taken)

    def _line(self, offer: Offer) -> Line:
        chosen = offer.chosen
        right = _CHOSEN if chosen.key in self._taken else offer.about
        return Line(chosen.key, chosen.name, right=right, slot=chosen.slot)

    def _move(self, step: int) -> None:
        if self._found:
            at = next((n for n, offer in enumerate(self._found) if offer.chosen.key == self.list.current_key), 0)
            self.list.set_current(self._found[min(max(at + step, 0), len(self._found) - 1)].chosen.key)
            self._describe()

    def _turn(self, key: str, *, stay: bool) -> None:
        offer = next((offer for offer in self._found if offer.chosen.key == key), None)
        if offer is None:
            return
        if not stay:
            self.close_panel()
        self.turned.emit(offer.chosen)

    def _describe(self) -> None:
        """Let a screen reader say the entry that Enter takes, as the focus stays in the line."""
        line = next((line for line in self.list.lines if line.key == self.list.current_key), None)
        self.line.setAccessibleDescription(line.words if line else self._nothing.text())


class _Line(QLineEdit):
    """A line from which the list below is moved through."""

    def __init__(self, chooser: FilterChooser) -> None:
        super().__init__(chooser)
        self._chooser = chooser

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down and Enter are the list's, Esc the panel's."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif not self._chooser.press(event.key(), shift=shift):
            super().keyPressEvent(event)
