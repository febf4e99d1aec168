"""Many cases at one stroke: by a rule, or like the one just decided; each is seen before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSpinBox, QSplitter, QVBoxLayout, QWidget

from qcode.ids import CodeId, CoderId, RoundId
from qcode.operations.reconciling import decide_alike, preview_alike, rule_cases
from qcode.queries.disagreements.cases import CaseRow
from qcode.queries.transcripts.documents import document_text
from qcode.reconciliation import Kept, Outcome
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import rich, sentence
from qcode.ui.reconcile.page import ReconcilePage
from qcode.ui.reconcile.spoken import REASONS, Span, around, codes_in_words, marked_text, shortened, tell, titled
from qcode.ui.theme import SPACE, label
from qcode.ui.transcripts.parts import choice_box, counted, line_edit
from qcode.ui.transcripts.settling.page import html, quiet, scrolled
from qcode.ui.wrapped_list import Said, WrappedList

_NOTHING = "No open case of this round is of that kind. Choose another kind, or more words."
_READING = "The cases are being read still. Settle them when they are listed."
_GONE = "These cases are settled, or are no cases any more."
_COUNTED, _ANY_NUMBER = "boundary", 1_000_000
_LONGEST_OUTCOME = 28
_RULE_KINDS = ("boundary", "overlooked", "extra code", "different code")
_OUTCOMES = (
    ("union", "keep all that was marked (union)"),
    ("intersection", "keep what all marked (intersection)"),
    ("all", "keep all codes"),
    ("none", "keep none"),
    ("meeting", "leave for the team meeting"),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One case with what would be kept of it."""

    case: CaseRow
    kept: tuple[Kept, ...]

    @property
    def id(self) -> str:
        """The case's own id."""
        return self.case.id


