"""The middle of the tab Themes: outline, board, map or framework, with one cursor on one theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import QuoteId, ThemeId
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE
from qcode.ui.themes.outline import Outline
from qcode.ui.themes.view import Counting, ThemesView


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A view before it is built: its key, its name, what the action says that shows it, and the class that makes it."""

    key: str
    title: str
    action: str
    module: str = ""
    name: str = ""

    def build(self, bridge: StudyBridge, counting: Counting, parent: QWidget) -> ThemesView:
        """Load the view and make it where it will be."""
        made: ThemesView = getattr(import_module(self.module), self.name)(bridge, counting, parent)
        return made


VIEWS = (
    ViewEntry("outline", "Outline", "Show the outline of themes"),
    ViewEntry("board", "Board", "Show the board of themes", "qcode.ui.themes.board", "BoardView"),
    ViewEntry("map", "Map", "Show the map of themes", "qcode.ui.themes.map", "MapView"),
    ViewEntry("framework", "Framework", "Show the framework", "qcode.ui.themes.framework", "FrameworkView"),
)


class Middle(QFrame):
    """Shows one view of the themes; choosing another puts its cursor on the same theme."""

    beginAsked = Signal()
    viewChanged = Signal(str)
    built = Signal(object)

    def __init__(self, bridge: StudyBridge, outline: Outline, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self.counting = bridge, Counting(bridge)
        self.outline, self.empty = outline, empty
        self.shown = "outline"
        self._views: dict[str, ThemesView] = {}
        self._nothing = False
        self.menu_actions: Callable[[], Sequence[QAction]] = tuple
        self.setProperty("surface", "page")
        self.bar = QFrame()  # stands above all panes: beside them there is no room for it in a small window
        self.pages = QStackedWidget()
        self.pages.addWidget(outline)
        self.pages.addWidget(empty)
        self._lay_out()

    # Properties

    @property
    def view(self) -> Outline | ThemesView:
        """The view that is shown."""
        return self.outline if self.shown == "outline" else self.view_of(self.shown)

    @property
    def built_views(self) -> list[ThemesView]:
        """The views beside the outline that were looked at."""
        return list(self._views.values())

    @property
    def computing(self) -> bool:
        """Whether a view is reading in a worker."""
        return any(view.computing for view in self._views.values())

    @property
    def theme(self) -> ThemeId | None:
        """The theme that is chosen in the view that is shown, else in the outline."""
        return self.view.theme or self.outline.theme

    # Methods

    def view_of(self, key: str) -> ThemesView:
        """A view beside the outline, built if nobody looked at it yet."""
        if key not in self._views:
            entry = next(entry for entry in VIEWS if entry.key == key)
            self._views[key] = entry.build(self._bridge, self.counting, self.pages)
            self.pages.addWidget(self._views[key])
            self.built.emit(self._views[key])
        return self._views[key]

    def build_all(self) -> None:
        """Build every view."""
        for entry in VIEWS[1:]:
            self.view_of(entry.key)

    def show_view(self, key: str) -> None:
        """Show a view, with its cursor on the theme that is chosen."""
        chosen, inside = self.theme, self.pages.isAncestorOf(QApplication.focusWidget() or self)
        self.keep_writing()
        self.shown = key
        self._buttons[key].setChecked(True)
        if chosen is not None and isinstance(self.view, ThemesView):
            self.view.reveal_theme(chosen)
        elif chosen is not None and self.outline.theme != chosen:
            self.outline.reveal(("theme", chosen))
        self._show_page()
        if inside:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewChanged.emit(key)

    def reveal_theme(self, theme: ThemeId) -> None:
        """Put the cursor on a theme in the outline, and in the view that is shown."""
        self.outline.reveal(("theme", theme))
        if isinstance(self.view, ThemesView):
            self.view.reveal_theme(theme)

    def reveal_quote(self, quote: QuoteId) -> None:
        """Put the cursor on a quote."""
        self.outline.reveal(("quote", quote))
        if isinstance(self.view, ThemesView):
            self.view.reveal_quote(quote)

    def show_nothing(self, *, nothing: bool) -> None:
        """Show that there are no themes yet, or the view again."""
        self._nothing = nothing
        self._show_page()

    def begins(self, *, below: bool) -> bool:
        """Let the name of a theme to come be written in the view that is shown, if one can write there."""
        view = self.view
        return not self._nothing and isinstance(view, ThemesView) and view.begin_theme(below=below)

    def keep_writing(self) -> None:
        """Keep what is half written anywhere."""
        self.outline.keep_writing()
        for view in self._views.values():
            view.keep_writing()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.outline.viewport().update()
        for view in self._views.values():
            view.update_theme()

    # Internal

    def _show_page(self) -> None:
        shown = self.empty if self._nothing else self.view
        self.pages.setCurrentWidget(shown)
        self.setFocusProxy(self.empty.button if self._nothing else shown)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.addWidget(self.pages, 1)
        self.bar.setProperty("surface", "page")
        top = QHBoxLayout(self.bar)
        top.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        top.setSpacing(SPACE // 2)
        group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for entry in VIEWS:
            button = QToolButton()
            button.setText(entry.title)
            button.setProperty("kind", "tab")
            button.setCheckable(True)
            button.setChecked(entry.key == self.shown)
            button.clicked.connect(partial(self.show_view, entry.key))
            group.addButton(button)
            self._buttons[entry.key] = button
            top.addWidget(button)
        top.addStretch()
        add = QPushButton("Add theme")
        add.setProperty("kind", "quiet")
        add.setToolTip("N; with Shift below the theme that is chosen")
        add.clicked.connect(lambda _checked: self.beginAsked.emit())
        top.addWidget(add)
        top.addWidget(self._more())

    def _more(self) -> QPushButton:
        more = QPushButton("More…")
        more.setProperty("kind", "quiet")
        more.setAccessibleName("More to do with the themes")

        def show() -> None:
            menu = QMenu(more)
            menu.addActions(list(self.menu_actions()))
            menu.exec(more.mapToGlobal(more.rect().bottomLeft()))
            menu.deleteLater()

        more.clicked.connect(show)
        return more
