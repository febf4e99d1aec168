"""Themes, codes and what joins them, as they are drawn on the map."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from qcode.queries.themes.map import MapEdge, MapNode, Thing
from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.themes.map.dress import Dress, font_of, size_of, window_dress

_FAINT = 0.22
_ABOVE, _BETWEEN = 2, 1


class MapItem(QGraphicsItem):
    """Something on the map: it is `chosen`, `beside` what is chosen, or stands back while another is."""

    def __init__(self) -> None:
        super().__init__()
        self.dress: Dress = window_dress()
        self._chosen = False

    @property
    def chosen(self) -> bool:
        """Whether the cursor is on it."""
        return self._chosen

    def stand(self, *, chosen: bool, near: bool) -> None:
        """Be chosen or not; what is neither chosen nor joined with it stands back."""
        self._chosen = chosen
        self.setOpacity(1.0 if near else _FAINT)
        self.update()


class NodeItem(MapItem):
    """A theme as a framed box, or a code on its own tint, each with how many passages it has."""

    def __init__(self, node: MapNode) -> None:
        super().__init__()
        self.node = node
        self.edges: list[EdgeItem] = []
        self.setZValue(_ABOVE)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(spoken(node))
        self.measure()

    # Properties

    @property
    def thing(self) -> Thing:
        """What it stands for."""
        return self.node.thing

    @property
    def is_theme(self) -> bool:
        """Whether it is a theme."""
        return self.node.thing[0] == "theme"

    # Methods

    def measure(self) -> None:
        """Take the size that its name needs."""
        self.prepareGeometryChange()
        width, height = size_of(self.node.name, counted_in(self.node), is_theme=self.is_theme)
        self._box = QRectF(-width / 2, -height / 2, width, height)

    def renew(self, node: MapNode) -> None:
        """Stand for what the node is now."""
        self.node = node
        self.setToolTip(spoken(node))
        self.measure()
        self.update()

    # Events

    def boundingRect(self) -> QRectF:
        """The box, with room for the ring around what is chosen."""
        return self._box.adjusted(-4, -4, 4, 4)

    def shape(self) -> QPainterPath:
        """Where a click meets it."""
        path = QPainterPath()
        path.addRect(self._box)
        return path

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: Any) -> Any:
        """Let the edges follow."""
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            for edge in self.edges:
                edge.follow()
        return super().itemChange(change, value)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the box and what it says."""
        shown = self.dress.shown
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chosen:
            painter.setPen(QPen(QColor(shown.focus), shown.ring))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._box.adjusted(-3, -3, 3, 3), 9, 9)
        if self.is_theme:
            self._paint_theme(painter)
        else:
            self._paint_code(painter)

    # Internal

    def _paint_theme(self, painter: QPainter) -> None:
        shown, box = self.dress.shown, self._box
        painter.setPen(QPen(QColor(shown.accent), 2 if self.node.depth == 0 else 1.2))
        painter.setBrush(QColor(shown.raised))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)
        painter.setPen(QColor(shown.text))
        painter.setFont(font_of(is_theme=True))
        inner = box.adjusted(1.5 * SPACE, SPACE, -SPACE, -SPACE)
        painter.drawText(inner, Qt.TextFlag.TextWordWrap.value, self.node.name)
        painter.setPen(QColor(shown.quiet))
        painter.setFont(theme.font("small"))
        painter.drawText(
            inner, (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom).value, counted_in(self.node)
        )

    def _paint_code(self, painter: QPainter) -> None:
        shown, box, colour = self.dress.shown, self._box, self.dress.colours.code(self.node.colour)
        painter.setPen(QPen(QColor(colour.stripe), 1))
        painter.setBrush(QColor(colour.tint))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour.stripe))
        painter.drawRoundedRect(QRectF(box.left() + 6, box.top() + 6, 4, box.height() - 12), 2, 2)
        painter.setFont(font_of(is_theme=False))
        painter.setPen(QColor(shown.text))
        inner = box.adjusted(2 * SPACE, SPACE / 2, -1.25 * SPACE, -SPACE / 2)
        side = QFontMetricsF(painter.font()).horizontalAdvance(counted_in(self.node)) + SPACE
        painter.drawText(inner.adjusted(0, 0, -side + 2, 0), Qt.TextFlag.TextWordWrap.value, self.node.name)
        painter.setPen(QColor(shown.quiet))
        painter.drawText(inner, (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop).value, counted_in(self.node))


