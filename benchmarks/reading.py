"""Reading apart: a long focus group ahead of its import, and files that were made to do harm."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.bench import Bench
from benchmarks.figures import Figure, timed
from benchmarks.hostile import MB, write_hostile
from benchmarks.measuring import timing
from benchmarks.studies import SEED
from benchmarks.talk import interview
from qcode.errors import QcodeError
from qcode.transcripts import Transcript, read_apart, segment
from qcode.transcripts.apart import make_ready, send_home

SECONDS: Final = 2.0
MEMORY: Final = 300 * MB
_WORDS: Final = 30_000
_TURNS: Final = 1_200
_VOICES: Final = 8


@dataclass(frozen=True, slots=True)
class Attempt:
    """What reading a file came to: seconds, the most bytes of memory its reader held, and how it was refused."""

    name: str
    wall: float
    peak: int | None
    refusal: str | None


def read_ahead(bench: Bench) -> Iterator[Figure]:
    """A three-hour focus group as the preview shows it, and the worst of the hostile files in time and in memory."""
    group = bench.cache.file("group.docx", write_group)
    make_ready()
    preview = timing(lambda: _looked_at(group), bench.runs(7))
    what = f"a focus group of {_WORDS:,} words in {_TURNS:,} turns (.docx), read apart and shown in turns"
    yield timed("preview group", what, preview, target=1.0)
    attempts = list(attempted(bench.cache.file("hostile", write_hostile)))
    send_home()
    slowest = max(attempts, key=lambda attempt: attempt.wall)
    refused = sum(attempt.refusal is not None for attempt in attempts)
    yield Figure(
        name="hostile time", what=f"the slowest of {len(attempts)} hostile files", value=slowest.wall,
        target=SECONDS, note=f"{slowest.name}; {refused} refused, the others read",
    )  # fmt: skip
    largest = max(attempts, key=lambda attempt: attempt.peak or 0)
    if largest.peak is not None:
        yield Figure(
            name="hostile memory", what="the most memory that reading one of them took", value=largest.peak,
            unit="bytes", target=MEMORY, note=largest.name,
        )  # fmt: skip


def attempted(folder: Path) -> Iterator[Attempt]:
    """Try to read every file of a folder apart, one after the other, with a reader that is awake."""
    make_ready()
    with contextlib.suppress(QcodeError):
        read_apart(folder / "nothing.txt")
    for file in sorted(folder.iterdir()):
        _forget_peaks()
        refusal = None
        began = time.perf_counter()
        try:
            read_apart(file)
        except QcodeError as error:
            refusal = type(error).__name__
        yield Attempt(file.name, time.perf_counter() - began, _peak(), refusal)


def write_group(path: Path) -> None:
    """Write a focus group as a transcription service delivers it: codes in bold, a colon, then the talk."""
    from docx import Document

    random = Random(SEED)
    words = interview(SEED, _WORDS).text.split()
    size = len(words) // _TURNS
    file = Document()
    for turn in range(_TURNS):
        voice = "MOD" if turn % 5 == 0 else f"FG-P{random.randint(1, _VOICES)}"
        paragraph = file.add_paragraph()
        paragraph.add_run(f"{voice}:").bold = True
        paragraph.add_run(" " + " ".join(words[turn * size : (turn + 1) * size]))
    file.save(str(path))


def _looked_at(file: Path) -> Transcript:
    return segment(read_apart(file))


def _readers() -> Iterator[Path]:
    """What the system tells of the processes that read; nothing where it does not."""
    for process in multiprocessing.active_children():
        facts = Path(f"/proc/{process.pid}")
        if process.name == "qcode reader" and facts.exists():
            yield facts


def _forget_peaks() -> None:
    """Let the system count the most memory of a reader anew; where it cannot, the highest of all files counts."""
    for facts in _readers():
        with contextlib.suppress(OSError):
            (facts / "clear_refs").write_text("5")


def _peak() -> int | None:
    """The most memory that a reader held, in bytes; None where the system does not tell."""
    peaks = []
    for facts in _readers():
        with contextlib.suppress(OSError):
            lines = (facts / "status").read_text().splitlines()
            peaks += [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")]
    return max(peaks, default=None)
