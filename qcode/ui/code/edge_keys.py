"""What keys mean while the edges of a coding move. They hold in that mode alone, and may mean other things elsewhere.

While the mode lasts it takes every key of the text; what is registered here gives its keys names, and lets them be
changed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from qcode.ui.code.edges import Step
from qcode.ui.keys import KeyedAction, make_action
from qcode.ui.keys.field import pressed_key
from qcode.ui.keys.hints import keys_in_words

_DEEDS = (
    ("word-back", "back by a word", "Left"),
    ("word", "on by a word", "Right"),
    ("character-back", "back by a character", "Shift+Left"),
    ("character", "on by a character", "Shift+Right"),
    ("sentence-back", "back by a sentence", "Up", "Shift+Up"),
    ("sentence", "on by a sentence", "Down", "Shift+Down"),
    ("other", "move the other one", "Tab", "Shift+Tab"),
    ("keep", "keep both", "Return", "Enter"),
    ("leave", "leave both as they were", "Esc"),
)
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)

STEPS: dict[str, tuple[Step, int]] = {
    "word-back": ("word", -1),
    "word": ("word", 1),
    "character-back": ("character", -1),
    "character": ("character", 1),
    "sentence-back": ("sentence", -1),
    "sentence": ("sentence", 1),
}
"""How far, and which way, the keys move an edge that are meant to move it."""


class EdgeKeys(QWidget):
    """The place of these keys, which is never seen; outside of the mode they are refused in words.

    `part` is the first word of their ids, and `edge` what they move.
    """

    def __init__(
        self, view: QWidget, refuse: Callable[[], object], *, part: str = "edges", edge: str = "Edge of a coding"
    ) -> None:
        super().__init__(view)
        self.hide()
        self._by_name = {
            name: make_action(self, f"{edge}: {words}", refuse, *first, key=f"{part}.{name}", by_widget=True)
            for name, words, *first in _DEEDS
        }

    # Properties

    @property
    def key_actions(self) -> list[QAction]:
        """What can be done while edges move."""
        return list(self._by_name.values())

    def meant(self, event: QKeyEvent) -> str:
        """What a key means here, such as "word-back"; empty for one that means nothing."""
        pressed = pressed_key(event).replace("Backtab", "Tab")
        names = (name for name, one in self._by_name.items() if isinstance(one, KeyedAction) and pressed in one.keys)
        return next(names, "") if pressed else ""

    def told(self) -> str:
        """The keys of today in a line."""
        by_name = self._by_name
        return keys_in_words(
            [
                ("{} {} word", by_name["word-back"], by_name["word"]),
                ("{} {} character", by_name["character-back"], by_name["character"]),
                ("{} {} sentence", by_name["sentence-back"], by_name["sentence"]),
                ("{} other edge", by_name["other"]),
                ("{} keep", by_name["keep"]),
                ("{} leave", by_name["leave"]),
            ]
        )


class KeysOfText(QObject):
    """Takes every key of a text while it is its event filter; the focus going away leaves."""

    # For modes to write

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; says whether that is all that comes of it."""
        raise NotImplementedError

    def leave(self) -> None:
        """Stop."""
        raise NotImplementedError

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take every key of the text; a click elsewhere or the focus going away leaves."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.take_key(event)
        if event.type() == QEvent.Type.FocusOut:
            self.leave()
        return super().eventFilter(watched, event)


def is_modifier(event: QKeyEvent) -> bool:
    """Whether a key is one that is held while another is pressed, and means nothing by itself."""
    return event.key() in _MODIFIERS
