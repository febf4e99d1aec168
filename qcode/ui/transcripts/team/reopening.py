"""Opening what a coder handed in again, for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from qcode.ids import CoderId, DocumentId
from qcode.operations.assignments import reopen
from qcode.queries.rounds.progress import RoundProgress
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.table import Column, RowTable
from qcode.ui.transcripts.parts import choice_box, counted, line_edit
from qcode.ui.transcripts.team.panel import Cell, TeamPanel, button, offer

_HOW = "Only the lead opens work again. The reason stays with it, and the coder reads it."
_BLIND = "This round is blind: if colleagues' codings could be seen meanwhile, that is noted."
_NOTHING = "Nobody has handed in anything in this round yet."


class ReopenPanel(TeamPanel):
    """The documents that a coder handed in, to choose which are open again, and the reason."""

    title: ClassVar[str] = "Open work again"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.coder = choice_box((), "Coder")
        self.table = RowTable([Column("Handed in", lambda row: row[1], stretch=True)], self)
        self.table.setAccessibleName("Documents that were handed in")
        self.reason = line_edit("Reason", "Reason")
        self.how = sentence(_HOW, quiet=True)
        self.reopen_button = button("Open again", "primary")
        self._lay_out()
        self.coder.activated.connect(self._read)
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.reason.returnPressed.connect(self.reopen)
        self.reopen_button.clicked.connect(self.reopen)

    # Methods

    def begin(self, cells: Sequence[Cell]) -> None:
        """Begin with the chosen cells of one coder."""
        handed_in = [cell for cell in cells if self._is_handed_in(*cell)]
        if handed_in:
            self.coder.setCurrentIndex(self.coder.findData(handed_in[0][1]))
        self._read()
        first = self.coder.currentData()
        chosen = [document for document, coder in handed_in if coder == first]
        self.table.clearSelection()
        for line, row in enumerate(self.table.shown_rows()):
            if row[0] in chosen:
                self.table.selectionModel().select(
                    self.table.model().index(line, 0), self.table.selectionModel().SelectionFlag.Select
                )
        self._tell()

    def show_progress(self, progress: RoundProgress) -> None:
        """Offer the coders who handed in something."""
        super().show_progress(progress)
        offer(self.coder, [(row.coder.id, row.coder.name) for row in progress.coders if row.handed_in])
        self.how.setText(f"{_HOW} {_BLIND}" if progress.round.blind else _HOW)
        self._read()

    def entry(self) -> QWidget:
        """The documents, or the reason where they are chosen."""
        return self.reason if self.table.selected_rows() else self.table

    def reopen(self) -> None:
        """Open the chosen documents again."""
        progress, coder, chosen = self.progress, self._coder, self._chosen
        if progress is None or coder is None:
            self.bridge.refused.emit(_NOTHING)
            return
        if not chosen:
            self.bridge.refused.emit("Choose the documents that are to be open again.")
            return

        def deed() -> bool:
            reopen(
                self.bridge.study,
                round_id=progress.round.id,
                coder=coder,
                documents=chosen,
                reason=self.reason.text(),
            )
            return True

        name = self.coder.currentText()
        if self.bridge.attempt(deed):
            self.reason.clear()
            self.table.setFocus()
            self.bridge.informed.emit(f"{counted(len(chosen), 'document')} open again for {name}.")

    # Private slots

    def _tell(self) -> None:
        self.reopen_button.setEnabled(bool(self._chosen))

    # Internal

    @property
    def _coder(self) -> CoderId | None:
        chosen: CoderId | None = self.coder.currentData()
        return chosen

    @property
    def _chosen(self) -> list[DocumentId]:
        return [row[0] for row in self.table.selected_rows()]

    def _is_handed_in(self, document: DocumentId, coder: CoderId) -> bool:
        return self.progress is not None and self.progress.cell(document, coder).state == "handed in"

    def _read(self) -> None:
        progress, coder = self.progress, self._coder
        rows = []
        if progress is not None and coder is not None:
            rows = [(row.id, row.name) for row in progress.documents if self._is_handed_in(row.id, coder)]
        self.table.set_rows(rows, key=lambda row: row[0])
        self._tell()

    def _lay_out(self) -> None:
        self.body.addLayout(line_of(self.coder, stretch=0))
        self.body.addWidget(self.table, 1)
        self.foot.addWidget(self.reason)
        self.foot.addWidget(self.how)
        self.foot.addLayout(line_of(self.reopen_button))
