"""Making a round of what was coded under an older definition, so that its coders look at it again."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId
from qcode.operations.case_codebook import recheck_round
from qcode.queries.codebook.rechecks import Recheck, rechecks
from qcode.queries.codings import Looking
from qcode.queries.team import rounds
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.code.lines import Line, LineList
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.transcripts.parts import counted, line_edit

_WHAT = "Passages that were coded before their code was defined as it is now. A re-check round hands them out again."
_NOTHING = "Nothing waits: every passage was coded, or looked at again, under today’s definitions."


class RecheckPanel(SidePanel):
    """The codes with passages under older definitions; one of them becomes a round, under a name."""

    requestPassages = Signal(str, object)

    title = "Re-check round"
    kinds: ClassVar[tuple[str, ...]] = ("code", "code_version", "coding", "assignment", "document", "coder", "round")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows: list[Recheck] = []
        self._wanted: CodeId | None = None
        self.told = sentence()
        self.list = LineList("Codes with passages under older definitions", self)
        self.name_line = line_edit("Name of the round", "Name of the round")
        self.begin_button = button("Begin the round", "primary", self)
        self.passages_button = button("Show as passages", parent=self)
        self.body.addWidget(self.told)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.name_line)
        self.body.addLayout(line_of(self.begin_button, self.passages_button))
        self.list.currentKeyChanged.connect(lambda _key: self._tell())
        self.list.lineActivated.connect(lambda _key: self.name_line.setFocus())
        self.name_line.returnPressed.connect(self.begin_round)
        self.begin_button.clicked.connect(self.begin_round)
        self.passages_button.clicked.connect(self.show_passages)

    # Properties

    @property
    def current(self) -> Recheck | None:
        """The code with the cursor."""
        return next((row for row in self._rows if row.code == self.list.current_key), None)

    # Methods

    def begin(self, code: CodeId | None) -> None:
        """Offer what waits, with the cursor on a code."""
        self._wanted = code
        self.mark_stale()
        if not self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read what waits."""
        self._rows = rechecks(self.bridge.study)
        self.list.set_lines([_line(row) for row in self._rows])
        wanted, self._wanted = self._wanted, None
        if self._rows and not (wanted is not None and self.list.set_current(wanted)) and self.list.current_key is None:
            self.list.set_current(self._rows[0].code)
        self.told.setText(_WHAT if self._rows else _NOTHING)
        self._tell()

    def entry(self) -> QWidget:
        """The list."""
        return self.list

    def begin_round(self) -> None:
        """Make the round, with the coders and documents of the passages."""
        row, name = self.current, self.name_line.text().strip()
        if row is None:
            self.bridge.refused.emit(_NOTHING)
            return
        made = self.bridge.attempt(lambda: recheck_round(self.bridge.study, row.code, name=name or None))
        if made is not None:
            called = next((one.name for one in rounds(self.bridge.study) if one.id == made), name)
            self.name_line.clear()
            self.bridge.informed.emit(f"“{called}” is begun. Who codes what in it stands in Transcripts › Team.")
            self.leave()

    def show_passages(self) -> None:
        """Open the passages under older definitions of the code with the cursor."""
        row = self.current
        if row is not None:
            self.requestPassages.emit(f"{row.path[-1]}, older definitions", Looking(codes=[row.code], older=True))

    # Private slots

    def _tell(self) -> None:
        row = self.current
        for part in (self.begin_button, self.passages_button, self.name_line):
            part.setEnabled(row is not None)
        self.name_line.setPlaceholderText(f"Check {row.path[-1]} again" if row is not None else "Name of the round")


def _line(row: Recheck) -> Line:
    mine = row.mine + row.handed_in
    counts = [f"{mine} of yours"] if mine else []
    counts += [f"{count} of {name}" for name, count in row.others]
    total = mine + sum(count for _name, count in row.others)
    return Line(row.code, row.path[-1], right=counted(total, "passage"), notes=(", ".join(counts),))
