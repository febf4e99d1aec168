"""Taking the time: medians of several runs, in seconds on the wall clock and of the processor."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took, in seconds; `cpu` counts all threads of the process."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Moment:
    """A reading of both clocks."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Moment:
        """Read the clocks."""
        return cls(time.perf_counter(), time.process_time())

    def since(self, earlier: Moment) -> Taken:
        """What went by between two moments."""
        return Taken(self.wall - earlier.wall, self.cpu - earlier.cpu)


@dataclass(frozen=True, slots=True)
class Timing:
    """The medians of several runs in seconds, with the fastest and the slowest of them."""

    wall: float
    cpu: float
    low: float
    high: float
    runs: int

    @classmethod
    def of(cls, taken: Iterable[Taken]) -> Timing:
        """The medians of runs that were taken already."""
        runs = list(taken)
        walls = [run.wall for run in runs]
        return cls(median(walls), median(run.cpu for run in runs), min(walls), max(walls), len(runs))

    def times(self, factor: float) -> Timing:
        """What `factor` times as much work would take, were it in proportion."""
        return Timing(self.wall * factor, self.cpu * factor, self.low * factor, self.high * factor, self.runs)


def take[T](deed: Callable[[], T]) -> tuple[Taken, T]:
    """Do something once; what it took, and what it returned."""
    started = Moment.now()
    made = deed()
    return Moment.now().since(started), made


def timing(deed: Callable[[], object], runs: int, *, warm: int = 1) -> Timing:
    """Do something several times, the first ones uncounted."""
    for _ in range(warm):
        deed()
    gc.collect()
    return Timing.of(take(deed)[0] for _ in range(runs))
