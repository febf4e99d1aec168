"""Importing: Word files from the disk to stored turns and sentences that can be searched."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.figures import Figure, Floor, timed
from benchmarks.files import write_interviews
from benchmarks.measuring import Taken, Timing, take, timing
from qcode.operations.documents import Incoming, import_documents
from qcode.queries.search.index import update_index
from qcode.study import Study
from qcode.transcripts import Reading, Transcript, read, read_apart, segment
from qcode.transcripts.apart import make_ready, send_home

_WORDS = 10_000
_READERS = 2


def import_word(bench: Bench) -> Iterator[Figure]:
    """One interview as it is looked at ahead of its import and as it is imported, and a hundred in one step."""
    count = 5 if bench.quick else 100
    folder = bench.cache.file(f"word-{count}", lambda path: write_interviews(path, count, _WORDS))
    files = sorted(folder.iterdir())
    floor = timing(lambda: _text_only(files[0]), bench.runs(5)).wall
    alone, everything = Floor(floor, "python-docx, text only"), Floor(floor * count, "python-docx, text only")
    make_ready()
    preview = timing(lambda: _looked_at(files[0]), bench.runs(9))
    one = Timing.of([_imported(bench, files[:1]) for _ in range(1 + bench.runs(7))][1:])
    send_home()
    many = Timing.of([_imported(bench, files) for _ in range(1 if bench.quick else 2)])
    what = f"a Word file of {_WORDS:,} words"
    yield timed("preview 1", f"{what}, read apart and shown in turns", preview, floor=alone, target=0.12)
    yield timed(
        "import 1", f"import {what}", one, floor=alone, peers=peers.IMPORT_ONE, note=_split(files[0])
    )  # fmt: skip
    yield timed(
        f"import {count}", f"import {count} of them in one step, from the start of their readers to the index", many,
        floor=everything, peers=bench.compared(peers.IMPORT_HUNDRED), target=None if bench.quick else 12.0,
        note="cpu without the readers'",
    )  # fmt: skip


def _imported(bench: Bench, files: list[Path]) -> Taken:
    """What an import of these files takes, into a study that is empty: read apart two at a time, as the window does."""
    path = bench.room() / "new.qcode"
    with Study.create(path, title="New", coder="Ana Lima") as study:
        return take(lambda: _import(study, files))[0]


def _import(study: Study, files: list[Path]) -> None:
    with ThreadPoolExecutor(_READERS) as readers:
        readings = readers.map(read_apart, files)
        import_documents(study, [_incoming(file, reading) for file, reading in zip(files, readings, strict=True)])
    update_index(study)


def _incoming(file: Path, reading: Reading) -> Incoming:
    return Incoming.of(reading, segment(reading), file.stem, kind="interview", language="en").with_units()


def _looked_at(file: Path) -> Transcript:
    return segment(read_apart(file))


def _split(file: Path) -> str:
    """Where the time goes, were all of it done in one process."""
    reading, found = take(lambda: read(file))
    segmenting, transcript = take(lambda: segment(found))
    incoming = Incoming.of(found, transcript, file.stem, kind="interview", language="en")
    sentences, _ready = take(incoming.with_units)
    parts = {"reading": reading, "turns": segmenting, "sentences": sentences}
    return ", ".join(f"{name} {taken.wall * 1000:.0f}" for name, taken in parts.items()) + " ms"


def _text_only(file: Path) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
