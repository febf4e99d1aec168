"""What the tabs of participants and sites have in common: a table to type in, its attributes, and tables from files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.errors import QcodeError
from qcode.operations.cells import write_cells
from qcode.queries.people.attributes import SheetRow, sheet
from qcode.text.blocks import Block, Subject
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import WITHIN
from qcode.ui.table import Column
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.attributes_import import TableImport
from qcode.ui.transcripts.attributes_panel import AttributesPanel
from qcode.ui.transcripts.parts import action, counted, later, line_edit, remove_each, rule
from qcode.ui.transcripts.sheet import SheetTable

_REMOVING = {"participant": "transcripts.remove-participant"}
_TABLES = "Tables (*.csv *.tsv *.xlsx);;All files (*)"


class AttributesTab(QStackedWidget):
    """Everything recorded about one kind of subject, in a table like a spreadsheet's; or a table about to come in.

    Delete clears the chosen cells, or removes the rows of which the name is chosen; Ctrl+V pastes a block, Ctrl+D
    fills down.
    """

    def __init__(
        self,
        bridge: StudyBridge,
        subject: Subject,
        *,
        more: Sequence[Column[SheetRow]],
        empty: str,
        lines: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge, self.subject = bridge, subject
        self._folder = ""
        self.table = SheetTable(self._write_later, more, self)
        self.table.setAccessibleName(f"{subject.capitalize()}s")
        self.empty = EmptyState(empty, f"Add a {subject}" if lines else None)
        self.attributes = AttributesPanel(bridge, subject)
        self.importing = TableImport(bridge, subject)
        self.import_button = QPushButton("Import a table…")
        self.attributes_button = QPushButton("Attributes")
        self.filter = line_edit(f"Filter {subject}s", "Filter")
        self.lines = [line_edit(name, placeholder) for name, placeholder in lines]
        self.add_button = QPushButton("Add", self)
        self.add_button.setVisible(bool(lines))
        self.add_button.setAccessibleName(f"Add {subject}")
        self._lay_out()
        self._add_actions()
        self._connect()

    # Methods

    def refresh(self) -> None:
        """Read the table again; a table that is being imported stays on view."""
        self.table.show_sheet(sheet(self.bridge.study, self.subject))
        self.attributes.refresh()
        rows = self.table.sheet.rows if self.table.sheet else ()
        self._pages.setCurrentWidget(self.table if rows else self.empty)

    def start_adding(self) -> None:
        """Begin to type one more."""
        self.setCurrentWidget(self.page)
        (self.lines[0] if self.lines else self.table).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self) -> None:
        """Add what was typed; the line is then ready for the next."""
        made = self.bridge.attempt(self.deed_to_add)
        if made is not None:
            self.lines[0].clear()
            self.table.select_row(made)
        self.lines[0].setFocus()

    def deed_to_add(self) -> str:
        """Add what was typed, and answer its id."""
        raise NotImplementedError

    def deed_to_remove(self, row: SheetRow) -> None:
        """Take a row out of the study."""
        raise NotImplementedError

    def remove(self) -> None:
        """Take the chosen rows out of the study; undo brings them back."""
        rows = self.table.selected_rows()
        remove_each(self.bridge, self.subject, [(row.name, partial(self.deed_to_remove, row)) for row in rows])

    def clear(self) -> None:
        """Clear the chosen cells, or remove the rows whose name is chosen."""
        if self.table.names_chosen():
            self.remove()
        else:
            self._write(self.table.block_to_clear)

    def paste(self) -> None:
        """Paste a block of cells, all of it or, if one cell is refused, nothing."""
        self._write(self.table.block_to_paste)

    def fill_down(self) -> None:
        """Let the chosen cells say what the uppermost of them says."""
        self._write(self.table.block_to_fill)

    def choose_table(self) -> None:
        """Ask for a table to import."""
        name, _kind = QFileDialog.getOpenFileName(self, "Import a table", self._folder, _TABLES)
        if name:
            self._folder = str(Path(name).parent)
            self.import_table(Path(name))

    def import_table(self, path: Path) -> None:
        """Show what importing a table would change; nothing is written yet."""
        self.setCurrentWidget(self.importing)
        self.importing.read(path)

    def show_attributes(self) -> None:
        """Show the panel of attributes, or hide it again."""
        self.attributes.setVisible(self.attributes.isHidden())
        self.attributes_button.setText("Hide attributes" if not self.attributes.isHidden() else "Attributes")
        if not self.attributes.isHidden():
            self.attributes.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def room_actions(self) -> list[QAction]:
        """Everything that can be done here, for the palette and the keys of the room."""
        return [self.remove_action, *self.cell_actions, *self.page_actions, *self.attributes.panel_actions]

    # Private slots

    def _on_typed(self) -> None:
        self.add_button.setEnabled(bool(self.lines and self.lines[0].text().strip()))

    def _on_imported(self) -> None:
        self.setCurrentWidget(self.page)
        self.refresh()
        (self.table if self.table.shown_rows() else self.empty.button).setFocus()

    # Internal

    def _write_later(self, block: Block) -> None:
        later(self, lambda: self._write(lambda: block))

    def _write(self, block: Callable[[], Block]) -> None:
        try:
            wanted = block()
        except QcodeError as error:
            self.bridge.refused.emit(str(error))
            return
        if wanted.cells or wanted.new_rows:
            changed = self.bridge.attempt(lambda: write_cells(self.bridge.study, self.subject, wanted))
            if changed is not None and len(wanted.cells) > 1:
                self.bridge.informed.emit(f"{counted(changed, 'cell')} changed.")

    def _add_actions(self) -> None:
        table, key, noun = self.table, f"transcripts.{self.subject}", self.subject
        self.remove_action = action(
            f"Remove {noun}", self.remove, table, key=_REMOVING.get(noun, f"transcripts.{noun}-remove")
        )
        self.cell_actions: list[QAction] = [
            action("Clear cells, or remove by name", self.clear, table, Qt.Key.Key_Delete, key=f"{key}-clear"),
            action("Paste cells", self.paste, table, "Ctrl+V", key=f"{key}-paste"),
            action("Fill down", self.fill_down, table, "Ctrl+D", key=f"{key}-fill"),
        ]
        self.page_actions: list[QAction] = [
            action(f"Import a table of {noun}s…", self.choose_table, self, context=WITHIN, key=f"{key}-import"),
            action(
                f"Show the attributes of {noun}s", self.show_attributes, self, context=WITHIN, key=f"{key}-attributes"
            ),
        ]

    def _connect(self) -> None:
        self.empty.pressed.connect(self.start_adding)
        self.import_button.clicked.connect(self.choose_table)
        self.attributes_button.clicked.connect(self.show_attributes)
        self.filter.textChanged.connect(self.table.filter)
        self.add_button.clicked.connect(self.add)
        self.importing.finished.connect(self._on_imported)
        for line in self.lines:
            line.returnPressed.connect(self.add)
            line.textChanged.connect(self._on_typed)
        self._on_typed()

    def _lay_out(self) -> None:
        self.page = QSplitter(Qt.Orientation.Horizontal, self)
        left = QWidget(self.page)
        self._pages = QStackedWidget(left)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        self.attributes.hide()
        self.filter.setMaximumWidth(28 * SPACE)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_bar([*self.extra_buttons(), self.import_button, self.attributes_button], self.filter))
        column.addWidget(self._pages, 1)
        if self.lines:
            column.addWidget(rule())
            column.addLayout(self._adding_line())
        self.page.addWidget(self.attributes)
        self.page.setSizes([820, 400])
        self.page.setStretchFactor(0, 1)
        self.page.setChildrenCollapsible(False)
        self.addWidget(self.page)
        self.addWidget(self.importing)

    def extra_buttons(self) -> list[QPushButton]:
        """Buttons of one tab alone."""
        return []

    def _adding_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        line.setSpacing(SPACE)
        for widget in self.lines:
            line.addWidget(widget, 1)
        line.addWidget(self.add_button)
        line.addStretch(1)
        return line


def _bar(buttons: Sequence[QWidget], filter_line: QLineEdit) -> QHBoxLayout:
    bar = QHBoxLayout()
    bar.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    bar.setSpacing(SPACE)
    for button in buttons:
        bar.addWidget(button)
    bar.addStretch(1)
    bar.addWidget(filter_line)
    return bar
