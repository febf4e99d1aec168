"""The panel Attribution by keys and mouse, compared with what the queries say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.operations import anonymity
from qcode.queries.attribution.anonymity import attributions
from qcode.queries.attribution.policy import anonymity_policy
from qcode.queries.history import undo_labels
from qcode.queries.team import study_card
from qcode.queries.themes.outline import themes

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(window_on, made):
    """The real window on the study that is written up."""
    anonymity.set_k(made.study, k=3)
    window = window_on(made.study)
    window.view.enter_room("themes")
    return window


@pytest.fixture
def panel(qtbot, window):
    """The panel, opened by its action."""
    window.commands.action("study.attribution").trigger()
    panel = window.view.attribution
    settled(qtbot, panel)
    return panel


def settled(qtbot, panel):
    qtbot.waitUntil(lambda: not panel.computing and bool(panel.people.shown_rows() or panel.said.text()))


def write(qtbot, panel, words):
    panel.template.lineEdit().selectAll()
    qtbot.keyClicks(panel.template.lineEdit(), words)
    qtbot.waitUntil(lambda: panel._rest.isActive() or panel.computing)
    qtbot.waitUntil(lambda: not panel.computing)


def printed(panel):
    return {row.name: row.printed for row in panel.people.shown_rows() if row.quotes}


def as_queried(made, **tried):
    quotes = [quote for row in themes(made.study) for quote in row.quotes]
    return {row.name: row.printed for row in attributions(made.study, quotes, **tried).people if row.quotes}


def test_tab_goes_round_in_the_panel_both_ways(qtbot, window, panel):
    first = QApplication.focusWidget()
    seen = [first]
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        if seen[-1] is first:
            break
    assert seen[-1] is first
    assert all(panel.isAncestorOf(one) for one in seen)
    assert seen.index(panel.k) < seen.index(panel.worth.table) < seen.index(panel.covering) < seen.index(panel.people)
    qtbot.keyClick(first, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is seen[-2]
    assert panel.isVisible()


def test_who_is_at_risk_is_shown_and_tried_live_before_anything_is_kept(qtbot, panel, made):
    assert panel.template.hasFocus() or panel.template.lineEdit().hasFocus()
    assert printed(panel) == as_queried(made)
    assert len(panel.people.shown_rows()) == 7
    before = undo_labels(made.study).undo
    write(qtbot, panel, "[{role} #{n}]")
    assert printed(panel) == as_queried(made, template="[{role} #{n}]")
    assert "#1" in panel.examples.text()
    assert undo_labels(made.study).undo == before
    write(qtbot, panel, "{rolle}")
    assert "unknown field “{rolle}”" in panel.said.text()
    assert panel.people.shown_rows() == []


def test_template_and_k_are_kept_at_one_stroke_and_undone_at_one(qtbot, panel, made):
    write(qtbot, panel, "[{role} #{n}]")
    panel.k.setValue(4)
    qtbot.waitUntil(lambda: not panel.computing)
    assert panel.keep_button.isEnabled()
    qtbot.keyClick(panel.template.lineEdit(), Qt.Key.Key_Return, CONTROL)
    card = study_card(made.study)
    assert (card.attribution, card.k) == ("[{role} #{n}]", 4)
    qtbot.waitUntil(lambda: not panel.computing)
    assert not panel.keep_button.isEnabled()
    made.study.undo()
    qtbot.waitUntil(lambda: not panel.computing)
    assert panel.tried == ("{pseudonym}, {role}", 3)


def test_fields_are_moved_and_made_coarser_by_keys(qtbot, panel, made):
    table = panel.worth.table
    table.setFocus()
    assert table.select_row("role")
    qtbot.keyClick(table, Qt.Key.Key_Up, ALT)
    qtbot.waitUntil(lambda: not panel.computing)
    keys = [one.key for one in anonymity_policy(made.study).fields]
    assert keys.index("role") == 2
    assert table.current_row().key == "role"
    assert [row.key for row in table.shown_rows()] == keys
    assert table.edit_cell("role", 2)
    qtbot.keyClicks(table.findChild(type(panel.exceptions.reason).__bases__[0]), "founder, newcomer = gardener")
    table.finish_editing()
    qtbot.waitUntil(lambda: not panel.computing)
    ladder = next(one.ladder for one in anonymity_policy(made.study).fields if one.key == "role")
    assert ladder == ({"founder": "gardener", "newcomer": "gardener"},)
    assert printed(panel) == as_queried(made)


def test_a_ladder_that_is_refused_can_be_mended_where_it_was_written(qtbot, panel, window, made):
    refused = []
    window.bridge.refused.connect(refused.append)
    table = panel.worth.table
    assert table.edit_cell("role", 2)
    field = table.indexWidget(table.currentIndex())
    field.setFocus()
    qtbot.keyClicks(field, "founder newcomer")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(refused))
    assert "says no step" in refused[0]
    qtbot.waitUntil(lambda: getattr(QApplication.focusWidget(), "text", str)() == "founder newcomer")
    qtbot.keyClicks(QApplication.focusWidget(), " = gardener")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(table.hasFocus)
    ladder = next(one.ladder for one in anonymity_policy(made.study).fields if one.key == "role")
    assert ladder == ({"founder newcomer": "gardener"},)


def test_an_exception_needs_its_reason_and_can_be_taken_back(qtbot, panel, made, window):
    refused = []
    window.bridge.refused.connect(refused.append)
    whom = panel.exceptions.whom
    whom.setCurrentText("Role: founder")
    qtbot.mouseClick(panel.exceptions.allow, Qt.MouseButton.LeftButton)
    assert "Write the reason" in refused[0]
    panel.exceptions.reason.setFocus()
    qtbot.keyClicks(panel.exceptions.reason, "They agreed in writing.")
    qtbot.keyClick(panel.exceptions.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.computing)
    (row,) = anonymity_policy(made.study).exceptions
    assert (row.about, row.value, row.reason) == ("role", "founder", "They agreed in writing.")
    assert "They agreed in writing." in panel.exceptions.told.text()
    assert "They agreed in writing." in undo_labels(made.study).undo
    qtbot.mouseClick(panel.exceptions.lift, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.computing)
    assert anonymity_policy(made.study).exceptions == ()
    assert panel.exceptions.allow.isVisible()


def test_who_does_not_lead_may_try_but_not_loosen(qtbot, panel, made, window):
    window.bridge.act_as(made.coders["B"])
    qtbot.waitUntil(lambda: not panel.computing)
    for part in (panel.k, panel.covering, panel.exceptions.allow):
        assert not part.isEnabled()
    cells = panel.worth.table.model()
    editable = Qt.ItemFlag.ItemIsEditable
    assert not any(cells.flags(cells.index(line, 2)) & editable for line in range(cells.rowCount()))
    write(qtbot, panel, "{role}")
    assert printed(panel) == as_queried(made, template="{role}")


def test_the_desk_of_quotes_and_the_palette_lead_to_it_and_esc_leaves(qtbot, window):
    room = window.current_room
    room.requestAttribution.emit()
    panel = window.view.attribution
    settled(qtbot, panel)
    assert panel.isVisible()
    qtbot.keyClick(panel.template.lineEdit(), Qt.Key.Key_Escape)
    assert not panel.isVisible()
