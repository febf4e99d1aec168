"""What is in sight is painted first: the rest of a long document, and the lists beside it, follow."""

from __future__ import annotations

from dataclasses import replace
from typing import override

import pytest
from PySide6.QtCore import QEvent, QObject

from qcode.operations.coding import remove_codings
from qcode.queries import blindness
from qcode.queries.codebook import tree as codebook
from qcode.queries.codings import codings_of
from qcode.queries.transcripts import documents
from qcode.ui.code.codebook.panel import CodebookPanel
from qcode.ui.code.reading import Reading
from qcode.ui.window import MainWindow


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


def test_a_study_is_seen_before_its_codings_are_counted_and_the_counts_follow(
    qtbot, settings, small_study, monkeypatch
):
    counted_before, frames = [], []

    def watched(*asked):
        counted_before.append(bool(frames and frames[0].drawn))
        return blindness.visible_counts(*asked)

    for queries in (codebook, documents):
        monkeypatch.setattr(queries, "visible_counts", watched)
    window = MainWindow(settings, lambda _path, _tell: None)
    qtbot.addWidget(window)
    window.show()
    window.show_study(small_study.study)
    assert counted_before == []
    room = window.show_room("code")
    frames.append(Frames(room.view))
    qtbot.waitUntil(lambda: len(counted_before) == 2)
    assert counted_before == [True, True]
    assert list(room.desk.codes) == codebook.codebook(small_study.study)
    assert room.desk.documents == documents.documents(small_study.study, round_id=small_study.round)
    assert list(room.codebook.model.rows) == list(room.desk.codes)


def test_codings_that_come_before_they_are_counted_are_counted_once(qtbot, settings, small_study):
    window = MainWindow(settings, lambda _path, _tell: None)
    qtbot.addWidget(window)
    window.show()
    window.show_study(small_study.study)
    small_study.apply("INT-1", "Two days later somebody knocked.", "Wear")
    room = window.show_room("code")
    qtbot.waitUntil(lambda: list(room.desk.codes) == codebook.codebook(small_study.study))
    assert next(row.mine for row in room.desk.codes if row.name == "Wear") == 3
    assert room.desk.documents == documents.documents(small_study.study, round_id=small_study.round)


def test_without_counts_documents_and_codes_are_otherwise_the_same(small_study):
    study = small_study.study
    assert any(row.everybodys for row in codebook.codebook(study))
    bare = [replace(row, mine=0, everybodys=0) for row in codebook.codebook(study)]
    assert codebook.codebook(study, counted=False) == bare
    bare = [replace(row, mine=0, everybodys=0) for row in documents.documents(study)]
    assert documents.documents(study, counted=False) == bare
