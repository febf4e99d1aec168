"""The list of the codings at the caret, and the parts of the room that have no window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcode.operations import documents as operations
from qcode.text.ranges import trim
from qcode.ui.code.edges import Edges
from qcode.ui.code.walks import Walk, next_stop, stops_at_codings


@pytest.fixture
def listed(hands):
    """The room with everyone's codings and the caret where two coders agree on a code."""
    hands.room.show_whose("everyone")
    hands.put_caret("I was afraid")
    return hands


def names(hands):
    """Code and coder of each entry."""
    return [(line.name, line.right) for line in hands.room.here.list.lines]


def test_all_codings_at_the_caret_are_listed_longest_first(listed):
    assert names(listed) == [("Fear of consequences", "you"), ("Fear of consequences", "Bo Ek")]
    listed.put_caret("And afterwards?")
    assert names(listed) == []


def test_enter_selects_the_passage_and_the_list_stays_under_the_hand(listed):
    listed.room.here.list.setFocus()
    listed.press("End", "Return")
    assert listed.selected() == "I was afraid of what would follow."
    assert names(listed) == [("Fear of consequences", "you"), ("Fear of consequences", "Bo Ek")]
    listed.press("Home", "Return")
    assert listed.selected() == "I heard the boots first, and I was afraid of what would follow."


def test_only_ones_own_coding_can_be_changed(listed):
    here = listed.room.here
    assert here.comment.isVisible()
    here.list.setFocus()
    listed.press("End")
    assert not here.comment.isVisible()
    assert not here.remove.isVisible()


def test_delete_on_a_colleagues_entry_is_refused_with_its_sentence(listed):
    listed.room.here.list.setFocus()
    listed.press("End", "Delete")
    assert listed.refused == ["That coding is a colleague's. You can change only your own; add yours beside it."]


def test_the_marked_coding_is_removed_from_the_list(listed):
    listed.room.here.list.setFocus()
    listed.press("Delete")
    assert names(listed) == [("Fear of consequences", "Bo Ek")]
    assert "Fear of consequences" not in [name for name, _words in listed.codings()]


def test_the_buttons_say_and_change_what_holds(listed):
    here = listed.room.here
    for button in (here.unsure, here.illustrative, here.negative):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    row = listed.row("Fear of consequences")
    assert (row.unsure, row.illustrative, row.negative_case) == (True, True, True)
    assert listed.room.here.list.lines[0].notes[1:] == ("unsure · illustrative · negative case",)
    listed.room.bridge.undo()
    assert not here.negative.isChecked()


def test_codings_of_a_document_that_is_handed_in_are_read_but_not_changed(listed):
    listed.room.give_done(done=True)
    here = listed.room.here
    assert not here.comment.isReadOnly()
    assert here.unsure.isEnabled()
    listed.hand_in()
    assert here.comment.isReadOnly()
    assert not here.unsure.isEnabled()
    listed.press("Ctrl+U")
    assert "You handed in “INT-1”" in listed.refused[-1]


def test_what_is_refused_leaves_the_button_as_it_was(listed, monkeypatch):
    monkeypatch.setattr(listed.study, "coder", listed.small.bo)
    here = listed.room.here
    QTest.mouseClick(here.unsure, Qt.MouseButton.LeftButton)
    assert "a colleague's" in listed.refused[-1]
    assert not here.unsure.isChecked()


def test_ctrl_d_in_the_text_opens_the_definition_of_what_is_here(listed):
    listed.press("Ctrl+D")
    assert listed.room.editor.code.name == "Fear of consequences"


def test_a_click_on_a_stripe_selects_its_passage_and_delete_means_that_one(listed):
    strip = listed.view._stripes
    stripe = next(stripe for stripe in strip.stripes() if stripe.coding.mine and stripe.coding.name.startswith("Fear"))
    place = strip.rect().topLeft()
    place.setX(round(stripe.x))
    place.setY(round((stripe.top + stripe.bottom) / 2))
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    assert listed.view.active_coding() == listed.row("Fear of consequences").id
    assert listed.selected().startswith("I heard the boots")
    listed.view.setFocus()
    listed.press("Delete")
    assert [name for name, _words in listed.codings()] == ["Calling for help", "Trusted person"]


