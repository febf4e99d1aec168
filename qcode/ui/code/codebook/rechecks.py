"""What is left to look at: codes with passages that were coded under older definitions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcode.queries.codebook.rechecks import Recheck, rechecks
from qcode.queries.codings import Looking
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import HERE, make_action
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.code.lines import Line, LineList
from qcode.ui.panel_parts import line_of, sentence

_DONE = "Nothing waits: every passage you may see was coded, or looked at again, under today’s definitions."


class RechecksPanel(SidePanel):
    """Each code with how many passages of whom wait; Enter goes through one's own, or lists them all."""

    lookAsked = Signal(str)
    passagesAsked = Signal(str, object)

    title = "Waiting for a second look"
    kinds = ("code", "code_version", "coding", "assignment", "document", "coder")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows: list[Recheck] = []
        self.told = sentence()
        self.list = LineList("Codes with passages that wait", self)
        self.look_button = button("Go through mine", "primary", self)
        self.passages_button = button("Show as passages", parent=self)
        make_action(
            self.list,
            "Show what waits as passages",
            self.show_passages,
            "Ctrl+Return",
            context=HERE,
            key="codebook.waiting-passages",
        )
        self.body.addWidget(self.told)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(line_of(self.look_button, self.passages_button))
        self.list.lineActivated.connect(self._on_code)
        self.list.currentKeyChanged.connect(lambda _key: self._tell())
        self.look_button.clicked.connect(lambda: self._on_code(self.list.current_key or ""))
        self.passages_button.clicked.connect(self.show_passages)

    # Properties

    @property
    def current(self) -> Recheck | None:
        """The code with the cursor."""
        return next((row for row in self._rows if row.code == self.list.current_key), None)

    # Methods

    def refresh(self) -> None:
        """Read what waits."""
        self._rows = rechecks(self.bridge.study)
        self.list.set_lines([_line(row) for row in self._rows])
        if self._rows and self.list.current_key is None:
            self.list.set_current(self._rows[0].code)
        mine, others = sum(row.mine for row in self._rows), sum(n for row in self._rows for _who, n in row.others)
        yours = f"{mine:,} of your passages {'waits' if mine == 1 else 'wait'}"
        theirs = f", and {others:,} of your colleagues’" if others else ""
        done = sum(row.handed_in for row in self._rows)
        rest = f" {done:,} more of yours are in documents that you handed in." if done else ""
        words = f"{yours}{theirs}: coded before their codes were defined as they are now.{rest}"
        self.told.setText(words if self._rows else _DONE)
        self._tell()

    def entry(self) -> QWidget:
        """The list."""
        return self.list

    def show_passages(self) -> None:
        """Open the passages of the current code that were coded under an older definition."""
        row = self.current
        if row is not None:
            self.passagesAsked.emit(f"{row.path[-1]}, older definitions", Looking(codes=[row.code], older=True))

    # Private slots

    def _on_code(self, _key: str) -> None:
        row = self.current
        if row is not None and row.mine:
            self.lookAsked.emit(row.code)
        elif row is not None:
            self.show_passages()

    # Internal

    def _tell(self) -> None:
        self.look_button.setEnabled(self.current is not None and self.current.mine > 0)
        self.passages_button.setEnabled(self.current is not None)


def _line(row: Recheck) -> Line:
    counts = [f"{row.handed_in} of yours in documents you handed in"] if row.handed_in else []
    counts += [f"{count} of {name}" for name, count in row.others]
    notes = tuple(note for note in (" › ".join(row.path[:-1]), ", ".join(counts)) if note)
    return Line(row.code, row.path[-1], right=f"{row.mine} of yours" if row.mine else "", notes=notes)
