"""Collecting in the window: what files bring is seen before anything is written, and taken in at one go."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from qcode.operations import assignments, codebook, coding, collecting, team
from qcode.queries.codings import codings_of
from qcode.queries.collecting.collected import preview, receipts
from qcode.study import Study
from qcode.ui.transcripts.collecting.collect import CollectPage


@pytest.fixture
def page(qtbot, bridge):
    made = CollectPage(bridge)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def bos(small_study, tmp_path):
    """Bo's file, in which Bo coded two passages and made a code."""
    return worked_on(small_study, tmp_path / "small – Bo Ek.qcode", "I called them.", "Somebody knocked")


def worked_on(small, path, *passages):
    collecting.hand_out(small.study, small.bo, path)
    with Study.open(path) as study:
        for words in passages:
            put(small, study, words)
        codebook.add_code(study, name="Rain")
    return path


def put(small, study, words, code="Peer"):
    passage = small.passage("INT-1", words.lower() if words not in small.texts["INT-1"] else words)
    coding.apply_codes(study, passage=passage, codes=[small.codes[code]], round_id=small.round)


def settle(qtbot, page):
    qtbot.waitUntil(lambda: not page.is_busy, timeout=10_000)


def states(page):
    return [row.state for row in page.rows_of_files]


def test_what_a_file_brings_is_shown_row_by_row_before_anything_is_written(qtbot, page, small_study, bos):
    before = small_study.study.path.read_bytes()
    page.begin([bos])
    settle(qtbot, page)
    assert states(page) == ["ready"]
    assert page.said.text() == "2 codings are new, 1 code proposed, 1 other change."
    seen = preview(small_study.study, bos, handed_in=None)
    assert page.rows.shown_rows() == list(seen.arrivals)
    assert small_study.study.path.read_bytes() == before


def test_rows_are_narrowed_by_kind_deed_and_words_and_seen_in_their_context(qtbot, page, bos):
    page.begin([bos])
    settle(qtbot, page)
    page.kind.setCurrentIndex(page.kind.findData("coding"))
    page.kind.activated.emit(page.kind.currentIndex())
    assert [row.kind for row in page.rows.shown_rows()] == ["coding", "coding"]
    page.search.setFocus()
    qtbot.keyClicks(page.search, "called")
    (row,) = page.rows.shown_rows()
    page.rows.select_row(row.row)
    assert "<b>I called them.</b>" in page.context.text()
    page.search.clear()
    page.deed.setCurrentIndex(page.deed.findData("deleted"))
    page.deed.activated.emit(page.deed.currentIndex())
    assert page.rows.shown_rows() == []


