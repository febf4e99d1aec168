"""The definition of a code beside the case that showed where it is unclear; what is changed is linked to the case."""

from __future__ import annotations

from dataclasses import fields
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.ids import CodeId
from qcode.operations.case_codebook import sharpen
from qcode.operations.codebook import Definition
from qcode.operations.lookup import LONGEST_TEXT, TextTooLongError
from qcode.queries.codebook.tree import definition
from qcode.queries.disagreements.cases import CaseRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.definition_fields import DefinitionFields
from qcode.ui.code.codebook.side_panel import SidePanel, button
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.limited_line import LimitedLine
from qcode.ui.panel_parts import line_of, scrolled, sentence
from qcode.ui.reconcile.spoken import shortened
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import choice_box


class CaseDefinitionPanel(SidePanel):
    """The six fields of one of the case's codes, and why they change. What was typed is saved when one leaves."""

    recheckAsked = Signal(str)

    title = "Definition"
    kinds: ClassVar[tuple[str, ...]] = ("code", "code_version", "decision")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._case: CaseRow | None = None
        self._code: CodeId | None = None
        self._now = Definition()
        self.passage = sentence(quiet=True)
        self.code_box = choice_box((), "Code to define")
        self.fields = DefinitionFields(self)
        self.reason = LimitedLine(LONGEST_TEXT, self)
        self.reason.setAccessibleName("Reason for the change")
        self.reason.setPlaceholderText("Why it changes")
        self.save_button = button("Save", "primary", self)
        self.discard_button = button("Discard", "quiet", self)
        self.recheck_button = button("Re-check…", parent=self)
        self.save_action = make_action(
            self, "Save the definition", self.save, "Ctrl+S", context=WITHIN, key="reconcile.save-definition"
        )
        self._lay_parts()
        self._connect()

    # Properties

    @property
    def unsaved(self) -> bool:
        """Whether the fields say something else than the definition."""
        return self._code is not None and self.fields.definition != self._now

    # Methods

    def begin(self, case: CaseRow, code: CodeId | None = None) -> None:
        """Show the definition of one of the case's codes, the first if none is named."""
        self.save()
        self._case = case
        with QSignalBlocker(self.code_box):
            self.code_box.clear()
            for one, name in zip(case.codes, case.code_names, strict=True):
                self.code_box.addItem(name, one)
            self.code_box.setCurrentIndex(max(self.code_box.findData(code), 0))
        self.code_box.setVisible(len(case.codes) > 1)
        self.passage.setText(f"From {case.document_name}: “{shortened(case.text)}”")
        self._show_code()

    def refresh(self) -> None:
        """Follow what was done to the definition elsewhere; what is being typed stays."""
        if self._code is None:
            return
        typed = self.unsaved
        self._now = self._read(self._code)
        if not typed:
            self.fields.show_definition(self._now)
        self._tell()

    def entry(self) -> QWidget:
        """The first field."""
        return self.fields.field("brief")

    def save(self) -> bool:
        """Make a version of what the fields say, linked to the case; says whether there is one."""
        case, code, said = self._case, self._code, self.fields.definition
        if case is None or code is None or not self.unsaved:
            return False
        reason = self.reason.text().strip()
        name = self.code_box.itemText(self.code_box.findData(code))
        made = self.bridge.attempt(lambda: sharpen(self.bridge.study, case, code=code, definition=said, reason=reason))
        if made is None:
            return False
        self.reason.clear()
        self._now = said
        self.bridge.informed.emit(f"“{name}” is defined anew, with a link to this case.")
        self._tell()
        return True

    def discard(self) -> None:
        """Show the definition as it is."""
        self.fields.show_definition(self._now)
        self.reason.clear()
        self._tell()

    def leave(self) -> None:
        """Save what was typed, and close; what is refused stays to be mended."""
        if not self.unsaved or self.save():
            super().leave()

    # Events

    def hideEvent(self, event: QHideEvent) -> None:
        """Another room, or another panel: what was typed is kept."""
        self.save()
        super().hideEvent(event)

    # Private slots

    def _show_code(self) -> None:
        chosen = self.code_box.currentData()
        self._code = CodeId(chosen) if chosen else None
        self._now = self._read(self._code) if self._code else Definition()
        self.fields.show_definition(self._now)
        self.reason.clear()
        self._tell()

    def _on_code(self) -> None:
        self.save()
        self._show_code()

    def _on_closing(self) -> None:
        self.save()
        self._case = self._code = None

    def _tell(self) -> None:
        self.save_button.setEnabled(self.unsaved)
        self.discard_button.setEnabled(self.unsaved)
        self.recheck_button.setEnabled(self._code is not None and not self.unsaved)

    # Internal

    def _read(self, code: CodeId) -> Definition:
        row = definition(self.bridge.study, code)
        if row is None:
            return Definition()
        return Definition(**{field.name: getattr(row, field.name) for field in fields(Definition)})

    def _lay_parts(self) -> None:
        inside = QFrame()
        inside.setProperty("surface", "page")
        form = QVBoxLayout(inside)
        form.setContentsMargins(0, 0, SPACE, SPACE)
        form.setSpacing(SPACE)
        form.addWidget(self.fields)
        form.addStretch(1)
        self.body.addWidget(self.passage)
        self.body.addWidget(self.code_box)
        self.body.addWidget(scrolled(inside), 1)
        self.body.addWidget(self.reason)
        self.body.addLayout(line_of(self.save_button, self.discard_button, self.recheck_button))

    def _connect(self) -> None:
        self.code_box.currentIndexChanged.connect(self._on_code)
        self.fields.changed.connect(self._tell)
        self.fields.tooLong.connect(self._refuse_length)
        self.reason.tooLong.connect(self._refuse_length)
        self.reason.returnPressed.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.recheck_button.clicked.connect(lambda: self.recheckAsked.emit(self._code or ""))
        self.bridge.closing.connect(self._on_closing)

    def _refuse_length(self) -> None:
        self.bridge.refused.emit(str(TextTooLongError("field of a definition")))


class ExamplePanel(SidePanel):
    """Asks of which code the passage is a typical example, or a near miss, where the case is about several."""

    chosen = Signal(str)

    title = "Which code?"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        from qcode.ui.code.lines import LineList

        super().__init__(bridge, parent)
        self._what = sentence()
        self.list = LineList("Codes of the case", self)
        self.body.addWidget(self._what)
        self.body.addWidget(self.list, 1)
        self.list.lineActivated.connect(self._on_chosen)

    # Methods

    def begin(self, case: CaseRow, what: str) -> None:
        """Ask for one of the case's codes; `what` says what the passage is to be."""
        from qcode.ui.code.lines import Line

        self._what.setText(f"The passage becomes a {what} of which code?")
        pairs = zip(case.codes, case.code_names, strict=True)
        self.list.set_lines([Line(code, name) for code, name in pairs])
        self.list.set_current(case.codes[0])

    def entry(self) -> QWidget:
        """The list."""
        return self.list

    # Private slots

    def _on_chosen(self, code: str) -> None:
        self.leave()
        self.chosen.emit(code)
