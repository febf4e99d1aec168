"""What the panels beside the codebook have in common: a title, a way out, and a place for what they show."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from qcode.ui.bridge import StudyBridge
from qcode.ui.kept_true import KeptTrue
from qcode.ui.panel_parts import head, take_key
from qcode.ui.theme import SPACE, label

NARROW, WIDE, WIDEST = 46 * SPACE, 60 * SPACE, 96 * SPACE


class SidePanel(KeptTrue):
    """A panel of the widened codebook. Esc and the cross leave it; nothing is lost by leaving."""

    closed = Signal()

    title: ClassVar[str] = ""
    width_wanted: ClassVar[int] = NARROW

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.title)
        self.heading = label(self.title, tone="quiet")
        self.body = QVBoxLayout()
        self.body.setContentsMargins(SPACE // 2, 0, SPACE, SPACE)
        self.body.setSpacing(SPACE)
        self._lay_out_frame()

    # For panels to write

    def entry(self) -> QWidget:
        """Where the keyboard begins."""
        return self

    def update_theme(self) -> None:
        """Take the colours of the theme."""

    # Methods

    def leave(self) -> None:
        """Close the panel."""
        self.closed.emit()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; no key goes on to what lies around."""
        take_key(event, self.leave)

    # Internal

    def _lay_out_frame(self) -> None:
        top = head(self.heading, "Close", self.leave)
        top.setContentsMargins(SPACE // 2, 0, SPACE, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addLayout(self.body, 1)


def button(words: str, kind: str = "", parent: QWidget | None = None) -> QPushButton:
    """A button of a kind that the style sheet knows."""
    made = QPushButton(words, parent)
    made.setAccessibleName(words)
    made.setAutoDefault(True)
    if kind:
        made.setProperty("kind", kind)
    return made
