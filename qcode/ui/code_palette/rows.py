"""The lines of the palette as a model and how each is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qcode.ui.code_palette.choices import Kind, Row
from qcode.ui.text.strokes import paint_swatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from qcode.ui.palette import TextColours

_PAD = 8
_SWATCH = 14
ROW = Qt.ItemDataRole.UserRole
type Index = QModelIndex | QPersistentModelIndex


class PaletteRows(QAbstractListModel):
    """The rows on offer; their text for a screen reader says code, place and kind."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Offer other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many rows there are; none has rows of its own."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row's words, or the row itself."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row)
        return None

    def words(self, row: Row) -> str:
        """A row as one line of text."""
        if row.kind is Kind.NEW:
            return self.tr("New code: {name}").format(name=row.name)
        if row.kind is Kind.IN_VIVO:
            return self.tr("In vivo: “{name}”").format(name=row.name)
        return row.name

    def spoken(self, row: Row) -> str:
        """A row as a screen reader says it."""
        notes = (self.words(row), self.place_of(row), self.tr("on this passage already") if _applied(row) else "")
        return ", ".join(note for note in notes if note)

    def place_of(self, row: Row) -> str:
        """What stands quietly beside a code's name: the names above it."""
        return " › ".join(row.code.path[:-1]) if row.code else ""


class RowPainter(QStyledItemDelegate):
    """Draws a swatch, the name, and quietly where in the codebook it stands."""

    def __init__(self, parent: QObject, colours: TextColours) -> None:
        super().__init__(parent)
        self.colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(120, round(QFontMetricsF(option.font).height()) + 2 * _PAD - 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground as the style does, and the rest upon it."""
        model, row = index.model(), index.data(ROW)
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        ground.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)
        if not isinstance(model, PaletteRows):
            return
        box = QRectF(option.rect).adjusted(_PAD, 0, -_PAD, 0)
        if row.code is not None:
            middle = box.center().y() - _SWATCH / 2
            paint_swatch(painter, QRectF(box.left(), middle, _SWATCH, _SWATCH), self.colours.code(row.code.colour))
        self._paint_words(
            painter, box.adjusted(_SWATCH + _PAD, 0, 0, 0), ground.font, model.words(row), _quiet(model, row)
        )

    def _paint_words(self, painter: QPainter, box: QRectF, font: QFont, words: str, place: str) -> None:
        metrics = QFontMetricsF(font)
        middle = Qt.AlignmentFlag.AlignVCenter
        name = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(QColor(self.colours.text))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, name)
        room = box.width() - metrics.horizontalAdvance(name) - 2 * _PAD
        if place and room > 40:
            painter.setPen(QColor(self.colours.quiet_text))
            box = box.adjusted(box.width() - room, 0, 0, 0)
            quiet = metrics.elidedText(place, Qt.TextElideMode.ElideLeft, room)
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, quiet)


def _applied(row: Row) -> bool:
    return row.code is not None and row.code.applied


def _quiet(model: PaletteRows, row: Row) -> str:
    """What stands at the right of a row: the names above the code, and a tick if the passage has it already."""
    return "  ".join(part for part in (model.place_of(row), "✓" if _applied(row) else "") if part)
