"""Which cases are listed, and in which order: choosers above the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from qcode.ids import CodeId, DocumentId
from qcode.queries.disagreements.cases import Order, State
from qcode.reconciliation import CaseKind
from qcode.ui.theme import SPACE

_STATES: tuple[tuple[str, State], ...] = (
    ("Open", "open"),
    ("Decided", "decided"),
    ("Changed", "stale"),
    ("All", "all"),
)
_ORDERS: tuple[tuple[str, Order], ...] = (
    ("By pair of codes", "pair"),
    ("By code", "code"),
    ("By document", "document"),
    ("By certainty", "certainty"),
)
_KINDS: tuple[CaseKind, ...] = ("boundary", "overlooked", "extra code", "different code")
_LEAST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked of the queue."""

    state: State = "open"
    order: Order = "pair"
    kind: CaseKind | Literal[""] = ""
    code: str = ""
    document: str = ""

    @property
    def kinds(self) -> tuple[CaseKind, ...]:
        """The kinds that are listed; none stands for all."""
        return (self.kind,) if self.kind else ()

    @property
    def codes(self) -> tuple[CodeId, ...]:
        """The codes whose cases are listed; none stands for all."""
        return (CodeId(self.code),) if self.code else ()

    @property
    def documents(self) -> tuple[DocumentId, ...]:
        """The documents whose cases are listed; none stands for all."""
        return (DocumentId(self.document),) if self.document else ()

    @property
    def any(self) -> bool:
        """Whether anything is left out but by the state."""
        return bool(self.kind or self.code or self.document)


class Chooser(QComboBox):
    """A box that keeps letters to itself while it has the focus: they find entries, and mean nothing else."""

    def __init__(self, name: str, choices: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        for words, value in choices:
            self.addItem(words, value)

    def event(self, event: QEvent) -> bool:
        """Take letters and arrows before they mean something to the room."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_its_own(event):
            event.accept()
            return True
        return super().event(event)

    def offer(self, everything: str, choices: Iterable[tuple[str, str]]) -> None:
        """Offer everything and these; what was chosen stays chosen while it is there."""
        wanted = [(everything, ""), *choices]
        if wanted == [(self.itemText(place), self.itemData(place)) for place in range(self.count())]:
            return
        chosen = self.currentData()
        with QSignalBlocker(self):
            self.clear()
            for words, value in wanted:
                self.addItem(words, value)
            self.setCurrentIndex(max(self.findData(chosen), 0))


class Narrowing(QWidget):
    """The choosers; `changed` tells that another queue is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.states, self.orders = Chooser("Which cases", _STATES), Chooser("In which order", _ORDERS)
        self.kinds = Chooser("Kind of case", [("All kinds", ""), *((kind.capitalize(), kind) for kind in _KINDS)])
        self.codes, self.documents = Chooser("Code", [("All codes", "")]), Chooser("Document", [("All documents", "")])
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE // 2)
        for place, box in enumerate((self.states, self.kinds, self.codes, self.documents)):
            grid.addWidget(box, place // 2, place % 2)
        grid.addWidget(self.orders, 2, 0, 1, 2)
        for box in self.boxes:
            box.currentIndexChanged.connect(self.changed)

    # Properties

    @property
    def boxes(self) -> tuple[Chooser, ...]:
        """The choosers in the order of the eye."""
        return self.states, self.kinds, self.codes, self.documents, self.orders

    @property
    def narrowed(self) -> Narrowed:
        """What is chosen."""
        return Narrowed(
            cast("State", self.states.currentData()),
            cast("Order", self.orders.currentData()),
            self.kinds.currentData() or "",
            self.codes.currentData() or "",
            self.documents.currentData() or "",
        )

    # Methods

    def show_everything(self) -> None:
        """List all cases, in the order that was chosen; nothing is told."""
        for box in self.boxes[:-1]:
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData("all") if box is self.states else 0)

    def show_state(self, state: State) -> None:
        """List cases of one state."""
        self.states.setCurrentIndex(self.states.findData(state))


def _is_its_own(event: QKeyEvent) -> bool:
    return bool(event.text().strip()) and event.text().isprintable()
