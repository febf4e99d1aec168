"""What there is to say about one code's agreement, and about all: in sentences, and in views beside them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from qcode.ui import work
from qcode.ui.agree.boundary_views import boundary_view, domain_view, segment_view
from qcode.ui.agree.drift import DriftPage
from qcode.ui.agree.figures import FigureRow, sentences
from qcode.ui.agree.matrix import MatrixPage
from qcode.ui.agree.page import Asked, Page
from qcode.ui.agree.set_views import set_view
from qcode.ui.agree.views import coefficient_view, document_view, pair_view, printed_view, swapped_view
from qcode.ui.theme import SPACE, label

type AnyPage = Page | MatrixPage | DriftPage


class Details(QFrame):
    """The sentences behind a line of the table, the views of it, and the way to its passages.

    A view is computed in the background when it is looked at; an answer for another line than the one that has the
    cursor by then is dropped. It tells by `opened` that the passages behind a number are wanted.
    """

    passagesAsked = Signal()
    opened = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._task: work.Task | None = None
        self._asked: Asked | None = None
        self._answered: dict[int, object] = {}
        self.heading = label("", "heading")
        self.busy = label("", "small", "quiet")
        self.words = label()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setMaximumWidth(115 * SPACE)
        self.passages = QPushButton("Show passages")
        self.passages.setProperty("kind", "quiet")
        self.passages.clicked.connect(self.passagesAsked)
        views = (coefficient_view(), pair_view(), document_view(), boundary_view(), segment_view())
        together = (domain_view(), set_view(), printed_view())
        pages = map(Page, (*views, *together))
        self.pages: tuple[AnyPage, ...] = (*pages, MatrixPage(), Page(swapped_view()), DriftPage())
        self._lay_out()
        self.show_row(None, "sentence")

    # Properties

    @property
    def computing(self) -> bool:
        """Whether the view that is looked at waits for its answer."""
        return self._task is not None

    @property
    def titles(self) -> list[str]:
        """The views by name, in their order."""
        return [self.views.tabText(place) for place in range(self.views.count())]

    # Methods

    def show_row(self, row: FigureRow | None, unit: str, asked: Asked | None = None) -> None:
        """Say everything about this line; without one, how to come to it."""
        self._asked = asked
        self.passages.setEnabled(row is not None)
        if row is None:
            self.heading.setText("")
            self.words.setText("Choose a code to read what its figures mean.")
        else:
            self.heading.setText(" › ".join(row.path))
            self.words.setText("\n".join(sentences(row, unit)))
        self.words.setAccessibleName(f"{self.heading.text()}. {self.words.text()}")
        self._compute()

    def choose(self, title: str) -> None:
        """Show a view by its name, and give it the focus."""
        self.views.setCurrentIndex(self.titles.index(title))
        page = self._page()
        (self.words if page is None else page.table).setFocus()

    def page(self, title: str) -> AnyPage:
        """A view by its name."""
        return next(page for page in self.pages if page.title == title)

    def open_passages(self) -> bool:
        """Ask for the passages behind the number with the cursor, if a view has the focus; says whether one does."""
        page = self._page()
        return page is not None and page.table.hasFocus() and page.open()

    # Private slots

    def _compute(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        page, asked = self._page(), self._asked
        if page is None or asked is None or self._answered.get(id(page)) == page.about(asked):
            self.busy.setText("")
            return
        self.busy.setText("Computing…")
        self._task = work.run(
            self,
            lambda _progress: page.deed(asked),
            done=lambda rows: self._on_answer(page, asked, rows),
            refused=self._on_refused,
        )

    def _on_answer(self, page: AnyPage, asked: Asked, rows: list[Any]) -> None:
        self._task = None
        self.busy.setText("")
        self._answered[id(page)] = page.about(asked)
        page.show_answer(asked, rows)

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self.busy.setText("")
        self.refused.emit(sentence)

    # Internal

    def _page(self) -> AnyPage | None:
        place = self.views.currentIndex()
        return self.pages[place - 1] if place > 0 else None

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addSpacing(SPACE)
        top.addWidget(self.busy)
        top.addStretch()
        top.addWidget(self.passages)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.words)
        self.views = QTabWidget()
        self.views.setDocumentMode(True)
        self.views.setAccessibleName("What is said of the agreement")
        self.views.addTab(scroll, "In words")
        for page in self.pages:
            self.views.addTab(page, page.title)
            page.opened.connect(self.opened)
        self.views.currentChanged.connect(self._compute)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(self.views, 1)
