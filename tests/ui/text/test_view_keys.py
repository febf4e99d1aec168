"""Choosing passages and asking for codes without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

Key = Qt.Key


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_F8])
def test_a_selection_grows_from_sentence_to_turn_to_exchange_and_back(hands, key):
    question, answer, *_ = hands.text.split("\n")
    hands.put_caret("walked")
    hands.press(key)
    assert hands.selected() == "🚌🚌 So I walked home, cafe\u0301 after café, and nobody asked."
    hands.press(key)
    assert hands.selected() == answer
    hands.press(key)
    assert hands.selected() == question + "\n" + answer
    hands.press(key)
    assert hands.selected() == question + "\n" + answer
    hands.press(key, shift=True)
    assert hands.selected() == answer
    hands.press(key, shift=True)
    assert hands.selected().startswith("🚌🚌 So I walked")
    hands.press(key, shift=True)
    assert hands.selected() is None
    assert hands.view.caret() == hands.span("walked")[0]


def test_questions_that_follow_each_other_and_events_belong_to_one_exchange(hands):
    hands.put_caret("laughed")
    hands.press(Key.Key_Space, Key.Key_Space, Key.Key_Space)
    start, end = hands.view.selected_range()
    assert hands.text[start:].startswith("And later?\nTake your time.")
    assert hands.text[start:end].endswith("[door]\nThat was all.")


def test_a_free_selection_grows_to_what_holds_it(hands):
    start, end = hands.span("came. 🚌🚌 So I walked")
    hands.view.select(start, end)
    hands.press(Key.Key_Space)
    assert hands.selected() == "Nobody came. 🚌🚌 So I walked home, cafe\u0301 after café, and nobody asked."


def test_arrows_move_by_the_unit_that_is_selected(hands):
    hands.put_caret("Nobody")
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Down)
    assert hands.selected().startswith("🚌🚌 So I walked")
    hands.press(Key.Key_Up, Key.Key_Up)
    assert hands.selected() == "I waited."
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Down)
    assert hands.selected() == "And later?"


def test_shift_and_arrows_extend_by_units_and_take_back(hands):
    hands.put_caret("I waited")
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Down, shift=True)
    assert hands.selected() == "I waited. Nobody came."
    hands.press(Key.Key_Up, shift=True)
    assert hands.selected() == "I waited."
    hands.press(Key.Key_Up, shift=True)
    assert hands.selected().endswith("\nI waited.")
    assert hands.view.caret() == hands.view.selected_range()[0]


def test_units_stop_at_the_ends_of_the_text(hands):
    hands.put_caret("What happened")
    hands.press(Key.Key_Space, Key.Key_Up, Key.Key_Up)
    assert hands.view.selected_range()[0] == 0
    hands.press(*[Key.Key_Down] * 40)
    assert hands.selected() == "That was all."


def test_escape_leaves_the_units_and_arrows_move_the_caret_again(hands):
    hands.put_caret("Nobody")
    hands.press(Key.Key_Space)
    assert hands.view.selecting_by_units()
    hands.press(Key.Key_Escape)
    assert not hands.view.selecting_by_units()
    assert hands.selected() is None
    before = hands.view.caret()
    hands.press(Key.Key_Down)
    assert hands.selected() is None
    assert hands.view.caret() != before


def test_a_selection_made_in_another_way_ends_the_units(hands):
    hands.put_caret("Nobody")
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Right, shift=True)
    assert not hands.view.selecting_by_units()


def test_shift_and_right_extend_by_characters(hands):
    hands.put_caret("😀")
    hands.press(Key.Key_Right, shift=True)
    assert hands.selected() == "😀"


def test_without_sentences_paragraphs_stand_in(hands):
    hands.view.set_units(())
    hands.put_caret("laughed")
    hands.press(Key.Key_Space)
    assert hands.selected() == "They laughed."
    hands.press(Key.Key_Space)
    assert hands.selected() == "Later they rang. I said: שלום עליכם to them.\nThey laughed."


@pytest.mark.parametrize(
    ("press", "signal"),
    [
        ((Key.Key_Return, True), "lastCodesRequested"),
        ((Key.Key_Enter, True), "lastCodesRequested"),
        ((Key.Key_Delete, False), "removeRequested"),
        ((Key.Key_Backspace, False), "removeRequested"),
        ((Key.Key_F3, False), "nextRequested"),
    ],
)
def test_keys_ask_for_what_they_mean(hands, qtbot, press, signal):
    key, ctrl = press
    with qtbot.waitSignal(getattr(hands.view, signal), timeout=500):
        hands.press(key, ctrl=ctrl)


def test_shift_f3_asks_for_the_previous_place(hands, qtbot):
    with qtbot.waitSignal(hands.view.previousRequested, timeout=500):
        hands.press(Key.Key_F3, shift=True)


@pytest.mark.parametrize("typed", ["t", "T", "é", "ñ", "5"])
def test_a_letter_opens_the_palette_with_it(hands, qtbot, typed):
    with qtbot.waitSignal(hands.view.paletteRequested, timeout=500) as asked:
        QTest.keyClick(hands.view, typed) if typed.isascii() else QTest.sendKeyEvent(
            QTest.KeyAction.Click, hands.view, Key.Key_unknown, typed, Qt.KeyboardModifier.NoModifier
        )
    assert asked.args == [typed]


def test_enter_opens_the_palette_with_nothing_typed(hands, qtbot):
    with qtbot.waitSignal(hands.view.paletteRequested, timeout=500) as asked:
        hands.press(Key.Key_Return)
    assert asked.args == [""]


def test_a_shortcut_is_no_typing(hands, qtbot):
    with qtbot.assertNotEmitted(hands.view.paletteRequested, wait=20):
        hands.press(Key.Key_A, ctrl=True)
    assert hands.view.selected_range() == (0, len(hands.text))


def test_moving_tells_caret_selection_and_codings_once_each(hands, qtbot):
    hands.view.set_codings([hands.coding("trust", "Nobody came."), hands.coding("home", "Nobody")])
    caret, selection, codings = [], [], []
    hands.view.caretMovedTo.connect(caret.append)
    hands.view.selectionChangedTo.connect(lambda start, end: selection.append((start, end)))
    hands.view.codingsAtCaretChanged.connect(codings.append)
    start, end = hands.span("Nobody came.")
    hands.put_caret("Nobody")
    hands.press(Key.Key_Space)
    assert caret == [start, end]
    assert selection == [(start, start), (start, end)]
    assert codings == [("trust", "home")]
    hands.put_caret("And later")
    assert codings == [("trust", "home"), ()]


def test_codings_at_the_caret_follow_when_codings_change(hands):
    told = []
    hands.put_caret("walked")
    hands.view.codingsAtCaretChanged.connect(told.append)
    hands.view.set_codings([hands.coding("walk", "walked home")])
    hands.view.set_codings([])
    assert told == [("walk",), ()]


def test_the_menu_on_the_text_copies_and_selects(hands):
    hands.view.select(*hands.span("walked home"))
    copy, select_all = hands.view.context_menu().actions()
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "walked home"
    select_all.trigger()
    assert hands.view.selected_range() == (0, len(hands.text))
    hands.put_caret("walked")
    assert not hands.view.context_menu().actions()[0].isEnabled()
