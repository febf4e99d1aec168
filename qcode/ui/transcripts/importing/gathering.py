"""The files of one import and the work on them: reading, splitting into turns, importing. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.errors import QcodeError
from qcode.ids import DocumentId
from qcode.operations.documents import Incoming, import_documents
from qcode.queries.transcripts.documents import DocumentRow, documents
from qcode.queries.transcripts.reimport import known_by_text
from qcode.study import Study
from qcode.transcripts import Transcript, segment
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.transcripts.importing.arrivals import Arrival, Refusal, Twin, WhatWasRead, free_name
from qcode.ui.transcripts.importing.choices import Choices
from qcode.ui.transcripts.importing.memory import ImportMemory
from qcode.ui.transcripts.importing.reading_files import (
    ChangedFileError,
    Prepared,
    SameTextError,
    ToImport,
    ToRead,
    files_in,
    prepare,
    read_file,
)
from qcode.ui.transcripts.importing.respondents import People, record_people

_SOON_MS = 40
_AT_ONCE = 2


class Gathering(QObject):
    """Arriving files; nothing of them is in the study before `bring_in`. Two are read at a time."""

    listChanged = Signal()
    arrivalChanged = Signal(object)
    splitMade = Signal(object)
    progressed = Signal(float, str)
    broughtIn = Signal(object)

    def __init__(self, bridge: StudyBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.memory = ImportMemory(bridge)
        self.arrivals: list[Arrival] = []
        self.looked_at: Arrival | None = None
        self._batch: dict[str, Choices] = {}
        self._finding: work.Task | None = None
        self._reading: dict[int, work.Task] = {}
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
    def is_reading(self) -> bool:
        """Whether any file waits, or is looked for in a folder or read."""
        return self._finding is not None or any(row.state in ("waiting", "reading") for row in self.arrivals)

    @property
    def ready(self) -> list[Arrival]:
        """The files that could be imported now."""
        return [arrival for arrival in self.arrivals if arrival.state == "ready"]

    @property
    def for_all(self) -> list[Arrival]:
        """The files that are imported with all others: those that are ready and not in the study already."""
        return [arrival for arrival in self.ready if not arrival.is_held_back]

    @property
    def is_done(self) -> bool:
        """Whether every file is imported, or none is left."""
        return self._finding is None and all(arrival.state == "imported" for arrival in self.arrivals)

    # Methods

    def add(self, paths: Sequence[Path], replaces: DocumentId | None = None) -> None:
        """Read these files too, and those in the folders among them."""
        if not any(path.is_dir() for path in paths):
            self._take_in(list(paths), replaces)
            return
        if self._finding is not None:
            self._finding.cancel()
        self._finding = work.run(
            self,
            lambda progress: files_in(paths, progress),
            done=lambda found: self._on_found(paths, found),
            refused=self.bridge.refused.emit,
        )
        self.listChanged.emit()

    def read_again(self, arrival: Arrival) -> None:
        """Read a file with what was chosen for it since."""
        arrival.state, arrival.sentence = "waiting", ""
        self._stop_reading(arrival)
        self.arrivalChanged.emit(arrival)
        self._read_next()

    def choose_option(self, arrival: Arrival | None, option: str, value: str) -> None:
        """Read a file again with what was chosen for its reader."""
        if arrival is not None and arrival.read is not None:
            arrival.choose(options={option: value})
            self.read_again(arrival)

    def choose_encoding(self, arrival: Arrival | None, encoding: str) -> None:
        """Read a file again in an encoding."""
        if arrival is not None and encoding:
            arrival.choose(encoding=encoding, guessed=arrival.read.found.encoding if arrival.read else None)
            self.read_again(arrival)

    def split_soon(self, arrival: Arrival) -> None:
        """Split a file into turns by its labels as they stand now, unless that was done."""
        if arrival.read is not None and arrival.transcript is None:
            self._unsegmented = arrival
            self._soon.start()

    def others_of_kind(self, arrival: Arrival) -> list[Arrival]:
        """The other files of the same reader and layout that are not imported yet."""
        kind = arrival.kind_of_file
        return [row for row in self.ready if row is not arrival and kind and row.kind_of_file == kind]

    def next_after(self, arrival: Arrival) -> Arrival | None:
        """The next file that is not imported yet, or else the one before; None if there is none."""
        place = self.arrivals.index(arrival)
        others = [*self.arrivals[place + 1 :], *reversed(self.arrivals[:place])]
        return next((row for row in others if row.state != "imported"), None)

    def apply_to_others(self, arrival: Arrival) -> int:
        """Let what was chosen for a file go for the others of its kind, those still to be read too; how many are."""
        others, chosen = self.others_of_kind(arrival), arrival.chosen
        self._batch[arrival.kind_of_file] = chosen.over(self._batch.get(arrival.kind_of_file, Choices()))
        for other in others:
            fitting = chosen.for_file_in(other.read.found.encoding if other.read else None)
            other.chosen = fitting.over(other.chosen)
            other.take_about(other.chosen)
            self.read_again(other)
        return len(others)

    def leave_out(self, arrival: Arrival) -> None:
        """Forget a file."""
        if not self.is_writing:
            self._stop_reading(arrival)
            self.arrivals.remove(arrival)
            self.listChanged.emit()
            self._read_next()

    def bring_in(self, wanted: Sequence[ToImport]) -> None:
        """Import these files in one step; those that cannot be imported get a sentence that says why."""
        if self.is_writing or not wanted:
            return
        rows = documents(self.bridge.study)
        taken, known = {row.name.casefold() for row in rows}, _twins_by_text(self.bridge.study, rows)
        self._writing = work.run(
            self,
            lambda progress: prepare(wanted, taken, known, progress),
            done=self._on_prepared,
            refused=self._on_not_prepared,
        )
        self._writing.progressed.connect(self.progressed.emit)
        self.listChanged.emit()

    def stop_writing(self) -> None:
        """Call the import off before anything is written."""
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
            self.listChanged.emit()

    def stop(self) -> None:
        """Call off all work, and forget the files."""
        self._soon.stop()
        for task in (self._finding, self._writing, self._segmenting, *self._reading.values()):
            if task is not None:
                task.cancel()
        self._finding = self._writing = self._segmenting = self._unsegmented = self.looked_at = None
        self._reading.clear()
        self._batch.clear()
        self.arrivals.clear()

    # Private slots

    def _on_found(self, asked: Sequence[Path], found: list[Path | Refusal]) -> None:
        self._finding = None
        empty = iter([path for path in asked if path.is_dir()])
        self._take_in(found, None, empty_folders=list(empty))

    def _on_read(self, arrival: Arrival, found: WhatWasRead | Refusal) -> None:
        self._reading.pop(arrival.id, None)
        if isinstance(found, Refusal):
            arrival.refuse(found)
        else:
            arrival.take(found)
            self._look_for_twins(arrival)
        self.arrivalChanged.emit(arrival)
        self._read_next()

    def _on_soon(self) -> None:
        arrival, self._unsegmented = self._unsegmented, None
        if arrival is None or arrival.read is None:
            return
        if self._segmenting is not None:
            self._segmenting.cancel()
        reading, labels = arrival.read.reading, arrival.labels

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

    def _on_prepared(self, prepared: list[Prepared]) -> None:
        self._writing = None
        written = self._write(prepared)
        for one in prepared:
            if isinstance(one.made, ChangedFileError):
                one.arrival.notice = str(one.made)
                self._read_anew(one.arrival)
            elif isinstance(one.made, SameTextError):
                one.arrival.twin = one.made.twin
            elif isinstance(one.made, QcodeError):
                one.arrival.sentence = str(one.made)
            elif written:
                one.arrival.state, one.arrival.sentence = "imported", ""
                self.memory.remember(one.arrival)
        self.listChanged.emit()
        if same := [str(one.made) for one in prepared if isinstance(one.made, SameTextError)]:
            many = f"{len(same):,} files are in the study already, and are left out of Import all."
            self.bridge.informed.emit(same[0] if len(same) == 1 else many)
        self.broughtIn.emit(written)

    def _on_not_prepared(self, sentence: str) -> None:
        self._writing = None
        self.bridge.refused.emit(sentence)
        self.listChanged.emit()

    # Internal

    def _write(self, prepared: Sequence[Prepared]) -> list[DocumentId]:
        """Write what can be written, undone at one stroke: the texts, then who answered."""
        made = [(one.made, one.people) for one in prepared if isinstance(one.made, Incoming)]
        return self.bridge.attempt(lambda: _written(self.bridge.study, made)) or []

    def _take_in(
        self, paths: Sequence[Path | Refusal], replaces: DocumentId | None, empty_folders: Sequence[Path] = ()
    ) -> None:
        known, empty = documents(self.bridge.study), iter(empty_folders)
        for path in paths:
            if isinstance(path, Path):
                self._arrival(path, known, replaces)
            else:
                made = self._arrival(next(empty), known, None)
                made.refuse(path)
        self.listChanged.emit()
        self._read_next()

    def _arrival(self, path: Path, known: Sequence[DocumentRow], replaces: DocumentId | None) -> Arrival:
        names = {row.name.casefold() for row in known} | {arrival.name.casefold() for arrival in self.arrivals}
        made = Arrival(path, free_name(path.stem, names), language=known[-1].language if known else "en")
        row = next((row for row in known if row.id == replaces), None)
        if row is not None:
            made.twin = Twin(row.id, row.name, _day(row), same=False, replaces=True)
        self.arrivals.append(made)
        return made

    def _read_next(self) -> None:
        """Begin to read what waits, the file that is looked at before all others."""
        waiting = [row for row in self.arrivals if row.state == "waiting" and row.id not in self._reading]
        waiting.sort(key=lambda row: row is not self.looked_at)
        for arrival in waiting[: _AT_ONCE - len(self._reading)]:
            self._begin(arrival)

    def _begin(self, arrival: Arrival) -> None:
        wanted = ToRead(arrival.path, arrival.chosen, self.memory.known, dict(self._batch), arrival.read)
        arrival.state = "reading"
        self.arrivalChanged.emit(arrival)
        self._reading[arrival.id] = work.run(
            self,
            lambda progress: read_file(wanted, progress),
            done=lambda found: self._on_read(arrival, found),
            refused=lambda sentence: self._on_read(arrival, Refusal(sentence)),
        )

    def _read_anew(self, arrival: Arrival) -> None:
        """Read a file that became another one."""
        arrival.anew()
        self.read_again(arrival)

    def _stop_reading(self, arrival: Arrival) -> None:
        task = self._reading.pop(arrival.id, None)
        if task is not None:
            task.cancel()

    def _look_for_twins(self, arrival: Arrival) -> None:
        """Note which document of the study a file is, or which other file of this import."""
        if arrival.read is None or (arrival.twin is not None and arrival.twin.replaces):
            return
        hashed = arrival.read.reading.sha256
        arrival.twin = _twin(documents(self.bridge.study), arrival.path, hashed)
        before = self.arrivals[: self.arrivals.index(arrival)]
        same = [row for row in self.arrivals if row is not arrival and row.reading and row.reading.sha256 == hashed]
        arrival.doubled = next((_doubled(row) for row in same if row in before), "")
        for row in same:
            if row not in before and row.state == "ready" and not row.doubled:
                row.doubled = _doubled(arrival)
                self.arrivalChanged.emit(row)


def _written(study: Study, made: Sequence[tuple[Incoming, People | None]]) -> list[DocumentId]:
    if not made:
        return []
    with study.grouped():
        documents = import_documents(study, [incoming for incoming, _people in made])
        for document, (_incoming, people) in zip(documents, made, strict=True):
            if people is not None:
                record_people(study, document, people)
    return documents


def _doubled(other: Arrival) -> str:
    return f"{other.path.name} is the very same file and comes before it: this one is left out of Import all."


def _twin(known: Sequence[DocumentRow], path: Path, hashed: str) -> Twin | None:
    """The document that has these very bytes, else one that came of a file of this name, or is called so."""
    same = [row for row in known if row.provenance.get("sha256") == hashed]
    file, stem = path.name.casefold(), path.stem.casefold()
    named = [row for row in known if stem == row.name.casefold() or file == str(row.provenance.get("file")).casefold()]
    row = next(iter([*same, *named]), None)
    return None if row is None else Twin(row.id, row.name, _day(row), same=bool(same))


def _twins_by_text(study: Study, known: Sequence[DocumentRow]) -> dict[str, Twin]:
    """What a file turns out to be once its names are replaced, by the hash of the text that would be written."""
    twins = {row.id: Twin(row.id, row.name, _day(row), same=True) for row in known}
    return {text: twins[document] for text, document in known_by_text(study).items() if document in twins}


def _day(row: DocumentRow) -> str:
    return str(row.provenance.get("imported", ""))
