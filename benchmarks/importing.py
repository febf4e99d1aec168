"""Importing: Word files from the disk to stored turns and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.figures import Figure, Floor, timed
from benchmarks.files import write_interviews
from benchmarks.measuring import Taken, Timing, take, timing
from qcode.operations.documents import Incoming, import_documents
from qcode.study import Study
from qcode.transcripts import read, segment

_WORDS = 10_000
_HUNDRED = 100


def import_word(bench: Bench) -> Iterator[Figure]:
    """One interview, and a hundred in one step, of which a part is measured."""
    part = 5 if bench.quick else 20
    folder = bench.cache.file(f"word-{part}", lambda path: write_interviews(path, part, _WORDS))
    files = sorted(folder.iterdir())
    floor = timing(lambda: _text_only(files[0]), bench.runs(5)).wall
    one = Timing.of([_imported(bench, files[:1]) for _ in range(1 + bench.runs(7))][1:])
    many = Timing.of([_imported(bench, files) for _ in range(1 if bench.quick else 2)])
    yield timed(
        "import 1", f"import a Word file of {_WORDS:,} words", one,
        floor=Floor(floor, "python-docx, text only"), peers=peers.IMPORT_ONE, note=_split(files[0]),
    )  # fmt: skip
    yield timed(
        "import 100", f"import {_HUNDRED} of them in one step", many.times(_HUNDRED / part),
        floor=Floor(floor * _HUNDRED, "python-docx, text only"), peers=peers.IMPORT_HUNDRED,
        note=f"extrapolated from {part}",
    )  # fmt: skip


def _imported(bench: Bench, files: list[Path]) -> Taken:
    """What an import of these files takes, into a study that is empty."""
    path = bench.room() / "new.qcode"
    with Study.create(path, title="New", coder="Ana Lima") as study:
        return take(lambda: import_documents(study, [_read(file).with_units() for file in files]))[0]


def _read(file: Path) -> Incoming:
    reading = read(file)
    return Incoming.of(reading, segment(reading), file.stem, kind="interview", language="en")


def _split(file: Path) -> str:
    reading, _made = take(lambda: read(file))
    segmenting, incoming = take(lambda: _read(file))
    sentences, _ready = take(incoming.with_units)
    parts = {"reading": reading.wall, "turns": max(segmenting.wall - reading.wall, 0), "sentences": sentences.wall}
    return ", ".join(f"{name} {seconds * 1000:.0f}" for name, seconds in parts.items()) + " ms"


def _text_only(file: Path) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
