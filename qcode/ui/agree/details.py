"""What there is to say about one code's agreement, in sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qcode.ui.agree.figures import FigureRow, sentences
from qcode.ui.theme import SPACE, label


class Details(QFrame):
    """The sentences behind a line of the table, and the way to its passages."""

    passagesAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.heading = label("", "heading")
        self.words = label()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setMaximumWidth(115 * SPACE)
        self.passages = QPushButton("Show passages")
        self.passages.setProperty("kind", "quiet")
        self.passages.clicked.connect(self.passagesAsked)
        self._lay_out()
        self.show_row(None, "sentence")

    # Methods

    def show_row(self, row: FigureRow | None, unit: str) -> None:
        """Say everything about this line; without one, how to come to it."""
        self.passages.setEnabled(row is not None)
        if row is None:
            self.heading.setText("")
            self.words.setText("Choose a code to read what its figures mean.")
        else:
            self.heading.setText(" › ".join(row.path))
            self.words.setText("\n".join(sentences(row, unit)))
        self.words.setAccessibleName(f"{self.heading.text()}. {self.words.text()}")

    # Internal

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch()
        top.addWidget(self.passages)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addWidget(scroll, 1)
