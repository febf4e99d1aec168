"""What the keys mean while the text has the focus."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class Act(Enum):
    """What a key asks for."""

    GROW = auto()
    SHRINK = auto()
    NEXT_UNIT = auto()
    PREVIOUS_UNIT = auto()
    EXTEND_NEXT = auto()
    EXTEND_PREVIOUS = auto()
    LEAVE = auto()
    PALETTE = auto()
    TYPE = auto()
    LAST_CODES = auto()
    REMOVE = auto()
    NEXT = auto()
    PREVIOUS = auto()
    COPY = auto()


_NONE, _SHIFT, _CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_COMMANDS = _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

_ALWAYS = {
    (Qt.Key.Key_Space.value, _NONE): Act.GROW,
    (Qt.Key.Key_Space.value, _SHIFT): Act.SHRINK,
    (Qt.Key.Key_F8.value, _NONE): Act.GROW,
    (Qt.Key.Key_F8.value, _SHIFT): Act.SHRINK,
    (Qt.Key.Key_Escape.value, _NONE): Act.LEAVE,
    (Qt.Key.Key_Return.value, _NONE): Act.PALETTE,
    (Qt.Key.Key_Enter.value, _NONE): Act.PALETTE,
    (Qt.Key.Key_Return.value, _CTRL): Act.LAST_CODES,
    (Qt.Key.Key_Enter.value, _CTRL): Act.LAST_CODES,
    (Qt.Key.Key_Delete.value, _NONE): Act.REMOVE,
    (Qt.Key.Key_Backspace.value, _NONE): Act.REMOVE,
    (Qt.Key.Key_F3.value, _NONE): Act.NEXT,
    (Qt.Key.Key_F3.value, _SHIFT): Act.PREVIOUS,
}

_WITH_UNITS = {
    (Qt.Key.Key_Down.value, _NONE): Act.NEXT_UNIT,
    (Qt.Key.Key_Up.value, _NONE): Act.PREVIOUS_UNIT,
    (Qt.Key.Key_Down.value, _SHIFT): Act.EXTEND_NEXT,
    (Qt.Key.Key_Up.value, _SHIFT): Act.EXTEND_PREVIOUS,
}

_STANDARD = {
    QKeySequence.StandardKey.FindNext: Act.NEXT,
    QKeySequence.StandardKey.FindPrevious: Act.PREVIOUS,
    QKeySequence.StandardKey.Copy: Act.COPY,
}


def act_of(event: QKeyEvent, *, by_units: bool) -> Act | None:
    """What a key asks for, or None for the keys that Qt itself understands; arrows are units only `by_units`."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = (event.key(), modifiers)
    act = _ALWAYS.get(pressed) or (_WITH_UNITS.get(pressed) if by_units else None)
    if act is not None:
        return act
    for sequence, meaning in _STANDARD.items():
        if event.matches(sequence):
            return meaning
    return Act.TYPE if not modifiers & _COMMANDS and event.text()[:1].isalnum() else None
