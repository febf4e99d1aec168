"""What a document is a translation of: chosen beside its kind, with the way to both texts side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from qcode.ids import DocumentId
from qcode.operations.alignment import set_original
from qcode.queries.transcripts.alignment import differing_voices, translated
from qcode.queries.transcripts.documents import DocumentRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys import KeyedAction
from qcode.ui.theme import SPACE

_NOTHING = "nothing"


class OriginalChoice(QWidget):
    """A list of the other documents; what is chosen is written at once, or refused with a sentence."""

    sideBySideAsked = Signal(str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._document: DocumentId | None = None
        self._original: DocumentId | None = None
        self.box = _Choice(self)
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


class _Choice(QComboBox):
    """A list that opens before anything in it is chosen: each choice is a step, which passing over one is not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Translation of")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and letters open the list; in it Enter chooses."""
        if event.key() in _STEPS or event.text().strip():
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls what is around."""
        event.ignore()


_LETTERS = 10
_STEPS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}


def succeeds(deed: Callable[[], object]) -> bool:
    """Do a deed that answers nothing, so that it can be told from one that was refused."""
    deed()
    return True
