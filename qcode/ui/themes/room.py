"""The Themes room: building themes, the desk of quotes, and the analysis, each a tab that is built when first shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from qcode.ids import QuoteId, ThemeId
from qcode.operations.memos import Target
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.room import Room
from qcode.ui.tab_order import chain
from qcode.ui.themes.page import ThemesPage

if TYPE_CHECKING:
    from qcode.ui.themes.tab import ThemesTab


@dataclass(frozen=True, slots=True)
class TabEntry:
    """A tab before it is built: its key, its name, what the action says that shows it, and the class that makes it."""

    key: str
    title: str
    action: str
    module: str
    name: str

    def build(self, bridge: StudyBridge, parent: QWidget) -> ThemesPage:
        """Load the tab and make it where it will be."""
        made: ThemesPage = getattr(import_module(self.module), self.name)(bridge, parent)
        return made


TABS = (
    TabEntry("themes", "Themes", "Show the themes", "qcode.ui.themes.tab", "ThemesTab"),
    TabEntry("quotes", "Quotes", "Show the desk of quotes", "qcode.ui.themes.desk", "QuoteDesk"),
    TabEntry("analysis", "Analysis", "Show the analysis", "qcode.ui.themes.analysis", "AnalysisTab"),
)


class ThemesRoom(Room):
    """Holds the tabs, which read the study themselves; the room passes on what they ask for."""

    key: ClassVar[str] = "themes"
    title: ClassVar[str] = "Themes"
    kinds: ClassVar[tuple[str, ...]] = ("study",)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.tabs = QTabWidget(self)
        self._built: dict[str, ThemesPage] = {}
        self._places: list[QWidget] = []
        self._lay_out()
        self._shows = [self._show_action(entry) for entry in TABS]
        self.tabs.currentChanged.connect(self._on_tab)
        self._on_tab()

    # Properties

    @property
    def themes(self) -> ThemesTab:
        """The tab in which themes are built."""
        return cast("ThemesTab", self.page("themes"))

    @property
    def shown(self) -> ThemesPage:
        """The tab that is shown."""
        return self.page(TABS[self.tabs.currentIndex()].key)

    @property
    def computing(self) -> bool:
        """Whether a tab is reading in a worker."""
        return any(page.computing for page in self._built.values())

    # Methods

    def page(self, key: str) -> ThemesPage:
        """A tab, built if nobody looked at it yet."""
        if key not in self._built:
            self._build(key)
        return self._built[key]

    def show_tab(self, key: str) -> ThemesPage:
        """Show a tab."""
        self.tabs.setCurrentIndex([entry.key for entry in TABS].index(key))
        return self.page(key)

    def room_actions(self) -> list[QAction]:
        """What can be done here: going to a tab, and what can be done in those that were looked at."""
        return [*self._shows, *(action for page in self._built.values() for action in page.page_actions())]

    def build_all(self) -> None:
        """Build all tabs, and what waits in them."""
        for entry in TABS:
            self.page(entry.key).build_all()

    def go_to(self, place: Place) -> None:
        """Show what stands at a place, in the tab that is shown."""
        self.shown.go_to(place)

    def show_theme(self, theme: ThemeId) -> None:
        """Show a theme among the themes."""
        self.show_tab("themes").show_theme(theme)

    def show_quote(self, quote: QuoteId) -> None:
        """Show a quote among the themes."""
        self.show_tab("themes").show_quote(quote)

    def things(self) -> Sequence[Target]:
        """What is at hand in the tab that is shown."""
        return self.shown.things()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        for page in self._built.values():
            page.update_theme()

    # Private slots

    def _on_tab(self) -> None:
        """Build the tab that is shown, and offer what can be done in it alone."""
        shown = self.shown
        for page in self._built.values():
            page.enable_actions(seen=page is shown)
        self.setFocusProxy(shown)
        self._reach()

    # Internal

    def _build(self, key: str) -> ThemesPage:
        at = [entry.key for entry in TABS].index(key)
        place = self._places[at]
        page = TABS[at].build(self.bridge, place)
        page.setAccessibleName(TABS[at].title)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        page.requestPassages.connect(self.requestPassages)
        page.requestPlace.connect(self.requestPlace)
        page.requestMemos.connect(self.requestMemos)
        page.requestTheme.connect(self.show_theme)
        page.requestAttribution.connect(self.requestAttribution)
        page.actionsChanged.connect(self.actionsChanged)
        page.actionsChanged.connect(self._reach)
        page.enable_actions(seen=at == self.tabs.currentIndex())
        chain([self.tabs.tabBar(), *self._places])
        self._built[key] = page
        self._reach()
        self.actionsChanged.emit()
        return page

    def _reach(self) -> None:
        """Let what can be done anywhere in the tab that is shown be done from the bar of tabs too."""
        bar = self.tabs.tabBar()
        wide = [action for action in self.shown.page_actions() if action.shortcutContext() == WITHIN]
        for action in bar.actions():
            if action not in wide:  # two tabs may have one key, which must not meet here
                bar.removeAction(action)
        bar.addActions([action for action in wide if action not in bar.actions()])

    def _show_action(self, entry: TabEntry) -> QAction:
        def show() -> None:
            page = self.show_tab(entry.key)
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

        return make_action(self, entry.action, show, key=f"themes.tab-{entry.key}", context=WITHIN)

    def _lay_out(self) -> None:
        inside = self.tabs.findChild(QStackedWidget)  # where tabs go: made elsewhere, all in them is dressed twice
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(", ".join(entry.title for entry in TABS))
        self.tabs.tabBar().setAccessibleName("Themes")
        for entry in TABS:
            self._places.append(QWidget(inside))
            self.tabs.addTab(self._places[-1], entry.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
