"""What changes codings and words that are there already: corrections, second looks, splitting, joining, recoding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.queries.transcripts.documents import DocumentText
from qcode.queries.transcripts.landmarks import landmarks
from qcode.study import Change, Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import HERE, WITHIN, later, make_action
from qcode.ui.code.apportioning import Apportioning
from qcode.ui.code.asking import Asking
from qcode.ui.code.changing import Changing
from qcode.ui.code.correcting import Correcting
from qcode.ui.code.desk import Desk
from qcode.ui.code.foot import TextFoot
from qcode.ui.code.memos_here import MemosHere
from qcode.ui.code.other_language import OtherLanguageStrip
from qcode.ui.code.redacting import Redacting
from qcode.ui.code.reshaping import Reshaping
from qcode.ui.code.reviewing import Reviewing
from qcode.ui.code.screening import Screening
from qcode.ui.code.second_look import SecondLook
from qcode.ui.code.staying import Stay, note, stay
from qcode.ui.text.headings import show_headings
from qcode.ui.text.view import TranscriptView


class Editing(QObject):
    """Holds these parts of the Code room together, and keeps one's place in a text that is corrected."""

    def __init__(
        self,
        bridge: StudyBridge,
        desk: Desk,
        view: TranscriptView,
        changing: Changing,
        room: QWidget,
        *,
        foot: TextFoot,
        go_to: Callable[[Place], None],
    ) -> None:
        super().__init__(room)
        self._bridge, self._desk, self._view = bridge, desk, view
        self.reshaping = Reshaping(bridge, desk, view, changing, room)
        self.correcting = Correcting(bridge, desk, view, room)
        self.second_look = SecondLook(bridge, room)
        self.redacting = Redacting(bridge, desk, view, room)
        self.reviewing = Reviewing(bridge, desk, view, room, go_to)
        self.screening = Screening(bridge, room, go_to)
        self.other = OtherLanguageStrip(bridge, desk, view, room)
        self.other.placeAsked.connect(go_to)
        self.asking = Asking(bridge, desk, view, foot, room)
        self.asking.placeAsked.connect(go_to)
        self.memos = MemosHere(bridge, desk, view)
        self.apportioning = Apportioning(bridge, desk, view, room)
        self._actions = self._make_actions(room)
        bridge.changed.connect(self._on_changed)

    # Methods

    def actions(self) -> list[QAction]:
        """What can be done, for the menu of the room and the palette of commands."""
        return [*self._actions, *self.correcting.editor.editor_actions]

    def note(self, text: DocumentText | None) -> Stay | None:
        """Where one is in the text that is shown."""
        return note(self._view, text)

    def stay(self, before: Stay | None, text: DocumentText) -> None:
        """Be where one was, now that another state of the text may be shown."""
        stay(self._view, before, text)

    def follow(self) -> None:
        """Be true to the text and the codings that are shown now."""
        self.correcting.follow()
        self.other.follow()
        self.memos.follow()

    def show_headings(self) -> None:
        """Tell the headings of the text that is shown from its other words."""
        document = self._desk.document
        found = landmarks(self._bridge.study, document).headings if document else ()
        if found:
            show_headings(self._view, [(one.start, one.end) for one in found])

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.reshaping.update_theme()

    # Private slots

    def _on_changed(self, change: Change) -> None:
        """A coding that comes or goes while a turn is corrected is counted there."""
        if self.correcting.active and change.concerns("coding"):
            later(self, self.correcting.follow)

    # Internal

    def _make_actions(self, room: QWidget) -> list[QAction]:
        return [
            *self._coding_actions(),
            *self._word_actions(),
            *self._name_actions(room),
            *self._language_actions(room),
            *self._question_actions(room),
            *self._memo_actions(room),
            *self.apportioning.actions,
        ]

    def _coding_actions(self) -> list[QAction]:
        reshaping, view = self.reshaping, self._view
        return [
            make_action(view, "Split a coding at the caret", reshaping.split_here, "Ctrl+T", key="coding.split"),
            make_action(
                view, "Join codings of one code", reshaping.join_here, "Ctrl+Shift+J", key="coding.join", context=HERE
            ),
            make_action(view, "Change to another code…", reshaping.recode_here, "Ctrl+R", key="coding.recode"),
            make_action(view, "Right on the corrected words too", reshaping.confirm_here, key="coding.confirm-words"),
        ]

    def _word_actions(self) -> list[QAction]:
        words = "Correct this turn, or who says the selected ones…"
        return [
            make_action(self._view, words, self.correcting.begin, "Ctrl+E", key="code.correct"),
            make_action(
                self._view, "Redact what is selected…", self.redacting.begin, "Ctrl+Shift+X", key="code.redact"
            ),
        ]

    def _name_actions(self, room: QWidget) -> list[QAction]:
        reviewing = self.reviewing
        deeds: list[tuple[str, str, Callable[[], object], tuple[str, ...]]] = [
            ("code.review", "Say that this document is reviewed for names", reviewing.review, ("Ctrl+Shift+V",)),
            ("code.review-next", "Review the next document for names", reviewing.go_to_next, ()),
            ("code.reopen-review", "Take the reviews of this document back", reviewing.reopen, ()),
            ("code.screen", "Look for names in the whole study…", self.screening.begin, ()),
        ]
        return [make_action(room, words, deed, *keys, key=key, context=WITHIN) for key, words, deed, keys in deeds]

    def _language_actions(self, room: QWidget) -> list[QAction]:
        turn, go_there = self.other.turn, self.other.go_there
        here, there = "Show what the other language says here", "Go to this place in the other language"
        return [
            make_action(room, here, turn, "Ctrl+Shift+T", key="code.other-language", context=WITHIN),
            make_action(room, there, go_there, "Ctrl+Shift+Y", key="code.other-place", context=WITHIN),
        ]

    def _question_actions(self, room: QWidget) -> list[QAction]:
        asking = self.asking
        deeds: list[tuple[str, str, Callable[[], object]]] = [
            ("code.question", "Attach a question of the guide to this turn…", asking.begin),
            ("code.answers", "Read all answers to the question of this turn", asking.show_answers),
            ("code.next-question", "Go to the next question of the guide", lambda: asking.step(1)),
            ("code.previous-question", "Go to the question of the guide before", lambda: asking.step(-1)),
        ]
        return [make_action(room, words, deed, key=key, context=WITHIN) for key, words, deed in deeds]

    def _memo_actions(self, room: QWidget) -> list[QAction]:
        memos, words = "Open the memo on the words at the caret", "Look at codings whose words were corrected"
        return [
            make_action(room, memos, self.memos.open_here, key="code.memos", context=WITHIN),
            make_action(room, words, self.second_look.look, key="code.second-look", context=WITHIN),
        ]
