"""A list of lines of many heights that keeps its cursor and scroll when it is read again, and edits in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from qcode.ids import CodeId, ThemeId
from qcode.ui.themes.lines import Line
from qcode.ui.themes.outline_delegate import OutlineDelegate
from qcode.ui.themes.outline_model import OutlineModel
from qcode.ui.wrapped import keep_lines_whole

type Index = QModelIndex | QPersistentModelIndex


class LineView(QListView):
    """Shows lines; the one with the cursor says which theme is chosen. While a line is written, new lines wait."""

    themeChosen = Signal(object)
    written = Signal(object, str)
    writingEnded = Signal()
    conceptTooLong = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._delegate = OutlineModel(self), OutlineDelegate(self)
        self._writing = False
        self._chosen: ThemeId | None = None
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self._set_up()
        keep_lines_whole(self)
        self._lines.written.connect(self.written)
        self._delegate.editingEnded.connect(self._on_editing_ended)
        self._delegate.tooLong.connect(self.conceptTooLong)
        self._delegate.refused.connect(self.refused)

    # Properties

    @property
    def lines(self) -> list[Line]:
        """The lines as they are shown."""
        return self._lines.lines

    @property
    def line(self) -> Line | None:
        """The line with the cursor."""
        index = self.currentIndex()
        return self.lines[index.row()] if index.isValid() else None

    @property
    def theme(self) -> ThemeId | None:
        """The theme that is chosen."""
        line = self.line
        return line.theme if line else None

    @property
    def code(self) -> CodeId | None:
        """The chip with the cursor, on a line of codes."""
        line, chip = self.line, self._delegate.chip
        return line.codes[chip].code if line is not None and 0 <= chip < len(line.codes) else None

    @property
    def writing(self) -> bool:
        """Whether the field of a line is open."""
        return self._writing

    # Methods

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the cursor stays on its line, or goes to the one that took its place."""
        row, key = self.currentIndex().row(), self.line.key if self.line else None
        chip, down = self._delegate.chip, self.verticalScrollBar().value()
        self._lines.take(lines)
        self.doItemsLayout()
        place = self._lines.place_of(key) if key else None
        if place is None and lines:
            place = min(max(row, 0), len(lines) - 1)
        if place is not None:
            self.setCurrentIndex(self._lines.index(place))
            self.choose_chip(max(chip, 0))
        self.verticalScrollBar().setValue(down)
        self._announce()

    def put_cursor(self, key: tuple[str, str]) -> bool:
        """Put the cursor on a line and make it visible; says whether there is one."""
        place = self._lines.place_of(key)
        if place is None:
            return False
        index = self._lines.index(place)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def choose_chip(self, number: int) -> None:
        """Put the cursor on a code of the line, or on its first or last if there are not so many."""
        line = self.line
        self._delegate.chip = min(max(number, 0), len(line.codes) - 1) if line else -1
        self.viewport().update()

    def step_chip(self, by: int) -> None:
        """Put the cursor on the next code of the line."""
        self.choose_chip(self._delegate.chip + by)

    def write(self, words: str | None = None) -> None:
        """Open the field of the line with the cursor, with other words in it than what stands there."""
        self._writing = True
        self.edit(self.currentIndex())
        if words is not None:
            self._delegate.write_again(words)

    def keep_writing(self) -> None:
        """Keep what is half written, and close its field."""
        if self._writing:
            self._delegate.keep_writing()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the lines anew."""
        self.setProperty("lineWidth", self.viewport().width())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which theme is chosen now."""
        super().currentChanged(current, previous)
        self.choose_chip(0)
        self._announce()

    # Private slots

    def _on_editing_ended(self) -> None:
        self._writing = False
        QTimer.singleShot(0, self, self.writingEnded.emit)

    # Internal

    def _announce(self) -> None:
        if self.theme != self._chosen:
            self._chosen = self.theme
            self.themeChosen.emit(self._chosen)

    def _set_up(self) -> None:
        self.setAccessibleName("Outline of themes")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