class EdgeItem(MapItem):
    """A line between two: thick to a sub-theme, thin to a code of a theme, dotted where codes overlap."""

    def __init__(self, edge: MapEdge, first: NodeItem, second: NodeItem, most: int) -> None:
        super().__init__()
        self.edge, self.first, self.second, self._most = edge, first, second, max(most, 1)
        self._line = QLineF()
        self._told = False
        self.setZValue(_BETWEEN if edge.kind != "overlaps" else 0)
        if edge.kind == "overlaps":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(f"{first.node.name} and {second.node.name}: {overlaps_in_words(edge.count)}")
        for node in (first, second):
            node.edges.append(self)
        self.follow()

    # Methods

    def follow(self) -> None:
        """Run between the middles of the two."""
        self.prepareGeometryChange()
        self._line = QLineF(self.first.pos(), self.second.pos())

    def tell(self, *, told: bool) -> None:
        """Say how many overlaps there are, in the middle of the line."""
        if told != self._told:
            self.prepareGeometryChange()
            self._told = told
            self.update()

    # Events

    def boundingRect(self) -> QRectF:
        """The line, with room for its width and for the number."""
        return QRectF(self._line.p1(), self._line.p2()).normalized().adjusted(-14, -14, 14, 14)

    def shape(self) -> QPainterPath:
        """Where a click meets it."""
        path = QPainterPath(self._line.p1())
        path.lineTo(self._line.p2())
        stroker = QPainterPathStroker()
        stroker.setWidth(9)
        return stroker.createStroke(path)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the line."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen())
        painter.drawLine(self._line)
        if self._told and self.edge.kind == "overlaps":
            self._paint_number(painter)

    # Internal

    def _pen(self) -> QPen:
        shown = self.dress.shown
        if self.edge.kind == "below":
            return QPen(QColor(shown.accent), 2.4)
        if self.edge.kind == "gathers":
            return QPen(QColor(shown.edge), 1.2)
        pen = QPen(QColor(shown.focus if self._chosen else shown.quiet), 1.2 + 3.8 * self.edge.count / self._most)
        pen.setStyle(Qt.PenStyle.DotLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        return pen

    def _paint_number(self, painter: QPainter) -> None:
        shown, said = self.dress.shown, str(self.edge.count)
        painter.setFont(theme.font("small"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(said) + SPACE
        place = QRectF(0, 0, max(wide, 18), 18)
        place.moveCenter(self._line.center())
        painter.setPen(QPen(QColor(shown.focus if self._chosen else shown.edge), 1))
        painter.setBrush(QColor(shown.raised))
        painter.drawRoundedRect(place, 9, 9)
        painter.setPen(QColor(shown.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter.value, said)


def overlaps_in_words(count: int) -> str:
    """How many overlaps there are."""
    return "1 overlap" if count == 1 else f"{count} overlaps"


def spoken(node: MapNode) -> str:
    """A theme or a code as it is read aloud."""
    kind = "Theme" if node.thing[0] == "theme" else "Code"
    count = len(node.passages)
    return f"{kind} {node.name}, {'1 passage' if count == 1 else f'{count} passages'}"


def counted_in(node: MapNode) -> str:
    """How many passages there are, as the box says it."""
    count = len(node.passages)
    if node.thing[0] == "code":
        return str(count)
    return "1 passage" if count == 1 else f"{count} passages"
