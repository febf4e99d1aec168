"""Two fields that hear keys: one takes whatever is pressed, the other finds by letters or by a key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from qcode.ui.table import RowTable

_ALONE = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_Dead_Acute,
    Qt.Key.Key_unknown,
)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_EDITING = ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Backspace", "Ctrl+Del")
_EDITS = ("Ctrl+Left", "Ctrl+Right", "Ctrl+Home", "Ctrl+End", *_EDITING)


def pressed_key(event: QKeyEvent) -> str:
    """What was pressed, as keys are written here; empty while only Ctrl and its like are held."""
    if event.key() in _ALONE:
        return ""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    return QKeySequence(QKeyCombination(held, Qt.Key(event.key()))).toString()


class KeyField(QLineEdit):
    """Shows and tells which keys are pressed in it. Tab goes on and Esc leaves, as everywhere."""

    keyPressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText("Press the new keys here")
        self.setAccessibleName("New keys: press them here")

    def event(self, event: QEvent) -> bool:
        """Take keys before they mean something to the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the keys."""
        pressed = pressed_key(event)
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif pressed:
            self.keyPressed.emit(pressed)


class FindField(QLineEdit):
    """A line for letters, in which a key with Ctrl or a function key is looked for; arrows move in a table."""

    keyPressed = Signal(str)

    def __init__(self, table: RowTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self.setPlaceholderText("Type a name, or press a key")
        self.setAccessibleName("Find by name, or press a key")
        self.setClearButtonEnabled(True)

    def event(self, event: QEvent) -> bool:
        """Take keys before they mean something to the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are the line's, arrows the table's, other keys are looked for."""
        if event.key() in _MOVES and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._table.keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif _is_looked_for(event):
            self.keyPressed.emit(pressed_key(event))
        else:
            super().keyPressEvent(event)


def _is_looked_for(event: QKeyEvent) -> bool:
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
    function = Qt.Key.Key_F1.value <= event.key() <= Qt.Key.Key_F35.value
    pressed = pressed_key(event)
    return bool(pressed) and (function or (bool(held) and pressed not in _EDITS))
