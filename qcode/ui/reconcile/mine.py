"""What became of one's own codings: mine beside the consensus, code by code, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from qcode.ids import RoundId
from qcode.queries.codebook.tree import codebook
from qcode.queries.disagreements.consensus import Became, Fate, became_of_mine
from qcode.queries.transcripts.documents import document_text
from qcode.reconciliation import OUTCOME_WORDS
from qcode.study import Place
from qcode.text.ranges import Range
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.icons import swatch
from qcode.ui.panel_parts import rich, sentence
from qcode.ui.reconcile.page import ReconcilePage
from qcode.ui.reconcile.spoken import REASONS, Span, around, marked_text, shortened, tell, titled
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label
from qcode.ui.transcripts.parts import choice_box, counted
from qcode.ui.transcripts.settling.page import quiet, scrolled

_NOTHING = (
    "Nothing to compare in “{}” yet. You see what became of your codings once you and a colleague have handed in the "
    "same document."
)
_FATES: dict[Fate, str] = {
    "kept": "as you marked it",
    "other extent": "another extent",
    "another code": "another code",
    "not kept": "not kept",
    "added": "added",
    "open": "still open",
    "alone": "nobody else was asked",
}
_STANDS: dict[Fate, str] = {
    "open": "still open",
    "alone": "your coding stands: nobody else was asked",
    "another code": "another code is kept here instead",
}
_LONGEST_FATE = 22
_ANY, _DIFFERS = "any", "differs"


@dataclass(frozen=True, slots=True)
class MineRow:
    """One line: what became of it, the colour of its code, and the words it is about."""

    place: int
    told: Became
    colour: int
    words: str

    @property
    def id(self) -> int:
        """Where it stands among all of them."""
        return self.place


class MinePage(ReconcilePage):
    """A table by code; the line with the cursor is shown as one marked it, and as it stands in the consensus."""

    requestPlace = Signal(object)

    key: ClassVar[str] = "mine"
    title: ClassVar[str] = "What became of my codings"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows: list[MineRow] = []
        self.code_box = QComboBox()
        self.fate_box = choice_box(
            ((_ANY, "Whatever became of it"), (_DIFFERS, "What came out otherwise"), *_FATES.items()),
            "What became of it",
        )
        self.table = RowTable(_COLUMNS, self)
        self.heading, self.why = label("", "heading"), sentence()
        self.mine, self.theirs = rich("As I marked it"), rich("In the consensus")
        self.place_button = QPushButton("Show in the text")
        self.place_action = self.page_action("Show it in the text", self.show_place, "Ctrl+Return", key="place")
        self._lay_parts()
        self._connect()
        self.lay_out(("{} shows it in the text", self.place_action))

    # Methods

    def compute(self, round_id: RoundId) -> list[MineRow]:
        """What became of everything that the acting coder coded in the round."""
        study = self.bridge.study
        if study.coder is None:
            return []
        colours: dict[str, int] = {row.id: row.colour for row in codebook(study, counted=False)}
        texts: dict[str, str] = {}
        rows = []
        for place, told in enumerate(became_of_mine(study, round_id, study.coder, self.read_cases(round_id))):
            if told.document not in texts:
                texts[told.document] = document_text(study, told.document).text
            words = shortened(texts[told.document][told.start : told.end], 200)
            rows.append(MineRow(place, told, colours.get(told.code, 0), words))
        return rows

    def show_answer(self, answer: Any) -> str:
        """Show the lines."""
        self._rows = answer
        self._offer_codes()
        self._show_rows()
        return "" if self._rows else _NOTHING.format(self.round_name)

    def entry(self) -> QWidget:
        """The table."""
        return self.table

    def show_place(self) -> None:
        """Show the passage with the cursor in its transcript."""
        row = self.table.current_row()
        if row is not None:
            self.requestPlace.emit(Place(row.told.document, row.told.start, row.told.end))

    def update_theme(self) -> None:
        """Paint marks and swatches in the colours of the theme."""
        self.table.viewport().update()
        self._show_current(self.table.current_row())

    # Private slots

    def _show_rows(self) -> None:
        code, fate = self.code_box.currentData(), self.fate_box.currentData()
        rows = [row for row in self._rows if code in (None, row.told.code) and _is_wanted(row.told.became, fate)]
        self.table.set_rows(rows)
        if self.table.current_row() is None and rows:
            self.table.select_row(rows[0].id)
        self.told.setText(_counts(rows))
        self._show_current(self.table.current_row())

    def _show_current(self, row: MineRow | None) -> None:
        for part in (self.heading, self.why, self.mine, self.theirs):
            tell(part, "")
        if row is None:
            return
        told = row.told
        text = document_text(self.bridge.study, told.document).text
        shown = around(text, [(told.start, told.end)])
        self.heading.setText(f"{told.code_name} · {told.document_name}")
        tell(self.mine, titled(quiet("As you marked it")) + _marked(text, shown, told.mine, "you did not mark it"))
        stands = _STANDS.get(told.became, "nothing is kept here")
        tell(self.theirs, titled(quiet("In the consensus")) + _marked(text, shown, told.consensus, stands))
        self.why.setText(_why(told))

    # Internal

    def _offer_codes(self) -> None:
        chosen = self.code_box.currentData()
        known = dict.fromkeys((row.told.code, row.told.code_name) for row in self._rows)
        with QSignalBlocker(self.code_box):
            self.code_box.clear()
            self.code_box.addItem("All codes", None)
            for code, name in known:
                self.code_box.addItem(name, code)
            self.code_box.setCurrentIndex(max(self.code_box.findData(chosen), 0))

    def _lay_parts(self) -> None:
        self.code_box.setAccessibleName("Code")
        self.table.setAccessibleName("What became of my codings")
        self.fate_box.setMinimumContentsLength(_LONGEST_FATE)
        self.place_button.setProperty("kind", "quiet")
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        for box in (self.code_box, self.fate_box):
            top.addWidget(box)
        top.addStretch(1)
        top.addWidget(self.place_button)
        inside = QFrame()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        sides = QHBoxLayout()
        sides.setSpacing(3 * SPACE)
        for side in (self.mine, self.theirs):
            sides.addWidget(side, 1)
        column.addWidget(self.heading)
        column.addLayout(sides)
        column.addWidget(self.why)
        column.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(scrolled(inside))
        splitter.setSizes([52 * SPACE, 24 * SPACE])
        splitter.setStretchFactor(0, 1)
        self.body.addLayout(top)
        self.body.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.code_box.currentIndexChanged.connect(self._show_rows)
        self.fate_box.currentIndexChanged.connect(self._show_rows)
        self.table.currentRowChanged.connect(self._show_current)
        self.table.rowActivated.connect(lambda _row: self.show_place())
        self.place_button.clicked.connect(self.show_place)


_COLUMNS: tuple[Column[MineRow], ...] = (
    Column(
        "Code",
        lambda row: row.place,
        lambda row: row.told.code_name,
        icon=lambda row: swatch(row.colour, dark=theme.current().is_dark),
        width=24 * SPACE,
    ),
    Column("Document", lambda row: row.told.document_name, width=14 * SPACE),
    Column("Passage", lambda row: row.words, stretch=True, width=30 * SPACE),
    Column("In the consensus", lambda row: _FATES[row.told.became], width=20 * SPACE),
    Column("Reason", lambda row: row.told.reason, width=18 * SPACE, yields=1),
)


def _is_wanted(became: Fate, wanted: str) -> bool:
    return wanted in (_ANY, became) or (wanted == _DIFFERS and became not in ("kept", "open", "alone"))


def _marked(text: str, shown: Span, places: Sequence[Range], nothing: str) -> str:
    return marked_text(text, shown, places) if places else quiet(nothing)


def _why(told: Became) -> str:
    if told.decision is None or told.outcome is None:
        return "" if told.became in ("open", "alone") else "All who were asked marked it alike."
    parts = [f"Decided: {OUTCOME_WORDS[told.outcome].format(coder='one coder')}."]
    parts += [f"{REASONS[told.reason]}."] if told.reason else []
    parts += [f"“{told.note}”"] if told.note else []
    return " ".join(parts)


def _counts(rows: Sequence[MineRow]) -> str:
    found = Counter(row.told.became for row in rows)
    told = [f"{found[fate]} {words}" for fate, words in _FATES.items() if found[fate] and fate in ("kept", "not kept")]
    return ", ".join([counted(len(rows), "passage"), *told])
