"""Merging and splitting the codes of a case, with the reason, and a link to the case."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId
from qcode.operations.case_codebook import merge_from, split_from
from qcode.operations.lookup import LONGEST_TEXT, TextTooLongError
from qcode.queries.codebook.merge_effect import merge_effect
from qcode.queries.codebook.tree import CodeRow, codebook
from qcode.queries.disagreements.cases import CaseRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.code_chooser import CodeChooser
from qcode.ui.code.codebook.definition_fields import GrowingField
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.limited_line import LimitedLine
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.transcripts.parts import choice_box


class ReshapingPanel(SidePanel):
    """What merging and splitting share: one of the case's codes is chosen, a reason is given, a button does it."""

    kinds = ("code", "code_version", "coding", "assignment", "decision")

    def __init__(self, bridge: StudyBridge, deed: str, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.case: CaseRow | None = None
        self.code_box = choice_box((), f"Code to {deed.lower()}")
        self.reason = LimitedLine(LONGEST_TEXT, self)
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("Why")
        self.do_button, self.cancel_button = button(deed, "primary", self), button("Cancel", "quiet", self)
        self.code_box.currentIndexChanged.connect(lambda _place: self.refresh())
        self.reason.tooLong.connect(lambda: bridge.refused.emit(str(TextTooLongError("reason"))))
        self.reason.returnPressed.connect(self.do_it)
        self.do_button.clicked.connect(self.do_it)
        self.cancel_button.clicked.connect(self.leave)

    # For panels to write

    def do_it(self) -> None:
        """Do what the panel is for."""

    # Properties

    @property
    def code(self) -> CodeId | None:
        """The code that is chosen."""
        chosen = self.code_box.currentData()
        return CodeId(chosen) if chosen else None

    # Methods

    def begin_case(self, case: CaseRow) -> None:
        """Be about the codes of a case."""
        self.case = case
        self.code_box.clear()
        for code, name in zip(case.codes, case.code_names, strict=True):
            self.code_box.addItem(name, code)
        self.reason.clear()
        self.mark_stale()

    def row_of(self, rows: list[CodeRow]) -> CodeRow | None:
        """The chosen code as it is today."""
        return next((row for row in rows if row.id == self.code), None)


class CaseMergePanel(ReshapingPanel):
    """Asks into which code one of the case's codes goes; another code of the case is offered first."""

    title = "Merge codes"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        self.chooser = CodeChooser("Merge into which code?")
        super().__init__(bridge, "Merge", parent)
        self.effect = sentence(quiet=True)
        self.body.addWidget(sentence("This code will stand for another one:"))
        self.body.addWidget(self.code_box)
        self.body.addWidget(self.chooser, 1)
        self.body.addWidget(self.effect)
        self.body.addWidget(self.reason)
        self.body.addLayout(line_of(self.do_button, self.cancel_button))
        self.chooser.codeChosen.connect(lambda _code: self.reason.setFocus())
        self.chooser.currentChanged.connect(lambda _code: self._tell())

    # Methods

    def begin_case(self, case: CaseRow) -> None:
        """Be about the codes of a case, and offer to merge the last into the first."""
        super().begin_case(case)
        self.code_box.setCurrentIndex(len(case.codes) - 1)
        self.refresh()
        self.chooser.line.clear()
        self.chooser.set_current(case.codes[0])

    def refresh(self) -> None:
        """Offer the other codes."""
        rows = codebook(self.bridge.study)
        if self.case is not None and self.code is not None and self.row_of(rows) is None:
            self.leave()
            return
        offered = [row for row in rows if row.status == "active" and row.kind == "codable"]
        self.chooser.offer(offered, apart_from=[self.code] if self.code else [], codable=False)
        self._tell()

    def entry(self) -> QWidget:
        """The line to type in."""
        return self.chooser.line

    def do_it(self) -> None:
        """Merge, and say so."""
        case, code, target = self.case, self.code, self.chooser.current
        if case is None or code is None or target is None:
            self.bridge.refused.emit("Choose the code to merge into.")
            return
        name, reason = self.code_box.currentText(), self.reason.text().strip()

        def merged() -> bool:
            merge_from(self.bridge.study, case, [code], into=target.id, reason=reason)
            return True

        if self.bridge.attempt(merged):
            self.bridge.informed.emit(f"“{name}” now stands for “{target.name}”. Undo takes them apart again.")
            self.leave()

    # Private slots

    def _tell(self) -> None:
        target = self.chooser.current
        self.do_button.setEnabled(target is not None and self.code is not None)
        words = "No code of that name can be merged into."
        if target is not None and self.code is not None:
            words = merge_effect(self.bridge.study, [self.code], target.id).sentence
        self.effect.setText(words)


class CaseSplitPanel(ReshapingPanel):
    """Asks for the names of the codes that stand beside one from now on; its passages wait for a second look."""

    title = "Split a code"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, "Split", parent)
        self.names = GrowingField("Names of the new codes, one a line", "One name a line", self)
        told = sentence("This code stays; its passages wait for a second look by their coders.", quiet=True)
        for part in (sentence("Codes that stand beside this one from now on:"), self.code_box, self.names, self.reason):
            self.body.addWidget(part)
        self.body.addWidget(told)
        self.body.addLayout(line_of(self.do_button, self.cancel_button))
        self.body.addStretch(1)
        self.names.textChanged.connect(self._tell)
        self.names.tooLong.connect(lambda: bridge.refused.emit(str(TextTooLongError("list of names"))))

    # Methods

    def begin_case(self, case: CaseRow) -> None:
        """Be about the codes of a case."""
        super().begin_case(case)
        self.names.clear()

    def refresh(self) -> None:
        """Leave if the code is gone."""
        if self.case is not None and self.code is not None and self.row_of(codebook(self.bridge.study)) is None:
            self.leave()
            return
        self._tell()

    def entry(self) -> QWidget:
        """The field for the names."""
        return self.names

    def do_it(self) -> None:
        """Split, and say so."""
        case, code, names = self.case, self.code, self._named()
        if case is None or code is None or not names:
            self.bridge.refused.emit("Name the codes that stand beside it, one a line.")
            return
        name, reason = self.code_box.currentText(), self.reason.text().strip()
        made = self.bridge.attempt(
            lambda: split_from(self.bridge.study, case, code, names=names, reason=reason) or True
        )
        if made:
            self.bridge.informed.emit(f"“{name}” has new codes beside it. Its passages wait for a second look.")
            self.leave()

    # Private slots

    def _tell(self) -> None:
        self.do_button.setEnabled(bool(self._named()) and self.code is not None)

    # Internal

    def _named(self) -> list[str]:
        return [line.strip() for line in self.names.toPlainText().splitlines() if line.strip()]
