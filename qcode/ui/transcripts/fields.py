"""Tables whose cells can be edited where they stand: typed, chosen from a list, or ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qcode.ui import theme
from qcode.ui.table import Column, RowTable
from qcode.ui.table_rows import TableRows

type Index = QModelIndex | QPersistentModelIndex
type Choices = Sequence[tuple[object, str]]

_ROLE = Qt.ItemDataRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Field[Row](Column[Row]):
    """A column that can be edited: `write` takes a row and what it should say from now on.

    With `choices`, (value, words) pairs are offered and a value is written; with `free` too, other words may be typed
    and are written as they are. With `ticked`, the cell is a box to tick, and a bool is written. `quiet` rows are
    written in quiet ink. Only the cells of rows that the field is `open_to` can be edited; of all, if nothing is said.
    """

    write: Callable[[Row, Any], None] | None = None
    choices: Callable[[Row], Choices] | None = None
    free: bool = False
    ticked: Callable[[Row], bool] | None = None
    quiet: Callable[[Row], bool] | None = None
    open_to: Callable[[Row], bool] | None = None

    def takes(self, row: Row) -> bool:
        """Whether the cell of a row can be edited."""
        return self.open_to is None or self.open_to(row)


class FieldTable(RowTable):
    """Rows with fields. Enter or F2 edits a cell, typing begins to, Space ticks all selected rows."""

    def __init__(self, columns: Sequence[Column[Any]], parent: QWidget | None = None) -> None:
        super().__init__(columns, parent)
        self._take_fields(columns)
        self.setItemDelegate(FieldDelegate(self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked | triggers.AnyKeyPressed)

    # Methods

    def replace_row(self, row: Any) -> None:
        """Show what changed about one row; the others, the cursor and an open editor stay as they are."""
        if isinstance(self._rows, FieldRows):
            self._rows.replace(row)

    def edit_cell(self, key: object, column: int) -> bool:
        """Begin to edit a cell of the row with this key; says whether it is shown."""
        line = self._rows.line_of(key)
        if line is None:
            return False
        index = self._rows.index(line, column)
        self.setCurrentIndex(index)
        self.edit(index)
        return True

    def finish_editing(self) -> None:
        """Take what is being typed as it stands."""
        editor = self.indexWidget(self.currentIndex())
        delegate = self.itemDelegate()
        if editor is not None and isinstance(delegate, FieldDelegate):
            delegate.finish(editor)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits or ticks, Space ticks; everything else is the table's."""
        index = self.currentIndex()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self.state() == QAbstractItemView.State.EditingState and event.key() in _ENTER:
            event.ignore()  # the line that is typed in let it through, having been told to close
        elif plain and index.isValid() and event.key() == Qt.Key.Key_Space and self._tick():
            event.accept()
        elif plain and index.isValid() and event.key() in _ENTER and self._is_editable(index):
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a choice that was current already opens it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if plain and index == self.currentIndex() and self._is_choice(index):
            self.edit(index)

    # Internal

    def _take_fields(self, columns: Sequence[Column[Any]]) -> None:
        plain, selection = self._rows, self.selectionModel()
        self._rows = FieldRows(columns, self)
        self.setModel(self._rows)
        selection.deleteLater()
        plain.deleteLater()
        self._set_up_headers(columns)

    def _is_editable(self, index: Index) -> bool:
        return bool(self._rows.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _is_choice(self, index: Index) -> bool:
        if not index.isValid() or not self._is_editable(index):
            return False
        column = self.columns[index.column()]
        return isinstance(column, Field) and column.choices is not None

    def _tick(self) -> bool:
        """Tick the selected rows, or untick them if the current one is ticked."""
        current = self.current_row()
        ticking = next((column for column in self.columns if isinstance(column, Field) and column.ticked), None)
        if current is None or ticking is None or ticking.ticked is None or ticking.write is None:
            return False
        wanted = not ticking.ticked(current)
        for row in self.selected_rows() or [current]:
            ticking.write(row, wanted)
        return True


class FieldRows(TableRows):
    """The rows behind a table with fields."""

    # Methods

    def replace(self, row: Any) -> None:
        """Take a row in place of the one with the same key."""
        line = self.line_of(self.key_of(row))
        if line is None:
            return
        old = self.shown[line]
        self.shown[line] = row
        self._all = [row if other is old else other for other in self._all]
        self.dataChanged.emit(self.index(line, 0), self.index(line, len(self.columns) - 1))

    # Events

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Whether a cell can be edited or ticked."""
        flags = super().flags(index)
        column = self._field(index)
        if column is None or column.write is None or not column.takes(self.shown[index.row()]):
            return flags
        return flags | (Qt.ItemFlag.ItemIsUserCheckable if column.ticked else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What a cell shows."""
        column = self._field(index)
        if column is not None:
            row = self.shown[index.row()]
            if role == _ROLE.CheckStateRole and column.ticked:
                return Qt.CheckState.Checked if column.ticked(row) else Qt.CheckState.Unchecked
            if role == _ROLE.ForegroundRole and column.quiet and column.quiet(row):
                return QColor(theme.current().quiet)
            if role == _ROLE.AccessibleTextRole and column.ticked:
                return "ticked" if column.ticked(row) else "not ticked"
            if role == _ROLE.EditRole:
                return column.shown(row)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Write what was typed, chosen or ticked, if it is anything else than before."""
        column = self._field(index)
        if column is None or column.write is None:
            return False
        row = self.shown[index.row()]
        if role == _ROLE.CheckStateRole and column.ticked:
            column.write(row, Qt.CheckState(value) == Qt.CheckState.Checked)
        elif role == _ROLE.EditRole and value != (column.value(row) if column.choices else column.shown(row)):
            column.write(row, value)
        return True

    # Internal

    def _field(self, index: Index) -> Field[Any] | None:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        return column if isinstance(column, Field) else None


class FieldDelegate(QStyledItemDelegate):
    """Editors for fields; the cell with the cursor has a frame, and a choice an arrow."""

    def __init__(self, table: FieldTable) -> None:
        super().__init__(table)
        self.table = table

    # Events

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """An arrow at the right of what can be chosen."""
        super().initStyleOption(option, index)
        column = self.table.columns[index.column()]
        row = self.table.shown_rows()[index.row()]
        if isinstance(column, Field) and column.choices is not None and column.takes(row):
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = _arrow()
            option.decorationPosition = QStyleOptionViewItem.Position.Right
            option.decorationSize = option.decorationSize.boundedTo(_arrow().actualSize(option.decorationSize))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, with a frame while it has the keyboard."""
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(QColor(theme.current().focus), theme.current().ring))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line to type in, or a list to choose from."""
        column = self.table.columns[index.column()]
        row = self.table.shown_rows()[index.row()]
        if isinstance(column, Field) and column.choices is not None:
            editor: QWidget = self._list_of(parent, column, row)
        else:
            editor = QLineEdit(parent)
        editor.setAcceptDrops(False)
        editor.setAccessibleName(f"{column.title}, {self.table.columns[0].shown(row)}")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what the cell says."""
        if isinstance(editor, QComboBox):
            column, row = self.table.columns[index.column()], self.table.shown_rows()[index.row()]
            editor.setCurrentIndex(editor.findData(column.value(row)))
            if (line := editor.lineEdit()) is not None:
                line.setText(column.shown(row))
                line.selectAll()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what was chosen or typed."""
        if not isinstance(editor, QComboBox):
            super().setModelData(editor, model, index)
            return
        chosen = editor.currentIndex()
        if editor.isEditable() and (chosen < 0 or editor.itemText(chosen) != editor.currentText()):
            model.setData(index, editor.currentText(), _ROLE.EditRole)
        elif chosen >= 0:
            model.setData(index, editor.itemData(chosen), _ROLE.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Let the editor have as much height as it needs, around the middle of its cell."""
        cell = option.rect
        height = max(cell.height(), editor.sizeHint().height())
        room = self.table.viewport().height()
        top = min(max(cell.center().y() - height // 2, 0), max(room - height, 0))
        editor.setGeometry(QRect(cell.left(), top, cell.width(), height))

    # Methods

    def finish(self, editor: QWidget) -> None:
        """Take what an editor says, and close it."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    # Internal

    def _list_of(self, parent: QWidget, column: Field[Any], row: Any) -> QComboBox:
        editor = QComboBox(parent)
        editor.setEditable(column.free)
        editor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for value, words in column.choices(row) if column.choices else ():
            editor.addItem(words, value)
        editor.activated.connect(lambda _chosen: self.finish(editor))
        editor.view().setMinimumWidth(editor.view().sizeHintForColumn(0) + 3 * theme.SPACE)
        if not column.free:
            QTimer.singleShot(0, editor, editor.showPopup)
        return editor


def _arrow() -> QIcon:
    marks = Path(theme.__file__).with_name("marks")
    return QIcon(str(marks / f"down-{theme.current().name}.svg"))
