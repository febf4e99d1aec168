"""How many of one's codings stand on words that were corrected since: a quiet line that leads to them."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from qcode.queries.codings import Looking
from qcode.queries.transcripts.corrections import second_looks
from qcode.study import Change
from qcode.ui.bridge import StudyBridge
from qcode.ui.theme import SPACE, label

TITLE = "Words corrected since I coded them"
_REST_MS = 250
_KINDS = ("revision", "document")


class SecondLook(QFrame):
    """Counts again when words or codings change, and is there only while there is something to look at."""

    requestPassages = Signal(str, object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._bridge = bridge
        self._count = 0
        self._words = label("", "small", "quiet")
        self._words.setWordWrap(True)
        self.button = QPushButton("Look", self)
        self.button.setProperty("kind", "quiet")
        self.button.setAccessibleName("Look at my codings whose words were corrected")
        self.button.clicked.connect(self.look)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self.refresh)
        bridge.changed.connect(self._on_changed)
        bridge.coderChanged.connect(self.refresh)
        bridge.closing.connect(self._resting.stop)
        self.hide()
        self._resting.start()

    # Properties

    @property
    def count(self) -> int:
        """How many of one's codings there are to look at again."""
        return self._count

    @property
    def sentence(self) -> str:
        """What is said; empty if there is nothing to look at."""
        return self._words.text() if self._count else ""

    # Methods

    def refresh(self) -> None:
        """Count again."""
        self._count = len(second_looks(self._bridge.study))
        many = f"{self._count:,} passages changed under codings of yours."
        self._words.setText("1 passage changed under a coding of yours." if self._count == 1 else many)
        self.setVisible(self._count > 0)

    def look(self) -> None:
        """Ask for these passages, or say that there are none."""
        coder = self._bridge.coder
        if self._count and coder is not None:
            self.requestPassages.emit(TITLE, Looking(coders=[coder], altered=True))
        else:
            self._bridge.informed.emit("No words were corrected under your codings.")

    # Private slots

    def _on_changed(self, change: Change) -> None:
        """Coding anew cannot make more of them; undoing can."""
        fewer = change.concerns("coding") and (self._count > 0 or change.origin != "done")
        if change.concerns(*_KINDS) or fewer:
            self._resting.start()
