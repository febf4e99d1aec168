"""The codebook beside the text: a line to search in, the tree of codes, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import CodeId, CodeSetId, DocumentId
from qcode.operations import code_sets
from qcode.queries.codebook.code_sets import CodeSetRow
from qcode.queries.codebook.tree import CodeRow
from qcode.queries.codings import Looking
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import later
from qcode.ui.code.codebook.acts import codebook_acts, make_menu
from qcode.ui.code.codebook.counting import Counting
from qcode.ui.code.codebook.deeds import CodebookDeeds
from qcode.ui.code.codebook.filters import CodebookFilters
from qcode.ui.code.codebook.model import CodeModel
from qcode.ui.code.codebook.moving import Way, topmost
from qcode.ui.code.codebook.tree import CodeTree
from qcode.ui.code.codebook.waiting import WaitingLine
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE, label

_COUNT_AGAIN_MS = 150
_EMPTY = "No codes yet. Add the first one here, make codes while you read, or import a codebook."


class CodebookPanel(QFrame):
    """Shows the codebook and asks for what is chosen in it."""

    applyAsked = Signal(str)
    definitionAsked = Signal(str)
    passagesAsked = Signal(str, object)
    memosAsked = Signal(str, str, str)
    sideAsked = Signal(str, object)
    codeSetChanged = Signal(str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._bridge = bridge
        self.model = CodeModel(self)
        self.search = QLineEdit(self)
        self.tree = CodeTree(self.model, self)
        self.deeds = CodebookDeeds(bridge, self.model, self)
        self.filters = CodebookFilters(bridge, self)
        self.waiting = WaitingLine(bridge, self)
        self._document: DocumentId | None = None
        self._rows: list[CodeRow] = []
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AGAIN_MS)
        self.empty = EmptyState(_EMPTY, "Add a code")
        self._stack = QStackedWidget(self)
        self._actions = codebook_acts(self)
        self._menu = make_menu(self._actions, self)
        self._lay_out()
        self._connect()
        if bridge.settings is not None:
            self.tree.fold(bridge.settings.folded(bridge.study.path))

    # Properties

    @property
    def actions_of_codebook(self) -> list[QAction]:
        """What can be done with codes."""
        return list(self._actions.values())

    @property
    def code_set(self) -> CodeSetId | None:
        """The set of codes that is shown; None for all codes."""
        return self.filters.chosen.id if self.filters.chosen else None

    # Methods

    def show_codes(self, rows: Iterable[CodeRow]) -> None:
        """Show these codes; numbers that must be counted apart follow a moment later."""
        self._rows = list(rows)
        if self.filters.counting.usual:
            self._take(self._rows)
        else:
            known = {row.id: row for row in self.model.rows}
            before = ((row, known.get(row.id, row)) for row in self._rows)
            self._take([replace(row, mine=old.mine, everybodys=old.everybodys) for row, old in before])
            self._counting.start()

    def show_document(self, document: DocumentId | None) -> None:
        """Know which document is open, for the numbers that count it."""
        self._document = document
        if self.filters.counting.here:
            self._on_count()

    def act(self, key: str) -> QAction:
        """The action with a key such as "rename"."""
        return self._actions[key]

    def begin_search(self) -> None:
        """Put the focus where one types to search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def add_beside(self) -> None:
        """Ask in place for a code with the same parent as the current one."""
        row = self.tree.current_code
        self._begin(row.parent if row and row.depth else None)

    def add_below(self) -> None:
        """Ask in place for a code below the current one."""
        row = self.tree.current_code
        self._begin(row.id if row else None)

    def show_passages(self, code: str) -> None:
        """Ask for the passages of a code and of those below it."""
        index = self.model.index_of(code)
        row = self.model.row_at(index)
        if row is not None:
            codes = [row.id, *(below.id for below in self.model.below(row.id))]
            self.passagesAsked.emit(row.name, Looking(codes=codes))

    def show_memos(self, row: CodeRow) -> None:
        """Ask for the memos about a code."""
        self.memosAsked.emit(row.name, "code", row.id)

    def with_current(self, deed: Callable[[CodeRow], object]) -> None:
        """Do something with the code that has the cursor, or say that one must be chosen."""
        row = self.tree.current_code
        if row is None:
            self._bridge.refused.emit("Choose a code in the codebook first.")
        else:
            deed(row)

    def with_chosen(self, deed: Callable[[list[CodeRow]], object]) -> None:
        """Do something with the selected codes, or say that some must be chosen."""
        rows = self.tree.chosen_codes
        if rows:
            deed(rows)
        else:
            self._bridge.refused.emit("Choose a code in the codebook first.")

    def step(self, rows: Sequence[CodeRow], way: Way) -> None:
        """Move codes by a step; they stay selected."""
        self.deeds.step(rows, way)
        self._choose_again([row.id for row in rows])

    def paste(self) -> None:
        """Move what was cut below the current code; it is selected there."""
        moved = self.deeds.paste(self.tree.current_code)
        if moved:
            self._choose_again(moved)

    def delete(self, rows: list[CodeRow]) -> None:
        """Remove codes: at once if nothing goes along with them, else ask what to do beside the text."""
        from qcode.queries.codebook.deletion import deletion_effect

        effect = deletion_effect(self._bridge.study, [row.id for row in rows])
        along = effect.affected, effect.themes, effect.sets, effect.merged, effect.memos, effect.may_be_more
        if any(along) or len(effect.codes) > 1:
            self.sideAsked.emit("remove", rows)
        else:
            self.deeds.delete(rows)

    def take_from_set(self, rows: Sequence[CodeRow]) -> None:
        """Let the set that is shown no longer hold these codes."""
        shown, study = self.filters.chosen, self._bridge.study
        if shown is None:
            self._bridge.refused.emit("Show a set of codes first; then codes can be taken out of it.")
        else:
            codes = [row.id for row in rows]
            self._bridge.attempt(lambda: code_sets.take_from_set(study, shown.id, codes=codes))

    # Events

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the code."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.tree.visualRect(self.tree.currentIndex()).bottomLeft()
        self._menu.popup(self.tree.viewport().mapToGlobal(place) if keyboard else event.globalPos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search line, arrows go into the tree, Enter takes the match, Esc shows everything again."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.search:
            return self._on_search_key(event.key())
        return super().eventFilter(watched, event)

    # Private slots

    def _on_closing(self) -> None:
        """Remember which of the codes that there are were folded."""
        known = {row.id for row in self._rows}
        if self._bridge.settings is not None and known:
            self._bridge.settings.remember_folded(self._bridge.study.path, known & self.tree.folded)

    def _on_new_name(self, parent: str, name: str) -> None:
        later(self, lambda: self._add(CodeId(parent) if parent else None, name))

    def _on_name(self, code: str, name: str) -> None:
        later(self, lambda: self.deeds.rename(CodeId(code), name))

    def _on_move(self, codes: list[CodeId], parent: str, after: str) -> None:
        above, behind = (CodeId(parent) if parent else None), (CodeId(after) if after else None)
        later(self, lambda: self._move_and_show(codes, above, behind))

    def _on_set(self, chosen: CodeSetRow | None) -> None:
        self.tree.narrow_to(None if chosen is None else [code for code, _path in chosen.codes])
        self.codeSetChanged.emit(chosen.id if chosen else "")

    def _on_counting(self, counting: Counting) -> None:
        self.model.name_counts(counting.titles, counting.tips)
        self._on_count()

    def _on_count(self) -> None:
        self._take(self.filters.counting.counted(self._bridge.study, self._rows, self._document))

    def _on_search_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False

    # Internal

    def _begin(self, parent: CodeId | None) -> None:
        self.search.clear()
        self._stack.setCurrentIndex(1)
        self.tree.begin_draft(parent)

    def _add(self, parent: CodeId | None, name: str) -> None:
        self.model.end_draft()
        made = self.deeds.add(name, parent) if name else None
        if made is not None:
            self.tree.set_current(made)
        elif name:
            self.tree.begin_draft(parent, name)
        else:
            self.tree.set_current(parent)
            self._show_tree_or_empty()

    def _show_tree_or_empty(self) -> None:
        self._stack.setCurrentIndex(1 if self.model.rows else 0)

    def _take(self, rows: Sequence[CodeRow]) -> None:
        self.tree.set_rows(rows)
        if not self.model.draft.isValid():
            self._show_tree_or_empty()

    def _choose_again(self, codes: Sequence[CodeId]) -> None:
        if len(codes) > 1:
            self.tree.choose(codes)
        else:
            self.tree.set_current(codes[0])

    def _move_and_show(self, codes: list[CodeId], parent: CodeId | None, after: CodeId | None) -> None:
        rows = [row for row in self.model.rows if row.id in codes]
        top = [row.id for row in topmost(self.model.rows, rows)]
        self.deeds.move(top, parent, after)
        self._choose_again(top)

    def _open_menu(self, button: QToolButton) -> None:
        self._menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("Find a code")
        self.search.setAccessibleName("Find a code in the codebook")
        self.search.setClearButtonEnabled(True)
        add = self._button("+", "Add a code")
        add.clicked.connect(self._actions["add"].trigger)
        more = self._button("⋯", "What can be done with codes")
        more.clicked.connect(lambda: self._open_menu(more))
        top = QHBoxLayout()
        top.setSpacing(SPACE // 2)
        top.addWidget(label("Codebook", tone="quiet"), 1)
        top.addWidget(add)
        top.addWidget(more)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, 0, 0)
        column.setSpacing(SPACE // 2)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, SPACE, 0)
        line.addWidget(self.search)
        top.setContentsMargins(SPACE // 2, 0, SPACE, 0)
        column.addLayout(top)
        column.addLayout(line)
        column.addWidget(self.filters)
        column.addWidget(self._stack, 1)
        column.addWidget(self.waiting)

    def _button(self, sign: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _connect(self) -> None:
        self._bridge.closing.connect(self._on_closing)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self.tree.narrow)
        self.model.nameGiven.connect(self._on_name)
        self.model.newNameGiven.connect(self._on_new_name)
        self.model.moveAsked.connect(self._on_move)
        self.tree.codeActivated.connect(self.show_passages)
        self.tree.draftEnded.connect(self._show_tree_or_empty)
        self.tree.codeDoubleClicked.connect(self.applyAsked)
        self.empty.pressed.connect(self.add_beside)
        self.filters.setChosen.connect(self._on_set)
        self.filters.countingChosen.connect(self._on_counting)
        self.filters.setsAsked.connect(self._actions["sets"].trigger)
        self.waiting.asked.connect(self._actions["again"].trigger)
        self.deeds.listRead.connect(lambda name, entries: self.sideAsked.emit("match", (name, entries)))
        self._counting.timeout.connect(self._on_count)
