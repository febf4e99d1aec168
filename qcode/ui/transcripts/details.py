"""What is said of one document beside its text: its name, kind and group, and who speaks in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from qcode.ids import ParticipantId
from qcode.operations.documents import add_participant, describe_document, describe_speaker, rename_document
from qcode.queries.transcripts.documents import DocumentRow, ParticipantRow, SpeakerRow
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.aligning.choice import OriginalChoice
from qcode.ui.transcripts.fields import Choices, Field, FieldTable
from qcode.ui.transcripts.parts import choice_box, later, line_edit
from qcode.ui.transcripts.words import KIND_CHOICES, ROLE_CHOICES, role_word

_NEW = "new"


class DocumentDetails(QFrame):
    """The fields of one document; each is written when it is left or Enter is pressed."""

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._document: DocumentRow | None = None
        self._participants: Sequence[ParticipantRow] = ()
        self.name, self.group = line_edit("Name"), line_edit("Group", "none")
        self.kind = choice_box(KIND_CHOICES, "Kind")
        self.original = OriginalChoice(bridge)
        self.origin = theme.label("", "small", "quiet")
        self.origin.setWordWrap(True)
        self.speakers = FieldTable(self._columns(), self)
        self.speakers.setAccessibleName("Speakers")
        self._lay_out()
        self.name.editingFinished.connect(self._on_name)
        self.group.editingFinished.connect(self._on_described)
        self.kind.activated.connect(self._on_described)

    # Methods

    def show_details(
        self,
        document: DocumentRow | None,
        speakers: Sequence[SpeakerRow] = (),
        participants: Sequence[ParticipantRow] = (),
        groups: Iterable[str] = (),
    ) -> None:
        """Show a document's fields; what is being typed for the same document stays."""
        same = document is not None and self._document is not None and document.id == self._document.id
        self._document, self._participants = document, participants
        self.setEnabled(document is not None)
        if document is not None:
            _show(self.name, document.name, same)
            _show(self.group, document.group, same)
            self.kind.setCurrentIndex(self.kind.findData(document.kind))
        self.origin.setText(_origin(document.provenance) if document is not None else "")
        self.origin.setVisible(bool(self.origin.text()))
        completer = QCompleter(sorted({group for group in groups if group}), self.group)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.group.setCompleter(completer)
        self.speakers.set_rows(speakers)

    def edit_name(self) -> None:
        """Begin to type another name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    # Private slots

    def _on_name(self) -> None:
        document, words = self._document, self.name.text()
        if document is None or not self.name.isModified() or words == document.name:
            return
        self.name.setModified(False)
        self.bridge.attempt(lambda: rename_document(self.bridge.study, document.id, name=words))
        if self._document is not None and self._document.name == document.name:
            self.name.setText(document.name)

    def _on_described(self) -> None:
        document = self._document
        if document is None:
            return
        kind, group = self.kind.currentData(), self.group.text().strip()
        if (kind, group) != (document.kind, document.group):
            self.group.setModified(False)
            self.bridge.attempt(lambda: describe_document(self.bridge.study, document.id, kind=kind, group=group))

    # Internal

    def _columns(self) -> list[Field[SpeakerRow]]:
        return [
            Field("Speaker", lambda row: row.label, width=96, tip=lambda row: row.label),
            Field(
                "Role",
                lambda row: row.role,
                lambda row: role_word(row.role),
                width=120,
                choices=lambda _row: ROLE_CHOICES,
                write=self._give_role,
            ),
            Field(
                "Participant",
                lambda row: row.participant,
                lambda row: row.pseudonym or "not said",
                stretch=True,
                choices=self._choices,
                write=self._give_participant,
                quiet=lambda row: row.participant is None,
            ),
        ]

    def _choices(self, row: SpeakerRow) -> Choices:
        known = [(who.id, _who(who)) for who in self._participants]
        taken = any(who.pseudonym == row.label for who in self._participants)
        return [(None, "not said"), *known, *([] if taken else [(_NEW, f"New participant “{row.label}”")])]

    def _give_role(self, row: SpeakerRow, role: str) -> None:
        self._describe(row, role, row.participant)

    def _give_participant(self, row: SpeakerRow, participant: ParticipantId | str | None) -> None:
        if participant != _NEW:
            self._describe(row, row.role, None if participant is None else ParticipantId(participant))
            return
        group = self._document.group if self._document else ""

        def add() -> None:
            made = self.bridge.attempt(lambda: add_participant(self.bridge.study, pseudonym=row.label, group=group))
            if made is not None:
                self._describe(row, row.role, made)

        later(self, add)

    def _describe(self, row: SpeakerRow, role: str, participant: ParticipantId | None) -> None:
        study = self.bridge.study
        deed = lambda: describe_speaker(study, row.id, role=role, participant=participant)  # noqa: E731
        later(self, lambda: self.bridge.attempt(deed))

    def _lay_out(self) -> None:
        self.setProperty("surface", "panel")
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE)
        for row, column, words, widget in (
            (0, 0, "Name", self.name),
            (1, 0, "Kind", self.kind),
            (2, 0, "Group", self.group),
            (3, 0, "Translation of", self.original),
        ):
            grid.addWidget(theme.label(words, tone="quiet"), row, column)
            grid.addWidget(widget, row, column + 1)
        grid.setColumnStretch(1, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        stack.setSpacing(SPACE)
        stack.addWidget(theme.label("About this document", "heading"))
        stack.addLayout(grid)
        stack.addWidget(self.origin)
        stack.addWidget(self.speakers, 1)


def _show(line: QLineEdit, words: str, same: bool) -> None:
    if same and line.hasFocus() and line.isModified():
        return
    if line.text() != words:
        line.setText(words)
        line.setCursorPosition(0)


def _origin(provenance: Mapping[str, Any]) -> str:
    """The file that a document came from, the day, and what was kept of what the file said beside the talk."""
    file, day, beside = (provenance.get(name) for name in ("file", "imported", "beside"))
    entries = [f"{key}: {value}" for key, value in beside.items()] if isinstance(beside, dict) else []
    came = [f"From {file}" if file else "", f"imported on {day}" if day else ""]
    return " · ".join([", ".join(filter(None, came)), *entries]).strip(" ·")


def _who(participant: ParticipantRow) -> str:
    more = ", ".join(part for part in (participant.role, participant.group) if part)
    return f"{participant.pseudonym} ({more})" if more else participant.pseudonym
