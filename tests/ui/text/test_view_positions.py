"""Selecting by mouse and keys in texts that count differently in Qt: the range is always in code points."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleTextInterface, QGuiApplication
from PySide6.QtTest import QTest

from qcode.text.canonical import normalise

ODD_TEXTS = {
    "emoji": "Before 😀😀 and 👩‍👩‍👧 after that word",
    "combining marks": "Cafe\u0301 after cafe\u0301 e\u0302\u0323x and word",
    "windows newlines": "First line\r\nsecond 😀\r\nthird word",
    "line separators": "First line\u2028second\u2029third 😀 word",
    "right to left": "She said שלום עליכם to me, then مرحبا بالعالم word",
    "only right to left": "שלום עליכם 😀 word וגם שלום",
}


@pytest.fixture(params=ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def odd(request, show):
    text, _notes = normalise(request.param)
    return show(text)


def graphemes(text):
    """Where a caret may stand: never inside a family of emoji or between a letter and its marks."""
    joined = "\u0301\u0302\u0323\u200d"
    return [
        place
        for place in range(len(text) + 1)
        if place in (0, len(text)) or (text[place] not in joined and text[place - 1] != "\u200d")
    ]


def test_canonical_text_is_shown_without_changes(odd):
    assert "\r" not in odd.text
    assert "\u2028" not in odd.text
    assert odd.view.page.shown == odd.text


def test_each_step_to_the_right_is_one_character_further(odd):
    odd.view.select(0, 0)
    seen = [odd.view.caret()]
    for _ in range(len(odd.text)):
        QTest.keyClick(odd.view, Qt.Key.Key_Right)
        if odd.view.caret() == seen[-1]:
            break
        seen.append(odd.view.caret())
    assert set(seen) <= set(graphemes(odd.text))
    if "ש" not in odd.text[:1]:
        assert seen == graphemes(odd.text)


def test_a_word_selected_by_keys_is_that_range(odd):
    start, end = odd.span("word")
    odd.view.select(start, start)
    onward = Qt.Key.Key_Left if "ש" in odd.text[:1] else Qt.Key.Key_Right
    odd.press(*[onward] * 4, shift=True)
    assert odd.view.selected_range() == (start, end)


def test_a_word_selected_by_double_click_is_that_range(odd):
    start, end = odd.span("word")
    QTest.mouseDClick(odd.view.viewport(), Qt.MouseButton.LeftButton, pos=odd.place(start + 2))
    assert odd.view.selected_range() == (start, end)


def test_letters_selected_by_dragging_are_that_range(odd):
    start, _ = odd.span("word")
    odd.drag(start + 1, start + 3)
    assert odd.view.selected_range() == (start + 1, start + 3)


def test_what_is_copied_is_the_original_text(odd):
    odd.view.select(0, len(odd.text))
    odd.press(Qt.Key.Key_C, ctrl=True)
    gc.collect()
    assert QGuiApplication.clipboard().text() == odd.text


def test_a_no_break_space_survives_copying(show):
    hands = show("ten\u00a0minutes and more")
    hands.view.select(0, 11)
    hands.view.copy()
    gc.collect()
    assert QGuiApplication.clipboard().text() == "ten\u00a0minutes"


def test_text_kept_as_another_program_wrote_it_keeps_its_positions(show):
    hands = show("one\rtwo\u2028three\x00 😀 word")
    start, end = hands.span("word")
    QTest.mouseDClick(hands.view.viewport(), Qt.MouseButton.LeftButton, pos=hands.place(start + 1))
    assert hands.view.selected_range() == (start, end)
    hands.view.selectAll()
    assert hands.view.createMimeDataFromSelection().text() == hands.text


def test_outer_whitespace_is_not_selected(show):
    hands = show("one two  three")
    hands.view.select(3, 9)
    assert hands.view.selected_range() == (4, 7)
    hands.view.select(7, 9)
    assert hands.view.selected_range() is None


def test_a_click_between_two_rows_goes_to_the_row_above(show):
    hands = show("word " * 60)
    target = 22
    point = hands.place(target)
    for below in range(hands.view.rows.pitch // 2):
        QTest.mouseClick(hands.view.viewport(), Qt.MouseButton.LeftButton, pos=point + QPoint(0, below))
        assert hands.view.caret() == target
        QTest.qWait(0)


def test_the_text_is_exposed_to_screen_readers(hands):
    QAccessible.setActive(True)
    interface = QAccessible.queryAccessibleInterface(hands.view)
    assert interface.text(QAccessible.Text.Name) == "Transcript"
    text = interface.textInterface()
    assert isinstance(text, QAccessibleTextInterface)
    assert text.text(0, text.characterCount()) == hands.text
    hands.view.select(*hands.span("walked"))
    assert text.selectionCount() == 1
    end = text.cursorPosition()
    assert text.text(end - len("walked"), end) == "walked"
    hands.put_caret("walked")
    assert text.selectionCount() == 0
    assert text.cursorPosition() == end - len("walked")


def test_another_document_starts_at_its_beginning(hands, show):
    hands.view.select(*hands.span("all."))
    hands.view.show_document("short", ())
    assert hands.view.caret() == 0
    assert hands.view.selected_range() is None
    assert hands.view.page.text == "short"


def test_an_empty_text_has_nowhere_to_go(show):
    hands = show("")
    hands.press(Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    assert hands.view.selected_range() is None
    assert hands.view.caret() == 0
