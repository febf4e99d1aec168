"""Making the actions of a panel: each has a name for the palette of commands, and keys where the panel is used."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.ui.keys import keyed, keymap

WITHIN = keyed.WITHIN
HERE = keyed.HERE


def make_action(
    owner: QWidget,
    name: str,
    deed: Callable[[], object],
    *keys: keymap.Key,
    key: str = "",
    context: Qt.ShortcutContext = WITHIN,
) -> QAction:
    """Something that can be done, by its name or by its keys where `owner` has the focus; `key` is its lasting id."""
    return keyed.make_action(owner, name, deed, *keys, key=key, context=context)


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as "1 passage" or "1,200 passages"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
