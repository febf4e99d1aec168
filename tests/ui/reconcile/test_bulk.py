"""Many cases at one stroke: what is listed, what would be kept, one confirm, one undo."""

from __future__ import annotations

import pytest
from handed_in import hand_in_everything
from PySide6.QtCore import Qt

from qcode.operations.reconciling import preview_alike, rule_cases
from qcode.queries.disagreements.cases import disagreements
from qcode.queries.history import undo_labels
from qcode.ui import theme
from qcode.ui.reconcile.bulk import BulkPage


@pytest.fixture
def page(qtbot, bridge, small_study):
    hand_in_everything(small_study)
    theme.choose("light")
    page = BulkPage(bridge)
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def test_a_rule_lists_its_cases_settles_them_at_one_stroke_and_one_undo_opens_them(page, qtbot, small_study):
    study = small_study.study
    page.begin_rule(small_study.round)
    page.words_box.setValue(999)
    qtbot.waitUntil(lambda: not page.computing and len(page.planned) == 3)
    ruled = rule_cases(disagreements(study, round_id=small_study.round).rows, words=999)
    assert [(one.case, one.kept) for one in page.planned] == list(preview_alike(ruled, "union"))
    assert "1 coder : Fear of consequences I called them." in page.before.accessibleDescription()
    assert "2 coders" not in page.before.text()

    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)  # the one with the cursor stays as it is
    left_out = ruled[1]
    assert left_out not in [one.case for one in page.planned]
    assert page.told.text() == "2 open cases, 1 left out"
    page.note_line.setText("From the first word to the last.")
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    decided = disagreements(study, round_id=small_study.round, state="decided").rows
    assert {row.id for row in decided} == {row.id for row in ruled} - {left_out.id}
    assert {row.decision.note for row in decided} == {"From the first word to the last."}
    assert undo_labels(study).undo == "Decide 2 cases: union"
    study.undo()
    assert disagreements(study, round_id=small_study.round, state="decided").rows == ()


def test_cases_like_the_last_come_as_they_are_and_fewer_words_leave_none(page, qtbot, small_study, bridge):
    rows = disagreements(small_study.study, round_id=small_study.round, kinds=("boundary",)).rows
    page.begin_alike(small_study.round, rows[:2], "intersection", "boundary rule")
    qtbot.waitUntil(lambda: not page.computing and len(page.planned) == 2)
    assert (page.outcome, page.reason_box.currentData()) == ("intersection", "boundary rule")
    page.begin_rule(small_study.round)
    assert page.planned == []  # what was listed before settles nothing
    assert page.stack.currentWidget() is page.empty
    page.words_box.setValue(1)
    qtbot.waitUntil(lambda: not page.computing and not page.planned)
    assert not page.confirm_button.isEnabled()
    with qtbot.waitSignal(bridge.refused) as refused:
        page.confirm_action.trigger()
    assert "No open case" in refused.args[0]
