"""Every control of every room has a name and a role, and F6 visits every pane."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from unnamed import nameless

from qcode.queries.codings import Looking
from qcode.ui.drawer.drawer import PANELS
from qcode.ui.drawer.passages.reader import PassageReader
from qcode.ui.panes import panes_of
from qcode.ui.rooms import ROOMS

KEYS = [entry.key for entry in ROOMS]


@pytest.mark.parametrize("key", KEYS)
def test_everything_in_a_room_that_takes_the_focus_has_a_name_and_a_role(window, qtbot, key):
    window.show_room(key)
    qtbot.wait(50)
    assert nameless(window) == []


@pytest.mark.parametrize("panel", PANELS)
def test_everything_in_a_panel_of_the_drawer_has_a_name_and_a_role(window, qtbot, panel):
    window.view.show_panel(panel)
    qtbot.wait(50)
    assert nameless(window.view.drawer) == []


def test_everything_in_the_welcome_and_the_panels_over_the_window_has_a_name(window):
    window.change_keys()
    assert nameless(window.keys_chooser) == []
    window.show_commands()
    assert nameless(window.palette_panel) == []
    window.close_study()
    assert nameless(window.welcome) == []
    window.welcome.begin_new()
    assert nameless(window.welcome) == []


def test_an_unnamed_control_would_be_found(qtbot):
    whole = QWidget()
    qtbot.addWidget(whole)
    QLineEdit(whole)
    whole.show()
    assert nameless(whole) == [("QLineEdit", "", "QWidget")]


@pytest.mark.parametrize("key", KEYS)
def test_f6_visits_every_pane_and_comes_round(window, qtbot, key):
    view = window.view
    room = window.show_room(key)
    view.show_panel("passages")
    qtbot.wait(50)
    wanted = [pane for pane in (view.rail, *panes_of(room), view.drawer, view.header) if _takes_any(pane)]
    start = QApplication.focusWidget()
    visited = []
    for _step in range(len(wanted) + 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        now = QApplication.focusWidget()
        visited += [pane for pane in wanted if pane is now or pane.isAncestorOf(now)]
    assert {id(pane) for pane in visited} == {id(pane) for pane in wanted}
    assert view.drawer.isAncestorOf(start)


def _takes_any(pane):
    inside = [pane, *pane.findChildren(QWidget)]
    tab = Qt.FocusPolicy.TabFocus
    return any(widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & tab for widget in inside)


@pytest.mark.parametrize(("name", "underlined"), [("light", False), ("black-on-white", True), ("white-on-black", True)])
def test_in_high_contrast_the_passage_that_is_read_is_underlined(window, qtbot, name, underlined):
    window.choose_theme(name)
    window.view.show_passages("All", Looking())
    panel = window.view.drawer.passages
    qtbot.waitUntil(lambda: bool(panel.table.shown_rows()))
    panel.table.selectRow(0)
    qtbot.wait(50)
    reader = panel.findChild(PassageReader)
    assert ("text-decoration: underline" in reader.toHtml()) is underlined
