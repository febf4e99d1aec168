"""The Themes room on a study in which themes are written up."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_up import write_up

from qcode.study import Study
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.themes import ThemesRoom


@pytest.fixture
def made(tmp_path: Path):
    made = write_up(tmp_path / "pump.qcode")
    yield made
    made.study.close()


@pytest.fixture
def open_room(qtbot):
    """Show the room on a study."""
    bridges = []
    theme.choose("light")

    def show(study: Study) -> ThemesRoom:
        bridge = StudyBridge(study)
        bridges.append(bridge)
        room = ThemesRoom(bridge)
        qtbot.addWidget(room)
        room.resize(1180, 720)
        room.show()
        qtbot.waitExposed(room)
        room.activateWindow()
        qtbot.waitUntil(room.isActiveWindow)
        qtbot.waitUntil(lambda: not room.computing)
        return room

    yield show
    for bridge in bridges:
        bridge.close()
        bridge.deleteLater()


@pytest.fixture
def room(open_room, made) -> ThemesRoom:
    return open_room(made.study)
