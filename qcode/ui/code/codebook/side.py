"""The widened codebook: one panel beside the tree in which codes are defined, merged, split, compared and gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from qcode.queries.codebook.tree import CodeRow
from qcode.queries.codings import Looking
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.panel import CodebookPanel
from qcode.ui.code.codebook.side_panel import NARROW, SidePanel

if TYPE_CHECKING:
    from qcode.ui.code.codebook.definition_editor import DefinitionEditor
    from qcode.ui.code.codebook.matching import MatchingPanel
    from qcode.ui.code.codebook.merging import MergePanel
    from qcode.ui.code.codebook.moments import MomentsPanel
    from qcode.ui.code.codebook.rechecks import RechecksPanel
    from qcode.ui.code.codebook.removal import RemovalPanel
    from qcode.ui.code.codebook.second_look import SecondLookPanel
    from qcode.ui.code.codebook.sets import SetsPanel
    from qcode.ui.code.codebook.splitting import SplitPanel
    from qcode.ui.code.codebook.versions import VersionsPanel

_PANELS = ("editor", "merging", "splitting", "look", "rechecks", "removal", "versions", "moments", "sets", "matching")


class CodebookSide(QStackedWidget):
    """Shows one panel at a time, each built when it is first needed; when it closes, the keyboard is where it was."""

    openAsked = Signal(int)
    closed = Signal()
    passagesAsked = Signal(str, object)
    placeAsked = Signal(object)

    def __init__(self, bridge: StudyBridge, codebook: CodebookPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._codebook = codebook
        self._built: list[SidePanel] = []
        self._before: QWidget | None = None
        self.setAccessibleName("Widened codebook")
        self.setMinimumWidth(NARROW // 2)
        self._ways: dict[str, Callable[[Any], None]] = {
            "merge": lambda rows: self._open(self.merging, lambda: self.merging.begin(rows)),
            "split": lambda row: self._open(self.splitting, lambda: self.splitting.begin(row)),
            "again": lambda _none: self._open(self.rechecks),
            "remove": lambda rows: self._open(self.removal, lambda: self.removal.begin(rows)),
            "versions": lambda row: self._open(self.versions, lambda: self.versions.begin(row)),
            "compare": lambda _none: self._open(self.moments, self.moments.begin),
            "sets": lambda _rows: self._open(self.sets),
            "match": lambda read: self._open(self.matching, lambda: self.matching.begin(*read)),
        }
        self._connect()

    # Panels

    @cached_property
    def editor(self) -> DefinitionEditor:
        """Where a code is defined."""
        from qcode.ui.code.codebook.definition_editor import DefinitionEditor

        made = DefinitionEditor(self._bridge, self)
        self._place(made)
        made.closed.connect(lambda: self._on_closed(made))
        made.versionsAsked.connect(lambda row: self.show_panel("versions", row))
        return made

    @cached_property
    def merging(self) -> MergePanel:
        """Where codes are merged into one."""
        from qcode.ui.code.codebook.merging import MergePanel

        return self._added(MergePanel(self._bridge, self))

    @cached_property
    def splitting(self) -> SplitPanel:
        """Where a code is split in two."""
        from qcode.ui.code.codebook.splitting import SplitPanel

        panel = self._added(SplitPanel(self._bridge, self))
        panel.splitUp.connect(self._on_split)
        return panel

    @cached_property
    def look(self) -> SecondLookPanel:
        """Where one walks through the passages of a code that changed."""
        from qcode.ui.code.codebook.second_look import SecondLookPanel

        panel = self._added(SecondLookPanel(self._bridge, self))
        panel.placeAsked.connect(self.placeAsked)
        return panel

    @cached_property
    def rechecks(self) -> RechecksPanel:
        """What waits to be looked at again."""
        from qcode.ui.code.codebook.rechecks import RechecksPanel

        panel = self._added(RechecksPanel(self._bridge, self))
        panel.passagesAsked.connect(self._on_passages)
        panel.lookAsked.connect(self._on_look)
        return panel

    @cached_property
    def removal(self) -> RemovalPanel:
        """What deleting codes would take away."""
        from qcode.ui.code.codebook.removal import RemovalPanel

        return self._added(RemovalPanel(self._bridge, self._codebook.deeds, self))

    @cached_property
    def versions(self) -> VersionsPanel:
        """The definitions that a code had."""
        from qcode.ui.code.codebook.versions import VersionsPanel

        panel = self._added(VersionsPanel(self._bridge, self))
        panel.passagesAsked.connect(self._on_passages)
        return panel

    @cached_property
    def moments(self) -> MomentsPanel:
        """The codebook at two moments, side by side."""
        from qcode.ui.code.codebook.moments import MomentsPanel

        return self._added(MomentsPanel(self._bridge, self))

    @cached_property
    def sets(self) -> SetsPanel:
        """The sets of codes."""
        from qcode.ui.code.codebook.sets import SetsPanel

        panel = self._added(SetsPanel(self._bridge, self))
        panel.setAsked.connect(self._codebook.filters.choose)
        return panel

    @cached_property
    def matching(self) -> MatchingPanel:
        """Where another team's codes are matched with one's own."""
        from qcode.ui.code.codebook.matching import MatchingPanel

        return self._added(MatchingPanel(self._bridge, self))

    # Properties

    @property
    def panel(self) -> QWidget:
        """The panel that is shown, or was last."""
        return self.currentWidget() or self.editor

    @property
    def side_actions(self) -> list[QAction]:
        """What can be done in the panel that is shown."""
        if not self.isVisible():
            return self.editor.editor_actions if self._has_editor else []
        found = self.panel.findChildren(QAction)
        return [action for action in found if action.text() and action.objectName()]

    # Methods

    def build_all(self) -> None:
        """Build every panel now, so that all that can be done in them is known."""
        for name in _PANELS:
            getattr(self, name)

    def show_panel(self, key: str, about: object = None) -> None:
        """Open the panel with a key such as "merge", about some codes."""
        self._ways[key](about)

    def define(self, code: str) -> None:
        """Open the editor of a code."""
        row = next((row for row in self._codebook.model.rows if row.id == code), None)
        if row is not None:
            self._remember()
            self.setCurrentWidget(self.editor)
            self.openAsked.emit(0)
            self.editor.show_code(row)
            self.editor.begin()

    def follow(self, rows: Iterable[CodeRow]) -> None:
        """Let the editor follow what was done to its code elsewhere."""
        code = self.editor.code if self._has_editor else None
        if code is not None:
            self.editor.take_row(next((row for row in rows if row.id == code.id), None))

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        if self._has_editor:
            self.editor.update_theme()
        for page in self._built:
            page.update_theme()

    # Private slots

    def _on_closed(self, page: QWidget) -> None:
        if self.isHidden() or page is not self.panel:
            return
        inside, before, self._before = self._has_focus(), self._before, None
        if inside and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _on_split(self, code: Any, made: Any) -> None:
        self._open(self.look, lambda: self.look.begin(code, made))

    def _on_look(self, code: Any) -> None:
        self._open(self.look, lambda: self.look.begin(code))

    def _on_passages(self, title: str, looking: Looking) -> None:
        self.passagesAsked.emit(title, looking)

    def _on_selection(self) -> None:
        if "sets" in self.__dict__:
            self.sets.take_chosen(self._codebook.tree.chosen_codes)

    # Internal

    @property
    def _has_editor(self) -> bool:
        return "editor" in self.__dict__

    def _added[Page: SidePanel](self, page: Page) -> Page:
        self._built.append(page)
        self._place(page)
        page.closed.connect(lambda: self._on_closed(page))
        return page

    def _place(self, page: QWidget) -> None:
        page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.addWidget(page)

    def _open(self, page: SidePanel, begin: Callable[[], object] | None = None) -> None:
        self._remember()
        if self._has_editor:
            self.editor.save()
        if begin is not None:
            begin()
        if page is self.sets:
            self._on_selection()
        self.setCurrentWidget(page)
        self.openAsked.emit(page.width_wanted)
        page.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self) -> None:
        if self.isHidden() or not self._has_focus():
            now = QApplication.focusWidget()
            self._before = now if now is not None and not self.isAncestorOf(now) else None

    def _has_focus(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.isAncestorOf(now)

    def _connect(self) -> None:
        self._codebook.sideAsked.connect(self.show_panel)
        self._codebook.tree.selectionModel().selectionChanged.connect(lambda *_selections: self._on_selection())
        self._codebook.model.modelReset.connect(self._on_selection)
