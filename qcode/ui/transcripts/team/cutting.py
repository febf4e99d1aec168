"""Segments that a round hands out: texts are cut, and the pieces looked at, joined and split."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from qcode.ids import DocumentId, RegionId
from qcode.operations.rounds import change_round
from qcode.operations.segments import MOST_SENTENCES, cut_segments, join_segments, split_segment
from qcode.queries.rounds.progress import RoundProgress
from qcode.queries.rounds.regions import regions_of
from qcode.queries.transcripts.documents import DocumentText, document_text
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import choice_box, counted
from qcode.ui.transcripts.team.panel import Cell, TeamPanel, button, offer, spin
from qcode.ui.utf16 import QtPositions, displayable

_WAYS = (
    ("turn", "Turn by turn"),
    ("paragraph", "By paragraph"),
    ("sentences", "By sentences"),
    ("answer", "By answer"),
)
_NONE = "In this round any passage can be coded. In a round cut into segments, coders put codes on those alone."
_CURSOR = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
_HOW = "Put the cursor where the segment is to be split, or choose several to join."


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """A segment as it stands in the list, with its words and its number in the text."""

    id: RegionId
    number: int
    start: int
    end: int
    words: str


class SegmentsPanel(TeamPanel):
    """Cuts documents of the round into segments. Undo takes each cut back."""

    title: ClassVar[str] = "Segments"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._text: DocumentText | None = None
        self._all_documents: list[DocumentId] = []
        self.said = sentence(_NONE)
        self.hand_out_button = button("Use segments in this round")
        self.inside = QWidget()
        self.which = choice_box((("one", "This one"), ("all", "All")), "Which documents to cut")
        self.document = choice_box((), "Document")
        self.by = choice_box(_WAYS, "Where to cut")
        self.sentences = spin("Sentences in a segment", 1, MOST_SENTENCES, 3)
        self.cut_button = button("Cut", "primary", "Cut into segments")
        self.table = RowTable(_columns(), self)
        self.count = theme.label("", "small", "quiet")
        self.how = sentence(_HOW, quiet=True)
        self.words = QPlainTextEdit()
        self.join_button = button("Join", name="Join the chosen segments")
        self.split_button = button("Split here", name="Split the segment where the cursor is")
        self._lay_out()
        self._connect()

    # Methods

    def begin(self, cells: Sequence[Cell]) -> None:
        """Begin with the chosen document."""
        if cells:
            self.document.setCurrentIndex(self.document.findData(cells[0][0]))
        self._read()

    def show_progress(self, progress: RoundProgress) -> None:
        """Show the segments of the chosen document in the round."""
        super().show_progress(progress)
        offer(self.document, [(row.id, row.name) for row in progress.documents])
        self._all_documents = [row.id for row in progress.documents]
        self._read()

    def entry(self) -> QWidget:
        """Where to cut, or the button that lets the round have segments."""
        return self.by if self.progress and self.progress.round.segmented else self.hand_out_button

    def hand_out(self) -> None:
        """Let the round hand out segments."""
        progress = self.progress
        if progress is not None:
            self._attempt(lambda: change_round(self.bridge.study, progress.round.id, segmented=True))
            self.entry().setFocus()

    def cut(self) -> None:
        """Cut the chosen documents, and say how many segments that makes."""
        progress, document = self.progress, self._document
        if progress is None or document is None:
            return
        chosen = self._all_documents if self.which.currentData() == "all" else [document]
        made = self.bridge.attempt(
            lambda: cut_segments(
                self.bridge.study,
                round_id=progress.round.id,
                documents=chosen,
                by=self.by.currentData(),
                sentences=self.sentences.value(),
            )
        )
        if made is not None:
            where = counted(len(chosen), "document")
            self.bridge.informed.emit(f"{counted(made, 'segment')} in {where}. Undo takes the cut back.")

    def join(self) -> None:
        """Make one of the chosen segments."""
        chosen = [row.id for row in self.table.selected_rows()]
        self._attempt(lambda: join_segments(self.bridge.study, chosen))
        self.table.setFocus()

    def split(self) -> None:
        """Cut the segment in two where the cursor is in its words."""
        row: SegmentLine | None = self.table.current_row()
        if row is not None:
            inside = QtPositions(row.words).from_qt(self.words.textCursor().position())
            self._attempt(partial(split_segment, self.bridge.study, row.id, at=row.start + inside))

    # Private slots

    def _on_way(self) -> None:
        self.sentences.setVisible(self.by.currentData() == "sentences")

    def _on_row(self, row: SegmentLine | None) -> None:
        self.words.setPlainText(displayable(row.words) if row is not None else "")
        self._tell_buttons()

    def _tell_buttons(self) -> None:
        self.join_button.setEnabled(len(self.table.selected_rows()) > 1)
        self.split_button.setEnabled(self.table.current_row() is not None)

    # Internal

    @property
    def _document(self) -> DocumentId | None:
        chosen: DocumentId | None = self.document.currentData()
        return chosen

    def _attempt(self, deed: Callable[[], object]) -> None:
        self.bridge.attempt(deed)

    def _read(self) -> None:
        progress, document = self.progress, self._document
        segmented = progress is not None and progress.round.segmented
        self.said.setVisible(not segmented)
        self.hand_out_button.setVisible(not segmented)
        for part in (self.inside, self.how, self.split_button, self.join_button):
            part.setVisible(segmented)
        if progress is None or document is None or not segmented:
            return
        text = self._text = document_text(self.bridge.study, document)
        found = regions_of(self.bridge.study, document, progress.round.id).segments
        rows = [
            SegmentLine(row.id, number, row.start, row.end, text.text[row.start : row.end])
            for number, row in enumerate(found, start=1)
        ]
        before = self.table.current_row()
        self.table.set_rows(rows)
        after = self.table.current_row()
        if before != after:
            self._on_row(after)
        self.count.setText(f"{counted(len(rows), 'segment')} in “{text.name}”." if rows else "Not cut yet.")
        self._tell_buttons()

    def _connect(self) -> None:
        self.hand_out_button.clicked.connect(self.hand_out)
        self.document.activated.connect(self._read)
        self.by.activated.connect(self._on_way)
        self.cut_button.clicked.connect(self.cut)
        self.table.currentRowChanged.connect(self._on_row)
        self.table.selectionModel().selectionChanged.connect(self._tell_buttons)
        self.join_button.clicked.connect(self.join)
        self.split_button.clicked.connect(self.split)
        self._on_way()

    def _lay_out(self) -> None:
        self.table.setAccessibleName("Segments of the document")
        self.words.setReadOnly(True)
        self.words.setProperty("kind", "field")
        self.words.setAccessibleName("Words of the segment")
        self.words.setTextInteractionFlags(_CURSOR)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(12 * SPACE)
        self.table.setMinimumHeight(12 * SPACE)
        self.which.setMinimumContentsLength(7)
        self.sentences.setMaximumWidth(8 * SPACE)
        self.body.addWidget(self.said)
        self.body.addLayout(line_of(self.hand_out_button))
        self.body.addWidget(self.inside, 1)
        self.body.addStretch(0)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(line_of(self.document, self.which, stretch=0))
        column.addLayout(line_of(self.by, self.sentences, self.cut_button))
        column.addWidget(self.table, 1)
        column.addWidget(self.count)
        column.addWidget(self.words)
        self.foot.addWidget(self.how)
        self.foot.addLayout(line_of(self.split_button, self.join_button))


def _columns() -> list[Column[SegmentLine]]:
    return [
        Column("No.", lambda row: row.number, align="right", width=6 * SPACE),
        Column("Words", lambda row: row.words, stretch=True),
    ]
