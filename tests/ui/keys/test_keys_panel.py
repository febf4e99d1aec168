"""Changing keys in the real window, by keys."""

from __future__ import annotations

import json

from keys_by_hand import choose, press
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget

from qcode.ui.keys import KeyedAction, keyed_actions
from qcode.ui.keys.keyed import HERE, shown_keys
from qcode.ui.keys.sequences import FAMILIES
from qcode.ui.settings import Settings
from qcode.ui.window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_everything_has_a_name_and_a_first_key_of_its_own_that_works_where_it_is(window, panel):
    registered, actions = keyed_actions(window), panel.choice.actions()
    assert [action.lasting_name for action in registered if not action.key] == []
    assert [action.key for action in registered if not action.lasting_name or not action.part] == []
    ids = [action.key for action in registered]
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) > 80
    assert [action.key for action in actions if not action.first] == []
    unreached = [action.key for action in actions if not any(_can_have_focus(action, place) for place in action.places)]
    assert unreached == []
    known = {action.key for action in actions}
    assert [key for family in FAMILIES.values() for key in family if key not in known] == []
    meeting = [
        (action.key, other.key, key)
        for action in actions
        for key in action.first
        for other in panel.choice.taken_by(action, [key])
    ]
    assert meeting == []
    unfit = {
        (action.key, key)
        for action in actions
        for key in action.first
        if panel._unfit(action, key) and not action.key.startswith(("zoom.", "room."))
    }
    assert unfit == set()


def test_all_rooms_and_panels_are_listed_by_part(panel):
    parts = list(dict.fromkeys(line.part for line in panel.lines()))
    assert {"Code: the text", "Codebook", "Themes", "Report", "Passages", "Memos", "Study"} <= set(parts)
    assert [line.part for line in panel.lines()] == [
        part for part in parts for line in panel.lines() if line.part == part
    ]


def test_what_a_key_does_is_found_by_pressing_it(panel):
    assert QApplication.focusWidget() is panel.finder
    press(Qt.Key.Key_M, CTRL | SHIFT)
    assert {line.id for line in panel.lines()} >= {"coding.comment", "passages.comment"}
    assert all("Ctrl+Shift+M" in line.action.keys for line in panel.lines())
    press(Qt.Key.Key_P, CTRL | SHIFT)
    assert [line.id for line in panel.lines()] == ["edit.commands"]


def test_new_keys_work_at_once_and_the_old_ones_no_more(window, panel):
    choose(panel, "grow the selection")
    press(Qt.Key.Key_F12)
    assert "free" in panel.sentence
    press(Qt.Key.Key_Return)
    assert panel.lines()[0].keys == "F12"
    press(Qt.Key.Key_Escape)
    assert panel.isHidden()
    view = window.current_room.view
    view.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_F8)
    assert not view.selecting_by_units()
    press(Qt.Key.Key_F12)
    assert view.selecting_by_units()


def test_keys_that_the_text_handles_itself_change_too(window, panel):
    choose(panel, "select the next sentence")
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    view = window.current_room.view
    view.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Space)
    before = view.selected_range()
    press(Qt.Key.Key_PageDown)
    assert view.selecting_by_units()
    assert view.selected_range()[0] >= before[1]


def test_a_key_that_is_taken_is_told_and_given_over(window, panel, settings):
    choose(panel, "illustrative coding")
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert "is “Negative case, or not” (Code: codings). Give it to this one instead?" in panel.sentence
    press(Qt.Key.Key_Return)
    assert "taken from “Negative case, or not”" in panel.sentence
    assert settings.keys == {"coding.illustrative": ("Ctrl+Shift+N",), "coding.negative": ()}
    actions = {action.key: action for action in keyed_actions(window)}
    assert actions["passages.negative"].keys == ("Ctrl+Shift+N",)


def test_a_key_that_will_not_work_is_warned_about_in_a_sentence(panel):
    choose(panel, "move the edges")
    press(Qt.Key.Key_Slash, CTRL)
    assert "never arrives" in panel.sentence
    panel.field.setFocus()
    press(Qt.Key.Key_K)
    assert "opens the palette of codes" in panel.sentence


