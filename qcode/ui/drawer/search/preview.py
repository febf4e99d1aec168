"""What would be coded, to be looked through before it is: every passage has a tick that can be taken away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.operations.passages import Passage
from qcode.queries.search.hit_extents import Extent, HitUnit
from qcode.queries.search.searching import Hit
from qcode.ui.drawer.acts import counted
from qcode.ui.theme import SPACE, label

EXTENTS: dict[Extent, tuple[str, str]] = {
    "hit": ("Hits", "Code the words that were found"),
    "sentence": ("Sentences", "Code the sentence of each hit"),
    "turn": ("Turns", "Code the turn of each hit"),
}
_HINT = "Space ticks · ← → what is coded · Enter codes · Esc goes back"
_ARROWS = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}


class HitPreview(QWidget):
    """A list to tick; `accepted` carries the passages that are ticked, `extentChosen` what is to be coded of hits."""

    accepted = Signal(list)
    extentChosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: Sequence[HitUnit] = ()
        self._unticked: set[Hit] = set()
        self._name = ""
        self._extent: Extent = "hit"
        self._heading = label("", "heading")
        self.state = label("", "small", "quiet")
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setAccessibleName("Passages to be coded")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.installEventFilter(self)
        self.extents = {extent: self._tab(extent) for extent in EXTENTS}
        self.code, self.all, self.back = (
            QPushButton("", self),
            QPushButton("Tick none", self),
            QPushButton("Back", self),
        )
        self.code.setProperty("kind", "primary")
        self.code.clicked.connect(self.accept)
        self.all.clicked.connect(self.turn_all)
        self.back.clicked.connect(self.left)
        self._model.itemChanged.connect(self._on_ticked)
        self._lay_out()

    # Properties

    @property
    def extent(self) -> Extent:
        """What is coded of each hit."""
        return self._extent

    @property
    def noun(self) -> str:
        """What the passages are called."""
        return self._extent

    @property
    def ticked(self) -> list[HitUnit]:
        """The passages that are to be coded."""
        return [unit for row, unit in enumerate(self._units) if self._item(row).checkState() == Qt.CheckState.Checked]

    # Methods

    def begin(self, name: str) -> None:
        """Ask anew, for a code of this name: everything is ticked, and the hits themselves are coded."""
        self._name, self._extent, self._units = name, "hit", ()
        self._unticked.clear()
        self.extents["hit"].setChecked(True)

    def show_units(self, units: Sequence[HitUnit], extent: Extent) -> None:
        """Show what would be coded; one passage stays unticked if all its hits were."""
        row = self.list.currentIndex().row() if len(units) == len(self._units) else 0
        self._units, self._extent = units, extent
        self.extents[extent].setChecked(True)
        self._model.blockSignals(True)  # noqa: FBT003
        self._model.clear()
        for unit in units:
            self._model.appendRow(_item(unit, ticked=not self._unticked.issuperset(unit.hits)))
        self._model.blockSignals(False)  # noqa: FBT003
        self._model.layoutChanged.emit()
        self.list.setCurrentIndex(self._model.index(max(row, 0), 0))
        self._tell()

    def wait(self) -> None:
        """Say that passages are being looked up."""
        self.state.setText("Looking up the texts…")
        self.code.setEnabled(False)

    def accept(self) -> None:
        """Code what is ticked."""
        chosen = self.ticked
        if chosen and self.code.isEnabled():
            places = [unit.place for unit in chosen]
            self.accepted.emit([Passage(place.document, place.start, place.end) for place in places])

    def turn_all(self) -> None:
        """Tick all, or none if all are ticked."""
        state = Qt.CheckState.Unchecked if len(self.ticked) == len(self._units) else Qt.CheckState.Checked
        self._model.blockSignals(True)  # noqa: FBT003
        for row in range(len(self._units)):
            self._item(row).setCheckState(state)
        self._model.blockSignals(False)  # noqa: FBT003
        self.list.viewport().update()
        self._remember()
        self._tell()

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right choose in the list what is coded of each hit."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _ARROWS.get(event.key())
            if step is not None:
                known = list(EXTENTS)
                self.extentChosen.emit(known[(known.index(self._extent) + step) % len(known)])
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Enter codes; Space ticks."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    # Private slots

    def _on_ticked(self, _item: QStandardItem) -> None:
        self._remember()
        self._tell()

    # Internal

    def _remember(self) -> None:
        """Which hits were unticked, so that they stay so when other passages stand for them."""
        for row, unit in enumerate(self._units):
            if self._item(row).checkState() == Qt.CheckState.Checked:
                self._unticked.difference_update(unit.hits)
            else:
                self._unticked.update(unit.hits)

    def _item(self, row: int) -> QStandardItem:
        return self._model.item(row)

    def _tell(self) -> None:
        number, hits = len(self.ticked), sum(len(unit.hits) for unit in self._units)
        self._heading.setText(f"Code with “{self._name}”")
        self.code.setText(f"Code {counted(number, self._extent)}")
        self.code.setEnabled(number > 0)
        self.all.setText("Tick none" if number == len(self._units) else "Tick all")
        twice = hits > len(self._units)
        self.state.setText(f"{counted(hits, 'hit')} in {counted(len(self._units), self._extent)}" if twice else "")

    def _tab(self, extent: Extent) -> QToolButton:
        words, tip = EXTENTS[extent]
        tab = QToolButton(self)
        tab.setText(words)
        tab.setToolTip(tip)
        tab.setAccessibleName(tip)
        tab.setProperty("kind", "tab")
        tab.setCheckable(True)
        tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tab.clicked.connect(lambda: self.extentChosen.emit(extent))
        return tab

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        top.setSpacing(SPACE)
        top.addWidget(self._heading)
        for tab in self.extents.values():
            group.addButton(tab)
            top.addWidget(tab)
        top.addWidget(self.state)
        top.addStretch(1)
        for button in (self.all, self.back, self.code):
            top.addWidget(button)
        hint = label(_HINT, "small", "quiet")
        hint.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(hint)


def _item(unit: HitUnit, *, ticked: bool) -> QStandardItem:
    hit = unit.first
    who = f", {hit.speaker}" if hit.speaker else ""
    several = f" ({len(unit.hits)} hits)" if len(unit.hits) > 1 else ""
    item = QStandardItem(f"{hit.name}{who}: {unit.words}{several}")
    item.setCheckable(True)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    return item
