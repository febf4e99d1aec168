"""The import panel: one list of files on the left; what was found in one of them and its turns at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from qcode.ids import DocumentId
from qcode.operations.documents import Incoming
from qcode.queries.documents import documents
from qcode.text.values import Turn
from qcode.transcripts import Transcript
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.keyed import WITHIN, make_action, shown_keys
from qcode.ui.transcripts.importing.arrivals import Arrival, described
from qcode.ui.transcripts.importing.gathering import Gathering
from qcode.ui.transcripts.importing.panel_parts import PanelParts
from qcode.ui.transcripts.importing.reading_files import ToImport, incoming
from qcode.ui.transcripts.parts import counted

_PROMISE = "Nothing is written to the study before you press Import."


class ImportPanel(PanelParts):
    """Files that were chosen, looked at one by one and then imported, or not."""

    finished = Signal(object)
    replaceWanted = Signal(object, object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.gathering = Gathering(bridge, self)
        self._imported: list[DocumentId] = []
        self._add_keys()
        self._connect()
        self.say(_PROMISE)

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
        return [self._import_action, self._import_all_action, self._apply_action, self._replace_action]

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
        if current is not None and current.twin is not None and current.state == "ready":
            self.replaceWanted.emit(current.twin.document, current.path)

    def incoming_of(self, path: Path) -> Callable[[], Incoming] | None:
        """What makes of a file what would be imported, to be called in a worker; None while it is not ready."""
        arrival = next((row for row in self.gathering.ready if row.path == path), None)
        if arrival is None or arrival.read is None:
            return None
        wanted = self._to_import(arrival)
        return lambda: incoming(wanted)

    def leave_out_path(self, path: Path) -> None:
        """Forget a file that went into the study by another way."""
        for arrival in [row for row in self.gathering.arrivals if row.path == path]:
            self._go_on_from(arrival)
            self.gathering.leave_out(arrival)
        self._finish_if_done()

    def skip(self) -> None:
        """Leave the file that is looked at out."""
        skipped = self.current
        if skipped is not None and not self.gathering.is_writing:
            self._go_on_from(skipped)
            self.gathering.leave_out(skipped)
            self._finish_if_done()

    def cancel(self) -> None:
        """Stop what is being imported before it is written, or else import nothing more; what was imported stays."""
        if self.gathering.is_writing:
            self.gathering.stop_writing()
            self.say("Stopped: nothing was imported.")
            return
        self._finish()

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
        self.files.set_rows(self.gathering.arrivals)
        if arrival is self.current:
            self._show_current()
        else:
            self._show_buttons()

    def _on_split(self, arrival: Arrival) -> None:
        """Show the turns; the label table stays untouched, since a name may be typed there just now."""
        self.files.set_rows(self.gathering.arrivals)
        if arrival is self.current:
            self.found.show_noticed(arrival, self._others())
            self._show_preview(arrival)
        self._show_buttons()

    def _on_labels(self) -> None:
        if self.current is not None:
            self.gathering.split_soon(self.current)
            self.found.show_offers(self.current, self._others())

    def _on_option(self, option: str, value: str) -> None:
        if self.current is not None and self.current.read is not None:
            self.current.choose(options={option: value})
            self.gathering.read_again(self.current)

    def _on_encoding(self, encoding: str) -> None:
        arrival = self.current
        if arrival is not None and encoding:
            arrival.choose(encoding=encoding, guessed=arrival.read.found.encoding if arrival.read else None)
            self.gathering.read_again(arrival)

    def _on_kept(self, key: str, keep: bool) -> None:
        if self.current is not None:
            self.current.choose(kept={key: keep})
            self.found.show_noticed(self.current, self._others())

    def _on_about(self) -> None:
        self.files.set_rows(self.gathering.arrivals)
        self.found.show_noticed(self.current, self._others())

    def _on_place(self, start: int, end: int) -> None:
        self.preview.show_place(start, end)

    def _on_progress(self, fraction: float, words: str) -> None:
        self.show_progress(fraction)
        self.say(words)

    def _on_brought_in(self, ids: list[DocumentId]) -> None:
        self._imported += ids
        if not self._finish_if_done() and self.current is not None and self.current.state == "imported":
            self._go_on_from(self.current)

    # Internal

    def _bring_in(self, arrivals: Sequence[Arrival]) -> None:
        chosen = [arrival for arrival in arrivals if arrival.state == "ready"]
        self.gathering.bring_in([self._to_import(arrival) for arrival in chosen])

    def _to_import(self, arrival: Arrival) -> ToImport:
        assert arrival.read is not None  # it is ready  # noqa: S101
        transcript = arrival.transcript and replace(arrival.transcript, metadata=arrival.kept)
        return ToImport(arrival, arrival.read, transcript, arrival.name, arrival.path.name, "not checked")

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
        gathering, rows = self.gathering, self.gathering.arrivals
        writing, many = gathering.is_writing, len(gathering.for_all)
        one = not writing and self.current is not None and self.current.state == "ready"
        for part in (self.about, self.found, self.import_button):
            self._enable(part, one)
        self._enable(self.import_all_button, not writing and many > 0)
        self._import_action.setEnabled(one and self.isVisible())
        self._import_all_action.setEnabled(not writing and many > 0 and self.isVisible())
        self._apply_action.setEnabled(one and self.isVisible() and self.found.apply_button.isVisibleTo(self.found))
        self._replace_action.setEnabled(one and self.isVisible() and self.found.replace_button.isVisibleTo(self.found))
        self.import_all_button.setVisible(len(rows) > 1)
        self.import_all_button.setText(f"Import all {many}" if many > 1 else "Import all")
        self._enable(self.skip_button, not writing and self.current is not None and self.current.state != "imported")
        self.skip_button.setVisible(len(rows) > 1)
        self.cancel_button.setText(self._word_for_cancelling())
        if not writing:
            self.say(self._words())
            self.show_progress(self._share_read() if gathering.is_reading and len(rows) > 1 else None)

    def _word_for_cancelling(self) -> str:
        if self.gathering.is_writing:
            return "Stop"
        return "Close" if self._imported or not (self.gathering.ready or self.gathering.is_reading) else "Cancel"

    def _enable(self, part: QWidget, on: bool) -> None:
        """Let a part be used or not; the keyboard stays in the panel, with the files."""
        focused = QApplication.focusWidget()
        if not on and focused is not None and (focused is part or part.isAncestorOf(focused)):
            self.files.setFocus()
        part.setEnabled(on)

    def _share_read(self) -> float:
        rows = self.gathering.arrivals
        return sum(row.state not in ("waiting", "reading") for row in rows) / len(rows)

    def _words(self) -> str:
        """How far reading is, what was done so far, or the promise that nothing was."""
        rows = self.gathering.arrivals
        read = sum(row.state not in ("waiting", "reading") for row in rows)
        if self.gathering.is_reading and len(rows) > 1:
            return f"{read:,} of {len(rows):,} files read. {'' if self._imported else _PROMISE}".rstrip()
        if self._imported:
            left = counted(len(rows) - sum(row.state == "imported" for row in rows), "file")
            return f"{counted(len(self._imported), 'transcript')} imported, {left} left."
        return " ".join(filter(None, (_tally(rows), _PROMISE)))

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
        self.gathering.stop()
        self._on_list()
        if imported:
            self.bridge.informed.emit(f"{counted(len(imported), 'transcript')} imported.")
        self.finished.emit(imported)

    def _add_keys(self) -> None:
        def within(key: str, words: str, deed: Callable[[], None], *keys: str) -> QAction:
            return make_action(self, words, deed, *keys, key=f"transcripts.{key}", context=WITHIN)

        self._import_action = within(
            "import-file", "Import this file", self.import_current, "Ctrl+Return", "Ctrl+Enter"
        )
        self._import_all_action = within(
            "import-all", "Import all files", self.import_all, "Ctrl+Shift+Return", "Ctrl+Shift+Enter"
        )
        self._apply_action = within(
            "import-like-this", "Apply my choices to the others of this kind", self.apply_to_others, "Ctrl+Shift+O"
        )
        self._replace_action = within(
            "import-replace", "Replace the text of the document by this file…", self.replace_current, "Ctrl+Shift+R"
        )
        make_action(self.files, "Skip this file", self.skip, Qt.Key.Key_Delete, key="transcripts.skip-file")
        offered = (
            (self._import_action, self.import_button),
            (self._import_all_action, self.import_all_button),
            (self._apply_action, self.found.apply_button),
            (self._replace_action, self.found.replace_button),
        )
        for action, button in offered:
            button.setToolTip(f"{action.text()} ({shown_keys(action)})")

    def _connect(self) -> None:
        self.gathering.listChanged.connect(self._on_list)
        self.gathering.arrivalChanged.connect(self._on_arrival)
        self.gathering.splitMade.connect(self._on_split)
        self.gathering.progressed.connect(self._on_progress)
        self.gathering.broughtIn.connect(self._on_brought_in)
        self.files.currentRowChanged.connect(self._on_current)
        self.files.rowActivated.connect(self.about.name.setFocus)
        self.about.aboutChanged.connect(self._on_about)
        self.found.labelsChanged.connect(self._on_labels)
        self.found.optionChosen.connect(self._on_option)
        self.found.encodingChosen.connect(self._on_encoding)
        self.found.keptChanged.connect(self._on_kept)
        self.found.placeWanted.connect(self._on_place)
        self.found.applyWanted.connect(self.apply_to_others)
        self.found.replaceWanted.connect(self.replace_current)
        self.encoding.activated.connect(lambda _place: self._on_encoding(self.encoding.currentData()))
        self.import_button.clicked.connect(self.import_current)
        self.import_all_button.clicked.connect(self.import_all)
        self.skip_button.clicked.connect(self.skip)
        self.cancel_button.clicked.connect(self.cancel)


def shown_turns(transcript: Transcript) -> tuple[Turn, ...]:
    """The turns of a transcript as the reading pane takes them."""
    return tuple(Turn(turn.start, turn.end, turn.speaker, turn.role, turn.start_ms) for turn in transcript.turns)


def _tally(rows: Sequence[Arrival]) -> str:
    """How many files are ready, to be checked, left out and refused; nothing for one file alone."""
    if len(rows) < 2:
        return ""
    held = sum(row.is_held_back for row in rows)
    refused = sum(bool(row.sentence) for row in rows)
    check = sum(row.summary.startswith("To check") for row in rows)
    numbers = (
        (len(rows) - held - refused - check, "ready"),
        (check, "to check"),
        (held, "left out"),
        (refused, "refused"),
    )
    return ", ".join(f"{number:,} {words}" for number, words in numbers if number) + "."
