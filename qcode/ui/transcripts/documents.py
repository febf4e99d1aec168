"""The Documents tab: the transcripts of the study, the text of one, and the panel through which others come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.operations.alignment import NoTranslationError
from qcode.operations.deidentification import STATES
from qcode.operations.documents import remove_document
from qcode.queries.codings import Looking
from qcode.queries.memos import memo_counts
from qcode.queries.rounds.assignments import NOT_ASSIGNED
from qcode.queries.transcripts.alignment import translated
from qcode.queries.transcripts.documents import DocumentRow, DocumentText, document_text, documents, participants
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.aligning.page import AligningPage
from qcode.ui.transcripts.details import DocumentDetails
from qcode.ui.transcripts.importing.panel import ImportPanel
from qcode.ui.transcripts.parts import action, counted, line_edit, remove_each
from qcode.ui.transcripts.preview import Preview
from qcode.ui.transcripts.recorded import DocumentsRecorded
from qcode.ui.transcripts.reimport import ReplacementPage
from qcode.ui.transcripts.words import FILES, language_word

_CODINGS, _MEMOS = "Your codings", "Memos"
_EMPTY = (
    "No transcripts yet: bring in interviews, focus groups and notes as Word, text or caption files. "
    "They can also be dropped here."
)
_FILTER = f"Transcripts ({FILES});;All files (*)"


class DocumentsTab(QStackedWidget):
    """The list of documents with the text of one beside it; nothing yet; or files about to be imported."""

    requestPlace = Signal(object)
    requestPassages = Signal(str, object)
    requestMemos = Signal(str, str, str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._folder = ""
        self._text: DocumentText | None = None
        self._memos: Counter[str] = Counter()
        self.empty = EmptyState(_EMPTY, "Import transcripts…")
        self.importing = ImportPanel(bridge, self)
        self._build_library()
        self.recorded = DocumentsRecorded(bridge, self)
        self.replacement = ReplacementPage(bridge, self)
        self._replacing: Path | None = None
        self.aligning = AligningPage(bridge, self)
        for page in (self.empty, self.library, self.importing, self.recorded, self.replacement, self.aligning):
            self.addWidget(page)
        self._add_actions()
        self._connect()

    def _build_library(self) -> None:
        self.table = RowTable(_columns(self._memos), self)
        self.table.setAccessibleName("Documents")
        self.table.horizontalHeader().setMinimumSectionSize(7 * SPACE)
        self.preview = Preview("Text")
        self.details = DocumentDetails(self.bridge)
        self.import_button = QPushButton("Import transcripts…")
        self.recorded_button = QPushButton("Attributes…")
        self.recorded_button.setToolTip("How documents came about, where, in which order, and what else is recorded")
        self.filter = line_edit("Filter documents", "Filter")
        self.library = self._laid_out()

    # Properties

    @property
    def current(self) -> DocumentRow | None:
        """The document whose text is shown."""
        return self.table.current_row()

    @property
    def document_actions(self) -> list[QAction]:
        """What can be done with the document that is chosen."""
        shown = [self.open_action, self.passages_action, self.memos_action, self.align_action, self.original_action]
        return [*shown, self.rename_action, self.replace_action, self.remove_action]

    # Methods

    def refresh(self) -> None:
        """Read the documents again; what is being imported stays on view."""
        rows = documents(self.bridge.study, round_id=self.bridge.round_id)
        self._memos.clear()
        self._memos.update(memo_counts(self.bridge.study, "document"))
        self.table.set_rows(rows)
        if rows and self.current is None:
            self.table.select_row(rows[0].id)
        self._show_document(self.current)
        self.recorded.refresh()
        if not self.importing.is_open and self.currentWidget() not in (self.recorded, self.replacement, self.aligning):
            self._show_library()

    def choose_files(self) -> None:
        """Ask for files, then show what an import would make of them."""
        names, _kind = QFileDialog.getOpenFileNames(self, "Import transcripts", self._folder, _FILTER)
        if names:
            self._folder = str(Path(names[0]).parent)
            self.import_files([Path(name) for name in names])

    def import_files(self, paths: Sequence[Path]) -> None:
        """Show what an import of these files would make; nothing is written yet."""
        self.setCurrentWidget(self.importing)
        self.importing.add_files(paths)

    def choose_replacement(self) -> None:
        """Ask for a corrected file of the document, then show what an import would make of it."""
        row = self.current
        if row is None:
            return
        title = f"Replace the text of {row.name}"
        name, _kind = QFileDialog.getOpenFileName(self, title, self._folder, _FILTER)
        if name:
            self._folder = str(Path(name).parent)
            self.setCurrentWidget(self.importing)
            self.importing.add_files([Path(name)], replaces=row.id)

    def rename(self) -> None:
        """Begin to type another name for the document."""
        if self.current is not None:
            self.details.edit_name()

    def remove(self) -> None:
        """Take the selected documents out of the study; undo brings them back."""
        study, rows = self.bridge.study, self.table.selected_rows()
        remove_each(self.bridge, "document", [(row.name, partial(remove_document, study, row.id)) for row in rows])

    def open_current(self) -> None:
        """Open the document where it is coded."""
        if self.current is not None:
            self.requestPlace.emit(Place(self.current.id, 0, 0))

    def show_passages(self) -> None:
        """Ask for one's own codings of the document, those that the table counts."""
        row, chosen = self.current, self.bridge.round_id
        if row is not None:
            looking = Looking([row.id], coders=[self.bridge.coder or ""], rounds=[chosen] if chosen else None)
            self.requestPassages.emit(f"Your codings in {row.name}", looking)

    def show_memos(self) -> None:
        """Ask for the memos on the document and what is in it."""
        if self.current is not None:
            self.requestMemos.emit(self.current.name, "document", self.current.id)

    def show_document(self, document: DocumentId, start: int = 0) -> None:
        """Select a document and bring a place of its text into sight."""
        self.filter.clear()
        if self.table.select_row(document):
            self.preview.pane.scroll_to(start)

    def show_recorded(self) -> None:
        """Show the table of what is recorded about documents."""
        self.setCurrentWidget(self.recorded)
        self.recorded.table.setFocus()

    def show_side_by_side(self) -> None:
        """Show the document beside its original, or beside its first translation."""
        row = self.current
        known = translated(self.bridge.study, row.id) if row else None
        if row is None or known is None:
            return
        if not known.original and not known.translations:
            self.bridge.refused.emit(str(NoTranslationError(row.name)))
            return
        self.setCurrentWidget(self.aligning)
        self.aligning.open(row.id if known.original else known.translations[0][0])

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.preview.update_theme()
        self.importing.update_theme()
        self.replacement.update_theme()
        self.aligning.update_theme()

    # Private slots

    def _on_imported(self, ids: list[DocumentId]) -> None:
        self._show_library()
        if ids:
            self.show_document(ids[0])
        (self.table if self.table.shown_rows() else self.empty.button).setFocus()

    def _on_replace_wanted(self, document: DocumentId, path: Path) -> None:
        """Compare a file with the document whose text it is to replace."""
        make = self.importing.incoming_of(path)
        if make is not None:
            self._replacing = path
            self.setCurrentWidget(self.replacement)
            self.replacement.begin(document, make, path.name)

    def _on_replaced(self, document: DocumentId) -> None:
        """Go on with the other files, or else show the document with its new text."""
        if self._replacing is not None:
            self.importing.leave_out_path(self._replacing)
        self._on_replacement_left()
        if not self.importing.is_open:
            self.show_document(document)

    def _on_replacement_left(self) -> None:
        self._replacing = None
        if self.importing.is_open:
            self.setCurrentWidget(self.importing)
            self.importing.files.setFocus()
        else:
            self._show_library()
            (self.table if self.table.shown_rows() else self.empty.button).setFocus()

    def _on_recorded_closed(self) -> None:
        self._show_library()
        (self.table if self.table.shown_rows() else self.empty.button).setFocus()

    def _on_activated(self) -> None:
        """A count opens what it counts, everything else the text."""
        deeds = {_CODINGS: self.show_passages, _MEMOS: self.show_memos}
        deeds.get(self.table.columns[self.table.currentIndex().column()].title, self.open_current)()

    def _show_document(self, row: DocumentRow | None) -> None:
        if row is None:
            self._text = None
            self.preview.clear()
            self.preview.set_title("Text")
            self.details.show_details(None)
            self.details.original.show_document(None, ())
            return
        study = self.bridge.study
        self._text = document_text(study, row.id)
        facts = " · ".join((counted(len(self._text.turns), "turn"), counted(row.words, "word")))
        self.preview.set_title(row.name)
        self.preview.show_text(row.id, self._text.text, self._text.turns, facts)
        groups = [other.group for other in self.table.shown_rows()]
        self.details.show_details(row, self._text.speakers, participants(study), groups)
        self.details.original.show_document(row, self.table.shown_rows())

    # Internal

    def _show_library(self) -> None:
        self.setCurrentWidget(self.library if self.table.shown_rows() or self.filter.text() else self.empty)

    def _laid_out(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        left, right = QWidget(split), QSplitter(Qt.Orientation.Vertical, split)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        head.setSpacing(SPACE)
        head.addWidget(self.import_button)
        head.addWidget(self.recorded_button)
        head.addStretch(1)
        head.addWidget(self.filter)
        self.filter.setMaximumWidth(28 * SPACE)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        right.addWidget(self.preview)
        right.addWidget(self.details)
        right.setSizes([390, 290])
        split.setSizes([800, 384])
        for part in (split, right):
            part.setChildrenCollapsible(False)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        right.setStretchFactor(0, 1)
        return split

    def _add_actions(self) -> None:
        self.rename_action = action(
            "Rename the document", self.rename, self.table, Qt.Key.Key_F2, key="transcripts.rename"
        )
        self.replace_action = action(
            "Replace the text from a file…", self.choose_replacement, self.table, "R", key="transcripts.replace"
        )
        self.remove_action = action(
            "Remove from the study", self.remove, self.table, Qt.Key.Key_Delete, key="transcripts.remove"
        )
        self.open_action = action(
            "Open in the Code room", self.open_current, self.table, "Ctrl+Return", key="transcripts.open"
        )
        self.passages_action = action(
            "Show your codings of the document", self.show_passages, self.table, "P", key="transcripts.passages"
        )
        self.align_action = action(
            "Show original and translation side by side",
            self.show_side_by_side,
            self.table,
            "T",
            key="transcripts.sides",
        )
        self.details.original.tell_keys(self.align_action)
        self.original_action = action(
            "Say what the document translates",
            lambda: self.details.original.box.setFocus(Qt.FocusReason.ShortcutFocusReason),
            self.table,
            "Shift+T",
            key="transcripts.original",
        )
        self.memos_action = action(
            "Show the memos on the document", self.show_memos, self.table, "M", key="transcripts.memos"
        )

    def _connect(self) -> None:
        self.table.rowActivated.connect(lambda _row: self._on_activated())
        self.table.currentRowChanged.connect(self._show_document)
        self.filter.textChanged.connect(self.table.filter)
        self.import_button.clicked.connect(self.choose_files)
        self.recorded_button.clicked.connect(self.show_recorded)
        for page in (self.recorded, self.aligning):
            page.closed.connect(self._on_recorded_closed)
        self.details.original.sideBySideAsked.connect(lambda _document: self.show_side_by_side())
        self.empty.pressed.connect(self.choose_files)
        self.importing.finished.connect(self._on_imported)
        self.importing.replaceWanted.connect(self._on_replace_wanted)
        self.replacement.replaced.connect(self._on_replaced)
        self.replacement.left.connect(self._on_replacement_left)


def _columns(memos: Counter[str]) -> list[Column[DocumentRow]]:
    def number(value: int) -> str:
        return f"{value:,}"

    return [
        Column("Name", lambda row: row.name, tip=lambda row: row.name, stretch=True, width=18 * SPACE),
        Column("Kind", lambda row: row.kind, width=100, yields=1),
        Column("Group", lambda row: row.group or None, width=98, tip=lambda row: row.group, yields=3),
        Column("Language", lambda row: language_word(row.language), width=80, yields=5),
        Column("Words", lambda row: row.words, lambda row: number(row.words), "right", width=60, yields=4),
        Column("Speakers", lambda row: row.speakers, lambda row: number(row.speakers), "right", width=76, yields=6),
        Column(
            _CODINGS,
            lambda row: row.mine,
            lambda row: number(row.mine),
            "right",
            tip=_own,
            width=96,
            about="How many codings are your own, in the round you code in. A double click shows them.",
        ),
        Column("Your work", lambda row: row.state, _work, tip=_work_tip, width=84, about="In the round you code in."),
        Column(
            "De-identified",
            lambda row: STATES.index(row.deidentification),
            lambda row: row.deidentification,
            tip=lambda row: row.deidentified,
            width=104,
            about="A computer can check a document for names; only a person says that it is reviewed.",
        ),
        Column(
            _MEMOS,
            lambda row: memos[row.id],
            lambda row: number(memos[row.id]) if memos[row.id] else "",
            "right",
            width=62,
            yields=2,
            about="How many memos are on the document and what is in it. A double click shows them.",
        ),
    ]


def _own(row: DocumentRow) -> str:
    return f"{counted(row.mine, 'coding')} of your own in this round"


def _work(row: DocumentRow) -> str:
    """Open, done or handed in; a dash where nothing is asked of the coder."""
    return "–" if row.state == NOT_ASSIGNED else row.state


def _work_tip(row: DocumentRow) -> str:
    return f"{row.name}: {row.state} in this round"
