"""The versions of a code's definition: who wrote them, when and why, and each beside the current one."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId
from qcode.operations.codebook import Definition, define_code
from qcode.queries.codebook.tree import CodeRow, DefinitionRow, codebook, definitions
from qcode.queries.codings import Looking, how_many
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.comparison import Compared, ComparisonView
from qcode.ui.code.codebook.deeds import counted
from qcode.ui.code.codebook.definition_fields import FIELDS
from qcode.ui.code.codebook.side_panel import WIDE, SidePanel, button
from qcode.ui.code.lines import Line, LineList
from qcode.ui.local_time import local_time
from qcode.ui.panel_parts import line_of
from qcode.ui.theme import SPACE


class VersionsPanel(SidePanel):
    """A list of versions above the words that changed since the one with the cursor."""

    passagesAsked = Signal(str, object)

    title = "Versions of the definition"
    kinds = ("code", "code_version", "coding", "assignment")
    width_wanted = WIDE

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._code: CodeRow | None = None
        self._key: CodeId | None = None
        self._versions: list[DefinitionRow] = []
        self.list = LineList("Versions, the latest first", self)
        self.view = ComparisonView(self)
        self.older_button = button("", parent=self)
        self.again_button = button("Take this wording again", parent=self)
        self.list.setMaximumHeight(24 * SPACE)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.view, 2)
        self.body.addLayout(line_of(self.again_button, self.older_button))
        self.list.currentKeyChanged.connect(lambda _key: self._compare())
        self.older_button.clicked.connect(self._on_older)
        self.again_button.clicked.connect(self._on_again)

    # Methods

    def begin(self, row: CodeRow) -> None:
        """Show the versions of a code."""
        if row.id != self._key:
            self._versions = []
        self._key = row.id
        self.mark_stale()

    def refresh(self) -> None:
        """Read the versions; leave if the code is gone."""
        self._code = next((row for row in codebook(self.bridge.study) if row.id == self._key), None)
        if self._code is None:
            self.leave()
            return
        code, first_time = self._code, not self._versions
        self._versions = definitions(self.bridge.study, code.id)
        latest = self._versions[0].number if self._versions else 0
        self.heading.setText(f"{self.title}: {code.name}")
        self.list.set_lines([_line(row, latest) for row in self._versions])
        if first_time and self._versions:
            self.list.set_current(str(self._versions[min(1, len(self._versions) - 1)].number))
        older = how_many(self.bridge.study, Looking(codes=[code.id], older=True))
        self.older_button.setText(f"{counted(older, 'older passage')}…")
        self.older_button.setAccessibleName(self.older_button.text())
        self.older_button.setEnabled(older > 0)
        self._compare()

    def entry(self) -> QWidget:
        """The list."""
        return self.list

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.view.update_theme()

    # Private slots

    def _compare(self) -> None:
        chosen, current = self._chosen(), self._versions[0] if self._versions else None
        self.again_button.setEnabled(chosen is not None and current is not None and chosen.number != current.number)
        if chosen is None or current is None:
            self.view.show_pairs(("", ""), ())
            return
        titles = f"Version {chosen.number}", f"Version {current.number} (now)"
        pairs = [Compared(name, getattr(chosen, key), getattr(current, key)) for key, name, _hint in FIELDS]
        self.view.show_pairs(titles, sorted(pairs, key=lambda pair: not pair.differs))

    def _on_older(self) -> None:
        if self._code is not None:
            wanted = Looking(codes=[self._code.id], older=True)
            self.passagesAsked.emit(f"{self._code.name}, older definitions", wanted)

    def _on_again(self) -> None:
        chosen, code = self._chosen(), self._key
        if chosen is None or code is None:
            return
        wording = Definition(**{field.name: getattr(chosen, field.name) for field in fields(Definition)})
        reason = f"As in version {chosen.number}"
        self.bridge.attempt(lambda: define_code(self.bridge.study, code, definition=wording, reason=reason))

    # Internal

    def _chosen(self) -> DefinitionRow | None:
        return next((row for row in self._versions if str(row.number) == self.list.current_key), None)


def _line(row: DefinitionRow, latest: int) -> Line:
    now = " (now)" if row.number == latest else ""
    right = " · ".join(part for part in (row.author, local_time(row.at)) if part)
    return Line(str(row.number), f"Version {row.number}{now}", right=right, notes=(row.reason,) if row.reason else ())