def test_several_keys_no_keys_and_the_first_ones_again(panel, settings):
    choose(panel, "move the edges")
    press(Qt.Key.Key_F11)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert settings.keys == {"coding.edges": ("F2", "F11")}
    panel.without.click()
    assert settings.keys == {"coding.edges": ()}
    panel.reset.click()
    assert settings.keys == {}


def test_all_first_keys_and_back(panel, settings):
    choose(panel, "move the edges")
    press(Qt.Key.Key_F11)
    press(Qt.Key.Key_Return)
    chosen = settings.keys
    panel.reset_all.click()
    assert settings.keys == {}
    panel.reset_all.click()
    assert settings.keys == chosen


def test_chosen_keys_hold_in_the_next_window_and_damage_is_ignored(qtbot, tmp_path):
    store = QSettings(str(tmp_path / "again.ini"), QSettings.Format.IniFormat)
    store.setValue("keys", json.dumps({"edit.commands": ["F12"], "help.keys": "F1", "edit.undo": ["no such key"]}))
    window = MainWindow(Settings(store), lambda _path, _tell: None)
    qtbot.addWidget(window)
    assert window.commands.action("edit.commands").shortcut().toString() == "F12"
    assert window.commands.action("help.keys").keys == ("F1",)
    store.setValue("keys", "{no json")
    assert Settings(store).keys == {}


def test_the_palette_and_f1_tell_the_keys_of_today(window, panel):
    choose(panel, "move the edges")
    press(Qt.Key.Key_F11)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    window.show_keys()
    rows = {row.name: row.keys for row in window.keys_panel.rows()}
    assert rows["Move the edges of a coding"] == "F11"
    assert rows["Palette of codes, filtered by what is typed"] == "any letter"
    window.show_commands()
    assert {offer.name: offer.key for offer in window.palette_panel._known}["Move the edges of a coding"] == "F11"


def test_the_tips_of_buttons_name_the_keys_of_today(window, panel):
    room = window.current_room
    assert room.transcript.fold.toolTip() == "Show or fold away the documents (Ctrl+Shift+L)"
    assert window.view.rail.button("themes").toolTip() == "Themes (Ctrl+5)"
    choose(panel, "show or fold away")
    press(Qt.Key.Key_F11)
    press(Qt.Key.Key_Return)
    assert room.transcript.fold.toolTip() == "Show or fold away the documents (F11)"
    panel.without.click()
    assert room.transcript.fold.toolTip() == "Show or fold away the documents"


def test_escape_goes_back_to_the_list_first(panel):
    choose(panel, "move the edges")
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is panel.finder
    assert panel.isVisible()
    press(Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_what_has_no_key_has_a_place_in_a_menu_with_a_letter(window):
    window.change_keys()
    for key in ("transcripts", "code", "agree", "themes", "report"):
        room = window.show_room(key)
        entries = _entries(window.menuBar())
        without = [action for action in room.room_actions() if not shown_keys(action) and action not in entries]
        assert [action.text() for action in without] == []
        plain_ones = [action for action in room.room_actions() if not isinstance(action, KeyedAction)]
        assert [action.text() for action in plain_ones] == []
    assert [command.id for command in window.commands if not command.keys and command.action not in entries] == []


def _entries(bar):
    found, menus = [], [action.menu() for action in bar.actions() if action.menu()]
    while menus:
        menu = menus.pop()
        menu.aboutToShow.emit()
        found += [action for action in menu.actions() if not action.menu() and "&" in action.text()]
        menus += [action.menu() for action in menu.actions() if action.menu()]
    return found


def _can_have_focus(action, place):
    if action.by_widget and place.isHidden():  # the place of a mode, whose keys the widget around it takes
        place = place.parentWidget()
    parts = [place] if action.shortcutContext() == HERE else [place, *place.findChildren(QWidget)]
    return any(part.focusPolicy() != Qt.FocusPolicy.NoFocus for part in parts)
