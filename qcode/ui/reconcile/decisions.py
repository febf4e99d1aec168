"""What was decided, and how each coder takes it: persuaded, accepting, or dissenting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from qcode.ids import CoderId, DecisionId, RoundId
from qcode.operations.reconciling import say
from qcode.queries.disagreements.cases import CaseRow, DecisionRow
from qcode.queries.team import coders
from qcode.queries.transcripts.documents import document_text
from qcode.reconciliation import Stance
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.keyed import make_action
from qcode.ui.local_time import local_time
from qcode.ui.panel_parts import rich, sentence
from qcode.ui.reconcile.page import ReconcilePage
from qcode.ui.reconcile.spoken import (
    REASONS,
    around,
    codes_in_words,
    marked_text,
    outcome_in_words,
    shortened,
    tell,
    titled,
)
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label
from qcode.ui.transcripts.parts import choice_box, counted, line_edit
from qcode.ui.transcripts.settling.page import html, quiet, scrolled
from qcode.ui.wrapped_list import Said, WrappedList

_NOTHING = "Nothing was decided in “{}” yet. Decisions come here, with who was there and how each coder takes them."
_MOST_VOICES = 32 * SPACE
_NONE_OF_THESE = "No decision of this round is of that kind."
_STANCES: tuple[tuple[Stance, str, str], ...] = (
    ("persuaded", "Persuaded", "P"),
    ("accepts", "Accepts", "A"),
    ("dissents", "Dissents", "D"),
)
_FILTERS = (
    ("all", "All decisions"),
    ("mine", "Waiting for my word"),
    ("silent", "Waiting for anybody’s word"),
    ("dissent", "With dissent"),
    ("stale", "Codings changed since"),
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the words it is about, its outcome in words, and whom it concerns.

    That are all who were asked of the passage, and who was there or has said something.
    """

    row: DecisionRow
    words: str
    outcome: str
    concerned: tuple[CoderId, ...]

    @property
    def id(self) -> DecisionId:
        """The decision's own id."""
        return self.row.id

    @property
    def silent(self) -> tuple[CoderId, ...]:
        """Who has not said yet how they take it, where it settles something."""
        said = {one.coder for one in self.row.stances}
        return tuple(coder for coder in self.concerned if coder not in said) if self.row.settles else ()


@dataclass(frozen=True, slots=True)
class Voice:
    """A coder who was asked or was there, and how they take the decision; nothing while they have not said."""

    id: CoderId
    name: str
    stance: str = ""
    note: str = ""


