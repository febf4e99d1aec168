"""Correcting what a turn says or who says it, while the window tells what becomes of the codings in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from qcode.operations.corrections import (
    TextChangedError,
    TurnEmptyError,
    TurnTooLongError,
    Voice,
    correct_speaker,
    correct_turn,
    rename_speaker,
)
from qcode.queries.transcripts.corrections import (
    CorrectionEffect,
    TurnToCorrect,
    Voiced,
    correction_effect,
    turn_to_correct,
)
from qcode.text.wording import LONGEST_TURN
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.code.turn_editor import SEVERAL, SpeakerChoice, TurnEditor
from qcode.ui.keys import keymap
from qcode.ui.keys.keyed import shown_keys
from qcode.ui.text.view import TranscriptView

_NO_TURNS = "This text has no turns to correct."
_NONE_OPEN = "No turn is being corrected."
_NAME_WHOM = "Name the new speaker, or choose one who is there."
_WOULD_GO = "What you changed is not kept yet: {} keeps it, {} once more leaves it out."
_HANDED_IN = "You handed this document in: your codings come along, and stay as they are."
_UNDO = "Ctrl+Z"  # a field's own undo, which nobody can give another key
_AGAIN = "These are the words that you left unfinished before; {} in the field shows the turn as it is."


class Correcting(QObject):
    """Opens the editor over the turn at the caret; what is left half typed is there when one comes back."""

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView, room: QWidget) -> None:
        super().__init__(room)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._room = room
        self._turn: TurnToCorrect | None = None
        self._numbers: tuple[int, ...] = ()
        self._drafts: dict[tuple[str, int], tuple[str, str]] = {}
        self._warned = False
        self.editor = TurnEditor(room)
        self.editor.thought.connect(self._on_thought)
        self.editor.keepAsked.connect(self.keep)
        self.editor.leaveAsked.connect(self._on_leave)
        self.editor.field.tooLong.connect(lambda: self._bridge.refused.emit(str(TurnTooLongError())))

    # Properties

    @property
    def active(self) -> bool:
        """Whether a turn is being corrected."""
        return self._turn is not None

    @property
    def changed(self) -> bool:
        """Whether something would be kept."""
        turn = self._turn
        return turn is not None and (self.editor.speaker_changed or self._words_changed(turn))

    # Methods

    def begin(self) -> None:
        """Correct the turn at the caret, or with several turns selected who says them."""
        text = self._desk.text
        if self.active:
            self.editor.field.setFocus()
        elif text is None or not text.turns:
            self._bridge.refused.emit(_NO_TURNS)
        else:
            caret = self._view.caret()
            self._open(self._turns_at(self._view.selected_range() or (caret, caret)), caret)

    def keep(self) -> None:
        """Write the correction; a refusal leaves the editor as it is."""
        turn, words = self._turn, self.editor.typed
        if turn is None:
            self._bridge.informed.emit(_NONE_OPEN)
            return
        if self.editor.chosen_speaker is None and not self.editor.speaker_changed:
            self._bridge.refused.emit(_NAME_WHOM)
        elif not self.changed:
            self._close()
        else:
            notes = correction_effect(turn, words).notes if self._words_changed(turn) else ()
            if self._bridge.attempt(lambda: self._write(turn, words)):
                self._drafts.pop((turn.document, turn.number), None)
                self._close()
                if notes:
                    self._bridge.informed.emit(f"The turn is corrected: {_noted(notes)}.")

    def put_away(self) -> None:
        """Close the editor because something else is shown; half-typed words wait for its turn."""
        turn = self._turn
        if turn is not None:
            if self._words_changed(turn):
                self._drafts[turn.document, turn.number] = (turn.text, self.editor.typed)
            self._close()

    def follow(self) -> None:
        """Be true to what is shown now: another text closes the editor, a new revision or coding is taken up."""
        turn = self._turn
        if turn is None:
            return
        if self._desk.document != turn.document:
            self.put_away()
            return
        now = turn_to_correct(self._bridge.study, turn.document, turn=turn.number)
        if now is not None and (now.text, now.speaker, now.speakers) == (turn.text, turn.speaker, turn.speakers):
            self._turn = now
        elif now is not None:
            self._turn = replace(turn, codings=now.codings, may_be_more=now.may_be_more)
        self._on_thought()

    # Private slots

    def _on_thought(self) -> None:
        turn = self._turn
        if turn is not None:
            self._warned = False
            sentence, notes = self._told(turn)
            self.editor.say(sentence, f"{self._standing()} {notes}".strip())

    def _on_leave(self) -> None:
        if not self.active:
            self._bridge.informed.emit(_NONE_OPEN)
        elif self.changed and not self._warned:
            self._warned = True
            keep, leave = (shown_keys(action) for action in self.editor.editor_actions)
            self.editor.say(_WOULD_GO.format(keep or "“Keep”", leave or "“Leave”"), "")
        else:
            if self._turn is not None:
                self._drafts.pop((self._turn.document, self._turn.number), None)
            self._close()

    # Internal

    def _open(self, numbers: Sequence[int], caret: int) -> None:
        text = self._desk.text
        turn = turn_to_correct(self._bridge.study, text.id, turn=numbers[0]) if text else None
        if text is None or turn is None or turn.revision != text.revision:
            self._bridge.attempt(self._bridge.study.poll)
            self._bridge.refused.emit(str(TextChangedError(text.name if text else "")))
            return
        one = len(numbers) == 1
        self._turn, self._numbers = turn, tuple(numbers)
        self.editor.show_turn("Correct this turn" if one else f"Who says these {len(numbers)} turns", self._first(turn))
        alike = len({self._speaker_of(turn, number) for number in numbers}) == 1
        speaker = turn.speaker if alike else SEVERAL
        self.editor.show_speakers(_choices(turn), speaker, self._everywhere(turn) if one else "")
        span = text.turns[numbers[0]].start, text.turns[numbers[-1]].end
        self._on_thought()
        self.editor.open_over(self._anchor(span), self._column(), max(caret - turn.start, 0))
        known = self._drafts.get((turn.document, turn.number)) if one else None
        if known is not None and known[0] == turn.text:
            self.editor.put_typed(known[1])
            self.editor.say(_AGAIN.format(keymap.native([_UNDO])), self._standing())

    def _standing(self) -> str:
        """What to know if one handed the document in, where a correction is for all and one's codings come along."""
        return _HANDED_IN if self._desk.locked else ""

    def _speaker_of(self, turn: TurnToCorrect, number: int) -> str | None:
        return next((voice.id for voice in turn.speakers if number in voice.turns), None)

    def _first(self, turn: TurnToCorrect) -> str | None:
        return turn.text if len(self._numbers) == 1 else None

    def _close(self) -> None:
        self._turn, self._numbers, self._warned = None, (), False
        self.editor.close_editor()

    def _words_changed(self, turn: TurnToCorrect) -> bool:
        return len(self._numbers) == 1 and self.editor.typed != turn.text

    def _told(self, turn: TurnToCorrect) -> tuple[str, str]:
        """What keeping would do, and what is made canonical in what was typed."""
        if len(self._numbers) > 1:
            return "All codings stay as they are.", ""
        if len(self.editor.typed) > LONGEST_TURN:
            return str(TurnTooLongError()), ""
        effect = correction_effect(turn, self.editor.typed)
        if not effect.words:
            return str(TurnEmptyError()), ""
        return effect.sentence, _notes(effect)

    def _write(self, turn: TurnToCorrect, words: str) -> bool:
        """Write what was changed: words and the speaker of one turn are one step, those of all its turns another."""
        study, label = self._bridge.study, self._label(turn)
        voice = Voice(label) if self.editor.speaker_changed else None
        if len(self._numbers) > 1:
            correct_speaker(study, turn.document, turns=self._numbers, label=label, revision=turn.revision)
            return True
        everywhere = voice is not None and self.editor.everywhere
        with study.grouped():
            if not everywhere or words != turn.text:
                here = None if everywhere else voice
                correct_turn(study, turn.document, turn=turn.number, text=words, voice=here, revision=turn.revision)
            if everywhere:
                self._give_all(turn, label)
        return True

    def _give_all(self, turn: TurnToCorrect, label: str | None) -> None:
        who = turn.voice(turn.speaker)
        if who is None:
            return
        if label is None:
            correct_speaker(self._bridge.study, turn.document, turns=who.turns, label=None)
        else:
            rename_speaker(self._bridge.study, turn.document, speaker=who.id, label=label)

    def _label(self, turn: TurnToCorrect) -> str | None:
        chosen = self.editor.chosen_speaker
        if chosen is None:
            return self.editor.new_speaker.text()
        voice = turn.voice(chosen)
        return voice.label if voice else None

    def _everywhere(self, turn: TurnToCorrect) -> str:
        who = turn.voice(turn.speaker)
        return f"In all {len(who.turns):,} turns of {_name(who)}" if who is not None and len(who.turns) > 1 else ""

    def _turns_at(self, span: tuple[int, int]) -> list[int]:
        """The turns that a range touches, by number; the one before a place between turns."""
        text = self._desk.text
        turns = text.turns if text else ()
        touched = [n for n, turn in enumerate(turns) if turn.start < span[1] and span[0] < turn.end]
        return touched or [max(bisect_right([turn.start for turn in turns], span[0]) - 1, 0)]

    def _anchor(self, span: tuple[int, int]) -> QRect:
        place = self._view.range_rect(*span)
        if place.isEmpty():
            self._view.scroll_to(span[0])
            place = self._view.range_rect(*span)
        return QRect(self._view.mapTo(self._room, place.topLeft()), place.size())

    def _column(self) -> QRect:
        """Where the text is, in the room, with the stripes beside it."""
        page, view = self._view.viewport(), self._view
        text = QRect(page.mapTo(self._room, QPoint(0, 0)), page.size())
        text.setRight(view.mapTo(self._room, view.rect().topRight()).x())
        return text


def _choices(turn: TurnToCorrect) -> list[SpeakerChoice]:
    return [SpeakerChoice(voice.id, _name(voice)) for voice in turn.speakers]


def _name(voice: Voiced) -> str:
    known = voice.pseudonym and voice.pseudonym != voice.label
    return f"{voice.label} ({voice.pseudonym})" if known else voice.label


def _notes(effect: CorrectionEffect) -> str:
    return f"On keeping: {_noted(effect.notes)}." if effect.notes else ""


def _noted(notes: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{count:,} {rule}" for rule, count in notes)
