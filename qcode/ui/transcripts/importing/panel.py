"""The import panel: files on the left, what is said about them in the middle, the turns they make at the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import DocumentId
from qcode.queries.documents import documents
from qcode.text.values import Turn
from qcode.transcripts import Transcript
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.keys.keyed import WITHIN, make_action, shown_keys
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.importing.about import AboutFile, Noticed
from qcode.ui.transcripts.importing.arrivals import Arrival, described
from qcode.ui.transcripts.importing.gathering import Gathering
from qcode.ui.transcripts.importing.labels import LabelTable
from qcode.ui.transcripts.parts import counted, rule
from qcode.ui.transcripts.preview import Preview

_PROMISE = "Nothing is written to the study before you press Import."
_FILES_SHOWN = 6


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
        self.labels.table.finish_editing()
        if self.current is not None:
            self.gathering.bring_in([self.current])

    def import_all(self) -> None:
        """Import every file that is ready, in one step."""
        self.labels.table.finish_editing()
        self.gathering.bring_in(self.gathering.ready)

    def skip(self) -> None:
        """Leave the file that is looked at out."""
        skipped = self.current
        if skipped is not None and not self.gathering.is_writing:
            self._go_on_from(skipped)
            self.gathering.leave_out(skipped)
            self._finish_if_done()

    def cancel(self) -> None:
        """Import nothing more; what was imported stays."""
        self.gathering.stop()
        self._finish()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.preview.update_theme()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Offer importing while it is seen."""
        super().showEvent(event)
        self._show_buttons()

    def hideEvent(self, event: QHideEvent) -> None:
        """Offer it no longer."""
        super().hideEvent(event)
        self._show_buttons()

    # Private slots

    def _on_list(self) -> None:
        self.files.set_rows(self.gathering.arrivals)
        lines = min(max(len(self.gathering.arrivals), 1), _FILES_SHOWN)
        row = self.files.verticalHeader().defaultSectionSize()
        self.files.setFixedHeight(self.files.horizontalHeader().sizeHint().height() + lines * row + SPACE // 2)
        self._show_current()

    def _on_arrival(self, arrival: Arrival) -> None:
        self.files.set_rows(self.gathering.arrivals)
        if arrival is self.current:
            self._show_current()
        else:
            self._show_buttons()

    def _on_split(self, arrival: Arrival) -> None:
        """Show the turns; the label table stays untouched, since a name may be typed there just now."""
        self.files.set_rows(self.gathering.arrivals)
        if arrival is self.current:
            self.noticed.show_noticed(arrival)
            self._show_preview(arrival)

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
        self._enable(self.labels, arrival is not None and arrival.state == "ready")
        if arrival is not None:
            self.gathering.split_soon(arrival)
        self._show_preview(arrival)
        refused = arrival is not None and arrival.state == "refused"
        self.refusal.say(arrival.sentence if arrival is not None and refused else "")
        self._pages.setCurrentIndex(1 if refused else 0)
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
        one, every = not writing and self.current in ready, not writing and bool(ready)
        for part in (self.about, self.labels, self.import_button):
            self._enable(part, one)
        self._enable(self.import_all_button, every)
        self._import_action.setEnabled(one and self.isVisible())
        self._import_all_action.setEnabled(every and self.isVisible())
        self.import_all_button.setVisible(several)
        self.import_all_button.setText(f"Import all {len(ready)}" if len(ready) > 1 else "Import all")
        skipping = not writing and self.current is not None and self.current.state != "imported"
        self._enable(self.skip_button, skipping)
        self.skip_button.setVisible(several)
        self.cancel_button.setText("Close" if self._imported or not (ready or self._is_reading()) else "Cancel")
        if not writing:
            self._said.setText(self._words())

    def _enable(self, part: QWidget, on: bool) -> None:
        """Let a part be used or not; the keyboard stays in the panel, with the files."""
        focused = QApplication.focusWidget()
        if not on and focused is not None and (focused is part or part.isAncestorOf(focused)):
            self.files.setFocus()
        part.setEnabled(on)

    def _words(self) -> str:
        """What was done so far, or the promise that nothing was."""
        if not self._imported:
            return _PROMISE
        left = [row for row in self.gathering.arrivals if row.state != "imported"]
        return f"{counted(len(self._imported), 'transcript')} imported, {counted(len(left), 'file')} left."

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
        self.preview, self.refusal = Preview("Preview"), EmptyState("")
        self._pages = QStackedWidget()
        self._head = theme.label("Import transcripts", "title")
        self._said = theme.label(_PROMISE, tone="quiet")
        self.cancel_button, self.skip_button = QPushButton("Cancel"), QPushButton("Skip")
        self.import_button, self.import_all_button = QPushButton("Import"), QPushButton("Import all")
        self.import_button.setProperty("kind", "primary")

    def _lay_out(self) -> None:
        across, down = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        down.addWidget(_page(self.labels))
        down.addWidget(self.preview)
        for page in (down, self.refusal):
            self._pages.addWidget(page)
        across.addWidget(self._left())
        across.addWidget(self._pages)
        across.setSizes([340, 860])
        down.setSizes([270, 360])
        across.setStretchFactor(1, 1)
        down.setStretchFactor(1, 1)
        for split in (across, down):
            split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_row(self._head))
        column.addWidget(rule())
        column.addWidget(across, 1)
        column.addWidget(rule())
        buttons = (self.cancel_button, self.skip_button, self.import_all_button, self.import_button)
        column.addLayout(_row(self._said, *buttons))

    def _left(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("surface", "panel")
        frame.setMinimumWidth(36 * SPACE)
        inside = QVBoxLayout()
        inside.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        inside.setSpacing(2 * SPACE)
        inside.addWidget(self.about)
        inside.addWidget(self.noticed, 1)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.files)
        column.addWidget(rule())
        column.addLayout(inside, 1)
        return frame

    def _add_keys(self) -> None:
        self._import_action = make_action(
            self,
            "Import this file",
            self.import_current,
            *("Ctrl+Return", "Ctrl+Enter"),
            key="transcripts.import-file",
            context=WITHIN,
        )
        self._import_all_action = make_action(
            self,
            "Import all files",
            self.import_all,
            *("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
            key="transcripts.import-all",
            context=WITHIN,
        )
        make_action(self.files, "Skip this file", self.skip, Qt.Key.Key_Delete, key="transcripts.skip-file")
        offered = ((self._import_action, self.import_button), (self._import_all_action, self.import_all_button))
        for action, button in offered:
            button.setToolTip(f"{action.text()} ({shown_keys(action)})")

    def _connect(self) -> None:
        self.gathering.listChanged.connect(self._on_list)
        self.gathering.arrivalChanged.connect(self._on_arrival)
        self.gathering.splitMade.connect(self._on_split)
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


def _page(inside: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("surface", "page")
    frame.setMinimumHeight(20 * SPACE)
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
    column.addWidget(inside)
    return frame


def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    row.setSpacing(SPACE)
    row.addWidget(first, 1)
    for widget in others:
        row.addWidget(widget)
    return row


def shown_turns(transcript: Transcript) -> tuple[Turn, ...]:
    """The turns of a transcript as the reading pane takes them."""
    return tuple(Turn(turn.start, turn.end, turn.speaker, turn.role, turn.start_ms) for turn in transcript.turns)


def _file_columns() -> list[Column[Arrival]]:
    return [
        Column("File", lambda row: row.path.name, stretch=True, tip=lambda row: str(row.path)),
        Column("State", lambda row: row.summary, width=88),
    ]
