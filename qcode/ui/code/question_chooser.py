"""The panel in which one chooses by letters which question of the guide a turn asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qcode.queries.transcripts.guides import GuideRow, QuestionRow
from qcode.text.fuzzy import ranked
from qcode.ui.code.lines import Line, LineList
from qcode.ui.overlay import Overlay
from qcode.ui.theme import SPACE, label

_STEPS = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1, Qt.Key.Key_PageUp.value: -8, Qt.Key.Key_PageDown.value: 8}
_ENTER = (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value)
_ATTACHED = "✓ attached"
OTHER = ""
"""The key of the entry for what is in no guide."""


class QuestionChooser(Overlay):
    """Enter attaches a question to the turn, or takes it away; Esc leaves."""

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._lines: Sequence[Line] = ()
        self._found: Sequence[Line] = ()
        self.line = _Line(self)
        self.list = LineList("Questions of the guide", self)
        self._title = label("", "heading")
        self._said = label("", "small", "quiet")
        self._nothing = label("No question has these letters.", tone="quiet")
        self.setAccessibleName("Attach a question to this turn")
        self.line.setPlaceholderText("Type a number or some letters of a question")
        self.line.setAccessibleName("Question that this turn asks")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.textChanged.connect(self._on_typed)
        self.list.lineActivated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        self._said.setWordWrap(True)
        for part in (self._title, self._said, self.line):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing)
        column.addWidget(label("Enter attach, or take away · Esc leave", "small", "quiet"))

    # Methods

    def ask(self, words: str, guides: Sequence[GuideRow], attached: Collection[str]) -> None:
        """Offer the questions of these guides for a turn that begins with some words; those attached come first."""
        rows = [(row, guide) for guide in guides for row in guide.every]
        rows.sort(key=lambda one: one[0].id not in attached)
        several = len(guides) > 1
        lines = [_line(row, guide.name if several else "", row.id in attached) for row, guide in rows]
        other = Line(OTHER, "Something else is asked here", right="ends the answer before", quiet=True)
        self._lines = [*lines, other]
        self._title.setText("What does this turn ask?")
        self._said.setText(words)
        self.line.clear()
        self._on_typed("")
        self.open_over(self.line)

    def press(self, key: int) -> bool:
        """Do what a key pressed in the line asks for; says whether it was one of ours."""
        if key in _STEPS:
            self._move(_STEPS[key])
        elif key in _ENTER:
            if self.list.current_key is not None and self._found:
                self._take(self.list.current_key)
        else:
            return False
        return True

    # Private slots

    def _on_typed(self, typed: str) -> None:
        names = [line.name for line in self._lines]
        number = [line for line in self._lines if line.name.startswith(f"{typed.strip().lower()}. ")]
        places = ranked(typed, names) if typed.strip() else range(len(self._lines))
        found = [self._lines[place] for place in places]
        self._found = [*number, *(line for line in found if line not in number)] if typed.strip() else found
        self.list.set_lines(self._found)
        self._nothing.setVisible(not self._found)
        if self._found:
            self.list.set_current(self._found[0].key)
            self.list.scrollToTop()
        self._describe()

    # Internal

    def _move(self, step: int) -> None:
        if self._found:
            at = next((n for n, line in enumerate(self._found) if line.key == self.list.current_key), 0)
            self.list.set_current(self._found[min(max(at + step, 0), len(self._found) - 1)].key)
            self._describe()

    def _take(self, key: str) -> None:
        self.close_panel()
        self.chosen.emit(key)

    def _describe(self) -> None:
        """Let a screen reader say the entry that Enter takes, as the focus stays in the line."""
        line = next((line for line in self._found if line.key == self.list.current_key), None)
        self.line.setAccessibleDescription(line.words if line else self._nothing.text())


class _Line(QLineEdit):
    """A line from which the list below is moved through."""

    def __init__(self, chooser: QuestionChooser) -> None:
        super().__init__(chooser)
        self._chooser = chooser

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down and Enter are the list's, Esc the panel's."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif not self._chooser.press(event.key()):
            super().keyPressEvent(event)


def _line(row: QuestionRow, guide: str, attached: bool) -> Line:
    former = f"asked until version {row.until}" if row.until is not None else ""
    right = _ATTACHED if attached else former or guide
    return Line(row.id, f"{row.number}. {row.text}", right=right, quiet=row.until is not None)