class BulkPage(ReconcilePage):
    """What a rule would settle. Cases can be left out one by one; nothing is written before it is confirmed."""

    key: ClassVar[str] = "bulk"
    title: ClassVar[str] = "Settle many"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._cases: tuple[str, ...] | None = None
        self._left_out: set[str] = set()
        self._planned: list[Planned] = []
        self._unfit = 0
        self.present: tuple[CoderId, ...] = ()
        self.kind_box = choice_box(((kind, kind) for kind in _RULE_KINDS), "Kind of case")
        self.words_box = QSpinBox()
        self.outcome_box = choice_box(_OUTCOMES, "What is kept of each case")
        self.reason_box = choice_box(REASONS.items(), "Reason for all of them")
        self.note_line = line_edit("Note for all of them", "Note for all of them")
        self.confirm_button = QPushButton("Settle")
        self.back_button = QPushButton("Put back what was left out")
        self.list = WrappedList(_said, lambda row: row.id, self)
        self.heading = label("", "heading")
        self.before, self.after = rich("Before"), rich("After")
        self.confirm_action = self.page_action("Settle all that is listed", self.confirm, "Ctrl+Return", key="confirm")
        self.leave_out_action = self.page_action("Leave this case out", self.leave_out, "Delete", key="leave-out")
        self._lay_parts()
        self._connect()
        self.lay_out(("{} settles all", self.confirm_action), ("{} leaves one out", self.leave_out_action))

    # Properties

    @property
    def planned(self) -> list[Planned]:
        """What would be settled: all that is listed."""
        return [one for one in self._planned if one.id not in self._left_out]

    @property
    def outcome(self) -> Outcome:
        """What is kept of each."""
        chosen: Outcome = self.outcome_box.currentData()
        return chosen

    # Methods

    def begin_rule(self, round_id: RoundId | None) -> None:
        """Let a rule say which cases."""
        self._cases, self._left_out = None, set()
        self._rule.show()
        self._begin_list(round_id)

    def begin_alike(self, round_id: RoundId | None, cases: Sequence[CaseRow], outcome: str, reason: str = "") -> None:
        """Offer these cases, to be settled as one like them was."""
        self._cases, self._left_out = tuple(case.id for case in cases), set()
        self._rule.hide()
        for box, wanted in ((self.outcome_box, outcome), (self.reason_box, reason)):
            box.setCurrentIndex(max(box.findData(wanted), 0))
        self._begin_list(round_id)

    def compute(self, round_id: RoundId) -> tuple[tuple[Planned, ...], int]:
        """What each case would become, and how many there are that the outcome does not fit."""
        queue = self.read_cases(round_id).queue(state="open")
        if self._cases is None:
            kind = str(self.kind_box.currentData())
            words = self.words_box.value() if kind == _COUNTED else _ANY_NUMBER
            rows = [*rule_cases(queue.rows, kind=kind, words=words)]
        else:
            rows = [row for row in queue.rows if row.id in self._cases]
        planned = tuple(Planned(case, kept) for case, kept in preview_alike(rows, self.outcome))
        return planned, len(rows) - len(planned)

    def show_answer(self, answer: Any) -> str:
        """List what would be settled."""
        planned, self._unfit = answer
        self._planned = list(planned)
        self._show_list()
        self._rule_outside()
        return "" if self._planned or self._cases is None else _GONE

    def entry(self) -> QWidget:
        """The list."""
        return self.list if self.list.rows else self.kind_box if self._cases is None else self.leave_button

    def leave_out(self) -> None:
        """Leave the case with the cursor as it is."""
        row = self.list.row
        if row is not None:
            place = self.list.currentIndex().row()
            self._left_out.add(row.id)
            self._show_list()
            if self.list.rows:
                self.list.setCurrentIndex(self.list.model().index(min(place, len(self.list.rows) - 1), 0))

    def put_back(self) -> None:
        """List again what was left out."""
        self._left_out.clear()
        self._show_list()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Settle all that is listed, in one step."""
        cases = [one.case for one in self.planned]
        if self.computing:
            self.bridge.refused.emit(_READING)
            return
        if not cases:
            self.bridge.refused.emit(_NOTHING)
            return
        made = self.bridge.attempt(
            lambda: decide_alike(
                self.bridge.study,
                cases,
                outcome=self.outcome,
                reason=str(self.reason_box.currentData()),
                note=self.note_line.text().strip(),
                present=self.present,
            )
        )
        if made is not None:
            self.note_line.clear()
            done = "left for the meeting" if self.outcome == "meeting" else "settled"
            self.bridge.informed.emit(f"{counted(len(cases), 'case')} {done}. Undo takes all of it back.")
            self.leave()

    def update_theme(self) -> None:
        """Paint the marks in the colours of the theme."""
        self._show_current()

    # Private slots

    def _on_rule(self) -> None:
        self._left_out.clear()
        for part in (self._differing, self.words_box):
            part.setVisible(self.kind_box.currentData() == _COUNTED)
        self.mark_stale()

    def _begin_list(self, round_id: RoundId | None) -> None:
        """What was listed before is out of sight until the new list is there."""
        self._forget()
        self._planned = []
        self.begin(round_id)

    def _show_current(self) -> None:
        row = self.list.row
        if row is None:
            nothing = "Everything was left out." if self._left_out else _NOTHING
            self.heading.setText("")
            tell(self.before, quiet(nothing))
            tell(self.after, "")
            return
        case = row.case
        text = document_text(self.bridge.study, case.document).text
        spans = [(span.start, span.end) for lane in case.lanes for span in lane.spans]
        shown = around(text, [*spans, (case.start, case.end)])
        self.heading.setText(f"{case.document_name} · {codes_in_words(case.code_names)}")
        tell(self.before, "".join(_as_coded(case, text, shown)))
        tell(self.after, "".join(_as_kept(row, text, shown)))

    # Internal

    def _show_list(self) -> None:
        rows = self.planned
        self.list.set_rows(rows)
        told = [counted(len(rows), "open case")]
        told += [f"{len(self._left_out)} left out"] if self._left_out else []
        told += [f"{counted(self._unfit, 'other')} that this does not fit"] if self._unfit else []
        self.told.setText(", ".join(told))
        verb = "Leave for the meeting" if self.outcome == "meeting" else "Settle"
        self.confirm_button.setText(f"{verb}: {counted(len(rows), 'case')}")
        self.confirm_button.setEnabled(bool(rows))
        self.back_button.setVisible(bool(self._left_out))
        self._show_current()

    def _rule_outside(self) -> None:
        self.list.setVisible(bool(self._planned))

    def _lay_parts(self) -> None:
        self.words_box.setRange(1, 999)
        self.words_box.setValue(5)
        self.words_box.setAccessibleName("Fewer words than this differ")
        self.words_box.setSuffix(" words")
        self.words_box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.outcome_box.setMinimumContentsLength(_LONGEST_OUTCOME)
        self.list.setAccessibleName("Cases that would be settled")
        self.confirm_button.setProperty("kind", "primary")
        self.back_button.setProperty("kind", "quiet")
        self._rule = QWidget()
        rule = QHBoxLayout(self._rule)
        rule.setContentsMargins(0, 0, 0, 0)
        rule.setSpacing(SPACE)
        self._differing = label("that differ by fewer than")
        for part in (label("All"), self.kind_box, label("cases"), self._differing, self.words_box):
            rule.addWidget(part)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self._rule)
        top.addWidget(self.outcome_box)
        top.addStretch(1)
        top.addWidget(self.back_button)
        self.body.addLayout(top)
        self.body.addWidget(self._panes(), 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.reason_box)
        foot.addWidget(self.note_line, 1)
        foot.addWidget(self.confirm_button)
        self.body.addLayout(foot)

    def _panes(self) -> QWidget:
        inside = QFrame()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 0, SPACE, SPACE)
        column.setSpacing(SPACE)
        self.heading.setWordWrap(True)
        for part in (
            self.heading,
            sentence("Before", quiet=True),
            self.before,
            sentence("After", quiet=True),
            self.after,
        ):
            column.addWidget(part)
        column.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(scrolled(inside))
        splitter.setSizes([55 * SPACE, 90 * SPACE])
        splitter.setStretchFactor(1, 1)
        return splitter

    def _connect(self) -> None:
        for box in (self.kind_box, self.outcome_box):
            box.currentIndexChanged.connect(self._on_rule)
        self.words_box.valueChanged.connect(self._on_rule)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.confirm_button.clicked.connect(self.confirm)
        self.back_button.clicked.connect(self.put_back)


def _said(row: Planned) -> Said:
    case = row.case
    parts = (case.document_name, codes_in_words(case.code_names), case.kind)
    return Said(f"“{shortened(case.text)}”", " · ".join(parts))


def _as_coded(case: CaseRow, text: str, shown: Span) -> list[str]:
    """What was marked, alike marks once, without saying by whom: whose it was must not matter here."""
    found: Counter[tuple[tuple[str, int, int], ...]] = Counter(
        tuple(sorted((span.code, span.start, span.end) for span in lane.spans)) for lane in case.lanes
    )
    names = dict(zip(case.codes, case.code_names, strict=True))
    told = []
    for marks, times in sorted(found.items(), key=lambda each: (not each[0], each[0])):
        who = counted(times, "coder")
        codes = codes_in_words(list(dict.fromkeys(names.get(CodeId(code), "") for code, _start, _end in marks)))
        head = titled(f"<b>{who}</b>: {html(codes) if marks else quiet('nothing here')}")
        told.append(head + marked_text(text, shown, [mark[1:] for mark in marks]) if marks else head)
    return told


def _as_kept(row: Planned, text: str, shown: Span) -> list[str]:
    names: dict[str, str] = dict(zip(row.case.codes, row.case.code_names, strict=True))
    if not row.kept:
        return [titled(quiet("nothing is kept"))]
    codes = dict.fromkeys(code for code, _start, _end in row.kept)
    return [
        titled(f"<b>{html(names.get(code, ''))}</b>")
        + marked_text(text, shown, [(start, end) for one, start, end in row.kept if one == code])
        for code in codes
    ]
