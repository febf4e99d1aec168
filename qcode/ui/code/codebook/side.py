"""The widened codebook: one panel beside the tree in which codes are defined, merged, split, compared and gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from qcode.queries.codebook import CodeRow
from qcode.queries.codings import Looking
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.definition_editor import DefinitionEditor
from qcode.ui.code.codebook.matching import MatchingPanel
from qcode.ui.code.codebook.merging import MergePanel
from qcode.ui.code.codebook.moments import MomentsPanel
from qcode.ui.code.codebook.panel import CodebookPanel
from qcode.ui.code.codebook.rechecks import RechecksPanel
from qcode.ui.code.codebook.removal import RemovalPanel
from qcode.ui.code.codebook.second_look import SecondLookPanel
from qcode.ui.code.codebook.sets import SetsPanel
from qcode.ui.code.codebook.side_panel import NARROW, SidePanel
from qcode.ui.code.codebook.splitting import SplitPanel
from qcode.ui.code.codebook.versions import VersionsPanel


class CodebookSide(QStackedWidget):
    """Shows one panel at a time; when it closes, the keyboard is where it was before."""

    openAsked = Signal(int)
    closed = Signal()
    passagesAsked = Signal(str, object)
    placeAsked = Signal(object)

    def __init__(self, bridge: StudyBridge, codebook: CodebookPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codebook = codebook
        self._before: QWidget | None = None
        self.setAccessibleName("Widened codebook")
        self.editor = DefinitionEditor(bridge, self)
        self.merging = MergePanel(bridge, self)
        self.splitting = SplitPanel(bridge, self)
        self.look = SecondLookPanel(bridge, self)
        self.rechecks = RechecksPanel(bridge, self)
        self.removal = RemovalPanel(bridge, codebook.deeds, self)
        self.versions = VersionsPanel(bridge, self)
        self.moments = MomentsPanel(bridge, self)
        self.sets = SetsPanel(bridge, self)
        self.matching = MatchingPanel(bridge, self)
        self._panels: tuple[SidePanel, ...] = (
            *(self.merging, self.splitting, self.look, self.rechecks, self.removal),
            *(self.versions, self.moments, self.sets, self.matching),
        )
        for page in (self.editor, *self._panels):
            page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            self.addWidget(page)
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

    # Properties

    @property
    def panel(self) -> QWidget:
        """The panel that is shown, or was last."""
        return self.currentWidget() or self.editor

    @property
    def side_actions(self) -> list[QAction]:
        """What can be done in the panel that is shown."""
        if not self.isVisible():
            return self.editor.editor_actions
        found = self.panel.findChildren(QAction)
        return [action for action in found if action.text() and action.objectName()]

    # Methods

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
        code = self.editor.code
        if code is not None:
            self.editor.take_row(next((row for row in rows if row.id == code.id), None))

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.editor.update_theme()
        for page in self._panels:
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
        self.sets.take_chosen(self._codebook.tree.chosen_codes)

    # Internal

    def _open(self, page: SidePanel, begin: Callable[[], object] | None = None) -> None:
        self._remember()
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
        self.editor.closed.connect(lambda: self._on_closed(self.editor))
        for page in self._panels:
            page.closed.connect(lambda page=page: self._on_closed(page))
        for source in (self.rechecks, self.versions):
            source.passagesAsked.connect(self._on_passages)
        self.splitting.splitUp.connect(self._on_split)
        self.look.placeAsked.connect(self.placeAsked)
        self.rechecks.lookAsked.connect(self._on_look)
        self.editor.versionsAsked.connect(lambda row: self.show_panel("versions", row))
        self.sets.setAsked.connect(self._codebook.filters.choose)
        self._codebook.sideAsked.connect(self.show_panel)
        self._codebook.tree.selectionModel().selectionChanged.connect(lambda *_selections: self._on_selection())
        self._codebook.model.modelReset.connect(self._on_selection)
