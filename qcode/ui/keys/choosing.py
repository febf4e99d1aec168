"""Choosing keys: what has them already, giving and taking them, and the first ones again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from qcode.ui.keys import keymap
from qcode.ui.keys.keyed import KeyedAction, keyed_actions
from qcode.ui.keys.parts import place_of
from qcode.ui.settings import Settings


class KeyChoice:
    """Changes the keys of a window: at once in every action below it, and for later in the settings."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        self._window = window
        self._settings = settings

    # Properties

    @property
    def any_changed(self) -> bool:
        """Whether anything has other keys than its first ones."""
        return bool(keymap.chosen())

    # Methods

    def actions(self) -> list[KeyedAction]:
        """Everything that has an id, once, by part, in the order in which it was made."""
        by_id = {action.key: action for action in keyed_actions(self._window) if action.key}
        return sorted(by_id.values(), key=lambda action: place_of(action.part))

    def taken_by(self, action: KeyedAction, keys: Sequence[str]) -> list[KeyedAction]:
        """What else one of the keys means, or begins, in a place where `action` can be done too."""
        others = (other for other in self.actions() if other.key != action.key)
        return [other for other in others if _any_clash(keys, other.keys) and action.meets(other)]

    def begun_by(self, key: str) -> list[KeyedAction]:
        """What has a key of several strokes that begins with this one."""
        return [
            action
            for action in self.actions()
            if any(one != key and keymap.begins(key, one) for one in (*action.keys, *action.first))
        ]

    def give(self, action: KeyedAction, keys: Sequence[str], *, as_well: bool) -> list[KeyedAction]:
        """Give keys to an action, in place of its own or `as_well`; answers with those that lost a key by it."""
        losers = self.taken_by(action, keys)
        chosen = keymap.chosen()
        for loser in losers:
            chosen[loser.key] = tuple(key for key in loser.keys if not _any_clash([key], keys))
        chosen[action.key] = tuple(dict.fromkeys([*(action.keys if as_well else ()), *keys]))
        self.hold(chosen)
        return losers

    def take_away(self, action: KeyedAction) -> None:
        """Leave an action without keys; it stays in the palette of commands."""
        self.hold(keymap.chosen() | {action.key: ()})

    def reset(self, action: KeyedAction) -> list[KeyedAction]:
        """Give an action its first keys again; answers with those that lost a key by it."""
        return self.give(action, action.first, as_well=False)

    def reset_all(self) -> keymap.Chosen:
        """Give everything its first keys again; answers with the keys that held before."""
        before = keymap.chosen()
        self.hold({})
        return before

    def hold(self, chosen: keymap.Chosen) -> None:
        """Let these keys hold from now on; what equals the first keys is not kept."""
        known = {action.key: action for action in self.actions()}
        kept = {key: keys for key, keys in chosen.items() if key not in known or keys != known[key].first}
        keymap.take(kept)
        self._settings.keys = kept
        for action in keyed_actions(self._window):
            action.take_keys()


def _any_clash(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(keymap.clash(one, other) for one in some for other in others)
