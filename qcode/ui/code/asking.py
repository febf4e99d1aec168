"""The questions of the interview guide in the text: which one is answered at the caret, and attaching it to a turn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from qcode.ids import QuestionId
from qcode.study import Change, Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.code.foot import TextFoot
from qcode.ui.text.view import TranscriptView

if TYPE_CHECKING:
    from qcode.queries.transcripts.guides import GuideRow
    from qcode.queries.transcripts.question_marks import MarkRow
    from qcode.ui.code.question_chooser import QuestionChooser

_KINDS = ("question_mark", "guide", "guide_version", "document", "revision")
_NO_GUIDE = "This study has no interview guide yet. Write or import one in Transcripts, under Guide."
_NO_TEXT = "Open a transcript first, and put the caret in the turn that asks the question."
_NOT_HERE = "No question of a guide is attached at or before the caret."
_CHANGED = "The text was changed elsewhere meanwhile. Put the caret in the turn, and attach the question again."
_NO_MORE = "No further question of a guide is attached in this direction."
_SAID = 160
_REST_MS = 40


class Asking(QObject):
    """Tells below the text which question is being answered at the caret; what was read is kept until it changes."""

    answersWanted = Signal(str)

    placeAsked = Signal(object)

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView, foot: TextFoot, room: QWidget) -> None:
        super().__init__(room)
        self._bridge, self._desk, self._view, self._foot, self._room = bridge, desk, view, foot, room
        self._marks: Sequence[MarkRow] | None = None
        self._of: tuple[str, str] | None = None
        self._starts: list[int] = []
        self._turn = 0
        self._asked: tuple[str, str] | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self.tell)
        self._chooser: QuestionChooser | None = None
        foot.question.clicked.connect(self.begin)
        view.selectionChangedTo.connect(lambda _start, _end: self._resting.start())
        bridge.changed.connect(self._on_changed)

    # Properties

    @property
    def chooser(self) -> QuestionChooser:
        """The panel of questions, built when it is first needed."""
        if self._chooser is None:
            from qcode.ui.code.question_chooser import QuestionChooser

            self._chooser = QuestionChooser(self._room.window())
            self._chooser.chosen.connect(self._on_chosen)
        return self._chooser

    @property
    def marks(self) -> Sequence[MarkRow]:
        """Where the text that is shown asks or answers questions."""
        text = self._desk.text
        if text is None:
            return ()
        if self._marks is None or self._of != (text.id, text.revision):
            from qcode.queries.transcripts.question_marks import question_marks

            self._marks, self._of = question_marks(self._bridge.study, text.id), (text.id, text.revision)
            self._starts = [turn.start for turn in text.turns]
        return self._marks

    # Methods

    def begin(self) -> None:
        """Choose which question the turn at the caret asks."""
        text = self._desk.text
        if text is None or not text.turns:
            self._bridge.refused.emit(_NO_TEXT)
            return
        every = self._guides()
        if not every:
            self._bridge.refused.emit(_NO_GUIDE)
            return
        self._turn, self._asked = self._turn_at(self._place()), (text.id, text.revision)
        turn = text.turns[self._turn]
        words = text.text[turn.start : turn.end]
        said = words if len(words) <= _SAID else f"{words[: _SAID - 1]}…"
        attached = {mark.question for mark in self._marks_in(self._turn) if mark.question}
        self.chooser.ask(f"{turn.speaker}: {said}" if turn.speaker else said, every, attached)

    def show_answers(self) -> None:
        """Ask for all answers to the question that is answered at the caret."""
        mark = self._at_caret()
        if mark is None or mark.question is None:
            self._bridge.refused.emit(_NOT_HERE)
        else:
            self.answersWanted.emit(mark.question)

    def step(self, by: int) -> None:
        """Go to where the next question (1) or the one before (-1) is asked, counted from the caret."""
        here, text = self._place(), self._desk.text
        starts = sorted({mark.start for mark in self.marks})
        left = [start for start in starts if (start > here if by > 0 else start < here)]
        if left and text is not None:
            start = left[0] if by > 0 else left[-1]
            self.placeAsked.emit(Place(text.id, start, start))
        else:
            self._bridge.refused.emit(_NO_MORE)

    def tell(self) -> None:
        """Say which question is answered at the caret."""
        mark = self._at_caret()
        if mark is None:
            self._foot.show_question("", "")
        elif mark.question is not None:
            self._foot.show_question(f"{mark.number}. {mark.text}", f"Question {mark.number}: {mark.text}")
        else:
            words = mark.asked or "Something else is asked here"
            self._foot.show_question(words, words)

    # Private slots

    def _on_changed(self, change: Change) -> None:
        if change.concerns(*_KINDS):
            self._marks = None
            self._resting.start()

    def _on_chosen(self, key: str) -> None:
        from qcode.operations.guides import Attachment, attach_questions, detach_questions
        from qcode.ui.code.question_chooser import OTHER

        text = self._desk.text
        if text is None or (text.id, text.revision) != self._asked:
            self._bridge.refused.emit(_CHANGED)
            return
        study, turn = self._bridge.study, text.turns[self._turn]
        here = self._marks_in(self._turn)
        same = [mark.id for mark in here if (mark.question or OTHER) == key and (key or not mark.asked)]
        if same:
            self._bridge.attempt(lambda: detach_questions(study, same))
        else:
            wanted = Attachment(text.id, turn.start, QuestionId(key) if key else None)
            self._bridge.attempt(lambda: attach_questions(study, [wanted]))

    # Internal

    def _guides(self) -> list[GuideRow]:
        """The guides, those for the group of the document first."""
        from qcode.queries.transcripts.guides import guides

        group = self._desk.row.group if self._desk.row else ""
        return sorted(guides(self._bridge.study), key=lambda one: one.group != group)

    def _place(self) -> int:
        span = self._view.selected_range()
        return span[0] if span else self._view.caret()

    def _turn_at(self, place: int) -> int:
        _marks = self.marks  # asking for them learns where the turns begin
        return max(bisect_right(self._starts, place) - 1, 0)

    def _marks_in(self, number: int) -> list[MarkRow]:
        return [mark for mark in self.marks if self._turn_at(mark.start) == number]

    def _at_caret(self) -> MarkRow | None:
        """The mark at or before the caret."""
        marks = self.marks
        if not marks:
            return None
        behind = bisect_right([mark.start for mark in marks], self._end_of_turn()) - 1
        return marks[behind] if behind >= 0 else None

    def _end_of_turn(self) -> int:
        """The last place of the turn at the caret, so that its own question counts wherever in it the caret is."""
        turns = self._desk.text.turns if self._desk.text else ()
        return max(turns[self._turn_at(self._place())].end - 1, 0) if turns else 0
