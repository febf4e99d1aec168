"""Which of the passages are shown: of whom, from where, in what state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from qcode.queries.codebook.code_sets import CodeSetRow
from qcode.queries.codings import PassageRow
from qcode.ui.drawer.passages.chips import Chips
from qcode.ui.flow import FlowLayout
from qcode.ui.theme import SPACE


def groups_of(row: PassageRow) -> list[str]:
    """The groups that speak in a passage."""
    return [group for group in row.group.split(", ") if group]


def roles_of(row: PassageRow) -> list[str]:
    """The roles of those who speak in a passage."""
    return [role for role in row.role.split(", ") if role]


_STATES: dict[str, tuple[str, Callable[[PassageRow], bool]]] = {
    "mine": ("Mine", lambda row: row.coding.mine),
    "unsure": ("Unsure", lambda row: row.coding.unsure),
    "sure": ("Sure", lambda row: not row.coding.unsure),
    "illustrative": ("Illustrative", lambda row: row.coding.illustrative),
    "negative": ("Negative cases", lambda row: row.coding.negative_case),
    "commented": ("With a comment", lambda row: bool(row.coding.comment)),
    "altered": ("Words altered since", lambda row: row.coding.altered),
    "older": ("Older definition", lambda row: row.coding.older),
    "weighed": ("With a weight", lambda row: row.coding.weight is not None),
    "search": ("Made by search", lambda row: row.coding.by_search),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was chosen; an empty choice lets everything through."""

    coder: str = ""
    round: str = ""
    group: str = ""
    document: str = ""
    state: str = ""
    role: str = ""
    codes: frozenset[str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything passes."""
        return self == Narrowing()

    def takes(self, row: PassageRow) -> bool:
        """Whether a passage is shown."""
        return (
            self.coder in ("", row.coding.coder_id)
            and self.round in ("", row.coding.round)
            and (not self.group or self.group in groups_of(row))
            and self.document in ("", row.coding.document)
            and (not self.state or _STATES[self.state][1](row))
            and (not self.role or self.role in roles_of(row))
            and (self.codes is None or row.coding.code in self.codes)
        )


class FilterRow(QWidget):
    """Lists to choose from; each offers only what the passages have, and hides where that is no choice."""

    changed = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = Chips(self)
        self.attribute = QPushButton("By attribute…", self)
        self.attribute.setAccessibleName(
            "Only those with something recorded about who speaks, the document or its site"
        )
        self.coder, self.round, self.group, self.document, self.state, self.role, self.set = (
            self._list(name) for name in ("coder", "round", "group", "document", "state", "role", "set of codes")
        )
        self._parts = (self.coder, self.round, self.document, self.group, self.role, self.set, self.state)
        self._sets: dict[str, frozenset[str]] = {}
        self._fill_states(weights=False)
        self.clear = QPushButton("Clear", self)
        self.clear.setProperty("kind", "quiet")
        self.clear.setAccessibleName("Show all again")
        self.clear.clicked.connect(self.open_all)
        row = FlowLayout()
        row.setSpacing(SPACE)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        column.addLayout(row)
        column.addWidget(self.chips)
        for part in (*self._parts, self.attribute, self.clear):
            row.addWidget(part)
        self.chips.emptied.connect(lambda: self.attribute.setFocus(Qt.FocusReason.OtherFocusReason))
        self._tell()

    # Properties

    @property
    def narrowing(self) -> Narrowing:
        """What is chosen."""
        chosen = (self.coder, self.round, self.group, self.document, self.state, self.role)
        coder, in_round, group, document, state, role = (str(part.currentData() or "") for part in chosen)
        codes = self._sets.get(self.set.currentData() or "")
        return Narrowing(coder, in_round, group, document, state, role, codes)

    @property
    def words(self) -> list[str]:
        """What is chosen, in words."""
        return [part.currentText() for part in self._parts if part.currentIndex() > 0] + self.chips.words

    # Methods

    def offer(
        self,
        rows: Iterable[PassageRow],
        rounds: Mapping[str, str],
        sets: Sequence[CodeSetRow] = (),
        *,
        weights: bool = False,
    ) -> None:
        """Offer what these passages have; what is chosen stays chosen. Weights only where the study uses them."""
        self._fill_states(weights=weights)
        listed = list(rows)
        coders: dict[str, str] = {row.coding.coder_id: row.coding.coder_name for row in listed}
        documents: dict[str, str] = {row.coding.document: row.document_name for row in listed}
        groups = {group: group for row in listed for group in groups_of(row)}
        roles = {role: role for row in listed for role in roles_of(row)}
        used = {row.coding.round for row in listed}
        self._sets = {row.id: frozenset(code for code, _path in row.codes) for row in sets}
        named = {row.id: row.name for row in sets}
        self._fill(self.coder, "Any coder", _by_name(coders))
        self._fill(self.round, "Any round", [(key, name) for key, name in rounds.items() if key in used])
        self._fill(self.group, "Any group", _by_name(groups))
        self._fill(self.role, "Any role", _by_name(roles))
        self._fill(self.set, "Any code", [(key, f"Set “{name}”") for key, name in named.items()])
        self._fill(self.document, "Any document", list(documents.items()))
        for part in self._parts:
            part.setHidden(part is not self.state and part.count() < (2 if part is self.set else 3))
        self._keep_height()

    def open_all(self) -> None:
        """Let everything through again."""
        for part in self._parts:
            with QSignalBlocker(part):
                part.setCurrentIndex(0)
        self.opened.emit()
        self.tell_changed()

    def tell_changed(self) -> None:
        """Something was chosen, here or beside the lists."""
        self._tell()
        self.changed.emit()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for as many rows as the lists and chips need at this width."""
        super().resizeEvent(event)
        self._keep_height()

    # Internal

    def _keep_height(self) -> None:
        self.setMinimumHeight(self._column.heightForWidth(self.width()))

    def _list(self, name: str) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(f"Only this {name}")
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(10)
        made.activated.connect(self.tell_changed)
        return made

    def _fill_states(self, *, weights: bool) -> None:
        states = [(key, name) for key, (name, _holds) in _STATES.items() if weights or key != "weighed"]
        self._fill(self.state, "Any state", states)

    def _fill(self, part: QComboBox, everything: str, choices: Sequence[tuple[str, str]]) -> None:
        chosen, words = part.currentData() or "", part.currentText()
        listed = [("", everything), *choices]
        if chosen and chosen not in dict(choices):
            listed.append((chosen, words))
        if [(part.itemData(place), part.itemText(place)) for place in range(part.count())] == listed:
            return
        with QSignalBlocker(part):
            part.clear()
            for key, name in listed:
                part.addItem(name, key)
            part.setCurrentIndex(next(place for place, (key, _name) in enumerate(listed) if key == chosen))

    def _tell(self) -> None:
        self.clear.setEnabled(not self.narrowing.is_open or bool(self.chips.words))
        self._keep_height()


def _by_name(choices: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(choices.items(), key=lambda choice: choice[1].casefold())
