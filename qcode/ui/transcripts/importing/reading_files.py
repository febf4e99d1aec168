"""What is done with arriving files in a worker: finding them in folders, reading them, preparing them for the study."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.errors import QcodeError
from qcode.operations.documents import EmptyTranscriptError, Incoming
from qcode.operations.lookup import NameTakenError, tidy_name
from qcode.transcripts import Reading, Transcript, read_apart, segment
from qcode.transcripts.decoding import NotTextError, UnknownEncodingError, WrongEncodingError
from qcode.transcripts.gate import NulBytesError
from qcode.ui.transcripts.importing.arrivals import Arrival, Refusal, Twin, WhatWasRead, free_name
from qcode.ui.transcripts.importing.choices import Choices, kind_of_file, with_choices
from qcode.ui.transcripts.importing.remembered import Remembered
from qcode.ui.transcripts.importing.respondents import People, people_of
from qcode.ui.transcripts.words import FILES
from qcode.ui.work import Progress

if TYPE_CHECKING:
    from qcode.ui.transcripts.names import Writing

MOST_FILES = 1_000
"""As many files are taken from dropped folders, and no more."""

_ENDINGS = frozenset(pattern.removeprefix("*").lower() for pattern in FILES.split())
_ENCODING_HELPS = NotTextError, UnknownEncodingError, WrongEncodingError, NulBytesError


class EmptyFolderError(QcodeError):
    """No file in a folder has the ending of a transcript."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a folder in which no transcripts were found. Choose the files themselves.")


class ChangedFileError(QcodeError):
    """A file is another one than the one that was looked at."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was changed on disk while you looked at it, and is read anew. Look at it once more.")


class SameTextError(QcodeError):
    """A file is in the study already: what would be written of it stands there."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        super().__init__(twin.sentence)


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file to read, with what was chosen for it and what is known of other kinds of files."""

    path: Path
    chosen: Choices
    known: Mapping[str, Remembered]
    batch: Mapping[str, Choices]
    first: WhatWasRead | None


@dataclass(frozen=True, slots=True)
class ToImport:
    """A file to import as it was looked at; `writing` has the answers about names where they were looked for."""

    arrival: Arrival
    read: WhatWasRead
    transcript: Transcript
    writing: Writing | None = None


def to_import(arrival: Arrival, writing: Writing | None = None) -> ToImport | None:
    """What an import needs of a file, with what is kept of what stands beside its talk; None before it has turns."""
    if arrival.read is None or arrival.transcript is None:
        return None
    return ToImport(arrival, arrival.read, replace(arrival.transcript, metadata=arrival.kept), writing)


def files_in(paths: Sequence[Path], progress: Progress) -> list[Path | Refusal]:
    """The files, and in place of folders what they hold, in order; hidden files and those of other kinds are left."""
    found: list[Path | Refusal] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = []
        for one in _inside(path):
            inside.append(one)
            progress.report(0, f"Looking into {path.name}")
            if len(found) + len(inside) >= MOST_FILES:
                break
        found += sorted(inside) or [Refusal(str(EmptyFolderError(path.name)))]
    return found


def _inside(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        wanted = (name for name in files if not name.startswith((".", "~$")))
        yield from (Path(base, name) for name in wanted if Path(name).suffix.lower() in _ENDINGS)


def read_file(wanted: ToRead, progress: Progress) -> WhatWasRead | Refusal:
    """Read a file with what was chosen for it, or else before for its kind, and split it into turns; or say why not."""
    try:
        stamp = _stamp(wanted.path)
        found = wanted.first.found if wanted.first else _read(wanted.path, Choices(), progress)
        before = wanted.known.get(kind_of_file(found), Remembered()).choices(found)
        before = wanted.batch.get(kind_of_file(found), Choices()).over(before).for_file_in(found.encoding)
        reading = _chosen_reading(wanted, found, before, progress)
        labels = with_choices(reading.labels, {**before.labels, **wanted.chosen.labels})
        return WhatWasRead(found, reading, labels, segment(reading, labels), before, stamp)
    except QcodeError as error:
        if wanted.first is None and wanted.chosen.encoding and isinstance(error, _ENCODING_HELPS):
            return _in_chosen_encoding(wanted, progress)
        return Refusal(str(error), isinstance(error, _ENCODING_HELPS))


def _in_chosen_encoding(wanted: ToRead, progress: Progress) -> WhatWasRead | Refusal:
    """Read a file that could not be read without the encoding that was chosen."""
    try:
        reading = _read(wanted.path, wanted.chosen, progress)
        labels = with_choices(reading.labels, wanted.chosen.labels)
        return WhatWasRead(reading, reading, labels, segment(reading, labels), Choices(), _stamp(wanted.path))
    except QcodeError as error:
        return Refusal(str(error), isinstance(error, _ENCODING_HELPS))


def _chosen_reading(wanted: ToRead, found: Reading, before: Choices, progress: Progress) -> Reading:
    """The file read with all choices; where only remembered ones stand against it, without those."""
    choices = wanted.chosen.over(before)
    if not choices.encoding and not choices.options:
        return found if wanted.first is None else _read(wanted.path, choices, progress)
    try:
        return _read(wanted.path, choices, progress)
    except QcodeError:
        if wanted.chosen.encoding or wanted.chosen.options or progress.cancelled:
            raise
        return found


def _read(path: Path, choices: Choices, progress: Progress) -> Reading:
    options = {key: value for key, value in choices.options.items() if value}
    return read_apart(path, encoding=choices.encoding, options=options, cancelled=lambda: progress.cancelled)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        facts = path.stat()
    except OSError:
        return 0, 0
    return facts.st_size, facts.st_mtime_ns


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that is ready to be written, with who answered in it; or why it is not."""

    arrival: Arrival
    made: Incoming | QcodeError
    people: People | None = None


