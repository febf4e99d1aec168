"""The codebook beside the text: a line to search in, the tree of codes, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import CodeId
from qcode.queries.codebook import CodeRow
from qcode.queries.codings import Looking
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import WITHIN, later, make_action
from qcode.ui.code.codebook.deeds import CodebookDeeds
from qcode.ui.code.codebook.model import CodeModel
from qcode.ui.code.codebook.tree import CodeTree
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE, label

_EMPTY = "No codes yet. Add the first one here, make codes while you read, or import a codebook."


class CodebookPanel(QFrame):
    """Shows the codebook and asks for what is chosen in it."""

    applyAsked = Signal(str)
    definitionAsked = Signal(str)
    passagesAsked = Signal(str, object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._bridge = bridge
        self.model = CodeModel(self)
        self.search = QLineEdit(self)
        self.tree = CodeTree(self.model, self)
        self.deeds = CodebookDeeds(bridge, self.model, self)
        self.empty = EmptyState(_EMPTY, "Add a code")
        self._stack = QStackedWidget(self)
        self._actions = self._make_actions()
        self._menu = self._make_menu()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def actions_of_codebook(self) -> list[QAction]:
        """What can be done with codes."""
        return list(self._actions.values())

    # Methods

    def show_codes(self, rows: Iterable[CodeRow]) -> None:
        """Show these codes."""
        rows = list(rows)
        self.tree.set_rows(rows)
        if not self.model.draft.isValid():
            self._show_tree_or_empty()

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

    def _on_new_name(self, parent: str, name: str) -> None:
        later(self, lambda: self._add(CodeId(parent) if parent else None, name))

    def _on_name(self, code: str, name: str) -> None:
        later(self, lambda: self.deeds.rename(CodeId(code), name))

    def _on_move(self, code: str, parent: str, after: str) -> None:
        above, behind = (CodeId(parent) if parent else None), (CodeId(after) if after else None)
        later(self, lambda: self._move_and_show(CodeId(code), above, behind))

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

    def _move_and_show(self, code: CodeId, parent: CodeId | None, after: CodeId | None) -> None:
        self.deeds.move(code, parent, after)
        self.tree.set_current(code)

    def _with_current(self, deed: Callable[[CodeRow], object]) -> None:
        row = self.tree.current_code
        if row is None:
            self._bridge.refused.emit("Choose a code in the codebook first.")
        else:
            deed(row)

    def _make_actions(self) -> dict[str, QAction]:
        tree, deeds, current = self.tree, self.deeds, self._with_current
        return {
            "find": make_action(self, "Find a code in the codebook", self.begin_search),
            "add": make_action(self, "Add a code", self.add_beside, "Ins", context=WITHIN),
            "add below": make_action(self, "Add a code below this one", self.add_below, "Shift+Ins", context=WITHIN),
            "apply": make_action(
                tree,
                "Apply the code to the selection",
                lambda: current(lambda row: self.applyAsked.emit(row.id)),
                "Ctrl+Return",
            ),
            "passages": make_action(
                tree, "Show the passages of the code", lambda: current(lambda row: self.show_passages(row.id))
            ),
            "define": make_action(
                tree,
                "Edit the definition of the code",
                lambda: current(lambda row: self.definitionAsked.emit(row.id)),
                "Ctrl+D",
            ),
            "rename": make_action(tree, "Rename the code", tree.rename, "F2"),
            "up": make_action(tree, "Move the code up", lambda: current(deeds.move_up), "Alt+Up"),
            "down": make_action(tree, "Move the code down", lambda: current(deeds.move_down), "Alt+Down"),
            "in": make_action(tree, "Move the code below the one above", lambda: current(deeds.move_in), "Alt+Right"),
            "out": make_action(tree, "Move the code out of its parent", lambda: current(deeds.move_out), "Alt+Left"),
            "retire": make_action(tree, "Retire the code, or use it again", lambda: current(deeds.retire)),
            "delete": make_action(tree, "Remove the code", lambda: current(deeds.delete), "Del"),
            "import": make_action(self, "Import a codebook…", deeds.import_file),
            "export": make_action(self, "Export the codebook…", deeds.export_file),
        }

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        groups = (
            ("add", "add below"),
            ("apply", "passages"),
            ("define", "rename"),
            ("up", "down", "in", "out"),
            ("retire", "delete"),
            ("import", "export"),
        )
        for group in groups:
            menu.addActions([self._actions[key] for key in group])
            menu.addSeparator()
        return menu

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
        column.addWidget(self._stack, 1)

    def _button(self, sign: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self.tree.narrow)
        self.model.nameGiven.connect(self._on_name)
        self.model.newNameGiven.connect(self._on_new_name)
        self.model.moveAsked.connect(self._on_move)
        self.tree.codeActivated.connect(self.show_passages)
        self.tree.draftEnded.connect(self._show_tree_or_empty)
        self.tree.codeDoubleClicked.connect(self.applyAsked)
        self.empty.pressed.connect(self.add_beside)
