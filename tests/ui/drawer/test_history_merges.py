"""Merges stand in the history between the steps, and the lead takes them back as a whole from there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qcode.operations import codebook, coding, collecting
from qcode.queries.codings import codings_of
from qcode.queries.collecting.merges import merges
from qcode.study import Study


@pytest.fixture
def bos(small_study, tmp_path):
    path = tmp_path / "bo.qcode"
    collecting.hand_out(small_study.study, small_study.bo, path)
    with Study.open(path) as study:
        passage = small_study.passage("INT-1", "And afterwards?")
        coding.apply_codes(study, passage=passage, codes=[small_study.codes["Peer"]], round_id=small_study.round)
        codebook.add_code(study, name="Rain")
    return path


@pytest.fixture
def panel(qtbot, window):
    window.view.show_panel("history")
    found = window.view.drawer.history
    qtbot.waitUntil(lambda: not found.thinking, timeout=10_000)
    return found


def labels(panel):
    return [row.sentence for row in panel.table.shown_rows()]


def settle(qtbot, panel):
    qtbot.waitUntil(lambda: not panel.thinking, timeout=10_000)


def mark_merge(panel):
    (row,) = (row for row in panel.table.shown_rows() if row.merge is not None)
    assert panel.table.select_row(row.id)
    panel.table.setFocus()
    return row


def test_a_merge_is_listed_by_its_time_with_who_file_and_counts(qtbot, panel, small_study, bos):
    collecting.collect(small_study.study, bos)
    settle(qtbot, panel)
    qtbot.waitUntil(lambda: any("Collected" in label for label in labels(panel)))
    (row,) = (row for row in panel.table.shown_rows() if row.merge is not None)
    assert row.sentence == "Collected “bo.qcode” from Bo Ek: 1 coding, 1 code"
    assert row.step.coder == "Ana Lima"
    times = [one.step.at for one in panel.table.shown_rows()]
    assert times == sorted(times, reverse=True)


def test_a_merge_is_taken_back_by_keys_and_everything_of_it_goes(qtbot, panel, bridge_of, small_study, bos):
    collecting.collect(small_study.study, bos)
    qtbot.waitUntil(lambda: any("Collected" in label for label in labels(panel)))
    mark_merge(panel)
    assert panel.button.isEnabled()
    told = []
    bridge_of.informed.connect(told.append)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    settle(qtbot, panel)
    qtbot.waitUntil(lambda: bool(told))
    assert "“bo.qcode”" in told[0]
    assert len(codings_of(small_study.study, small_study.documents["INT-1"])) == 5
    assert merges(small_study.study)[0].taken_back
    assert mark_merge(panel).state == "taken back"
    assert not panel.button.isEnabled()


def test_who_does_not_lead_is_refused_with_a_sentence(qtbot, panel, bridge_of, small_study, bos):
    collecting.collect(small_study.study, bos)
    bridge_of.act_as(small_study.bo)
    qtbot.waitUntil(lambda: any("Collected" in label for label in labels(panel)))
    mark_merge(panel)
    refused = []
    bridge_of.refused.connect(refused.append)
    panel.take_back()
    qtbot.waitUntil(lambda: bool(refused), timeout=10_000)
    assert refused == ["Only whoever leads the study can do that. Ask Ana Lima."]
    assert not merges(small_study.study)[0].taken_back


def test_later_work_on_what_was_merged_holds_it_and_undo_takes_back_only_the_own_step(
    qtbot, panel, bridge_of, small_study, bos
):
    study = small_study.study
    codebook.add_code(study, name="Mine")
    collecting.collect(study, bos)
    rain = next(row.id for row in codebook_of(study) if row.name == "Rain")
    bridge_of.undo()
    assert "Mine" not in [row.name for row in codebook_of(study)]
    assert "Rain" in [row.name for row in codebook_of(study)]
    codebook.rename_code(study, rain, name="Rains")
    qtbot.waitUntil(lambda: any("Collected" in label for label in labels(panel)))
    settle(qtbot, panel)
    mark_merge(panel)
    refused = []
    bridge_of.refused.connect(refused.append)
    panel.take_back()
    qtbot.waitUntil(lambda: bool(refused), timeout=10_000)
    assert "stands on it" in refused[0]


def test_merges_are_left_out_where_a_kind_of_thing_or_a_document_is_looked_for(qtbot, panel, small_study, bos):
    collecting.collect(small_study.study, bos)
    qtbot.waitUntil(lambda: any("Collected" in label for label in labels(panel)))
    panel.thing.setCurrentIndex(panel.thing.findText("Codes"))
    panel.thing.activated.emit(panel.thing.currentIndex())
    assert not any("Collected" in label for label in labels(panel))


@pytest.fixture
def bridge_of(window):
    return window.bridge


def codebook_of(study):
    from qcode.queries.codebook.tree import codebook as tree

    return tree(study)
