"""A bar that asks for a few words where they are needed: what stands in brackets, who speaks, where a quote is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCompleter, QFrame, QGridLayout, QLabel, QWidget
from shiboken6 import isValid

from qcode.ui.limited_line import LimitedLine
from qcode.ui.theme import SPACE, label

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Blank:
    """One field to fill: its name, what stands in it at first, and what was written in such a field before."""

    name: str
    words: str = ""
    known: Sequence[str] = ()
    example: str = ""


class AskingBar(QFrame):
    """Asks for one or two short texts. Enter keeps them, Esc leaves, and the focus goes back to where it was."""

    tooLong = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._keep: Callable[[list[str]], bool] | None = None
        self._before: QWidget | None = None
        self.question = label()
        self.question.setWordWrap(True)
        self.names = [label(), label()]
        self.fields = [LimitedLine(LONGEST, self) for _number in range(2)]
        self.hint = label("Enter keeps · Esc leaves", "small", "quiet")
        for field in self.fields:
            field.tooLong.connect(self.tooLong)
        self._lay_out()
        self.hide()

    # Methods

    def ask(self, question: str, blanks: Sequence[Blank], keep: Callable[[list[str]], bool]) -> None:
        """Ask; `keep` is given what was written and says whether that was taken. If not, the bar stays."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._keep = keep
        self.question.setText(question)
        for number, (name, field) in enumerate(zip(self.names, self.fields, strict=True)):
            blank = blanks[number] if number < len(blanks) else None
            for part in (name, field):
                part.setVisible(blank is not None)
            if blank is not None:
                self._prepare(name, field, blank, question, alone=len(blanks) == 1)
        self.show()
        self.fields[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.fields[0].selectAll()

    def close_bar(self) -> None:
        """Leave without keeping anything; the focus goes back."""
        self._keep = None
        if self.isHidden():
            return
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if inside and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, or goes on to a second field that is empty; Esc leaves; no other key goes further."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        event.accept()

    # Private slots

    def _on_enter(self) -> None:
        first, second = self.fields
        if first.hasFocus() and second.isVisible() and not second.text() and first.text().strip():
            second.setFocus(Qt.FocusReason.TabFocusReason)
            return
        keep = self._keep
        if keep is not None and keep([field.text().strip() for field in self.fields if field.isVisible()]):
            self.close_bar()

    # Internal

    def _prepare(self, name: QLabel, field: LimitedLine, blank: Blank, question: str, *, alone: bool) -> None:
        name.setText(blank.name)
        field.setText(blank.words)
        field.setPlaceholderText(blank.example)
        field.setAccessibleName(question if alone else f"{blank.name}: {question}")
        completer = QCompleter(QStringListModel(list(blank.known), field), field)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        field.setCompleter(completer)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.addWidget(self.question, 0, 0, 1, 4)
        for number, (name, field) in enumerate(zip(self.names, self.fields, strict=True)):
            grid.addWidget(name, 1, 2 * number)
            grid.addWidget(field, 1, 2 * number + 1)
            grid.setColumnStretch(2 * number + 1, 1)
        grid.addWidget(self.hint, 2, 0, 1, 4)
