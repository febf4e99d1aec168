"""What is in play is seen: paler words and a line beside what is not one's to code, bounds around segments."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from qcode.text.codable import Codable
from qcode.ui.palette import BLACK_ON_WHITE, DARK, LIGHT, WHITE_ON_BLACK, contrast
from qcode.ui.text.accessible import TextVoice

KEY = Qt.Key


@pytest.fixture
def cut(hands):
    """The text with a segment for each turn of Ana's, of which the last is excluded."""
    turns = [(turn.start, turn.end) for turn in hands.turns if turn.speaker == "Ana"]
    hands.view.set_play(Codable(hands.text, excluded=(hands.span("That was all."),), segments=tuple(turns)))
    return turns


def inks(hands, words):
    """How near the darkest dot of some words comes to the ground, from 0 for black to 255."""
    start, end = hands.span(words)
    picture = hands.view.viewport().grab().toImage()
    place = hands.view.range_rect(start, end).translated(-hands.view.viewport().pos())
    columns, rows = range(place.left(), place.right()), range(place.top(), place.bottom())
    return min(QColor(picture.pixel(x, y)).lightness() for x in columns for y in rows)


@pytest.mark.parametrize("colours", [LIGHT, DARK, BLACK_ON_WHITE, WHITE_ON_BLACK])
def test_paler_words_can_still_be_read(colours):
    assert contrast(colours.dimmed_text, colours.background) >= 3
    assert contrast(colours.dimmed_text, colours.background) < contrast(colours.quiet_text, colours.background) - 2


def test_what_is_not_coded_is_paler_to_the_letter_and_the_rest_is_not(hands):
    before = inks(hands, "So I walked home"), inks(hands, "Nobody came.")
    hands.view.set_play(Codable(hands.text, excluded=(hands.span("Nobody came."),)))
    assert inks(hands, "So I walked home") == before[0]
    assert inks(hands, "Nobody came.") > before[1] + 40
    hands.view.set_play(Codable(hands.text))
    assert inks(hands, "Nobody came.") == before[1]


def test_each_passage_out_of_play_says_why(hands):
    part, excluded = hands.span("Later they rang."), hands.span("they rang.")
    hands.view.set_play(Codable(hands.text, parts=(part,), excluded=(excluded,)))
    said = [(hands.text[one.start : one.end], one.words) for one in hands.view.play.dimmed]
    assert said[0][0].startswith("What happened then?")
    assert said[0][1] == "not yours"
    assert said[1] == ("they rang.", "not coded")
    assert said[2][0].endswith("That was all.")
    assert len(said) == 3


def test_a_line_and_the_word_stand_beside_it(hands):
    margin = hands.view.stripe_margin
    bare = margin.grab().toImage()
    hands.view.set_play(Codable(hands.text, excluded=(hands.span("I waited. Nobody came."),)))
    shown = margin.grab().toImage()
    top, bottom = hands.view.rows_between(*hands.span("I waited. Nobody came."))
    rows = range(round(top), round(bottom))
    assert any(shown.pixel(3, y) != bare.pixel(3, y) for y in rows)
    assert any(shown.pixel(x, y) != bare.pixel(x, y) for x in range(8, 60) for y in rows)
    away = [y for y in range(shown.height()) if not top - 1 <= y <= bottom + 1]
    assert all(shown.pixel(x, y) == bare.pixel(x, y) for x in range(shown.width()) for y in away)


def test_the_word_keeps_clear_of_the_name_of_a_code(hands):
    hands.view.set_codings([hands.coding("waiting", "I waited.")])
    margin = hands.view.stripe_margin
    named = margin.grab().toImage()
    hands.view.set_play(Codable(hands.text, excluded=(hands.span("I waited. Nobody came."),)))
    shown = margin.grab().toImage()
    top, _bottom = hands.view.rows_between(*hands.span("I waited."))
    rows = range(round(top) + 1, round(top) + hands.view.rows.pitch - 4)
    assert all(shown.pixel(x, y) == named.pixel(x, y) for x in range(8, shown.width()) for y in rows)


def test_space_and_arrows_go_by_segment(hands, cut):
    hands.put_caret("walked home")
    hands.press(KEY.Key_Space)
    assert hands.view.selected_range() == cut[0]
    hands.press(KEY.Key_Down)
    assert hands.view.selected_range() == cut[1]
    hands.press(KEY.Key_Up)
    assert hands.view.selected_range() == cut[0]
    hands.press(KEY.Key_Down, shift=True)
    assert hands.view.selected_range() == (cut[0][0], cut[1][1])
    hands.press(KEY.Key_Escape)
    hands.view.set_play(Codable(hands.text))
    hands.put_caret("walked home")
    hands.press(KEY.Key_Space)
    assert hands.view.selected_range() != cut[0]


def test_the_segment_at_the_caret_is_framed_and_no_other(hands, cut):
    def drawn():
        hands.view.setCursorWidth(0)
        return hands.view.viewport().grab().toImage()

    def stroke(picture, segment):
        top, bottom = hands.view.rows_between(*segment)
        return [picture.pixel(4, y) for y in range(round(top), round(bottom))]

    hands.put_caret("And later?")
    none = drawn()
    hands.put_caret("they rang")
    there = drawn()
    assert stroke(there, cut[0]) == stroke(none, cut[0])
    assert stroke(there, cut[1]) != stroke(none, cut[1])
    assert hands.view.play.marked(hands.span("Later")) == [cut[1]]


def test_a_screen_reader_is_told_which_segment_it_is_and_what_is_not_coded(hands, cut):
    TextVoice(hands.view)

    def told(words):
        hands.put_caret(words)
        return hands.view.accessibleDescription()

    assert "Segment 1 of 2" in told("walked home")
    assert "In no segment" in told("And later?")
    assert "Not coded" in told("That was all.")
    start, end = cut[0][0], cut[1][1]
    hands.view.select(start, end)
    assert "Segments 1 to 2 of 2" in hands.view.accessibleDescription()


def test_another_text_begins_with_all_of_it_in_play(hands, cut):
    hands.view.show_document("Another text.", ())
    assert hands.view.play.dimmed == ()
    assert hands.view.play.segments == ()
