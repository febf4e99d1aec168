"""The Code room shows what a round asks for, puts codes on segments, and lets the lead say what is coded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcode.operations import coding, regions, segments
from qcode.operations.assignments import assign
from qcode.operations.coding_places import ExcludedError, NotYourPartError
from qcode.operations.leading import LeadOnlyError
from qcode.operations.passages import NothingSelectedError
from qcode.operations.rounds import add_round
from qcode.queries.codings import codings_of
from qcode.queries.rounds.regions import regions_of
from qcode.queries.team import coders, rounds
from qcode.queries.transcripts.documents import document_text


def begin_round(hands, **how):
    """Code in a round of its own in which both coders code both documents."""
    made = add_round(hands.study, name="Second", **how)
    small = hands.small
    assign(hands.study, round_id=made, documents=small.documents.values(), coders=[small.ana, small.bo])
    hands.room.bridge.code_in(next(row for row in rounds(hands.study) if row.id == made))
    return made


def part_of(hands, round_id, *words, coder=None):
    """Let a coder code these words of INT-1 alone."""
    text = document_text(hands.study, hands.small.documents["INT-1"])
    found = [hands.small.passage("INT-1", each) for each in words]
    regions.assign_parts(
        hands.study,
        round_id=round_id,
        coder=coder or hands.small.ana,
        document=text.id,
        ranges=[(one.start, one.end) for one in found],
        revision=text.revision,
    )


@pytest.fixture
def cut(hands):
    """The round in which turns were cut into segments; the room codes in it."""
    made = begin_round(hands, segmented=True)
    segments.cut_segments(hands.study, round_id=made, documents=list(hands.small.documents.values()), by="turn")
    hands.view.setFocus()
    return made


def choose(hands, name):
    """Choose in the menu that is open, by its keys."""
    menu = hands.room.editing.apportioning.menu
    assert menu.isVisible()
    names = [action.text() for action in menu.actions()]
    for _step in range(next(place for place, each in enumerate(names) if each.startswith(name))):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    return names


def excluded(hands, round_id):
    text = document_text(hands.study, hands.small.documents["INT-1"])
    found = regions_of(hands.study, text.id, round_id).excluded
    return [(text.text[row.start : row.end], row.round) for row in found]


# Parts and what is excluded


def test_ones_part_is_said_shown_and_the_rest_refuses_codes(hands):
    made = begin_round(hands)
    part_of(hands, made, "And afterwards?", "Two days later somebody knocked.")
    assert hands.room.transcript.notice.startswith("A part of this document is yours")
    assert "part" in hands.room.documents.list.lines[0].notes[0]
    assert {one.words for one in hands.view.play.dimmed} == {"not yours"}
    hands.mark("I heard the boots first")
    hands.press("Return")
    assert not hands.room.applying.palette.isVisible()
    assert hands.refused == [str(NotYourPartError("INT-1"))]
    hands.mark("somebody knocked")
    hands.type("wear")
    hands.press("Return")
    assert hands.codings()[-1] == ("Wear", "somebody knocked")
    assert len(hands.refused) == 1


def test_the_last_codes_and_a_click_in_the_codebook_refuse_too(hands):
    made = begin_round(hands)
    hands.mark("somebody knocked")
    hands.type("wear")
    hands.press("Return")
    part_of(hands, made, "And afterwards?", "Two days later somebody knocked.")
    before = hands.codings()
    hands.mark("I heard the boots first")
    hands.press("Ctrl+Return")
    hands.room.applying.apply(hands.small.codes["Wear"])
    assert hands.refused == [str(NotYourPartError("INT-1"))] * 2
    assert hands.codings() == before


def test_the_caret_goes_everywhere_and_colleagues_have_no_part_in_ones_parts(hands):
    made = begin_round(hands)
    part_of(hands, made, "And afterwards?", coder=hands.small.bo)
    assert hands.view.play.dimmed == ()
    part_of(hands, made, "And afterwards?")
    hands.press("Ctrl+Home")
    assert hands.view.caret() == 0
    hands.press("Space")
    assert hands.selected() == "What happened that night?"


def test_uncoded_turns_are_looked_for_in_ones_part_alone(hands):
    made = begin_round(hands)
    part_of(hands, made, "Two days later somebody knocked. She had been through it herself.")
    hands.press("Ctrl+Home")
    hands.room.showing.choose("uncoded")
    assert hands.room.showing.walker.position == (None, 1)
    hands.press("F3")
    assert hands.selected().startswith("Two days later")


# Segments


def test_a_code_goes_on_the_segment_at_the_caret_which_is_marked_before(hands, cut):
    hands.put_caret("boots first")
    hands.press("Return")
    assert hands.selected().startswith("I called them.")
    assert hands.selected().endswith("what would follow.")
    hands.type("wear")
    hands.press("Return")
    rows = [row for row in codings_of(hands.study, hands.room.desk.document) if row.round == cut]
    assert [(row.start, row.end) for row in rows] == [hands.view.selected_range()]
    assert [row.name for row in rows] == ["Wear"]
    hands.press("Down")
    assert hands.selected() == "And afterwards?"


def test_a_selection_over_two_segments_codes_both_and_is_undone_at_one_stroke(hands, cut):
    start = hands.room.desk.text.text.index("first, and I was")
    end = hands.room.desk.text.text.index("afterwards?")
    hands.view.select(start, end)
    hands.type("wear")
    hands.press("Return")
    rows = [row for row in codings_of(hands.study, hands.room.desk.document) if row.round == cut]
    assert sorted((row.start, row.end) for row in rows) == list(hands.view.play.segments[1:3])
    hands.room.bridge.undo()
    assert [row for row in codings_of(hands.study, hands.room.desk.document) if row.round == cut] == []


def test_the_palette_knows_what_is_on_the_segment_already(hands, cut):
    hands.put_caret("boots first")
    hands.type("wear")
    hands.press("Return")
    hands.put_caret("I was afraid")
    hands.press("Return")
    rows = hands.room.applying.palette.rows()
    assert [row.name for row in rows if row.code and row.code.applied] == ["Wear"]


def test_the_walk_goes_to_segments_without_a_code_and_on_to_the_next_document(hands, cut):
    hands.put_caret("What happened")
    hands.press("Return")
    hands.type("wear")
    hands.press("Return")
    hands.press("Ctrl+L", "B")
    assert hands.room.showing.walker.title == "Segments without a code"
    assert hands.room.showing.walker.position == (None, 3)
    hands.press("F3", "F3", "F3")
    assert hands.selected().startswith("Two days later")
    hands.press("F3")
    assert "Press again to go on to “FG-1”" in hands.informed[-1]
    hands.press("F3")
    assert hands.room.desk.text.name == "FG-1"
    assert hands.view.selected_range() == hands.view.play.segments[0]


def test_the_menu_of_walks_offers_segments_where_there_are_some(hands, cut):
    menu = hands.room.transcript.foot.menu
    menu.aboutToShow.emit()
    assert "Segments without a code (4)" in [action.text() for action in menu.actions()]


def test_edges_move_by_segment(hands, cut):
    hands.put_caret("And afterwards")
    hands.press("Return")
    hands.type("wear")
    hands.press("Return")
    row = next(row for row in codings_of(hands.study, hands.room.desk.document) if row.round == cut)
    assert hands.room.desk.units == hands.view.play.segments
    hands.room.edges.begin(hands.room.desk.known[row.id])
    hands.press("Left", "Return")
    assert "segment" in hands.refused[-1]
    assert (row.start, row.end) in hands.view.play.segments


def test_a_round_whose_segments_are_not_cut_says_so(hands):
    begin_round(hands, segmented=True)
    assert hands.room.transcript.notice.startswith("There are no segments here to be coded in “Second” yet.")
    hands.put_caret("boots")
    hands.press("Return")
    assert "segments" in hands.refused[-1]


# What the lead says of a selection


def test_a_passage_is_excluded_in_the_round_or_everywhere_and_given_back(hands):
    made = begin_round(hands)
    hands.mark("Take your time.")
    hands.press("Ctrl+L", "X")
    names = choose(hands, "Not coded in “Second”")
    assert names == ["Not coded in “Second”", "Not coded in any round"]
    assert excluded(hands, made) == [("Take your time.", made)]
    assert [one.words for one in hands.view.play.dimmed] == ["not coded"]
    assert hands.selected() == "Take your time."
    hands.press("Return")
    assert hands.refused == [str(ExcludedError("INT-1"))]
    hands.mark("And afterwards?")
    hands.press("Ctrl+L", "X")
    choose(hands, "Not coded in any round")
    assert excluded(hands, made) == [("Take your time.", made), ("And afterwards?", None)]
    hands.press("Ctrl+L", "X")
    assert choose(hands, "Coded again")[-1] == "Coded again"
    assert excluded(hands, made) == [("Take your time.", made)]
    hands.room.bridge.undo()
    hands.room.bridge.undo()
    assert excluded(hands, made) == [("Take your time.", made)]
    assert len(hands.view.play.dimmed) == 1


def test_a_selection_becomes_one_more_segment_until_somebody_codes(hands):
    made = begin_round(hands, segmented=True)
    hands.mark("Take your time.")
    hands.press("Ctrl+L", "J")
    hands.mark("And afterwards?")
    hands.press("Ctrl+L", "J")
    found = [hands.room.desk.text.text[start:end] for start, end in hands.view.play.segments]
    assert found == ["Take your time.", "And afterwards?"]
    hands.mark("time.")
    hands.press("Ctrl+L", "J")
    assert "overlap" in hands.refused[-1]
    coding.apply_codes(
        hands.study,
        passage=hands.small.passage("INT-1", "And afterwards?"),
        codes=[hands.small.codes["Wear"]],
        round_id=made,
    )
    hands.mark("knocked")
    hands.press("Ctrl+L", "J")
    assert "has begun to code" in hands.refused[-1]
    assert len(hands.view.play.segments) == 2


def test_a_selection_becomes_a_part_of_a_coder_beside_others(hands):
    made = begin_round(hands)
    for words in ("And afterwards?", "Take your time."):
        hands.mark(words)
        hands.press("Ctrl+L", "P")
        assert choose(hands, "Bo Ek") == ["Ana Lima (you)", "Bo Ek (BE)"]
    text = hands.room.desk.text.text
    parts = regions_of(hands.study, hands.room.desk.document, made, hands.small.bo).parts
    assert [text[row.start : row.end] for row in parts] == ["Take your time.", "And afterwards?"]
    assert hands.view.play.dimmed == ()
    hands.mark("And afterwards?")
    hands.press("Ctrl+L", "P")
    choose(hands, "Ana Lima")
    assert {one.words for one in hands.view.play.dimmed} == {"not yours"}


@pytest.mark.parametrize("letter", ["X", "J", "P"])
def test_without_a_selection_or_the_lead_it_is_refused_with_a_sentence(hands, letter):
    begin_round(hands, segmented=True)
    hands.put_caret("And afterwards")
    hands.press("Ctrl+L", letter)
    assert hands.refused == [str(NothingSelectedError())]
    lead = next(row.name for row in coders(hands.study) if row.role == "lead")
    hands.room.bridge.act_as(hands.small.bo)
    hands.room.bridge.code_in(rounds(hands.study)[-1])
    hands.mark("And afterwards?")
    hands.press("Ctrl+L", letter)
    assert hands.refused[1:] == [str(LeadOnlyError([lead]))]
