"""What can be seen of a start: the first frames, the first key that does something, or why there will be none."""

from __future__ import annotations

import sys
import time
import traceback
from typing import Any, override

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from qcode.ui.message_bar import MessageBar
from qcode.ui.window import MainWindow


class Watch(QObject):
    """Notes when the window is first painted, when with a study in it, and when a key first selects; then ends it."""

    def __init__(self, *, for_study: bool) -> None:
        super().__init__()
        self._for_study = for_study
        self._window: MainWindow | None = None
        self.told: dict[str, float] = {}
        self.refusal = ""
        run = QApplication.exec

        def run_watched(*_self: object) -> int:
            sys.excepthook = self._give_up
            for window in QApplication.topLevelWidgets():
                if isinstance(window, QMainWindow):
                    window.installEventFilter(self)
            return run()

        QApplication.exec = run_watched  # type: ignore[method-assign]
        self._hear_refusals()

    @override
    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        """Look at paints of the window only."""
        if event.type() == QEvent.Type.Paint:
            self._window = seen  # type: ignore[assignment]
            # Comes back when all of this frame is painted, ahead of everything else that waits.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    @override
    def event(self, event: QEvent) -> bool:
        """A frame is painted."""
        if event.type() != QEvent.Type.User:
            return super().event(event)
        self._note("visible")
        if self._window is not None and self._window.view is not None and "shown" not in self.told:
            self._note("shown")
            self._press(self._window)
        if not self._for_study:
            QApplication.quit()
        return True

    def refuse(self, sentence: str) -> None:
        """The study will not be shown: nothing more is to be seen."""
        self.refusal = sentence
        QApplication.quit()

    def _press(self, window: MainWindow) -> None:
        """Press Space where the keyboard is, behind everything that waits, as a person does who sees the text."""
        text = window.show_room("code").view  # type: ignore[attr-defined]
        text.selectionChangedTo.connect(self._on_selected)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
            QCoreApplication.postEvent(QApplication.focusWidget() or text, key)

    def _on_selected(self, start: int, end: int) -> None:
        if start < end:
            self._note("usable")
            QApplication.quit()

    def _note(self, what: str) -> None:
        if what not in self.told:
            self.told |= {what: time.monotonic(), "cpu": time.process_time()}

    def _give_up(self, *error: Any) -> None:
        """A mistake of ours: it is told as Python tells it, and nothing more will be seen."""
        self.refuse("".join(traceback.format_exception(*error)))

    def _hear_refusals(self) -> None:
        """Hear what the welcome, or the bar for messages, tells as refused."""
        tell, refuse = MainWindow.tell_refusal, MessageBar.refuse

        def telling(window: MainWindow, sentence: str) -> None:
            tell(window, sentence)
            self.refuse(sentence)

        def refusing(bar: MessageBar, sentence: str) -> None:
            refuse(bar, sentence)
            self.refuse(sentence)

        MainWindow.tell_refusal, MessageBar.refuse = telling, refusing  # type: ignore[method-assign]
