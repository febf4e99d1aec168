"""How a page is laid out that lies over a room: a head with a way back, a line, and what the page shows."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qcode.ui import theme
from qcode.ui.keys.hints import KeyHint
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import rule


def lay_out_page(
    page: QWidget, title: str, told: QLabel, hint: KeyHint, leave_button: QPushButton, stack: QStackedWidget
) -> None:
    """Put a page together; `told` stands beside its title."""
    head = QHBoxLayout()
    head.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    head.setSpacing(2 * SPACE)
    head.addWidget(theme.label(title, "title"))
    head.addWidget(told, 1)
    head.addWidget(hint)
    head.addWidget(leave_button)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(head)
    column.addWidget(rule())
    column.addWidget(stack, 1)


def paper(inside: QLayout) -> QFrame:
    """The ground of a page, with what lies on it."""
    made = QFrame()
    made.setProperty("surface", "page")
    made.setLayout(inside)
    return made
