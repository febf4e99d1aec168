"""The window with rooms that only stand for the real ones, to try what the window itself does."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QWidget

from qcode.ui import theme
from qcode.ui.room import Room
from qcode.ui.rooms import ROOMS, RoomEntry
from qcode.ui.window import MainWindow


class StandIn(Room):
    """Two lines beside each other, an action, and a memory of what it was asked."""

    kinds = ("coding",)

    def __init__(self, bridge, parent=None):
        super().__init__(bridge, parent)
        self.places, self.refreshed, self.themes, self.acted = [], 0, 0, 0
        self.left, self.right = QLineEdit(self), QLineEdit(self)
        self.left.setAccessibleName("Left")
        self.right.setAccessibleName("Right")
        splitter = QSplitter(self)
        for line in (self.left, self.right):
            pane = QWidget()
            QHBoxLayout(pane).addWidget(line)
            splitter.addWidget(pane)
        QHBoxLayout(self).addWidget(splitter)
        self.act = QAction(f"Do what one does in {self.title}", self)
        self.act.setShortcut(QKeySequence("Ctrl+Shift+D"))
        self.act.triggered.connect(self._on_act)
        self.addAction(self.act)

    def _on_act(self):
        self.acted += 1

    def refresh(self):
        self.refreshed += 1

    def room_actions(self):
        return [self.act]

    def go_to(self, place):
        self.places.append(place)

    def update_theme(self):
        self.themes += 1


@pytest.fixture
def entries():
    module = ModuleType("stand_ins")
    for entry in ROOMS:
        setattr(module, entry.name, type(entry.name, (StandIn,), {"key": entry.key, "title": entry.title}))
    sys.modules["stand_ins"] = module
    yield [RoomEntry(entry.key, entry.title, "stand_ins", entry.name) for entry in ROOMS]
    del sys.modules["stand_ins"]


@pytest.fixture
def built():
    """Where the sample study was built."""
    return []


@pytest.fixture
def bare(qtbot, settings, entries, built):
    """The window before any study is open."""
    theme.choose("light")

    def build(path, tell):
        tell(0.5, "Reading INT-1")
        from qcode.study import Study

        Study.create(path, title="The sample", coder="Dana").close()
        built.append(path)

    window = MainWindow(settings, build, entries)
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


@pytest.fixture
def shell(bare, small_study):
    """The window showing the small study in rooms that stand for the real ones."""
    bare.show_study(small_study.study)
    return bare
