"""Proposals and conflicts in the window, decided by keys and buttons; compared with what queries say."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.operations import codebook, coding, collecting
from qcode.operations.assignments import assign, hand_in_round
from qcode.operations.rounds import add_round
from qcode.operations.team import add_coder
from qcode.queries.codebook.proposals import proposals
from qcode.queries.codebook.tree import codebook as rows_of
from qcode.queries.collecting.conflicts import troubles
from qcode.study import Study


def press(key, where=None):
    QTest.keyClick(where or QApplication.focusWidget(), key)


def type_in(line, words):
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, words)


def status(study, name):
    return {row.name: row.status for row in rows_of(study)}.get(name)


@pytest.fixture
def proposed(window, small_study, tmp_path):
    """Two colleagues proposed codes in files of their own; the page lies open."""
    study = small_study.study
    cy = add_coder(study, name="Cy Ruiz")
    blind = add_round(study, name="Blind", blind=True)
    documents = list(small_study.documents.values())
    assign(study, round_id=blind, documents=documents, coders=[small_study.bo, cy])
    for coder, names in ((small_study.bo, ("Boots", "Knocking")), (cy, ("Boot",))):
        path = tmp_path / f"{coder}.qcode"
        collecting.hand_out(study, coder, path)
        with Study.open(path) as theirs:
            for name in names:
                code = codebook.add_code(theirs, name=name)
                passage = small_study.passage(
                    "INT-1", "I heard the boots" if name != "Knocking" else "somebody knocked"
                )
                coding.apply_codes(theirs, passage=passage, codes=[code], round_id=blind)
            hand_in_round(theirs, round_id=blind)
        collecting.hand_in(study, path)
    window.commands.action("team.proposals").trigger()
    return window.view.room("transcripts").settling.proposals


@pytest.fixture
def apart(window, small_study, tmp_path):
    """Two copies said different things and came together; the page lies open."""
    study = small_study.study
    shutil.copy(study.path, tmp_path / "there.qcode")
    with Study.open(tmp_path / "there.qcode") as other:
        other.act_as(small_study.bo)
        codebook.rename_code(study, small_study.codes["Wear"], name="Toil")
        codebook.rename_code(other, small_study.codes["Wear"], name="Weariness")
        codebook.add_code(study, name="Rain")
        codebook.add_code(other, name="Rain")
        collecting.merge(study, other.path)
    window.commands.action("team.conflicts").trigger()
    return window.view.room("transcripts").settling.conflicts


def test_the_page_shows_groups_with_their_passages_and_begins_in_the_list(proposed, small_study):
    groups = proposals(small_study.study)
    assert [row.codes for row in proposed.list.rows] == groups
    assert {one.name for one in groups[0]} == {"Boots", "Boot"}
    assert proposed.list.hasFocus()
    assert "I heard the boots" in proposed.body.text()
    assert "3 codes in 2 groups" in proposed.count.text()
    assert {box.text() for box in proposed.boxes.values()} == {"Boots (Bo Ek)", "Boot (Cy Ruiz)"}


def test_a_adopts_the_group_under_the_name_typed_and_the_next_follows(proposed, small_study, window):
    type_in(proposed.name_line, "Footsteps")
    proposed.list.setFocus()
    press(Qt.Key.Key_A)
    assert status(small_study.study, "Footsteps") == "active"
    assert status(small_study.study, "Boot") is None
    assert [one.name for one in proposed.current] == ["Knocking"]
    assert proposed.list.hasFocus()
    window.undo()
    assert {one.name for one in proposed.current} == {"Boots", "Boot"}
    assert len(proposals(small_study.study)) == 2


def test_letters_that_are_typed_decide_nothing(proposed, small_study):
    before = len(proposals(small_study.study))
    type_in(proposed.name_line, "mad")
    assert proposed.name_line.text() == "mad"
    assert len(proposals(small_study.study)) == before


def test_one_of_a_group_is_left_out_and_waits_on(proposed, small_study):
    kept = proposed.current[0]
    other = proposed.current[1]
    proposed.boxes[other.id].setChecked(False)
    assert proposed.adopt_button.text() == "Adopt"
    proposed.adopt_button.click()
    assert status(small_study.study, kept.name) == "active"
    assert other.name in {one.name for group in proposals(small_study.study) for one in group}


def test_which_one_is_kept_is_chosen_and_brings_its_name(proposed, small_study):
    proposed.keep_box.setCurrentIndex(1)
    proposed.keep_box.activated.emit(1)
    kept = proposed.current[1]
    assert proposed.name_line.text() == kept.name
    proposed.under_box.setCurrentIndex(proposed.under_box.findData(small_study.codes["Trust"]))
    proposed.adopt_button.click()
    row = next(row for row in rows_of(small_study.study) if row.id == kept.id)
    assert (row.path, row.status) == (("Trust", kept.name), "active")


def test_m_asks_for_a_code_and_enter_merges_into_it(proposed, small_study):
    press(Qt.Key.Key_M)
    assert proposed.chooser.line.hasFocus()
    QTest.keyClicks(proposed.chooser.line, "fear")
    press(Qt.Key.Key_Return, proposed.chooser.line)
    row = next(row for row in rows_of(small_study.study) if row.id == small_study.codes["Fear"])
    assert {name for _code, name in row.merged} == {"Boots", "Boot"}
    assert [one.name for one in proposed.current] == ["Knocking"]


def test_escape_leaves_the_chooser_first_and_then_the_page(proposed, window):
    press(Qt.Key.Key_M)
    press(Qt.Key.Key_Escape)
    assert proposed.isVisible()
    assert proposed.list.hasFocus()
    press(Qt.Key.Key_Escape)
    assert not proposed.isVisible()
    assert window.view.room("transcripts").team.isVisible()


def test_d_asks_for_an_answer_and_enter_there_declines(proposed, small_study):
    names = {one.name for one in proposed.current}
    press(Qt.Key.Key_D)
    assert proposed.answer_line.hasFocus()
    QTest.keyClicks(proposed.answer_line, "That is Fear.")
    press(Qt.Key.Key_Return)
    rows = {row.name: row for row in rows_of(small_study.study)}
    assert {(rows[name].status, rows[name].answer) for name in names} == {("declined", "That is Fear.")}
    assert proposed.answer_line.text() == ""
    assert proposed.list.hasFocus()


def test_when_all_is_decided_the_page_says_so(proposed, small_study):
    for _ in range(2):
        proposed.adopt_button.click()
    assert proposals(small_study.study) == []
    assert "No proposals wait" in proposed.empty.sentence
    assert proposed.empty.isVisible()


def test_who_does_not_lead_is_refused_with_a_sentence(proposed, small_study, window):
    told = []
    window.view.bridge.refused.connect(told.append)
    window.view.bridge.act_as(small_study.bo)
    proposed.adopt_button.click()
    assert "Only whoever leads" in told[-1]


def test_a_passage_is_shown_in_its_transcript(proposed, window):
    proposed.place_button.click()
    assert window.view.shown == "code"


def test_sides_stand_beside_each_other_and_a_digit_settles(apart, small_study, window):
    row = next(row for row in apart.list.rows if row.kind == "field")
    apart.list.setCurrentIndex(apart.list.model().index(apart.list.rows.index(row), 0))
    assert apart.heading.text() == row.what
    assert [button.text() for button in apart.buttons] == ["1  Choose this", "2  Choose this"]
    apart.list.setFocus()
    press(Qt.Key.Key_1)
    name = next(one.name for one in rows_of(small_study.study) if one.id == small_study.codes["Wear"])
    assert name == row.sides[0].says
    assert [one.kind for one in apart.list.rows] == ["same name"]
    assert apart.list.hasFocus()
    window.undo()
    assert {one.key for one in apart.list.rows} == {one.key for one in troubles(small_study.study)}
    assert apart.current.key == row.key


def test_a_text_of_ones_own_is_written_with_enter(apart, small_study):
    row = next(row for row in apart.list.rows if row.kind == "field")
    apart.list.setCurrentIndex(apart.list.model().index(apart.list.rows.index(row), 0))
    type_in(apart.text_line, "What it costs")
    press(Qt.Key.Key_Return)
    assert "What it costs" in {one.name for one in rows_of(small_study.study)}


def test_of_two_of_one_name_the_side_chosen_is_renamed_when_a_name_was_typed(apart, small_study):
    row = next(row for row in apart.list.rows if row.kind == "same name")
    apart.list.setCurrentIndex(apart.list.model().index(apart.list.rows.index(row), 0))
    assert apart.buttons[0].text() == "1  Keep this for both"
    type_in(apart.text_line, "Snow")
    assert apart.buttons[1].text() == "2  Call this one “Snow”"
    apart.buttons[1].click()
    assert {one.name for one in rows_of(small_study.study)} >= {"Rain", "Snow"}
    assert "same name" not in {one.kind for one in troubles(small_study.study)}


def test_what_is_not_ones_to_settle_says_so_and_offers_no_button(apart, small_study, window):
    add_round(small_study.study, name="Blind", blind=True)
    window.view.bridge.act_as(small_study.bo)
    assert "lead" in apart.refusal.text()
    assert not any(button.isEnabled() for button in apart.buttons)
    apart.choose(0)
    assert len(troubles(small_study.study)) == 2


def test_everything_on_the_pages_has_a_name_for_screen_readers(proposed, apart):
    for page in (proposed, apart):
        for part in (page.list, page.leave_button):
            assert part.accessibleName() or part.text()
    assert proposed.keep_box.accessibleName()
    assert all(button.accessibleName() for button in apart.buttons)
