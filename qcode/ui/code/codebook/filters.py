"""Above the tree: which set of codes is shown, and what the numbers count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from qcode.ids import CodeSetId
from qcode.queries.codebook.code_sets import CodeSetRow, code_sets
from qcode.queries.team import CoderRow, coders
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.counting import Counting
from qcode.ui.kept_true import KeptTrue
from qcode.ui.theme import SPACE

_ALL = "All codes"


class CodebookFilters(KeptTrue):
    """Two quiet buttons with menus; the choice of a set is dropped when the set is gone."""

    setChosen = Signal(object)
    countingChosen = Signal(object)
    setsAsked = Signal()

    kinds = ("code_set", "code_set_member", "code", "coder")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._sets: list[CodeSetRow] = []
        self._coders: list[CoderRow] = []
        self._chosen: CodeSetRow | None = None
        self._counting = Counting()
        self.set_button = self._button("Set of codes that is shown", self._sets_menu)
        self.count_button = self._button("What the numbers count", self._counts_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, SPACE, 0)
        row.setSpacing(SPACE // 2)
        row.addWidget(self.set_button)
        row.addStretch(1)
        row.addWidget(self.count_button)
        self._tell()

    # Properties

    @property
    def sets(self) -> list[CodeSetRow]:
        """All sets in their order."""
        return list(self._sets)

    @property
    def chosen(self) -> CodeSetRow | None:
        """The set that is shown; None for all codes."""
        return self._chosen

    @property
    def counting(self) -> Counting:
        """What the numbers count."""
        return self._counting

    # Methods

    def refresh(self) -> None:
        """Read the sets and the coders."""
        self._sets, self._coders = code_sets(self.bridge.study), coders(self.bridge.study)
        key = self._chosen.id if self._chosen else None
        now = next((row for row in self._sets if row.id == key), None)
        if now != self._chosen:
            self._chosen = now
            self.setChosen.emit(now)
        if self._counting.coder is not None and all(row.id != self._counting.coder for row in self._coders):
            self.count(Counting(here=self._counting.here))
        self._tell()

    def choose(self, code_set: CodeSetId | None) -> None:
        """Show a set, or all codes."""
        self._refresh_if_stale()
        self._chosen = next((row for row in self._sets if row.id == code_set), None)
        self._tell()
        self.setChosen.emit(self._chosen)

    def count(self, counting: Counting) -> None:
        """Let the numbers count something else."""
        self._counting = counting
        self._tell()
        self.countingChosen.emit(counting)

    # Internal

    def _tell(self) -> None:
        shown = self._chosen.name if self._chosen else _ALL
        for button, words in ((self.set_button, shown), (self.count_button, self._counting.words)):
            short = words if len(words) <= 24 else words[:23].rstrip() + "…"
            button.setText(f"{short} ▾")
            button.setToolTip(f"{button.property('about')}: {words}")
            button.setAccessibleName(f"{button.property('about')}: {words}")

    def _button(self, about: str, make: Callable[[], QMenu]) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "tab")
        button.setProperty("about", about)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self._open(button, make()))
        return button

    def _open(self, button: QToolButton, menu: QMenu) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _sets_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        key = self._chosen.id if self._chosen else None
        _choice(menu, group, _ALL, key is None, partial(self.choose, None))
        menu.addSeparator()
        for row in self._sets:
            _choice(menu, group, f"{row.name} ({len(row.codes)})", row.id == key, partial(self.choose, row.id))
        menu.addSeparator()
        menu.addAction("Sets of codes…").triggered.connect(lambda _checked=False: self.setsAsked.emit())
        return menu

    def _counts_menu(self) -> QMenu:
        menu, now = QMenu(self), self._counting
        places, people = QActionGroup(menu), QActionGroup(menu)
        for name, here in (("In all documents", False), ("In this document", True)):
            _choice(menu, places, name, now.here is here, partial(self.count, replace(now, here=here)))
        menu.addSeparator()
        _choice(menu, people, "Everyone’s", now.coder is None, partial(self.count, Counting(here=now.here)))
        for row in self._coders:
            wanted = Counting(row.id, row.name, row.initials, now.here)
            _choice(menu, people, f"{row.name}’s", now.coder == row.id, partial(self.count, wanted))
        return menu


def _choice(menu: QMenu, group: QActionGroup, name: str, chosen: bool, deed: Callable[[], object]) -> QAction:
    action = menu.addAction(name.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(chosen)
    group.addAction(action)
    action.triggered.connect(lambda _checked=False: deed())
    return action
