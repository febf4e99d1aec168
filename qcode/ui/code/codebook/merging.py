"""Merging codes: into which one, and what will be shown under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId
from qcode.operations.merging import merge_codes
from qcode.queries.codebook.merge_effect import merge_effect
from qcode.queries.codebook.tree import CodeRow, codebook
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.code_chooser import CodeChooser
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.panel_parts import line_of, sentence


class MergePanel(SidePanel):
    """Asks for the code that others will stand for, and says what that does to whose codings before it is done."""

    title = "Merge codes"
    kinds = ("code", "code_version", "coding", "assignment")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._codes: list[CodeId] = []
        self._what = sentence()
        self.chooser = CodeChooser("Merge into which code?", self)
        self.effect = sentence(quiet=True)
        self.merge_button = button("Merge", "primary", self)
        self.cancel_button = button("Cancel", "quiet", self)
        self.body.addWidget(self._what)
        self.body.addWidget(self.chooser, 1)
        self.body.addWidget(self.effect)
        self.body.addLayout(line_of(self.merge_button, self.cancel_button))
        self.chooser.codeChosen.connect(lambda _code: self.merge())
        self.chooser.currentChanged.connect(lambda _code: self._tell())
        self.merge_button.clicked.connect(self.merge)
        self.cancel_button.clicked.connect(self.leave)

    # Methods

    def begin(self, rows: Sequence[CodeRow]) -> None:
        """Ask into which code these are to be merged."""
        self._codes = [row.id for row in rows]
        self.chooser.line.clear()
        self.mark_stale()

    def refresh(self) -> None:
        """Offer the other codes; leave if what was to be merged is gone."""
        rows = codebook(self.bridge.study)
        chosen = [row for row in rows if row.id in self._codes]
        if not chosen:
            self.leave()
            return
        self._codes = [row.id for row in chosen]
        only_categories = all(row.kind == "category" for row in chosen)
        self._what.setText(f"{_listed([row.name for row in chosen])} will stand for one code:")
        offered = [row for row in rows if row.offered and (only_categories or row.kind == "codable")]
        self.chooser.offer(offered, apart_from=self._codes, codable=False)
        self._tell()

    def entry(self) -> QWidget:
        """The line to type in."""
        return self.chooser.line

    def merge(self) -> None:
        """Merge into the code with the cursor, and say so."""
        target = self.chooser.current
        if target is None:
            self.bridge.refused.emit("Choose the code to merge into.")
            return
        codes, count = list(self._codes), len(self._codes)
        told = merge_effect(self.bridge.study, codes, target.id)

        def merged() -> bool:
            merge_codes(self.bridge.study, codes, into=target.id)
            return True

        if self.bridge.attempt(merged):
            what = _listed(told.names)
            stands = "stands" if count == 1 else "stand"
            self.bridge.informed.emit(f"{what} now {stands} for “{target.name}”. Undo takes them apart again.")
            self.leave()

    # Private slots

    def _tell(self) -> None:
        target = self.chooser.current
        self.merge_button.setEnabled(target is not None)
        words = "No code of that name can be merged into." if target is None else ""
        if target is not None and self._codes:
            words = merge_effect(self.bridge.study, self._codes, target.id).sentence
        self.effect.setText(words)
        self.merge_button.setAccessibleDescription(words)


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
