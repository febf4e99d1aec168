"""What the keys mean while the text has the focus. All of them can be changed but letters and digits, which type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from qcode.ui.keys import keymap

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@dataclass(frozen=True, slots=True)
class TextKey:
    """The lasting id, the name and the first keys of something that the text does by itself."""

    id: str
    name: str
    first: tuple[keymap.Key, ...]
    by_units: bool = False


_KEYS = QKeySequence.StandardKey
TEXT_KEYS = {
    Act.GROW: TextKey("text.grow", "Grow the selection: sentence, turn, question and answer", ("Space", "F8")),
    Act.SHRINK: TextKey("text.shrink", "Shrink the selection", ("Shift+Space", "Shift+F8")),
    Act.NEXT_UNIT: TextKey("text.next-unit", "Select the next sentence or turn", ("Down",), by_units=True),
    Act.PREVIOUS_UNIT: TextKey("text.previous-unit", "Select the sentence or turn before", ("Up",), by_units=True),
    Act.EXTEND_NEXT: TextKey(
        "text.extend", "Extend the selection by a sentence or turn", ("Shift+Down",), by_units=True
    ),
    Act.EXTEND_PREVIOUS: TextKey(
        "text.extend-back", "Extend the selection back by a sentence or turn", ("Shift+Up",), by_units=True
    ),
    Act.LEAVE: TextKey("text.leave", "End the selection", ("Esc",)),
    Act.PALETTE: TextKey("coding.apply", "Apply a code", ("Return", "Enter")),
    Act.LAST_CODES: TextKey("coding.again", "Apply the last codes again", ("Ctrl+Return", "Ctrl+Enter")),
    Act.REMOVE: TextKey("coding.remove", "Remove a coding", ("Del", "Backspace")),
    Act.NEXT: TextKey("walk.next", "Next of what is walked through", ("F3", _KEYS.FindNext)),
    Act.PREVIOUS: TextKey("walk.previous", "Previous of what is walked through", ("Shift+F3", _KEYS.FindPrevious)),
    Act.COPY: TextKey("text.copy", "Copy what is selected", (_KEYS.Copy,)),
}

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

type Pressed = tuple[int, Qt.KeyboardModifier]


class _Table:
    """The keys as they are today, made anew when they were changed."""

    version = -1
    always: dict[Pressed, Act] = {}  # noqa: RUF012
    with_units: dict[Pressed, Act] = {}  # noqa: RUF012


def act_of(event: QKeyEvent, *, by_units: bool) -> Act | None:
    """What a key asks for, or None for the keys that Qt itself understands; arrows are units only `by_units`."""
    if _Table.version != keymap.version():
        _read_keys()
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = (event.key(), modifiers)
    act = _Table.always.get(pressed) or (_Table.with_units.get(pressed) if by_units else None)
    if act is not None:
        return act
    return Act.TYPE if not modifiers & _COMMANDS and event.text()[:1].isalnum() else None


def _read_keys() -> None:
    _Table.always, _Table.with_units = dict(_pressed(by_units=False)), dict(_pressed(by_units=True))
    _Table.version = keymap.version()


def _pressed(*, by_units: bool) -> Iterator[tuple[Pressed, Act]]:
    for act, known in TEXT_KEYS.items():
        if known.by_units == by_units:
            for key in keymap.keys_of(known.id, keymap.portable(known.first)):
                parts = keymap.strokes(key)
                if len(parts) == 1:
                    yield (parts[0].key().value, parts[0].keyboardModifiers()), act
