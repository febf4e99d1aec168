"""Reading width and numbers, chosen in the real window by keys, menu and palette, and remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.ui.text import reading_style
from qcode.ui.text.reading_style import ReadingStyle
from qcode.ui.window import MainWindow


@pytest.fixture(autouse=True)
def first_style():
    """Leave the style as the next test expects it."""
    yield
    reading_style.choose(ReadingStyle())


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    QApplication.processEvents()


def test_f9_takes_the_next_numbers_and_the_focus_stays(window, settings):
    view = window.current_room.view
    view.setFocus()
    press(window, Qt.Key.Key_F9)
    assert view.style_of_reading.numbers == "turns"
    assert view._numbers.isVisible()
    press(window, Qt.Key.Key_F9)
    assert view.style_of_reading.numbers == "paragraphs"
    assert settings.reading_style.numbers == "paragraphs"
    assert window.commands.action("reading.paragraphs").isChecked()
    press(window, Qt.Key.Key_F9)
    assert view.style_of_reading == ReadingStyle()
    assert view._numbers.isHidden()
    assert QApplication.focusWidget() is view


def test_shift_f9_takes_the_next_width(window, settings):
    view = window.current_room.view
    view.setFocus()
    before = view.viewport().width()
    press(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert view.style_of_reading.width == settings.reading_style.width == "wide"
    assert view.viewport().width() > before
    for _ in range(3):
        press(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert view.style_of_reading == ReadingStyle()
    assert view.viewport().width() == before


def test_each_choice_is_a_command_with_a_mark_and_numbers_say_what_they_count(window):
    commands = {command.id: command for command in window.commands if command.id.startswith("reading.")}
    assert len(commands) == 9
    commands["reading.narrow"].action.trigger()
    assert window.current_room.view.style_of_reading.width == "narrow"
    assert commands["reading.narrow"].action.isChecked()
    assert not commands["reading.medium"].action.isChecked()
    assert "stays the same" in commands["reading.turns"].action.toolTip()
    commands["reading.medium"].action.trigger()


def test_the_style_is_there_again_in_the_next_window(window, settings, small_study, qtbot):
    window.commands.action("reading.wide").trigger()
    window.commands.action("reading.turns").trigger()
    reading_style.choose(ReadingStyle())
    again = MainWindow(settings, lambda _path, _tell: None)
    qtbot.addWidget(again)
    assert reading_style.current() == ReadingStyle("wide", "turns")
    assert again.commands.action("reading.wide").isChecked()
    again.show_study(small_study.study)
    assert again.current_room.view.style_of_reading == ReadingStyle("wide", "turns")
    again.commands.action("reading.medium").trigger()
    again.commands.action("reading.none").trigger()
