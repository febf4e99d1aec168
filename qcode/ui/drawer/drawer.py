"""The drawer itself: a strip of names that stays, and the panel above which it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import MemoId
from qcode.operations.memos import Target
from qcode.queries.codings import Looking
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.hits import HitsOf
from qcode.ui.drawer.panel import Panel
from qcode.ui.icons import icon
from qcode.ui.theme import SPACE

if TYPE_CHECKING:
    from qcode.ui.drawer.history import HistoryPanel
    from qcode.ui.drawer.memos import MemosPanel
    from qcode.ui.drawer.passages import PassagesPanel
    from qcode.ui.drawer.search import SearchPanel

PANELS = {"passages": "Passages", "search": "Search", "memos": "Memos", "history": "History"}


class Drawer(QFrame):
    """Opens and folds; each panel is built when it is first needed and keeps what it shows.

    `current_things` tells what is at hand in the room, which a new memo would be about.
    """

    requestPlace = Signal(object)
    requestTheme = Signal(str)
    tookBack = Signal(object)
    openChanged = Signal(bool)
    searched = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "drawer")
        self.setAccessibleName("Drawer")
        self._bridge = bridge
        self._passages: PassagesPanel | None = None
        self._search: SearchPanel | None = None
        self._memos: MemosPanel | None = None
        self._history: HistoryPanel | None = None
        self.current_things: Callable[[], Sequence[Target]] = tuple
        self.hits = HitsOf(lambda: self._search)
        self._stack = QStackedWidget(self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._tabs = {key: self._tab(key, name) for key, name in PANELS.items()}
        self._fold = QToolButton(self)
        self._fold.clicked.connect(self.toggle)
        self._lay_out()
        self._shown = "passages"
        self._set_open(is_open=False)

    # Properties

    @property
    def is_open(self) -> bool:
        """Whether a panel can be seen."""
        return not self._stack.isHidden()

    @property
    def shown(self) -> str:
        """The key of the panel that is shown, or was last."""
        return self._shown

    @property
    def passages(self) -> PassagesPanel:
        """The passages that were asked for."""
        if self._passages is None:
            from qcode.ui.drawer.passages import PassagesPanel

            panel = self._passages = PassagesPanel(self._bridge, self)
            panel.requestPlace.connect(self.requestPlace)
            panel.requestMemo.connect(self.begin_memo)
            panel.requestMemos.connect(self.show_memos)
            self._stack.addWidget(panel)
        return self._passages

    @property
    def search(self) -> SearchPanel:
        """What was searched for."""
        if self._search is None:
            from qcode.ui.drawer.search import SearchPanel

            panel = self._search = SearchPanel(self._bridge, self)
            panel.requestPlace.connect(self.requestPlace)
            panel.requestPassages.connect(self.show_passages)
            panel.requestMemo.connect(self.show_memo)
            panel.searched.connect(self.searched)
            self._stack.addWidget(panel)
        return self._search

    @property
    def memos(self) -> MemosPanel:
        """Memos to find, read and write."""
        if self._memos is None:
            from qcode.ui.drawer.memos import MemosPanel

            panel = self._memos = MemosPanel(self._bridge, self._stack)
            panel.current_things = self.current_things
            panel.requestPlace.connect(self.requestPlace)
            panel.requestPassages.connect(self.show_passages)
            panel.requestTheme.connect(self.requestTheme)
            self._stack.addWidget(panel)
        return self._memos

    @property
    def history(self) -> HistoryPanel:
        """What was done."""
        if self._history is None:
            from qcode.ui.drawer.history import HistoryPanel

            panel = self._history = HistoryPanel(self._bridge, self)
            panel.tookBack.connect(self.tookBack)
            panel.requestPlace.connect(self.requestPlace)
            self._stack.addWidget(panel)
        return self._history

    # Methods

    def show_panel(self, key: str) -> None:
        """Open the drawer at a panel and go into it."""
        self._bridge.begun.emit()
        self._shown = key
        self._set_open(is_open=True)
        self._panel().entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_passages(self, title: str, looking: Looking) -> None:
        """Open the drawer at the passages behind something."""
        self.passages.look(title, looking)
        self.show_panel("passages")

    def begin_memo(self, about: Sequence[Target]) -> None:
        """Open the drawer at a new memo about some things."""
        self.memos.begin(about)
        self.show_panel("memos")

    def show_memos(self, title: str, kind: str, target: str) -> None:
        """Open the drawer at the memos about one thing."""
        self.memos.show_about(title, kind, target)
        self.show_panel("memos")

    def show_memos_on(self, target: Target) -> None:
        """Open the drawer at the memos about a thing, by the name it has today."""
        self.memos.show_on(target)
        self.show_panel("memos")

    def show_memo_on(self, target: Target, memo: str) -> None:
        """Open the drawer at one of the memos about a thing, whatever the list was filtered by."""
        self.memos.filters.open_all()
        self.show_memos_on(target)
        self.memos.show_memo(MemoId(memo))

    def things(self) -> Sequence[Target]:
        """The passages that are marked, while one works on them: what a memo would be about."""
        focused, panel = QApplication.focusWidget(), self._passages
        if panel is None or focused is None or not panel.isAncestorOf(focused):
            return []
        return [Target("coding", row.coding.id) for row in panel.table.selected_rows()]

    def show_memo(self, memo: str) -> None:
        """Open the drawer at one memo."""
        self.memos.show_all()
        self.show_panel("memos")
        self.memos.show_memo(MemoId(memo))

    def restore(self) -> None:
        """Keep what was half typed when a window ended."""
        self.memos.restore()

    def toggle(self) -> None:
        """Open the drawer where it was, or fold it."""
        self._set_open(is_open=not self.is_open)

    def fold(self) -> None:
        """Leave only the strip of names."""
        self._set_open(is_open=False)

    def tab(self, key: str) -> QToolButton:
        """The button that opens a panel."""
        return self._tabs[key]

    def drawer_actions(self) -> list[tuple[str, QAction]]:
        """What can be done in the panel that is shown, with the panel's name."""
        actions = self._panel().panel_actions() if self.is_open else []
        return [(PANELS[self._shown], action) for action in actions]

    def come_back(self) -> None:
        """Return from the text to the list one came from."""
        self.show_panel(self._shown)

    def step(self, by: int) -> None:
        """Show the next (1) or the previous (-1) entry of the list that is shown in its transcript."""
        (self.search if self._shown == "search" else self.passages).step(by)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self._draw_fold()
        for panel in (self._passages, self._search, self._memos):
            if panel is not None:
                panel.update_theme()

    # Private slots

    def _on_tab(self, key: str) -> None:
        if self.is_open and self._shown == key:
            self.fold()
        else:
            self.show_panel(key)

    # Internal

    def _panel(self) -> Panel:
        """The panel that is shown, or would be."""
        panel: Panel = getattr(self, self._shown)
        return panel

    def _tab(self, key: str, name: str) -> QToolButton:
        tab = QToolButton(self)
        tab.setText(name)
        tab.setProperty("kind", "tab")
        tab.setCheckable(True)
        tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tab.clicked.connect(lambda: self._on_tab(key))
        self._group.addButton(tab)
        return tab

    def _set_open(self, *, is_open: bool) -> None:
        changed = is_open != self.is_open
        if is_open:
            self._stack.setCurrentWidget(self._panel())
        self._stack.setVisible(is_open)
        for key, tab in self._tabs.items():
            tab.setChecked(is_open and key == self._shown)
        strip = self._strip.sizeHint().height()
        self.setMinimumHeight(strip + 18 * SPACE if is_open else strip)
        self.setMaximumHeight(16_777_215 if is_open else strip)
        self._draw_fold()
        if changed:
            self.openChanged.emit(is_open)

    def _draw_fold(self) -> None:
        self._fold.setIcon(icon("fold" if self.is_open else "unfold"))
        name = "Fold the drawer" if self.is_open else "Open the drawer"
        self._fold.setAccessibleName(name)
        self._fold.setToolTip(name)

    def _lay_out(self) -> None:
        self._strip = QWidget(self)
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE // 2)
        for tab in self._tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._stack, 1)