def test_a_document_that_is_removed_makes_room_for_another(hands):
    operations.remove_document(hands.study, hands.small.documents["INT-1"])
    assert hands.room.transcript.title == "FG-1"
    operations.remove_document(hands.study, hands.small.documents["FG-1"])
    assert hands.room.empty.isVisible()
    hands.room.bridge.undo()
    assert hands.room.transcript.title == "FG-1"


def test_documents_give_way_in_a_small_window_and_come_back(hands):
    room = hands.room
    room.resize(800, 600)
    assert not room.documents.isVisible()
    room.resize(1200, 700)
    assert room.documents.isVisible()
    hands.press("Ctrl+Shift+L")
    assert not room.documents.isVisible()
    assert hands.focus is hands.view
    room.edit_definition(hands.small.codes["Fear"])
    hands.press("Escape")
    assert not room.documents.isVisible()
    hands.press("Ctrl+Shift+L")
    assert hands.focus is room.documents.list


def test_the_editor_takes_the_room_of_the_documents_and_gives_it_back(hands):
    room = hands.room
    width = room.documents.width()
    room.edit_definition(hands.small.codes["Fear"])
    assert not room.documents.isVisible()
    assert room.editor.width() > 300
    hands.press("Escape")
    assert room.documents.width() == width


def test_the_theme_is_followed_everywhere(hands):
    from qcode.ui import theme
    from qcode.ui.palette import DARK

    theme.choose("dark")
    hands.room.update_theme()
    assert hands.view.colours is DARK
    assert hands.room.grab().toImage().pixelColor(600, 300).lightness() < 128


def test_walking_passes_over_nothing_and_ends_at_the_last(hands):
    rows = hands.room.desk.drawn
    stops = stops_at_codings(Walk(), rows)
    walked, current = [], None
    while (place := next_stop(stops, (0, 0), current, 1)) is not None:
        current = stops[place].coding
        walked.append(place)
    assert walked == list(range(len(rows)))
    assert [stop.start for stop in stops] == sorted(row.start for row in rows)
    assert next_stop(stops, (0, 0), stops[0].coding, -1) is None
    assert next_stop(stops, stops[1].range, None, 1) == 2
    assert next_stop(stops, (stops[1].start + 1,) * 2, None, -1) == 1
    assert next_stop([], (0, 0), None, 1) is None


WORDS = "I called. 👩‍👩‍👧 They ca\u0301me: «sí» – שלום עולם. End"


@pytest.mark.parametrize("by", ["word", "character"])
@pytest.mark.parametrize("moving", ["start", "end"])
def test_edges_never_meet_nor_leave_the_text_nor_split_a_character(by, moving):
    whole = Edges(0, len(WORDS), moving)
    inwards = -1 if moving == "end" else 1
    seen = [whole]
    while (after := seen[-1].moved(WORDS, (), by, inwards)) != seen[-1]:
        seen.append(after)
    assert len(seen) > 6
    assert all(0 <= edges.start < edges.end <= len(WORDS) for edges in seen)
    places = {edges.caret for edges in seen}
    family = WORDS.index("👩")
    assert not places & set(range(family + 1, family + 5))
    assert WORDS.index("\u0301") not in places
    back = seen[-1]
    while (after := back.moved(WORDS, (), by, -inwards)) != back:
        back = after
    assert trim(WORDS, *back.range) is not None


def test_edges_move_by_sentence_to_where_sentences_begin_and_end():
    units = ((0, 9), (10, 20), (21, 30))
    assert Edges(2, 5).moved("x" * 30, units, "sentence", 1).range == (2, 9)
    assert Edges(2, 9).moved("x" * 30, units, "sentence", 1).range == (2, 20)
    assert Edges(2, 9).moved("x" * 30, units, "sentence", -1).range == (2, 9)
    assert Edges(12, 18, "start").moved("x" * 30, units, "sentence", -1).range == (10, 18)
    assert Edges(12, 18, "start").moved("x" * 30, units, "sentence", 1).range == (12, 18)
    assert Edges(12, 18).other().other() == Edges(12, 18)
