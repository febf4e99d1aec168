"""Keys of two strokes in the real window: they work wherever one types, and they can be changed."""

from __future__ import annotations

from string import ascii_uppercase

import pytest
from keys_by_hand import choose, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.ui import theme
from qcode.ui.keys.sequences import FAMILIES, HERE

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def free():
    """A letter that means nothing yet after the first stroke that leads to what can be done here."""
    taken = FAMILIES[HERE].values()
    letter = next(letter for letter in ascii_uppercase if letter not in taken)
    return letter, Qt.Key[f"Key_{letter}"]


def test_two_strokes_in_the_text_do_one_thing_and_the_letter_opens_no_palette(window):
    room = window.current_room
    room.view.setFocus()
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_U)
    assert room.showing.walker.walk.kind == "uncoded"
    assert QApplication.focusWidget() is room.view


def test_the_same_letters_mean_another_thing_in_another_room(window):
    room = window.show_room("transcripts")
    room.documents.table.setFocus()
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_T)
    assert room.tabs.currentWidget() is room.team
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_S, SHIFT)
    assert room.tabs.currentWidget() is room.sites


def test_while_a_name_is_typed_the_second_stroke_is_not_typed(window):
    window.current_room.codebook.tree.setFocus()
    press(Qt.Key.Key_C, CTRL | SHIFT)
    press(Qt.Key.Key_F)
    line = QApplication.focusWidget()
    QTest.keyClicks(line, "fear")
    press(Qt.Key.Key_O, CTRL | SHIFT)
    press(Qt.Key.Key_D)
    assert theme.choice() == "dark"
    assert line.text() == "fear"
    press(Qt.Key.Key_O, CTRL | SHIFT)
    press(Qt.Key.Key_Q)
    assert line.text() == "fear"
    QTest.keyClicks(line, "s")
    assert line.text() == "fears"


def test_a_second_stroke_that_means_nothing_does_nothing(window, free):
    room = window.current_room
    room.view.setFocus()
    before = room.showing.walker.walk.kind
    press(Qt.Key.Key_L, CTRL)
    press(free[1])
    assert room.showing.walker.walk.kind == before
    assert QApplication.focusWidget() is room.view


def test_two_strokes_are_chosen_by_pressing_both(window, panel, settings, free):
    letter, key = free
    choose(panel, "through: unsure")
    press(Qt.Key.Key_L, CTRL)
    assert "press the second key" in panel.sentence
    assert QApplication.focusWidget() is panel.field
    press(key)
    assert f"Ctrl+L, {letter} is free here" in panel.sentence
    press(Qt.Key.Key_Return)
    assert settings.keys == {"walk.unsure": (f"Ctrl+L, {letter}",)}
    press(Qt.Key.Key_Escape)
    room = window.current_room
    room.view.setFocus()
    press(Qt.Key.Key_L, CTRL)
    press(key)
    assert room.showing.walker.walk.kind == "unsure"


def test_a_second_stroke_that_is_taken_is_told_and_given_over(panel, settings):
    choose(panel, "through: unsure")
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_U)
    assert "Uncoded turns" in panel.sentence
    press(Qt.Key.Key_Return)
    assert settings.keys == {"walk.unsure": ("Ctrl+L, U",), "walk.uncoded": ()}


def test_leaving_after_the_first_stroke_changes_nothing(panel, settings):
    choose(panel, "through: unsure")
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is panel.finder
    assert settings.keys == {}
    choose(panel, "through: unsure")
    press(Qt.Key.Key_F12)
    assert "F12 is free" in panel.sentence


def test_a_stored_key_that_begins_others_is_told_as_theirs_when_it_is_wanted(panel):
    by_id = {action.key: action for action in panel.choice.actions()}
    taken = panel.choice.taken_by(by_id["walk.next"], ["Ctrl+L"])
    assert {"walk.unsure", "walk.uncoded", "filter.code"} <= {action.key for action in taken}
    panel.choice.give(by_id["walk.next"], ["Ctrl+L"], as_well=True)
    assert by_id["walk.unsure"].keys == ()
    panel.choice.reset(by_id["walk.unsure"])
    assert by_id["walk.next"].keys == by_id["walk.next"].first


def test_the_first_stroke_finds_its_whole_family(panel):
    press(Qt.Key.Key_C, CTRL | SHIFT)
    assert {line.part for line in panel.lines()} == {"Codebook"}
    assert len(panel.lines()) > 10


def test_f1_and_the_palette_show_both_strokes(window):
    window.show_keys()
    rows = {row.name: row.keys for row in window.keys_panel.rows()}
    assert rows["Walk through: Unsure codings"] == "Ctrl+L, S"
    assert rows["Larger type"].startswith("Ctrl++")
    assert not [row for row in rows if not rows[row]]
    window.show_commands()
    assert {offer.name: offer.key for offer in window.palette_panel._known}["Dark"] == "Ctrl+Shift+O, D"
