"""The codings at the caret: whose they are, how sure, what was noted; one's own are changed here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from qcode.queries.codings import CodingRow
from qcode.ui.code.chooser import coding_line
from qcode.ui.code.codebook.definition_fields import GrowingField
from qcode.ui.code.lines import Line, LineList, letters
from qcode.ui.code.weight_field import WeightField
from qcode.ui.theme import SPACE, label

_NOTHING = "Nothing is coded here. Select a passage and type a few letters of a code."
_MOST = 60
_LEAST = 34
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommentField(GrowingField):
    """A comment on a coding: Enter keeps it, Shift+Enter begins a row, Esc leaves it as it was."""

    kept = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Comment on the coding", "Comment", parent)
        self._saved = ""

    # Methods

    @property
    def typed(self) -> str | None:
        """What was typed and is not kept yet."""
        typed = self.toPlainText().strip()
        return typed if typed != self._saved else None

    def show_comment(self, comment: str) -> None:
        """Show what is saved."""
        self._saved = comment
        if self.toPlainText() != comment:
            self.setPlainText(comment)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc leaves; everything else is Qt's."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._keep()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._saved)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is kept."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._keep()

    # Internal

    def _keep(self) -> None:
        typed = self.typed
        if typed is not None:
            self._saved = typed
            self.kept.emit(typed)


class CodingsHere(QFrame):
    """A list of codings, and below it what can be said of the marked one."""

    codingChosen = Signal(str)
    commentGiven = Signal(str, str)
    unsureGiven = Signal(str, bool)
    illustrativeGiven = Signal(str, bool)
    negativeGiven = Signal(str, bool)
    weightGiven = Signal(str, object)
    removeAsked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.brief_of: Callable[[CodingRow], str] = lambda _row: ""
        self._rows: dict[str, CodingRow] = {}
        self._shown: CodingRow | None = None
        self._nothing = label(_NOTHING, tone="quiet")
        self.list = LineList("Codings here", self)
        self.comment = CommentField(self)
        self._more = label("", "small", "quiet")
        self.unsure = self._toggle("Unsure", "Unsure (Ctrl+U)")
        self.illustrative = self._toggle("Illustrative", "Illustrative (Ctrl+Shift+I)")
        self.negative = self._toggle("Negative case", "Negative case (Ctrl+Shift+N)")
        self.remove = self._button("✕", "Remove this coding")
        self.weight = WeightField(self)
        self._uses_weights = False
        self._own = QWidget(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()

    # Properties

    @property
    def current(self) -> CodingRow | None:
        """The coding that is marked."""
        return self._shown

    @property
    def rows(self) -> tuple[CodingRow, ...]:
        """The codings that are listed."""
        return tuple(self._rows.values())

    # Methods

    def show_codings(self, rows: Sequence[CodingRow]) -> None:
        """List these codings, of very many only the first; the marked one stays if it is among them."""
        key = self.list.current_key
        self._rows = {row.id: row for row in rows[:_MOST]}
        self.list.set_lines([self._line(row) for row in self._rows.values()])
        if key not in self._rows and rows:
            own = next((row for row in self._rows.values() if row.mine), rows[0])
            self.list.set_current(own.id)
        self._more.setText(f"and {len(rows) - _MOST} more" if len(rows) > _MOST else "")
        self._more.setVisible(len(rows) > _MOST)
        self._stack.setCurrentWidget(self.list if rows else self._nothing)
        self._on_current(self.list.current_key or "")

    def edit_comment(self, coding: str) -> None:
        """Let a person write the comment on one of the listed codings."""
        if self.list.set_current(coding):
            self.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.comment.selectAll()

    def use_weights(self, *, used: bool) -> None:
        """Show weights, or keep them out of sight."""
        self._uses_weights = used
        self.weight.setVisible(used)

    def edit_weight(self, coding: str) -> None:
        """Let a person weigh one of the listed codings."""
        if self.list.set_current(coding):
            self.weight.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.weight.selectAll()

    def lock(self, *, locked: bool) -> None:
        """Let codings be read but not changed, as those of a document one is done with."""
        self.comment.setReadOnly(locked)
        self.weight.setReadOnly(locked)
        for button in (self.unsure, self.illustrative, self.negative, self.remove):
            button.setEnabled(not locked)

    # Events

    def changeEvent(self, event: QEvent) -> None:
        """Larger type needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(letters(_LEAST))

    # Private slots

    def _on_current(self, key: str) -> None:
        before, typed = self._shown, self.comment.typed
        self._shown = row = self._rows.get(key)
        self._own.setVisible(row is not None and row.mine)
        same = before is not None and before.id == key
        if row is not None and row.mine:
            if not (same and typed is not None and self.comment.hasFocus()):
                self.comment.show_comment(row.comment)
            if not (same and self.weight.hasFocus()):
                self.weight.show_weight(row.weight)
            self.unsure.setChecked(row.unsure)
            self.illustrative.setChecked(row.illustrative)
            self.negative.setChecked(row.negative_case)
        if before is not None and not same and typed is not None:
            self.commentGiven.emit(before.id, typed)

    def _on_comment(self, text: str) -> None:
        if self._shown is not None:
            self.commentGiven.emit(self._shown.id, text)

    def _on_weight(self, weight: int | None) -> None:
        if self._shown is not None:
            self.weightGiven.emit(self._shown.id, weight)

    def _on_remove(self) -> None:
        if self._shown is not None:
            self.removeAsked.emit(self._shown.id)

    # Internal

    def _is_first(self, row: CodingRow) -> bool:
        """Whether no entry above has the same code, whose definition is said once."""
        return row.id == next(other.id for other in self._rows.values() if other.code == row.code)

    def _line(self, row: CodingRow) -> Line:
        line = coding_line(row, self.brief_of(row) if self._is_first(row) else "")
        weighed = self._uses_weights and row.weight is not None
        return replace(line, right=f"{line.right} · weight {row.weight}") if weighed else line

    def _toggle(self, words: str, tip: str) -> QToolButton:
        button = self._button(words, words)
        button.setToolTip(tip)
        button.setCheckable(True)
        return button

    def _button(self, words: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _lay_out(self) -> None:
        title = label("Codings here", tone="quiet")
        title.setContentsMargins(SPACE // 2, SPACE, SPACE, SPACE)
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._nothing.setContentsMargins(SPACE // 2, 0, SPACE, SPACE)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE // 4)
        for button in (self.unsure, self.illustrative, self.negative):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        # What is below the list keeps its room while it is hidden: nothing jumps as the caret moves.
        policy = self._own.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._own.setSizePolicy(policy)
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, SPACE // 2, SPACE, SPACE)
        own.setSpacing(SPACE // 2)
        noting = QHBoxLayout()
        noting.setSpacing(SPACE // 2)
        noting.addWidget(self.comment, 1)
        noting.addWidget(self.weight, 0, Qt.AlignmentFlag.AlignTop)
        own.addLayout(noting)
        own.addLayout(buttons)
        self.use_weights(used=False)
        self.setMinimumWidth(letters(_LEAST))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE // 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.list)
        column.addWidget(self._stack, 1)
        column.addWidget(self._more)
        column.addWidget(self._own)

    def _connect(self) -> None:
        self.list.currentKeyChanged.connect(self._on_current)
        self.list.lineActivated.connect(self.codingChosen)
        self.comment.kept.connect(self._on_comment)
        self.comment.left.connect(self.left)
        self.weight.kept.connect(self._on_weight)
        self.weight.left.connect(self.left)
        for button, signal in (
            (self.unsure, self.unsureGiven),
            (self.illustrative, self.illustrativeGiven),
            (self.negative, self.negativeGiven),
        ):
            button.clicked.connect(lambda checked, signal=signal: self._emit(signal, checked))
        self.remove.clicked.connect(self._on_remove)

    def _emit(self, signal: object, checked: bool) -> None:
        if self._shown is not None:
            signal.emit(self._shown.id, checked)  # type: ignore[attr-defined]
