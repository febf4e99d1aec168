"""Why coders differed: five reasons to choose from with arrows or a first letter, then Enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from qcode.reconciliation import REASONS, Reason
from qcode.ui.announcing import announce
from qcode.ui.code.codebook.definition_fields import GrowingField
from qcode.ui.code.colours import paint_focus
from qcode.ui.flow import FlowLayout
from qcode.ui.keys import KeyedAction, make_action
from qcode.ui.keys.field import pressed_key
from qcode.ui.theme import SPACE

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_DRAFT = "Choose what is kept first; then its reason can be chosen."


class ReasonKeys(QWidget):
    """The place of the keys that hold while a reason is chosen; it is never seen, and elsewhere they are refused."""

    def __init__(self, owner: QWidget, refuse: Callable[[], object]) -> None:
        super().__init__(owner)
        self.hide()
        deeds = (
            *((reason, f"Reason: {reason}", reason[0].upper()) for reason in REASONS),
            ("next", "Reason: the next one", "Right"),
            ("back", "Reason: the one before", "Left"),
            ("confirm", "Confirm the decision and go on", "Return", "Enter"),
            ("leave", "Leave the decision as it was", "Esc"),
        )
        self._by_name = {
            name: make_action(self, words, refuse, *first, key=f"case.{_slug(name)}", by_widget=True)
            for name, words, *first in deeds
        }

    # Properties

    @property
    def key_actions(self) -> list[QAction]:
        """What can be done while a reason is chosen."""
        return list(self._by_name.values())

    def action(self, name: str) -> QAction:
        """One of them, such as "confirm"."""
        return self._by_name[name]

    def meant(self, event: QKeyEvent) -> str:
        """What a key means here: a reason, "next", "back", "confirm" or "leave"; empty for one that means nothing."""
        pressed = pressed_key(event)
        names = (name for name, one in self._by_name.items() if isinstance(one, KeyedAction) and pressed in one.keys)
        return next(names, "") if pressed else ""


class Reasons(QWidget):
    """The reasons side by side. They take the keyboard as one; `confirmed` and `left` tell how it goes on."""

    chosen = Signal(str)
    confirmed = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Why the coders differed")
        self.keys = ReasonKeys(self, partial(self.refused.emit, _NO_DRAFT))
        self._reason: Reason | Literal[""] = ""
        self._chips: dict[str, QToolButton] = {}
        inside = QWidget()
        around = QVBoxLayout(self)
        around.setContentsMargins(SPACE // 2, SPACE // 2, SPACE // 2, SPACE // 2)
        around.addWidget(inside)
        flow = FlowLayout(inside)
        for reason in REASONS:
            flow.addWidget(self._chip(reason))

    # Properties

    @property
    def reason(self) -> Reason | Literal[""]:
        """The chosen reason; empty for none."""
        return self._reason

    # Methods

    def choose(self, reason: Reason | Literal[""]) -> None:
        """Choose a reason, or none."""
        self._reason = reason
        for name, chip in self._chips.items():
            chip.setChecked(name == reason)
        self.setAccessibleDescription(reason or "No reason is chosen")
        self.chosen.emit(reason)

    def step(self, by: int) -> None:
        """Choose the next reason, or the one before; past the last comes none."""
        known: tuple[Reason | Literal[""], ...] = ("", *REASONS)
        self.choose(known[(known.index(self._reason) + by) % len(known)])
        announce(self, self._reason or "No reason")

    # Events

    def event(self, event: QEvent) -> bool:
        """Take the letters of reasons before they mean something to the room; all others still do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.keys.meant(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means here."""
        meant = self.keys.meant(event)
        reason = next((one for one in REASONS if one == meant), None)
        if reason is not None:
            self.choose("" if reason == self._reason else reason)
            announce(self, self._reason or "No reason")
        elif meant in ("next", "back"):
            self.step(1 if meant == "next" else -1)
        elif meant == "confirm":
            self.confirmed.emit()
        elif meant == "leave":
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring of the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus(QPainter(self), self.rect())

    # Internal

    def _chip(self, reason: Reason) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(reason.capitalize())
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setAccessibleName(f"Reason: {reason}")
        chip.clicked.connect(lambda checked, reason=reason: self.choose(reason if checked else ""))
        action = self.keys.action(reason)
        if isinstance(action, KeyedAction):
            action.tell_keys(chip, reason.capitalize())
        self._chips[reason] = chip
        return chip


class NoteField(GrowingField):
    """A note on the decision: Enter confirms, Shift+Enter begins a row, Esc goes back to the reasons."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Note on the decision", "Note, for the minutes", parent)
        self.setMinimumWidth(10 * SPACE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms, Esc leaves; everything else is Qt's."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.confirmed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _slug(name: str) -> str:
    return name.replace(" ", "-")
