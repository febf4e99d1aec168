"""The editor of one code beside the codebook: its name, colour and kind, its definition, and the versions of that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qcode.operations import codebook as operations
from qcode.operations.codebook import Definition
from qcode.operations.lookup import TextTooLongError
from qcode.queries.codebook.tree import CodeRow, DefinitionRow, definitions
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import WITHIN, make_action
from qcode.ui.code.codebook.colour_choice import ColourChoice
from qcode.ui.code.codebook.definition_fields import DefinitionFields
from qcode.ui.code.codebook.model import merged_words
from qcode.ui.code.lines import Line, LineList
from qcode.ui.local_time import local_time
from qcode.ui.panel_parts import head, scrolled
from qcode.ui.theme import SPACE, label

_CATEGORY = "A category that only gathers other codes"


class DefinitionEditor(QFrame):
    """Shows one code. Name, colour and kind change at once; the six fields become a new version when they are saved.

    What was typed is never lost: leaving the editor or turning to another code saves it too.
    """

    closed = Signal()
    versionsAsked = Signal(object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setAccessibleName("Definition of the code")
        self._bridge = bridge
        self._row: CodeRow | None = None
        self._versions: list[DefinitionRow] = []
        self._older: DefinitionRow | None = None
        self.name = QLineEdit(self)
        self.colours = ColourChoice(self)
        self.category = QCheckBox(_CATEGORY, self)
        self.fields = DefinitionFields(self)
        self.fields.tooLong.connect(lambda: bridge.refused.emit(str(TextTooLongError("field of a definition"))))
        self.reason = QLineEdit(self)
        self.save_button = QPushButton("Save", self)
        self.discard_button = QPushButton("Discard", self)
        self.versions = LineList("Versions of the definition", self)
        self.compare_button = QPushButton("Compare versions…", self)
        self._merged = label("", "small", "quiet")
        self._state = label("", "small", "quiet")
        self.save_action = make_action(
            self, "Save the definition", self.save, "Ctrl+S", context=WITHIN, key="definition.save"
        )
        self._lay_out()
        self._connect()

    # Properties

    @property
    def code(self) -> CodeRow | None:
        """The code that is shown."""
        return self._row

    @property
    def unsaved(self) -> bool:
        """Whether the fields say something else than the current version."""
        return self._row is not None and self._older is None and self.fields.definition != self._current()

    @property
    def editor_actions(self) -> list[QAction]:
        """What can be done here."""
        return [self.save_action]

    # Methods

    def show_code(self, row: CodeRow) -> None:
        """Show a code; what was typed about the one before is saved."""
        if self._row is not None and row.id != self._row.id:
            self.save()
        self._row = row
        self._older = None
        self._read()
        self.fields.show_definition(self._current())
        self.reason.clear()
        self._tell_state()

    def take_row(self, row: CodeRow | None) -> None:
        """Follow what was done to the code elsewhere; what is being typed stays. None says that the code is gone."""
        if row is None:
            self._row = None
            self.closed.emit()
            return
        typed = self.unsaved
        self._row = row
        self._read()
        if not typed and self._older is None:
            self.fields.show_definition(self._current())
        self._tell_state()

    def begin(self) -> None:
        """Put the focus into the first field."""
        self.fields.field("brief").setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> bool:
        """Make a version of what the fields say, if that is new; says whether there is one."""
        row, said = self._row, self.fields.definition
        if row is None or not self.unsaved:
            return False
        reason = self.reason.text().strip()
        before = len(self._versions)
        self._bridge.attempt(lambda: operations.define_code(self._bridge.study, row.id, definition=said, reason=reason))
        self._read()
        saved = len(self._versions) > before
        if saved:
            self.reason.clear()
            self._bridge.informed.emit(f"Version {self._versions[0].number} of “{row.name}” is saved.")
        self._tell_state()
        return saved

    def discard(self) -> None:
        """Show the current version again."""
        self._older = None
        self.fields.show_definition(self._current())
        self.reason.clear()
        self._tell_state()

    def leave(self) -> None:
        """Save what was typed, and close."""
        self.save()
        self._row = None
        self.closed.emit()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.colours.update_theme()
        self.versions.viewport().update()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another room: what was typed is kept."""
        self.save()
        super().hideEvent(event)

    # Private slots

    def _on_closing(self) -> None:
        self.save()
        self._row = None

    def _on_name(self) -> None:
        row, name = self._row, self.name.text()
        if row is None or " ".join(name.split()) == row.name:
            return
        if not self._attempt(lambda: operations.rename_code(self._bridge.study, row.id, name=name)):
            self.name.setText(row.name)

    def _on_colour(self, slot: int) -> None:
        row = self._row
        if row is not None and slot != row.colour:
            self._attempt(lambda: operations.colour_code(self._bridge.study, row.id, palette_slot=slot))

    def _on_category(self) -> None:
        row, kind = self._row, "category" if self.category.isChecked() else "codable"
        if row is not None and kind != row.kind:
            self._attempt(lambda: operations.set_kind(self._bridge.study, row.id, kind=kind))

    def _on_version(self, number: str) -> None:
        """Show an older version to read, or the current one to go on."""
        if self.unsaved:
            self.save()
        found = next((row for row in self._versions if str(row.number) == number), None)
        self._older = found if found is not None and found is not self._versions[0] else None
        shown = self._current() if self._older is None else _definition(self._older)
        self.fields.show_definition(shown, read_only=self._older is not None)
        self._tell_state()

    # Internal

    def _attempt(self, deed: Callable[[], object]) -> bool:
        def told() -> bool:
            deed()
            return True

        return bool(self._bridge.attempt(told))

    def _current(self) -> Definition:
        return _definition(self._versions[0]) if self._versions else Definition()

    def _read(self) -> None:
        if self._row is None:
            return
        self._versions = definitions(self._bridge.study, self._row.id)
        if not self.name.hasFocus() or not self.name.isModified():
            self.name.setText(self._row.name)
        merged = merged_words(self._row)
        self._merged.setText(f"{merged[:1].upper()}{merged[1:]}. Undo takes a merged code out again." if merged else "")
        self._merged.setVisible(bool(merged))
        self.colours.choose(self._row.colour)
        self.category.setChecked(self._row.kind == "category")
        latest = self._versions[0].number if self._versions else 0
        self.versions.set_lines([_line(row, latest) for row in self._versions])

    def _tell_state(self) -> None:
        unsaved, older = self.unsaved, self._older
        if older is not None:
            state = f"Version {older.number}, to read. Choose the current version below to go on writing."
        elif unsaved:
            state = "Not saved yet."
        else:
            state = ""
        self._state.setText(state)
        self._state.setVisible(bool(state))
        self.save_button.setEnabled(unsaved)
        self.discard_button.setEnabled(unsaved)
        self.reason.setEnabled(older is None)

    def _lay_out(self) -> None:
        top = head(label("Definition", tone="quiet"), "Close", self.leave)
        top.setContentsMargins(SPACE // 2, 0, SPACE, 0)
        page = QFrame()
        page.setProperty("surface", "page")
        form = QVBoxLayout(page)
        form.setContentsMargins(SPACE // 2, 0, SPACE, SPACE)
        form.setSpacing(SPACE)
        self._merged.setWordWrap(True)
        for widget in (self.name, self._merged, self.colours, self.category, self._state, self.fields, self.reason):
            form.addWidget(widget)
        form.addLayout(self._buttons())
        above = QHBoxLayout()
        above.addWidget(label("Versions", "small", "quiet"), 1)
        above.addWidget(self.compare_button)
        form.addLayout(above)
        form.addWidget(self.versions)
        form.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(scrolled(page), 1)

    def _buttons(self) -> QHBoxLayout:
        self.name.setAccessibleName("Name of the code")
        self.reason.setAccessibleName("Reason for the change")
        self.reason.setPlaceholderText("Why it changes")
        self.save_button.setProperty("kind", "primary")
        self.save_button.setAccessibleName("Save the definition")
        self.discard_button.setProperty("kind", "quiet")
        self.discard_button.setAccessibleName("Discard what was typed")
        self.compare_button.setProperty("kind", "quiet")
        self.compare_button.setAccessibleName("Compare the versions of the definition")
        self.versions.setFixedHeight(16 * SPACE)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(self.discard_button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._on_name)
        self.colours.slotChosen.connect(self._on_colour)
        self.category.clicked.connect(self._on_category)
        self.fields.changed.connect(self._tell_state)
        self.reason.returnPressed.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.versions.lineActivated.connect(self._on_version)
        self.compare_button.clicked.connect(lambda: self.versionsAsked.emit(self._row))
        self._bridge.closing.connect(self._on_closing)


def _definition(row: DefinitionRow) -> Definition:
    return Definition(**{field.name: getattr(row, field.name) for field in fields(Definition)})


def _line(row: DefinitionRow, latest: int) -> Line:
    now = " (now)" if row.number == latest else ""
    right = " · ".join(part for part in (row.author, local_time(row.at)) if part)
    return Line(str(row.number), f"Version {row.number}{now}", right=right, notes=(row.reason,) if row.reason else ())
