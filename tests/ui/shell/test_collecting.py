"""Garbage is collected in the window's thread and in no other."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import ClassVar

from PySide6.QtCore import QObject

from qcode.ui import work
from qcode.ui.collecting import Collector, collect_what_is_due


class Knot:
    """Something that only the collector can free; it remembers where that happened."""

    freed_in: ClassVar[list[int]] = []

    def __init__(self):
        self.myself = self

    def __del__(self):
        Knot.freed_in.append(threading.get_ident())


def test_work_elsewhere_collects_nothing_and_the_window_does(qtbot):
    owner = QObject()
    Collector(owner)
    Knot.freed_in.clear()
    Knot()
    done = []
    work.run(owner, lambda _progress: [[number] for number in range(20_000)], done=done.append, refused=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert Knot.freed_in == []
    qtbot.waitUntil(lambda: bool(Knot.freed_in), timeout=10_000)
    assert Knot.freed_in == [threading.get_ident()]
    owner.deleteLater()


def test_what_is_not_due_waits():
    gc.collect()
    knot = Knot()
    here = weakref.ref(knot)
    del knot
    collect_what_is_due()
    assert here() is not None
    made = [[] for _ in range(1_000)]
    collect_what_is_due()
    assert here() is None
    assert made


def test_python_collects_again_when_the_collector_goes(qtbot):
    collector = Collector(owner := QObject())
    assert not gc.isenabled()
    with qtbot.waitSignal(collector.destroyed):
        owner.deleteLater()
    assert gc.isenabled()
    gc.disable()
