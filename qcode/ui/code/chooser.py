"""A small panel beside a passage that asks which of its codings is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from qcode.queries.codings import CodingRow
from qcode.ui.code.lines import Line, LineList
from qcode.ui.theme import SPACE, label

_WIDTH = 44 * SPACE
_MOST = 34 * SPACE
_SHORT = 38
ALL = "all"


class CodingChooser(QFrame):
    """Lies over its parent while a coding is chosen: Enter takes one, Esc none, and the focus goes back."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self.setProperty("surface", "overlay")
        self.setAutoFillBackground(True)
        self._question = label("", tone="quiet")
        self.list = LineList("Codings to choose from", self)
        self._chosen: Callable[[str], object] | None = None
        self._before: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._question)
        column.addWidget(self.list, 1)
        column.addWidget(label("Enter choose · Esc leave", "small", "quiet"))
        self.list.lineActivated.connect(self._on_chosen)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    # Properties

    @property
    def question(self) -> str:
        """What is asked."""
        return self._question.text()

    # Methods

    def ask(
        self, question: str, rows: Iterable[CodingRow], anchor: QRect, chosen: Callable[[str], object], *, all_too: bool
    ) -> None:
        """Ask which of these codings is meant; `chosen` gets its id, or "all"."""
        lines = [coding_line(row) for row in rows]
        if all_too:
            lines.append(Line(ALL, f"All {len(lines)} of them"))
        self._question.setText(question)
        self.setAccessibleName(question)
        self._chosen = chosen
        self._before = QApplication.focusWidget()
        self.list.set_lines(lines)
        self.list.set_current(lines[0].key)
        self.resize(_WIDTH, _MOST)
        self.show()  # entries are as high as the width that they are shown at makes them
        self._place(anchor)
        self.raise_()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close without a choice."""
        if self.isHidden():
            return
        now, before = QApplication.focusWidget(), self._before
        self._before = self._chosen = None
        self.hide()
        if before is not None and (now is None or self.isAncestorOf(now)):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; no key goes on to what lies below."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    # Private slots

    def _on_chosen(self, key: str) -> None:
        chosen = self._chosen
        self.leave()
        if chosen is not None:
            chosen(key)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and now is not self and not self.isAncestorOf(now):
            self.leave()

    # Internal

    def _place(self, anchor: QRect) -> None:
        from qcode.ui.code_palette.placing import beside

        room = self._room.rect()
        rows = sum(self.list.sizeHintForRow(row) for row in range(len(self.list.lines)))
        size = QSize(_WIDTH, min(rows + 10 * SPACE, _MOST)).boundedTo(room.size())
        self.resize(size)
        self.move(beside(anchor, size, room))


def coding_line(row: CodingRow, brief: str = "") -> Line:
    """A coding as an entry of a list: its code, whose it is, the definition in brief, and what was noted."""
    marks = (
        ("unsure", row.unsure),
        ("illustrative", row.illustrative),
        ("negative case", row.negative_case),
        ("words corrected since", row.altered),
    )
    noted = " · ".join(name for name, holds in marks if holds)
    notes = tuple(note for note in (brief, noted, _short(row.comment) if row.mine else row.comment) if note)
    return Line(row.id, row.name, right="you" if row.mine else row.coder_name, notes=notes, slot=row.colour)


def _short(comment: str) -> str:
    """The beginning of one's own comment: all of it stands in its field."""
    words = " ".join(comment.split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"
