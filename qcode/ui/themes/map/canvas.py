"""The map as one looks at it: things to go to and to move, by keys and by mouse, nearer and farther."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from qcode.operations.theme_map import MapSpot
from qcode.queries.themes.map import MapEdge, MapNode, Thing
from qcode.ui import theme
from qcode.ui.announcing import announce
from qcode.ui.context_menu import show_menu
from qcode.ui.theme import SPACE
from qcode.ui.themes.map.dress import Dress, window_dress
from qcode.ui.themes.map.items import EdgeItem, MapItem, NodeItem, overlaps_in_words, spoken

type Places = Mapping[Thing, tuple[int, int]]
type Way = Literal["up", "down", "left", "right"]

WAYS: Mapping[Way, tuple[int, int]] = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
_KEYS: Mapping[int, Way] = {
    Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down", Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right",
}  # fmt: skip
_STEP = 2 * SPACE
_REST = 700
_NEAREST, _FARTHEST = 2.5, 0.2
_READABLE = 0.78


class MapCanvas(QGraphicsView):
    """Themes and codes; the one with the cursor stands out with what it is joined with. `moved` tells new places."""

    chosen = Signal()
    moved = Signal(list, int)
    passagesAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.nodes: dict[Thing, NodeItem] = {}
        self._placed: Places = {}
        self._edges: list[EdgeItem] = []
        self._cursor: Thing | None = None
        self._edge: EdgeItem | None = None
        self._pushed: set[Thing] = set()
        self._fitted, self._apart = False, False
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.keep_places)
        self._set_up()
        self.viewport().setFocusProxy(None)  # type: ignore[arg-type]  # it would take the viewport's policy
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click on it gives the focus to the map itself

    # Properties

    @property
    def node(self) -> MapNode | None:
        """The theme or code with the cursor."""
        item = self.nodes.get(self._cursor) if self._cursor else None
        return item.node if item else None

    @property
    def edge(self) -> MapEdge | None:
        """The overlap with the cursor."""
        return self._edge.edge if self._edge else None

    # Methods

    def show_map(self, nodes: Sequence[MapNode], edges: Sequence[MapEdge], places: Places) -> None:
        """Show what lies on the map where, with these edges; the cursor and what is seen stay."""
        edge = self.edge
        self._take_nodes(nodes)
        self._placed = {thing: places[thing] for thing in self.nodes}
        for thing, (x, y) in self._placed.items():
            self.nodes[thing].setPos(x, y)
        self._take_edges(edges)
        if self._cursor not in self.nodes:
            self._cursor = next(iter(self.nodes), None)
        ends = (edge.first, edge.second) if edge else None
        self._edge = next((item for item in self._edges if (item.edge.first, item.edge.second) == ends), None)
        self._stand()
        if not self._fitted and self.nodes:
            self._fitted = True
            self.fit(least=_READABLE)

    def put_cursor(self, thing: Thing, *, apart: bool = True) -> None:
        """Put the cursor on a theme or a code and make it visible; what it is not joined with stands back."""
        if thing in self.nodes:
            self._mark(thing, apart=apart)
            self.ensureVisible(self.nodes[thing], 3 * SPACE, 3 * SPACE)

    def go(self, way: Way) -> None:
        """Put the cursor on the nearest thing that lies that way."""
        here = self.nodes.get(self._cursor) if self._cursor else None
        if here is None:
            return
        x, y = WAYS[way]

        def cost(item: NodeItem) -> float:
            by = item.pos() - here.pos()
            along, beside = by.x() * x + by.y() * y, abs(by.x() * y) + abs(by.y() * x)
            return along + 2.5 * beside if along > 1 else float("inf")

        best = min(self.nodes.values(), key=cost, default=None)
        if best is not None and cost(best) < float("inf"):
            self.put_cursor(best.thing)

    def push(self, way: Way) -> None:
        """Move the thing with the cursor a step; its place is kept when the keys rest."""
        item = self.nodes.get(self._cursor) if self._cursor else None
        if item is not None:
            item.moveBy(WAYS[way][0] * _STEP, WAYS[way][1] * _STEP)
            self._pushed.add(item.thing)
            self._grow()
            self.ensureVisible(item, 3 * SPACE, 3 * SPACE)
            self._rest.start()

    def step_edge(self) -> None:
        """Put the cursor on the next overlap of the code with the cursor, the most frequent first, then on none."""
        item = self.nodes.get(self._cursor) if self._cursor else None
        own = [edge for edge in item.edges if edge.edge.kind == "overlaps"] if item else []
        own.sort(key=lambda edge: -edge.edge.count)
        if not own:
            self._tell("No overlaps are shown here.")
            return
        at = own.index(self._edge) + 1 if self._edge in own else 0
        self._choose_edge(own[at] if at < len(own) else None)

    def keep_places(self) -> None:
        """Tell where everything lies now that something was moved."""
        self._rest.stop()
        if self._pushed:
            moved, self._pushed = len(self._pushed), set()
            self.moved.emit(self.spots(), moved)

    def spots(self) -> list[MapSpot]:
        """Where everything lies."""
        return [
            MapSpot(item.thing[0], item.thing[1], round(item.pos().x()), round(item.pos().y()))
            for item in self.nodes.values()
        ]

    def closer(self, factor: float) -> None:
        """Look at the map from nearer, or with a factor below 1 from farther."""
        now = self.transform().m11()
        wanted = min(max(now * factor, _FARTHEST), _NEAREST)
        self.scale(wanted / now, wanted / now)

    def fit(self, *, least: float = _FARTHEST) -> None:
        """Show the whole map, but from no farther than this."""
        self._grow()
        whole = self._scene.itemsBoundingRect().adjusted(-_STEP, -_STEP, _STEP, _STEP)
        self.resetTransform()
        room = self.viewport().rect()
        wanted = min(room.width() / max(whole.width(), 1), room.height() / max(whole.height(), 1), 1.0)
        self.scale(max(wanted, least), max(wanted, least))
        self.centerOn(whole.center())

    def forget_fit(self) -> None:
        """Show the whole map when it is shown next."""
        self._fitted = False

    def draw_on(self, painter: QPainter, target: QRectF, source: QRectF, dress: Dress) -> None:
        """Draw the map in another dress, without the cursor."""
        self._wear(dress)
        for item in self._items():
            item.stand(chosen=False, near=True)
        for edge in self._edges:
            edge.tell(told=True)
        self._scene.render(painter, target, source)
        self._wear(window_dress())
        self._stand()

    def whole(self) -> QRectF:
        """All that the map takes."""
        return self._scene.itemsBoundingRect().adjusted(-_STEP, -_STEP, _STEP, _STEP)

    def update_theme(self) -> None:
        """Take the colours of the theme, and the size of its type."""
        self.setBackgroundBrush(QColor(theme.current().background))
        for item in self.nodes.values():
            item.measure()
        self._wear(window_dress())

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next thing, Enter asks for passages, Esc leaves an overlap; letters are left to actions."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and event.key() in _KEYS:
            self.go(_KEYS[event.key()])
        elif not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.passagesAsked.emit()
        elif event.key() == Qt.Key.Key_Escape and self._edge is not None:
            self._choose_edge(None)
        elif event.key() == Qt.Key.Key_Escape and self._apart:
            self._apart = False
            self._stand()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press puts the cursor on what is there; beside everything the map itself is dragged."""
        item = self._at(event.position())
        if isinstance(item, NodeItem):
            self.setDragMode(QGraphicsView.DragMode.NoDrag)
            self._mark(item.thing, apart=True)  # without scrolling, which would take it from under the mouse
        elif isinstance(item, EdgeItem) and item.edge.kind == "overlaps":
            self._choose_edge(item)
            return
        else:
            self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was dragged stays where it was let go."""
        super().mouseReleaseEvent(event)
        item = self.nodes.get(self._cursor) if self._cursor else None
        if item is not None and item.thing in self._placed:
            at = round(item.pos().x()), round(item.pos().y())
            if at != self._placed[item.thing]:
                self._pushed.add(item.thing)
                self._grow()
                self.keep_places()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click asks for the passages."""
        if isinstance(self._at(event.position()), NodeItem | EdgeItem):
            self.passagesAsked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.closer(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the map."""
        item = self.nodes.get(self._cursor) if self._cursor else None
        show_menu(self, event, self.mapFromScene(item.pos()) if item is not None else event.pos())

    # Internal

    def _mark(self, thing: Thing, *, apart: bool) -> None:
        self._cursor, self._edge, self._apart = thing, None, apart
        self._stand()
        self._tell(spoken(self.nodes[thing].node))

    def _at(self, place: QPointF) -> MapItem | None:
        found = self.itemAt(place.toPoint())
        return found if isinstance(found, MapItem) else None

    def _take_nodes(self, nodes: Iterable[MapNode]) -> None:
        known, self.nodes = self.nodes, {}
        for node in nodes:
            item = known.pop(node.thing, None)
            if item is None:
                item = NodeItem(node)
                self._scene.addItem(item)
            else:
                item.renew(node)
            self.nodes[node.thing] = item
        for gone in known.values():
            self._scene.removeItem(gone)

    def _take_edges(self, edges: Sequence[MapEdge]) -> None:
        for item in self._edges:
            self._scene.removeItem(item)
        for node in self.nodes.values():
            node.edges.clear()
        most = max((edge.count for edge in edges), default=1)
        there = [edge for edge in edges if {edge.first, edge.second} <= self.nodes.keys()]
        self._edges = [EdgeItem(edge, self.nodes[edge.first], self.nodes[edge.second], most) for edge in there]
        for item in self._edges:
            self._scene.addItem(item)
        self._grow()

    def _choose_edge(self, edge: EdgeItem | None) -> None:
        self._edge = edge
        self._apart = self._apart or edge is not None
        self._stand()
        if edge is not None:
            names = f"{edge.first.node.name} and {edge.second.node.name}"
            self._tell(f"{names}: {overlaps_in_words(edge.edge.count)}")
        elif self.node is not None:
            self._tell(spoken(self.node))

    def _stand(self) -> None:
        """Let the cursor and what it is joined with stand out, once somebody went to something."""
        near = self._near()
        for thing, node in self.nodes.items():
            node.stand(chosen=self._edge is None and thing == self._cursor, near=thing in near or not self._apart)
        for edge in self._edges:
            own = edge is self._edge or (self._edge is None and self._cursor in (edge.first.thing, edge.second.thing))
            edge.stand(chosen=edge is self._edge, near=own or not self._apart)
            edge.tell(told=own and self._apart)
        self.chosen.emit()

    def _near(self) -> set[Thing]:
        """What has the cursor, and what it is joined with."""
        if self._edge is not None:
            return {self._edge.first.thing, self._edge.second.thing}
        item = self.nodes.get(self._cursor) if self._cursor else None
        joined = {end.thing for edge in item.edges for end in (edge.first, edge.second)} if item else set()
        return joined | ({item.thing} if item else set())

    def _items(self) -> list[MapItem]:
        return [*self.nodes.values(), *self._edges]

    def _wear(self, dress: Dress) -> None:
        for item in self._items():
            item.dress = dress
            item.update()

    def _grow(self) -> None:
        """Leave room around everything, to move things into."""
        self._scene.setSceneRect(self._scene.itemsBoundingRect().adjusted(-160, -120, 160, 120))

    def _tell(self, sentence: str) -> None:
        self.setAccessibleDescription(sentence)
        announce(self, sentence)

    def _set_up(self) -> None:
        self.setAccessibleName("Map of themes and codes")
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setBackgroundBrush(QColor(theme.current().background))
