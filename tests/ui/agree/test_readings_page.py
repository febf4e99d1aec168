"""Where reading is the instrument, the room shows readings side by side and no figure; compared with the query."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from qcode.operations import team
from qcode.operations.rounds import add_round
from qcode.queries.agreement.readings import readings
from qcode.ui.agree import AgreeRoom
from qcode.ui.agree.readings import told


@pytest.fixture
def room(made, show_room):
    team.describe_study(made.study, approach="grounded theory")
    return show_room(AgreeRoom, made.study, 1100, 700)


def shown(page):
    model = page.table.model()
    return [
        [model.index(line, column).data() for column in range(model.columnCount())] for line in range(model.rowCount())
    ]


def words_on(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_passages_that_were_read_differently_stand_with_what_each_coder_marked(room, made, qtbot):
    page, found = room.reading, readings(made.study)
    assert page.table.isVisible()
    differing = [row for row in found.rows if row.differs]
    assert len(differing) < len(found.rows)
    assert shown(page) == [[row.document_name, " ".join(row.text.split()), *map(told, row.marked)] for row in differing]
    page.differing.setFocus()
    qtbot.keyClick(page.differing, Qt.Key.Key_Space)
    assert len(shown(page)) == len(found.rows)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    row = page.table.current_row()
    qtbot.waitUntil(lambda: {row.text, "Asta Lind", "Bo Ek", "Cem Usta"} <= set(words_on(page)))
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert set(asked.args[1].ids) == set(row.codings)


def test_nothing_there_measures_and_nothing_that_measures_can_be_done(room):
    assert [action.text() for action in room.room_actions() if action.isEnabled()] == []
    words = " ".join(words_on(room)).casefold()
    assert "coefficients of agreement are not shown" in words
    assert [word for word in ("α", "kappa", "consensus", "error", "%", "saturat") if word in words] == []


def test_the_page_follows_a_change_and_another_round_says_what_to_do(room, made, qtbot):
    before = len(shown(room.reading))
    add_round(made.study, name="Second", everyone=True)
    qtbot.waitUntil(lambda: room.reading.rounds.findData("Second") >= 0 and not room.computing)
    assert len(shown(room.reading)) == before
    room.reading.rounds.setCurrentIndex(room.reading.rounds.findData("Second"))
    room.reading.rounds.activated.emit(room.reading.rounds.currentIndex())
    qtbot.waitUntil(lambda: not room.computing)
    assert room.reading.empty.isVisible()
    assert "“Second”" in room.reading.empty.sentence
    team.describe_study(made.study, approach="codebook")
    qtbot.waitUntil(lambda: room.found is not None and not room.computing)
    assert room.tables.isVisible()
