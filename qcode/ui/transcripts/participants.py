"""The Participants tab: who took part, under which pseudonym, what is recorded about them, and where they speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from qcode.ids import ParticipantId, SpeakerId
from qcode.operations.documents import add_participant
from qcode.operations.participants import participants_from_speakers, remove_participant
from qcode.queries.memos import memo_counts
from qcode.queries.people.appearances import Appearance, appearances
from qcode.queries.people.attributes import SheetRow
from qcode.queries.people.unnamed import unnamed_speakers
from qcode.queries.reports.participants import participant_table
from qcode.reports.participants import ParticipantTable, write_participants
from qcode.ui import saving
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.keyed import WITHIN
from qcode.ui.table import Column
from qcode.ui.transcripts.attributes_tab import AttributesTab
from qcode.ui.transcripts.parts import action, counted

_EMPTY = (
    "No participants yet: add those who took part, each under a pseudonym, import a table of them, or make them of "
    "the speakers of your documents."
)


class ParticipantsTab(AttributesTab):
    """A table of participants. Speakers nobody has named yet become participants at one stroke."""

    requestMemos = Signal(str, str, str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        self._where: Mapping[ParticipantId, Sequence[Appearance]] = {}
        self._memos: Counter[str] = Counter()
        self._unnamed: list[SpeakerId] = []
        self.speakers_button = QPushButton("Make participants of speakers")
        self.paper_button = QPushButton("Table for a paper…")
        lines = (("Pseudonym", "Pseudonym"), ("Role", "Role"), ("Group", "Group"))
        super().__init__(bridge, "participant", more=self._more(), empty=_EMPTY, lines=lines, parent=parent)
        self.pseudonym, self.role, self.group = self.lines
        self.memos_action = action(
            "Show the memos on the participant", self.show_memos, self.table, key="transcripts.participant-memos"
        )
        self.page_actions += [
            action(
                "Make participants of speakers",
                self.name_speakers,
                self,
                context=WITHIN,
                key="transcripts.participant-speakers",
            ),
            action(
                "Save the table of participants…",
                self.choose_paper,
                self,
                context=WITHIN,
                key="transcripts.participant-table",
            ),
        ]
        self.speakers_button.clicked.connect(self.name_speakers)
        self.paper_button.clicked.connect(self.choose_paper)

    # Methods

    def refresh(self) -> None:
        """Read the participants again."""
        study = self.bridge.study
        self._where, self._memos = appearances(study), Counter(memo_counts(study, "participant"))
        self._unnamed = unnamed_speakers(study)
        self.speakers_button.setVisible(bool(self._unnamed))
        self.speakers_button.setToolTip(f"{counted(len(self._unnamed), 'speaker')} without a participant")
        super().refresh()
        self.paper_button.setEnabled(bool(self.table.sheet and self.table.sheet.rows))

    def show_memos(self) -> None:
        """Ask for the memos on the participant."""
        row: SheetRow | None = self.table.current_row()
        if row is not None:
            self.requestMemos.emit(row.name, "participant", row.id)

    def name_speakers(self) -> None:
        """Make a participant of each speaker that has none; one undo takes all of them back."""
        speakers = list(self._unnamed)
        if not speakers:
            self.bridge.informed.emit("Every speaker is a participant already.")
            return
        made = self.bridge.attempt(lambda: participants_from_speakers(self.bridge.study, speakers))
        if made is not None:
            self.bridge.informed.emit(f"{counted(len(speakers), 'speaker')} named. Undo takes that back.")

    def choose_paper(self) -> None:
        """Ask where to save the table of participants, by group, as a paper prints it."""
        suggested = self.bridge.study.path.with_name("participants.docx")
        path = saving.ask_path(self, "Save the table of participants", suggested, saving.REPORTS)
        if path is not None:
            self.save_paper(path)

    def save_paper(self, path: Path) -> None:
        """Save the table of participants, by group, in the format of its ending."""
        table = self.bridge.attempt(lambda: participant_table(self.bridge.study))
        if table is not None and self.bridge.attempt(lambda: _saved(table, path)):
            self.bridge.informed.emit(f"Saved as {path.name}.")

    def deed_to_add(self) -> str:
        """Add the participant that was typed."""
        said = {"pseudonym": self.pseudonym.text(), "role": self.role.text(), "group": self.group.text()}
        return add_participant(self.bridge.study, **said)

    def deed_to_remove(self, row: SheetRow) -> None:
        """Take a participant out of the study."""
        remove_participant(self.bridge.study, ParticipantId(row.id))

    def extra_buttons(self) -> list[QPushButton]:
        """Naming speakers, and the table for a paper."""
        return [self.paper_button, self.speakers_button]

    # Internal

    def _more(self) -> list[Column[SheetRow]]:
        return [
            Column("Speaks in", self._documents, self._places, tip=self._places, width=200),
            Column(
                "Memos",
                lambda row: self._memos[row.id],
                lambda row: f"{self._memos[row.id]:,}" if self._memos[row.id] else "",
                "right",
                width=72,
            ),
        ]

    def _documents(self, row: SheetRow) -> list[str]:
        return [here.name for here in self._where.get(ParticipantId(row.id), ())]

    def _places(self, row: SheetRow) -> str:
        return ", ".join(
            here.name if here.label == row.name else f"{here.name} (as {here.label})"
            for here in self._where.get(ParticipantId(row.id), ())
        )


def _saved(table: ParticipantTable, path: Path) -> bool:
    write_participants(table, path)
    return True
