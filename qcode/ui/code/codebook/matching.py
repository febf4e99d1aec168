"""Merging another team's list of codes into ours: a person decides row by row, and it is done in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from qcode.exchange.code_entries import CodeEntry
from qcode.operations.code_lists import merge_codebook
from qcode.queries.codebook.tree import code_entries, codebook
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import HERE, make_action
from qcode.ui.code.codebook.code_chooser import CodeChooser
from qcode.ui.code.codebook.comparison import Compared, ComparisonView
from qcode.ui.code.codebook.deeds import counted
from qcode.ui.code.codebook.definition_fields import FIELDS
from qcode.ui.code.codebook.matches import LIKENESS, Fate, MatchRow, kept_true, matched, preview
from qcode.ui.code.codebook.side_panel import WIDEST, SidePanel, button
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label

_HELP = "S same, ours stays · T take theirs · N new · X leave out · O another of ours · A accept all equal"


class MatchingPanel(SidePanel):
    """Their codes in a table, each beside ours; below, both definitions of the one with the cursor."""

    merged = Signal()

    title = "Merge a list of codes"
    kinds = ("code", "code_version")
    width_wanted = WIDEST

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows: list[MatchRow] = []
        columns = (
            Column[MatchRow]("Theirs", lambda row: _place(row.key), tip=lambda row: _place(row.key), stretch=True),
            Column[MatchRow]("Ours", _ours, tip=_ours, stretch=True),
            Column[MatchRow]("Match", lambda row: -row.score, _likeness, width=14 * SPACE),
            Column[MatchRow]("Decision", lambda row: row.words, width=17 * SPACE),
        )
        self.table = RowTable(columns, self)
        self.table.setAccessibleName("Codes of the other list")
        self.view = ComparisonView(self)
        self.chooser = CodeChooser("Which of our codes is it?", self)
        self.undecided = QCheckBox("Only undecided", self)
        self.reason = QLineEdit(self)
        self.told = sentence()
        self.merge_button = button("Merge", "primary", self)
        self.equal_button = button("Accept all equal", parent=self)
        self.new_button = button("Add all like nothing", parent=self)
        self._fields = {key: QCheckBox(name, self) for key, name, _hint in FIELDS}
        self._take = label("Take from theirs", "small", "quiet")
        self._below = QStackedWidget(self)
        self._lay_out()
        self._make_keys()
        self._connect()

    # Properties

    @property
    def rows(self) -> Sequence[MatchRow]:
        """Their codes with what was decided."""
        return tuple(self._rows)

    @property
    def current(self) -> MatchRow | None:
        """The row with the cursor."""
        row = self.table.current_row()
        return row if isinstance(row, MatchRow) else None

    # Methods

    def begin(self, name: str, entries: Sequence[CodeEntry]) -> None:
        """Show the codes of a file beside ours."""
        study = self.bridge.study
        self.heading.setText(f"{self.title}: {name}")
        self.reason.setText(f"From {name}")
        self.undecided.setChecked(False)
        self._rows = matched(codebook(study), code_entries(study), entries)
        self._below.setCurrentIndex(0)
        self._show()
        if self._rows:
            self.table.select_row(self._rows[0].key)

    def refresh(self) -> None:
        """Keep beside our codes as they are now."""
        ours, definitions = codebook(self.bridge.study), code_entries(self.bridge.study)
        self._rows = kept_true(self._rows, {row.id: row for row in ours}, {row.path: row for row in definitions})
        self.chooser.offer(ours, codable=False)
        self._show()

    def entry(self) -> QWidget:
        """The table."""
        return self.table

    def decide(self, fate: Fate) -> None:
        """Decide about the selected rows, and go on to the next that is undecided."""
        rows = self.table.selected_rows()
        if any(row.ours is None for row in rows) and fate in ("same", "take"):
            self.bridge.refused.emit("There is no code of ours beside it. Choose one (O), or add it as a new code (N).")
            return
        after = self._after_current()
        self._put([row.decided(fate) for row in rows])
        if after is not None:
            self.table.select_row(after.key)

    def accept_equal(self) -> None:
        """Let every undecided code with the name of one of ours, that says nothing else, be that one."""
        self._decide_all(lambda row: row.equal, "same")

    def add_new(self) -> None:
        """Add every undecided code that is like nothing of ours."""
        self._decide_all(lambda row: row.likeness == "new", "add")

    def choose_ours(self) -> None:
        """Ask which of our codes the current one is."""
        row = self.current
        if row is not None:
            self._below.setCurrentIndex(1)
            self.chooser.line.clear()
            if row.ours is not None:
                self.chooser.set_current(row.ours.id)
            self.chooser.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def merge(self) -> None:
        """Do what was decided, in one step; refuses while something is undecided."""
        left = sum(not row.fate for row in self._rows)
        if left:
            self.undecided.setChecked(True)
            what = f"{counted(left)} {'is' if left == 1 else 'are'} undecided"
            self.bridge.refused.emit(f"{what}. Decide about them, or leave them out; then merge.")
            return
        decisions, reason = [row.decision() for row in self._rows], self.reason.text()
        told = preview(self._rows)
        done = self.bridge.attempt(lambda: merge_codebook(self.bridge.study, decisions, reason=reason))
        if done is not None:
            self.bridge.informed.emit(f"The list is merged: {told}. One undo takes it all back.")
            self._rows = []
            self.leave()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.view.update_theme()

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the choice of ours goes back to the table."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self._end_choice()
            return True
        return super().eventFilter(watched, event)

    # Private slots

    def _on_ours(self, code: str) -> None:
        row, study = self.current, self.bridge.study
        ours = next((known for known in codebook(study) if known.id == code), None)
        if row is not None and ours is not None:
            definition = next((entry for entry in code_entries(study) if entry.path == ours.path), None)
            chosen = MatchRow(row.theirs, row.likeness, row.score, ours, definition)
            self._put([chosen.decided("same")])
        self._end_choice()

    def _on_field(self) -> None:
        row = self.current
        if row is not None:
            self._put([row.decided("take", [key for key, box in self._fields.items() if box.isChecked()])])

    def _on_current(self, _row: object = None) -> None:
        row = self.current
        self._show_fields(row)
        if row is None:
            self.view.show_pairs(("", ""), ())
            return
        ours = row.definition
        pairs = [
            Compared(name, getattr(ours, key) if ours else "", getattr(row.theirs, key)) for key, name, _hint in FIELDS
        ]
        self.view.show_pairs(("Ours", "Theirs"), pairs)

    # Internal

    def _show_fields(self, row: MatchRow | None) -> None:
        self._take.setVisible(row is not None and bool(row.differing))
        for key, box in self._fields.items():
            box.setVisible(row is not None and key in row.differing)
            box.setChecked(row is not None and key in row.taken)

    def _put(self, rows: Sequence[MatchRow]) -> None:
        new = {row.key: row for row in rows}
        self._rows = [new.get(row.key, row) for row in self._rows]
        self._show()

    def _decide_all(self, wanted: Callable[[MatchRow], bool], fate: Fate) -> None:
        rows = [row.decided(fate) for row in self._rows if not row.fate and wanted(row)]
        self._put(rows)
        self.bridge.informed.emit(f"{counted(len(rows))} decided. {preview(self._rows)}.")

    def _after_current(self) -> MatchRow | None:
        shown, current = self.table.shown_rows(), self.current
        place = next((n for n, row in enumerate(shown, 1) if current and row.key == current.key), 0)
        chosen = {row.key for row in self.table.selected_rows()}
        return next((row for row in shown[place:] + shown[:place] if not row.fate and row.key not in chosen), None)

    def _show(self) -> None:
        only = self.undecided.isChecked()
        self.table.set_rows([row for row in self._rows if not (only and row.fate)], key=lambda row: row.key)
        self.told.setText(preview(self._rows))
        self._on_current()

    def _end_choice(self) -> None:
        self._below.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.undecided.setAccessibleName("Show only undecided codes")
        self.reason.setAccessibleName("Reason that new versions are given")
        self.reason.setPlaceholderText("Why definitions change")
        fields = QVBoxLayout()
        fields.setSpacing(0)
        fields.addWidget(self._take)
        for place in range(0, len(FIELDS), 3):
            line = QHBoxLayout()
            for key, name, _hint in FIELDS[place : place + 3]:
                self._fields[key].setAccessibleName(f"Take from theirs: {name}")
                line.addWidget(self._fields[key])
            line.addStretch(1)
            fields.addLayout(line)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addLayout(fields)
        self._below.addWidget(page)
        self._below.addWidget(self.chooser)
        for part in (self.told, sentence(_HELP, quiet=True), self.undecided):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self._below, 3)
        self.body.addWidget(self.reason)
        self.body.addLayout(line_of(self.merge_button, self.equal_button, self.new_button))

    def _make_keys(self) -> None:
        def act(key: str, name: str, deed: Callable[[], object], *keys: str) -> None:
            make_action(self.table, name, deed, *keys, context=HERE, key=f"codebook.match-{key}")

        act("same", "Their code is ours; our definition stays", lambda: self.decide("same"), "S", "Return")
        act("take", "Their code is ours; take their definition", lambda: self.decide("take"), "T")
        act("add", "Add their code as a new one", lambda: self.decide("add"), "N")
        act("leave", "Leave their code out", lambda: self.decide("leave out"), "X", "Del")
        act("other", "Their code is another of ours…", self.choose_ours, "O")
        act("equal", "Accept all equal codes", self.accept_equal, "A")
        act("new", "Add all codes that are like nothing of ours", self.add_new, "Shift+N")
        act("undecided", "Show only undecided codes, or all", self.undecided.toggle, "U")
        act("merge", "Merge the list as decided", self.merge, "Ctrl+Return")

    def _connect(self) -> None:
        self.table.currentRowChanged.connect(self._on_current)
        self.undecided.toggled.connect(lambda _on: self._show())
        self.chooser.codeChosen.connect(self._on_ours)
        for part in (self.chooser.line, self.chooser.list):
            part.installEventFilter(self)
        for box in self._fields.values():
            box.clicked.connect(self._on_field)
        self.merge_button.clicked.connect(self.merge)
        self.equal_button.clicked.connect(self.accept_equal)
        self.new_button.clicked.connect(self.add_new)


def _place(path: Sequence[str]) -> str:
    """The code's own name first, since columns are cut at their end."""
    return " ‹ ".join(reversed(path))


def _ours(row: MatchRow) -> str:
    return _place(row.ours.path) if row.ours else ""


def _likeness(row: MatchRow) -> str:
    words = LIKENESS[row.likeness]
    return f"{words}, {row.score:.0%}" if row.likeness == "similar" else words
