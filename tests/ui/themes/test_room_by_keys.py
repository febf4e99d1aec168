"""The whole Themes room by keys: every control has a name, Tab goes through it in order, and going in leads into it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from themes_by_hand import CTRL, KEY
from unnamed import nameless

from qcode.study import Study
from qcode.ui.tab_order import stops_of
from qcode.ui.themes.middle import VIEWS
from qcode.ui.themes.room import TABS

SEEN = (*(("themes", view.key) for view in VIEWS), *((tab.key, "") for tab in TABS[1:]))


@pytest.fixture
def whole(window_on, made):
    """The real window in its Themes room."""
    window = window_on(made.study)
    window.show_room("themes")
    return window


def show(qtbot, window, tab: str, view: str):
    """Show a tab, and one of the views of the first."""
    room = window.view.current_room
    page = room.show_tab(tab)
    if view:
        page.middle.show_view(view)
    qtbot.waitUntil(lambda: not room.computing)
    return room


def test_every_control_of_every_tab_and_view_has_a_name_and_tab_goes_through_them_in_order(qtbot, whole):
    for tab, view in SEEN:
        room = show(qtbot, whole, tab, view)
        assert nameless(whole) == [], (tab, view)
        stops = [stop for stop in stops_of(room) if stop.isVisible() and stop.isEnabled()]
        wanted = {stop for stop in stops if stop.focusPolicy() & Qt.FocusPolicy.TabFocus}
        room.tabs.tabBar().setFocus()
        walked = [QApplication.focusWidget()]
        while len(walked) < 80:
            QTest.keyClick(walked[-1], KEY.Key_Tab)
            walked.append(QApplication.focusWidget())
            if not room.isAncestorOf(walked[-1]):
                break
        assert whole.view.drawer.isAncestorOf(walked[-1]), (tab, view, walked[-1].accessibleName())
        assert set(walked[:-1]) <= wanted
        assert len(wanted) - len(walked[:-1]) < 8, (tab, view)  # of buttons that exclude each other Tab finds one


def test_tab_goes_from_codes_through_the_columns_of_the_board_in_their_order(qtbot, whole):
    room = show(qtbot, whole, "themes", "board")
    board = room.themes.middle.view
    stops = stops_of(room.themes)
    at = [stops.index(one) for one in board.lists]
    assert at == sorted(at) == list(range(at[0], at[0] + len(at)))
    assert stops.index(room.themes.codes.table) < at[0]


def test_going_into_the_room_leads_into_the_view_that_is_seen(qtbot, whole):
    room = show(qtbot, whole, "themes", "outline")
    whole.view.rail.setFocus()
    whole.view.enter_room("themes")
    assert room.themes.outline.hasFocus()


def test_coming_from_another_room_leads_there_the_first_time_too(qtbot, window_on, made):
    window = window_on(made.study)
    qtbot.waitUntil(window.isActiveWindow)
    window.view.enter_room("code")
    window.view.enter_room("themes")
    room = window.view.current_room
    assert room.themes.outline.hasFocus()
    qtbot.waitUntil(lambda: not room.computing)


def test_views_are_changed_from_the_bar_of_tabs_too(qtbot, whole):
    room = show(qtbot, whole, "themes", "outline")
    room.tabs.tabBar().setFocus()
    qtbot.keyClick(room.tabs.tabBar(), KEY.Key_L, CTRL)
    qtbot.keyClick(room.tabs.tabBar(), KEY.Key_B)
    assert room.themes.middle.shown == "board"
    qtbot.waitUntil(lambda: not room.computing)


def test_without_themes_every_view_offers_to_add_one_and_has_the_focus_there(qtbot, window_on, tmp_path):
    with Study.create(tmp_path / "new.qcode", title="New", coder="Ana") as study:
        window = window_on(study)
        qtbot.waitUntil(window.isActiveWindow)
        room = window.show_room("themes")
        for view in room.themes._views:
            view.trigger()
            assert room.themes.empty.button.hasFocus()
        qtbot.waitUntil(lambda: not room.computing)
