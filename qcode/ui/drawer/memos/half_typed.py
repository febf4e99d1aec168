"""What is half typed: secured within a second, and made a step when typing rests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.errors import QcodeError
from qcode.ids import new_id
from qcode.operations.drafts import ALIVE_SECONDS, Draft, erase_draft, put_draft
from qcode.ui.bridge import StudyBridge

SECURED_MS = 1_000
RESTED_MS = 30_000


class HalfTyped(QObject):
    """Secures what `draft` says is half typed while typing goes on.

    One sitting is one step, or a few: typing that rests for half a minute asks for one, as leaving the memo does.
    """

    rested = Signal()

    def __init__(self, bridge: StudyBridge, draft: Callable[[], Draft | None], parent: QObject) -> None:
        super().__init__(parent)
        self.window = new_id()
        self._bridge = bridge
        self._draft = draft
        self._secured: Draft | None = None
        self._told = False
        self._securing = self._timer(SECURED_MS, self.secure)
        self._resting = self._timer(RESTED_MS, self.rested.emit)

    # Methods

    def touch(self) -> None:
        """Something was typed."""
        if not self._securing.isActive() or self._securing.interval() != SECURED_MS:
            self._securing.start(SECURED_MS)
        self._resting.start()

    def secure(self) -> None:
        """Write what is half typed into the file, and again every few seconds while it is."""
        draft = self._draft()
        if draft is None:
            self.forget()
            return
        try:
            put_draft(self._bridge.study, draft)
            self._secured, self._told = draft, False
        except QcodeError as error:
            self._tell(error)
        self._securing.start(ALIVE_SECONDS * 1000 // 3)

    def stop(self) -> None:
        """It is a step now."""
        self._securing.stop()
        self._resting.stop()
        self._secured = None

    def forget(self) -> None:
        """Nothing is half typed any more: nobody shall find it."""
        secured = self._secured
        self.stop()
        if secured is not None:
            self._bridge.attempt_unasked(lambda: erase_draft(self._bridge.study, secured))

    # Internal

    def _tell(self, error: QcodeError) -> None:
        """Say once why nothing is secured; a writer who is busy will not be so long."""
        if not self._told and self._secured is None:
            self._bridge.refused.emit(str(error))
        self._told = True

    def _timer(self, milliseconds: int, deed: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(deed)
        return timer
