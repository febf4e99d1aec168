"""What the panels beside something have in common: a head with a way out, words that wrap, and what is laid out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QWidget

from qcode.ui.theme import SPACE, label


def head(heading: QLabel, way_out: str, leave: Callable[[], object]) -> QHBoxLayout:
    """The heading of a panel with the cross that leaves it; `way_out` says where that leads."""
    close = QToolButton()
    close.setText("✕")
    close.setToolTip(f"{way_out} (Esc)")
    close.setAccessibleName(f"Close: {heading.text()}")
    close.clicked.connect(leave)
    line = QHBoxLayout()
    line.addWidget(heading, 1)
    line.addWidget(close)
    return line


def take_key(event: QKeyEvent, leave: Callable[[], object]) -> None:
    """Esc leaves a panel; no key goes on to what lies around."""
    if event.key() == Qt.Key.Key_Escape:
        leave()
    event.accept()


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that scrolls where there is little room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def sentence(words: str = "", *, quiet: bool = False) -> QLabel:
    """Words that wrap."""
    made = label(words, "small" if quiet else "body", "quiet" if quiet else "text")
    made.setWordWrap(True)
    return made


def rich(name: str) -> QLabel:
    """A label for text with marks in it, which wraps."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    made.setAccessibleName(name)
    return made


def line_of(*parts: QWidget, stretch: int = -1) -> QHBoxLayout:
    """Widgets side by side from the left; one of them, by its place, may take what room is left."""
    line = QHBoxLayout()
    line.setSpacing(SPACE)
    for place, part in enumerate(parts):
        line.addWidget(part, int(place == stretch))
    if stretch < 0:
        line.addStretch(1)
    return line
