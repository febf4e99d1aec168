"""Keys that a person chose, what can be read of them, and keys that would not work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qcode.ui.keys import keymap, make_action
from qcode.ui.keys.keyed import HERE, WITHIN
from qcode.ui.keys.unfit import why_unfit


def test_chosen_keys_hold_instead_of_the_first_and_may_be_none():
    keymap.take({"a.b": ("F9",), "a.c": ()})
    assert keymap.keys_of("a.b", ("F2",)) == ("F9",)
    assert keymap.keys_of("a.c", ("F2",)) == ()
    assert keymap.keys_of("a.d", ("F2",)) == ("F2",)


def test_every_change_is_a_new_version():
    before = keymap.version()
    keymap.take({})
    assert keymap.version() > before


@pytest.mark.parametrize("stored", [None, [], "F2", 3, {"a": "F2"}, {"a": [2]}, {"a": ["no such key"]}, {"a": [""]}])
def test_what_cannot_be_read_counts_as_not_chosen(qapp, stored):
    assert keymap.readable(stored) == {}


def test_one_damaged_entry_does_not_take_the_others_along(qapp):
    stored = {"a": ["ctrl+shift+m", "F2", "F2"], "b": None, "c": []}
    assert keymap.readable(stored) == {"a": ("Ctrl+Shift+M", "F2"), "c": ()}


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_reading_never_fails_and_what_was_read_is_read_again(stored):
    found = keymap.readable(stored)
    assert keymap.readable({key: list(keys) for key, keys in found.items()}) == found


def test_standard_keys_stand_for_what_the_platform_has(qapp):
    keys = keymap.portable(["F3", QKeySequence.StandardKey.Copy, Qt.Key.Key_Delete, ""])
    assert keys[0] == "F3"
    assert "Ctrl+C" in keys
    assert "Del" in keys
    assert "" not in keys


def test_the_second_enter_goes_without_saying(qapp):
    assert keymap.native(["Ctrl+Return", "Ctrl+Enter", "F2"]) == "Ctrl+Return or F2"
    assert keymap.native(["Enter"]) == "Enter"


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("Ctrl+/", "sign"),
        ("Ctrl+[", "sign"),
        ("Ctrl+Alt+K", "AltGr"),
        ("Alt+C", "menu"),
        ("Ctrl+3", "digit"),
        ("Ctrl+Shift+U", "input methods"),
        ("Ctrl+M", "Mac"),
        ("K", "typing"),
        ("Shift+K", "typing"),
        ("F5, K", "has to be one with Ctrl"),
        ("K, C", "has to be one with Ctrl"),
        ("Ctrl+K, Alt+C", "menu"),
        ("Ctrl+/, K", "sign"),
        ("Ctrl+K, C, C", "hard to remember"),
    ],
)
def test_keys_that_do_not_work_everywhere_are_warned_about(qapp, key, word):
    assert word in why_unfit(key, where_one_types=True)


@pytest.mark.parametrize(
    "key", ["Ctrl+Shift+M", "F2", "Shift+F8", "Space", "Alt+Up", "Ctrl+Return", "Del", "Home", "Ctrl+L, H"]
)
def test_keys_that_work_are_not(qapp, key):
    assert why_unfit(key, where_one_types=True) is None


def test_a_letter_alone_is_fit_for_a_list(qapp):
    assert why_unfit("D", where_one_types=False) is None


def test_actions_meet_where_the_focus_can_be_in_both(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    left, right = QWidget(window), QWidget(window)
    inner = QWidget(left)
    QVBoxLayout(left).addWidget(inner)
    whole = make_action(window, "a", list, context=WITHIN, key="a.a")
    of_left = make_action(left, "b", list, context=WITHIN, key="a.b")
    at_left = make_action(left, "c", list, context=HERE, key="a.c")
    at_inner = make_action(inner, "d", list, context=HERE, key="a.d")
    at_right = make_action(right, "e", list, context=HERE, key="a.e")
    assert whole.meets(of_left)
    assert whole.meets(at_right)
    assert of_left.meets(at_inner)
    assert at_inner.meets(of_left)
    assert not at_left.meets(at_inner)
    assert not at_right.meets(of_left)
    assert not at_right.meets(at_inner)


def test_a_key_clashes_with_itself_and_with_what_it_begins(qapp):
    assert keymap.clash("Ctrl+L", "Ctrl+L, H")
    assert keymap.clash("Ctrl+L, H", "Ctrl+L")
    assert keymap.clash("F2", "F2")
    assert not keymap.clash("Ctrl+L, H", "Ctrl+L, A")
    assert not keymap.clash("H", "Ctrl+L, H")
    assert not keymap.clash("", "F2")
