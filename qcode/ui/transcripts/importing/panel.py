"""The import panel: files on the left, what is said about them in the middle, the turns they make at the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.queries.documents import documents
from qcode.text.values import Turn
from qcode.transcripts import Transcript
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.importing.about import AboutFile, Noticed
from qcode.ui.transcripts.importing.arrivals import Arrival, described
from qcode.ui.transcripts.importing.gathering import Gathering
from qcode.ui.transcripts.importing.labels import LabelTable
from qcode.ui.transcripts.parts import counted, rule
from qcode.ui.transcripts.preview import Preview

_PROMISE = "Nothing is written to the study before you press Import."


class ImportPanel(QWidget):
    """Files that were chosen, looked at one by one and then imported, or not."""

    finished = Signal(object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.gathering = Gathering(bridge, self)
        self._imported: list[DocumentId] = []
        self._build()
        self._lay_out()
        self._add_keys()
        self._connect()

    # Properties

    @property
    def current(self) -> Arrival | None:
        """The file that is looked at."""
        return self.files.current_row()

    @property
    def is_open(self) -> bool:
        """Whether files wait here."""
        return bool(self.gathering.arrivals)

    @property
    def import_actions(self) -> list[QAction]:
        """Importing by keys, while the panel is seen."""
        return [self._import_action, self._import_all_action]

    # Methods

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read these files too, and show each as it is read."""
        self.about.offer_groups(row.group for row in documents(self.bridge.study))
        fresh = self.gathering.add(paths)
        if fresh and self.current is None:
            self.files.select_row(fresh[0].id)
        self.files.setFocus()

    def import_current(self) -> None:
        """Import the file that is looked at."""
        if self.current is not None:
            self.gathering.bring_in([self.current])

    def import_all(self) -> None:
        """Import every file that is ready, in one step."""
        self.gathering.bring_in(self.gathering.ready)

    def skip(self) -> None:
        """Leave the file that is looked at out."""
        if self.current is not None:
            self._go_on_from(self.current)
            self.gathering.leave_out(self.current)
            self._finish_if_done()

    def cancel(self) -> None:
        """Import nothing more; what was imported stays."""
        self.gathering.stop()
        self._finish()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.preview.update_theme()

    # Private slots

    def _on_list(self) -> None:
        self.files.set_rows(self.gathering.arrivals)
        self._show_current()

    def _on_arrival(self, arrival: Arrival) -> None:
        self.files.set_rows(self.gathering.arrivals)
        if arrival is self.current:
            self._show_current()
        else:
            self._show_buttons()

    def _on_labels(self) -> None:
        if self.current is not None:
            self.gathering.split_soon(self.current)

    def _on_encoding(self, encoding: str) -> None:
        if self.current is not None:
            self.gathering.read_again(self.current, encoding or None)

    def _on_about(self) -> None:
        self.files.set_rows(self.gathering.arrivals)
        self.noticed.show_noticed(self.current)

    def _on_brought_in(self, ids: list[DocumentId]) -> None:
        self._imported += ids
        if not self._finish_if_done() and self.current is not None and self.current.state == "imported":
            self._go_on_from(self.current)

    # Internal

    def _show_current(self) -> None:
        arrival = self.current
        self.about.show_about(arrival)
        self.noticed.show_noticed(arrival)
        self.labels.show_labels(arrival)
        self.labels.setEnabled(arrival is not None and arrival.state == "ready")
        if arrival is not None:
            self.gathering.split_soon(arrival)
        self._show_preview(arrival)
        self._show_buttons()

    def _show_preview(self, arrival: Arrival | None) -> None:
        if arrival is None or arrival.reading is None:
            self.preview.clear()
        elif arrival.transcript is not None:
            transcript = arrival.transcript
            self.preview.show_text(arrival.id, transcript.text, shown_turns(transcript), described(transcript))

    def _show_buttons(self) -> None:
        writing, ready = self.gathering.is_writing, self.gathering.ready
        several = len(self.gathering.arrivals) > 1
        self.about.setEnabled(not writing and self.current in ready)
        self.labels.setEnabled(not writing and self.current in ready)
        for thing in (self.import_button, self._import_action):
            thing.setEnabled(not writing and self.current in ready)
        for thing in (self.import_all_button, self._import_all_action):
            thing.setEnabled(not writing and bool(ready))
        self.import_all_button.setVisible(several)
        self.import_all_button.setText(f"Import all {len(ready)}" if len(ready) > 1 else "Import all")
        self.skip_button.setEnabled(not writing and self.current is not None and self.current.state != "imported")
        self.skip_button.setVisible(several)
        self.cancel_button.setText("Close" if self._imported or not (ready or self._is_reading()) else "Cancel")
        if not writing:
            self._said.setText(_PROMISE)

    def _is_reading(self) -> bool:
        return any(arrival.state == "reading" for arrival in self.gathering.arrivals)

    def _go_on_from(self, arrival: Arrival) -> None:
        """Look at the next file that is not imported yet, or else at the one before."""
        rows = self.gathering.arrivals
        place = rows.index(arrival)
        others = [*rows[place + 1 :], *reversed(rows[:place])]
        following = next((row for row in others if row.state != "imported"), None)
        if following is not None:
            self.files.select_row(following.id)

    def _finish_if_done(self) -> bool:
        if self.gathering.is_done:
            self._finish()
        return not self.is_open

    def _finish(self) -> None:
        """Forget the files and tell what was imported."""
        imported, self._imported = self._imported, []
        self.gathering.arrivals.clear()
        self._on_list()
        if imported:
            self.bridge.informed.emit(f"{counted(len(imported), 'transcript')} imported.")
        self.finished.emit(imported)

    def _build(self) -> None:
        self.files = RowTable(_file_columns(), self)
        self.files.setAccessibleName("Files to import")
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.about, self.noticed, self.labels = AboutFile(), Noticed(), LabelTable()
        self.preview = Preview("Preview")
        self._head = theme.label("Import transcripts", "title")
        self._said = theme.label(_PROMISE, tone="quiet")
        self.cancel_button, self.skip_button = QPushButton("Cancel"), QPushButton("Skip")
        self.import_button, self.import_all_button = QPushButton("Import"), QPushButton("Import all")
        self.import_button.setProperty("kind", "primary")

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for part, share in ((self.files, 26), (self._middle(), 50), (self.preview, 44)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([248, 520, 420])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for row in (top, bottom):
            row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
            row.setSpacing(SPACE)
        top.addWidget(self._head)
        top.addStretch(1)
        bottom.addWidget(self._said, 1)
        for button in (self.cancel_button, self.skip_button, self.import_all_button, self.import_button):
            bottom.addWidget(button)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(split, 1)
        column.addWidget(rule())
        column.addLayout(bottom)
        self.files.setMinimumWidth(20 * SPACE)
        self.preview.setMinimumWidth(38 * SPACE)

    def _middle(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("surface", "page")
        frame.setMinimumWidth(44 * SPACE)
        column = QVBoxLayout(frame)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self.about)
        column.addWidget(self.noticed, 2)
        column.addWidget(self.labels, 5)
        return frame

    def _add_keys(self) -> None:
        self._import_action = QAction("Import this file", self)
        self._import_all_action = QAction("Import all files", self)
        for action, keys, deed, button in (
            (self._import_action, "Ctrl+Return", self.import_current, self.import_button),
            (self._import_all_action, "Ctrl+Shift+Return", self.import_all, self.import_all_button),
        ):
            action.setShortcuts([QKeySequence(keys), QKeySequence(keys.replace("Return", "Enter"))])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(deed)
            button.setToolTip(f"{action.text()} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
            self.addAction(action)
        skip = QAction("Skip this file", self.files)
        skip.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        skip.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        skip.triggered.connect(self.skip)
        self.files.addAction(skip)

    def _connect(self) -> None:
        self.gathering.listChanged.connect(self._on_list)
        self.gathering.arrivalChanged.connect(self._on_arrival)
        self.gathering.progressed.connect(self._said.setText)
        self.gathering.broughtIn.connect(self._on_brought_in)
        self.files.currentRowChanged.connect(self._show_current)
        self.files.rowActivated.connect(self.about.name.setFocus)
        self.labels.labelsChanged.connect(self._on_labels)
        self.about.aboutChanged.connect(self._on_about)
        self.noticed.encodingChosen.connect(self._on_encoding)
        self.import_button.clicked.connect(self.import_current)
        self.import_all_button.clicked.connect(self.import_all)
        self.skip_button.clicked.connect(self.skip)
        self.cancel_button.clicked.connect(self.cancel)


def shown_turns(transcript: Transcript) -> tuple[Turn, ...]:
    """The turns of a transcript as the reading pane takes them."""
    return tuple(Turn(turn.start, turn.end, turn.speaker, turn.role, turn.start_ms) for turn in transcript.turns)


def _file_columns() -> list[Column[Arrival]]:
    return [
        Column("File", lambda row: row.path.name, stretch=True, tip=lambda row: str(row.path)),
        Column("State", lambda row: row.summary, width=88),
    ]
