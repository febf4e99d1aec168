"""A line that says how many of one's own passages wait for a second look."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from qcode.study import Change
from qcode.ui.bridge import StudyBridge
from qcode.ui.kept_true import KeptTrue
from qcode.ui.theme import SPACE

_COUNT_AGAIN_MS = 300


class WaitingLine(KeptTrue):
    """Hidden while nothing waits. Coding alone makes nothing wait, so it is counted again only while something does."""

    asked = Signal()

    kinds = ("code", "code_version", "assignment")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._count = 0
        self.button = QPushButton(self)
        self.button.setProperty("kind", "quiet")
        self.button.clicked.connect(self.asked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COUNT_AGAIN_MS)
        self._timer.timeout.connect(self._on_count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, SPACE // 2)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.hide()

    # Properties

    @property
    def count(self) -> int:
        """How many of one's own codings are older than the definitions of their codes."""
        return self._count

    # Methods

    def refresh(self) -> None:
        """Count soon; several changes in a row are counted once."""
        self._timer.start()

    def take_change(self, change: Change) -> None:
        """Count again if something may have begun to wait, or been looked at."""
        if change.concerns(*self.kinds) or (self._count and change.concerns("coding")):
            self.mark_stale()

    # Private slots

    def _on_count(self) -> None:
        from qcode.queries.codebook.rechecks import waiting

        self._count = waiting(self.bridge.study)
        wait = "waits" if self._count == 1 else "wait"
        self.button.setText(f"{self._count:,} of your passages {wait} for a second look…")
        self.button.setToolTip("Coded under definitions that have changed since")
        self.button.setVisible(self._count > 0)
