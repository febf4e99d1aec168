"""Handing out in the window: a file for each coder who is ticked, and a list of what is out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qcode.operations import assignments, collecting, team
from qcode.queries.collecting.hand_outs import hand_outs, handed_out_to
from qcode.study import Study
from qcode.ui.transcripts.collecting.hand_out import HandOutPage


@pytest.fixture
def page(qtbot, bridge):
    made = HandOutPage(bridge)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    made.show()
    qtbot.waitActive(made)
    made.begin()
    return made


def settle(qtbot, page):
    qtbot.waitUntil(lambda: not page.is_busy, timeout=10_000)


def names(folder):
    return sorted(path.name for path in folder.glob("*–*.qcode"))


def test_coders_with_something_to_code_are_ticked_and_what_they_get_is_told(page, small_study):
    assert [(box.text(), box.isChecked()) for box in page.boxes.values()] == [("Bo Ek – 2 documents to code", True)]
    assert "all 2 documents, the codebook with 5 codes" in page.about.text()
    assert page.folder == small_study.study.path.parent


def test_files_are_made_by_keys_listed_and_said(qtbot, page, bridge, small_study, tmp_path):
    team.add_coder(small_study.study, name="Cy Ode")
    qtbot.waitUntil(lambda: len(page.boxes) == 2)
    for box in page.boxes.values():
        box.setChecked(True)
    assert page.button.text() == "Hand out to 2 coders"
    told = []
    bridge.informed.connect(told.append)
    page.entry().setFocus()
    qtbot.keyClick(page.entry(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert names(tmp_path) == ["small – Bo Ek.qcode", "small – Cy Ode.qcode"]
    assert told == ["2 files made: “small – Bo Ek.qcode”, “small – Cy Ode.qcode”. Send each to its coder."]
    assert [row.name for row in page.out.shown_rows()] == [row.name for row in hand_outs(small_study.study)]
    with Study.open(tmp_path / "small – Bo Ek.qcode") as study:
        assert handed_out_to(study).id == small_study.bo
    assert not any(box.isChecked() for box in page.boxes.values())


def test_a_second_file_for_a_coder_takes_another_name(qtbot, page, tmp_path):
    for _ in range(2):
        next(iter(page.boxes.values())).setChecked(True)
        page.keep()
        settle(qtbot, page)
    assert names(tmp_path) == ["small – Bo Ek 2.qcode", "small – Bo Ek.qcode"]
    assert next(iter(page.boxes.values())).text().endswith("2 files out already")


def test_a_folder_that_is_not_there_is_refused_and_nothing_noted(qtbot, page, bridge, small_study, tmp_path):
    refused = []
    bridge.refused.connect(refused.append)
    page.folder_line.setText(str(tmp_path / "nowhere"))
    page.keep()
    settle(qtbot, page)
    assert "does not exist" in refused[0]
    assert hand_outs(small_study.study) == []


def test_who_does_not_lead_is_refused(qtbot, page, bridge, small_study, tmp_path):
    refused = []
    bridge.refused.connect(refused.append)
    bridge.act_as(small_study.bo)
    page.begin()
    page.keep()
    settle(qtbot, page)
    assert refused == ["Only whoever leads the study can do that. Ask Ana Lima."]
    assert names(tmp_path) == []


def test_nobody_is_ticked_who_handed_everything_in(page, bridge, small_study):
    bridge.act_as(small_study.bo)
    assignments.hand_in_round(small_study.study, round_id=small_study.round)
    bridge.act_as(small_study.ana)
    page.begin()
    (box,) = page.boxes.values()
    assert (box.text(), box.isChecked()) == ("Bo Ek – nothing to code", False)


def test_what_was_collected_is_told_with_its_time(qtbot, page, small_study, tmp_path):
    page.keep()
    settle(qtbot, page)
    assert page.out._rows.cells(page.out.shown_rows()[0])[-1] == "not yet"
    collecting.collect(small_study.study, tmp_path / "small – Bo Ek.qcode")
    page.refresh()
    assert page.out._rows.cells(page.out.shown_rows()[0])[-1] != "not yet"


def test_esc_goes_back(qtbot, page):
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
