"""Collecting: a file goes out to one coder, comes back coded, is looked at and taken in; documents are drawn."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.figures import Figure, Floor, timed
from benchmarks.floors import Rows, write_rows, written
from benchmarks.measuring import Taken, Timing, take, timing
from benchmarks.studies import Team, current_round, placed_marks
from qcode.operations import assignments, coding, collecting, drawing, rounds
from qcode.queries.collecting.collected import preview
from qcode.queries.integrity import check
from qcode.queries.team import coders
from qcode.queries.transcripts.documents import documents
from qcode.study import Study

_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A lead's study with everybody's codings but one coder's, and that coder's file with theirs, handed in."""

    lead: Path
    file: Path
    here: int
    coming: int

    @property
    def sizes(self) -> str:
        """How many codings come to how many."""
        return f"{self.coming:,} codings into {self.here:,}"


def collect(bench: Bench) -> Iterator[Figure]:
    """Handing out data A, and handing in what one of three coders coded."""
    yield from _hand_out(bench)
    yield from _hand_in(bench, bench.team, targets=(1.0, 2.0))
    for title, factor in (("half of it", 0.5), ("double", 2.0)):
        grown = replace(bench.team, codings=round(bench.team.codings * factor))
        yield from _hand_in(bench, grown, name=f" {title}")


def draw(bench: Bench) -> Iterator[Figure]:
    """Drawing a fifth of the documents for double coding, on disk, and taking it back."""
    with bench.study(bench.cache.coded(bench.team)) as study:
        chosen, people = rounds.add_round(study, name="Double"), [row.id for row in coders(study)][:2]
        steps = []
        for seed in range(1 + bench.runs(9)):
            taken, _drawn = take(
                lambda: drawing.draw(study, round_id=chosen, coders=people, share=0.2, seed=seed)  # noqa: B023
            )
            steps.append((taken, take(study.undo)[0]))
        number = len(documents(study))
    drawn = Timing.of(step[0] for step in steps[1:])
    yield timed("draw A", f"A: draw a fifth of {number} documents for two coders, on disk", drawn, target=0.1)
    yield timed("undo draw A", "A: undo that", Timing.of(step[1] for step in steps[1:]))


def _hand_out(bench: Bench) -> Iterator[Figure]:
    """The file for one coder, beside a copy of the study's own file."""
    with bench.study(bench.cache.coded(bench.team)) as study:
        person, room = coders(study)[-1].id, bench.room()
        runs = [
            take(lambda: collecting.hand_out(study, person, room / f"{number}.qcode"))[0]  # noqa: B023
            for number in range(1 + bench.runs(5))
        ][1:]
        copied = timing(lambda: shutil.copyfile(study.path, room / "copy"), bench.runs(5))
        with Study.open(room / "1.qcode") as theirs:
            rows = check(theirs).codings
    what = f"A: hand out a file of {bench.team.documents} documents to one coder, with their {rows:,} codings"
    yield timed("hand out A", what, Timing.of(runs), floor=Floor(copied.wall, "file copy"), target=1.0)


def _hand_in(
    bench: Bench, size: Team, *, name: str = "", targets: tuple[float | None, float | None] = (None, None)
) -> Iterator[Figure]:
    made = _prepared(bench, size)
    looked, taken, back = list[Taken](), list[Taken](), list[Taken]()
    for _ in range(bench.runs(5)):
        with bench.study(made.lead) as lead:
            looked.append(take(lambda: preview(lead, made.file))[0])
            spent, merged = take(lambda: collecting.collect(lead, made.file))
            taken.append(spent)
            back.append(take(lambda: collecting.take_back(lead, merged.receipt or 0))[0])  # noqa: B023
    floor = None if name else _floor(bench, made)
    title = f"A{':' if not name else f', {name.strip()}:'} hand in {made.sizes}"
    yield timed(f"hand-in preview A{name}", f"{title}, preview", Timing.of(looked), target=targets[0])
    yield timed(f"hand-in A{name}", f"{title}, on disk", Timing.of(taken), floor=floor, target=targets[1])
    if not name:
        yield Figure(
            name="memory hand-in A", what="A: most memory of “qcode handin” with that file", value=_memory(bench, made),
            unit="bytes", target=250e6,
        )  # fmt: skip
        yield timed("take back A", "A: take that merge back", Timing.of(back))


def _prepared(bench: Bench, size: Team) -> _Prepared:
    room = bench.room()
    lead = Path(shutil.copyfile(bench.cache.bare(bench.team), room / "lead.qcode"))
    with Study.open(lead) as study:
        chosen, marks = current_round(study), placed_marks(study, size)
        person = next(row.id for row in coders(study) if row.id != study.coder)
        theirs = [mark for mark in marks if mark.coder == person]
        others = [mark for mark in marks if mark.coder != person]
        coding.add_codings(study, round_id=chosen, marks=others)
        collecting.hand_out(study, person, room / "theirs.qcode")
    with Study.open(room / "theirs.qcode") as study:
        coding.add_codings(study, round_id=chosen, marks=theirs)
        assignments.hand_in_round(study, round_id=chosen)
    return _Prepared(lead, room / "theirs.qcode", len(others), len(theirs))


def _memory(bench: Bench, made: _Prepared) -> int:
    """The most bytes that a process holds which hands the file in."""
    words = [sys.executable, "-m", "qcode", "handin", str(bench.copy(made.lead)), str(made.file)]
    # A process begins with the memory of the one that starts it: a small one starts it.
    told = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", _PEAK, *words], env=bench.environment(), capture_output=True, text=True, check=True
    )
    return int(told.stdout) * (1 if sys.platform == "darwin" else 1024)


def _floor(bench: Bench, made: _Prepared) -> Floor:
    """The same codings, changes and steps written by SQLite alone."""
    rows: Rows = written(made.file)
    spent = [take(lambda: write_rows(path, rows))[0] for path in [bench.copy(made.lead) for _ in range(3)]]  # noqa: B023
    return Floor(Timing.of(spent).wall, "SQL")