class DecisionsPage(ReconcilePage):
    """One decision after another. Everybody speaks for themselves; the lead also notes what others said."""

    caseAsked = Signal(str)
    requestPlace = Signal(object)

    key: ClassVar[str] = "decisions"
    title: ClassVar[str] = "Decisions"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows: tuple[Decided, ...] = ()
        self.filter_box = choice_box(_FILTERS, "Which decisions")
        self.list = WrappedList(_said, lambda one: one.id, self)
        self.heading = label("", "heading")
        self.kept, self.told_of = rich("What is kept"), sentence(quiet=True)
        self.changed = label("", tone="warning")
        self.voices = RowTable(_VOICE_COLUMNS, self)
        self.note_line = line_edit("Why, if you like", "Why, if you like")
        self.stance_buttons: dict[Stance, QPushButton] = {}
        self.case_button, self.place_button = QPushButton("Open the case"), QPushButton("Show in the text")
        self._acts = [
            self._make_acts(self.list, "", self.say_mine),
            self._make_acts(self.voices, "of-", self.say_theirs),
        ]
        self._lay_parts()
        self._connect()
        persuaded, accepts, dissents = self._acts[0]
        self.lay_out(("{} persuaded", persuaded), ("{} accepts", accepts), ("{} dissents", dissents))

    # Properties

    @property
    def current(self) -> Decided | None:
        """The decision with the cursor."""
        row: Decided | None = self.list.row
        return row

    # Methods

    def compute(self, round_id: RoundId) -> tuple[Decided, ...]:
        """Every decision of the round, with its words."""
        study = self.bridge.study
        names: dict[str | None, str] = {coder.id: coder.name for coder in coders(study)}
        texts: dict[str, str] = {}
        found = []
        cases = self.read_cases(round_id)
        for row in cases.decisions:
            if row.document not in texts:
                texts[row.document] = document_text(study, row.document).text
            words = texts[row.document][row.start : row.end]
            found.append(
                Decided(
                    row,
                    words,
                    outcome_in_words(row, names.get(row.coder, "")),
                    _concerned(row, cases.of_decision(row.id)),
                )
            )
        return tuple(found)

    def show_answer(self, answer: Any) -> str:
        """List the decisions."""
        self._rows = answer
        self._show_list()
        return "" if answer else _NOTHING.format(self.round_name)

    def entry(self) -> QWidget:
        """The list."""
        return self.list if self.list.rows else self.filter_box

    def say_mine(self, stance: Stance) -> None:
        """Say how one takes the decision with the cursor oneself."""
        if self.bridge.coder is not None:
            self._say(self.bridge.coder, stance)

    def say_theirs(self, stance: Stance) -> None:
        """Note how the coder with the cursor takes it."""
        voice = self.voices.current_row()
        if voice is not None:
            self._say(voice.id, stance)

    def update_theme(self) -> None:
        """Paint the marks in the colours of the theme."""
        self._show_current()

    # Private slots

    def _on_filter(self) -> None:
        self._show_list()

    def _show_current(self) -> None:
        one = self.current
        self.side.setVisible(one is not None)
        if one is None:
            return
        row = one.row
        text = document_text(self.bridge.study, row.document).text
        self.heading.setText(f"{row.document_name} · {codes_in_words(row.code_names)}")
        tell(self.kept, _kept(one, text, self._code_names()))
        self.told_of.setText(_told(row))
        self.changed.setText("\n".join(change.sentence for change in row.changes))
        self.changed.setVisible(row.stale)
        names = {coder.id: coder.name for coder in coders(self.bridge.study)}
        self.voices.set_rows([_voice(row, coder, names.get(coder, "")) for coder in one.concerned])
        lines = self.voices.verticalHeader().length() + self.voices.horizontalHeader().sizeHint().height()
        self.voices.setFixedHeight(min(lines, _MOST_VOICES) + 2 * self.voices.frameWidth() + SPACE)
        if self.voices.current_row() is None and self.bridge.coder is not None:
            self.voices.select_row(self.bridge.coder)

    # Internal

    def _code_names(self) -> dict[str, str]:
        from qcode.queries.codebook.tree import codebook

        return {row.id: row.name for row in codebook(self.bridge.study, counted=False)}

    def _say(self, coder: CoderId, stance: Stance) -> None:
        one = self.current
        if one is None:
            return

        def said() -> bool:
            say(self.bridge.study, one.id, coder=coder, stance=stance, note=self.note_line.text().strip())
            return True

        if self.bridge.attempt(said):
            self.note_line.clear()

    def _show_list(self) -> None:
        wanted = str(self.filter_box.currentData())
        before = max(self.list.currentIndex().row(), 0)
        key = None if self.current is None else self.current.id
        rows = [one for one in self._rows if _WANTED[wanted](one, self.bridge.coder)]
        self.list.set_rows(rows)
        if rows and key is not None and key not in {one.id for one in rows}:
            self.list.setCurrentIndex(self.list.model().index(min(before, len(rows) - 1), 0))
        self.told.setText(_counts(self._rows, self.bridge.coder))
        self.none.setText("" if rows else _NONE_OF_THESE)
        self.none.setVisible(not rows)
        self._show_current()

    def _make_acts(self, owner: QWidget, of: str, deed: Callable[[Stance], None]) -> Sequence[Any]:
        whose = "The coder with the cursor" if of else "I"
        words = {"persuaded": "was persuaded" if of else "am persuaded"}
        words |= {"accepts": "accepts it" if of else "accept it", "dissents": "dissents" if of else "dissent"}
        return [
            make_action(
                owner,
                f"{whose} {words[stance]}",
                partial(deed, stance),
                letter,
                key=f"reconcile.decisions-{of}{stance}",
            )
            for stance, _name, letter in _STANCES
        ]

    def _lay_parts(self) -> None:
        self.list.setAccessibleName("Decisions")
        self.voices.setAccessibleName("How each coder takes it")
        self.heading.setWordWrap(True)
        self.changed.setWordWrap(True)
        self.none = sentence("", quiet=True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for part in (self.filter_box, self.none):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        self.side = QFrame()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.side)
        splitter.setSizes([50 * SPACE, 95 * SPACE])
        splitter.setStretchFactor(1, 1)
        self.body.addWidget(splitter, 1)
        self._lay_side()

    def _lay_side(self) -> None:
        said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(SPACE)
        for part in (self.heading, self.changed, self.kept, self.told_of):
            words.addWidget(part)
        words.addStretch(1)
        stances = QHBoxLayout()
        stances.setSpacing(SPACE)
        for stance, name, _letter in _STANCES:
            button = self.stance_buttons[stance] = QPushButton(name)
            button.setAccessibleDescription("How the coder with the cursor takes the decision")
            button.clicked.connect(partial(self.say_theirs, stance))
            stances.addWidget(button)
        stances.addWidget(self.note_line, 1)
        ways = QHBoxLayout()
        ways.setSpacing(SPACE)
        ways.addStretch(1)
        for button in (self.case_button, self.place_button):
            button.setProperty("kind", "quiet")
            ways.addWidget(button)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(2 * SPACE, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(scrolled(said), 1)
        column.addWidget(self.voices)
        column.addLayout(stances)
        column.addLayout(ways)

    def _connect(self) -> None:
        self.filter_box.currentIndexChanged.connect(self._on_filter)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.list.rowActivated.connect(lambda _row: self._open_case())
        self.case_button.clicked.connect(self._open_case)
        self.place_button.clicked.connect(self._show_place)

    def _open_case(self) -> None:
        if self.current is not None:
            self.caseAsked.emit(self.current.row.case)

    def _show_place(self) -> None:
        if self.current is not None:
            row = self.current.row
            self.requestPlace.emit(Place(row.document, row.start, row.end))


def _concerned(row: DecisionRow, case: CaseRow | None) -> tuple[CoderId, ...]:
    asked = case.asked if case is not None else ()
    judged = [mark.coder for mark in row.evidence]
    return tuple(CoderId(key) for key in dict.fromkeys([*asked, *judged, *row.present, *_spoken(row)]))


def _spoken(row: DecisionRow) -> list[CoderId]:
    return [one.coder for one in row.stances]


_WANTED: dict[str, Callable[[Decided, CoderId | None], bool]] = {
    "all": lambda _one, _coder: True,
    "mine": lambda one, coder: coder in one.silent,
    "silent": lambda one, _coder: bool(one.silent),
    "dissent": lambda one, _coder: bool(one.row.dissent),
    "stale": lambda one, _coder: one.row.stale,
}

_VOICE_COLUMNS: tuple[Column[Voice], ...] = (
    Column("Coder", lambda voice: voice.name, width=24 * SPACE),
    Column("Takes it", lambda voice: voice.stance or "not said yet", width=16 * SPACE),
    Column("Why", lambda voice: voice.note, tip=lambda voice: voice.note, stretch=True),
)


def _voice(row: DecisionRow, coder: CoderId, name: str) -> Voice:
    said = next((one for one in row.stances if one.coder == coder), None)
    return Voice(coder, said.name, said.stance, said.note) if said else Voice(coder, name)


def _said(one: Decided) -> Said:
    row = one.row
    parts = [row.document_name, codes_in_words(row.code_names), one.outcome]
    if row.dissent:
        parts.append(f"{len(row.dissent)} dissent" + ("s" if len(row.dissent) == 1 else ""))
    if row.stale:
        parts.append("codings changed since")
    return Said(f"“{shortened(one.words)}”", " · ".join(parts))


def _kept(one: Decided, text: str, names: dict[str, str]) -> str:
    row = one.row
    head = f"<b>{html(one.outcome[:1].upper() + one.outcome[1:])}</b>"
    shown = around(text, [(row.start, row.end), *((start, end) for _code, start, end in row.kept)])
    if not row.kept:
        return titled(head) + marked_text(text, shown, [])
    codes = dict.fromkeys(code for code, _start, _end in row.kept)
    parts = [
        titled(quiet(names.get(code, "a code that is gone")))
        + marked_text(text, shown, [(start, end) for kept, start, end in row.kept if kept == code])
        for code in codes
    ]
    return "".join([titled(head), *parts])


def _told(row: DecisionRow) -> str:
    there = f"There: {', '.join(row.present_names)}." if row.present_names else ""
    note = f"“{row.note}”" if row.note else ""
    reason = f"{REASONS[row.reason]}." if row.reason else ""
    by = f"{row.decided_by}, {local_time(row.at)}."
    lines = " ".join(part for part in (reason, note, there, by) if part)
    return "\n".join([lines, *row.led_to])


def _counts(rows: Sequence[Decided], coder: CoderId | None) -> str:
    settled = sum(one.row.settles for one in rows)
    parts = [counted(settled, "decision")] if settled else []
    parts += [f"{len(rows) - settled} put off"] if len(rows) > settled else []
    mine = sum(coder in one.silent for one in rows)
    parts += [f"{mine} wait for your word"] if mine else []
    return ", ".join(parts)
