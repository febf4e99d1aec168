"""Working in the real window with nothing but keys, each sent to whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

_HELD = {"Ctrl": "ControlModifier", "Shift": "ShiftModifier", "Alt": "AltModifier"}


def focus():
    """What has the focus."""
    return QApplication.focusWidget()


def press(*keys):
    """Press keys such as "Ctrl+Shift+M"."""
    for key in keys:
        *names, last = key.split("+")
        held = Qt.KeyboardModifier.NoModifier
        for name in names:
            held |= getattr(Qt.KeyboardModifier, _HELD[name])
        QTest.keyClick(focus(), getattr(Qt.Key, f"Key_{last}"), held)
        QApplication.processEvents()


def write(text):
    """Type letters."""
    for letter in text:
        QTest.keyClicks(focus(), letter)
        QApplication.processEvents()


def tab_to(wanted, key="Tab", most=60):
    """Go on with Tab, or another key, until something has the focus."""
    for _step in range(most):
        if focus() is wanted:
            return
        press(key)
    raise AssertionError(f"{key} does not lead to {wanted}")


def command(name):
    """Do what the palette of commands finds first for some letters."""
    press("Ctrl+Shift+P")
    write(name)
    press("Return")
