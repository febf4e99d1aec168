"""The passages of the chosen codes, to read and to pick quotes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDrag, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import DocumentId
from qcode.study import Place
from qcode.ui import theme
from qcode.ui.theme import SPACE, label
from qcode.ui.themes import carrying
from qcode.ui.themes.painting import Words, paint_ground, words
from qcode.ui.themes.passage_lines import PassageLine

type Index = QModelIndex | QPersistentModelIndex

_LINE = Qt.ItemDataRole.UserRole
_ROLE = Qt.ItemDataRole
_PAD = 1.5 * SPACE


class _Model(QAbstractListModel):
    """Passages in text order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[PassageLine] = []

    def take(self, lines: Sequence[PassageLine]) -> None:
        """Hold other passages."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """The passage, its words, and its words in their context."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role == _ROLE.ToolTipRole:
            return f"…{line.before}[{line.text}]{line.after}…"
        said = f"{line.text}\n{line.source}"
        return said if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole) else None


class _Delegate(QStyledItemDelegate):
    """A passage with its source below it, and the word “quoted” where the chosen theme has it already."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need."""
        width = option.widget.property("lineWidth") or option.rect.width()
        text, source = _laid_out(index.data(_LINE), width)
        return QSize(width, round(text.height + source.height + 2 * SPACE + 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one passage."""
        place, shown = QRectF(option.rect), theme.current()
        painter.save()
        paint_ground(painter, option, index)
        text, source = _laid_out(index.data(_LINE), place.width())
        text.paint(painter, place.topLeft() + QPointF(_PAD, SPACE), shown.text)
        source.paint(painter, place.topLeft() + QPointF(_PAD, SPACE + text.height + 2), shown.quiet)
        painter.restore()


def _laid_out(line: PassageLine, width: float) -> tuple[Words, Words]:
    room = width - 2 * _PAD
    return words(line.text, room), words("Quoted · " * line.quoted + line.source, room, "small")


class PassageList(QListView):
    """Passages to read; the one with the cursor can be picked."""

    picked = Signal(object, str)
    placeAsked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passages = _Model(self)
        self.setModel(self._passages)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("Passages")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setMouseTracking(True)
        self.setDragEnabled(True)

    # Properties

    @property
    def lines(self) -> list[PassageLine]:
        """The passages as they are shown."""
        return self._passages.lines

    @property
    def line(self) -> PassageLine | None:
        """The passage with the cursor."""
        index = self.currentIndex()
        return self.lines[index.row()] if index.isValid() else None

    # Methods

    def show_lines(self, lines: Sequence[PassageLine]) -> None:
        """Show these passages; cursor and scroll stay where the same passages are shown."""
        key, down = self.line.key if self.line else None, self.verticalScrollBar().value()
        self._passages.take(lines)
        self.doItemsLayout()
        place = next((number for number, line in enumerate(lines) if line.key == key), None)
        if place is not None:
            self.setCurrentIndex(self._passages.index(place))
            self.verticalScrollBar().setValue(down)
        elif lines:
            self.setCurrentIndex(self._passages.index(0))
            self.scrollToTop()

    def pick(self, stance: str) -> None:
        """Pick the passage with the cursor."""
        if self.line is not None:
            self.picked.emit(self.line, stance)

    def open_place(self) -> None:
        """Ask for the place of the passage with the cursor."""
        if self.line is not None:
            self.placeAsked.emit(Place(DocumentId(self.line.document), self.line.start, self.line.end))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies; the other keys belong to actions, and no letter searches."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.line is not None:
            QGuiApplication.clipboard().setText(f"{self.line.text}\n{self.line.source}")
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a passage."""
        menu = QMenu(self)
        menu.addActions(self.actions())
        menu.exec(event.globalPos())
        menu.deleteLater()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry a passage to a theme."""
        if self.line is not None:
            drag = QDrag(self)
            drag.setMimeData(carrying.pack("passage", [str(part) for part in self.line.key]))
            drag.exec(Qt.DropAction.CopyAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the passages anew."""
        self.setProperty("lineWidth", self.viewport().width())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class PassagesPane(QFrame):
    """The passages with their heading and the two ways to pick one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.heading = label("Passages", "small", "quiet")
        self.list = PassageList()
        self.pick, self.dissent = QPushButton("Pick as quote"), QPushButton("Pick as dissenting")
        self.pick.setToolTip("Enter")
        self.dissent.setToolTip("D")
        self.pick.clicked.connect(lambda: self.list.pick("supports"))
        self.dissent.clicked.connect(lambda: self.list.pick("dissents"))
        self._lay_out()
        self.show_passages([], "")

    # Methods

    def show_passages(self, lines: Sequence[PassageLine], names: str) -> None:
        """Show the passages of these codes."""
        count = "1 passage" if len(lines) == 1 else f"{len(lines):,} passages"
        self.heading.setText(f"{names}: {count}" if names else "Choose a code to read its passages.")
        self.list.show_lines(lines)
        for button in (self.pick, self.dissent):
            button.setEnabled(bool(lines))

    # Internal

    def _lay_out(self) -> None:
        self.heading.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(SPACE, 0, SPACE, SPACE)
        buttons.setSpacing(SPACE)
        for button in (self.pick, self.dissent):
            button.setProperty("kind", "quiet")
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        self.heading.setContentsMargins(round(_PAD), 0, round(_PAD), 0)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
