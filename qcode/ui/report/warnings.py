"""What to look at before the report leaves the house, each with the way to its cause where there is one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.queries.reports.cautions import Caution
from qcode.ui.theme import SPACE, label
from qcode.ui.wrapped_list import Said, WrappedList

_WAYS = {
    "blind": "Open the Code room",
    "typed words": "Open the Code room",
    "no themes": "Open the Themes room",
    "theme without quotes": "Show the theme",
    "one voice": "Open the Themes room",
    "text changed": "Show the place in the transcript",
    "empty attribution": "Show the place in the transcript",
    "words tell": "Show the place in the transcript",
    "two quotes": "Show the place in the transcript",
    "rare phrase": "Show the place in the transcript",
    "by hand": "Show the place in the transcript",
    "two papers": "Show the place in the transcript",
    "title in vivo": "Show the place in the transcript",
    "small cells": "Open the Transcripts room",
    "not reviewed": "Open the Transcripts room",
    "kept back": "Open Attribution",
    "exception": "Open Attribution",
}


def _said(caution: Caution) -> Said:
    return Said(caution.sentence, _WAYS.get(caution.kind, ""))


class WarningsPane(QFrame):
    """Sentences, one below the other. Enter or a double click goes to the cause."""

    causeAsked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.heading = label("", "heading")
        self.list = WrappedList(_said, lambda caution: caution.sentence)
        self.list.setAccessibleName("What to look at first")
        self.list.rowActivated.connect(self.causeAsked)
        self.fine = label("Nothing stands out.", tone="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * SPACE, 0, 0)
        column.setSpacing(SPACE)
        for words in (self.heading, self.fine):
            words.setContentsMargins(SPACE + 4, 0, SPACE, 0)
            column.addWidget(words)
        column.addWidget(self.list, 1)
        self.show_cautions([])

    # Methods

    def show_cautions(self, cautions: Sequence[Caution]) -> None:
        """Show these."""
        self.heading.setText(f"To look at first ({len(cautions)})" if cautions else "To look at first")
        self.fine.setVisible(not cautions)
        self.list.set_rows(cautions)