def test_collecting_by_keys_takes_everything_in_with_a_receipt_for_each_file(
    qtbot, page, bridge, small_study, bos, tmp_path
):
    shutil.copy(small_study.study.path, tmp_path / "copy.qcode")
    with Study.open(tmp_path / "copy.qcode") as study:
        codebook.add_code(study, name="Snow")
    told = []
    bridge.informed.connect(told.append)
    page.begin([bos, tmp_path / "copy.qcode"])
    settle(qtbot, page)
    assert page.button.text() == "Collect 2 files"
    page.files.setFocus()
    qtbot.keyClick(page.files, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert states(page) == ["collected", "collected"]
    assert len(receipts(small_study.study)) == 2
    assert len(codings_of(small_study.study, small_study.documents["INT-1"])) == 7
    assert told[0].startswith("Collected 2 files: 2 new codings, 1 code proposed")
    assert "press Take back" in page.promise.text()
    assert page.proposals_button.isVisible()
    assert page.proposals_button.text() == "Proposals (1)"
    assert not page.button.isEnabled()


def test_collecting_the_same_file_again_says_that_there_was_nothing_new(qtbot, page, bos):
    page.begin([bos])
    settle(qtbot, page)
    page.keep()
    settle(qtbot, page)
    page.begin([bos])
    settle(qtbot, page)
    assert states(page) == ["nothing"]
    assert page.said.text() == "There is nothing new in it."
    assert not page.button.isEnabled()


def test_a_file_that_is_refused_says_why_and_the_others_go_on(qtbot, page, small_study, bos, tmp_path):
    (tmp_path / "broken.qcode").write_bytes(bos.read_bytes()[:4000])
    with Study.create(tmp_path / "else.qcode", title="Else", coder="Ana Lima"):
        pass
    page.begin([tmp_path / "broken.qcode", tmp_path / "else.qcode", small_study.study.path, bos])
    settle(qtbot, page)
    assert states(page) == ["refused", "refused", "refused", "ready"]
    sentences = [row.sentence for row in page.rows_of_files[:3]]
    assert ["damaged" in sentences[0], "another study" in sentences[1], "is open" in sentences[2]] == [True] * 3
    page.keep()
    settle(qtbot, page)
    assert states(page) == ["refused", "refused", "refused", "collected"]


def test_a_file_that_is_left_out_is_not_taken_in(qtbot, page, small_study, bos):
    page.begin([bos])
    settle(qtbot, page)
    page.files.setFocus()
    qtbot.keyClick(page.files, Qt.Key.Key_Delete)
    assert page.rows_of_files == ()
    assert page.empty.isVisible()
    assert receipts(small_study.study) == []


def test_conflicts_are_listed_with_what_each_side_says(qtbot, page, small_study, bos):
    with Study.open(bos) as study:
        codebook.rename_code(study, small_study.codes["Wear"], name="Toil")
    codebook.rename_code(small_study.study, small_study.codes["Wear"], name="Weariness")
    page.begin([bos])
    settle(qtbot, page)
    (row,) = page.conflicts._rows.shown
    _what, field, told = page.conflicts._rows.cells(row)
    assert field == "name"
    assert sorted(told.split(" | ")) == ["Ana Lima: Weariness", "Bo Ek: Toil"]
    assert page.tabs.tabText(1) == "Conflicts (1)"
    page.keep()
    settle(qtbot, page)
    assert page.conflicts_button.text() == "Conflicts (1)"


def test_what_is_sealed_is_told_without_words_and_counts(qtbot, page, bridge, small_study, tmp_path):
    from qcode.operations.rounds import change_round

    change_round(small_study.study, small_study.round, blind=True)
    path = tmp_path / "bo.qcode"
    collecting.hand_out(small_study.study, small_study.bo, path)
    with Study.open(path) as study:
        put(small_study, study, "I called them.")
    page.begin([path])
    settle(qtbot, page)
    assert page.said.text() == "Work that stays sealed until you have handed in your own comes too."
    assert page.rows.shown_rows() == []
    page.keep()
    settle(qtbot, page)
    assert states(page) == ["collected"]


def test_what_was_shown_follows_the_study_and_who_looks(qtbot, page, bridge, small_study, bos):
    page.begin([bos])
    settle(qtbot, page)
    assert any(row.proposed for row in page.rows.shown_rows())
    collecting.collect(small_study.study, bos)
    qtbot.waitUntil(lambda: states(page) == ["nothing"], timeout=10_000)
    bridge.act_as(small_study.bo)
    settle(qtbot, page)
    assert states(page) == ["nothing"]


def test_names_that_this_window_knows_are_told_when_they_come_again(qtbot, page, bridge, small_study, tmp_path):
    path = tmp_path / "bo.qcode"
    collecting.hand_out(small_study.study, small_study.bo, path)
    with Study.open(path) as study:
        codebook.add_code(study, name="What Zanele said")
    bridge.names.know(["Zanele"])
    page.begin([path])
    settle(qtbot, page)
    page.keep()
    settle(qtbot, page)
    assert page.promise.text().startswith("Names found again in")
    assert "a code" in page.promise.text()


def test_a_hand_in_is_told_in_documents(qtbot, page, small_study, tmp_path):
    path = tmp_path / "bo.qcode"
    collecting.hand_out(small_study.study, small_study.bo, path)
    with Study.open(path) as study:
        assignments.hand_in_round(study, round_id=small_study.round)
    page.begin([path])
    settle(qtbot, page)
    assert page.said.text() == "2 documents handed in."


def test_esc_leaves_and_what_waits_is_still_there(qtbot, page, bos):
    page.begin([bos])
    settle(qtbot, page)
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    page.begin()
    settle(qtbot, page)
    assert states(page) == ["ready"]


def test_a_coder_who_was_added_since_does_not_stop_it(qtbot, page, small_study, bos):
    team.add_coder(small_study.study, name="Cy")
    page.begin([bos])
    settle(qtbot, page)
    assert states(page) == ["ready"]
