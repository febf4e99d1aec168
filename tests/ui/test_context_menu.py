"""Where the menu of what can be done here opens, and what it offers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication

from qcode.ui import theme
from qcode.ui.wrapped_list import Said, WrappedList

POINTER, REASON = QPoint(140, 130), QContextMenuEvent.Reason


@pytest.fixture
def words(qtbot):
    """Three rows, the cursor on the second, and something that can be done."""
    theme.choose("light")
    words = WrappedList(Said, key=str)
    qtbot.addWidget(words)
    words.addAction(QAction("Open", words))
    words.resize(300, 300)
    words.show()
    words.set_rows(["One.", "Two.", "Three."])
    words.setCurrentIndex(words.model().index(1, 0))
    return words


def menu_asked_by(view, reason):
    """Where the menu opened, and the names in it."""
    seen = []

    def look():
        menu = QApplication.activePopupWidget()
        seen.extend([menu.pos(), [action.text() for action in menu.actions()]])
        menu.close()

    QTimer.singleShot(0, look)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, QPoint(5, 5), POINTER))
    return seen


def test_a_keyboard_opens_it_at_the_cursor_and_a_pointer_where_it_is(words):
    cursor = words.viewport().mapToGlobal(words.visualRect(words.currentIndex()).bottomLeft())
    assert menu_asked_by(words, REASON.Keyboard) == [cursor, ["Open", "Copy"]]
    assert menu_asked_by(words, REASON.Mouse) == [POINTER, ["Open", "Copy"]]
