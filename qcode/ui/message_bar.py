"""The quiet bar at the bottom in which the window tells a refusal or a piece of news."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from qcode.ui.icons import icon
from qcode.ui.theme import SPACE, label, restyle

_NEWS_STAYS_MS = 8_000


class MessageBar(QFrame):
    """One sentence at a time. News goes by itself, and an offer stays until it is taken or closed.

    A refusal stays until it is closed, until another sentence comes, or until one does something or goes elsewhere.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._words = label()
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setAccessibleName("Close the message")
        self._close.setToolTip("Close the message")
        self._close.clicked.connect(self._on_close)
        self.offer_button = QPushButton(self)
        self.offer_button.clicked.connect(self._on_taken)
        self._take: Callable[[], object] | None = None
        self._dismiss: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_message)
        self._is_refusal = False
        self._refusing = QTimer(self)
        self._refusing.setSingleShot(True)
        self._lay_out()
        self.update_theme()
        self.hide()

    # Properties

    @property
    def sentence(self) -> str:
        """What is shown; empty when the bar is closed."""
        return self._words.text() if not self.isHidden() else ""

    # Methods

    def refuse(self, sentence: str) -> None:
        """Tell why something was not done."""
        self._timer.stop()
        self._is_refusal = True
        self._refusing.start(0)
        self._show(sentence, "danger", QAccessible.AnnouncementPoliteness.Assertive)

    def inform(self, sentence: str) -> None:
        """Tell what was done."""
        self._is_refusal = False
        self._timer.start(_NEWS_STAYS_MS)
        self._show(sentence, "text", QAccessible.AnnouncementPoliteness.Polite)

    def offer(
        self, sentence: str, words: str, take: Callable[[], object], dismiss: Callable[[], object] | None = None
    ) -> None:
        """Tell something that can be done, with a button that does it; `dismiss` is called if it is closed instead."""
        self._is_refusal = False
        self._timer.stop()
        self._show(sentence, "text", QAccessible.AnnouncementPoliteness.Polite)
        self._take, self._dismiss = take, dismiss
        self.offer_button.setText(words)
        self.offer_button.setAccessibleDescription(sentence)
        self.offer_button.show()

    def withdraw(self) -> None:
        """Take a refusal away since one does something else after it; one told in the same breath stays."""
        if self._is_refusal and not self._refusing.isActive():
            self.close_message()

    def close_message(self) -> None:
        """Take the sentence away."""
        had_focus = self._close.hasFocus()
        self._is_refusal = False
        self._take = self._dismiss = None
        self._timer.stop()
        self.hide()
        if had_focus:
            self.closed.emit()

    def update_theme(self) -> None:
        """Draw the cross in the colour of the theme."""
        self._close.setIcon(icon("close"))

    # Private slots

    def _on_close(self) -> None:
        dismiss = self._dismiss
        self.close_message()
        if dismiss is not None:
            dismiss()

    def _on_taken(self) -> None:
        take = self._take
        self.close_message()
        if take is not None:
            take()

    # Internal

    def _show(self, sentence: str, tone: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
        self._take = self._dismiss = None
        self.offer_button.hide()
        self._words.setText(sentence)
        restyle(self._words, "tone", tone)
        self.setAccessibleName(sentence)
        self.show()
        event = QAccessibleAnnouncementEvent(self, sentence)
        event.setPoliteness(politeness)
        QAccessible.updateAccessibility(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._words, 1)
        row.addWidget(self.offer_button)
        row.addWidget(self._close)
