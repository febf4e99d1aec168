"""What is recorded about documents: how they came about, where, in which order, and any attribute."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from qcode.ids import DocumentId
from qcode.operations.collection import move_document
from qcode.operations.documents import remove_document
from qcode.queries.people.attributes import SheetRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.transcripts.attributes_tab import AttributesTab
from qcode.ui.transcripts.parts import action

_EMPTY = "No documents yet: import transcripts first."


class DocumentsRecorded(AttributesTab):
    """A table of documents in the order in which they were collected; Alt+Up and Alt+Down move one in it."""

    closed = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        self.back_button = QPushButton("Back to the documents")
        super().__init__(bridge, "document", more=(), empty=_EMPTY, lines=(), parent=parent)
        self.back_button.clicked.connect(self.closed)
        self.page_actions += [
            action("Move the document up", lambda: self.step(-1), self.table, "Alt+Up", key="transcripts.document-up"),
            action(
                "Move the document down", lambda: self.step(1), self.table, "Alt+Down", key="transcripts.document-down"
            ),
        ]

    # Methods

    def step(self, by: int) -> None:
        """Move the document with the cursor up or down in the order of collection."""
        rows = list(self.table.sheet.rows) if self.table.sheet else []
        row: SheetRow | None = self.table.current_row()
        if row is None or row not in rows or not 0 <= (place := rows.index(row) + by) < len(rows):
            return
        others = [other.id for other in rows if other.id != row.id]
        after = DocumentId(others[place - 1]) if place else None
        self.bridge.attempt(lambda: move_document(self.bridge.study, DocumentId(row.id), after=after))

    def extra_buttons(self) -> list[QPushButton]:
        """The way back."""
        return [self.back_button]

    def deed_to_remove(self, row: SheetRow) -> None:
        """Take a document out of the study."""
        remove_document(self.bridge.study, DocumentId(row.id))
