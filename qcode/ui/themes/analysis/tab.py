"""The tab Analysis of the Themes room: its pages at the left, and the one that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QWidget

from qcode.queries.approach import measures_agreement
from qcode.queries.team import study_card
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.theme import SPACE
from qcode.ui.themes.analysis.kept_corpus import KeptCorpus
from qcode.ui.themes.analysis.page import AnalysisPage
from qcode.ui.themes.analysis.pages import PAGES, SATURATION, Entry
from qcode.ui.themes.page import ThemesPage

_VIEWS: Final = {
    "both": "Show plot and table",
    "plot": "Show the plot alone",
    "table": "Show the table alone",
}


class AnalysisTab(ThemesPage):
    """Counts what was coded, draws it, and leads from every number to its passages."""

    kinds: ClassVar[tuple[str, ...]] = (
        "coding", "code", "theme", "theme_code", "document", "revision", "turn_link", "site", "speaker", "participant",
        "attribute", "attribute_level", "attribute_value", "assignment", "round", "coder", "study", "decision",
        "assent", "region", "saved_query", "survey", "survey_theme", "quote", "attribution_policy",
        "attribution_exception",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.kept = KeptCorpus()
        self._built: dict[str, AnalysisPage] = {}
        self.list, self.pages = QListWidget(), QStackedWidget()
        self._actions: list[QAction] = []
        self._lay_out()
        self._actions += [*self._page_actions(), *self._deeds()]
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.setCurrentRow(0)
        self.setFocusProxy(self.list)

    # Properties

    @property
    def computing(self) -> bool:
        """Whether the page that is looked at waits for an answer."""
        return any(page.computing for page in self._built.values())

    @property
    def shown(self) -> AnalysisPage:
        """The page that is looked at."""
        return self.page(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    # Methods

    def refresh(self) -> None:
        """Ask the page that is looked at again; the others when they are next."""
        self._offer_saturation()
        self._fit_list()
        for page in self._built.values():
            page.is_stale = True
        self.shown.refresh()

    def page(self, key: str) -> AnalysisPage:
        """A page, built if nobody looked at it yet."""
        if key not in self._built:
            entry = next(entry for entry in PAGES if entry.key == key)
            made = self._built[key] = entry.build(self.bridge, self.kept, self.pages)
            self.pages.addWidget(made)
            made.requestPassages.connect(self.requestPassages)
            made.requestPlace.connect(self.requestPlace)
            self.enable_actions(seen=self.isVisible())
            self.actionsChanged.emit()
        return self._built[key]

    def show_page(self, key: str) -> AnalysisPage:
        """Show a page."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == key and not item.isHidden():
                self.list.setCurrentRow(row)
        return self.page(key)

    def page_actions(self) -> list[QAction]:
        """What can be done here."""
        return [*self._actions, *(action for page in self._built.values() for action in page.page_actions())]

    def enable_actions(self, *, seen: bool) -> None:
        """Offer what can be done here while the tab is seen, and of its pages what can be done on the one shown."""
        shown = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        for action in self._actions:
            action.setEnabled(seen)
        for key, page in self._built.items():
            for action in page.page_actions():
                action.setEnabled(seen and key == shown)

    def build_all(self) -> None:
        """Build every page."""
        for entry in PAGES:
            self.page(entry.key)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        for page in self._built.values():
            page.update_theme()
        self._fit_list()

    # Private slots

    def _on_chosen(self, _item: object = None) -> None:
        page = self.shown
        self.pages.setCurrentWidget(page)
        self.enable_actions(seen=self.isVisible())
        if page.is_stale and self.isVisible():
            page.refresh()

    # Internal

    def _offer_saturation(self) -> None:
        """Saturation is shown where the approach of the study knows it."""
        row = next((place for place, entry in enumerate(PAGES) if entry.key == SATURATION), None)
        if row is None:
            return
        known = measures_agreement(study_card(self.bridge.study).approach)
        if not known and self.list.currentRow() == row:
            self.list.setCurrentRow(0)
        self.list.item(row).setHidden(not known)
        self._shows[row].setVisible(known)

    def _fit_list(self) -> None:
        """Rows as high as the type is today, and wide enough for their names."""
        metrics = self.list.fontMetrics()
        high = metrics.height() + 2 * SPACE
        self.list.setMinimumWidth(max(metrics.horizontalAdvance(entry.title) for entry in PAGES) + 4 * SPACE)
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, high))

    def _page_actions(self) -> Sequence[QAction]:
        self._shows = [
            make_action(
                self, f"Analysis: {entry.title[0].lower()}{entry.title[1:]}", partial(self._go, entry),
                key=f"analysis.{entry.key}", context=WITHIN,
            )
            for entry in PAGES
        ]  # fmt: skip
        return self._shows

    def _deeds(self) -> list[QAction]:
        def on_page(deed: Callable[[AnalysisPage], None]) -> Callable[[], None]:
            return lambda: deed(self.shown)

        return [
            make_action(
                self, "Show the passages behind the figure", on_page(lambda page: page.open_passages()),
                "Ctrl+Return", "Ctrl+Enter", key="analysis.passages", context=WITHIN,
            ),
            make_action(
                self, "Save the table…", on_page(lambda page: page.save_table()), "Ctrl+S",
                key="analysis.save-table", context=WITHIN,
            ),
            make_action(
                self, "Save the plot…", on_page(lambda page: page.save_plot()), key="analysis.save-plot",
                context=WITHIN,
            ),
            *(
                make_action(
                    self, name, partial(self._show_view, view), key=f"analysis.view-{view}", context=WITHIN,
                )
                for view, name in _VIEWS.items()
            ),
        ]  # fmt: skip

    def _show_view(self, view: str) -> None:
        self.shown.show_view(view)

    def _go(self, entry: Entry) -> None:
        self.show_page(entry.key).entry().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Pages of the analysis")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMinimumWidth(18 * SPACE)
        for entry in PAGES:
            item = QListWidgetItem(entry.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, entry.key)
            item.setToolTip(entry.about)
        self.list.setSpacing(1)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.list)
        panes.addWidget(self.pages)
        panes.setStretchFactor(1, 1)
        panes.setSizes([20 * SPACE, 100 * SPACE])
        panes.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(panes)
