"""The balance of voices: who is quoted how often, and who is not."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qcode.queries.quotes.voices import Balance, VoiceRow
from qcode.ui import theme
from qcode.ui.table import Column, RowTable
from qcode.ui.table_rows import TableRows
from qcode.ui.theme import SPACE, label

_QUOTES = 1


def _said(row: VoiceRow) -> str:
    return f"{row.quotes} ({row.dissenting} dissenting)" if row.dissenting else str(row.quotes)


COLUMNS: tuple[Column[VoiceRow], ...] = (
    Column(
        "Voice",
        lambda row: row.name,
        tip=lambda row: ", ".join(part for part in (row.name, row.role, row.group) if part),
        stretch=True,
    ),
    Column("Quotes", lambda row: row.quotes, _said, width=15 * SPACE),
)


class _BarDelegate(QStyledItemDelegate):
    """A count, with a bar as long as it is large."""

    most = 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the ground, the bar, and the number at its left."""
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        plain.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        row: VoiceRow = cast("TableRows", index.model()).shown[index.row()]
        shown, cell = theme.current(), QRectF(option.rect).adjusted(SPACE, 0, -SPACE, 0)
        number = QFontMetrics(plain.font).horizontalAdvance("000")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(plain.font)
        painter.setPen(QColor(shown.text if row.quotes else shown.quiet))
        painter.drawText(
            QRectF(cell.left(), cell.top(), number, cell.height()), Qt.AlignmentFlag.AlignVCenter, str(row.quotes)
        )
        left, room = cell.left() + number, cell.width() - number
        self._paint_bar(painter, QRectF(left, cell.center().y() - 4, room, 8), row)
        painter.restore()

    def _paint_bar(self, painter: QPainter, place: QRectF, row: VoiceRow) -> None:
        """Supporting quotes filled, dissenting ones as an outline at the end."""
        shown, step = theme.current(), place.width() / max(self.most, 1)
        filled = (row.quotes - row.dissenting) * step
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shown.edge))
        painter.drawRoundedRect(QRectF(place.left(), place.top(), filled, place.height()), 2, 2)
        if row.dissenting:
            painter.setPen(QColor(shown.warning))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            outline = QRectF(place.left() + filled + 1, place.top() + 0.5, row.dissenting * step - 2, 7)
            painter.drawRoundedRect(outline, 2, 2)


class VoicesPane(QFrame):
    """Who speaks in all themes, or in the chosen one and those below it."""

    scopeChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.everywhere, self.here = _choice("All themes"), _choice("This theme")
        self.everywhere.setChecked(True)
        self.total, self.groups, self.never = label(), label("", "small", "quiet"), label("", "small")
        self.table = RowTable(COLUMNS)
        self._bars = _BarDelegate(self.table)
        self._lay_out()

    # Properties

    @property
    def of_one_theme(self) -> bool:
        """Whether only the chosen theme is counted."""
        return self.here.isChecked()

    # Methods

    def show_balance(self, balance: Balance) -> None:
        """Show these counts."""
        self._bars.most = max((voice.quotes for voice in balance.voices), default=1)
        self.total.setText(total_sentence(balance))
        self.groups.setText(groups_in_lines(balance))
        self.groups.setVisible(bool(balance.groups))
        self.never.setText(never_sentence(balance))
        self.table.set_rows(balance.voices)

    # Internal

    def _lay_out(self) -> None:
        self.table.setAccessibleName("Quotes by voice")
        self.table.setItemDelegateForColumn(_QUOTES, self._bars)
        group = QButtonGroup(self)
        choices = QHBoxLayout()
        choices.setSpacing(SPACE)
        for button in (self.everywhere, self.here):
            group.addButton(button)
            choices.addWidget(button)
        choices.addStretch()
        group.buttonToggled.connect(lambda _button, checked: self.scopeChanged.emit() if checked else None)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label("Balance of voices", "heading"))
        column.addLayout(choices)
        for words in (self.total, self.groups):
            words.setWordWrap(True)
            column.addWidget(words)
        column.addWidget(self.table, 1)
        self.never.setWordWrap(True)
        column.addWidget(self.never)


def total_sentence(balance: Balance) -> str:
    """How many quotes there are, and how many of them dissent."""
    if not balance.quotes:
        return "No quotes yet."
    quotes = "1 quote" if balance.quotes == 1 else f"{balance.quotes} quotes"
    return f"{quotes}, {balance.dissenting or 'none'} of them dissenting"


def groups_in_lines(balance: Balance) -> str:
    """How many quotes each group has, and how many people without a group; nothing where there are no groups."""
    lines = [f"{name}: {count}" for name, count in balance.groups]
    return "\n".join([*lines, f"No group: {balance.ungrouped}"] if lines and balance.ungrouped else lines)


def never_sentence(balance: Balance) -> str:
    """Who is never quoted."""
    names = ", ".join(voice.name for voice in balance.never)
    return f"Never quoted: {names}." if names else "Everybody is quoted." * bool(balance.voices)


def _choice(name: str) -> QPushButton:
    button = QPushButton(name)
    button.setCheckable(True)
    return button
