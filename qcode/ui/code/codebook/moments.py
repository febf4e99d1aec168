"""The codebook at two moments, side by side: which codes came, went, were renamed, moved or defined anew."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from qcode.ids import StepId
from qcode.queries.codebook.versions import CodeChange, MomentRow, codebook_moments, side_by_side
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.comparison import Compared, ComparisonView
from qcode.ui.code.codebook.deeds import counted
from qcode.ui.code.codebook.definition_fields import FIELDS
from qcode.ui.code.codebook.side_panel import WIDE, SidePanel
from qcode.ui.code.lines import Line, LineList
from qcode.ui.local_time import local_time
from qcode.ui.panel_parts import sentence
from qcode.ui.theme import SPACE, label

_NOW = "As it is now"


class MomentsPanel(SidePanel):
    """Two moments to choose, the codes that differ, and both wordings of the one with the cursor."""

    title = "The codebook at two moments"
    kinds = ("code", "code_version", "coder")
    width_wanted = WIDE

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._moments: list[MomentRow] = []
        self._changes: dict[str, CodeChange] = {}
        self.before, self.after = self._choice("The earlier moment"), self._choice("The later moment")
        self.told = sentence(quiet=True)
        self.list = LineList("Codes that differ", self)
        self.view = ComparisonView(self)
        grid = QGridLayout()
        for row, (name, choice) in enumerate((("From", self.before), ("To", self.after))):
            grid.addWidget(label(name, tone="quiet"), row, 0)
            grid.addWidget(choice, row, 1)
        grid.setColumnStretch(1, 1)
        self.list.setMaximumHeight(36 * SPACE)
        self.body.addLayout(grid)
        self.body.addWidget(self.told)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.view, 1)
        self.before.currentIndexChanged.connect(lambda _place: self._compare())
        self.after.currentIndexChanged.connect(lambda _place: self._compare())
        self.list.currentKeyChanged.connect(lambda _key: self._show())

    # Methods

    def begin(self) -> None:
        """Compare the first moment with now, or what was chosen last."""
        self.mark_stale()

    def refresh(self) -> None:
        """Read the moments; those chosen stay chosen."""
        first_time = not self._moments
        chosen = self.before.currentData(), self.after.currentData()
        self._moments = codebook_moments(self.bridge.study)
        words = [f"{local_time(row.at)} · {row.label} · {row.coder}" for row in self._moments]
        for choice, key in ((self.before, chosen[0]), (self.after, chosen[1])):
            choice.blockSignals(True)  # noqa: FBT003  Qt's own
            choice.clear()
            if choice is self.after:
                choice.addItem(_NOW, None)
            for row, name in zip(self._moments, words, strict=True):
                choice.addItem(name, row.step)
            place = choice.findData(key) if key else -1
            earliest = choice.count() - 1 if choice is self.before and first_time else 0
            choice.setCurrentIndex(place if place >= 0 else earliest)
            choice.blockSignals(False)  # noqa: FBT003  Qt's own
        self._compare()

    def entry(self) -> QWidget:
        """The choice of the earlier moment."""
        return self.before

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.view.update_theme()

    # Private slots

    def _compare(self) -> None:
        before, after = self.before.currentData(), self.after.currentData()
        if before is None:
            self._changes = {}
            self.told.setText("The codebook has no history yet.")
        else:
            later = StepId(after) if after else None
            found = self.bridge.attempt(lambda: side_by_side(self.bridge.study, StepId(before), later)) or []
            self._changes = {key: row for row in found if row.kinds and (key := _key(row))}
            same = len(found) - len(self._changes)
            self.told.setText(f"{counted(len(self._changes))} differ, {same:,} are the same.")
        self.list.set_lines([_line(row) for row in self._changes.values()])
        if self._changes and self.list.current_key is None:
            self.list.set_current(next(iter(self._changes)))
        self._show()

    def _show(self) -> None:
        change = self._changes.get(self.list.current_key or "")
        if change is None:
            self.view.show_pairs(("", ""), ())
            return
        old, new = change.before, change.after
        pairs = [Compared("Place", " › ".join(old.path) if old else "", " › ".join(new.path) if new else "")]
        pairs += [
            Compared(name, old.definition[key] if old else "", new.definition[key] if new else "")
            for key, name, _hint in FIELDS
        ]
        self.view.show_pairs(("Before", "After"), sorted(pairs, key=lambda pair: not pair.differs))

    # Internal

    def _choice(self, name: str) -> QComboBox:
        choice = QComboBox(self)
        choice.setAccessibleName(name)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(12)
        choice.setMaxVisibleItems(16)
        return choice


def _key(change: CodeChange) -> str:
    state = change.after or change.before
    return state.id if state else ""


def _line(change: CodeChange) -> Line:
    state = change.after or change.before
    name = state.name if state else ""
    words = [f"merged into “{change.merged_into}”" if kind == "merged" else kind for kind in change.kinds]
    above = " › ".join(state.path[:-1]) if state else ""
    old = change.before.name if change.before and "renamed" in change.kinds else ""
    notes = tuple(note for note in (above, f"was “{old}”" if old else "") if note)
    slot = state.colour if state and state.kind != "category" else None
    return Line(_key(change), name, right=", ".join(words), notes=notes, slot=slot)
