"""What both pages have in common: a list of what waits at the left, and what is decided about at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.study import Place
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.kept_true import KeptTrue
from qcode.ui.keys.hints import KeyHint, Piece
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.page_over import lay_out_page, paper
from qcode.ui.theme import SPACE
from qcode.ui.wrapped_list import Said, WrappedList


class SettlingPage(KeptTrue):
    """A page over the Team tab. After each decision the next entry is shown; what undo brings back is shown again."""

    left = Signal()
    requestPlace = Signal(object)

    title = ""

    def __init__(self, bridge: StudyBridge, say: Callable[[Any], Said], parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._taking = False
        self.list = WrappedList(say, lambda row: row.key, self)
        self.list.setAccessibleName(self.title)
        self.count = theme.label("", tone="quiet")
        self.leave_button = QPushButton("Close")
        self.empty = EmptyState("")
        self.stack = QStackedWidget(self)
        self.side = QVBoxLayout()
        words, key = f"Leave {self.title.lower()}", f"{self.title.lower()}.leave"
        self.leave_action = make_action(self, words, self.leave, "Escape", key=key, context=WITHIN)

    # Methods

    def leave(self) -> None:
        """Go back to the Team tab."""
        self.left.emit()

    def entry(self) -> QWidget:
        """Where the keyboard begins."""
        return self.list if self.list.rows else self.leave_button

    def take_rows(self, rows: Sequence[Any], nothing: str) -> None:
        """Show these entries: the same one as before, or what came back, or what follows; or say that there is none."""
        focused = QApplication.focusWidget()
        before, place = [row.key for row in self.list.rows], max(self.list.currentIndex().row(), 0)
        came_back = next((number for number, row in enumerate(rows) if before and row.key not in before), None)
        self._taking = True
        self.list.set_rows(rows)
        kept = place < len(before) and before[place] in {row.key for row in rows}
        if came_back is not None and len(rows) > len(before):
            self._choose(came_back)
        elif before and not kept and rows:
            self._choose(min(place, len(rows) - 1))
        self._taking = False
        self.stack.setCurrentIndex(1 if rows else 0)
        self.empty.say(nothing)
        if not rows and focused is not None and self.isAncestorOf(focused):
            self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def list_action(self, name: str, deed: Callable[[], object], letter: str, *, key: str) -> QAction:
        """Something that is done with a letter while the list has the focus; elsewhere on the page one types."""
        return make_action(self.list, name, deed, letter, key=f"{self.title.lower()}.{key}")

    def lay_out(self, *hints: Piece) -> None:
        """Put the parts together; `hints` name the keys."""
        self.side.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        self.side.setSpacing(SPACE)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(paper(self.side))
        splitter.setSizes([45 * SPACE, 100 * SPACE])
        splitter.setStretchFactor(1, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(splitter)
        lay_out_page(self, self.title, self.count, KeyHint(*hints), self.leave_button, self.stack)
        self.leave_button.clicked.connect(self.leave)
        self.list.selectionModel().currentChanged.connect(self._on_current)

    def show_current(self) -> None:
        """Show the entry with the cursor at the right."""

    def go_to(self, place: Place) -> None:
        """Show a place in its transcript."""
        self.requestPlace.emit(place)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.mark_stale()

    # Private slots

    def _on_current(self) -> None:
        if not self._taking:
            self.show_current()

    # Internal

    def _choose(self, number: int) -> None:
        index = self.list.model().index(number, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)


def scrolled(inside: QWidget) -> QScrollArea:
    """Something that may be longer than there is room for."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for part in (inside, area.viewport()):
        part.setAutoFillBackground(False)
    return area


def html(text: str) -> str:
    """Words of a person, as they are, within marks of ours."""
    return escape(text).replace("\n", "<br>")


def in_context(before: str, text: str, after: str) -> str:
    """A passage between the words around it, which are quiet."""
    inks = theme.current()
    ahead = f'<span style="color:{inks.quiet}">… {html(before.partition(" ")[2])}</span>' if before else ""
    behind = f'<span style="color:{inks.quiet}">{html(after.rpartition(" ")[0])} …</span>' if after else ""
    return f'{ahead}<b style="color:{inks.text}">{html(text)}</b>{behind}'


def quiet(text: str) -> str:
    """Words in quiet ink."""
    return f'<span style="color:{theme.current().quiet}">{html(text)}</span>'
