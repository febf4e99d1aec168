"""Which keys a person chose: by the id of what they do, and only where they differ from the first keys.

A key is written as Qt writes it on every platform, such as "Ctrl+Shift+M"; Ctrl stands for Command on a Mac.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

type Chosen = dict[str, tuple[str, ...]]
type Key = str | QKeySequence.StandardKey | Qt.Key | QKeySequence


class _Now:
    """What holds in this process; `version` grows with every change, for those who keep a table of keys."""

    chosen: Chosen = {}  # noqa: RUF012
    version = 0


def chosen() -> Chosen:
    """A copy of what was chosen."""
    return dict(_Now.chosen)


def take(mapping: Mapping[str, Iterable[str]]) -> None:
    """Let these keys hold from now on, and no others but the first ones."""
    _Now.chosen = {key: tuple(keys) for key, keys in mapping.items()}
    _Now.version += 1


def version() -> int:
    """Grows with every change of keys."""
    return _Now.version


def keys_of(key: str, first: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of what has an id: those that were chosen, which may be none, else its first ones."""
    return _Now.chosen.get(key, first)


def chosen_for(key: str) -> tuple[str, ...] | None:
    """The keys that were chosen for what has an id; None while its first ones hold."""
    return _Now.chosen.get(key) if key else None


def readable(stored: object) -> Chosen:
    """What can be understood of keys that were stored; everything else counts as not chosen."""
    if not isinstance(stored, dict):
        return {}
    return {
        key: tuple(dict.fromkeys(QKeySequence(name).toString() for name in names))
        for key, names in stored.items()
        if isinstance(key, str) and isinstance(names, list) and all(_is_key(name) for name in names)
    }


def portable(keys: Iterable[Key]) -> tuple[str, ...]:
    """Keys in the one way of writing; a standard key stands for all that this platform has for it."""
    return tuple(dict.fromkeys(sequence.toString() for sequence in sequences(keys)))


def sequences(keys: Iterable[Key]) -> list[QKeySequence]:
    """Keys as Qt wants them, each once: a key given twice would work not at all."""
    return list(dict.fromkeys(sequence for key in keys for sequence in _sequences(key)))


@lru_cache(maxsize=512)
def _sequences(key: Key) -> tuple[QKeySequence, ...]:
    if isinstance(key, QKeySequence.StandardKey):
        return tuple(QKeySequence.keyBindings(key))
    return (QKeySequence(key),) if key != "" else ()


def native(keys: Iterable[str]) -> str:
    """Keys as this platform writes them: "Space or F8"; the Enter of the number block goes without saying."""
    named = list(keys)
    shown = [key for key in named if not (key.endswith("Enter") and key[:-5] + "Return" in named)]
    return " or ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in shown)


def strokes(key: str) -> list[QKeyCombination]:
    """What is pressed at one time, of a key as it is written here; mostly that is one."""
    sequence = QKeySequence(key)
    return [sequence[place] for place in range(sequence.count())]  # type: ignore[index]  # the stubs forgot it


def begins(start: str, key: str) -> bool:
    """Whether pressing a key begins with pressing `start`, or is just that."""
    first = strokes(start)
    return bool(first) and strokes(key)[: len(first)] == first


def clash(one: str, other: str) -> bool:
    """Whether two keys cannot both work in one place: they are the same, or one begins the other."""
    return begins(one, other) or begins(other, one)


def _is_key(name: object) -> bool:
    if not isinstance(name, str):
        return False
    parts = strokes(name)
    return bool(parts) and all(part.key() != Qt.Key.Key_unknown for part in parts)
