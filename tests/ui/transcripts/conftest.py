"""The room in a window of its own, and files as transcribers send them."""

from __future__ import annotations

import pytest
from docx import Document
from room_material import COLONS, INTERVIEW

from qcode.operations.rounds import add_round
from qcode.study import Study
from qcode.ui.bridge import StudyBridge
from qcode.ui.transcripts import TranscriptsRoom


@pytest.fixture
def word(tmp_path):
    """Write a Word transcript."""

    def write(name, talk=INTERVIEW, before=()):
        document = Document()
        for line in (*before, *(f"{who}:\t{words}" for who, words in talk)):
            document.add_paragraph(line)
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        document.save(str(path))
        return path

    return write


@pytest.fixture
def text(tmp_path):
    """Write a text transcript."""

    def write(name, words=COLONS, encoding="utf-8"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(words.encode(encoding))
        return path

    return write


@pytest.fixture
def empty_bridge(qapp, tmp_path):
    """The bridge on a study without transcripts."""
    study = Study.create(tmp_path / "empty.qcode", title="Nothing yet", coder="Ana Lima")
    bridge = StudyBridge(study)
    yield bridge
    bridge.close()
    bridge.deleteLater()


@pytest.fixture
def open_room(qtbot):
    """Show the room on a study, and note what is told to the person."""

    def show(bridge):
        room = TranscriptsRoom(bridge)
        qtbot.addWidget(room)
        room.resize(1200, 740)
        room.documents.importing.as_they_are.setChecked(True)  # names have tests of their own
        room.told = []
        bridge.refused.connect(room.told.append)
        bridge.informed.connect(room.told.append)
        room.show()
        room.activateWindow()
        qtbot.waitActive(room)
        return room

    return show


@pytest.fixture
def room(open_room, empty_bridge):
    """The room with nothing in it."""
    return open_room(empty_bridge)


@pytest.fixture
def full_room(open_room, bridge):
    """The room on the small study."""
    return open_room(bridge)


@pytest.fixture
def tab(full_room):
    """The Team tab, on view; the tests of other tabs have a `tab` of their own."""
    full_room.tabs.setCurrentWidget(full_room.team)
    return full_room.team


@pytest.fixture
def recheck(tab, small_study):
    """A round in which nothing is assigned yet, on view."""
    made = add_round(small_study.study, name="Recheck")
    tab.show_round(made)
    return made
