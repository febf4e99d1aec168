"""Documents drawn at random in the Team tab: what would be drawn is shown, and what was can be drawn again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from room_material import press

from qcode.operations.documents import Incoming, import_document
from qcode.operations.rounds import add_round
from qcode.queries.rounds.assignments import assignment_grid
from qcode.queries.rounds.draws import draws, preview_draw
from qcode.queries.transcripts.documents import documents
from qcode.transcripts import Transcript, Turn


@pytest.fixture
def many(small_study):
    """Eighteen documents more, by two groups."""
    for number in range(18):
        words = f"Interview {number}."
        talk = Transcript(words, (Turn(0, "P", "participant", 0, None, 0, len(words), frozenset()),), ())
        group = "Residents" if number % 3 else "Responders"
        import_document(small_study.study, Incoming(f"X-{number}", talk, kind="interview", group=group))
    return small_study


@pytest.fixture
def tab(many, full_room):
    full_room.tabs.setCurrentWidget(full_room.team)
    full_room.team.show_round(add_round(many.study, name="Double"))
    return full_room.team


@pytest.fixture
def panel(tab):
    next(action for action in tab.team_actions if action.objectName() == "team.draw").trigger()
    return tab.panel


def type_into(box, number):
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, str(number))
    press(box, Qt.Key.Key_Tab)


def drawn_in(panel):
    return {row[0].name: (row[0].drawn, row[0].offered, row[1]) for row in panel.preview.shown_rows()}


def test_the_preview_follows_share_seed_and_group_and_is_what_will_be_drawn(tab, panel, many):
    type_into(panel.share, 25)
    type_into(panel.seed, 4711)
    assert panel.said.text() == "5 of 20 documents, for 2 coders."
    panel.by.setCurrentIndex(panel.by.findData("document:group"))
    panel.by.activated.emit(panel.by.currentIndex())
    expected = preview_draw(many.study, round_id=tab.round_id, share=0.25, seed=4711, by="document:group")
    assert {name: some[:2] for name, some in drawn_in(panel).items()} == {
        one.name: (one.drawn, one.offered) for one in expected.by_group
    }
    assert [name for some in drawn_in(panel).values() for name in some[2]] == [
        row.name for group in expected.by_group for row in expected.documents if row.group == group.name
    ]


def test_a_draw_assigns_to_the_coders_who_are_ticked_and_undo_takes_it_back(tab, panel, many, full_room, qtbot):
    type_into(panel.share, 10)
    type_into(panel.seed, 7)
    panel.coders.setFocus()
    panel.coders.select_row(many.ana)
    press(panel.coders, Qt.Key.Key_Space)
    assert panel.said.text() == "2 of 20 documents, for 1 coder."
    names = drawn_in(panel)[""][2]
    qtbot.mouseClick(panel.draw_button, Qt.MouseButton.LeftButton)
    assert full_room.told == ["2 documents drawn for 1 coder. Undo takes the draw back."]
    grid = assignment_grid(many.study, tab.round_id)
    by_name = {row.name: row.id for row in documents(many.study)}
    assert [name for name in by_name if grid.state(by_name[name], many.bo) == "open"] == names
    assert not any(grid.state(document, many.ana) == "open" for document in by_name.values())
    assert [(row.seed, row.share) for row in draws(many.study, tab.round_id)] == [(7, 0.1)]
    assert drawn_in(panel)[""][1] == 18
    tab.bridge.undo()
    assert draws(many.study, tab.round_id) == []
    assert drawn_in(panel)[""] == (2, 20, names)


def test_an_earlier_draw_is_shown_again_from_its_seed(panel, qtbot):
    type_into(panel.share, 20)
    type_into(panel.seed, 99)
    before = drawn_in(panel)
    qtbot.mouseClick(panel.draw_button, Qt.MouseButton.LeftButton)
    type_into(panel.seed, 12)
    assert drawn_in(panel) != before
    panel.earlier.setFocus()
    press(panel.earlier, Qt.Key.Key_Return)
    assert drawn_in(panel) == before
    assert panel.seed.value() == 99
    assert panel.said.text() == "Drawn again with this seed, these are the same documents."
    assert not panel.draw_button.isEnabled()
    type_into(panel.seed, 13)
    assert panel.draw_button.isEnabled()


def test_nobody_ticked_is_told_and_nothing_can_be_drawn(panel, many):
    panel.coders.setFocus()
    panel.coders.selectAll()
    press(panel.coders, Qt.Key.Key_Space)
    assert panel.said.text().endswith("Tick who gets them.")
    assert not panel.draw_button.isEnabled()


def test_only_the_chosen_documents_are_drawn_from(tab, many):
    tab.grid.setFocus()
    tab.grid.choose((many.documents["INT-1"], many.ana))
    for _step in range(9):
        press(tab.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    tab.show_panel("draw")
    panel = tab.panel
    panel.among.setCurrentIndex(panel.among.findData("chosen"))
    panel.among.activated.emit(1)
    type_into(panel.share, 20)
    assert panel.said.text() == "2 of 10 documents, for 2 coders."


def test_in_a_round_for_everyone_a_sentence_says_why_nothing_is_drawn(tab, panel, many):
    tab.show_round(many.round)
    assert "every coder codes every document" in panel.said.text()
    assert not panel.draw_button.isEnabled()
    assert panel.preview.shown_rows() == []
