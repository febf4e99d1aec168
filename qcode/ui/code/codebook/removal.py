"""Before codes are removed: what goes along with them, and whether to retire them instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId
from qcode.queries.codebook.deletion import DeletionEffect, deletion_effect
from qcode.queries.codebook.tree import CodeRow, codebook
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.deeds import CodebookDeeds, counted
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.code.lines import Line, LineList
from qcode.ui.panel_parts import line_of, sentence


class RemovalPanel(SidePanel):
    """Says how many codings of whom and where would be hidden, and leaves the choice."""

    title = "Remove codes"
    kinds = ("code", "coding", "theme_code", "theme", "code_set", "code_set_member", "memo", "memo_link", "assignment")

    def __init__(self, bridge: StudyBridge, deeds: CodebookDeeds, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._deeds = deeds
        self._codes: list[CodeId] = []
        self._rows: list[CodeRow] = []
        self.effect = sentence()
        self.list = LineList("What goes along", self)
        self.remove_button = button("Remove", "primary", self)
        self.retire_button = button("Retire instead", parent=self)
        self.cancel_button = button("Cancel", "quiet", self)
        self.body.addWidget(self.effect)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(sentence("A retired code is not offered any more; its codings stay.", quiet=True))
        self.body.addLayout(line_of(self.retire_button, self.remove_button, self.cancel_button))
        self.remove_button.clicked.connect(self._on_remove)
        self.retire_button.clicked.connect(self._on_retire)
        self.cancel_button.clicked.connect(self.leave)

    # Methods

    def begin(self, rows: Sequence[CodeRow]) -> None:
        """Ask about these codes."""
        self._codes = [row.id for row in rows]
        self.mark_stale()

    def refresh(self) -> None:
        """Tell what would go along now; leave if the codes are gone."""
        self._rows = [row for row in codebook(self.bridge.study) if row.id in self._codes]
        if not self._rows:
            self.leave()
            return
        effect = deletion_effect(self.bridge.study, [row.id for row in self._rows])
        self.effect.setText(effect.sentence)
        self.remove_button.setAccessibleDescription(effect.sentence)
        self.retire_button.setEnabled(any(row.status == "active" for row in self._rows))
        self.list.set_lines(_lines(effect))

    def entry(self) -> QWidget:
        """The careful button."""
        return self.retire_button if self.retire_button.isEnabled() else self.remove_button

    # Private slots

    def _on_remove(self) -> None:
        if self._deeds.delete(self._rows):
            self.leave()

    def _on_retire(self) -> None:
        self._deeds.retire([row for row in self._rows if row.status == "active"])
        self.leave()


def _lines(effect: DeletionEffect) -> list[Line]:
    lines = [
        Line(f"{row.coder} {row.document}", f"{row.coder_name} · {row.document_name}", counted(row.count, "coding"))
        for row in effect.affected
    ]
    below = [" › ".join(path) for path in effect.codes[1:]]
    groups = (
        ("Codes removed too", below),
        ("Merged codes", effect.merged),
        ("Themes that hold them", effect.themes),
        ("Sets that hold them", effect.sets),
    )
    lines += [Line(title, title, str(len(names)), notes=(", ".join(names),)) for title, names in groups if names]
    if effect.memos:
        lines.append(Line("memos", "Memos about them stay", str(effect.memos)))
    return lines
