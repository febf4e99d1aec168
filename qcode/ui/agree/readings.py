"""Readings side by side, in place of figures: where coders differ there is something to talk about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qcode.queries.agreement.readings import Marked, Reading, Readings, readings
from qcode.queries.codings import Looking
from qcode.queries.team import RoundRow, rounds
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.panel_parts import scrolled
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label

_NOBODY = "Nothing lies side by side in “{}” yet: two coders must have marked something in the same document."
_ALIKE = "Wherever two coders read the same, they marked it alike in “{}”."
_BLIND = " Kept back until you hand it in, as the round is blind: {}."


class ReadingsPage(QWidget):
    """A table with a column for each coder, and below it one passage with all that was said of it.

    It asks for the codings behind a passage by `passagesAsked`.
    """

    passagesAsked = Signal(str, object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._task: work.Task | None = None
        self._found: Readings | None = None
        self.about = label("", tone="quiet")
        self.rounds = QComboBox()
        self.rounds.setAccessibleName("Round")
        self.rounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.differing = QCheckBox("Only where readings differ")
        self.differing.setChecked(True)
        self.empty = EmptyState("", parent=self)
        self.table = RowTable(_columns(()))
        self.passage, self.said = label(""), QHBoxLayout()
        self._lay_out()
        self.rounds.activated.connect(self.refresh)
        self.differing.toggled.connect(self._show)

    # Properties

    @property
    def sentence(self) -> str:
        """Why there are readings here and no figures."""
        return self.about.text()

    @property
    def computing(self) -> bool:
        """Whether readings are on their way."""
        return self._task is not None

    # Methods

    def explain(self, words: str) -> None:
        """Say why there are readings here and no figures."""
        self.about.setText(words)

    def refresh(self) -> None:
        """Read again."""
        self._offer(rounds(self.bridge.study))
        self.give_up()
        study, name = self.bridge.study, self.rounds.currentData()
        self._task = work.run(
            self, lambda _progress: readings(study, name), done=self._on_found, refused=self._on_refused
        )

    def give_up(self) -> None:
        """Wait for nothing."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    # Private slots

    def _on_found(self, found: Readings) -> None:
        known = self._found.coders if self._found is not None else ()
        self._task, self._found = None, found
        self.rounds.setCurrentIndex(self.rounds.findData(found.round.name))
        if found.coders != known:
            self._change_table(RowTable(_columns([coder.name for coder in found.coders])))
        self._show()

    def _on_refused(self, sentence: str) -> None:
        self._task, self._found = None, None
        self._say_none(sentence)

    def _on_activated(self, row: Reading) -> None:
        self.passagesAsked.emit(f"Readings, {row.document_name}", Looking(ids=row.codings, by_search=False))

    def _on_current(self, row: Reading | None) -> None:
        while (item := self.said.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.passage.setText("" if row is None else row.text)
        if row is not None and self._found is not None:
            for coder, marked in zip(self._found.coders, row.marked, strict=True):
                self.said.addWidget(_lane(coder.name, marked), 1, Qt.AlignmentFlag.AlignTop)

    # Internal

    def _offer(self, known: Sequence[RoundRow]) -> None:
        chosen = self.rounds.currentData()
        self.rounds.clear()
        for row in known:
            self.rounds.addItem(row.name, row.name)
        self.rounds.setCurrentIndex(self.rounds.findData(chosen) if chosen else -1)

    def _show(self) -> None:
        if self._found is None:
            return
        name = self._found.round.name
        rows = [row for row in self._found.rows if row.differs or not self.differing.isChecked()]
        kept = _BLIND.format(", ".join(self._found.withheld)) if self._found.withheld else ""
        if not rows:
            self._say_none((_ALIKE if self._found.rows else _NOBODY).format(name) + kept)
            return
        self.table.set_rows(rows)
        if self.table.current_row() is None:
            self.table.select_row(rows[0].id)
        self._on_current(self.table.current_row())
        self._pages.setCurrentWidget(self.readings)

    def _say_none(self, sentence: str) -> None:
        self.empty.say(sentence)
        self._pages.setCurrentWidget(self.empty)

    def _change_table(self, table: RowTable) -> None:
        before, self.table = self.table, table
        self._prepare(table)
        self.readings.replaceWidget(0, table)
        before.deleteLater()

    def _prepare(self, table: RowTable) -> None:
        table.setAccessibleName("Readings side by side")
        table.rowActivated.connect(self._on_activated)
        table.currentRowChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        self.about.setWordWrap(True)
        _let_be_read(self.passage)
        choices = QHBoxLayout()
        choices.setSpacing(2 * SPACE)
        choices.addWidget(label("Round", tone="quiet"))
        choices.addWidget(self.rounds)
        choices.addWidget(self.differing)
        choices.addStretch(1)
        below = QWidget()
        text = QVBoxLayout(below)
        text.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        text.setSpacing(SPACE)
        text.addWidget(self.passage)
        text.addLayout(self.said)
        text.addStretch(1)
        self.readings = QSplitter(Qt.Orientation.Vertical)
        self.readings.addWidget(self.table)
        self.readings.addWidget(scrolled(below))
        self.readings.setSizes([360, 240])
        self.readings.setChildrenCollapsible(False)
        self._prepare(self.table)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.readings)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(label("Readings side by side", "title"))
        column.addWidget(self.about)
        column.addLayout(choices)
        column.addWidget(self._pages, 1)


def told(marked: Sequence[Marked] | None) -> str:
    """What one coder marked, in a cell: their codes, a dash for none; nothing where it was not theirs to read."""
    if marked is None:
        return ""
    return ", ".join(dict.fromkeys(mark.code + ("?" if mark.unsure else "") for mark in marked)) or "–"


def _columns(names: Sequence[str]) -> list[Column[Reading]]:
    def of(place: int) -> Column[Reading]:
        return Column(
            names[place],
            lambda row: told(row.marked[place]),
            tip=lambda row: told(row.marked[place]) or "Not theirs to read in this round.",
            width=22 * SPACE,
        )

    return [
        Column("Document", lambda row: row.document_name, width=14 * SPACE),
        Column("Passage", lambda row: (row.document_name, row.start), _on_one_line, tip=_on_one_line, stretch=True),
        *(of(place) for place in range(len(names))),
    ]


def _on_one_line(row: Reading) -> str:
    return " ".join(row.text.split())


def _lane(name: str, marked: Sequence[Marked] | None) -> QWidget:
    """All that one coder said of a passage, below their name."""
    lines = [
        f"{mark.code}{' (unsure)' if mark.unsure else ''}{f': {mark.comment}' if mark.comment else ''}"
        for mark in marked or ()
    ]
    nothing = "Not theirs to read in this round." if marked is None else "Marked nothing here."
    lane = QWidget()
    column = QVBoxLayout(lane)
    column.setContentsMargins(0, 0, SPACE, 0)
    column.setSpacing(0)
    said = label("\n".join(lines or [nothing]))
    _let_be_read(said)
    column.addWidget(label(name, "small", "quiet"))
    column.addWidget(said)
    return lane


def _let_be_read(words: QLabel) -> None:
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