def prepare(
    wanted: Sequence[ToImport], taken: Collection[str], known: Mapping[str, Twin], progress: Progress
) -> list[Prepared]:
    """What to import for each file, or why not.

    `taken` are the names of documents, without case, and `known` documents by the hashes of their texts. A file that
    was held back already is imported all the same, since then it was asked for by itself.
    """
    used = set(taken)
    found: list[Prepared] = []
    for number, one in enumerate(wanted):
        progress.report(number / len(wanted), f"Importing {number + 1} of {len(wanted)}: {one.arrival.name}")
        try:
            made = incoming(one)
            twin = known.get(hashlib.sha256(made.transcript.text.encode()).hexdigest())
            if twin is not None and not one.arrival.is_held_back:
                raise SameTextError(twin)
            if made.name != tidy_name("document", one.arrival.name):
                made = replace(made, name=free_name(made.name, used))  # two names may have become one
            if made.name.casefold() in used:
                raise NameTakenError("document", made.name)
        except QcodeError as error:
            found.append(Prepared(one.arrival, error))
        else:
            used.add(made.name.casefold())
            clean = one.writing.clean if one.writing else str
            found.append(Prepared(one.arrival, made, people_of(one.read.reading, made.name, clean)))
    return found


def incoming(wanted: ToImport) -> Incoming:
    """What to import of a file, with its sentences found, so call it in a worker.

    Raises ChangedFileError, EmptyTranscriptError, TooManyTurnsError.
    """
    arrival, reading, transcript = wanted.arrival, wanted.read.reading, wanted.transcript
    name = tidy_name("document", arrival.name)
    if _is_changed(arrival.path, wanted.read):
        raise ChangedFileError(arrival.path.name)
    if not transcript.text.strip():
        raise EmptyTranscriptError(name)
    if wanted.writing is None:
        made = Incoming.of(reading, transcript, name, kind=arrival.kind, language=arrival.language, group=arrival.group)
    else:
        made = _without_names(wanted, wanted.writing, name)
    beside = dict(made.transcript.metadata)
    noted = {"imported": datetime.now(UTC).date().isoformat(), **({"beside": beside} if beside else {})}
    return replace(made, provenance={**made.provenance, **noted}).with_units()


def _without_names(wanted: ToImport, writing: Writing, name: str) -> Incoming:
    """What to import with every name replaced that was answered so, also in what is noted about the file."""
    from qcode.ui.transcripts.names import Arriving

    arrival, reading, clean = wanted.arrival, wanted.read.reading, writing.clean
    written = writing.written(Arriving(str(arrival.id), name, wanted.transcript, arrival.language, arrival.path.name))
    options = {clean(key): clean(value) for key, value in reading.options.items()}
    made = Incoming.of(
        replace(reading, file_name=written.file, options=options),
        written.transcript,
        tidy_name("document", written.title),
        kind=arrival.kind,
        language=arrival.language,
        group=clean(arrival.group),
        hashed=not written.changed,
    )
    warnings = [clean(warning) for warning in written.transcript.warnings]
    return replace(made, provenance={**made.provenance, "warnings": warnings}, deidentification=written.state)


def _is_changed(path: Path, read: WhatWasRead) -> bool:
    """Whether a file holds something else than what was read; one that is gone was read before, and that is enough."""
    if _stamp(path) == read.stamp:
        return False
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() != read.reading.sha256
    except OSError:
        return False
