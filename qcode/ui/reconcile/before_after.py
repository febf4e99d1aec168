"""Before and after: what coders agreed on before anybody talked, and what settling did, in figures that say whose."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.ids import RoundId
from qcode.queries.disagreements.consensus import Against, BeforeAfter, Deference, before_and_after
from qcode.reports.printed_tables import figure, share
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import sentence
from qcode.ui.reconcile.page import ReconcilePage
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label
from qcode.ui.transcripts.parts import counted, rule

_PUBLISH = "This is the figure to publish. Settling changes nothing of it."
_TRIVIAL = (
    "After a discussion agreement is always complete, so it is no figure. What can be told is how each coder stands to "
    "what was decided, how many decisions found no dissent, and whose side was taken."
)
_NOTHING = "Nothing was decided in “{}” yet, so there is no after."


class BeforeAfterPage(ReconcilePage):
    """What stood before, which settling never changes, beside what it came to: four answers on one page."""

    requestRoom = Signal(str)

    key: ClassVar[str] = "before-after"
    title: ClassVar[str] = "Before and after"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.before, self.publish = label("", "heading"), sentence(_PUBLISH)
        self.agree_button = QPushButton("See it code by code")
        self.settled, self.dissent = label("", "heading"), sentence()
        self.against, self.deference = RowTable(_AGAINST, self), RowTable(_DEFERENCE, self)
        self._lay_parts()
        self.agree_button.clicked.connect(lambda: self.requestRoom.emit("agree"))
        self.lay_out()

    # Methods

    def compute(self, round_id: RoundId) -> BeforeAfter:
        """The figures of the round."""
        return before_and_after(self.bridge.study, round_id, self.read_cases(round_id))

    def show_answer(self, answer: Any) -> str:
        """Show them."""
        found: BeforeAfter = answer
        if not found.decided:
            return _NOTHING.format(self.round_name)
        self.before.setText(_before(found))
        so_far = " so far" if found.silent else ""
        self.settled.setText(f"{share(found.without_dissent / found.decided)} of decisions without dissent{so_far}")
        self.dissent.setText(_dissent(found))
        self.against.set_rows(found.against, key=lambda row: row.coder)
        self.deference.set_rows(found.deference, key=lambda row: row.coder)
        self.told.setText(f"“{self.round_name}”")
        return ""

    def entry(self) -> QWidget:
        """The first table."""
        return self.against

    # Internal

    def _lay_parts(self) -> None:
        self.against.setAccessibleName("Each coder against the consensus")
        self.deference.setAccessibleName("Whose side was taken")
        self.agree_button.setProperty("kind", "quiet")
        for words in (self.before, self.settled):
            words.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(2 * SPACE)
        before, after = (
            _card("Before", self.before, self.publish, self.agree_button),
            _card("After", self.settled, self.dissent),
        )
        top.addWidget(before, 1)
        top.addWidget(after, 1)
        tables = QHBoxLayout()
        tables.setSpacing(2 * SPACE)
        tables.addLayout(_titled("Each coder against the consensus", self.against), 1)
        tables.addLayout(_titled("Whose side was taken", self.deference), 1)
        self.body.addLayout(top)
        self.body.addWidget(rule())
        self.body.addWidget(sentence(_TRIVIAL, quiet=True))
        self.body.addLayout(tables, 1)


def _interval(row: Against) -> str:
    return "–" if row.low is None or row.high is None else f"{figure(row.low)} to {figure(row.high)}"


_AGAINST: tuple[Column[Against], ...] = (
    Column("Coder", lambda row: row.name, stretch=True, width=18 * SPACE),
    Column("α", lambda row: row.alpha, lambda row: figure(row.alpha), "right", width=8 * SPACE),
    Column("95 % interval", lambda row: row.low, _interval, width=20 * SPACE),
    Column("Units", lambda row: row.units, lambda row: f"{row.units:,}", "right", width=10 * SPACE),
)
_DEFERENCE: tuple[Column[Deference], ...] = (
    Column("Coder", lambda row: row.name, stretch=True, width=18 * SPACE),
    Column("Taken", lambda row: row.won, align="right", width=9 * SPACE),
    Column("Of", lambda row: row.of, align="right", width=8 * SPACE),
    Column("Share", lambda row: row.share, lambda row: share(row.share), "right", width=10 * SPACE),
)


def _before(found: BeforeAfter) -> str:
    overall = found.agreement.overall if found.agreement is not None else None
    if overall is None or overall.alpha is None:
        return "No agreement among coders can be computed"
    interval = (
        "" if overall.low is None or overall.high is None else f" ({figure(overall.low)} to {figure(overall.high)})"
    )
    return f"α {figure(overall.alpha)}{interval} among coders"


def _dissent(found: BeforeAfter) -> str:
    told = [f"{found.without_dissent} of {counted(found.decided, 'decision')}"]
    told += [f"in {found.silent} of them somebody has not said yet how they take it"] if found.silent else []
    told += [f"in {found.stale} codings changed since"] if found.stale else []
    told += [f"{counted(found.open, 'case')} still open"] if found.open else []
    told += [f"{counted(found.unanimous, 'passage')} unanimous from the start"]
    return "; ".join(told) + "."


def _card(title: str, *parts: QWidget) -> QFrame:
    made = QFrame()
    made.setProperty("surface", "raised")
    column = QVBoxLayout(made)
    column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    column.setSpacing(SPACE)
    column.addWidget(sentence(title, quiet=True))
    for part in parts:
        is_button = isinstance(part, QPushButton)
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if is_button else Qt.AlignmentFlag(0))
    column.addStretch(1)
    return made


def _titled(title: str, table: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(SPACE)
    column.addWidget(sentence(title, quiet=True))
    column.addWidget(table, 1)
    return column
