"""Own codings are split, joined and recoded by keys at the caret; what cannot be is told in a sentence."""

from __future__ import annotations

from qcode.operations.lookup import NameTooLongError
from qcode.queries.history import undo_labels
from qcode.queries.integrity import check

FEAR = "I heard the boots first, and I was afraid of what would follow."


def test_a_coding_is_split_at_the_caret_and_undo_makes_it_whole(hands):
    hands.put_caret("and I was")
    hands.press("Ctrl+T")
    assert ("Fear of consequences", "I heard the boots first,") in hands.codings()
    assert ("Fear of consequences", "and I was afraid of what would follow.") in hands.codings()
    assert undo_labels(hands.study).undo == "Split Fear of consequences in two"
    assert hands.room.desk.text.text[hands.view.caret() :].startswith("and I was")
    hands.study.undo()
    assert ("Fear of consequences", FEAR) in hands.codings()
    assert check(hands.study).problems == ()


def test_where_several_could_be_split_it_asks_which(hands):
    hands.small.apply("INT-1", FEAR, "Wear")
    hands.put_caret("and I was")
    hands.press("Ctrl+T")
    chooser = hands.room.changing.chooser
    assert chooser.isVisible()
    assert chooser.question == "Split which coding here?"
    hands.press("Down", "Return")
    assert len(hands.codings()) == 5


def test_at_the_edge_and_beside_codings_nothing_is_split(hands):
    hands.put_caret("I heard the boots")
    hands.press("Ctrl+T")
    assert "place inside the coding" in hands.refused[-1]
    hands.put_caret("And afterwards")
    hands.press("Ctrl+T")
    assert "None of your codings is here" in hands.refused[-1]


def test_what_was_split_is_joined_again(hands):
    before = hands.codings()
    hands.put_caret("and I was")
    hands.press("Ctrl+T")
    hands.mark(FEAR)
    hands.press("Ctrl+Shift+J")
    assert hands.codings() == before
    assert undo_labels(hands.study).undo == "Join 2 codings of Fear of consequences"


def test_without_a_selection_the_coding_is_joined_with_the_next_of_its_code(hands):
    before = hands.codings()
    hands.put_caret("and I was")
    hands.press("Ctrl+T")
    hands.put_caret("the boots")
    hands.press("Ctrl+Shift+J")
    assert hands.codings() == before
    hands.put_caret("the boots")
    hands.press("Ctrl+Shift+J")
    assert "“Fear of consequences” is the last" in hands.refused[-1]


def test_codings_apart_and_single_ones_are_not_joined(hands):
    hands.small.apply("INT-1", "Take your time.", "Wear")
    hands.small.apply("INT-1", "And afterwards?", "Wear")
    hands.put_caret("your time")
    hands.press("Ctrl+Shift+J")
    assert "apart" in hands.refused[-1]
    hands.mark("Take your")
    hands.press("Ctrl+Shift+J")
    assert "two of your codings of one code" in hands.refused[-1]


def test_the_code_of_a_coding_is_changed_through_the_palette(hands):
    hands.put_caret("the boots")
    hands.press("Ctrl+R")
    palette = hands.room.editing.reshaping.palette
    assert palette.isVisible()
    assert all(row.name != "Fear of consequences" for row in palette.rows() if row.code)
    hands.type("wear")
    hands.press("Return")
    assert ("Wear", FEAR) in hands.codings()
    assert undo_labels(hands.study).undo == "Change to Wear"
    assert hands.focus is hands.view
    hands.study.undo()
    assert ("Fear of consequences", FEAR) in hands.codings()


def test_a_new_code_and_a_comment_come_with_the_change_and_go_with_one_undo(hands):
    before = hands.codings()
    hands.put_caret("the boots")
    hands.press("Ctrl+R")
    hands.type("Noise")
    hands.press("Tab")
    hands.type("loud")
    hands.press("Return")
    assert ("Noise", FEAR) in hands.codings()
    assert hands.row("Noise").comment == "loud"
    hands.study.undo()
    assert hands.codings() == before
    assert all(row.name != "Noise" for row in hands.room.desk.codes)


def test_a_new_name_that_is_refused_stays_in_the_palette_and_changes_the_coding_once_it_is_mended(hands):
    hands.put_caret("and I was")
    hands.press("Ctrl+R")
    query = hands.focus
    query.insert("D" * 201)
    hands.press("Return")
    assert hands.refused == [str(NameTooLongError("code"))]
    assert hands.room.editing.reshaping.palette.isVisible()
    assert (hands.focus, query.text()) == (query, "D" * 201)
    query.setText("Dread")
    hands.press("Return")
    assert not hands.room.editing.reshaping.palette.isVisible()
    assert ("Dread", FEAR) in hands.codings()


def test_what_is_not_here_cannot_be_recoded(hands):
    hands.put_caret("And afterwards")
    hands.press("Ctrl+R")
    assert "None of your codings is here" in hands.refused[-1]
