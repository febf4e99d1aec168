"""The window: rooms, keys, undo, messages, looks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from qcode.operations import codebook, coding, team
from qcode.operations.rounds import add_round
from qcode.queries.codings import Looking, codings
from qcode.queries.team import coders, rounds
from qcode.study import Place, Study
from qcode.ui import theme

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


def menu_texts(window):
    return [action.text().replace("&", "") for action in window.menuBar().actions() if action.isVisible()]


def test_rooms_are_built_when_they_are_first_entered(shell, qtbot):
    assert set(shell.view._rooms) == {"code"}
    qtbot.mouseClick(shell.view.rail.button("themes"), Qt.MouseButton.LeftButton)
    assert shell.current_room.key == "themes"
    assert set(shell.view._rooms) == {"code", "themes"}


def test_a_study_without_transcripts_begins_where_they_are_brought_in(bare, tmp_path):
    assert bare.open_study(_empty_study(tmp_path)) is True
    assert bare.current_room.key == "transcripts"


@pytest.mark.parametrize(
    ("key", "modifiers", "room"),
    [
        (Qt.Key.Key_PageDown, CONTROL, "agree"),
        (Qt.Key.Key_PageUp, CONTROL, "transcripts"),
        (Qt.Key.Key_6, CONTROL, "report"),
    ],
)
def test_keys_go_from_room_to_room(shell, qtbot, key, modifiers, room):
    press(qtbot, key, modifiers)
    assert shell.current_room.key == room
    assert shell.view.rail.button(room).isChecked()
    assert shell.commands.action(f"room.{room}").isChecked()


def test_arrow_keys_choose_on_the_rail_and_stay_there(shell, qtbot):
    shell.view.rail.button("code").setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert shell.current_room.key == "agree"
    press(qtbot, Qt.Key.Key_Down)
    assert shell.current_room.key == "reconcile"
    assert QApplication.focusWidget() is shell.view.rail.button("reconcile")
    press(qtbot, Qt.Key.Key_F6)
    assert shell.current_room.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("way", ["key", "menu", "palette", "next"])
def test_a_room_that_is_named_by_key_menu_or_palette_takes_the_keyboard_from_the_rail(shell, qtbot, way):
    shell.view.rail.button("code").setFocus()
    if way == "key":
        press(qtbot, Qt.Key.Key_5, CONTROL)
    elif way == "menu":
        shell.commands.action("room.themes").trigger()
    elif way == "next":
        for _room in range(3):
            press(qtbot, Qt.Key.Key_PageDown, CONTROL)
    else:
        shell.show_commands()
        qtbot.keyClicks(QApplication.focusWidget(), "themes")
        press(qtbot, Qt.Key.Key_Return)
    assert shell.current_room.key == "themes"
    assert shell.current_room.isAncestorOf(QApplication.focusWidget())
    press(qtbot, Qt.Key.Key_Space)
    assert shell.current_room.key == "themes"


def test_the_key_of_the_room_that_is_shown_leads_back_into_it(shell, qtbot):
    shell.current_room.right.setFocus()
    shell.view.rail.button("code").setFocus()
    press(qtbot, Qt.Key.Key_2, CONTROL)
    assert QApplication.focusWidget() is shell.current_room.right
    press(qtbot, Qt.Key.Key_2, CONTROL)
    assert QApplication.focusWidget() is shell.current_room.right


def test_space_on_the_rail_goes_into_the_room_that_was_chosen_there(shell, qtbot):
    shell.view.rail.button("code").setFocus()
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    assert shell.current_room.key == "agree"
    assert shell.current_room.isAncestorOf(QApplication.focusWidget())


def test_rooms_go_round(shell, qtbot):
    for _room in range(6):
        press(qtbot, Qt.Key.Key_PageDown, CONTROL)
    assert shell.current_room.key == "code"


def test_a_number_key_that_is_no_digit_still_chooses_its_room(shell):
    # What a French keyboard sends for the key 5 with Ctrl, under X11.
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_ParenLeft, CONTROL, 14, 0, 0, "(")
    from qcode.ui.digits import digit_with_control

    assert digit_with_control(event, "xcb") == 5
    shell.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_5, CONTROL))
    assert shell.current_room.key == "themes"


def test_a_room_keeps_the_focus_and_what_was_typed_while_another_is_shown(shell, qtbot):
    room = shell.current_room
    room.right.setFocus()
    qtbot.keyClicks(room.right, "peer")
    shell.show_room("report")
    assert QApplication.focusWidget() is not room.right
    shell.show_room("code")
    assert QApplication.focusWidget() is room.right
    assert room.right.text() == "peer"


def test_f6_goes_through_rail_panes_drawer_and_header_and_back(shell, qtbot):
    room = shell.current_room
    room.left.setFocus()
    stops = []
    for _pane in range(5):
        press(qtbot, Qt.Key.Key_F6)
        stops.append(QApplication.focusWidget())
    assert stops[0] is room.right
    assert shell.view.drawer.isAncestorOf(stops[1])
    assert shell.view.header.isAncestorOf(stops[2])
    assert shell.view.rail.isAncestorOf(stops[3])
    assert stops[4] is room.left
    press(qtbot, Qt.Key.Key_F6, SHIFT)
    assert shell.view.rail.isAncestorOf(QApplication.focusWidget())


def test_undo_names_its_step_takes_it_back_and_returns_to_its_place(shell, qtbot, small_study):
    study = small_study.study
    small_study.apply("FG-1", "Tired, mostly.", "Fear")
    before = len(codings(study, Looking()))
    assert shell.commands.action("edit.undo").text() == "Undo Apply Fear of consequences"
    shell.show_room("report")
    shell.view.rail.button("report").setFocus()
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    passage = small_study.passage("FG-1", "Tired, mostly.")
    assert len(codings(study, Looking())) == before - 1
    assert shell.current_room.key == "code"
    assert shell.current_room.places == [passage.place]
    assert shell.commands.action("edit.redo").text() == "Redo Apply Fear of consequences"
    shell.view.rail.button("code").setFocus()
    press(qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert len(codings(study, Looking())) == before
    assert len(shell.current_room.places) == 2


def test_in_a_line_of_text_undo_is_the_lines_own_until_it_has_none_left(shell, qtbot, small_study):
    before = len(codings(small_study.study, Looking()))
    qtbot.keyClicks(shell.current_room.left, "peer")
    shell.current_room.left.setFocus()
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert shell.current_room.left.text() == ""
    assert len(codings(small_study.study, Looking())) == before
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert len(codings(small_study.study, Looking())) == before - 1


def test_undoing_what_is_no_coding_stays_in_the_room(shell, qtbot, small_study):
    shell.show_room("themes")
    shell.view.rail.button("themes").setFocus()
    codebook.rename_code(small_study.study, small_study.codes["Wear"], name="Wear & tear")
    assert shell.commands.action("edit.undo").text() == "Undo Rename code Wear && tear"
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert shell.commands.action("edit.redo").isEnabled()
    assert shell.current_room.key == "themes"


def test_undo_belongs_to_the_acting_coder(shell, small_study):
    small_study.apply("FG-1", "Tired, mostly.", "Fear")
    labels = {small_study.ana: "Undo Apply Fear of consequences", small_study.bo: "Undo Apply Wear"}
    for coder, label in labels.items():
        shell.bridge.act_as(coder)
        assert shell.commands.action("edit.undo").text() == label


def test_what_cannot_be_undone_is_not_offered(bare, tmp_path):
    bare.open_study(_empty_study(tmp_path))
    assert not bare.commands.action("edit.undo").isEnabled()
    assert bare.commands.action("edit.undo").text() == "Undo"


def test_a_refusal_is_told_in_the_bar_until_it_is_closed(shell, qtbot, small_study):
    made = shell.bridge.attempt(lambda: team.add_coder(small_study.study, name="Bo Ek"))
    assert made is None
    assert "There is a coder named “Bo Ek”" in shell.messages.sentence
    face = QAccessible.queryAccessibleInterface(shell.messages)
    assert face.text(QAccessible.Text.Name) == shell.messages.sentence
    close = [child for child in shell.messages.children() if getattr(child, "accessibleName", str)()][-1]
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert shell.messages.sentence == ""


def test_a_refusal_goes_when_something_succeeds(shell, qtbot, small_study):
    shell.bridge.attempt(lambda: team.add_coder(small_study.study, name="Bo Ek"))
    assert shell.messages.isVisible()
    qtbot.wait(1)
    small_study.apply("FG-1", "Tired, mostly.", "Fear")
    assert not shell.messages.isVisible()


def test_a_refusal_goes_with_the_room_it_was_told_in(shell, qtbot):
    shell.bridge.refused.emit("This passage is a quote already.")
    qtbot.wait(1)
    press(qtbot, Qt.Key.Key_6, CONTROL)
    assert not shell.messages.isVisible()


def test_a_refusal_goes_when_another_coder_or_round_is_chosen(shell, qtbot, small_study):
    add_round(small_study.study, name="Re-check", everyone=True)
    chosen = rounds(small_study.study)[1]
    for deed in (lambda: shell.bridge.act_as(small_study.bo), lambda: shell.bridge.code_in(chosen)):
        shell.bridge.refused.emit("You said that you are done.")
        qtbot.wait(1)
        deed()
        assert not shell.messages.isVisible()


def test_a_refusal_that_leaving_a_room_brings_about_can_still_be_read(shell, qtbot):
    room = shell.current_room
    room.left.setFocus()
    qtbot.keyClicks(room.left, "Wear")
    room.left.editingFinished.connect(lambda: shell.bridge.refused.emit("This name is taken."))
    press(qtbot, Qt.Key.Key_6, CONTROL)
    assert shell.messages.sentence == "This name is taken."


def test_a_deed_of_which_a_part_was_refused_leaves_its_refusal(shell, small_study):
    shell.bridge.attempt(lambda: team.add_coder(small_study.study, name="Bo Ek"))
    small_study.apply("FG-1", "Tired, mostly.", "Fear")
    assert "There is a coder named “Bo Ek”" in shell.messages.sentence


def test_a_refusal_goes_when_anything_else_is_begun_even_if_that_is_refused_or_does_nothing(shell, qtbot, small_study):
    for deed in (shell.commands.action("help.keys").trigger, lambda: shell.bridge.attempt(list), shell.undo):
        shell.bridge.refused.emit("This name is taken.")
        qtbot.wait(1)
        deed()
        assert not shell.messages.isVisible()


def test_looking_for_what_others_wrote_leaves_a_refusal_and_a_refused_deed_brings_its_own(shell, qtbot, small_study):
    shell.bridge.refused.emit("This name is taken.")
    qtbot.wait(1)
    shell.bridge._on_look_elsewhere()
    assert shell.messages.sentence == "This name is taken."
    shell.bridge.attempt(lambda: team.add_coder(small_study.study, name="Bo Ek"))
    assert "There is a coder named “Bo Ek”" in shell.messages.sentence


def test_news_stays_when_rooms_change(shell, qtbot):
    shell.bridge.informed.emit("Saved.")
    qtbot.wait(1)
    press(qtbot, Qt.Key.Key_6, CONTROL)
    assert shell.messages.sentence == "Saved."


def test_news_goes_by_itself_but_a_refusal_stays(shell):
    shell.bridge.informed.emit("Saved.")
    assert shell.messages._timer.isActive()
    shell.bridge.refused.emit("Not saved.")
    assert not shell.messages._timer.isActive()
    assert shell.messages.sentence == "Not saved."


def test_the_header_says_who_acts_and_lets_another_act(shell, qtbot, small_study):
    header = shell.view.header
    assert header.title == "Three knocks"
    assert header.coder_chooser.currentText() == "Ana Lima"
    place = header.coder_chooser.findText("Bo Ek")
    header.coder_chooser.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert shell.bridge.coder == small_study.bo
    assert header.coder_chooser.currentIndex() == place


def test_a_coder_is_added_in_place_and_can_be_chosen(shell, qtbot, small_study):
    header = shell.view.header
    header.coder_chooser.activated.emit(header.coder_chooser.count() - 1)
    assert header.coder_chooser.isHidden()
    assert QApplication.focusWidget() is header.name_line
    qtbot.keyClicks(header.name_line, "Bo Ek")
    press(qtbot, Qt.Key.Key_Return)
    assert "named “Bo Ek”" in shell.messages.sentence
    assert header.name_line.isVisible()
    header.name_line.setText("Cem Ay")
    press(qtbot, Qt.Key.Key_Return)
    assert [row.name for row in coders(small_study.study)] == ["Ana Lima", "Bo Ek", "Cem Ay"]
    assert header.coder_chooser.findText("Cem Ay") >= 0
    assert QApplication.focusWidget() is header.coder_chooser
    assert header.coder_chooser.currentText() == "Ana Lima"


def test_escape_leaves_the_adding_of_a_coder(shell, qtbot):
    header = shell.view.header
    header.add_coder()
    press(qtbot, Qt.Key.Key_Escape)
    assert header.coder_chooser.isVisible()
    assert not header.name_line.isVisible()


def test_the_round_can_be_chosen_once_there_are_two(shell, small_study):
    header = shell.view.header
    assert not header.round_chooser.isVisible()
    again = add_round(small_study.study, name="Re-check", everyone=True)
    assert header.round_chooser.isVisible()
    header.round_chooser.activated.emit(1)
    assert shell.bridge.round_id == again
    assert header.round_chooser.currentText() == "Re-check"
    assert [row.name for row in rounds(small_study.study)] == ["Round 1", "Re-check"]


def test_the_round_one_codes_in_is_named_and_hidden_where_a_room_chooses_one_itself(shell, small_study, monkeypatch):
    header = shell.view.header
    add_round(small_study.study, name="Re-check", everyone=True)
    assert header.round_chooser.accessibleName() == "The round you code in"
    monkeypatch.setattr(type(shell.room("agree")), "chooses_round", True)
    shell.show_room("agree")
    assert not header.round_chooser.isVisible()
    add_round(small_study.study, name="Third", everyone=True)
    assert not header.round_chooser.isVisible()
    shell.show_room("code")
    assert header.round_chooser.isVisible()


def test_who_acted_last_acts_when_the_study_is_opened_again(shell, small_study):
    path = small_study.study.path
    shell.bridge.act_as(small_study.bo)
    shell.close_study()
    assert shell.open_study(path)
    assert shell.bridge.coder == small_study.bo


def test_closing_lets_go_of_the_study_and_shows_it_among_the_recent_ones(shell, small_study, settings):
    path = small_study.study.path
    shell.close_study()
    assert shell.view is None
    assert shell.welcome.isVisible()
    assert [recent.title for recent in settings.recent()] == ["Three knocks"]
    assert shell.welcome.recent_list.count() == 1
    assert not shell.commands.action("study.close").isEnabled()
    path.unlink()
    shell.welcome.refresh()
    assert shell.welcome.recent_list.count() == 0


def test_what_is_refused_while_a_study_closes_can_still_be_read(shell):
    shell.bridge.refused.emit("An old refusal.")
    shell.bridge.closing.connect(lambda bridge=shell.bridge: bridge.refused.emit("The theme was not saved."))
    shell.close_study()
    assert shell.messages.sentence == "The theme was not saved."


def test_a_study_that_cannot_be_opened_leaves_the_open_one_as_it_is(shell, tmp_path):
    bad = tmp_path / "bad.qcode"
    bad.write_text("no study")
    assert shell.open_study(bad) is False
    assert "is not a qcode study" in shell.messages.sentence
    assert shell.view is not None
    assert shell.bridge.study.path.name == "small.qcode"


def test_a_change_refreshes_the_room_that_is_seen_and_others_when_they_are(shell, small_study):
    code = shell.current_room
    report = shell.room("report")
    seen, unseen = code.refreshed, report.refreshed
    rows = codings(small_study.study, Looking(coders=[small_study.ana]))
    coding.doubt_codings(small_study.study, [rows[0].id], unsure=True)
    assert (code.refreshed, report.refreshed) == (seen + 1, unseen)
    shell.show_room("report")
    assert report.refreshed == unseen + 1


def test_rooms_ask_for_rooms_places_and_passages(shell, small_study):
    place = Place(small_study.documents["FG-1"], 3, 9)
    shell.current_room.requestRoom.emit("agree")
    assert shell.current_room.key == "agree"
    shell.current_room.requestPassages.emit("Wear", Looking(codes=[small_study.codes["Wear"]]))
    assert shell.view.drawer.is_open
    assert shell.view.drawer.passages.title == "Wear"
    shell.current_room.requestPlace.emit(place)
    assert shell.room("code").places == [place]


def test_the_menu_of_the_room_follows_the_room(shell, qtbot):
    assert menu_texts(shell) == ["Study", "Edit", "View", "Code", "Help"]
    code = shell.current_room
    shell.show_room("themes")
    assert menu_texts(shell)[3] == "Themes"
    press(qtbot, Qt.Key.Key_D, CONTROL | SHIFT)
    assert (shell.current_room.acted, code.acted) == (1, 0)
    shell.close_study()
    assert menu_texts(shell) == ["Study", "Edit", "View", "Help"]


def test_theme_and_zoom_reach_the_rooms_and_are_remembered(shell, settings):
    room = shell.current_room
    shell.commands.action("theme.dark").trigger()
    assert theme.current().is_dark
    assert settings.theme == "dark"
    assert room.themes == 1
    shell.commands.action("zoom.in").trigger()
    assert settings.zoom == theme.zoom() == 1.1
    shell.commands.action("zoom.reset").trigger()
    assert theme.zoom() == 1.0
    shell.commands.action("theme.light").trigger()
    assert not theme.current().is_dark


def test_a_study_file_can_be_dropped_on_the_window(bare, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(_empty_study(tmp_path)))])
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(50, 50), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    bare.dropEvent(event)
    assert bare.view is not None


def test_the_title_of_the_window_follows_the_study(shell, small_study):
    assert shell.windowTitle() == "Three knocks – qcode"
    team.describe_study(small_study.study, title="Three more knocks")
    assert shell.windowTitle() == "Three more knocks – qcode"
    shell.close_study()
    assert shell.windowTitle() == "qcode"


def test_everything_that_takes_the_focus_has_a_name(shell):
    QAccessible.setActive(True)
    shell.view.show_passages("All passages", Looking())
    nameless = [
        type(widget).__name__
        for widget in shell.findChildren(type(shell).__mro__[1].__base__)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _name(widget)
    ]
    assert nameless == []


def _name(widget):
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name) if face else ""


def _empty_study(folder):
    path = folder / "empty.qcode"
    Study.create(path, title="Empty", coder="Ana").close()
    return path
