"""A process of its own: qcode as it starts, until its window, or a study in it, is painted; prints what it took.

`python -m benchmarks.window [STUDY]` prints one line of JSON: `visible` and `shown` are readings of the system's
monotonic clock, `cpu` seconds of the processor and `memory` the most that the process held, in bytes.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import override

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from qcode.__main__ import main

_KIBIBYTE = 1 if sys.platform == "darwin" else 1024


class Watch(QObject):
    """Notes when the window is first painted, and when it is first painted with a study in it; then closes it."""

    def __init__(self, *, for_study: bool) -> None:
        super().__init__()
        self._for_study = for_study
        self._window: QMainWindow | None = None
        self.told: dict[str, float] = {}

    @override
    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        """Look at paints only."""
        if event.type() == QEvent.Type.Paint and isinstance(seen, QMainWindow):
            self._window = seen
            # Comes back when all of this frame is painted, ahead of everything else that waits.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    @override
    def event(self, event: QEvent) -> bool:
        """A frame is painted."""
        if event.type() != QEvent.Type.User:
            return super().event(event)
        self._note("visible")
        if getattr(self._window, "view", None) is not None:
            self._note("shown")
        if "shown" in self.told or not self._for_study:
            QApplication.quit()
        return True

    def _note(self, what: str) -> None:
        if what not in self.told:
            self.told |= {what: time.monotonic(), "cpu": time.process_time()}


def watched() -> None:
    """Start qcode and print what was seen."""
    watch = Watch(for_study=len(sys.argv) > 1)
    run = QApplication.exec

    def run_watched(*_self: object) -> int:
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(watch)
        return run()

    QApplication.exec = run_watched  # type: ignore[method-assign]
    try:
        main()
    finally:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE
        print(json.dumps(watch.told | {"memory": memory}))


if __name__ == "__main__":
    watched()
