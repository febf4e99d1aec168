"""A panel or a room in a window that nobody sees, and waiting until what it was asked for is painted."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import override

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.measuring import Moment, Taken, Timing
from qcode.study import Study
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge

_SIZE = 1280, 360
_PATIENCE = 20.0
_LOOK_AGAIN_MS = 50


class _Painted(QObject):
    """Notes that a part of the panel was painted while the answer was there."""

    def __init__(self, part: QWidget, is_there: Callable[[], bool]) -> None:
        super().__init__(part)
        self._is_there = is_there
        self.seen = False
        part.installEventFilter(self)

    @override
    def eventFilter(self, _part: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._is_there():
            self.seen = True
        return False


@contextmanager
def panel_of[P: QWidget](study: Study, make: Callable[[StudyBridge], P]) -> Iterator[P]:
    """The panel or room on a study."""
    application = QApplication.instance() or QApplication([])
    theme.choose("light")
    bridge = StudyBridge(study)
    panel = make(bridge)
    panel.resize(*_SIZE)
    panel.show()
    QApplication.processEvents()
    try:
        yield panel
    finally:
        bridge.close()
        panel.close()
        panel.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def answered(
    deed: Callable[[], object], before: Callable[[], object], part: QWidget, is_there: Callable[[], bool], runs: int
) -> Timing:
    """What a deed takes until its answer is painted in a part of a panel, each time after something else was shown."""
    painted = _Painted(part, is_there)
    return Timing.of([_once(deed, before, painted, is_there) for _ in range(runs + 1)][1:])


def _once(
    deed: Callable[[], object], before: Callable[[], object], painted: _Painted, is_there: Callable[[], bool]
) -> Taken:
    before()
    process_until(is_there)
    gc.collect()
    started = Moment.now()
    deed()
    painted.seen = False
    process_until(lambda: painted.seen)
    return Moment.now().since(started)


def process_until(done: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    deadline = time.monotonic() + _PATIENCE
    looking_again = QTimer(interval=_LOOK_AGAIN_MS)
    looking_again.start()
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"The panel gave no answer within {_PATIENCE:.0f} seconds.")
        # Asleep until something happens: who asks again and again takes the time of the worker.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()
