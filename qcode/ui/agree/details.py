"""What there is to say about one code's agreement, and about all: in sentences, and in views beside them."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ui import work
from qcode.ui.agree.boundary_views import boundary_view, domain_view, segment_view
from qcode.ui.agree.drift import DriftPage
from qcode.ui.agree.figures import FigureRow, sentences
from qcode.ui.agree.matrix import MatrixPage
from qcode.ui.agree.page import Asked, Page
from qcode.ui.agree.plan_view import plan_view
from qcode.ui.agree.set_views import set_view
from qcode.ui.agree.views import coefficient_view, document_view, pair_view, printed_view, swapped_view
from qcode.ui.theme import SPACE, label

type AnyPage = Page | MatrixPage | DriftPage


class Details(QFrame):
    """The sentences behind a line of the table, the views of it and of all lines, and the way to its passages.

    Views of one line and of all have their tabs apart, and a switch between them. A view is computed in the background
    when it is looked at; an answer for another line than the one that has the cursor by then is dropped. It tells by
    `opened` that the passages behind a number are wanted.
    """

    passagesAsked = Signal()
    opened = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._task: work.Task | None = None
        self._asked: Asked | None = None
        self._path: tuple[str, ...] = ()
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
        self.passages.clicked.connect(self._on_passages)
        views = (coefficient_view(), pair_view(), document_view(), boundary_view(), segment_view())
        together = (domain_view(), set_view(), printed_view())
        self.views = QTabWidget(self)
        inside = self.views.findChild(QStackedWidget)  # where tabs go: made elsewhere, all in them is dressed twice
        pages = (Page(view, inside) for view in (*views, *together))
        rest = (MatrixPage(inside), Page(swapped_view(), inside), DriftPage(inside), Page(plan_view(), inside))
        self.pages: tuple[AnyPage, ...] = (*pages, *rest)
        self.of_code = _switch("This code", "Views of the code with the cursor")
        self.of_all = _switch("All codes together", "Views of all codes together, and of coders")
        self._looked_at = {False: 0, True: next(place for place, page in enumerate(self.pages, 1) if page.of_all)}
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

    @property
    def switches(self) -> tuple[QWidget, ...]:
        """What turns from the views of one line to those of all, and back."""
        return self.of_code, self.of_all

    # Methods

    def show_row(self, row: FigureRow | None, unit: str, asked: Asked | None = None) -> None:
        """Say everything about this line; without one, how to come to it."""
        self._asked = asked
        self.passages.setEnabled(row is not None)
        self._path = () if row is None else row.path
        if row is None:
            self.words.setText("Choose a code to read what its figures mean.")
        else:
            self.words.setText("\n".join(sentences(row, unit)))
        self._say_heading()
        self.words.setAccessibleName(f"{' › '.join(self._path)}. {self.words.text()}")
        self._compute()

    def choose(self, title: str) -> None:
        """Show a view by its name, and give it the focus."""
        place = self.titles.index(title)
        self._show_group(of_all=self._is_of_all(place), place=place)
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

    def _on_passages(self) -> None:
        page = self._page()
        if not (self.of_all.isChecked() and page is not None and page.open()):
            self.passagesAsked.emit()

    def _on_current(self, place: int) -> None:
        if self.views.isTabVisible(place):
            self._looked_at[self._is_of_all(place)] = place
        self._compute()

    # Internal

    def _is_of_all(self, place: int) -> bool:
        return place > 0 and self.pages[place - 1].of_all

    def _show_group(self, *, of_all: bool, place: int | None = None) -> None:
        """Show the tabs of one line or of all: one of them, or the one that was looked at last."""
        chosen = self._looked_at[of_all] if place is None else place
        self.views.setTabVisible(chosen, True)  # noqa: FBT003  # Qt has no names
        self.views.setCurrentIndex(chosen)
        for each in range(self.views.count()):
            self.views.setTabVisible(each, self._is_of_all(each) == of_all)
        self.of_code.setChecked(not of_all)
        self.of_all.setChecked(of_all)
        self._say_heading()

    def _say_heading(self) -> None:
        """What the views are about."""
        self.heading.setText("All codes" if self.of_all.isChecked() and self._path else " › ".join(self._path))

    def _page(self) -> AnyPage | None:
        place = self.views.currentIndex()
        return self.pages[place - 1] if place > 0 else None

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addSpacing(SPACE)
        top.addWidget(self.busy)
        top.addStretch()
        for switch, of_all in ((self.of_code, False), (self.of_all, True)):
            switch.clicked.connect(partial(self._show_group, of_all=of_all))
            top.addWidget(switch)
        top.addSpacing(SPACE)
        top.addWidget(self.passages)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.words)
        self.views.setDocumentMode(True)
        self.views.setAccessibleName("What is said of the agreement")
        self.views.addTab(scroll, "In words")
        for page in self.pages:
            self.views.addTab(page, page.title)
            page.opened.connect(self.opened)
        self._show_group(of_all=False)
        self.views.currentChanged.connect(self._on_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(self.views, 1)


def _switch(words: str, about: str) -> QToolButton:
    made = QToolButton()
    made.setText(words)
    made.setToolTip(about)
    made.setAccessibleName(about)
    made.setProperty("kind", "tab")
    made.setCheckable(True)
    made.setAutoExclusive(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
