"""Going through one's own passages of a code whose definition changed, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from qcode.ids import CodeId, CodingId
from qcode.operations.coding import confirm_definition, recode
from qcode.queries.codebook.rechecks import Walk, split_off, walk
from qcode.queries.codebook.tree import CodeRow, codebook
from qcode.queries.codings import Looking, PassageRow, passages
from qcode.study import Place
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.deeds import counted
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.code.lines import Line, LineList
from qcode.ui.digits import digit_alone
from qcode.ui.panel_parts import line_of, scrolled, sentence
from qcode.ui.theme import SPACE

_KEEP = "keep"
_MOST = 9


class SecondLookPanel(SidePanel):
    """One passage with a numbered choice of codes. What was decided is read from the study, so undo leads back."""

    placeAsked = Signal(object)

    title = "A second look"
    kinds = ("code", "code_version", "coding", "assignment", "document")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._code: CodeId | None = None
        self._wanted: list[CodeId] = []
        self._choices: list[CodeRow] = []
        self._listed: dict[CodingId, PassageRow] = {}
        self._waiting: set[CodingId] = set()
        self._at: CodingId | None = None
        self.progress = sentence(quiet=True)
        self.passage = QLabel()
        self.passage.setTextFormat(Qt.TextFormat.RichText)
        self.passage.setWordWrap(True)
        self.passage.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.passage.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self.choices = LineList("Which code fits this passage?", self)
        self.rest = sentence(quiet=True)
        self.back_button, self.later_button = button("Back", "quiet", self), button("Later", "quiet", self)
        self.place_button = button("Show in the text", "quiet", self)
        self._area = scrolled(self.passage)
        self._gap = QWidget(self)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._area, 3)
        self.body.addWidget(self.choices, 2)
        self.body.addWidget(self._gap, 1)
        self.body.addWidget(self.rest)
        self.body.addLayout(line_of(self.back_button, self.later_button, self.place_button))
        self._connect()

    # Properties

    @property
    def current(self) -> PassageRow | None:
        """The passage that is looked at."""
        return self._listed.get(self._at) if self._at else None

    # Methods

    def begin(self, code: CodeId, choices: Sequence[CodeId] = ()) -> None:
        """Go through the passages of a code; else than `choices`, what was split off or is beside it is offered."""
        self._code, self._wanted = code, list(choices)
        self._listed, self._waiting, self._at = {}, set(), None
        self.mark_stale()

    def refresh(self) -> None:
        """Read again what waits; what waits anew, after undo, is looked at first."""
        row = next((row for row in codebook(self.bridge.study) if row.id == self._code), None)
        if row is None or self._code is None:
            self.leave()
            return
        found, before = walk(self.bridge.study, self._code), self._waiting
        self._read(found)
        came_back = [key for key in self._listed if key in self._waiting - before]
        if self._at is None or self._at not in self._listed or (before and came_back):
            self._at = came_back[0] if came_back else self._next_waiting()
        self._offer(row)
        self._tell(row, found)

    def entry(self) -> QWidget:
        """The choice of codes."""
        return self.choices

    def decide(self, key: str) -> None:
        """Keep the code on this passage, or give it another; then go on to the next."""
        at, study, code = self._at, self.bridge.study, self._code
        if at is None or code is None:
            return
        here = self._listed[at].coding

        def done() -> bool:
            if key != _KEEP:
                recode(study, [at], code=CodeId(key))
            elif here.code != code:
                recode(study, [at], code=code)
            else:
                confirm_definition(study, [at])
            return True

        following = self._next_waiting(at)
        if self.bridge.attempt(done):
            self._at = following
            self.mark_stale()

    def go(self, by: int) -> None:
        """Look at the next passage (1) or the one before (-1), decided or not."""
        keys = list(self._listed)
        if keys:
            place = keys.index(self._at) if self._at in keys else len(keys) if by < 0 else -1
            self._at = keys[min(max(place + by, 0), len(keys) - 1)]
            self.mark_stale()

    def show_place(self) -> None:
        """Show the passage in its transcript."""
        if self.current is not None:
            row = self.current.coding
            self.placeAsked.emit(Place(row.document, row.start, row.end))

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.mark_stale()

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits decide; Backspace and Left go back, Right puts off."""
        if watched is self.choices and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    # Private slots

    def _on_key(self, event: QKeyEvent) -> bool:
        keys = {Qt.Key.Key_Backspace: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        by = keys.get(Qt.Key(event.key()))
        if by is not None:
            self.go(by)
            return True
        digit = digit_alone(event)
        if digit is None:
            return False
        if digit <= len(self._choices):
            self.decide(self._choices[digit - 1].id if digit else _KEEP)
        return True

    # Internal

    def _read(self, found: Walk) -> None:
        known = {row.coding.id: row for row in passages(self.bridge.study, Looking(ids=list(self._listed)))}
        waiting = {row.coding.id: row for row in found.mine}
        self._listed = {key: known[key] for key in self._listed if key in known} | waiting
        self._waiting = set(waiting)

    def _next_waiting(self, after: CodingId | None = None) -> CodingId | None:
        keys = list(self._listed)
        place = keys.index(after) + 1 if after in keys else 0
        return next((key for key in keys[place:] + keys[:place] if key in self._waiting and key != after), None)

    def _offer(self, row: CodeRow) -> None:
        rows = codebook(self.bridge.study)
        beside = [code.id for code in rows if code.parent == row.parent and code.depth == row.depth]
        wanted = self._wanted or split_off(self.bridge.study, row.id) or beside
        self._choices = [code for code in rows if code.id in wanted and code.codable and code.id != row.id][: _MOST - 1]
        lines = [Line(code.id, code.name, right=str(n), slot=code.colour) for n, code in enumerate(self._choices, 1)]
        self.choices.set_lines([*lines, Line(_KEEP, f"Keep “{row.name}”", right="0", slot=row.colour)])
        if self.choices.current_key is None:
            self.choices.set_current(self.choices.lines[0].key)

    def _tell(self, code: CodeRow, found: Walk) -> None:
        self.heading.setText(f"{self.title}: {code.name}")
        row, keys = self.current, list(self._listed)
        if row is None and self.choices.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # Esc still leaves
        for part in (self.choices, self.place_button, self._area):
            part.setVisible(row is not None)
        self._gap.setVisible(row is None)
        self.back_button.setEnabled(bool(keys))
        self.later_button.setEnabled(row is not None)
        if row is None:
            self.progress.setText("Nothing of yours waits here." if not keys else f"All {len(keys)} are looked at.")
        else:
            state = "" if row.coding.id in self._waiting else f" · decided: {row.coding.name}"
            where = " · ".join(part for part in (row.document_name, row.speaker) if part)
            left = f"{len(self._waiting)} left"
            self.progress.setText(f"{keys.index(row.coding.id) + 1} of {len(keys)} · {left} · {where}{state}")
            self.passage.setText(_html(row))
            self.passage.setAccessibleName(row.text)
        self.rest.setText(_said_of_rest(found))
        self.rest.setVisible(bool(self.rest.text()))

    def _connect(self) -> None:
        self.choices.installEventFilter(self)
        self.choices.lineActivated.connect(self.decide)
        self.back_button.clicked.connect(lambda: self.go(-1))
        self.later_button.clicked.connect(lambda: self.go(1))
        self.place_button.clicked.connect(self.show_place)


def _html(row: PassageRow) -> str:
    inks = theme.current()
    whole = row.before.partition(" ")[2], row.text, row.after.rpartition(" ")[0]
    before, text, after = (escape(words).replace("\n", "<br>") for words in whole)
    return (
        f'<span style="color:{inks.quiet}">… {before}</span><b style="color:{inks.text}">{text}</b>'
        f'<span style="color:{inks.quiet}">{after} …</span>'
    )


def _said_of_rest(found: Walk) -> str:
    told = []
    if found.handed_in:
        what = counted(len(found.handed_in), "passage")
        told.append(f"{what} of yours: in documents that you handed in. The lead can open those again.")
    if found.others:
        told.append(f"{counted(len(found.others), 'passage')} of colleagues wait for a second look by them.")
    if found.may_be_more:
        told.append("Passages that you may not see yet are not counted.")
    return " ".join(told)
