"""A colleague's window changes the study while one looks through the hits that are to be coded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qcode.operations.codebook import add_code
from qcode.operations.corrections import correct_turn
from qcode.queries.codings import Looking, passages
from qcode.study import Study

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(window, qtbot):
    """The search, showing the hits of two words that are to be coded, of which the first is unticked."""
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.current_room.view, KEY.Key_F, CTRL | SHIFT)
    panel = window.view.drawer.search
    qtbot.keyClicks(panel.options.line, "boots OR knocked")
    qtbot.waitUntil(lambda: not panel.searching and panel.code_all.isEnabled(), timeout=20_000)
    panel.begin_coding()
    palette = panel._open_palette()
    qtbot.keyClicks(palette.focusWidget(), "wear")
    qtbot.keyClick(palette.focusWidget(), KEY.Key_Return)
    qtbot.keyClick(panel.preview.list, KEY.Key_Space)
    return panel


def elsewhere(panel, qtbot, deed):
    """Let another window do something to the study, and this one find it and search again."""
    with Study.open(panel.bridge.study.path) as other:
        deed(other)
    panel.bridge.study.poll()
    qtbot.waitUntil(lambda: not panel.searching, timeout=20_000)


def by_search(study):
    """The words that a search coded."""
    return [row.text for row in passages(study, Looking(by_search=True), around=0)]


def test_hits_that_a_correction_moved_are_not_coded_where_they_were(panel, small_study, qtbot):
    refused = []
    panel.bridge.refused.connect(refused.append)
    words = "What happened that night, in the end? Do take all of your time."
    elsewhere(panel, qtbot, lambda other: correct_turn(other, small_study.documents["INT-1"], turn=0, text=words))
    assert refused == ["The texts were changed elsewhere meanwhile. Look at the hits again before you code them."]
    assert panel.table.isVisible()
    assert panel.table.hasFocus()
    assert by_search(small_study.study) == []


def test_what_was_unticked_stays_so_when_the_hits_are_where_they_were(panel, small_study, qtbot):
    elsewhere(panel, qtbot, lambda other: add_code(other, name="Something else"))
    assert panel.preview.isVisible()
    assert panel.preview.list.hasFocus()
    qtbot.keyClick(panel.preview.list, KEY.Key_Return)
    assert by_search(small_study.study) == ["knocked"]
