"""What every measurement is given: generated studies, copies of them to write to, and how often to run."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.cache import Cache
from benchmarks.figures import Peer
from benchmarks.studies import Long, Team
from qcode.study import Study


class Bench:
    """A bench with a drawer of generated studies; quick ones are smaller."""

    def __init__(self, scratch: Path, *, quick: bool) -> None:
        self._scratch = scratch
        self.quick = quick
        self.cache = Cache()
        self.team = Team(documents=20, codings=4_000) if quick else Team()
        self.long = Long()

    def compared(self, others: tuple[Peer, ...]) -> tuple[Peer, ...]:
        """What others need for data A, which says nothing beside a smaller study."""
        return () if self.quick else others

    def runs(self, count: int) -> int:
        """How many runs to take the median of."""
        return max(3, count // 3) if self.quick else count

    @contextmanager
    def study(self, generated: Path) -> Iterator[Study]:
        """A copy of a generated study, open, to do with as one likes."""
        copy = self.copy(generated)
        try:
            with Study.open(copy) as opened:
                yield opened
        finally:
            copy.unlink()

    def copy(self, generated: Path) -> Path:
        """A copy of a generated study."""
        return Path(shutil.copyfile(generated, self.room() / "study.qcode"))

    def room(self) -> Path:
        """A new empty folder."""
        folder = self._scratch / uuid4().hex[:12]
        folder.mkdir()
        return folder

    def environment(self) -> dict[str, str]:
        """For processes of their own: an unseen window, nobody's settings, bytecode as installers make it."""
        home = str(self.room())
        own = {"QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_CONFIG_HOME": home}
        return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


@contextmanager
def bench(*, quick: bool) -> Iterator[Bench]:
    """A bench that leaves nothing behind but the cache."""
    with tempfile.TemporaryDirectory(prefix="qcode-bench-") as scratch:
        yield Bench(Path(scratch), quick=quick)


def select(path: Path, statement: str, *values: Any) -> list[Any]:
    """What SQLite answers when it is asked without qcode."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement, values).fetchall()
