"""The panel in which one string, or several, are answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qcode.deidentification.strings import Listed
from qcode.ui import theme
from qcode.ui.known_names import FOR_NAMES
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.names.words import category_word
from qcode.ui.transcripts.parts import counted

_LONGEST = 100


class _Replacement(QComboBox):
    """Words to stand instead; Esc leaves the line."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName("Words that stand instead")
        self.line.setAccessibleName("Words that stand instead")
        self.line.setMaxLength(_LONGEST)
        self.line.setProperty(FOR_NAMES, True)  # noqa: FBT003  # Qt takes the value by place
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none for no completing

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class AnswerPanel(QFrame):
    """What is asked about, what would stand instead, and a button for each answer."""

    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._title = theme.label("", "heading")
        self._about = theme.label("", "small", "quiet")
        self._instead = theme.label("Replace with")
        self.replacement = _Replacement(self)
        self._instead.setBuddy(self.replacement)
        self.replace_button = QPushButton("Replace")
        self.replace_button.setProperty("kind", "primary")
        self.join_button = QPushButton("Same as…")
        self.keep_button = QPushButton("Not an identifier")
        self.here_button = QPushButton("Only here")
        self.later_button = QPushButton("Later")
        self.withdraw_button = QPushButton("Take back")
        self._lay_out()
        self.replacement.left.connect(self.left)
        self.replacement.line.returnPressed.connect(self.entered)

    # Properties

    @property
    def words(self) -> str:
        """What would stand instead, as it was chosen or typed."""
        return self.replacement.currentText().strip()

    @property
    def entity(self) -> str | None:
        """The id of whom the string would be another form of, if that was chosen and nothing else typed."""
        place = self.replacement.currentIndex()
        same = place >= 0 and self.replacement.itemText(place) == self.replacement.currentText()
        return self.replacement.itemData(place) if same else None

    @property
    def title(self) -> str:
        """What is asked about."""
        return self._title.text()

    # Methods

    def ask(self, rows: Sequence[Listed], offers: Sequence[tuple[str, str | None]], chosen: str = "") -> None:
        """Ask about strings, with offers of (words, id of whom it may be another form of); `chosen` is what holds."""
        several = len(rows) > 1
        self._title.setText(f"{len(rows):,} strings" if several else rows[0].text if rows else "")
        self._about.setText("Each gets its own pseudonym or words." if several else _told(rows[0]) if rows else "")
        self.replacement.clear()
        for words, entity in offers:
            self.replacement.addItem(words, entity)
        if chosen:
            self.replacement.setEditText(chosen)
        self.replacement.setEnabled(bool(rows))

    def go_to_words(self) -> None:
        """Put the keyboard into the line, on all its words."""
        self.replacement.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.replacement.line.selectAll()

    def buttons(self) -> tuple[QPushButton, ...]:
        """All buttons, in the order of their answers."""
        return (
            self.replace_button,
            self.join_button,
            self.keep_button,
            self.here_button,
            self.later_button,
            self.withdraw_button,
        )

    # Internal

    def _lay_out(self) -> None:
        for button in self.buttons()[1:]:
            button.setProperty("kind", "quiet")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(SPACE)
        first.addWidget(self._instead)
        first.addWidget(self.replacement, 1)
        first.addWidget(self.replace_button)
        for button in self.buttons()[1:]:
            second.addWidget(button)
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(first)
        column.addLayout(second)


def _told(row: Listed) -> str:
    places = counted(len(row.hits), "place") + (f" in {row.documents} files" if row.documents > 1 else "")
    return f"{category_word(row.category)} · {places} · found by {', '.join(row.by)}"
