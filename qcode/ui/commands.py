"""Everything the whole window can be asked to do, in one list: names, keys, and what happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from qcode.ui.keys.keyed import WINDOW, KeyedAction, offer, plain

type Keys = str | QKeySequence.StandardKey | Sequence[str]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do: a lasting id, its name for people, the part of the program it belongs to, and its first keys."""

    id: str
    name: str
    part: str
    action: KeyedAction

    @property
    def keys(self) -> tuple[str, ...]:
        """Its first keys."""
        return self.action.first


class Commands:
    """The register of a window's commands; each is an action that works wherever in the window the focus is."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._commands: dict[str, Command] = {}
        self._taken: set[str] = set()

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def add(
        self, key: str, name: str, deed: Callable[[], object], *, part: str, keys: Keys = (), checkable: bool = False
    ) -> KeyedAction:
        """Register what to do under an id such as "view.drawer"; an id or a key that is taken is a mistake."""
        named = (keys,) if isinstance(keys, str | QKeySequence.StandardKey) else keys
        action = KeyedAction(self._window, key, name, named, part=part, by_widget=False)
        action.setCheckable(checkable)
        offer(action, self._window, deed, WINDOW)
        self._refuse_taken(action)
        self._commands[key] = Command(key, plain(name), part, action)
        return action

    def action(self, key: str) -> KeyedAction:
        """The action with an id."""
        return self._commands[key].action

    def _refuse_taken(self, action: KeyedAction) -> None:
        if action.key in self._commands or not self._taken.isdisjoint(action.first):
            raise ValueError(action.key)
        self._taken.update(action.first)
