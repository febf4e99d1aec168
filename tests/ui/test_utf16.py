"""Positions across the border to Qt, held against the encoding itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from qcode.ui.utf16 import QtPositions, displayable

LETTERS = "ab é\n😀𐍈\u0301שع\u00a0"
texts = st.text(alphabet=LETTERS, max_size=30)
odd_texts = st.text(alphabet=LETTERS + "\r\u2028\u2029\x00\ufdd0\ufdd1\ud800\udc00\ufffc", max_size=30)


def units(text):
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_every_position_maps_to_the_units_before_it(text):
    positions = QtPositions(text)
    assert [positions.to_qt(index) for index in range(len(text) + 1)] == [
        units(text[:index]) for index in range(len(text) + 1)
    ]


@given(texts)
def test_every_position_comes_back(text):
    positions = QtPositions(text)
    for index in range(len(text) + 1):
        assert positions.from_qt(positions.to_qt(index)) == index
        assert positions.from_qt(positions.to_qt(index), after=True) == index


def test_a_unit_inside_a_character_goes_to_either_side_of_it():
    positions = QtPositions("a😀b")
    assert positions.from_qt(2) == 1
    assert positions.from_qt(2, after=True) == 2


def test_a_text_of_plain_letters_maps_to_itself():
    positions = QtPositions("plain")
    assert (positions.to_qt(3), positions.from_qt(3)) == (3, 3)


@given(odd_texts)
def test_a_shown_text_has_the_units_that_qt_counts(text):
    shown = displayable(text)
    document = QTextDocument()
    document.setPlainText(shown)
    assert len(shown) == len(text)
    assert document.characterCount() - 1 == units(shown)


@given(texts)
def test_canonical_text_is_shown_as_it_is(text):
    assert displayable(text) == text
