"""The import panel: one list of files on the left; what was found in one of them and its turns at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from qcode.ids import DocumentId
from qcode.operations.documents import Incoming
from qcode.queries.transcripts.documents import documents
from qcode.ui.bridge import StudyBridge
from qcode.ui.transcripts.importing.arrivals import Arrival, described, shown_turns
from qcode.ui.transcripts.importing.gathering import Gathering
from qcode.ui.transcripts.importing.naming import Naming
from qcode.ui.transcripts.importing.panel_acts import PanelActs
from qcode.ui.transcripts.importing.panel_parts import PanelParts
from qcode.ui.transcripts.importing.reading_files import incoming, to_import
from qcode.ui.transcripts.importing.telling import PROMISE, names_waiting, share_read, standing
from qcode.ui.transcripts.parts import counted

if TYPE_CHECKING:
    from qcode.ui.transcripts.names import Writing

_SOON_MS, _ROWS_SOON_MS = 300, 50


class ImportPanel(PanelParts):
    """Files that were chosen, looked at one by one and then imported, or not."""

    finished = Signal(object)
    replaceWanted = Signal(object, object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.gathering, self.naming = Gathering(bridge, self), Naming(bridge, self.add_step, self)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._rows_soon = QTimer(self, singleShot=True, interval=_ROWS_SOON_MS)
        self._pending: list[Arrival] = []
        self._pending_replaces = False
        self._imported: list[DocumentId] = []
        self._acts = PanelActs(self)
        self._connect()
        self.say(PROMISE)

    # Properties

    @property
    def current(self) -> Arrival | None:
        """The file that is looked at."""
        return self.files.current_row()

    @property
    def is_open(self) -> bool:
        """Whether files wait here."""
        return bool(self.gathering.arrivals) or self.gathering.is_reading

    @property
    def import_actions(self) -> list[QAction]:
        """What can be done by keys, while the panel is seen."""
        return self._acts.every

    @property
    def is_importing(self) -> bool:
        """Whether an import was asked for and is not done yet."""
        return bool(self._pending) or self.gathering.is_writing

    @property
    def in_names(self) -> bool:
        """Whether the names are shown, and not the files."""
        return self.steps.currentIndex() == 1

    # Methods

    def add_files(self, paths: Sequence[Path], replaces: DocumentId | None = None) -> None:
        """Read these files too, and show each as it is read; one may be there to replace the text of a document."""
        self.about.offer_groups(row.group for row in documents(self.bridge.study))
        number = len(self.gathering.arrivals)
        self.gathering.add(paths, replaces)
        fresh = self.gathering.arrivals[number:]
        if fresh and (self.current is None or replaces is not None):
            self.files.select_row(fresh[0].id)
        self.files.setFocus()

    def import_current(self) -> None:
        """Import the file that is looked at, or let it replace the text that it is there for."""
        self.found.labels.table.finish_editing()
        current = self.current
        if current is not None and current.twin is not None and current.twin.replaces:
            self.replace_current()
        elif current is not None and current.state == "ready":
            self._bring_in([current])

    def import_all(self) -> None:
        """Import every file that is ready, in one step."""
        self.found.labels.table.finish_editing()
        self._bring_in(self.gathering.for_all)

    def apply_to_others(self) -> None:
        """Let what was chosen for this file go for the others of its kind."""
        self.found.labels.table.finish_editing()
        if self.current is not None and self.found.apply_button.isVisibleTo(self):
            number = self.gathering.apply_to_others(self.current)
            self.say(
                f"Your choices go for {counted(number, 'other file')} of this kind, and for those still to be read."
            )

    def replace_current(self) -> None:
        """Ask for the text of the document that this file is another version of to be replaced."""
        current = self.current
        if current is not None and current.twin is not None:
            self._bring_in([current], replaces=True)

    def incoming_of(self, path: Path) -> Callable[[], Incoming] | None:
        """What makes of a file what would be imported, to be called in a worker; None while it is not ready."""
        arrival = next((row for row in self.gathering.ready if row.path == path), None)
        if arrival is None or arrival.read is None:
            return None
        wanted = to_import(arrival, None if self.as_they_are.isChecked() else self.naming.writing())
        return None if wanted is None else partial(incoming, wanted)

    def leave_out_path(self, path: Path) -> None:
        """Forget a file that went into the study by another way."""
        for arrival in [row for row in self.gathering.arrivals if row.path == path]:
            self._go_on_from(arrival)
            self.gathering.leave_out(arrival)
        self._finish_if_done()

    def show_step(self, step: int) -> None:
        """Go to the files (0) or to the names in them (1)."""
        self.steps.setCurrentIndex(step)

    def turn_step(self) -> None:
        """Go from the files to the names, or back."""
        self.show_step(0 if self.in_names else 1)

    def skip(self) -> None:
        """Leave the file that is looked at out."""
        skipped = self.current
        if skipped is not None and not self.gathering.is_writing:
            self._go_on_from(skipped)
            self.gathering.leave_out(skipped)
            self._finish_if_done()

    def cancel(self) -> None:
        """Stop what is being imported before it is written, or else import nothing more; what was imported stays."""
        if self._pending:
            self._pending = []
            self._show_buttons()
        elif self.gathering.is_writing:
            self.gathering.stop_writing()
            self.say("Stopped: nothing was imported.")
        else:
            self._finish()

    def update_theme(self) -> None:
        """Take the colours of the theme, also in the review of names."""
        super().update_theme()
        self.naming.update_theme()

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
        if self.current is None and self.gathering.arrivals:
            self.files.select_row(self.gathering.arrivals[0].id)
        self._show_current()

    def _on_current(self) -> None:
        self.gathering.looked_at = self.current
        self._show_current()

    def _on_arrival(self, arrival: Arrival) -> None:
        if arrival is self.current:
            self.files.set_rows(self.gathering.arrivals)
            self._show_current()
        else:
            self._rows_soon.start()
            self._show_buttons()

    def _on_split(self, arrival: Arrival) -> None:
        """Show the turns; the label table stays untouched, since a name may be typed there just now."""
        self.files.set_rows(self.gathering.arrivals)
        if arrival is self.current:
            self.found.show_noticed(arrival, self._others())
            self._show_preview(arrival)
        if arrival.transcript is None:
            self._pending = []
        self._go_on_importing()

    def _on_step(self, step: int) -> None:
        if step == 1:
            self.naming.look_through(self._for_names())
        self.show_page(step)
        (self.naming.page if step == 1 else self.files).setFocus()
        self._show_buttons()

    def _look_for_names(self) -> None:
        """Look for names while the files are looked at, so that it is seen how many wait."""
        busy = self.is_importing or self.gathering.is_reading or self.as_they_are.isChecked()
        if not busy and all(row.transcript is not None for row in self._for_names()):
            self.naming.look_through(self._for_names())

    def _on_as_they_are(self) -> None:
        self._pending = []
        if self.as_they_are.isChecked():
            self.show_step(0)
        self._show_buttons()

    def _on_labels(self) -> None:
        if self.current is not None:
            self.gathering.split_soon(self.current)
            self.found.show_offers(self.current, self._others())

    def _on_kept(self, key: str, keep: bool) -> None:
        if self.current is not None:
            self.current.choose(kept={key: keep})
            self.found.show_noticed(self.current, self._others())

    def _on_about(self) -> None:
        self.files.set_rows(self.gathering.arrivals)
        self.found.show_noticed(self.current, self._others())

    def _on_brought_in(self, ids: list[DocumentId]) -> None:
        self._imported += ids
        if not self._finish_if_done() and self.current is not None and self.current.state == "imported":
            self._go_on_from(self.current)

    # Internal

    def _bring_in(self, arrivals: Sequence[Arrival], *, replaces: bool = False) -> None:
        """Import files, after a look at their names: what waits for an answer is shown once before."""
        self._pending_replaces = replaces
        chosen, self._pending = [arrival for arrival in arrivals if arrival.state == "ready"], []
        if not chosen or self.gathering.is_writing:
            return
        if unsplit := [arrival for arrival in chosen if arrival.transcript is None]:
            self._pending = chosen
            self.gathering.split_soon(unsplit[0])
        elif self.as_they_are.isChecked():
            self._write(chosen, None)
        elif not self.naming.has_looked_through(chosen):
            self._pending = chosen
            self.naming.look_through(self._for_names())
        elif self.naming.waits_for(chosen) and not self.in_names:
            self.show_step(1)
        else:
            self._write(chosen, self.naming.writing())
        self._show_buttons()

    def _write(self, chosen: Sequence[Arrival], writing: Writing | None) -> None:
        """Import files, or ask for the one that replaces a text to be compared with it."""
        twin = chosen[0].twin
        if self._pending_replaces and twin is not None:
            self.replaceWanted.emit(twin.document, chosen[0].path)
        else:
            self.gathering.bring_in([made for row in chosen if (made := to_import(row, writing)) is not None])

    def _for_names(self) -> list[Arrival]:
        """The files to look through for names: those for Import all, and the one that is looked at."""
        rows, current = self.gathering.for_all, self.current
        return rows if current is None or current.state != "ready" or current in rows else [*rows, current]

    def _go_on_importing(self) -> None:
        """Import what waited for its turns, or for a look at its names."""
        if self._pending:
            self._bring_in(self._pending, replaces=self._pending_replaces)
        else:
            self._show_buttons()

    def _others(self) -> int:
        return len(self.gathering.others_of_kind(self.current)) if self.current is not None else 0

    def _show_current(self) -> None:
        arrival = self.current
        self.about.show_about(arrival)
        self.found.show_found(arrival, self._others())
        self.show_refusal(arrival)
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
        gathering = self.gathering
        writing, many = self.is_importing, len(gathering.for_all)
        one = not writing and self.current is not None and self.current.state == "ready"
        for part in (self.about, self.found, self.import_button):
            self.enable(part, one)
        self.enable(self.import_all_button, not writing and many > 0)
        self._acts.import_.setEnabled(one and self.isVisible())
        self._acts.import_all.setEnabled(not writing and many > 0 and self.isVisible())
        self._acts.apply.setEnabled(one and self.isVisible() and self.found.apply_button.isVisibleTo(self.found))
        self._acts.replace.setEnabled(one and self.isVisible() and self.found.replace_button.isVisibleTo(self.found))
        self.import_all_button.setText(f"Import all {many}" if many > 1 else "Import all")
        self.enable(self.skip_button, not writing and self.current is not None and self.current.state != "imported")
        open_ = gathering.ready or gathering.is_reading
        self.cancel_button.setText("Stop" if writing else "Cancel" if open_ and not self._imported else "Close")
        self._show_steps()
        self._soon.start()
        if not writing:
            self._tell()

    def _show_steps(self) -> None:
        """Offer the names where there are files, and say how many wait."""
        wanted = bool(self.gathering.ready) and not self.as_they_are.isChecked() and not self.gathering.is_writing
        self.steps.setTabEnabled(1, wanted)
        waiting = self.naming.waiting if wanted else 0
        self.steps.setTabText(1, f"Names  {waiting:,}" if waiting else "Names")
        self._acts.steps.setEnabled(wanted and self.isVisible())
        many = len(self.gathering.arrivals) > 1
        self.import_button.setVisible(not (many and self.in_names))
        self.skip_button.setVisible(many and not self.in_names)
        self.import_all_button.setVisible(many)
        self.lead_to(self.import_all_button if many else self.import_button)

    def _tell(self) -> None:
        rows, reading = self.gathering.arrivals, self.gathering.is_reading
        if self._pending:
            self.say("Looking for names…")
        elif self.in_names:
            self.say(names_waiting(self.naming.waiting) if self.naming.is_done else "Looking for names…")
        else:
            self.say(standing(rows, len(self._imported), is_reading=reading))
        self.show_progress(share_read(rows) if reading and len(rows) > 1 else None)

    def _go_on_from(self, arrival: Arrival) -> None:
        """Look at the next file that is not imported yet, or else at the one before."""
        if (following := self.gathering.next_after(arrival)) is not None:
            self.files.select_row(following.id)

    def _finish_if_done(self) -> bool:
        if self.gathering.is_done:
            self._finish()
        return not self.is_open

    def _finish(self) -> None:
        """Forget the files and tell what was imported."""
        imported, self._imported, self._pending = self._imported, [], []
        self.show_step(0)
        self.naming.forget()
        self.gathering.stop()
        self._on_list()
        if imported:
            self.bridge.informed.emit(f"{counted(len(imported), 'transcript')} imported.")
        self.finished.emit(imported)

    def _connect(self) -> None:
        self.gathering.listChanged.connect(self._on_list)
        self.gathering.arrivalChanged.connect(self._on_arrival)
        self.gathering.splitMade.connect(self._on_split)
        self.gathering.progressed.connect(self.show_progress)
        self.gathering.broughtIn.connect(self._on_brought_in)
        self._soon.timeout.connect(self._look_for_names)
        self._rows_soon.timeout.connect(lambda: self.files.set_rows(self.gathering.arrivals))
        self.naming.changed.connect(self._show_buttons)
        self.naming.looked.connect(self._go_on_importing)
        self.steps.currentChanged.connect(self._on_step)
        self.as_they_are.toggled.connect(self._on_as_they_are)
        self.files.currentRowChanged.connect(self._on_current)
        self.files.rowActivated.connect(self.about.name.setFocus)
        self.about.aboutChanged.connect(self._on_about)
        self.found.labelsChanged.connect(self._on_labels)
        self.found.optionChosen.connect(lambda option, value: self.gathering.choose_option(self.current, option, value))
        self.found.encodingChosen.connect(lambda encoding: self.gathering.choose_encoding(self.current, encoding))
        self.found.keptChanged.connect(self._on_kept)
        self.found.placeWanted.connect(self.preview.show_place)
        self.found.applyWanted.connect(self.apply_to_others)
        self.found.replaceWanted.connect(self.replace_current)
        self.encoding.activated.connect(
            lambda _place: self.gathering.choose_encoding(self.current, self.encoding.currentData())
        )
        self.import_button.clicked.connect(self.import_current)
        self.import_all_button.clicked.connect(self.import_all)
        self.skip_button.clicked.connect(self.skip)
        self.cancel_button.clicked.connect(self.cancel)
