"""What a screen reader is told of a coded text: whose turn it is, what is coded there, which memos are about it.

Text, caret, selection and the places of letters are told by Qt itself, which knows them for every text of a
QPlainTextEdit. What Qt does not know, turns, codings and memos, is said in the description of the text, which follows
the caret, and in announcements. An interface of our own in its place is not possible from Python.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible

from qcode.ui.announcing import announce
from qcode.ui.text.margin import clock
from qcode.ui.text.memo_marks import told_memos

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qcode.study import Change
    from qcode.text.values import AnyCoding
    from qcode.ui.text.page import Page
    from qcode.ui.text.view import TranscriptView

_SETTLED_MS = 300
_MOST = 12


class TextVoice(QObject):
    """Keeps the descriptions of a view and its stripes true, and announces turns and deeds."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._turn = ""
        self._codings = ""
        self._memos = ""
        self._known: dict[str, str] = {}
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self.describe_stripes)
        view.caretMovedTo.connect(self._on_moved)
        view.codingsAtCaretChanged.connect(self._on_codings)
        view.memosChanged.connect(self._on_memos)
        view.playChanged.connect(lambda: self._describe(self._turn))
        view.drawingChanged.connect(self._on_drawn)
        view.verticalScrollBar().valueChanged.connect(self._on_drawn)

    # Methods

    def follow(self, change: Change) -> None:
        """Say what a change did to the codings at the caret, once the text shows it."""
        if change.concerns("coding") and self._view.isVisible():
            before, told = self._known, self._codings
            self._known, self._codings = self._names(), self._told()
            sentence = told_change(before, self._known) or (self._codings if self._codings != told else "")
            if sentence:
                announce(self._view, sentence)

    def describe_stripes(self) -> None:
        """Describe the stripes and the memos in sight, from the top."""
        told = told_codings(self._view.codings_in_sight(), "in sight")
        self._view.stripe_margin.setAccessibleDescription(told)
        self._view.memo_margin.setAccessibleDescription(told_memos(self._view.memos_in_sight(), "in sight"))

    # Private slots

    def _on_moved(self, _position: int) -> None:
        turn = told_turn(self._view.page, self._view.caret())
        before, known = self._known, self._names()
        self._known, self._codings = known, self._told()
        self._describe(turn)
        if turn != self._turn:
            self._turn = turn
            if self._view.hasFocus():
                announce(self._view, turn)
        if known.keys() != before.keys() and self._view.hasFocus():
            announce(self._view, self._codings)
        memos = told_memos(self._view.memos_at_caret(), "here")
        if memos != self._memos:
            self._memos = memos
            if memos and self._view.hasFocus():
                announce(self._view, memos)

    def _on_codings(self, _ids: object) -> None:
        self._describe(self._turn)

    def _on_memos(self) -> None:
        """Other memos are known: they are told with the caret, and no one is interrupted."""
        self._memos = told_memos(self._view.memos_at_caret(), "here")
        self._describe(self._turn)
        self._on_drawn()

    def _on_drawn(self) -> None:
        if QAccessible.isActive():
            self._settling.start()

    # Internal

    def _describe(self, turn: str) -> None:
        view, caret = self._view, self._view.caret()
        in_play = view.play.told(view.selected_range() or (caret, caret))
        parts = (turn, in_play, self._told(), told_memos(view.memos_at_caret(), "here"))
        self._view.setAccessibleDescription(". ".join(part for part in parts if part))

    def _told(self) -> str:
        return told_codings(self._view.codings_at_caret(), "here")

    def _names(self) -> dict[str, str]:
        return {coding.id: coding.name for coding in self._view.codings_at_caret()}


def told_turn(page: Page, position: int) -> str:
    """Whose turn a position is in, such as "Turn 4 of 32: Colleen, participant, 0:45"; empty outside of turns."""
    turn = page.turn_at(position)
    if turn is None:
        return ""
    number = bisect_right(page.turns, turn.start, key=lambda each: each.start)
    told = (turn.speaker, turn.role, clock(turn.start_ms))
    return f"Turn {number:,} of {len(page.turns):,}: {', '.join(part for part in told if part)}"


def told_codings(codings: Iterable[AnyCoding], where: str) -> str:
    """Codings in words, such as "2 codings here: Trust, AL, unsure; Fear, BE"; past a dozen only how many more."""
    known = list(codings)
    if not known:
        return f"No codings {where}"
    words = [_told(coding) for coding in known[:_MOST]]
    more = [f"and {len(known) - _MOST:,} more"] if len(known) > _MOST else []
    return f"{_count(len(known))} {where}: {'; '.join([*words, *more])}"


def told_change(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What came to a place or went from it, such as "Violence applied; 3 codings here"; empty if nothing did."""
    come = [name for key, name in after.items() if key not in before]
    gone = [name for key, name in before.items() if key not in after]
    said = [f"{', '.join(come)} applied"] if come else []
    said += [f"{', '.join(gone)} removed"] if gone else []
    return f"{', '.join(said)}; {_count(len(after)) if after else 'no codings'} here" if said else ""


def _told(coding: AnyCoding) -> str:
    parts = (coding.name, coding.coder, "unsure" if coding.unsure else "", coding.comment)
    return ", ".join(part for part in parts if part)


def _count(number: int) -> str:
    return f"{number:,} coding{'' if number == 1 else 's'}"
