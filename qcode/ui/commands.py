"""Everything the window can be asked to do, in one list: names, keys, and what happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

type Keys = str | QKeySequence.StandardKey | Sequence[str]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do: a lasting id, its name for people, the part of the program it belongs to, and its first key."""

    id: str
    name: str
    part: str
    keys: tuple[str, ...]
    action: QAction


class Commands:
    """The register of a window's commands; each is an action that works wherever in the window the focus is."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._commands: dict[str, Command] = {}

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def add(
        self, key: str, name: str, deed: Callable[[], object], *, part: str, keys: Keys = (), checkable: bool = False
    ) -> QAction:
        """Register what to do under an id such as "view.drawer"; an id or a key that is taken is a mistake."""
        action = QAction(name, self._window)
        action.setObjectName(key)
        action.setCheckable(checkable)
        action.setShortcuts(sequences(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: deed())
        self._window.addAction(action)
        self._refuse_taken(key, action)
        first = tuple(sequence.toString() for sequence in action.shortcuts())
        self._commands[key] = Command(key, plain(name), part, first, action)
        return action

    def action(self, key: str) -> QAction:
        """The action with an id."""
        return self._commands[key].action

    def _refuse_taken(self, key: str, action: QAction) -> None:
        taken = {sequence: command.id for command in self for sequence in command.keys}
        found = [key for sequence in action.shortcuts() if sequence.toString() in taken]
        if key in self._commands or found:
            raise ValueError(key)


def sequences(keys: Keys) -> list[QKeySequence]:
    """Keys as Qt wants them."""
    if isinstance(keys, QKeySequence.StandardKey):
        return QKeySequence.keyBindings(keys)
    named = [keys] if isinstance(keys, str) else keys
    return list(dict.fromkeys(QKeySequence(name) for name in named if name))


def plain(name: str) -> str:
    """An action's name without the mark of its menu letter and without the dots that announce a panel."""
    return name.replace("&&", "\0").replace("&", "").replace("\0", "&")


def shown_key(action: QAction) -> str:
    """An action's key as this platform writes it."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
