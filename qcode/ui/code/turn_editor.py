"""A panel over a turn in which its words, or who says them, are corrected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qcode.text.edits import edits_between
from qcode.text.wording import LONGEST_TURN
from qcode.ui.code.acts import WITHIN, make_action
from qcode.ui.keys import KeyedAction
from qcode.ui.keys.hints import KeyHint
from qcode.ui.limited import LimitedField
from qcode.ui.theme import SPACE, label
from qcode.ui.utf16 import QtPositions, displayable

_THINK_MS = 120
_LEAST_ROWS, _MOST_ROWS = 3, 12
_WIDTH = 74 * SPACE
_NEW, _NOBODY, SEVERAL = "new", "", "several"


@dataclass(frozen=True, slots=True)
class SpeakerChoice:
    """A speaker to choose: the id, and the name as it is shown."""

    id: str
    name: str


class TurnEditor(QFrame):
    """Lies over the text while a turn is corrected: keeping and leaving have keys; it asks once if words would go."""

    thought = Signal()
    keepAsked = Signal()
    leaveAsked = Signal()

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self._before: QWidget | None = None
        self._words, self._shown = "", ""
        self.setProperty("surface", "overlay")
        self.setAutoFillBackground(True)
        self._title = label("", tone="quiet")
        self.speaker = QComboBox(self)
        self.new_speaker = QLineEdit(self)
        self.reach = QComboBox(self)
        self.field = LimitedField(LONGEST_TURN, self)
        self._effect = label("", "small")
        self._notes = label("", "small", "quiet")
        self.keep = QPushButton("Keep", self)
        self.leave = QPushButton("Leave", self)
        self._thinking = QTimer(self)
        self._thinking.setSingleShot(True)
        self._thinking.setInterval(_THINK_MS)
        self._speaker_before = ""
        self._bottom = 0
        self.editor_actions = [
            make_action(
                self,
                "Keep the correction",
                self.keepAsked.emit,
                "Ctrl+Return",
                "Ctrl+Enter",
                key="code.keep-correction",
                context=WITHIN,
            ),
            make_action(
                self,
                "Leave the correction",
                self.leaveAsked.emit,
                "Escape",
                key="code.leave-correction",
                context=WITHIN,
            ),
        ]
        self._lay_out()
        self._connect()
        self.hide()

    # Properties

    @property
    def typed(self) -> str:
        """The turn's words as they are in the field; where nobody touched them they are exactly what they were."""
        now = self.field.raw()
        if now == self._shown:
            return self._words
        if self._shown == self._words:
            return now
        words, at = [], 0
        place = 0
        for start, end, length in edits_between(self._shown, now):
            words.append(self._words[at:start])
            place += start - at
            words.append(now[place : place + length])
            at, place = end, place + length
        return "".join([*words, self._words[at:]])

    @property
    def chosen_speaker(self) -> str | None:
        """The id of the speaker that is chosen, "" for nobody, None while it is a new one."""
        data = SEVERAL if self.speaker.currentIndex() < 0 else self.speaker.currentData()
        return None if data == _NEW else str(data)

    @property
    def speaker_changed(self) -> bool:
        """Whether another speaker was chosen, or a new one was named."""
        return bool(self.new_speaker.text().strip()) if self.chosen_speaker is None else self._other_chosen

    @property
    def everywhere(self) -> bool:
        """Whether all turns of the speaker are meant."""
        return not self.reach.isHidden() and self.reach.currentIndex() == 1

    @property
    def told(self) -> str:
        """What is said about the correction."""
        return " ".join(part for part in (self._effect.text(), self._notes.text()) if part)

    # Methods

    def show_turn(self, title: str, words: str | None) -> None:
        """Show a turn's words, or with None only who speaks."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._words = words or ""
        with QSignalBlocker(self.field):
            self.field.setPlainText(displayable(self._words))
        self._shown = self.field.raw()
        self.field.setVisible(words is not None)
        self.say("", "")

    def show_speakers(self, choices: Sequence[SpeakerChoice], chosen: str | None, everywhere: str) -> None:
        """Offer speakers, none chosen for `SEVERAL`; `everywhere` are the words for all turns of the one who speaks."""
        with QSignalBlocker(self.speaker):
            self.speaker.clear()
            for choice in choices:
                self.speaker.addItem(choice.name, choice.id)
            self.speaker.addItem("Nobody", _NOBODY)
            self.speaker.addItem("New speaker…", _NEW)
            self.speaker.setCurrentIndex(self.speaker.findData(chosen or _NOBODY))
        self._speaker_before = chosen or _NOBODY
        self.reach.clear()
        self.reach.addItems(["In this turn", everywhere] if everywhere else [])
        self.new_speaker.clear()
        self._on_speaker()

    def put_typed(self, words: str) -> None:
        """Write what was typed before into the field; its own undo takes it out again."""
        cursor = self.field.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(displayable(words))

    def say(self, effect: str, notes: str) -> None:
        """Say what keeping would do, and what was changed in what was typed."""
        self._effect.setText(effect)
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
        if self.isVisible():
            self._grow()

    def open_over(self, anchor: QRect, column: QRect, caret: int) -> None:
        """Open with the field over the turn at `anchor`, inside `column`, the caret at a place of its words."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        width = min(_WIDTH, self._room.width())
        self.setFixedWidth(width)
        self._fit()
        self.show()
        self.raise_()
        self._place(anchor, column)
        if self.field.isHidden():
            self.speaker.setFocus(Qt.FocusReason.PopupFocusReason)
            return
        cursor = self.field.textCursor()
        cursor.setPosition(QtPositions(self._words).to_qt(min(caret, len(self._words))))
        self.field.setTextCursor(cursor)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_editor(self) -> None:
        """Go, and give the focus back."""
        if self.isHidden():
            return
        self._thinking.stop()
        now, before = QApplication.focusWidget(), self._before
        self._before = None
        self.hide()
        if before is not None and (now is None or now is self or self.isAncestorOf(now)):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    # Private slots

    def _on_speaker(self) -> None:
        new = self.chosen_speaker is None
        self.new_speaker.setVisible(new)
        self.reach.setVisible(self.reach.count() > 0 and (new or self._other_chosen))
        if new and self.isVisible():
            self.new_speaker.setFocus(Qt.FocusReason.OtherFocusReason)
        self._thinking.start()

    def _on_typed(self) -> None:
        self._thinking.start()

    # Internal

    @property
    def _other_chosen(self) -> bool:
        return self.chosen_speaker != self._speaker_before

    def _fit(self) -> None:
        """As high as the words, from three rows to twelve, and never higher than the room."""
        metrics = QFontMetrics(self.field.font())
        wide = max(self.width() - 6 * SPACE, 20 * SPACE)
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
        sample = self.field.raw()[: 120 * _MOST_ROWS]
        rows = metrics.boundingRect(QRect(0, 0, wide, 100_000), flags, sample).height() // metrics.lineSpacing() + 1
        rows = min(max(rows, _LEAST_ROWS), _MOST_ROWS, max(self._room.height() // metrics.lineSpacing() - 12, 3))
        self.field.setFixedHeight(rows * metrics.lineSpacing() + 3 * SPACE)
        self._effect.setMinimumHeight(2 * QFontMetrics(self._effect.font()).lineSpacing())

    def _grow(self) -> None:
        """Be as high as what is said, and stay above the end of the text."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(QSize(self.width(), layout.totalHeightForWidth(self.width())))
            self.move(self.x(), max(min(self.y(), self._bottom - self.height()), 0))

    def _place(self, anchor: QRect, column: QRect) -> None:
        self._bottom = column.bottom() + 1
        self._grow()
        above = self.field.y() if not self.field.isHidden() else 0
        left = min(column.left(), column.right() + 1 - self.width())
        top = min(anchor.top() - above, self._bottom - self.height())
        self.move(max(left, 0), max(top, column.top(), 0))

    def _lay_out(self) -> None:
        for part, name in (
            (self.speaker, "Who speaks"),
            (self.new_speaker, "Name of the new speaker"),
            (self.reach, "In which turns"),
            (self.field, "Words of the turn"),
        ):
            part.setAccessibleName(name)
        self.new_speaker.setPlaceholderText("Name")
        self.new_speaker.setMinimumWidth(15 * SPACE)
        self.speaker.setPlaceholderText("Several speakers")
        self.field.setProperty("kind", "field")
        self.field.setTabChangesFocus(True)
        self.keep.setProperty("kind", "primary")
        buttons = (self.keep, "Keep the correction"), (self.leave, "Leave everything as it was")
        for action, told in zip(self.editor_actions, buttons, strict=True):
            if isinstance(action, KeyedAction):
                action.tell_keys(*told)
        for words in (self._effect, self._notes):
            words.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self._title, 1)
        for choice in (self.speaker, self.new_speaker, self.reach):
            top.addWidget(choice)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        keep, leave = self.editor_actions
        foot.addWidget(KeyHint(("{} keep", keep), ("{} leave", leave)), 1)
        foot.addWidget(self.leave)
        foot.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(top)
        for row in (self.field, self._effect, self._notes):
            column.addWidget(row)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._thinking.timeout.connect(self.thought)
        self.speaker.currentIndexChanged.connect(lambda _index: self._on_speaker())
        self.field.textChanged.connect(self._on_typed)
        self.new_speaker.textChanged.connect(lambda _text: self._on_typed())
        self.reach.currentIndexChanged.connect(lambda _index: self._on_typed())
        deeds: tuple[tuple[QPushButton, Callable[[], object]], ...] = (
            (self.keep, self.keepAsked.emit),
            (self.leave, self.leaveAsked.emit),
        )
        for button, deed in deeds:
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
