"""What the other language says where the caret is: the original of a translation, or what was made of an original."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from qcode.study import Change, Place
from qcode.ui import theme
from qcode.ui.announcing import announce
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import later
from qcode.ui.code.desk import Desk
from qcode.ui.text.view import TranscriptView
from qcode.ui.theme import SPACE, label
from qcode.ui.utf16 import displayable

if TYPE_CHECKING:
    from qcode.queries.transcripts.alignment import Counterpart, OtherLanguage

_KINDS = ("turn_link", "document", "revision", "speaker", "participant")
_REST_MS = 40
_ROWS = 5
_NO_OTHER = (
    "“{}” is no translation, and nothing here is one of it. Say in Transcripts, beside its kind, what it translates."
)


class OtherLanguageStrip(QFrame):
    """Lies below the text as long as it is wanted, always as high, so that nothing jumps while it follows the caret.

    In a document without another language it is gone, and comes back with the next that has one.
    """

    placeAsked = Signal(object)

    def __init__(self, bridge: StudyBridge, desk: Desk, view: TranscriptView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._desk, self._view = bridge, desk, view
        self._wanted = False
        self._others: Sequence[OtherLanguage] | None = None
        self._said: list[Counterpart] = []
        self._title = label("", "small", "quiet")
        self.words = QPlainTextEdit(self)
        self.go = QPushButton("Go there", self)
        self.close_button = QPushButton("Close", self)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._lay_out()
        self._connect()
        self.hide()

    # Properties

    @property
    def told(self) -> str:
        """Who says something here, and what; empty while nothing is shown."""
        return f"{self._title.text()}\n{self.words.toPlainText()}" if not self.isHidden() else ""

    # Methods

    def turn(self) -> None:
        """Show what the other language says, or hide it."""
        if self._wanted and not self.isHidden():
            self._wanted = False
            self._hide()
            return
        self._wanted = True
        self.follow()
        if self.isHidden():
            name = self._desk.row.name if self._desk.row else ""
            self._wanted = False
            self._bridge.refused.emit(_NO_OTHER.format(name))
        else:
            later(self, self._view.ensureCursorVisible)
            announce(self._view, self.told)

    def go_there(self) -> None:
        """Ask for the place in the other document."""
        self._others = self._others if self._wanted else None
        place = next((said for said in self._here() if said.turns), None)
        if place is not None:
            self.placeAsked.emit(Place(place.document, place.start, place.start))
        elif self._others:
            self._bridge.refused.emit("The other language says nothing here.")
        else:
            self._bridge.refused.emit(_NO_OTHER.format(self._desk.row.name if self._desk.row else ""))

    def follow(self) -> None:
        """Be true to the document that is shown now, and to the caret."""
        self._others = None
        if self._wanted:
            self._show_here()

    # Events

    def changeEvent(self, event: QEvent) -> None:
        """Stay as high as its rows when the type grows or shrinks."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    # Private slots

    def _on_moved(self) -> None:
        if self._wanted and not self.isHidden():
            self._resting.start()

    def _on_changed(self, change: Change) -> None:
        if change.concerns(*_KINDS):
            self._others = None
            if self._wanted:
                self._resting.start()

    def _on_rested(self) -> None:
        if self._wanted:
            self._show_here()

    # Internal

    def _here(self) -> list[Counterpart]:
        """What each other language says at the caret, or where something is selected."""
        document = self._desk.document
        if document is None:
            return []
        if self._others is None:
            from qcode.queries.transcripts.alignment import other_languages

            self._others = other_languages(self._bridge.study, document)
        caret = self._view.caret()
        span = self._view.selected_range() or (caret, caret)
        return [other.at(*span) for other in self._others]

    def _show_here(self) -> None:
        self._said = self._here()
        if not self._said:
            self._hide()
            return
        self._title.setText(_title(self._said))
        words = displayable(_words(self._said))
        if words != self.words.toPlainText():
            self.words.setPlainText(words)
        self.go.setEnabled(any(said.turns for said in self._said))
        self.show()

    def _hide(self) -> None:
        inside = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.hide()
        if inside:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        rows = QFontMetrics(theme.font("body")).lineSpacing() * _ROWS
        self.words.setFixedHeight(rows + SPACE)

    def _lay_out(self) -> None:
        self.setProperty("surface", "panel")
        self.setAccessibleName("What the other language says")
        self.words.setReadOnly(True)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("What the other language says here")
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.go.setAccessibleName("Go to this place in the other language")
        self.close_button.setAccessibleName("Hide what the other language says")
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self._title, 1)
        for button in (self.go, self.close_button):
            button.setProperty("kind", "quiet")
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.words)
        self._fit()

    def _connect(self) -> None:
        self.go.clicked.connect(self.go_there)
        self.close_button.clicked.connect(self.turn)
        self._resting.timeout.connect(self._on_rested)
        self._view.caretMovedTo.connect(self._on_moved)
        self._view.selectionChangedTo.connect(self._on_moved)
        self._bridge.changed.connect(self._on_changed)
        self._bridge.closing.connect(self._resting.stop)


def _title(said: Sequence[Counterpart]) -> str:
    if len(said) > 1:
        return "The other languages say"
    only = said[0]
    who = f"The {only.language}, {only.name}, says"
    return f"{who} here" if only.turns else f"{who} nothing here"


def _words(said: Sequence[Counterpart]) -> str:
    """What is said, turn by turn; with the names of the documents where there are several."""
    parts = []
    for one in said:
        turns = [f"{turn.speaker}: {turn.words}" if turn.speaker else turn.words for turn in one.turns]
        head = [f"{one.name}, {one.language}:"] if len(said) > 1 else []
        parts += [*head, *(turns or (["(nothing)"] if head else []))]
    return "\n".join(parts)
