"""The files of one import and the work on them: reading, splitting into turns, importing. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.ids import DocumentId
from qcode.operations.documents import Incoming, import_documents
from qcode.queries.documents import DocumentRow, documents
from qcode.transcripts import Reading, Transcript, segment
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.transcripts.importing.arrivals import Arrival, Refusal, free_name, prepare, read_file

_SOON_MS = 40


class Gathering(QObject):
    """Arriving files; nothing of them is in the study before `bring_in`."""

    listChanged = Signal()
    arrivalChanged = Signal(object)
    splitMade = Signal(object)
    progressed = Signal(str)
    broughtIn = Signal(object)

    def __init__(self, bridge: StudyBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.arrivals: list[Arrival] = []
        self._writing: work.Task | None = None
        self._segmenting: work.Task | None = None
        self._unsegmented: Arrival | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._on_soon)

    # Properties

    @property
    def is_writing(self) -> bool:
        """Whether files are being imported now."""
        return self._writing is not None

    @property
    def ready(self) -> list[Arrival]:
        """The files that could be imported now."""
        return [arrival for arrival in self.arrivals if arrival.state == "ready"]

    @property
    def is_done(self) -> bool:
        """Whether every file is imported, or none is left."""
        return all(arrival.state == "imported" for arrival in self.arrivals)

    # Methods

    def add(self, paths: Sequence[Path]) -> list[Arrival]:
        """Read these files too."""
        known = documents(self.bridge.study)
        fresh = [self._arrival(path, known) for path in paths]
        self.listChanged.emit()
        for arrival in fresh:
            self._read(arrival)
        return fresh

    def read_again(self, arrival: Arrival, encoding: str | None) -> None:
        """Read a file in another encoding; None guesses."""
        arrival.encoding = encoding
        self._read(arrival)

    def split_soon(self, arrival: Arrival) -> None:
        """Split a file into turns by its labels as they stand now, unless that was done."""
        if arrival.reading is not None and arrival.transcript is None:
            self._unsegmented = arrival
            self._soon.start()

    def leave_out(self, arrival: Arrival) -> None:
        """Forget a file."""
        if not self.is_writing:
            self.arrivals.remove(arrival)
            self.listChanged.emit()

    def bring_in(self, arrivals: Sequence[Arrival]) -> None:
        """Import those of these files that are ready, in one step; the others get a sentence that says why not."""
        chosen = [arrival for arrival in arrivals if arrival.state == "ready"]
        if self.is_writing or not chosen:
            return
        taken = {row.name.casefold() for row in documents(self.bridge.study)}
        self._writing = work.run(
            self,
            lambda progress: prepare(chosen, taken, progress),
            done=self._on_prepared,
            refused=self._on_not_prepared,
        )
        self._writing.progressed.connect(lambda _fraction, words: self.progressed.emit(words))
        self.listChanged.emit()

    def stop(self) -> None:
        """Call off all work."""
        self._soon.stop()
        for task in (self._writing, self._segmenting):
            if task is not None:
                task.cancel()
        self._writing = self._segmenting = None

    # Private slots

    def _on_read(self, arrival: Arrival, encoding: str | None, found: Reading | Refusal) -> None:
        if arrival not in self.arrivals or arrival.encoding != encoding:
            return
        if isinstance(found, Refusal):
            arrival.refuse(found)
        else:
            arrival.take_reading(found)
            arrival.twice = self._twice(arrival, found)
        self.arrivalChanged.emit(arrival)

    def _on_soon(self) -> None:
        arrival, self._unsegmented = self._unsegmented, None
        if arrival is None or arrival.reading is None:
            return
        if self._segmenting is not None:
            self._segmenting.cancel()
        reading, labels = arrival.reading, arrival.labels

        def finished() -> bool:
            self._segmenting = None
            return arrival.reading is reading and arrival.labels is labels

        def done(transcript: Transcript) -> None:
            if finished():
                arrival.transcript = transcript
                self.splitMade.emit(arrival)

        def refused(sentence: str) -> None:
            if finished():
                arrival.sentence = sentence
                self.splitMade.emit(arrival)

        self._segmenting = work.run(self, lambda _progress: segment(reading, labels), done=done, refused=refused)

    def _on_prepared(self, prepared: list[tuple[Arrival, Incoming | str]]) -> None:
        self._writing = None
        good = [(arrival, made) for arrival, made in prepared if isinstance(made, Incoming)]
        for arrival, made in prepared:
            if isinstance(made, str):
                arrival.sentence = made
        written = self._write([made for _arrival, made in good])
        for arrival, _made in good if written else ():
            arrival.state, arrival.sentence = "imported", ""
        self.listChanged.emit()
        self.broughtIn.emit(written)

    def _on_not_prepared(self, sentence: str) -> None:
        self._writing = None
        self.bridge.refused.emit(sentence)
        self.listChanged.emit()

    # Internal

    def _write(self, incoming: list[Incoming]) -> list[DocumentId]:
        if not incoming:
            return []
        return self.bridge.attempt(lambda: import_documents(self.bridge.study, incoming)) or []

    def _arrival(self, path: Path, known: Sequence[DocumentRow]) -> Arrival:
        names = {row.name.casefold() for row in known} | {arrival.name.casefold() for arrival in self.arrivals}
        made = Arrival(path, free_name(path.stem, names), language=known[-1].language if known else "en")
        self.arrivals.append(made)
        return made

    def _read(self, arrival: Arrival) -> None:
        encoding = arrival.encoding
        arrival.state, arrival.sentence = "reading", ""
        self.arrivalChanged.emit(arrival)
        work.run(
            self,
            lambda _progress: read_file(arrival.path, encoding),
            done=lambda found: self._on_read(arrival, encoding, found),
            refused=lambda sentence: self._on_read(arrival, encoding, Refusal(sentence, encoding_helps=False)),
        )

    def _twice(self, arrival: Arrival, reading: Reading) -> str:
        """A sentence if the very same bytes are in the study already, or in this import; else nothing."""
        for row in documents(self.bridge.study):
            if row.provenance.get("sha256") == reading.sha256:
                return f"This very file is in the study already, as “{row.name}”."
        for other in self.arrivals:
            if other is not arrival and other.reading is not None and other.reading.sha256 == reading.sha256:
                return f"{other.path.name} is the very same file."
        return ""
