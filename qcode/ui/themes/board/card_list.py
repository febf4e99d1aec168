"""A column of the board: cards to go through, to write in, and to carry elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QWidget,
)

from qcode.ui.context_menu import show_menu
from qcode.ui.row_list import RowList
from qcode.ui.themes import carrying
from qcode.ui.themes.board.card_delegate import CARD, LONGEST_SHOWN, CardDelegate
from qcode.ui.themes.board.cards import Card
from qcode.ui.wrapped import keep_lines_whole

type Index = QModelIndex | QPersistentModelIndex

_ROLE = Qt.ItemDataRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Cards(RowList):
    """The cards of a column."""

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A card, what it says, and what a screen reader hears."""
        if not index.isValid():
            return None
        card: Card = self.rows[index.row()]
        if role == CARD:
            return card
        if role == _ROLE.DisplayRole:
            return card.text
        if role == _ROLE.ToolTipRole:
            return card.text if len(card.text) > LONGEST_SHOWN else None
        return card.spoken if role == _ROLE.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be carried, and be written in."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        kind = self.rows[index.row()].kind
        if kind in ("theme", "draft"):
            can |= Qt.ItemFlag.ItemIsEditable
        return can | Qt.ItemFlag.ItemIsDragEnabled if kind in ("theme", "code", "quote") else can


class CardList(QListView):
    """One column. What is done to a card is asked for; `stepped` asks for the column beside."""

    stepped = Signal(int)
    chosen = Signal()
    activated_card = Signal(object)
    written = Signal(object, str, bool)
    writingEnded = Signal()
    tooLong = Signal()
    refused = Signal(str)
    carried = Signal(object)
    dropped = Signal(str, list, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards, self._delegate = _Cards(self), CardDelegate(self)
        self.writing = False
        self.setModel(self._cards)
        self.setItemDelegate(self._delegate)
        self._delegate.editingEnded.connect(self._on_ended)
        self._delegate.tooLong.connect(self.tooLong)
        self._delegate.refused.connect(self.refused)
        self._delegate.kept.connect(lambda card, said: self.written.emit(card, said, self._delegate.concept))
        self.doubleClicked.connect(lambda index: self.activated_card.emit(index.data(CARD)))
        self._set_up()
        keep_lines_whole(self)

    # Properties

    @property
    def cards(self) -> list[Card]:
        """The cards as they are shown."""
        return self._cards.rows

    @property
    def card(self) -> Card | None:
        """The card with the cursor."""
        index = self.currentIndex()
        return self.cards[index.row()] if index.isValid() else None

    # Methods

    def show_cards(self, name: str, cards: Sequence[Card]) -> None:
        """Show these cards; the cursor stays on its card, or goes to the one that took its place."""
        key, row = self.card.key if self.card else None, self.currentIndex().row()
        down = self.verticalScrollBar().value()
        self.setAccessibleName(f"Board: {name}")
        self._cards.take(cards)
        self.doItemsLayout()
        place = next((number for number, card in enumerate(cards) if card.key == key), None)
        if place is None and row >= 0 and cards:
            place = min(row, len(cards) - 1)
        if place is not None:
            self.setCurrentIndex(self._cards.index(place))
        self.verticalScrollBar().setValue(down)

    def put_cursor(self, key: tuple[str, str, str]) -> bool:
        """Put the cursor on a card and make it visible; says whether it is here."""
        place = next((number for number, card in enumerate(self.cards) if card.key == key), None)
        if place is None:
            return False
        self.setCurrentIndex(self._cards.index(place))
        self.scrollTo(self._cards.index(place))
        return True

    def put_cursor_near(self, height: int) -> None:
        """Put the cursor on the card at a height of the column."""
        index = self.indexAt(QPoint(self.viewport().width() // 2, height))
        self.setCurrentIndex(index if index.isValid() else self._cards.index(len(self.cards) - 1))

    def clear_cursor(self) -> None:
        """Have the cursor on no card: it is in another column."""
        self.selectionModel().clear()

    @property
    def height_of_cursor(self) -> int:
        """How far down the card with the cursor lies."""
        return self.visualRect(self.currentIndex()).center().y()

    def write(self, *, concept: str | None = None) -> None:
        """Open the field of the card with the cursor: its name, or the concept that stands there now."""
        self._delegate.concept, self._delegate.written = concept is not None, concept or ""
        self.writing = True
        self.edit(self.currentIndex())

    def write_again(self, words: str) -> None:
        """Open the field that was just closed, with what was refused in it."""
        self.writing = True
        self.edit(self.currentIndex())
        self._delegate.write_again(words)

    def keep_writing(self) -> None:
        """Keep what is half written, and close its field."""
        if self.writing:
            self._delegate.keep_writing()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the board, Enter opens; letters are left to actions."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.writing:  # a field lets go of the Enter that ends it
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy) and self.card is not None:
            QGuiApplication.clipboard().setText("\n".join(part for part in (self.card.text, self.card.below) if part))
        elif not held and event.key() in _ASIDE:
            self.stepped.emit(_ASIDE[Qt.Key(event.key())])
        elif not held and event.key() in _ENTER:
            if self.card is not None:
                self.activated_card.emit(self.card)
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the card."""
        show_menu(self, event, self.visualRect(self.currentIndex()).center())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that the cursor is here now."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the cards anew."""
        self.setProperty("lineWidth", self.viewport().width())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry a card to another place of the board."""
        card = self.card
        if card is None or card.kind not in ("theme", "code", "quote"):
            return
        self.carried.emit(card)
        drag = QDrag(self)
        drag.setMimeData(packed(card))
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)
        self.carried.emit(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what this tab carries."""
        carrying.welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        carrying.welcome(event)
        index = self.indexAt(event.position().toPoint())
        if event.isAccepted() and index.isValid():
            self.setCurrentIndex(index)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for what was dropped here, once Qt is done with the dragging."""
        found = carrying.unpack(event.mimeData())
        if found is None:
            return
        index = self.indexAt(event.position().toPoint())
        card = index.data(CARD) if index.isValid() else self.cards[-1] if self.cards else None
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.dropped.emit(found[0], found[1], card))

    # Private slots

    def _on_ended(self) -> None:
        self.writing = False
        QTimer.singleShot(0, self, self.writingEnded.emit)

    # Internal

    def _set_up(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setFrameShape(QListView.Shape.NoFrame)


def packed(card: Card) -> QMimeData:
    """A card as it is carried."""
    if card.kind == "code":
        return carrying.pack("codes", [card.code or ""])
    if card.quote is not None:
        return carrying.pack("quote", [card.quote.id])
    return carrying.pack("theme", [card.theme or ""])
