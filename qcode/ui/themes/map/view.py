"""The view of the map: themes and codes to arrange, and the overlaps that are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.analysis.corpus import Corpus
from qcode.analysis.map_layout import Box, Joint, laid_out
from qcode.ids import ThemeId
from qcode.operations import theme_map as operations
from qcode.operations.memos import Target
from qcode.operations.theme_map import MapSpot
from qcode.queries.themes.map import MapEdge, MapNode, ThemeMap, Thing, theme_map
from qcode.ui import saving, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import HERE, WITHIN, make_action
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.behind import behind_passages
from qcode.ui.themes.map.canvas import WAYS, MapCanvas, Places
from qcode.ui.themes.map.dress import size_of
from qcode.ui.themes.map.items import counted_in, overlaps_in_words
from qcode.ui.themes.map.saving import save_map
from qcode.ui.themes.view import Counting, ThemesView

NOTHING = "The map shows themes, the codes they gather, and where codes overlap. There are none yet."
_MOST_AT_FIRST = 40
_FILES = "SVG pictures (*.svg);;PNG pictures (*.png)"


class MapView(ThemesView):
    """Themes and codes as a map that can be arranged; where things lie is kept in the study."""

    kinds: ClassVar[tuple[str, ...]] = (
        "theme", "theme_code", "code", "coding", "document", "revision", "map_place", "decision", "assignment", "round",
    )  # fmt: skip

    def __init__(self, bridge: StudyBridge, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(bridge, counting, parent)
        self._found: ThemeMap | None = None
        self._theme: ThemeId | None = None
        self.ask_path: saving.AskPath = saving.ask_path
        self.canvas = MapCanvas()
        self.least, self.loose = QSpinBox(), QCheckBox("Codes without a theme")
        self.told, self.said = label("", "small"), label("", "small", "quiet")
        self.pages, self.empty = QStackedWidget(), EmptyState(NOTHING)
        self._asked = False
        self._first: dict[Thing, tuple[int, int]] = {}
        self._make_actions()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def theme(self) -> ThemeId | None:
        """The theme with the cursor."""
        node = self.canvas.node
        return ThemeId(node.thing[1]) if node is not None and node.thing[0] == "theme" else None

    # Methods

    def refresh(self) -> None:
        """Count again."""
        self.read(lambda study, counted: theme_map(study, counted=counted), self._on_read)

    def view_actions(self) -> list[QAction]:
        """What can be done here."""
        return self._actions

    def reveal_theme(self, theme: ThemeId) -> None:
        """Put the cursor on a theme."""
        self._theme = theme
        self.canvas.put_cursor(("theme", theme), apart=False)

    def keep_writing(self) -> None:
        """Keep where things were moved to."""
        self.canvas.keep_places()

    def things(self) -> Sequence[Target]:
        """The theme or code with the cursor."""
        node = self.canvas.node
        return [Target(*node.thing)] if node is not None else ()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.canvas.update_theme()

    def show_passages(self) -> None:
        """Ask for the passages of what has the cursor: a theme, a code, or an overlap of two codes."""
        node, edge = self.canvas.node, self.canvas.edge
        if edge is not None and self._found is not None:
            names = {one.thing: one.name for one in self._found.nodes}
            title = f"{names[edge.first]} with {names[edge.second]}"
            behind_passages(title, self._found.passages(edge)).lead(self)
        elif node is not None:
            name = f"Theme “{node.name}”" if node.thing[0] == "theme" else node.name
            behind_passages(name, node.passages).lead(self)

    def show_memos(self) -> None:
        """Ask for the memos on what has the cursor."""
        node = self.canvas.node
        if node is not None:
            self.requestMemos.emit(node.name, *node.thing)

    def lay_out_anew(self) -> None:
        """Let the map be laid out by itself again."""
        self._first = {}
        self.canvas.forget_fit()
        self.bridge.attempt(lambda: operations.lay_out_anew(self.bridge.study))

    def save(self) -> None:
        """Save the map as a picture."""
        study = self.bridge.study
        suggested = study.path.with_name(f"{study.path.stem} map.svg")
        path = self.ask_path(self, "Save the map", suggested, _FILES)
        if path is None:
            return

        def write() -> bool:
            save_map(self.canvas, path)
            return True

        if self.bridge.attempt(write):
            self.bridge.informed.emit(f"The map is in “{path.name}”.")

    # Private slots

    def _on_read(self, found: ThemeMap, _counted: Corpus) -> None:
        """Lay out in a worker what has no place yet, then show everything."""
        boxes = [box_of(node, self._first.get(node.thing)) for node in found.nodes]
        if all(box.place for box in boxes):
            self._on_laid_out(found, self._first)
            return
        joints = joints_of(found.edges)
        self.said.setText(f"Laying out {len(boxes)} themes and codes…")
        self._task = work.run(
            self,
            lambda _progress: laid_out(boxes, joints),
            done=partial(self._on_laid_out, found),
            refused=self._on_refused,
        )

    def _on_laid_out(self, found: ThemeMap, places: Places) -> None:
        self._task = None
        self._found, self._first = found, dict(places)
        if not self._asked:
            self._asked = True
            self._choose_least(found.overlaps)
        self._show()
        if self._theme is not None:
            self.canvas.put_cursor(("theme", self._theme), apart=False)
            self._theme = None

    def _on_moved(self, spots: list[MapSpot], count: int) -> None:
        self.bridge.attempt(lambda: operations.place_on_map(self.bridge.study, spots, moved=count))

    def _on_chosen(self) -> None:
        self._tell()
        self.themeChosen.emit(self.theme)

    # Internal

    def _choose_least(self, overlaps: Sequence[MapEdge]) -> None:
        """Show at first only so many overlaps that the map can be read."""
        counts = sorted((edge.count for edge in overlaps), reverse=True)
        few = len(counts) <= _MOST_AT_FIRST
        self.least.setValue(1 if few else counts[_MOST_AT_FIRST] + 1)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        gathered = {edge.second for edge in found.edges if edge.kind == "gathers"}
        loose = self.loose.isChecked()
        nodes = tuple(one for one in found.nodes if loose or one.thing[0] == "theme" or one.thing in gathered)
        there = {one.thing for one in nodes}
        edges = [
            edge
            for edge in found.edges
            if {edge.first, edge.second} <= there and (edge.kind != "overlaps" or edge.count >= self.least.value())
        ]
        self.least.setMaximum(max((edge.count for edge in found.overlaps), default=1))
        self.pages.setCurrentWidget(self.sheet if nodes else self.empty)
        places = {one.thing: one.place or self._first[one.thing] for one in nodes}
        self.canvas.show_map(nodes, edges, places)
        hidden = len(found.overlaps) - sum(edge.kind == "overlaps" for edge in edges)
        left = f" {overlaps_of(hidden)} not shown." if hidden else ""
        self.said.setText(f"Solid lines: a code of a theme, a sub-theme. Dotted: codes overlap.{left} {found.said}")
        self._tell()

    def _tell(self) -> None:
        node, edge = self.canvas.node, self.canvas.edge
        if edge is not None and self._found is not None:
            names = {one.thing: one.name for one in self._found.nodes}
            said = f"{names[edge.first]} with {names[edge.second]}: {overlaps_in_words(edge.count)}"
        else:
            said = f"{node.name}: {len(node.passages)} passages" if node is not None else ""
        self.told.setText(said)

    def _make_actions(self) -> None:
        canvas = self.canvas
        moves = [
            make_action(
                canvas, f"Move on the map: {way}", partial(canvas.push, way), f"Alt+{way.capitalize()}",
                key=f"themes.map-{way}",
            )
            for way in WAYS
        ]  # fmt: skip
        plain: list[tuple[str, str, str, Callable[[], object]]] = [
            ("map-passages", "Show the passages of the theme, code or overlap", "P", self.show_passages),
            ("map-memos", "Show the memos on the theme or code of the map", "M", self.show_memos),
            ("map-overlap", "Go to the next overlap of the code", "O", canvas.step_edge),
            ("map-closer", "Zoom into the map", "PgUp", lambda: canvas.closer(1.25)),
            ("map-farther", "Zoom out of the map", "PgDown", lambda: canvas.closer(0.8)),
            ("map-fit", "Show the whole map", "Home", canvas.fit),
        ]
        here = [
            make_action(canvas, name, deed, keys, key=f"themes.{key}", context=HERE) for key, name, keys, deed in plain
        ]
        self._actions = [
            *here,
            *moves,
            make_action(self, "Lay out the map anew", self.lay_out_anew, key="themes.map-anew", context=WITHIN),
            make_action(self, "Save the map as a picture…", self.save, key="themes.map-save", context=WITHIN),
        ]

    def _connect(self) -> None:
        self.canvas.moved.connect(self._on_moved)
        self.canvas.chosen.connect(self._on_chosen)
        self.canvas.passagesAsked.connect(self.show_passages)
        self.least.valueChanged.connect(self._show)
        self.loose.toggled.connect(self._show)
        self.bridge.closing.connect(self.canvas.keep_places)

    def _lay_out(self) -> None:
        self.sheet = QFrame()
        self.sheet.setProperty("surface", "page")
        self.said.setWordWrap(True)
        self.said.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE)
        column = QVBoxLayout(self.sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addWidget(self.canvas, 1)
        column.addWidget(self.said)
        self.pages.addWidget(self.sheet)
        self.pages.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self.setFocusProxy(self.canvas)
        self.setAccessibleName("Map of themes")

    def _top(self) -> QHBoxLayout:
        self.least.setRange(1, 1_000_000)
        for named in (self.least, self.least.lineEdit()):
            named.setAccessibleName("Show overlaps from so many on")
        self.loose.setChecked(True)
        least = label("Overlaps from")
        least.setBuddy(self.least)
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, SPACE, SPACE)
        top.setSpacing(SPACE)
        for widget in (least, self.least, self.loose):
            top.addWidget(widget)
        top.addSpacing(2 * SPACE)
        top.addWidget(self.told, 1)
        for name, accessible, deed in (
            ("Whole map", "Show the whole map", self.canvas.fit),
            ("Save as…", "Save the map as a picture", self.save),
        ):
            button = QPushButton(name)
            button.setProperty("kind", "quiet")
            button.setAccessibleName(accessible)
            button.clicked.connect(lambda _checked, deed=deed: deed())
            top.addWidget(button)
        return top


def overlaps_of(count: int) -> str:
    """How many pairs of codes overlap less often than is shown."""
    return "1 rarer overlap is" if count == 1 else f"{count} rarer overlaps are"


def box_of(node: MapNode, place: tuple[int, int] | None) -> Box[Thing]:
    """The room that a theme or a code takes; where it was put, or else the place it was given before."""
    width, height = size_of(node.name, counted_in(node), is_theme=node.thing[0] == "theme")
    return Box(node.thing, width + 8, height + 8, node.place or place)


def joints_of(edges: Sequence[MapEdge]) -> list[Joint]:
    """What themes hold together comes near; overlaps draw only codes that no theme gathers."""
    gathered = {edge.second for edge in edges if edge.kind == "gathers"}
    weights = {"gathers": 1.0, "below": 0.7}
    return [
        Joint(edge.first, edge.second, weights.get(edge.kind, 0.0 if {edge.first, edge.second} <= gathered else 0.5))
        for edge in edges
    ]
