"""Names are looked for in the whole study, and a field says so when one that is known is typed into it."""

from __future__ import annotations

import pytest

from qcode.operations import memos


@pytest.fixture
def talking(hands):
    hands.read("INT-9", "Who helped?", "Marisol did. I trust Marisol.")
    memos.write_memo(hands.study, title="Boots", text="Ask Rosa again.")
    return hands


def look(hands, names):
    hands.room.editing.screening.begin()
    hands.type(names)
    hands.press("Return")
    return hands.room.editing.screening.panel


def test_every_place_is_listed_and_enter_goes_to_it(talking):
    panel = look(talking, "Marisol; Rosa")
    assert panel.sum.text() == "Places: 3."
    assert "Ask 【Rosa】 again." in panel.places.item(2).text()
    talking.press("Down", "Return")
    assert panel.isHidden()
    assert talking.selected() == "Marisol"
    assert talking.view.selected_range()[0] == talking.room.desk.text.text.rindex("Marisol")


def test_a_place_outside_the_texts_is_told(talking):
    panel = look(talking, "Rosa")
    talking.press("Return")
    assert panel.isVisible()
    assert talking.informed[-1] == "It stands in: A memo."


def test_names_nobody_said_are_nowhere_and_nothing_is_written(talking):
    before = talking.study.path.read_bytes()
    panel = look(talking, "Esperanza")
    assert panel.sum.text() == "These names stand nowhere in the study."
    assert talking.study.path.read_bytes() == before


def test_a_field_says_that_a_known_name_is_typed_into_it(window, qtbot):
    window.bridge.names.know(["Marisol"])
    watch = window.centralWidget().findChild(type(view_of(window).name_watch))
    field = room_of(window).codebook.findChild(type(room_of(window).editing.screening.panel.line))
    assert field is not None
    field.setFocus()
    field.setText("Mari")
    qtbot.wait(400)
    assert watch.warning == ""
    field.setText("what MARISOL said")
    qtbot.waitUntil(lambda: watch.warning == "This holds a name that is known: “MARISOL”")
    field.setText("")
    qtbot.waitUntil(lambda: watch.warning == "")


def view_of(window):
    return next(child for child in window.findChildren(object) if hasattr(child, "name_watch"))


def room_of(window):
    return next(
        child for child in window.findChildren(object) if hasattr(child, "editing") and hasattr(child, "codebook")
    )
