"""The three rooms of the writer in the real window, worked by keys from a code to a saved document."""

from __future__ import annotations

import docx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from qcode.operations import assignments
from qcode.queries.themes.outline import themes

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def press(qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def test_a_theme_with_a_quote_is_made_and_printed_without_a_mouse(qtbot, window, small_study, tmp_path):
    press(qtbot, KEY.Key_5, CONTROL)
    room = window.current_room.themes
    room.empty.button.setFocus()
    press(qtbot, KEY.Key_Space)
    qtbot.keyClicks(room.outline.findChild(QLineEdit), "The boots come first")
    press(qtbot, KEY.Key_Return)
    qtbot.waitUntil(lambda: room.outline.line is not None and room.outline.line.text == "The boots come first")
    room.codes.search.setFocus()
    qtbot.keyClicks(room.codes.search, "fear")
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_Return)
    qtbot.waitUntil(lambda: not room.computing)
    room.passages.list.setFocus()
    press(qtbot, KEY.Key_Return)
    row = themes(small_study.study)[0]
    assert [name for _code, name in row.codes] == ["Fear of consequences"]
    assert row.quotes[0].text.startswith("I heard the boots first")
    press(qtbot, KEY.Key_6, CONTROL)
    report = window.current_room
    qtbot.waitUntil(lambda: not report.computing)
    target = tmp_path / "report.docx"
    report.ask_path = lambda *_asked: target
    report.contents.save.setFocus()
    with qtbot.waitSignal(report.bridge.informed):
        press(qtbot, KEY.Key_Space)
    words = [paragraph.text for paragraph in docx.Document(str(target)).paragraphs]
    assert any(text.startswith("I heard the boots first") for text in words)
    press(qtbot, KEY.Key_Z, CONTROL)
    assert themes(small_study.study)[0].quotes == ()


def test_a_caution_leads_to_its_theme_in_the_themes_room(qtbot, window, small_study):
    from qcode.operations.themes import add_theme

    add_theme(small_study.study, name="First")
    empty = add_theme(small_study.study, name="Second")
    press(qtbot, KEY.Key_6, CONTROL)
    report = window.current_room
    qtbot.waitUntil(lambda: not report.computing)
    listed = report.warnings.list
    listed.setFocus()
    place = next(number for number, row in enumerate(listed.rows) if row.theme == empty)
    listed.setCurrentIndex(listed.model().index(place, 0))
    press(qtbot, KEY.Key_Return)
    assert window.current_room.key == "themes"
    assert window.current_room.themes.outline.theme == empty


def test_a_code_in_agree_opens_its_passages_in_the_drawer(qtbot, window, small_study):
    study = small_study.study
    for coder in (small_study.bo, small_study.ana):
        study.act_as(coder)
        for document in small_study.documents.values():
            assignments.hand_in_round(study, round_id=small_study.round, documents=[document])
    press(qtbot, KEY.Key_3, CONTROL)
    room = window.current_room
    qtbot.waitUntil(lambda: not room.computing)
    assert room.found.coders == ("Ana Lima", "Bo Ek")
    room.tables.codes.setFocus()
    room.tables.codes.select_row(small_study.codes["Wear"])
    press(qtbot, KEY.Key_Return)
    panel = window.view.drawer.passages
    assert panel.title == "Wear, Round 1"
    assert panel.table.model().rowCount() == 3


def test_the_rooms_can_be_left_and_entered_with_everything_in_its_place(qtbot, window, small_study):
    from qcode.operations.themes import add_theme

    for number in range(3):
        add_theme(small_study.study, name=f"Theme {number}")
    press(qtbot, KEY.Key_5, CONTROL)
    room = window.current_room.themes
    room.outline.setFocus()
    room.outline.put_cursor(("theme", themes(small_study.study)[1].id))
    press(qtbot, KEY.Key_2, CONTROL)
    press(qtbot, KEY.Key_5, CONTROL)
    assert room.outline.line.text == "Theme 1"
    assert QApplication.focusWidget() is room.outline
