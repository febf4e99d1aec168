"""Which key of the number row was pressed, on any keyboard: French ones have no digit there without Shift."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

# Where the key left of 2 is, by platform: what Qt passes on as scan code (X11 and Wayland add 8 to the kernel's).
_FIRST_SCAN_CODE = {"xcb": 10, "wayland": 10, "windows": 2}
_MAC_KEYS = (18, 19, 20, 21, 23, 22, 26, 28, 25)
_BLOCKING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def digit_with_control(event: QKeyEvent, platform: str | None = None) -> int | None:
    """The number from 1 to 9 whose key was pressed together with Ctrl alone (Command on a Mac), else None."""
    held = event.modifiers()
    if not held & Qt.KeyboardModifier.ControlModifier or held & _BLOCKING:
        return None
    return _by_place(event, platform or QGuiApplication.platformName()) or _by_sign(event.key())


def digit_alone(event: QKeyEvent, platform: str | None = None) -> int | None:
    """The number from 0 to 9 whose key was pressed, with or without Shift, in the number row or the keypad."""
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return None
    if event.text() == "0" or event.key() == Qt.Key.Key_0:
        return 0
    return _by_place(event, platform or QGuiApplication.platformName()) or _by_sign(event.key())


def _by_place(event: QKeyEvent, platform: str) -> int | None:
    if platform == "cocoa":
        pressed = event.nativeVirtualKey()
        return _MAC_KEYS.index(pressed) + 1 if pressed in _MAC_KEYS else None
    first = _FIRST_SCAN_CODE.get(platform)
    number = 0 if first is None else event.nativeScanCode() - first + 1
    return number if 1 <= number <= 9 else None


def _by_sign(key: int) -> int | None:
    number = key - Qt.Key.Key_0.value
    return number if 1 <= number <= 9 else None
