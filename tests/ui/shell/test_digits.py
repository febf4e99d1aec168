"""The number row by place, on keyboards of several countries and systems."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from qcode.ui.digits import digit_with_control

CONTROL = Qt.KeyboardModifier.ControlModifier


def event(key, modifiers, scan_code=0, virtual_key=0):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan_code, virtual_key, 0)


@pytest.mark.parametrize(
    ("platform", "key", "scan_code", "virtual_key", "number"),
    [
        ("xcb", Qt.Key.Key_Ampersand, 10, 0, 1),
        ("wayland", Qt.Key.Key_Eacute, 11, 0, 2),
        ("windows", Qt.Key.Key_Minus, 7, 0, 6),
        ("cocoa", Qt.Key.Key_section, 0, 22, 6),
        ("cocoa", Qt.Key.Key_ParenLeft, 0, 23, 5),
        ("offscreen", Qt.Key.Key_4, 0, 0, 4),
        ("xcb", Qt.Key.Key_3, 0, 0, 3),
    ],
)
def test_the_key_counts_not_the_sign_on_it(platform, key, scan_code, virtual_key, number):
    assert digit_with_control(event(key, CONTROL, scan_code, virtual_key), platform) == number


@pytest.mark.parametrize(
    "modifiers",
    [
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.AltModifier,
        CONTROL | Qt.KeyboardModifier.AltModifier,
        CONTROL | Qt.KeyboardModifier.ShiftModifier,
    ],
)
def test_only_control_alone_counts(modifiers):
    assert digit_with_control(event(Qt.Key.Key_1, modifiers, 10), "xcb") is None


def test_other_keys_are_none():
    assert digit_with_control(event(Qt.Key.Key_A, CONTROL, 38), "xcb") is None
    assert digit_with_control(event(Qt.Key.Key_0, CONTROL, 19), "xcb") is None
    assert digit_with_control(event(Qt.Key.Key_A, CONTROL, 0, 0), "cocoa") is None
