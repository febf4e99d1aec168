"""What hands do where keys are changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def choose(panel, name):
    """Mark what has a name, and go to its keys."""
    panel.finder.setFocus()
    panel.finder.selectAll()
    QTest.keyClicks(panel.finder, name)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is panel.field
