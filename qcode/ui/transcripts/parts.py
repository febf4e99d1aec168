"""Small parts that the tabs of this room share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from qcode.ui.bridge import StudyBridge
from qcode.ui.keys import keymap, make_action

_LEAST_LETTERS = 10


def rule() -> QFrame:
    """A thin line between parts, in the colour that the theme has for it."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setBackgroundRole(QPalette.ColorRole.Mid)
    line.setAutoFillBackground(True)
    return line


def choice_box(choices: Iterable[tuple[str, str]], name: str = "") -> QComboBox:
    """A list of (value, words) to choose from."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_LEAST_LETTERS)
    for value, words in choices:
        box.addItem(words, value)
    return box


def line_edit(name: str, placeholder: str = "") -> QLineEdit:
    """A line to type in. Files dropped on it go to the room, and do not become its text."""
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(placeholder)
    line.setAcceptDrops(False)
    return line


def action(
    words: str,
    deed: Callable[[], object],
    owner: QWidget,
    keys: keymap.Key = "",
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetShortcut,
    *,
    key: str = "",
) -> QAction:
    """Something that can be done in a widget, by its name or its keys; `key` is its lasting id."""
    return make_action(owner, words, deed, keys, key=key, context=context)


def remove_each(bridge: StudyBridge, noun: str, deeds: Sequence[tuple[str, Callable[[], None]]]) -> None:
    """Remove things by their names, and say that undo brings them back."""
    gone = [name for name, deed in deeds if bridge.attempt(partial(_is_done, deed))]
    if gone:
        named = f"“{gone[0]}”" if len(gone) == 1 else counted(len(gone), noun)
        bridge.informed.emit(f"{named} removed. Undo brings {'it' if len(gone) == 1 else 'them'} back.")


def counted(number: int, word: str) -> str:
    """A number of things: 1 turn, 1,200 turns."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def later(owner: QObject, deed: Callable[[], object]) -> None:
    """Do a deed when Qt is done with the event at hand, so that an editor closes before its row is read again."""
    QTimer.singleShot(0, owner, deed)


def _is_done(deed: Callable[[], None]) -> bool:
    deed()
    return True
