"""Ranges of a document that nobody codes: the preamble, what interviewers say, in one round or in every round."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qcode.ids import DocumentId, RoundId
from qcode.operations.regions import drop, exclude
from qcode.queries.rounds.progress import RoundProgress
from qcode.queries.rounds.regions import ProposedExclusion, RegionRow, proposed_exclusions, regions_of
from qcode.queries.transcripts.documents import DocumentText, document_text
from qcode.text.ranges import overlap
from qcode.ui.bridge import StudyBridge
from qcode.ui.flow import FlowLayout
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import choice_box
from qcode.ui.transcripts.team.panel import Cell, TeamPanel, button, offer
from qcode.ui.transcripts.team.turns import TurnTable, in_words

_HOW = "Ticked turns are not coded. Codings that stand there already stay."
_SCOPES = (("all", "In every round"), ("round", "In this round"))


class ExcludedPanel(TeamPanel):
    """Which turns of a document are not coded; what is often left out is offered."""

    title: ClassVar[str] = "Excluded ranges"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._text: DocumentText | None = None
        self._known: tuple[RegionRow, ...] = ()
        self._key: object = None
        self.document = choice_box((), "Document")
        self.scope = choice_box(_SCOPES, "In which rounds")
        self.turns = TurnTable("Turns that are not coded")
        self.said = sentence(quiet=True)
        self.keep_button = button("Exclude", "primary", "Exclude what is ticked")
        self.offers = QWidget()
        self._offers = FlowLayout(self.offers)
        self._lay_out()
        self._connect()

    # Methods

    def begin(self, cells: Sequence[Cell]) -> None:
        """Begin with the chosen document."""
        if cells:
            self.document.setCurrentIndex(self.document.findData(cells[0][0]))
        self._key = None
        self._read()

    def show_progress(self, progress: RoundProgress) -> None:
        """Offer the documents; ticks stay until what is excluded is another."""
        super().show_progress(progress)
        offer(self.document, [(row.id, row.name) for row in progress.documents])
        self._read()

    def entry(self) -> QWidget:
        """The turns."""
        return self.turns

    def keep(self) -> None:
        """Let what is ticked, and nothing else, be excluded here: at one stroke."""
        document, text = self._document, self._text
        if document is None or text is None or self.progress is None:
            return
        wanted = self.turns.ranges
        gone = [row.id for row in self._known if not any(overlap((row.start, row.end), place) for place in wanted)]
        gone += [row.id for row in self._known if row.id not in gone and not self._is_ticked(row)]
        if not wanted and not gone:
            self.bridge.refused.emit("Tick the turns that are not to be coded.")
            return
        if self.bridge.attempt(partial(self._write, document, text, gone)):
            words = in_words(self.turns, len(text.text))[:-1] if wanted else "Nothing"
            self.bridge.informed.emit(f"{words} of “{text.name}” left out of coding.")

    # Private slots

    def _on_ticked(self) -> None:
        self.said.setText(in_words(self.turns, len(self._text.text) if self._text else 0))

    def _on_offer(self, offered: ProposedExclusion) -> None:
        self.turns.tick(self.turns.ticked | self.turns.within(offered.ranges))

    # Internal

    @property
    def _document(self) -> DocumentId | None:
        chosen: DocumentId | None = self.document.currentData()
        return chosen

    @property
    def _round(self) -> RoundId | None:
        return self.progress.round.id if self.progress and self.scope.currentData() == "round" else None

    def _is_ticked(self, row: RegionRow) -> bool:
        """Whether every turn that a range reaches into is ticked."""
        return self.turns.within([(row.start, row.end)]) <= self.turns.ticked

    def _write(self, document: DocumentId, text: DocumentText, gone: Sequence[str]) -> bool:
        study, ranges = self.bridge.study, self.turns.ranges
        with study.grouped():
            if gone:
                drop(study, [row.id for row in self._known if row.id in gone])
            if ranges:
                exclude(study, document=document, ranges=ranges, revision=text.revision, round_id=self._round)
        return True

    def _read(self) -> None:
        document, progress = self._document, self.progress
        if document is None or progress is None:
            self.turns.show_text(None)
            self._on_ticked()
            return
        study = self.bridge.study
        self._text = document_text(study, document)
        found = regions_of(study, document, progress.round.id)
        self._known = tuple(row for row in found.excluded if row.round == self._round)
        key = document, self._round, self._text.revision, self._known
        self.turns.show_text(self._text)
        if key != self._key:
            self._key = key
            self.turns.tick_ranges([(row.start, row.end) for row in self._known])
            self._offer(proposed_exclusions(study, document))
        self._on_ticked()

    def _offer(self, proposed: Sequence[ProposedExclusion]) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in proposed:
            made = button(one.title, "quiet", f"Tick: {one.title}")
            made.clicked.connect(partial(self._on_offer, one))
            self._offers.addWidget(made)
        self.offers.setVisible(bool(proposed))
        self.offers.updateGeometry()

    def _connect(self) -> None:
        self.document.activated.connect(self._read)
        self.scope.activated.connect(self._read)
        self.turns.ticksChanged.connect(self._on_ticked)
        self.keep_button.clicked.connect(self.keep)

    def _lay_out(self) -> None:
        self.body.addLayout(line_of(self.document, self.scope, stretch=0))
        self.body.addWidget(sentence(_HOW, quiet=True))
        self.turns.setMinimumHeight(20 * SPACE)
        self.body.addWidget(self.turns, 1)
        below = QVBoxLayout()
        below.setSpacing(SPACE // 2)
        below.addWidget(self.offers)
        below.addWidget(self.said)
        self.foot.addLayout(below)
        self.foot.addLayout(line_of(self.keep_button))
