"""Splitting a code: the names of the codes that are split off, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from qcode.ids import CodeId
from qcode.operations.lookup import TextTooLongError
from qcode.operations.merging import split_code
from qcode.queries.codebook.tree import CodeRow, codebook
from qcode.queries.codings import Looking, codings
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.acts import WITHIN, make_action
from qcode.ui.code.codebook.deeds import counted
from qcode.ui.code.codebook.definition_fields import GrowingField
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.panel_parts import line_of, sentence


class SplitPanel(SidePanel):
    """Asks for names, one a line; the passages are gone through afterwards, one by one."""

    splitUp = Signal(str, object)

    title = "Split a code"
    kinds = ("code", "coding", "assignment")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._code: CodeId | None = None
        self._what = sentence()
        self.names = GrowingField("Names of the new codes, one a line", "One name a line", self)
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName("Reason for the split")
        self.reason.setPlaceholderText("Why it is split")
        self.split_button = button("Split", "primary", self)
        self.cancel_button = button("Cancel", "quiet", self)
        self._effect = sentence(quiet=True)
        self.split_action = make_action(
            self, "Split into these codes", self.split, "Ctrl+Return", context=WITHIN, key="codebook.split-now"
        )
        for part in (self._what, self.names, self.reason, self._effect):
            self.body.addWidget(part)
        self.body.addLayout(line_of(self.split_button, self.cancel_button))
        self.body.addStretch(1)
        self.names.textChanged.connect(self._tell)
        self.names.tooLong.connect(lambda: bridge.refused.emit(str(TextTooLongError("list of names"))))
        self.reason.returnPressed.connect(self.split)
        self.split_button.clicked.connect(self.split)
        self.cancel_button.clicked.connect(self.leave)

    # Methods

    def begin(self, row: CodeRow) -> None:
        """Ask what this code is to be split into."""
        if row.id != self._code:
            self.names.clear()
            self.reason.clear()
        self._code = row.id
        self.mark_stale()

    def refresh(self) -> None:
        """Tell whose passages are concerned; leave if the code is gone."""
        row = next((row for row in codebook(self.bridge.study) if row.id == self._code), None)
        if row is None:
            self.leave()
            return
        self._what.setText(f"“{row.name}” stays. Codes that stand beside it from now on:")
        rows = codings(self.bridge.study, Looking(codes=[row.id]))
        mine = sum(coding.mine for coding in rows)
        told = [f"You go through {counted(mine, 'passage')} of yours one by one, as far as they are not handed in."]
        told = told if mine else []
        if len(rows) > mine:
            told.append(f"{counted(len(rows) - mine, 'passage')} of colleagues wait for a second look by them.")
        self._effect.setText(" ".join(told) or "You coded nothing with it.")
        self._tell()

    def entry(self) -> QWidget:
        """The field for the names."""
        return self.names

    def split(self) -> None:
        """Add the codes, and go through the passages."""
        code, names = self._code, self._named()
        if code is None:
            return
        reason = self.reason.text()
        made = self.bridge.attempt(lambda: split_code(self.bridge.study, code, names=names, reason=reason))
        if made is not None:
            self.names.clear()
            self.reason.clear()
            self.splitUp.emit(code, made)

    # Private slots

    def _tell(self) -> None:
        self.split_button.setEnabled(bool(self._named()))

    # Internal

    def _named(self) -> list[str]:
        return [line.strip() for line in self.names.toPlainText().splitlines() if line.strip()]
