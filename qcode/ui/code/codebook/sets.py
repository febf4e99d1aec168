"""Sets of codes: made, named, filled by keys or by dragging codes onto them, and taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from qcode.ids import CodeId, CodeSetId
from qcode.operations import code_sets as operations
from qcode.queries.codebook.code_sets import CodeSetRow, code_sets
from qcode.queries.codebook.tree import CodeRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import HERE, make_action
from qcode.ui.code.codebook.deeds import counted
from qcode.ui.code.codebook.model import MIME, carried_codes
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.code.lines import Line, LineList
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.theme import label

_NEW, _RENAME = "Name of a new set, then Enter", "Another name for the set, then Enter"


class SetList(LineList):
    """Sets onto which codes can be dropped."""

    codesDropped = Signal(str, object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setAcceptDrops(True)

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Codes are welcome."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Codes go onto a set, nowhere else."""
        index = self.indexAt(event.position().toPoint())
        if event.mimeData().hasFormat(MIME) and index.isValid():
            self.setCurrentIndex(index)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which codes were dropped onto which set."""
        index = self.indexAt(event.position().toPoint())
        codes = carried_codes(event.mimeData()) if event.mimeData().hasFormat(MIME) else []
        if index.isValid() and codes:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.codesDropped.emit(self.lines[index.row()].key, codes)
        else:
            event.ignore()


class SetsPanel(SidePanel):
    """The sets above the codes of the one with the cursor; codes chosen in the tree are put into it."""

    setAsked = Signal(object)

    title = "Sets of codes"
    kinds = ("code_set", "code_set_member", "code")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._sets: list[CodeSetRow] = []
        self._chosen: list[CodeRow] = []
        self._renaming: CodeSetId | None = None
        self.name = QLineEdit(self)
        self.told = sentence(quiet=True)
        self.list = SetList("Sets of codes", self)
        self.codes = LineList("Codes of the set", self)
        self.put_button, self.only_button = button("Put in", parent=self), button("Show only these", parent=self)
        self.rename_button, self.remove_button = button("Rename", "quiet", self), button("Remove", "quiet", self)
        self.out_button = button("Take out", "quiet", self)
        self.exclusive = QCheckBox("Exclusive: no passage has two of these", self)
        self.exclusive.setAccessibleName("No passage has two codes of this set")
        self._lay_out()
        self._connect()

    # Properties

    @property
    def current(self) -> CodeSetRow | None:
        """The set with the cursor."""
        return next((row for row in self._sets if row.id == self.list.current_key), None)

    # Methods

    def take_chosen(self, rows: Sequence[CodeRow]) -> None:
        """Know which codes are chosen in the tree."""
        self._chosen = list(rows)
        self._tell()

    def refresh(self) -> None:
        """Read the sets."""
        self._sets = code_sets(self.bridge.study)
        self.list.set_lines([Line(row.id, row.name, right=counted(len(row.codes))) for row in self._sets])
        if self._sets and self.list.current_key is None:
            self.list.set_current(self._sets[0].id)
        self._tell()

    def entry(self) -> QWidget:
        """The sets, or the line for the first one."""
        return self.list if self._sets else self.name

    def put(self, code_set: str, codes: Sequence[CodeId]) -> None:
        """Put codes into a set."""
        row = next((row for row in self._sets if row.id == code_set), None)
        if row is None or not codes:
            self.bridge.refused.emit("Choose codes in the codebook first; then they can be put into a set.")
            return
        new = [code for code in codes if code not in {held for held, _path in row.codes}]
        if not new:
            self.bridge.informed.emit(f"“{row.name}” holds {'it' if len(codes) == 1 else 'them'} already.")
        elif self._attempt(lambda: operations.put_in_set(self.bridge.study, row.id, codes=new)):
            self.bridge.informed.emit(f"{counted(len(new))} put into “{row.name}”.")

    def begin_renaming(self) -> None:
        """Let the line rename the set with the cursor."""
        row = self.current
        if row is not None:
            self._renaming = row.id
            self.name.setPlaceholderText(_RENAME)
            self.name.setText(row.name)
            self.name.selectAll()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Take the set with the cursor away; its codes stay."""
        row = self.current
        if row is not None and self._attempt(lambda: operations.remove_set(self.bridge.study, row.id)):
            self.bridge.informed.emit(f"The set “{row.name}” is removed; its codes stay. Undo brings it back.")

    def take_out(self) -> None:
        """Let the set no longer hold the code with the cursor in its list."""
        row, code = self.current, self.codes.current_key
        if row is not None and code is not None:
            self._attempt(lambda: operations.take_from_set(self.bridge.study, row.id, codes=[CodeId(code)]))

    def turn_exclusive(self) -> None:
        """Let the codes of the set with the cursor exclude each other, or meet again."""
        row, study = self.current, self.bridge.study
        if row is None:
            return
        if self._attempt(lambda: operations.make_exclusive(study, row.id, exclusive=not row.exclusive)):
            said = "may meet on one passage again" if row.exclusive else "exclude each other now"
            self.bridge.informed.emit(f"The codes of “{row.name}” {said}.")
        self.exclusive.setChecked(any(one.id == row.id and one.exclusive for one in self._sets))

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the line gives up a new name before it leaves the panel."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.name and pressed and event.key() == Qt.Key.Key_Escape and self.name.text():  # type: ignore[attr-defined]
            self._end_naming()
            return True
        return super().eventFilter(watched, event)

    # Private slots

    def _on_name(self) -> None:
        name, study, codes = self.name.text(), self.bridge.study, [row.id for row in self._chosen]
        if self._renaming is not None:
            renamed = self._renaming
            if self._attempt(lambda: operations.rename_set(study, renamed, name=name)):
                self._end_naming()
            return
        made = self.bridge.attempt(lambda: operations.add_set(study, name=name, codes=codes))
        if made is not None:
            self.list.set_current(made)
            self._end_naming()

    def _on_enter(self, code_set: str) -> None:
        self.put(code_set, [row.id for row in self._chosen])

    # Internal

    def _attempt(self, deed: Callable[[], object]) -> bool:
        def done() -> bool:
            deed()
            return True

        return bool(self.bridge.attempt(done))

    def _end_naming(self) -> None:
        self._renaming = None
        self.name.clear()
        self.name.setPlaceholderText(_NEW)
        if self._sets:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        row, names = self.current, ", ".join(f"“{code.name}”" for code in self._chosen[:3])
        more = f" and {len(self._chosen) - 3} more" if len(self._chosen) > 3 else ""
        self.told.setText(
            f"Chosen in the codebook: {names}{more}. Enter puts into the set." if names else "Choose codes to put in."
        )
        held = row.codes if row else ()
        self.codes.set_lines([Line(code, path[-1], right=" › ".join(path[:-1])) for code, path in held])
        self.exclusive.setChecked(row is not None and row.exclusive)
        for part in (self.only_button, self.rename_button, self.remove_button, self.exclusive):
            part.setEnabled(row is not None)
        self.put_button.setEnabled(row is not None and bool(self._chosen))
        self.out_button.setEnabled(bool(held))

    def _lay_out(self) -> None:
        self.name.setPlaceholderText(_NEW)
        self.name.setAccessibleName("Name of a set of codes")
        self.body.addWidget(self.name)
        self.body.addWidget(self.told)
        self.body.addWidget(self.list, 2)
        self.body.addLayout(line_of(self.put_button, self.only_button))
        self.body.addLayout(line_of(self.rename_button, self.remove_button))
        self.body.addWidget(label("Codes of the set", "small", "quiet"))
        self.body.addWidget(self.codes, 3)
        self.body.addLayout(line_of(self.out_button))
        self.exclusive.setToolTip("Agreement then measures its codes together, as values of one kind (Agree, Domains).")
        self.body.addWidget(self.exclusive)

    def _connect(self) -> None:
        make_action(self.list, "Rename the set", self.begin_renaming, "F2", context=HERE, key="codebook.rename-set")
        make_action(self.list, "Remove the set", self.remove, "Del", context=HERE, key="codebook.remove-set")
        make_action(
            self.list,
            "Let the codes of the set exclude each other",
            self.turn_exclusive,
            context=HERE,
            key="codebook.exclusive",
        )
        make_action(
            self.codes, "Take the code out of the set", self.take_out, "Del", context=HERE, key="codebook.take-out"
        )
        self.name.installEventFilter(self)
        self.name.returnPressed.connect(self._on_name)
        self.list.lineActivated.connect(self._on_enter)
        self.list.currentKeyChanged.connect(lambda _key: self._tell())
        self.list.codesDropped.connect(self.put)
        self.put_button.clicked.connect(lambda: self._on_enter(self.list.current_key or ""))
        self.only_button.clicked.connect(lambda: self.setAsked.emit(self.list.current_key))
        self.rename_button.clicked.connect(self.begin_renaming)
        self.remove_button.clicked.connect(self.remove)
        self.out_button.clicked.connect(self.take_out)
        self.exclusive.clicked.connect(self.turn_exclusive)
