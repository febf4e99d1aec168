"""Coding in the real room, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from qcode.operations import assignments, coding
from qcode.operations import codebook as operations
from qcode.operations.lookup import NameTooLongError
from qcode.operations.rounds import add_round
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import codings_of
from qcode.queries.team import rounds
from qcode.queries.transcripts.documents import documents
from qcode.ui.code_palette import Pick


def test_three_letters_and_enter_put_a_code_on_the_sentence(hands):
    hands.put_caret("Two days")
    hands.press("Space")
    hands.type("wea")
    hands.press("Return")
    assert ("Wear", "Two days later somebody knocked.") in hands.codings()
    assert hands.focus is hands.view
    assert hands.selected() == "Two days later somebody knocked."


def test_letters_without_a_selection_mean_the_sentence_at_the_caret(hands):
    hands.put_caret("somebody knocked")
    hands.type("wea")
    hands.press("Return")
    assert ("Wear", "Two days later somebody knocked.") in hands.codings()


def test_space_grows_to_the_turn_and_to_question_and_answer(hands):
    hands.put_caret("Two days")
    hands.press("Space", "Space", "Space")
    assert hands.selected().startswith("And afterwards?")
    hands.press("Shift+Space", "Shift+Space")
    assert hands.selected() == "Two days later somebody knocked."


def test_comment_and_doubt_are_given_in_the_same_stroke(hands):
    hands.mark("Two days later")
    hands.type("wear")
    hands.press("Tab")
    hands.type("slow days")
    hands.press("Ctrl+U", "Return")
    row = hands.row("Wear")
    assert (row.comment, row.unsure) == ("slow days", True)


def test_shift_enter_applies_and_stays_for_another_code(hands):
    hands.mark("Two days later")
    hands.type("wear")
    hands.press("Shift+Return")
    assert hands.room.applying.palette.isVisible()
    hands.type("calling")
    hands.press("Return")
    assert not hands.room.applying.palette.isVisible()
    assert {("Wear", "Two days later"), ("Calling for help", "Two days later")} <= set(hands.codings())
    hands.mark("That made all the difference.")
    hands.press("Ctrl+Return")
    names = {name for name, words in hands.codings() if words == "That made all the difference."}
    assert names == {"Wear", "Calling for help"}


def test_a_new_code_is_made_and_applied_from_the_palette(hands):
    hands.mark("somebody knocked")
    hands.type("Knocking")
    hands.press("Return")
    assert ("Knocking", "somebody knocked") in hands.codings()
    assert "Knocking" in [row.name for row in hands.room.desk.codes]


@pytest.mark.parametrize("enter", ["Return", "Shift+Return"])
def test_a_new_name_that_is_refused_stays_in_the_palette_with_its_comment_until_it_is_mended(hands, enter):
    palette, before = hands.room.applying.palette, codebook(hands.study)
    hands.mark("somebody knocked")
    hands.type("Kn")
    query = hands.focus
    query.insert("o" * 300)
    hands.press("Tab")
    hands.type("late at night")
    comment = hands.focus
    hands.press("Ctrl+U", enter)
    sentence = str(NameTooLongError("code"))
    assert hands.refused == [sentence]
    assert codebook(hands.study) == before
    assert palette.isVisible()
    assert sentence in [part.text() for part in palette.findChildren(QLabel) if part.isVisible()]
    assert (hands.focus, query.text(), comment.text()) == (query, "Kn" + "o" * 300, "late at night")
    query.setText("Knocking")
    assert sentence not in [part.text() for part in palette.findChildren(QLabel) if part.isVisible()]
    hands.press("Return")
    row = hands.row("Knocking")
    assert (row.comment, row.unsure) == ("late at night", True)
    assert not palette.isVisible()
    assert hands.focus is hands.view


def test_in_vivo_takes_the_words_as_the_name(hands):
    hands.mark("I heard the boots first")
    hands.press("Return")
    rows = hands.room.applying.palette.rows()
    place = next(number for number, row in enumerate(rows) if row.kind.name == "IN_VIVO")
    hands.press(*["Down"] * place, "Return")
    assert ("I heard the boots first", "I heard the boots first") in hands.codings()


def test_a_name_that_is_known_applies_the_known_code(hands):
    hands.mark("somebody knocked")
    hands.press("Return")
    before = len(hands.room.desk.codes)
    hands.room.applying._on_picked(_pick("WEAR"))
    assert len(hands.room.desk.codes) == before
    assert ("Wear", "somebody knocked") in hands.codings()


def test_last_codes_again_without_any_says_what_to_do(hands):
    hands.mark("somebody knocked")
    hands.press("Ctrl+Return")
    assert "No code was applied yet" in hands.refused[-1]


def test_applying_keeps_scroll_caret_selection_and_focus(hands):
    hands.read("Long", *[f"This is what was said as number {number}, and no more." for number in range(90)])
    hands.mark("said as number 60")
    hands.view.verticalScrollBar().setValue(52)
    cursor = hands.view.textCursor()
    before = (cursor.anchor(), cursor.position(), hands.view.verticalScrollBar().value())
    for code in ("wear", "calling", "fear"):
        hands.type(code)
        hands.press("Return")
        cursor = hands.view.textCursor()
        assert (cursor.anchor(), cursor.position(), hands.view.verticalScrollBar().value()) == before
        assert hands.focus is hands.view
    hands.room.bridge.undo()
    hands.press("Ctrl+Shift+A")
    assert hands.view.verticalScrollBar().value() == 52
    assert len(hands.codings()) == 2


def test_delete_removes_the_only_own_coding_here(hands):
    hands.put_caret("She had been through")
    hands.press("Delete")
    assert "Trusted person" not in [name for name, _words in hands.codings()]


def test_delete_asks_which_where_several_are(hands):
    hands.mark("I called them. They came at once.")
    hands.type("wear")
    hands.press("Return")
    hands.put_caret("They came at once.")
    hands.press("Delete")
    chooser = hands.room.changing.chooser
    assert chooser.isVisible()
    names = [line.name for line in chooser.list.lines]
    assert names == ["Calling for help", "Wear", "All 2 of them"]
    hands.press("Down", "Return")
    assert not chooser.isVisible()
    assert hands.focus is hands.view
    assert ("Wear", "I called them. They came at once.") not in hands.codings()
    assert ("Calling for help", "I called them. They came at once.") in hands.codings()


def test_all_of_several_can_be_removed_and_one_undo_brings_them_back(hands):
    hands.mark("I called them. They came at once.")
    hands.type("wear")
    hands.press("Return")
    before = hands.codings()
    hands.press("Delete", "End", "Return")
    assert len(hands.codings()) == len(before) - 2
    hands.room.bridge.undo()
    assert hands.codings() == before


def test_escape_in_the_chooser_removes_nothing(hands):
    hands.mark("I called them. They came at once.")
    hands.type("wear")
    hands.press("Return")
    before = hands.codings()
    hands.press("Delete", "Escape")
    assert hands.codings() == before
    assert hands.focus is hands.view


def test_delete_on_a_colleagues_coding_says_that_none_is_ones_own(hands):
    hands.room.show_whose("everyone")
    hands.room.bridge.act_as(hands.small.bo)
    hands.put_caret("She had been through")
    hands.press("Delete")
    assert hands.refused == ["None of your codings is here. Put the caret on one of them."]


def test_f3_walks_from_coding_to_coding(hands):
    hands.put_caret("What happened")
    hands.press("F3")
    assert hands.selected() == "I called them. They came at once."
    hands.press("F3")
    assert hands.selected().startswith("I heard the boots")
    hands.press("Shift+F3")
    assert hands.selected() == "I called them. They came at once."


def test_edges_move_by_word_character_and_sentence_and_enter_keeps_them(hands):
    hands.put_caret("She had been through")
    hands.press("F2")
    hands.press("Left", "Left")
    assert hands.selected() == "She had been through it"
    hands.press("Shift+Right", "Shift+Right")
    assert hands.selected() == "She had been through it h"
    hands.press("Down", "Tab", "Right")
    assert "start" in hands.room.transcript.notice
    hands.press("Return")
    assert ("Trusted person", "had been through it herself.") in hands.codings()
    assert not hands.room.edges.active


def test_what_moves_is_shown_before_it_is_kept_and_escape_leaves_it(hands):
    before = hands.codings()
    hands.put_caret("She had been through")
    hands.press("F2", "Left", "Left")
    drawn = {row.id: (row.start, row.end) for row in hands.view.codings_in_sight()}
    row = hands.row("Trusted person")
    assert drawn[row.id] != (row.start, row.end)
    hands.press("Escape")
    assert hands.codings() == before
    drawn = {row.id: (row.start, row.end) for row in hands.view.codings_in_sight()}
    assert drawn[row.id] == (row.start, row.end)
    assert hands.room.transcript.notice == ""


def test_the_comment_on_the_coding_at_the_caret_is_written_beside_the_text(hands):
    hands.put_caret("She had been through")
    hands.press("Ctrl+Shift+M")
    hands.type("the turning point")
    hands.press("Return")
    assert hands.row("Trusted person").comment == "the turning point"
    assert hands.focus is hands.view
    hands.press("Ctrl+Shift+M")
    hands.type("x")
    hands.press("Escape")
    assert hands.row("Trusted person").comment == "the turning point"


def test_a_comment_is_kept_when_the_focus_goes_elsewhere(hands):
    hands.put_caret("She had been through")
    hands.press("Ctrl+Shift+M")
    hands.type("kept")
    hands.view.setFocus()
    assert hands.row("Trusted person").comment == "kept"


def test_flags_and_doubt_have_keys(hands):
    hands.put_caret("She had been through")
    hands.press("Ctrl+U", "Ctrl+Shift+I", "Ctrl+Shift+N")
    row = hands.row("Trusted person")
    assert (row.unsure, row.illustrative, row.negative_case) == (True, True, True)
    here = hands.room.here
    assert (here.unsure.isChecked(), here.illustrative.isChecked(), here.negative.isChecked()) == (True, True, True)
    hands.press("Ctrl+U")
    assert not hands.row("Trusted person").unsure


def test_everyone_shows_colleagues_with_their_initials(hands):
    assert {(row.coder, row.mine) for row in hands.view.codings_in_sight()} == {("", True)}
    hands.press("Ctrl+Shift+A")
    assert {row.coder for row in hands.view.codings_in_sight()} == {"AL", "BE"}
    assert hands.room.transcript.everyone.isChecked()
    hands.press("Ctrl+Shift+A")
    assert {(row.coder, row.mine) for row in hands.view.codings_in_sight()} == {("", True)}


def test_done_with_a_document_is_said_and_changes_nothing_else(hands):
    done = hands.room.transcript.done
    hands.press("Ctrl+Shift+D")
    assert done.isChecked()
    assert hands.room.transcript.notice.startswith("You said that you are done here.")
    assert hands.room.documents.list.lines[0].notes == ("Residents · done ✓",)
    hands.mark("somebody knocked")
    hands.type("wear")
    hands.press("Return")
    assert ("Wear", "somebody knocked") in hands.codings()
    hands.press("Ctrl+Shift+D")
    assert not done.isChecked()
    assert hands.room.transcript.notice == ""
    hands.room.bridge.undo()
    assert done.isChecked()
    assert not hands.refused


def test_what_is_handed_in_is_read_and_refuses_codes_before_one_looks_for_them(hands):
    hands.hand_in()
    assert (hands.room.transcript.done.text(), hands.room.transcript.done.isEnabled()) == ("✓ Handed in", False)
    assert hands.room.transcript.notice.startswith("You handed this document in")
    before = hands.codings()
    hands.mark("somebody knocked")
    hands.press("Return")
    assert not hands.room.applying.palette.isVisible()
    assert hands.codings() == before
    assert hands.refused == [str(coding.HandedInError("INT-1"))]
    hands.press("Ctrl+Shift+D")
    assert hands.refused == [str(coding.HandedInError("INT-1"))] * 2


def test_what_was_opened_again_says_the_reason_and_can_be_coded(hands):
    hands.hand_in()
    assignments.reopen(
        hands.study,
        round_id=hands.small.round,
        coder=hands.small.ana,
        documents=[hands.small.documents["INT-1"]],
        reason="The second half is not coded.",
    )
    assert hands.room.transcript.notice == "The lead opened this again: The second half is not coded."
    assert hands.room.documents.list.lines[0].notes == ("Residents · open again",)
    hands.mark("somebody knocked")
    hands.type("wear")
    hands.press("Return")
    assert ("Wear", "somebody knocked") in hands.codings()


def test_in_a_blind_round_the_room_says_when_colleagues_will_be_seen(make_hands, bridge, small_study):
    study = small_study.study
    blind = add_round(study, name="Blind", blind=True, everyone=True)
    bridge.code_in(next(row for row in rounds(study) if row.id == blind))
    study.act_as(small_study.bo)
    coding.apply_codes(
        study,
        passage=small_study.passage("INT-1", "somebody knocked"),
        codes=[small_study.codes["Wear"]],
        round_id=blind,
    )
    study.act_as(small_study.ana)
    hands = make_hands(bridge, small_study)
    hands.open("INT-1")
    hands.press("Ctrl+Shift+A")
    assert hands.room.desk.drawn == []
    assert "once you have handed this document in" in hands.room.transcript.notice
    hands.press("Ctrl+Shift+D")
    assert hands.room.desk.drawn == []
    assignments.hand_in_round(study, round_id=blind, documents=[small_study.documents["INT-1"]])
    assert [row.coder for row in hands.room.desk.drawn] == ["BE"]


def test_a_document_of_no_concern_to_this_round_shows_allrounds(make_hands, bridge, small_study):
    study = small_study.study
    other = add_round(study, name="Re-check")
    assignments.assign(study, round_id=other, documents=[small_study.documents["FG-1"]], coders=[small_study.ana])
    bridge.code_in(next(row for row in rounds(study) if row.id == other))
    hands = make_hands(bridge, small_study)
    hands.open("FG-1")
    assert hands.room.desk.drawn == []
    hands.open("INT-1")
    assert len(hands.room.desk.drawn) == 3
    assert "Not yours to code in “Re-check”" in hands.room.transcript.notice
    assert not hands.room.transcript.done.isEnabled()
    hands.mark("somebody knocked")
    hands.type("wear")
    hands.press("Return")
    assert hands.refused == [str(assignments.NotAssignedError())]


@pytest.mark.parametrize(
    "step", ["apply", "remove", "undo", "redo", "comment", "recode", "code", "retire", "delete code"]
)
def test_counts_are_what_the_study_says_after_every_change(hands, step):
    hands.room.show_whose("everyone")
    row, study, codes = hands.row("Trusted person"), hands.study, hands.small.codes
    hands.small.apply("INT-1", "somebody knocked", "Wear")
    deeds = {
        "apply": lambda: hands.small.apply("INT-1", "Two days later", "Wear", "Call"),
        "remove": lambda: coding.remove_codings(study, [row.id]),
        "undo": study.undo,
        "redo": lambda: (study.undo(), study.redo()),
        "comment": lambda: coding.comment_coding(study, row.id, comment="x"),
        "recode": lambda: coding.recode(study, [row.id], code=codes["Wear"]),
        "code": lambda: operations.add_code(study, name="New one"),
        "retire": lambda: operations.retire_code(study, codes["Wear"]),
        "delete code": lambda: operations.delete_code(study, codes["Trust"]),
    }
    deeds[step]()
    room = hands.room
    assert list(room.codebook.model.rows) == list(room.desk.codes) == codebook(study)
    assert room.desk.documents == documents(study, round_id=room.bridge.round_id)
    assert sorted(room.desk.drawn) == sorted(codings_of(study, room.desk.document))


def test_a_change_in_another_document_is_counted_a_moment_later(hands, qtbot):
    hands.small.apply("FG-1", "You want to help", "Wear")
    qtbot.waitUntil(lambda: list(hands.room.codebook.model.rows) == codebook(hands.study))
    assert hands.room.desk.documents == documents(hands.study, round_id=hands.small.round)


def test_undo_goes_back_to_the_document_of_the_step(hands):
    hands.small.apply("INT-1", "somebody knocked", "Wear")
    hands.open("FG-1")
    change = hands.room.bridge.undo()
    hands.room.go_to(change.place)
    assert hands.room.transcript.title == "INT-1"
    assert hands.selected() == "somebody knocked"


def test_a_document_is_found_as_one_left_it(hands):
    hands.mark("somebody knocked")
    hands.open("FG-1")
    assert hands.selected() == ""
    hands.open("INT-1")
    assert hands.selected() == "somebody knocked"


def _pick(name):
    return Pick(None, name, in_vivo=False, comment="", unsure=False, stay=False)
