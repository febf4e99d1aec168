"""The Team tab: coders, rounds, and who codes what in a round."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from qcode.ids import CoderId, DocumentId, RoundId
from qcode.operations.assignments import assign
from qcode.operations.rounds import add_round
from qcode.operations.team import add_coder, rename_coder
from qcode.queries.assignments import assignment_grid
from qcode.queries.team import CoderRow, RoundRow, coders, rounds
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Field, FieldTable
from qcode.ui.transcripts.team.grid import GridView
from qcode.ui.transcripts.parts import choice_box, later, line_edit
from qcode.ui.transcripts.words import PURPOSE_CHOICES, role_word

_LATER = "Everyone works in this study file. Handing out files to colleagues and collecting their work comes later."
_EVERYONE = "In this round everyone codes every document, so there is nothing to assign."
_CHOOSE = "Select cells and press Assign, or Enter: those coders will be asked to code those documents."
_NO_ROUND = "No rounds yet: add one on the left."


class TeamTab(QSplitter):
    """Coders and rounds on the left, the grid of a round on the right."""

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.bridge = bridge
        self._chosen: RoundId | None = None
        self._build_coders()
        self._build_rounds()
        self._build_grid()
        self._lay_out()
        self._connect()

    def _build_coders(self) -> None:
        self.coders = FieldTable(self._coder_columns(), self)
        self.coders.setAccessibleName("Coders")
        self.coder_name = line_edit("Name of the coder", "Name")
        self.coder_initials = line_edit("Initials of the coder", "Initials")
        self.add_coder_button = QPushButton("Add")
        self.add_coder_button.setAccessibleName("Add coder")

    def _build_rounds(self) -> None:
        self.rounds = RowTable(_round_columns(), self)
        self.rounds.setAccessibleName("Rounds")
        self.round_name = line_edit("Name of the round", "Name")
        self.round_purpose = choice_box(PURPOSE_CHOICES, "Purpose of the round")
        self.round_purpose.setCurrentIndex(1)
        self.round_blind = QCheckBox("Blind")
        self.round_blind.setToolTip("Coders see colleagues' codings only when they have handed in their own")
        self.round_everyone = QCheckBox("Everyone codes everything")
        self.add_round_button = QPushButton("Add")
        self.add_round_button.setAccessibleName("Add round")

    def _build_grid(self) -> None:
        self.grid = GridView(self)
        self.round_box = choice_box((), "Round")
        self.assign_button = QPushButton("Assign")
        self.assign_button.setProperty("kind", "primary")
        self._said = theme.label("", tone="quiet")
        self._said.setWordWrap(True)
        self._later = theme.label(_LATER, "small", "quiet")
        self._later.setWordWrap(True)

    # Properties

    @property
    def round_id(self) -> RoundId | None:
        """The round whose grid is shown."""
        return self._chosen

    # Methods

    def refresh(self) -> None:
        """Read coders, rounds and assignments again."""
        known = rounds(self.bridge.study)
        self.coders.set_rows(coders(self.bridge.study))
        self.rounds.set_rows(known)
        if self._chosen not in {row.id for row in known}:
            self._chosen = self.bridge.round_id or (known[-1].id if known else None)
        self.round_box.clear()
        for row in known:
            self.round_box.addItem(row.name, row.id)
        self.round_box.setCurrentIndex(self.round_box.findData(self._chosen))
        self._show_grid()

    def add_coder(self) -> None:
        """Add the coder that was typed."""
        words = {"name": self.coder_name.text(), "initials": self.coder_initials.text()}
        if self.bridge.attempt(lambda: add_coder(self.bridge.study, **words)) is not None:
            self.coder_name.clear()
            self.coder_initials.clear()
        self.coder_name.setFocus()

    def add_round(self) -> None:
        """Add the round that was typed, and show it."""
        made = self.bridge.attempt(
            lambda: add_round(
                self.bridge.study,
                name=self.round_name.text(),
                purpose=self.round_purpose.currentData(),
                blind=self.round_blind.isChecked(),
                everyone=self.round_everyone.isChecked(),
            )
        )
        if made is not None:
            self.round_name.clear()
            self.show_round(made)
        self.round_name.setFocus()

    def show_round(self, round_id: RoundId) -> None:
        """Show who codes what in a round."""
        self._chosen = round_id
        self.refresh()

    def assign_selected(self) -> None:
        """Assign the selected cells: those documents to those coders."""
        chosen = self._chosen
        if chosen is None:
            return
        for who, what in _rectangles(self.grid.unassigned):
            self.bridge.attempt(partial(assign, self.bridge.study, round_id=chosen, documents=what, coders=who))

    # Private slots

    def _on_round_chosen(self) -> None:
        self._chosen = self.round_box.currentData()
        self._show_grid()

    def _on_round_row(self, row: RoundRow | None) -> None:
        if row is not None and row.id != self._chosen:
            self._chosen = row.id
            self.round_box.setCurrentIndex(self.round_box.findData(row.id))
            self._show_grid()

    def _show_assign(self) -> None:
        count = len(self.grid.unassigned)
        self.assign_button.setEnabled(count > 0)
        self.assign_button.setText(f"Assign {count}" if count > 1 else "Assign")

    # Internal

    def _show_grid(self) -> None:
        grid = assignment_grid(self.bridge.study, self._chosen) if self._chosen else None
        self.grid.show_grid(grid)
        everyone = grid is not None and grid.round.everyone
        self.assign_button.setVisible(grid is not None and not everyone)
        self._said.setText(_NO_ROUND if grid is None else _EVERYONE if everyone else _CHOOSE)
        self._show_assign()

    def _coder_columns(self) -> list[Field[CoderRow]]:
        return [
            Field(
                "Name",
                lambda row: row.name,
                stretch=True,
                write=lambda row, words: self._rename(row, words, row.initials),
            ),
            Field(
                "Initials",
                lambda row: row.initials,
                width=76,
                write=lambda row, words: self._rename(row, row.name, words),
            ),
            Field("Role", lambda row: row.role, lambda row: role_word(row.role), width=84),
        ]

    def _rename(self, row: CoderRow, name: str, initials: str) -> None:
        study = self.bridge.study
        later(self, lambda: self.bridge.attempt(lambda: rename_coder(study, row.id, name=name, initials=initials)))

    def _connect(self) -> None:
        self.add_coder_button.clicked.connect(self.add_coder)
        for line in (self.coder_name, self.coder_initials):
            line.returnPressed.connect(self.add_coder)
        self.add_round_button.clicked.connect(self.add_round)
        self.round_name.returnPressed.connect(self.add_round)
        self.round_box.activated.connect(self._on_round_chosen)
        self.rounds.currentRowChanged.connect(self._on_round_row)
        self.grid.selectionMade.connect(self._show_assign)
        self.grid.assignRequested.connect(self.assign_selected)
        self.assign_button.clicked.connect(self.assign_selected)

    def _lay_out(self) -> None:
        self.setChildrenCollapsible(False)
        self.addWidget(self._left())
        self.addWidget(self._right())
        self.setSizes([400, 780])
        self.setStretchFactor(1, 1)

    def _left(self) -> QWidget:
        frame = _page()
        new_coder, new_round = QHBoxLayout(), QGridLayout()
        new_coder.addWidget(self.coder_name, 3)
        new_coder.addWidget(self.coder_initials, 1)
        new_coder.addWidget(self.add_coder_button)
        new_round.addWidget(self.round_name, 0, 0)
        new_round.addWidget(self.round_purpose, 0, 1)
        new_round.addWidget(self.add_round_button, 0, 2)
        ticks = QHBoxLayout()
        ticks.addWidget(self.round_blind)
        ticks.addWidget(self.round_everyone)
        ticks.addStretch(1)
        new_round.addLayout(ticks, 1, 0, 1, 3)
        new_round.setColumnStretch(0, 1)
        for line in (new_coder, new_round):
            line.setSpacing(SPACE)
        column = QVBoxLayout(frame)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(theme.label("Coders", "heading"))
        column.addWidget(self.coders, 1)
        column.addLayout(new_coder)
        column.addSpacing(2 * SPACE)
        column.addWidget(theme.label("Rounds", "heading"))
        column.addWidget(self.rounds, 1)
        column.addLayout(new_round)
        return frame

    def _right(self) -> QWidget:
        frame = _page()
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(theme.label("Who codes what", "heading"))
        head.addStretch(1)
        head.addWidget(theme.label("Round", tone="quiet"))
        head.addWidget(self.round_box)
        head.addWidget(self.assign_button)
        column = QVBoxLayout(frame)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._said)
        column.addWidget(self.grid, 1)
        column.addWidget(self._later)
        return frame


def _round_columns() -> list[Column[RoundRow]]:
    return [
        Column("Name", lambda row: row.name, stretch=True),
        Column("Purpose", lambda row: row.purpose, width=76),
        Column("Coding", lambda row: "blind" if row.blind else "open", width=72),
        Column("Documents", lambda row: "all to all" if row.everyone else "assigned", width=92),
    ]


def _rectangles(cells: list[tuple[DocumentId, CoderId]]) -> list[tuple[list[CoderId], list[DocumentId]]]:
    """The cells as few groups of coders who get the same documents."""
    by_coder: dict[CoderId, list[DocumentId]] = {}
    for document, coder in cells:
        by_coder.setdefault(coder, []).append(document)
    groups: dict[tuple[DocumentId, ...], list[CoderId]] = {}
    for coder, documents in by_coder.items():
        groups.setdefault(tuple(documents), []).append(coder)
    return [(who, list(what)) for what, who in groups.items()]


def _page() -> QFrame:
    frame = QFrame()
    frame.setProperty("surface", "page")
    return frame
