"""Making the actions of a panel: each has a name for the palette of commands, and keys where the panel is used."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
HERE = Qt.ShortcutContext.WidgetShortcut


def make_action(
    owner: QWidget,
    name: str,
    deed: Callable[[], object],
    *keys: str,
    context: Qt.ShortcutContext = WITHIN,
) -> QAction:
    """Something that can be done, by its name or by its keys where `owner` has the focus."""
    made = QAction(name, owner)
    made.setShortcuts([QKeySequence(key) for key in keys])
    made.setShortcutContext(context)
    made.triggered.connect(lambda _checked=False: deed())
    owner.addAction(made)
    return made


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as "1 passage" or "1,200 passages"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
