"""What a document is a translation of: chosen beside its kind, with the way to both texts side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qcode.ids import DocumentId
from qcode.operations.alignment import set_original
from qcode.queries.alignment import differing_voices, translated
from qcode.queries.documents import DocumentRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys import KeyedAction
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import choice_box

_NOTHING = "nothing"


class OriginalChoice(QWidget):
    """A list of the other documents; what is chosen is written at once, or refused with a sentence."""

    sideBySideAsked = Signal(str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._document: DocumentId | None = None
        self._original: DocumentId | None = None
        self.box = choice_box((), "Translation of")
        self.button = QPushButton("Side by side", self)
        self.button.setAccessibleName("Show original and translation side by side")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.box, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._on_chosen)
        self.button.clicked.connect(lambda: self.sideBySideAsked.emit(self._document or ""))

    # Methods

    def show_document(self, document: DocumentRow | None, others: Sequence[DocumentRow]) -> None:
        """Show what a document translates, among the other documents."""
        self._document = document.id if document else None
        known = translated(self.bridge.study, document.id) if document else None
        self._original = known.original[0] if known and known.original else None
        self.button.setEnabled(known is not None and bool(known.original or known.translations))
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem(_NOTHING, None)
            for other in others:
                if document is None or other.id != document.id:
                    self.box.addItem(other.name, other.id)
            self.box.setCurrentIndex(max(self.box.findData(self._original), 0))

    def tell_keys(self, action: QAction) -> None:
        """Let the tip of the button name the keys of what does the same."""
        if isinstance(action, KeyedAction):
            action.tell_keys(self.button, "Align the turns of the original and the translation")

    # Private slots

    def _on_chosen(self) -> None:
        document, chosen, study = self._document, self.box.currentData(), self.bridge.study
        original = None if chosen is None else DocumentId(chosen)
        if document is None or original == self._original:
            return
        if not self.bridge.attempt(partial(succeeds, partial(set_original, study, document, original=original))):
            with QSignalBlocker(self.box):
                self.box.setCurrentIndex(max(self.box.findData(self._original), 0))
        elif original is not None and (said := differing_voices(study, document, original)):
            self.bridge.informed.emit(said)


def succeeds(deed: Callable[[], object]) -> bool:
    """Do a deed that answers nothing, so that it can be told from one that was refused."""
    deed()
    return True
