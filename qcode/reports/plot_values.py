"""What plots show, as values: cells, bars, webs, lanes and curves, and the colours they are drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

type Key = tuple[str, ...]
"""What a place of a plot stands for, such as a row and a column; whoever made the plot knows what is behind it."""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a plot by their meaning, each as #rrggbb, and the size of its type in points.

    `low` and `high` are the ends of the scale of a heat table; `series` are colours that tell things apart, always
    with a pattern or a shape beside them.
    """

    background: str
    text: str
    quiet: str
    grid: str
    accent: str
    low: str
    high: str
    series: tuple[str, ...]
    size: float = 9.0
    dpi: float = 96.0

    def colour(self, slot: int) -> str:
        """The colour of a slot; numbers past the last begin again."""
        return self.series[slot % len(self.series)]


PRINT: Final = Look(
    background="#ffffff",
    text="#111111",
    quiet="#4a4a4a",
    grid="#c8c8c8",
    accent="#1f4e9c",
    low="#f1f4f9",
    high="#1f4e9c",
    series=(
        "#285cc2", "#d77500", "#218a45", "#b32474", "#968813", "#6b30af",
        "#2b99ca", "#b32322", "#04736c", "#df6889", "#6f3f22", "#546577",
    ),
    size=8.0,
    dpi=300.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A row, a column, a series or a track: its id, its name, and the slot of its colour."""

    key: str
    name: str
    slot: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed; None stands for what does not apply."""

    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Heat:
    """A table whose cells are the darker the more they hold; `unit` says what of."""

    title: str
    rows: tuple[Item, ...]
    columns: tuple[Item, ...]
    numbers: tuple[tuple[Number, ...], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A group of bars for each row, one for each series; `most` is where the axis ends, unless the longest bar says."""

    title: str
    rows: tuple[Item, ...]
    series: tuple[Item, ...]
    numbers: tuple[tuple[Number, ...], ...]
    unit: str
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Something in a web, drawn the larger the more passages it has."""

    item: Item
    size: float
    shape: Literal["code", "theme"] = "code"


@dataclass(frozen=True, slots=True)
class Edge:
    """How often two things come together, drawn the thicker the oftener; `text` is the number as it is printed."""

    first: str
    second: str
    weight: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Web:
    """What comes together: things and the edges between them; the same seed lays it out the same way."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    unit: str
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where something holds: from `start` to `end` on the axis of its lanes; `key` names it."""

    track: str
    start: float
    end: float
    key: Key
    name: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks from `start` to `end`; `asks` is true of interviewers."""

    start: float
    end: float
    name: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where codes hold along a transcript: a lane for each, over the turns; `unit` names the axis."""

    title: str
    tracks: tuple[Item, ...]
    stretches: tuple[Stretch, ...]
    length: float
    unit: str
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One interview on the way to saturation: how many codes are known after it, and how many of them are new.

    `share` is the new information at the end of the run that ends here, in percent of the base; None before there is
    a run.
    """

    item: Item
    known: int
    new: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """How the number of codes grows, and how new information falls under a threshold (in percent).

    `base` is how many interviews the base has, `reached` after how many of them saturation was reached, if it was.
    """

    title: str
    steps: tuple[Step, ...]
    base: int
    threshold: float
    reached: int | None
    unit: str = "codes"


type Plot = Heat | Bars | Web | Lanes | Curve
