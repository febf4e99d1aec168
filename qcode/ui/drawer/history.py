"""What was done to the study, by whom and when; one's own latest step can be taken back."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.queries.history import StepRow, history, undo_labels
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.panel import Panel
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label

_MOST = 1_000
_ORIGINS = {"done": "", "undone": "Took back: ", "redone": "Did again: "}


class HistoryPanel(Panel):
    """The latest steps of everybody; what was taken back is struck through."""

    requestUndo = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        columns = (
            Column[StepRow]("Step", _sentence, struck=lambda row: row.undone, tip=_tip, stretch=True),
            Column[StepRow]("Who", lambda row: row.coder, width=20 * SPACE),
            Column[StepRow]("When", lambda row: row.at, lambda row: _local_time(row.at), width=22 * SPACE),
        )
        self._table = RowTable(columns, self)
        self._table.setAccessibleName("Steps, the latest first")
        self._next = label(tone="quiet")
        self._button = QPushButton("Take back", self)
        self._button.clicked.connect(self.requestUndo)
        self._lay_out()

    # Properties

    @property
    def table(self) -> RowTable:
        """The steps."""
        return self._table

    @property
    def button(self) -> QPushButton:
        """Takes back the acting coder's latest step."""
        return self._button

    # Methods

    def refresh(self) -> None:
        """Read the steps again."""
        self._table.set_rows(history(self.bridge.study, latest=_MOST))
        next_undo = undo_labels(self.bridge.study).undo
        self._button.setEnabled(next_undo is not None)
        words = f"Your latest step: {next_undo}" if next_undo else "There is nothing of yours to take back."
        self._next.setText(words)
        self._button.setAccessibleName(f"Take back: {next_undo}" if next_undo else "Take back")

    def entry(self) -> QWidget:
        """The table."""
        return self._table

    # Internal

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._next, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._table, 1)


def _sentence(row: StepRow) -> str:
    return _ORIGINS[row.origin] + row.label


def _tip(row: StepRow) -> str:
    return f"{_sentence(row)} (does not hold any more)" if row.undone else _sentence(row)


@lru_cache(maxsize=4_096)
def _local_time(at: str) -> str:
    moment = datetime.fromisoformat(at).astimezone()
    return QLocale().toString(QDateTime(moment), QLocale.FormatType.ShortFormat)
