"""The panel beside a table in which its attributes are added, described and ordered, with the levels of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import LevelId
from qcode.operations.attributes import (
    add_attribute,
    add_level,
    describe_attribute,
    move_attribute,
    move_level,
    remove_attribute,
    remove_level,
    rename_level,
)
from qcode.queries.people.attributes import AttributeRow, LevelRow, attributes
from qcode.text.blocks import Subject
from qcode.text.typed import KINDS
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Field, FieldTable
from qcode.ui.transcripts.parts import action, choice_box, later, line_edit

KIND_CHOICES = tuple((kind, kind.capitalize()) for kind in KINDS)
_NO_LEVELS = "Levels belong to categories. Choose one above."


class AttributesPanel(QFrame):
    """What is recorded about one kind of subject. Alt+Up and Alt+Down move what is chosen; levels are dragged too."""

    def __init__(self, bridge: StudyBridge, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.subject = bridge, subject
        self.table = FieldTable(self._columns(), self)
        self.table.setAccessibleName(f"Attributes of {subject}s")
        self.name = line_edit("Name of the new attribute", "New attribute")
        self.kind = choice_box(KIND_CHOICES, "Kind of the new attribute")
        self.add_button = QPushButton("Add")
        self.add_button.setAccessibleName("Add attribute")
        self.levels = LevelList(self)
        self.level = line_edit("Name of the new level", "New level")
        self.add_level_button = QPushButton("Add")
        self.add_level_button.setAccessibleName("Add level")
        self._title = theme.label("Levels", "heading")
        self._lay_out()
        self._connect()

    # Properties

    @property
    def current(self) -> AttributeRow | None:
        """The attribute whose levels are shown."""
        return self.table.current_row()

    # Methods

    def refresh(self) -> None:
        """Read the attributes again."""
        rows = attributes(self.bridge.study, self.subject)
        self.table.set_rows(rows)
        if rows and self.table.current_row() is None:
            self.table.select_row(rows[0].id)
        self._show_levels()

    def add(self) -> None:
        """Add the attribute that was typed."""
        made = self.bridge.attempt(
            lambda: add_attribute(
                self.bridge.study,
                subject=self.subject,
                name=self.name.text(),
                kind=self.kind.currentData(),
            )
        )
        if made is not None:
            self.name.clear()
            self.table.select_row(made)
        self.name.setFocus()

    def add_level(self) -> None:
        """Add the level that was typed to the attribute that is chosen."""
        row, words = self.current, self.level.text()
        if row is not None:
            made = self.bridge.attempt(lambda: add_level(self.bridge.study, row.id, name=words))
            self.level.setText(words if made is None else "")
        self.level.setFocus()

    def remove(self) -> None:
        """Remove the chosen attributes; undo brings them back with every value."""
        for row in self.table.selected_rows():
            self._attempt(partial(remove_attribute, self.bridge.study, row.id))

    def remove_level(self) -> None:
        """Remove the level that is chosen, unless it is recorded."""
        level = self.levels.current
        if level is not None:
            self._attempt(partial(remove_level, self.bridge.study, level.id))

    def step(self, by: int) -> None:
        """Move the chosen attribute up or down in all tables."""
        row, rows = self.current, self.table.shown_rows()
        if row is None or not 0 <= (place := rows.index(row) + by) < len(rows):
            return
        others = [other for other in rows if other.id != row.id]
        after = others[place - 1].id if place else None
        self._attempt(lambda: move_attribute(self.bridge.study, row.id, after=after))

    # Private slots

    def _show_levels(self) -> None:
        row = self.current
        is_category = row is not None and row.kind == "category"
        self._title.setText(f"Levels of {row.name}" if row is not None and is_category else "Levels")
        self.levels.show_levels(row.levels if row is not None and is_category else ())
        for widget in (self.levels, self.level):
            widget.setEnabled(is_category)
            widget.setToolTip("" if is_category else _NO_LEVELS)
        self._on_typed()

    def _on_typed(self) -> None:
        self.add_button.setEnabled(bool(self.name.text().strip()))
        self.add_level_button.setEnabled(self.level.isEnabled() and bool(self.level.text().strip()))

    def _on_level_renamed(self, level: str, name: str) -> None:
        later(self, lambda: self._attempt(lambda: rename_level(self.bridge.study, LevelId(level), name=name)))

    def _on_level_moved(self, level: str, after: str) -> None:
        behind = LevelId(after) if after else None
        later(self, lambda: self._attempt(lambda: move_level(self.bridge.study, LevelId(level), after=behind)))

    # Internal

    def _attempt(self, deed: Callable[[], object]) -> None:
        """Do something and, if it is refused, show again what stands in the study."""
        refusals: list[str] = []
        self.bridge.refused.connect(refusals.append)
        self.bridge.attempt(deed)
        self.bridge.refused.disconnect(refusals.append)
        if refusals:
            self.refresh()

    def _columns(self) -> list[Field[AttributeRow]]:
        return [
            Field(
                "Attribute",
                lambda row: row.name,
                tip=lambda row: row.name,
                write=lambda row, words: self._describe(row, name=words),
                stretch=True,
            ),
            Field(
                "Kind",
                lambda row: row.kind,
                lambda row: row.kind.capitalize(),
                choices=lambda _row: KIND_CHOICES,
                write=lambda row, kind: self._describe(row, kind=kind),
                width=112,
            ),
            Field(
                "Only for",
                lambda row: row.group,
                write=lambda row, words: self._describe(row, group=words),
                width=92,
                about="The one group of which it is recorded; empty for everybody.",
            ),
            Field("Values", lambda row: row.given, lambda row: f"{row.given:,}", "right", width=58),
        ]

    def _describe(self, row: AttributeRow, **changed: str) -> None:
        said = {"name": row.name, "kind": row.kind, "group": row.group} | changed
        deed = partial(describe_attribute, self.bridge.study, row.id, **said)  # type: ignore[arg-type]  # a known kind
        later(self, lambda: self._attempt(deed))

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.name.returnPressed.connect(self.add)
        self.name.textChanged.connect(self._on_typed)
        self.level.textChanged.connect(self._on_typed)
        self.add_level_button.clicked.connect(self.add_level)
        self.level.returnPressed.connect(self.add_level)
        self.table.currentRowChanged.connect(lambda _row: self._show_levels())
        self.levels.renamed = self._on_level_renamed
        self.levels.moved = self._on_level_moved
        self.panel_actions = [*self._attribute_actions(), *self._level_actions()]

    def _attribute_actions(self) -> list[QAction]:
        table, key = self.table, f"transcripts.{self.subject}-attribute"
        return [
            action("Remove the attribute", self.remove, table, Qt.Key.Key_Delete, key=f"{key}-remove"),
            action("Move the attribute up", lambda: self.step(-1), table, "Alt+Up", key=f"{key}-up"),
            action("Move the attribute down", lambda: self.step(1), table, "Alt+Down", key=f"{key}-down"),
        ]

    def _level_actions(self) -> list[QAction]:
        levels, key = self.levels, f"transcripts.{self.subject}-level"
        return [
            action("Remove the level", self.remove_level, levels, Qt.Key.Key_Delete, key=f"{key}-remove"),
            action("Move the level up", lambda: levels.step(-1), levels, "Alt+Up", key=f"{key}-up"),
            action("Move the level down", lambda: levels.step(1), levels, "Alt+Down", key=f"{key}-down"),
        ]

    def _lay_out(self) -> None:
        self.setProperty("surface", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(theme.label("Attributes", "heading"))
        column.addWidget(self.table, 3)
        column.addLayout(_line(self.name, self.kind, self.add_button))
        column.addSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self.levels, 2)
        column.addLayout(_line(self.level, self.add_level_button))


class LevelList(QListWidget):
    """The levels of a category in order: dragged, moved by keys, renamed where they stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.renamed: Callable[[str, str], None] = _nothing
        self.moved: Callable[[str, str], None] = _nothing
        self._levels: tuple[LevelRow, ...] = ()
        self.setAccessibleName("Levels")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.itemChanged.connect(self._on_changed)
        self.model().rowsMoved.connect(self._on_rows_moved)

    # Properties

    @property
    def current(self) -> LevelRow | None:
        """The level that is chosen."""
        return self._levels[self.currentRow()] if 0 <= self.currentRow() < len(self._levels) else None

    # Methods

    def show_levels(self, levels: tuple[LevelRow, ...]) -> None:
        """Show these levels; the one that was chosen stays chosen."""
        chosen = self.current
        quiet = QSignalBlocker(self)
        self.clear()
        self._levels = levels
        for level in levels:
            item = QListWidgetItem(level.name)
            item.setData(Qt.ItemDataRole.UserRole, level.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setToolTip(f"Recorded {level.count:,} times" if level.count != 1 else "Recorded once")
            self.addItem(item)
        ids = [level.id for level in levels]
        self.setCurrentRow(ids.index(chosen.id) if chosen is not None and chosen.id in ids else -1)
        quiet.unblock()

    def step(self, by: int) -> None:
        """Move the chosen level up or down."""
        level, place = self.current, self.currentRow() + by
        if level is None or not 0 <= place < len(self._levels):
            return
        others = [other.id for other in self._levels if other.id != level.id]
        self.moved(level.id, others[place - 1] if place else "")

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter renames, as in tables."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.editItem(self.currentItem())
        else:
            super().keyPressEvent(event)

    # Private slots

    def _on_changed(self, item: QListWidgetItem) -> None:
        level = next((one for one in self._levels if one.id == item.data(Qt.ItemDataRole.UserRole)), None)
        if level is not None and item.text() != level.name:
            self.renamed(level.id, item.text())

    def _on_rows_moved(self, _from: QModelIndex, start: int, _end: int, _to: QModelIndex, row: int) -> None:
        place = row - 1 if row > start else row
        item = self.item(place)
        before = self.item(place - 1) if place else None
        after = before.data(Qt.ItemDataRole.UserRole) if before is not None else ""
        if item is not None:
            self.moved(item.data(Qt.ItemDataRole.UserRole), after)


def _nothing(_first: str, _second: str) -> None:
    """Nobody listens yet."""


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(SPACE)
    for place, widget in enumerate(widgets):
        line.addWidget(widget, 0 if place else 1)
    return line
