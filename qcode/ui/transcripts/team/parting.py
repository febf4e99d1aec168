"""Parts of a document for one coder: the turns that they code, and nothing else of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from qcode.ids import CoderId, DocumentId
from qcode.operations.regions import assign_parts
from qcode.queries.rounds.progress import RoundProgress
from qcode.queries.rounds.regions import regions_of
from qcode.queries.transcripts.documents import DocumentText, document_text
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import choice_box
from qcode.ui.transcripts.team.panel import Cell, TeamPanel, button, offer
from qcode.ui.transcripts.team.turns import TurnTable, in_words

_HOW = "Tick the turns that are to be coded; Space ticks all that are chosen. Several ranges are several parts."


class PartsPanel(TeamPanel):
    """Which turns of a document a coder gets in the round that is shown."""

    title: ClassVar[str] = "Parts of a document"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._text: DocumentText | None = None
        self._stored: tuple[Range, ...] = ()
        self._key: object = None
        self.document = choice_box((), "Document")
        self.coder = choice_box((), "Coder")
        self.turns = TurnTable("Turns to code")
        self.said = sentence(quiet=True)
        self.assign_button = button("Assign these turns", "primary")
        self.whole_button = button("The whole document")
        self._lay_out()
        self._connect()

    # Methods

    def begin(self, cells: Sequence[Cell]) -> None:
        """Begin with the chosen document and coder."""
        if cells:
            document, coder = cells[0]
            self.document.setCurrentIndex(self.document.findData(document))
            self.coder.setCurrentIndex(self.coder.findData(coder))
        self._key = None
        self._read()

    def show_progress(self, progress: RoundProgress) -> None:
        """Offer the documents and coders of the round; ticks stay until what was assigned is another."""
        super().show_progress(progress)
        offer(self.document, [(row.id, row.name) for row in progress.documents])
        offer(self.coder, [(row.coder.id, row.coder.name) for row in progress.coders])
        self._read()

    def entry(self) -> QWidget:
        """The turns."""
        return self.turns

    def assign(self) -> None:
        """Assign what is ticked, and nothing else of the document."""
        if self.turns.ranges:
            self._assign(self.turns.ranges)
        else:
            self.bridge.refused.emit("Tick the turns that are to be coded, or assign the whole document.")

    def assign_whole(self) -> None:
        """Assign all of the document."""
        self._assign([])

    # Private slots

    def _on_ticked(self) -> None:
        self.said.setText(in_words(self.turns, len(self._text.text) if self._text else 0))
        self.assign_button.setEnabled(bool(self.turns.ticked))

    # Internal

    @property
    def _document(self) -> DocumentId | None:
        chosen: DocumentId | None = self.document.currentData()
        return chosen

    @property
    def _coder(self) -> CoderId | None:
        chosen: CoderId | None = self.coder.currentData()
        return chosen

    def _assign(self, ranges: Sequence[Range]) -> None:
        document, coder, text, progress = self._document, self._coder, self._text, self.progress
        if document is None or coder is None or text is None or progress is None:
            return
        deed = partial(
            assign_parts,
            self.bridge.study,
            round_id=progress.round.id,
            coder=coder,
            document=document,
            ranges=ranges,
            revision=text.revision,
        )
        if self.bridge.attempt(deed) is not None:
            what = in_words(self.turns, len(text.text)).rstrip(".") if ranges else "the whole"
            self.bridge.informed.emit(f"{self.coder.currentText()} codes {what} of “{text.name}”.")

    def _read(self) -> None:
        document, coder, progress = self._document, self._coder, self.progress
        if document is None or coder is None or progress is None:
            self.turns.show_text(None)
            self._on_ticked()
            return
        self._text = document_text(self.bridge.study, document)
        found = regions_of(self.bridge.study, document, progress.round.id, coder)
        stored = tuple((row.start, row.end) for row in found.parts)
        key = document, coder, progress.round.id, self._text.revision, stored
        self.turns.show_text(self._text)
        if key != self._key:
            self._key = key
            self.turns.tick_ranges(stored)
        self._on_ticked()

    def _connect(self) -> None:
        self.document.activated.connect(self._read)
        self.coder.activated.connect(self._read)
        self.turns.ticksChanged.connect(self._on_ticked)
        self.assign_button.clicked.connect(self.assign)
        self.whole_button.clicked.connect(self.assign_whole)

    def _lay_out(self) -> None:
        self.body.addLayout(line_of(self.document, self.coder, stretch=0))
        self.body.addWidget(sentence(_HOW, quiet=True))
        self.turns.setMinimumHeight(20 * SPACE)
        self.body.addWidget(self.turns, 1)
        self.foot.addWidget(self.said)
        self.foot.addLayout(line_of(self.assign_button, self.whole_button))
