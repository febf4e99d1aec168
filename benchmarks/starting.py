"""Starting: from the command to a window, and to a study in it; what is loaded for that; what it holds in memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.figures import Figure, Floor, timed
from benchmarks.measuring import Taken, Timing
from qcode.errors import QcodeError

_PATIENCE = 60.0
_QT_ALONE = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); window = QWidget(); window.show(); app.processEvents()
"""
_WITH_SQLALCHEMY = f"import sqlalchemy.orm, sqlalchemy.dialects.sqlite\n{_QT_ALONE}"


class NotStartedError(QcodeError):
    """There is no start to measure."""

    def __init__(self, said: str) -> None:
        super().__init__(f"The start was not measured, since qcode said: {said}")


def start(bench: Bench) -> Iterator[Figure]:
    """`qcode` in a fresh process, until its window is painted."""
    floor = Floor(_alone(bench, _QT_ALONE), "Qt alone")
    timing, _memory = _windows(bench, None, "visible")
    note = "loads " + ", ".join(f"{name} {seconds * 1000:.0f}" for name, seconds in imports(bench)[:5]) + " ms"
    yield timed("start", "start to a visible window", timing, floor=floor, peers=peers.START, target=1.5, note=note)


def start_with_study(bench: Bench) -> Iterator[Figure]:
    """`qcode A.qcode` in a fresh process, until its text is painted and the first key has selected a sentence in it."""
    study = bench.copy(bench.cache.coded(bench.team))
    floor = Floor(_alone(bench, _WITH_SQLALCHEMY), "Qt and SQLAlchemy alone")
    timing, memory = _windows(bench, study, "usable")
    note = f"the fastest {timing.low:.2f}"
    what = "A: start to the text in its room and a sentence selected by Space"
    yield timed("start A", what, timing, floor=floor, target=1.0, note=note)
    what = "A: most memory with the study open"
    yield Figure(name="memory A", what=what, value=memory, unit="bytes", runs=timing.runs, target=250e6)


def imports(bench: Bench) -> list[tuple[str, float]]:
    """Seconds spent loading modules for the first window, by package, the dearest first."""
    command = [sys.executable, "-X", "importtime", "-c", "import qcode.ui.app"]
    told = subprocess.run(command, env=bench.environment(), capture_output=True, text=True, check=True)  # noqa: S603  # our own words
    spent: Counter[str] = Counter()
    for line in told.stderr.splitlines():
        _title, _bar, figures = line.partition("import time:")
        own, _total, name = (part.strip() for part in figures.split("|"))
        if own.isdigit():
            spent[_package(name)] += int(own)
    return [(name, micros / 1e6) for name, micros in spent.most_common()]


def _package(module: str) -> str:
    package = module.partition(".")[0]
    return "Python" if package in sys.stdlib_module_names or package.startswith("_") else package


def _windows(bench: Bench, study: Path | None, until: str) -> tuple[Timing, float]:
    """Several starts, of which the first, whose files are not in the system's memory yet, does not count."""
    seen = [_window(bench, study, until) for _ in range(1 + bench.runs(7))][1:]
    return Timing.of(taken for taken, _memory in seen), median(memory for _taken, memory in seen)


def _window(bench: Bench, study: Path | None, until: str) -> tuple[Taken, float]:
    command = [sys.executable, "-m", "benchmarks.window", *([str(study)] if study else [])]
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603  # our own module
        command, env=bench.environment(), capture_output=True, text=True, check=False, timeout=_PATIENCE
    )
    if done.returncode:
        raise NotStartedError(done.stderr.strip())
    told = json.loads(done.stdout.splitlines()[-1])
    return Taken(told[until] - began, told["cpu"]), told["memory"]


def _alone(bench: Bench, words: str) -> float:
    """A process that does nothing but show an empty window of Qt, and perhaps load what every study needs."""
    spent = []
    for _ in range(bench.runs(5)):
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", words], env=bench.environment(), check=True)  # noqa: S603  # our own words
        spent.append(time.monotonic() - began)
    return median(spent)
