"""The strip on top of the room: how far the round is, and what is not among the cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from qcode.queries.disagreements.cases import Queue
from qcode.queries.team import RoundRow
from qcode.ui.reconcile.narrowing import Chooser, Narrowed
from qcode.ui.theme import SPACE, label

LEADS_SHOW_NAMES = "The lead decides whether names are shown before a case is decided."
_NAMED = 3


class Strip(QFrame):
    """The round and its counts at the left, what else can be done at the right. `roundChosen` tells another round."""

    roundChosen = Signal(str)

    def __init__(self, names: QToolButton, more: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "header")
        self.rounds = Chooser("Round")
        self.rounds.activated.connect(lambda place: self.roundChosen.emit(self.rounds.itemData(place)))
        self.counts, self.left_out = label(), label("", "small", "quiet")
        self.left_out.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.rounds)
        row.addWidget(self.counts, 1)
        row.addWidget(names)
        row.addWidget(more)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(row)
        column.addWidget(self.left_out)

    # Methods

    def show_rounds(self, rows: Sequence[RoundRow]) -> None:
        """Offer these rounds."""
        named = [(row.name if row.purpose == "main" else f"{row.name} ({row.purpose})", row.id) for row in rows]
        chosen = self.rounds.currentData()
        self.rounds.clear()
        for name, key in named:
            self.rounds.addItem(name, key)
        self.choose_round(chosen)

    def choose_round(self, round_id: str | None) -> None:
        """Show a round as the chosen one."""
        self.rounds.setCurrentIndex(self.rounds.findData(round_id) if round_id else -1)

    def show_queue(self, queue: Queue | None) -> None:
        """Say how many cases are open, decided and changed, and what all coders agree on; nothing without a queue."""
        self.counts.setText(counts_in_words(queue) if queue is not None else "")
        said = left_out(queue) if queue is not None else ""
        self.left_out.setText(said)
        self.left_out.setVisible(bool(said))


def counts_in_words(queue: Queue) -> str:
    """The counts of a round."""
    parts = [f"{queue.open:,} open", f"{queue.decided:,} decided"]
    parts += [f"{queue.stale:,} changed since" if queue.stale else ""]
    parts += [f"{queue.unanimous:,} unanimous, in the consensus as they are"]
    return " · ".join(part for part in parts if part)


def left_out(queue: Queue) -> str:
    """What is not among the cases, and why."""
    said = []
    if queue.waiting:
        said.append(f"Not handed in yet: {_few(f'{document} ({coder})' for document, coder in queue.waiting)}.")
    if queue.withheld:
        said.append(f"Hidden until you hand in yours: {_few(queue.withheld)}.")
    if queue.unsettled:
        said.append(f"Two texts, of which none was chosen: {_few(queue.unsettled)}. Settle that in Transcripts.")
    if queue.alone:
        noun = "coding is" if queue.alone == 1 else "codings are"
        said.append(f"{queue.alone:,} {noun} of text that only one coder was asked about.")
    return " ".join(said)


def why_none(queue: Queue | None, asked: Narrowed) -> str:
    """Why no case is listed, and what to do next."""
    if queue is None or asked.state != "open" or asked.any:
        return "No case is like that. Choose others above the list."
    said = f"All {queue.decided:,} cases are decided." if queue.decided else "The coders differ nowhere."
    return f"{said} What came of it stands under “More”: before and after, decisions, minutes."


def _few(names: Iterable[str]) -> str:
    known = list(names)
    more = len(known) - _NAMED
    return ", ".join(known[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
