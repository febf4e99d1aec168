"""Lists of a few lines each: a name with what stands at its right, and quiet notes below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.ui import theme
from qcode.ui.code.colours import SWATCH, code_colour, paint_focus
from qcode.ui.text.strokes import paint_swatch
from qcode.ui.theme import SPACE

type Index = QModelIndex | QPersistentModelIndex

LINE = Qt.ItemDataRole.UserRole
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_LONGEST_NOTE = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: `key` is what it is known by, `slot` a palette slot; `quiet` entries are written in quiet ink."""

    key: str
    name: str
    right: str = ""
    notes: tuple[str, ...] = ()
    slot: int | None = None
    quiet: bool = False
    tip: str = ""

    @property
    def words(self) -> str:
        """The entry as a screen reader says it."""
        return ", ".join(part for part in (self.name, self.right, *self.notes) if part)


class Lines(QAbstractListModel):
    """The entries of a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    # Methods

    def take(self, lines: Sequence[Line]) -> None:
        """Hold other entries; where the same are there in the same order, only those that differ are told."""
        old, new = self.lines, tuple(lines)
        if [line.key for line in old] == [line.key for line in new]:
            self.lines = new
            for place, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self.lines = new
        self.endResetModel()

    def place_of(self, key: str | None) -> int | None:
        """Where an entry stands."""
        return next((place for place, line in enumerate(self.lines) if line.key == key), None)

    # Events

    def rowCount(self, parent: Index | None = None) -> int:
        """How many entries there are; none has entries of its own."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """An entry's words, or the entry itself."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.words
        return line.tip or None if role == Qt.ItemDataRole.ToolTipRole else None


class LinePainter(QStyledItemDelegate):
    """Draws entries; notes are wrapped, four rows of them at most."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the entry needs at the width of its list."""
        line = index.data(LINE)
        width = _width_of(option.widget)
        if line is None:
            return QSize(width, 0)
        room = width - 2 * SPACE - _indent(line)
        notes = sum(_note_height(note, room) for note in line.notes)
        return QSize(width, SPACE + QFontMetrics(theme.font("body")).height() + notes + SPACE // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground as the style does, and the entry upon it."""
        line = index.data(LINE)
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style = ground.widget.style() if ground.widget else None
        if style is not None:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)
        if line is None:
            return
        painter.save()
        self._paint_line(painter, option.rect, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, option.rect)
        painter.restore()

    # Internal

    def _paint_line(self, painter: QPainter, place: QRect, line: Line) -> None:
        inks = theme.current()
        body = theme.font("body")
        metrics = QFontMetrics(body)
        box = place.adjusted(SPACE, SPACE // 2 + 2, -SPACE, -SPACE // 4)
        if line.slot is not None:
            top = box.top() + (metrics.height() - SWATCH) / 2
            paint_swatch(painter, QRectF(box.left(), top, SWATCH, SWATCH), code_colour(line.slot))
        box.setLeft(box.left() + _indent(line))
        box.setHeight(metrics.height())
        self._paint_right(painter, box, line.right)
        used = QFontMetrics(theme.font("small")).horizontalAdvance(line.right) + SPACE if line.right else 0
        painter.setFont(body)
        painter.setPen(QColor(inks.quiet if line.quiet else inks.text))
        name = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, box.width() - used)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        self._paint_notes(painter, box, place, line)

    def _paint_right(self, painter: QPainter, box: QRect, words: str) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(theme.current().quiet))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_notes(self, painter: QPainter, box: QRect, place: QRect, line: Line) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(theme.current().quiet))
        top = box.bottom() + 1
        for note in line.notes:
            height = _note_height(note, _width_of_box(place, line))
            painter.drawText(QRect(box.left(), top, box.width(), height), _WRAPPED, note)
            top += height


class LineList(QListView):
    """A list of entries that keeps its current one, by key, while that is there. Enter and a click activate."""

    lineActivated = Signal(str)
    currentKeyChanged = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = Lines(self)
        self._told = ""
        self.setModel(self._lines)
        self.setItemDelegate(LinePainter(self))
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._on_clicked)

    # Properties

    @property
    def lines(self) -> tuple[Line, ...]:
        """The entries from the top."""
        return self._lines.lines

    @property
    def current_key(self) -> str | None:
        """The key of the entry with the cursor."""
        place = self.currentIndex().row()
        return self.lines[place].key if 0 <= place < len(self.lines) else None

    # Methods

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these entries; the current one and the scroll stay while they can."""
        key, down = self.current_key, self.verticalScrollBar().value()
        self._lines.take(lines)
        if self.current_key != key:
            self.set_current(key)
        self.verticalScrollBar().setValue(down)
        self._tell()

    def set_current(self, key: str | None) -> bool:
        """Put the cursor on an entry and bring it into sight; says whether it is there."""
        place = self._lines.place_of(key)
        if place is None:
            return False
        self.setCurrentIndex(self._lines.index(place))
        return True

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates; everything else is Qt's."""
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._on_clicked()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell when another entry has the cursor."""
        super().currentChanged(current, previous)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the notes anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    # Private slots

    def _on_clicked(self, _index: object = None) -> None:
        key = self.current_key
        if key is not None:
            self.lineActivated.emit(key)

    # Internal

    def _tell(self) -> None:
        key = self.current_key or ""
        if key != self._told:
            self._told = key
            self.currentKeyChanged.emit(key)


def letters(count: int) -> int:
    """The width of so many letters of plain text, at the size that type has now."""
    return QFontMetrics(theme.font("body")).averageCharWidth() * count


def _indent(line: Line) -> int:
    return 0 if line.slot is None else SWATCH + SPACE


def _width_of(widget: QWidget | None) -> int:
    return widget.viewport().width() if isinstance(widget, QListView) else 0


def _width_of_box(place: QRect, line: Line) -> int:
    return place.width() - 2 * SPACE - _indent(line)


def _note_height(note: str, width: int) -> int:
    metrics = QFontMetrics(_small())
    wrapped = metrics.boundingRect(0, 0, max(width, 1), 10_000, _WRAPPED, note).height()
    return min(wrapped, _LONGEST_NOTE * metrics.lineSpacing())


def _small() -> QFont:
    return theme.font("small")
