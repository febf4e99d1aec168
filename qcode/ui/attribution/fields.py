"""The fields in their order of worth: what pseudonyms give away, and how values become coarser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qcode.analysis.ladders import written
from qcode.queries.attribution.policy import FieldRow, Policy
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.panel_parts import line_of
from qcode.ui.table import Column
from qcode.ui.theme import SPACE, label
from qcode.ui.transcripts.fields import Field, FieldTable

_LADDER = 2
_DATES = "month, year, ten years"


class WorthTable(QWidget):
    """The fields, the most worthy first. Alt with an arrow moves one; Enter or F2 changes what a cell says.

    It asks by signals for what changes the policy: an order of keys, keys that pseudonyms give away, or the ladder of a
    field as somebody wrote it.
    """

    orderAsked = Signal(list)
    toldAsked = Signal(list)
    ladderAsked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[FieldRow] = ()
        self._told: tuple[str, ...] = ()
        self._may = False
        self.table = FieldTable(self._columns(), self)
        self.table.setAccessibleName("Fields, the most worthy first")
        self.up, self.down = QPushButton("Worth more"), QPushButton("Worth less")
        for button, step, key, keys in ((self.up, -1, "more", "Alt+Up"), (self.down, 1, "less", "Alt+Down")):
            button.setProperty("kind", "slim")
            button.setToolTip(keys)
            button.clicked.connect(partial(self._on_step, step))
            deed = partial(self.move_field, step)
            make_action(self, button.text(), deed, keys, key=f"attribution.worth-{key}", context=WITHIN)
        self.table.currentRowChanged.connect(lambda _row: self._tell())
        self._lay_out()

    # Methods

    def show_policy(self, policy: Policy, *, may: bool) -> None:
        """Show the fields; who may not decide only reads."""
        self._rows, self._told, self._may = policy.fields, policy.pseudonym_tells, may
        self.table.set_rows(list(policy.fields), key=lambda row: row.key)
        if self.table.current_row() is None and policy.fields:
            self.table.select_row(policy.fields[0].key)
        self._tell()

    def move_field(self, step: int) -> None:
        """Ask for another order, in which the current field is worth more or less."""
        row = self.table.current_row()
        keys = [one.key for one in self._rows]
        if row is None or not self._may or not 0 <= keys.index(row.key) + step < len(keys):
            return
        place = keys.index(row.key)
        keys.insert(place + step, keys.pop(place))
        self.orderAsked.emit(keys)

    def write_again(self, key: str, words: str) -> None:
        """Open the ladder of a field with words that were refused, so that they can be mended."""

        def begin() -> None:
            if self.table.edit_cell(key, _LADDER):
                editor = self.table.indexWidget(self.table.currentIndex())
                if isinstance(editor, QLineEdit):
                    editor.setText(words)

        QTimer.singleShot(0, self, begin)  # the field that is being left goes first

    # Private slots

    def _on_step(self, step: int, _checked: bool = False) -> None:
        self.move_field(step)

    # Internal

    def _tell(self) -> None:
        row = self.table.current_row()
        keys = [one.key for one in self._rows]
        place = keys.index(row.key) if row is not None and row.key in keys else -1
        self.up.setEnabled(self._may and place > 0)
        self.down.setEnabled(self._may and 0 <= place < len(keys) - 1)

    def _columns(self) -> list[Column[FieldRow]]:
        return [
            Column("Field", lambda row: row.title, width=18 * SPACE, stretch=True, tip=_values),
            Field(
                "Names tell it",
                lambda row: row.key in self._told,
                self._told_in_words,
                write=self._on_told,
                choices=lambda _row: ((True, "yes"), (False, "no")),
                open_to=lambda row: self._may and row.kind != "name",
                width=12 * SPACE,
                about="Whether a pseudonym gives this away, as a name does a gender",
            ),
            Field(
                "Becomes coarser",
                _ladder,
                write=self._on_ladder,
                open_to=lambda row: self._may and row.kind not in ("name", "date"),
                width=20 * SPACE,
                stretch=True,
                about="deputy, medic = responder, or for a number the widths of its bands: 10, 20",
                tip=_ladder,
            ),
        ]

    def _told_in_words(self, row: FieldRow) -> str:
        return "" if row.kind == "name" else "yes" if row.key in self._told else "no"

    def _on_told(self, row: FieldRow, told: bool) -> None:
        if self._may and row.kind != "name":
            others = [key for key in self._told if key != row.key]
            self.toldAsked.emit([*others, row.key] if told else others)

    def _on_ladder(self, row: FieldRow, words: str) -> None:
        if self._may and words.strip() != _ladder(row):
            self.ladderAsked.emit(row.key, words)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("In order of worth", "heading"), 1)
        head.addLayout(line_of(self.up, self.down))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.table, 1)


def _ladder(row: FieldRow) -> str:
    return _DATES if row.kind == "date" else written(row.ladder)


def _values(row: FieldRow) -> str:
    return "\n".join(f"{value}: {count}" for value, count in row.values) or row.title
