"""A round: the grid of who codes what, and what can be done with the cells that are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from qcode.ids import CoderId, DocumentId
from qcode.operations.assignments import assign, set_done, unassign
from qcode.queries.rounds.assignments import NOT_ASSIGNED
from qcode.queries.rounds.progress import RoundProgress
from qcode.ui.bridge import StudyBridge
from qcode.ui.flow import FlowLayout
from qcode.ui.keys import make_action
from qcode.ui.panel_parts import sentence
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import action, counted
from qcode.ui.transcripts.team.grid import GridView
from qcode.ui.transcripts.team.panel import Cell, button

_ASSIGN = ("Space", Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EVERYONE = "In this round everyone codes every document, so there is nothing to assign."
_CHOOSE = "Choose cells to assign documents to coders; Shift and the arrows choose several."
_NO_ROUND = "No rounds yet: add one on the left."
_NO_DOCUMENTS = "No transcripts yet: import them in the tab Documents."
_PANELS = (
    ("draw", "Draw…", "Draw documents at random"),
    ("exclude", "Excluded ranges…", "Excluded ranges"),
    ("segments", "Segments…", "Segments"),
)
_CELL_PANELS = (("parts", "Parts…", "Parts of the chosen document"), ("reopen", "Open again…", "Open work again"))


class RoundView(QFrame):
    """The grid, what can be done with the whole round above it, and with the chosen cells below it."""

    requestPanel = Signal(str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.progress: RoundProgress | None = None
        self.setProperty("surface", "page")
        self.grid = GridView(self)
        self.said = sentence()
        self.assign_button = button("Assign", "primary")
        self.unassign_button = button("Take back", name="Take back the chosen cells")
        self.done_button = button("Done", name="My work here is done")
        self.hand_in_button = button("Hand in…", name="Hand in my work")
        self.panel_buttons = {key: button(words, name=name) for key, words, name in (*_PANELS, *_CELL_PANELS)}
        self.cell_actions = self._make_cell_actions()
        self._lay_out()
        self._connect()

    # Methods

    def show_progress(self, progress: RoundProgress | None) -> None:
        """Show a round; what is chosen stays so."""
        self.progress = progress
        self.grid.show_progress(progress)
        self.tell()

    def tell(self) -> None:
        """Offer what can be done with what is chosen now."""
        cells, progress = self.grid.chosen, self.progress
        everyone = progress is not None and progress.round.everyone
        waiting, given = len(self._unassigned), len(self._assigned)
        for part in (self.assign_button, self.unassign_button):
            part.setVisible(progress is not None and not everyone)
        self.assign_button.setEnabled(waiting > 0)
        self.assign_button.setText(f"Assign {waiting}" if waiting > 1 else "Assign")
        self.unassign_button.setEnabled(given > 0)
        own = [cell for cell in self._own if self.grid.cell(cell).state in ("open", "done")]
        self.done_button.setVisible(bool(own))
        self.done_button.setText("Done" if any(self.grid.cell(cell).state == "open" for cell in own) else "Not done")
        for key, part in self.panel_buttons.items():
            part.setEnabled(progress is not None and bool(progress.documents))
            part.setVisible(key != "reopen" or any(self.grid.cell(cell).state == "handed in" for cell in cells))
        self.said.setText(self._sentence(cells))

    def assign_chosen(self) -> None:
        """Assign the chosen cells: those documents to those coders, at one stroke."""
        progress, cells = self.progress, self._unassigned
        if progress is None or not cells:
            return

        def deed() -> bool:
            with self.bridge.study.grouped():
                for who, what in rectangles(cells):
                    assign(self.bridge.study, round_id=progress.round.id, documents=what, coders=who)
            return True

        self._attempt(deed)

    def unassign_chosen(self) -> None:
        """Take the chosen documents back from the chosen coders, at one stroke; codings stay."""
        progress, cells = self.progress, self._assigned
        if progress is None or not cells:
            return

        def deed() -> int:
            stay = 0
            with self.bridge.study.grouped():
                for who, what in rectangles(cells):
                    back = unassign(self.bridge.study, round_id=progress.round.id, documents=what, coders=who)
                    stay += back.codings
            return stay

        stay = self._attempt(deed)
        if stay:
            self.bridge.informed.emit(
                f"{counted(stay, 'coding')} made there {'stays' if stay == 1 else 'stay'}. Undo assigns it again."
            )

    def turn_done(self) -> None:
        """Say that one's own work in the chosen cells is done; if all of it is, that it is not."""
        progress = self.progress
        own = [cell for cell in self._own if self.grid.cell(cell).state in ("open", "done")]
        if progress is None or not own:
            self.bridge.refused.emit("Choose cells of your own that are not handed in yet.")
            return
        done = any(self.grid.cell(cell).state == "open" for cell in own)

        def deed() -> bool:
            with self.bridge.study.grouped():
                for document, _coder in own:
                    if (self.grid.cell((document, _coder)).state == "done") != done:
                        set_done(self.bridge.study, document=document, round_id=progress.round.id, done=done)
            return True

        self._attempt(deed)

    # Internal

    def _attempt[T](self, deed: Callable[[], T]) -> T | None:
        """Do something, after which the keyboard is where it began: buttons that are done with are disabled."""
        done = self.bridge.attempt(deed)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return done

    @property
    def _unassigned(self) -> list[Cell]:
        return [cell for cell in self.grid.chosen if self.grid.cell(cell).state == NOT_ASSIGNED]

    @property
    def _assigned(self) -> list[Cell]:
        return [cell for cell in self.grid.chosen if self.grid.cell(cell).state != NOT_ASSIGNED]

    @property
    def _own(self) -> list[Cell]:
        return [cell for cell in self.grid.chosen if cell[1] == self.bridge.coder]

    def _sentence(self, cells: Sequence[Cell]) -> str:
        if self.progress is None:
            return _NO_ROUND
        if not self.progress.documents:
            return _NO_DOCUMENTS
        if len(cells) == 1:
            return self._about(cells[0])
        if cells:
            return f"{counted(len(cells), 'cell')} chosen."
        return _EVERYONE if self.progress.round.everyone else _CHOOSE

    def _about(self, cell: Cell) -> str:
        """What there is to know of one cell."""
        progress, found = self.progress, self.grid.cell(cell)
        if progress is None:
            return ""
        document = next(row for row in progress.documents if row.id == cell[0])
        coder = next(row.coder.name for row in progress.coders if row.coder.id == cell[1])
        said = [f"{coder} · {document.name}{': codes ' + found.regions if found.regions else ''}."]
        said += [f"{document.regions[0].upper()}{document.regions[1:]}."] if document.regions else []
        if found.reason:
            said.append(f"Opened again: {found.reason}{'' if found.reason.endswith(('.', '!', '?')) else '.'}")
        if found.seen_others:
            said.append("Colleagues' codings could be seen before.")
        return " ".join(said)

    def _make_cell_actions(self) -> list[QAction]:
        grid = self.grid
        assigning = make_action(grid, "Assign the chosen cells", self.assign_chosen, *_ASSIGN, key="team.assign")
        taking = action("Take back the chosen cells", self.unassign_chosen, grid, "Delete", key="team.unassign")
        return [assigning, taking, action("My work here is done, or not yet", self.turn_done, grid, key="team.done")]

    def _connect(self) -> None:
        self.grid.selectionMade.connect(self.tell)
        self.assign_button.clicked.connect(self.assign_chosen)
        self.unassign_button.clicked.connect(self.unassign_chosen)
        self.done_button.clicked.connect(self.turn_done)
        for key, part in self.panel_buttons.items():
            part.clicked.connect(partial(self.requestPanel.emit, key))

    def _lay_out(self) -> None:
        above, below = QWidget(), QWidget()
        tools, deeds = FlowLayout(above), FlowLayout(below)
        for layout in (tools, deeds):
            layout.setSpacing(SPACE)
        for key, _words, _name in _PANELS:
            tools.addWidget(self.panel_buttons[key])
        tools.addWidget(self.hand_in_button)
        for part in (self.assign_button, self.unassign_button, self.done_button, *self._of_cells()):
            deeds.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(above)
        column.addWidget(self.grid, 1)
        column.addWidget(self.said)
        column.addWidget(below)

    def _of_cells(self) -> Iterator[QPushButton]:
        return (self.panel_buttons[key] for key, _words, _name in _CELL_PANELS)


def rectangles(cells: Sequence[Cell]) -> list[tuple[list[CoderId], list[DocumentId]]]:
    """The cells as few groups of coders who get the same documents."""
    by_coder: dict[CoderId, list[DocumentId]] = {}
    for document, coder in cells:
        by_coder.setdefault(coder, []).append(document)
    groups: dict[tuple[DocumentId, ...], list[CoderId]] = {}
    for coder, documents in by_coder.items():
        groups.setdefault(tuple(sorted(documents)), []).append(coder)
    return [(who, list(what)) for what, who in groups.items()]
