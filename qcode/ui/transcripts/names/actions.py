"""What can be done in the review of names, with its keys and buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from qcode.ui.keys import KeyedAction, make_action
from qcode.ui.keys.hints import Piece, follow_keys, keys_in_words
from qcode.ui.keys.keyed import HERE, WITHIN

if TYPE_CHECKING:
    from qcode.ui.transcripts.names.review import NamesReview


class NameActions(QObject):
    """The actions work in the list of strings, in that of places, and in the talk, where nothing is typed."""

    def __init__(self, review: NamesReview) -> None:
        super().__init__(review)
        self._review = review
        self._can_undo = False
        self._lists: tuple[QWidget, ...] = (review.strings, review.places, review.talk.pane)
        panel = review.panel
        self.answers = [
            self._add("replace", "Replace the string", review.replace, "R", panel.replace_button),
            self._add("join", "Same person or thing as another", review.join, "J", panel.join_button),
            self._add("keep", "Not an identifier", lambda: review.rule_out("keep"), "N", panel.keep_button),
            self._add("here", "Replace only here", review.replace_here, "H", panel.here_button),
            self._add("later", "Put the string off", lambda: review.rule_out("later"), "L", panel.later_button),
            self._add("withdraw", "Take back what was answered", review.withdraw, "U", panel.withdraw_button),
        ]
        self.marks = [
            self._add("widen", "Widen the mark by a word", lambda: review.widen("end", wider=True), "Shift+Right"),
            self._add("narrow", "Narrow the mark by a word", lambda: review.widen("end", wider=False), "Shift+Left"),
            self._add(
                "widen-start",
                "Widen the mark by the word before",
                lambda: review.widen("start", wider=True),
                "Ctrl+Shift+Left",
            ),
            self._add(
                "narrow-start",
                "Narrow the mark by its first word",
                lambda: review.widen("start", wider=False),
                "Ctrl+Shift+Right",
            ),
        ]
        for mark in self.marks:  # there these keys select words
            review.talk.pane.removeAction(mark)
        self.mark = make_action(
            review.talk.pane, "Mark the selected words", review.mark_selection, "M", key="names.mark", context=HERE
        )
        self.codes = self._of_all("codes", "Give speakers study codes", review.give_codes, review.codes_button)
        self.known = self._of_all("known", "Type or paste names you know…", review.open_known, review.known_button)
        self.every: list[QAction] = [*self.answers, *self.marks, self.mark, self.codes, self.known]
        for part in self._lists:
            part.installEventFilter(self)
        self._tell()
        follow_keys(self._pieces(), self._tell)

    # Methods

    def tell(self, is_asking: bool, *, can_undo: bool) -> None:
        """Offer what can be done now; nothing while the review is not seen."""
        seen = self._review.isVisible()
        for action in (*self.answers, *self.marks):
            action.setEnabled(is_asking and seen)
        for action in (self.mark, self.codes, self.known):
            action.setEnabled(seen)
        for button in self._review.panel.buttons():
            button.setEnabled(is_asking)
        self._can_undo = can_undo

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo takes back the latest answer here, before the study's own undo, while there is one."""
        is_undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if not is_undo or not self._can_undo:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._review.undo()
            return True
        return super().eventFilter(watched, event)

    # Internal

    def _add(
        self, key: str, name: str, deed: Callable[[], object], keys: str, button: QPushButton | None = None
    ) -> QAction:
        action = make_action(self._review.strings, name, deed, keys, key=f"names.{key}", context=HERE)
        for part in self._lists[1:]:
            part.addAction(action)
        if button is not None:
            button.clicked.connect(lambda _checked=False: deed())
            if isinstance(action, KeyedAction):
                action.tell_keys(button, name)
        return action

    def _of_all(self, key: str, name: str, deed: Callable[[], object], button: QPushButton) -> QAction:
        button.clicked.connect(lambda _checked=False: deed())
        button.setToolTip(name)
        return make_action(self._review, name, deed, key=f"names.{key}", context=WITHIN)

    def _tell(self) -> None:
        self._review.hint.setText(keys_in_words(self._pieces()))

    def _pieces(self) -> list[Piece]:
        words = ("replace", "same as", "not an identifier", "only here", "later", "take back", "widen the mark")
        told = zip(words, (*self.answers, self.marks[0]), strict=True)
        return [*((f"{{}} {word}", action) for word, action in told), "Enter type another replacement"]
