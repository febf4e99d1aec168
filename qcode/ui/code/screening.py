"""Looking through the whole study for names that somebody types, or that a key file has told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.known_names import FOR_NAMES
from qcode.ui.overlay import Overlay
from qcode.ui.theme import SPACE, label

# What looks for names is imported when it is needed first: the window opens sooner.
if TYPE_CHECKING:
    from qcode.queries.transcripts.redaction import Mentions

_HINT = "Enter looks, and on a place goes to it in the text · Esc leaves"
_MEMORY = "The names stay in memory while this window is open, and fields into which one is typed say so."


class ScreeningPanel(Overlay):
    """Names in a line, and below it every place where one of them stands."""

    size_wanted = (92 * SPACE, 64 * SPACE)

    asked = Signal(str)
    placeChosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName("Look for names")
        self.line = QLineEdit(self)
        self.line.setProperty(FOR_NAMES, True)  # noqa: FBT003  # Qt takes the value by place
        self.line.setPlaceholderText("Names, apart by a semicolon")
        self.line.setAccessibleName("Names to look for, apart by a semicolon")
        self.places = QListWidget(self)
        self.places.setWordWrap(True)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setAccessibleName("Places where a name stands")
        self.sum = label("", "small")
        self.line.returnPressed.connect(lambda: self.asked.emit(self.line.text()))
        self.places.itemActivated.connect(lambda item: self.placeChosen.emit(self.places.row(item)))
        memory = label(_MEMORY, "small", "quiet")
        memory.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for part in (label("Look for names", "heading"), self.line, self.sum):
            column.addWidget(part)
        column.addWidget(self.places, 1)
        column.addWidget(memory)
        column.addWidget(label(_HINT, "small", "quiet"))

    # Methods

    def show_places(self, lines: list[str], sentence: str) -> None:
        """List the places, and go to the first."""
        self.places.clear()
        for line in lines:
            QListWidgetItem(line, self.places)
        self.sum.setText(sentence)
        if lines:
            self.places.setCurrentRow(0)
            self.places.setFocus(Qt.FocusReason.OtherFocusReason)


class Screening(QObject):
    """Opens the panel, remembers the names in memory, and goes to a place that is chosen."""

    def __init__(self, bridge: StudyBridge, room: QWidget, go_to: Callable[[Place], None]) -> None:
        super().__init__(room)
        self._bridge = bridge
        self._room = room
        self._go_to = go_to
        self._found: Mentions | None = None
        self._panel: ScreeningPanel | None = None

    # Properties

    @property
    def panel(self) -> ScreeningPanel:
        """The panel, which is built when it is needed first."""
        if self._panel is None:
            self._panel = ScreeningPanel(self._room)
            self._panel.asked.connect(self._on_asked)
            self._panel.placeChosen.connect(self._on_place)
        return self._panel

    # Methods

    def begin(self) -> None:
        """Ask for names; those known already stand in the line."""
        self.panel.line.setText("; ".join(self._bridge.names.names))
        self.panel.show_places([], "")
        self.panel.line.selectAll()
        self.panel.open_over(self.panel.line)

    # Private slots

    def _on_asked(self, typed: str) -> None:
        from qcode.queries.transcripts.redaction import mentions

        names = [name.strip() for name in typed.split(";") if name.strip()]
        self._bridge.names.know(names)
        self._found = found = mentions(self._bridge.study, names)
        lines = [_line(one.where, one.before, one.words, one.after) for one in found.places]
        self.panel.show_places(lines, _summed(found))

    def _on_place(self, number: int) -> None:
        from qcode.queries.transcripts.redaction import TextPlace

        if self._found is None:
            return
        one = self._found.places[number]
        if isinstance(one.place, TextPlace):
            self.panel.close_panel()
            self._go_to(Place(DocumentId(one.place.document), one.place.start, one.place.end))
        else:
            self._bridge.informed.emit(f"It stands in: {one.where}.")


def _summed(found: Mentions) -> str:
    places, before = len(found.places), found.only_before
    said = f"Places: {places:,}." if places else "These names stand nowhere in the study."
    return f"{said} Documents with one in an older text alone: {before:,}." if before else said


def _line(where: str, before: str, words: str, after: str) -> str:
    return f"{where}: …{before}【{words}】{after}…" if words else f"{where} (not shown)"
