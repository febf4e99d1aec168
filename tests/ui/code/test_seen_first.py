"""What is in sight is painted first: the rest of a long document, and the lists beside it, follow."""

from __future__ import annotations

from typing import override

import pytest
from PySide6.QtCore import QEvent, QObject

from qcode.operations.coding import remove_codings
from qcode.queries.codings import codings_of
from qcode.ui.code.codebook.panel import CodebookPanel
from qcode.ui.code.reading import Reading


class Frames(QObject):
    """Counts how often the text is painted, and notes which codings are drawn then."""

    def __init__(self, view) -> None:
        super().__init__(view)
        self._view = view
        self.drawn: list[set[str]] = []
        view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, _seen, event):
        """Look at paints only."""
        if event.type() == QEvent.Type.Paint:
            self.drawn.append({coding.id for coding in self._view.codings_in_sight()})
        return False


@pytest.fixture
def room(window, qtbot):
    room = window.show_room("code")
    room.show_whose("everyone")
    qtbot.wait(1)
    return room


def everything_drawn(room):
    return {row.id for row in room.desk.drawn}


def test_a_documents_codings_in_sight_are_painted_before_all_of_them_are_read(room, monkeypatch):
    first, second = (row.id for row in room.desk.documents[:2])
    room.open_document(second)
    frames, painted_before = Frames(room.view), []
    read_all = Reading.codings

    def watched(reading):
        painted_before.extend(frames.drawn)
        read_all(reading)

    monkeypatch.setattr(Reading, "codings", watched)
    room.open_document(first)
    known = {row.id for row in codings_of(room.bridge.study, first)}
    assert known
    assert painted_before == [known], "the text of a short document is all in sight"
    assert everything_drawn(room) == known


def test_opening_in_two_steps_draws_what_opening_at_once_draws(room):
    for row in room.desk.documents:
        room.open_document(row.id)
        drawn = everything_drawn(room)
        shown = {coding.id for coding in room.view.codings_in_sight()}
        room.refresh()
        assert everything_drawn(room) == drawn
        assert {coding.id for coding in room.view.codings_in_sight()} == shown == drawn


def test_a_change_is_painted_before_the_counts_beside_it_follow(room, monkeypatch, qtbot):
    room.open_document(room.desk.documents[0].id)
    own = next(row for row in room.desk.drawn if row.mine)
    qtbot.wait(1)
    frames, painted_before = Frames(room.view), []
    count = CodebookPanel.show_codes

    def watched(panel, rows):
        painted_before.append(list(frames.drawn))
        count(panel, rows)

    monkeypatch.setattr(CodebookPanel, "show_codes", watched)
    remove_codings(room.bridge.study, [own.id])
    assert painted_before, "the counts have followed"
    assert painted_before[0], "the text was painted by then"
    assert all(own.id not in drawn for drawn in frames.drawn)
    assert own.id not in everything_drawn(room)
    room.bridge.study.undo()
    assert own.id in frames.drawn[-1]
