"""What is looked for and where: the line to type in, and the choices beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qcode.queries.counting.talk import Voices
from qcode.queries.search.grounds import Kind
from qcode.queries.search.searching import ANSWERS, EVERYTHING, TRANSCRIPTS, Query
from qcode.ui.drawer.search.hits import AROUND
from qcode.ui.theme import SPACE

_KINDS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "transcripts": ("In transcripts", TRANSCRIPTS),
    "memos": ("In memos", ("memo",)),
    "definitions": ("In definitions", ("definition",)),
    "everything": ("Everywhere", EVERYTHING),
}


class SearchOptions(QWidget):
    """Tells whenever another search is asked for."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText('Words, "a phrase", begin*, OR, NOT')
        self.line.setAccessibleName("Search the texts")
        self.line.setClearButtonEnabled(True)
        self.forms = self._box("Word forms", "Find other forms of the words too: knock, knocks, knocked")
        self.expression = self._box("Regular expression", "Read what is typed as a regular expression")
        self.interviewer = self._box("Interviewer too", "Search what interviewers say and what happens, too")
        self.where, self.document, self.group = (self._list(name) for name in ("Where", "Document", "Group"))
        self._fill(self.where, [(key, name) for key, (name, _kinds) in _KINDS.items()])
        self.line.textChanged.connect(self.changed)
        self._lay_out()

    # Properties

    @property
    def typed(self) -> str:
        """What is typed."""
        return self.line.text().strip()

    @property
    def query(self) -> Query:
        """What is asked for."""
        voices = self.voices
        return Query(
            self.line.text() if self.expression.isChecked() else self.typed,
            regular_expression=self.expression.isChecked(),
            forms=self.forms.isChecked() and not self.expression.isChecked(),
            kinds=_KINDS[self.where.currentData()][1],
            documents=voices.documents,
            groups=voices.groups,
            roles=voices.roles,
            around=AROUND,
        )

    @property
    def voices(self) -> Voices:
        """Whose talk is asked for."""
        document, group = self.document.currentData(), self.group.currentData()
        return Voices(
            [document] if document else None,
            [group] if group else None,
            None if self.interviewer.isChecked() else ANSWERS,
        )

    # Methods

    def offer(self, documents: Mapping[str, str], groups: Sequence[str]) -> None:
        """Offer these documents by their ids, and groups."""
        self._fill(self.document, [("", "Any document"), *documents.items()])
        self._fill(self.group, [("", "Any group"), *((group, group) for group in groups)])

    # Internal

    def _box(self, name: str, tip: str) -> QCheckBox:
        box = QCheckBox(name, self)
        box.setToolTip(tip)
        box.setAccessibleDescription(tip)
        box.toggled.connect(self._on_chosen)
        return box

    def _on_chosen(self) -> None:
        self.forms.setEnabled(not self.expression.isChecked())
        self.changed.emit()

    def _list(self, name: str) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(11)
        made.activated.connect(self.changed)
        return made

    def _fill(self, part: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
        chosen = part.currentData() or ""
        with QSignalBlocker(part):
            part.clear()
            for key, name in choices:
                part.addItem(name, key)
            part.setCurrentIndex(max(part.findData(chosen), 0))

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(SPACE)
        first.addWidget(self.line, 1)
        for part in (self.where, self.document, self.group):
            first.addWidget(part)
        for box in (self.forms, self.expression, self.interviewer):
            second.addWidget(box)
        self.second = second
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE // 2)
        column.setSpacing(SPACE // 2)
        column.addLayout(first)
        column.addLayout(second)
