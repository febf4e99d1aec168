"""A figure: what was measured, beside the least it could be, what others need, and what it should become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benchmarks.measuring import Timing

Unit = Literal["s", "bytes"]


@dataclass(frozen=True, slots=True)
class Floor:
    """The same without qcode: seconds, and what was done in them."""

    seconds: float
    doing: str


@dataclass(frozen=True, slots=True)
class Peer:
    """What another program needs for it, in seconds on a comparable machine."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table; seconds or bytes. `runs` is how many it is the median of."""

    name: str
    what: str
    value: float
    unit: Unit = "s"
    cpu: float | None = None
    low: float | None = None
    high: float | None = None
    runs: int = 1
    floor: Floor | None = None
    peers: tuple[Peer, ...] = ()
    target: float | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether there is a target that is not reached."""
        return self.target is not None and self.value > self.target


def timed(
    name: str,
    what: str,
    timing: Timing,
    *,
    floor: Floor | None = None,
    peers: tuple[Peer, ...] = (),
    target: float | None = None,
    note: str = "",
) -> Figure:
    """The figure of a timing."""
    return Figure(
        name=name,
        what=what,
        value=timing.wall,
        cpu=timing.cpu,
        low=timing.low,
        high=timing.high,
        runs=timing.runs,
        floor=floor,
        peers=peers,
        target=target,
        note=note,
    )
