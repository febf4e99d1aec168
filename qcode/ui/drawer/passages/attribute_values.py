"""A panel over the window in which it is chosen what an attribute says: values that are ticked, a range, or words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from qcode.queries.people.having import Having
from qcode.text.blocks import Subject
from qcode.text.typed import Kind, fold, meant, shown_number
from qcode.ui.drawer.acts import counted
from qcode.ui.overlay import Overlay
from qcode.ui.theme import SPACE, label

_HINT = "Space ticks · Enter filters · Esc leaves"
_NOTHING = "Choose a value first, or leave with Esc."
_BACKWARDS = "“From” is behind “to”: no value lies between them."
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True, slots=True)
class Value:
    """What an attribute can say, as it is stored and as one reads it, and how many passages it would leave."""

    text: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Question:
    """The attribute that is asked about, what it can say, and what was chosen of it before."""

    title: str
    subject: Subject
    column: str
    kind: Kind
    values: Sequence[Value]
    before: Having | None = None


class ValueChooser(Overlay):
    """Values are ticked in a list; numbers and dates have a range above it, and texts a line for a part of them."""

    size_wanted = (56 * SPACE, 50 * SPACE)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._question: Question | None = None
        self._chosen: Callable[[Having], object] | None = None
        self._title = label("", "heading")
        self.least, self.most, self.part = (self._line(name) for name in ("From", "To", "Contains"))
        self.list = _Values(self)
        self.sentence = label("", "small", "danger")
        self.sentence.setWordWrap(True)
        self.button = QPushButton("Filter", self)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.take)
        self._range, self._words = QWidget(self), QWidget(self)
        self._lay_out()

    # Methods

    def ask(self, question: Question, chosen: Callable[[Having], object]) -> None:
        """Ask; `chosen` is told the condition."""
        self._question, self._chosen = question, chosen
        self._title.setText(question.title)
        self.setAccessibleName(question.title)
        self.list.setAccessibleName(f"Values of {question.title}")
        ranged, before = question.kind in ("number", "date"), question.before
        self._range.setVisible(ranged)
        self._words.setVisible(question.kind == "text")
        for line, name in ((self.least, "From"), (self.most, "To")):
            line.clear()
            line.setPlaceholderText(f"{name}, such as {'40' if question.kind == 'number' else '2024-03'}")
        for line, bound in ((self.least, before.least), (self.most, before.most)) if before is not None else ():
            line.setText("" if bound is None else shown_bound(bound))
        self.part.setText(before.part if before else "")
        self.list.show_values(question.values, before.texts if before else ())
        self._say("")
        self.open_over(self.least if ranged else self.part if question.kind == "text" else self.list)

    def take(self) -> None:
        """Take what is ticked and typed; what is neither number nor date is said, and the panel stays."""
        question, chosen = self._question, self._chosen
        if question is None or chosen is None:
            return
        for line in (self.least, self.most):
            read = meant(line.text(), question.kind)
            if question.kind in ("number", "date") and (read.refused or read.unknown):
                self._say(read.refused or "A range goes from one value to another; tick “unknown” below.")
                line.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        condition = self._condition(question)
        if _is_backwards(condition):
            self._say(_BACKWARDS)
        elif condition.texts or condition.part or condition.least is not None or condition.most is not None:
            self.close_panel()
            chosen(condition)
        else:
            self._say(_NOTHING)

    # Internal

    def _condition(self, question: Question) -> Having:
        subject, column, texts = question.subject, question.column, self.list.ticked()
        if question.kind == "text":
            part = self.part.text().strip()
            return Having(subject, column, texts or self.list.marked() * (not part), part=part)
        if question.kind == "category":
            return Having(subject, column, texts or self.list.marked())
        least, most = (_bound(line.text(), question.kind) for line in (self.least, self.most))
        return Having(subject, column, texts or self.list.marked() * (least is None and most is None), least, most)

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def _line(self, name: str) -> QLineEdit:
        line = _Line(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(name)
        line.returnPressed.connect(self.take)
        return line

    def _lay_out(self) -> None:
        for pane, lines in ((self._range, (self.least, self.most)), (self._words, (self.part,))):
            row = QHBoxLayout(pane)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(SPACE)
            for line in lines:
                row.addWidget(line)
        foot = QHBoxLayout()
        foot.addWidget(label(_HINT, "small", "quiet"), 1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for part in (self._title, self._range, self._words, self.list, self.sentence):
            column.addWidget(part)
        column.addLayout(foot)
        self.list.enterPressed.connect(self.take)


class _Line(QLineEdit):
    """A line that leaves Esc to the panel."""

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is the panel's; all else is typed."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Values(QListWidget):
    """Values with a box before each; Enter takes what is ticked, or the one that is marked."""

    enterPressed = Signal()

    # Methods

    def show_values(self, values: Sequence[Value], ticked: Iterable[str]) -> None:
        """List the values, those chosen before ticked."""
        self.clear()
        chosen = {fold(text) for text in ticked}
        for value in values:
            item = QListWidgetItem(f"{value.name}  ·  {value.count:,}", self)
            item.setData(Qt.ItemDataRole.UserRole, value.text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{value.name}, {counted(value.count, 'coding')}")
            item.setCheckState(_CHECKED if fold(value.text) in chosen else _UNCHECKED)
        self.setCurrentRow(-1)

    def ticked(self) -> tuple[str, ...]:
        """The values that are ticked."""
        items = [self.item(line) for line in range(self.count())]
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is _CHECKED)

    def marked(self) -> tuple[str, ...]:
        """The value with the cursor, where the list has the focus."""
        item = self.currentItem() if self.hasFocus() else None
        return () if item is None else (item.data(Qt.ItemDataRole.UserRole),)

    # Events

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first value is marked as soon as the list is entered by keys."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Esc is the panel's; Space ticks, as in every list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enterPressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _bound(written: str, kind: Kind) -> float | str | None:
    content = meant(written, kind).content
    return (float(content) if kind == "number" else content) if content else None


def _is_backwards(condition: Having) -> bool:
    least, most = condition.least, condition.most
    if isinstance(least, str) and isinstance(most, str):
        return least[: len(most)] > most  # a month or year takes in all its days
    return isinstance(least, float) and isinstance(most, float) and least > most


def shown_bound(bound: float | str) -> str:
    """An end of a range as one reads it."""
    return bound if isinstance(bound, str) else shown_number(bound)
