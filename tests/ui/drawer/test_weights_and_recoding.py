"""Passages: weights where the study uses them, and new codes that do not outlive a refusal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from qcode.operations import assignments, coding
from qcode.operations.lookup import NameTooLongError
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, codings
from qcode.queries.history import undo_labels
from qcode.queries.team import study_card
from qcode.ui.code_palette import Pick
from qcode.ui.drawer.passages.columns import WEIGHT


@pytest.fixture
def passages(window):
    window.view.show_passages("All passages", Looking())
    return window.view.drawer.passages


def states(passages):
    box = passages.filters.state
    return [box.itemData(place) for place in range(box.count())]


def test_weights_have_a_column_and_a_filter_only_while_they_are_used_and_undo_takes_that_back(
    passages, window, small_study
):
    study, action = small_study.study, window.commands.action("study.weights")
    assert passages.table.isColumnHidden(WEIGHT)
    assert "weighed" not in states(passages)
    action.trigger()
    assert study_card(study).weights
    assert action.isChecked()
    assert not passages.table.isColumnHidden(WEIGHT)
    heavy = next(row for row in codings(study, Looking()) if row.mine)
    coding.weigh_codings(study, [heavy.id], weight=80)
    passages.filters.state.setCurrentIndex(states(passages).index("weighed"))
    passages.filters.state.activated.emit(0)
    assert [(row.coding.id, row.coding.weight) for row in passages.table.shown_rows()] == [(heavy.id, 80)]
    window.undo()
    assert undo_labels(study).undo == "Use weights"
    window.undo()
    assert not action.isChecked()
    assert passages.table.isColumnHidden(WEIGHT)


def test_a_new_code_is_undone_with_the_recoding_and_not_left_behind_by_a_refusal(passages, window, small_study):
    study = small_study.study
    names = [row.name for row in codebook(study)]
    mine = [row for row in passages.table.shown_rows() if row.coding.mine and row.document_name == "INT-1"]
    pick = Pick(None, "Dread", in_vivo=False, comment="", unsure=False, stay=False)
    passages.desk._changing.recode(mine[:1], pick)
    assert [row.name for row in codings(study, Looking(ids=[mine[0].coding.id]))] == ["Dread"]
    window.undo()
    assert [row.name for row in codebook(study)] == names
    assignments.hand_in_round(study, round_id=small_study.round, documents=[small_study.documents["INT-1"]])
    passages.desk._changing.recode(mine[:1], pick)
    assert "You handed in" in window.messages.sentence
    assert [row.name for row in codebook(study)] == names


def test_a_new_name_that_is_refused_stays_in_the_palette_and_changes_the_passage_once_it_is_mended(
    passages, window, small_study, qtbot
):
    mine = next(row for row in passages.table.shown_rows() if row.coding.mine)
    line = [row.coding.id for row in passages.table.shown_rows()].index(mine.coding.id)
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    passages.table.selectionModel().select(passages.table.model().index(line, 0), only)
    assert passages.table.selected_rows() == [mine]
    passages.desk.recode("D" * 201)
    palette = passages.desk.palette
    query = palette.findChildren(QLineEdit)[0]
    qtbot.keyClick(query, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert query.text() == "D" * 201
    assert str(NameTooLongError("code")) in [part.text() for part in palette.findChildren(QLabel) if part.isVisible()]
    query.setText("Dread")
    qtbot.keyClick(query, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert [row.name for row in codings(small_study.study, Looking(ids=[mine.coding.id]))] == ["Dread"]
