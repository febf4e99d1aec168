"""Tables of numbers as plots: cells that are the darker the more they hold, and bars beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final

from qcode.reports.plot_frame import (
    LINE,
    PAD,
    Drawn,
    Spot,
    axes_in,
    figure_of,
    highest,
    ink_on,
    size_of,
    stronger,
    widest,
    wrapped,
)
from qcode.reports.plot_values import Bars, Heat, Item, Look, Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HATCHES: Final = ("", "///", "...", "xx", "\\\\\\", "--", "++", "oo", "||", "**")
_MANY: Final = 700
"""So many cells are shown by size alone, since nobody reads so many numbers at once."""
_WIDEST_CELL: Final = 2.4
_HIGHEST_CELL: Final = 0.5
_BAR: Final = 0.17
_GAP: Final = 0.14


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells of a table stand, in inches, and the words around them."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    upright: bool
    left: float
    top: float
    bottom: float
    across: float
    edges: tuple[float, ...]

    @property
    def width(self) -> float:
        return self.left + self.inner + 2 * PAD

    @property
    def height(self) -> float:
        return self.top + self.edges[-1] + self.bottom

    @property
    def inner(self) -> float:
        return self.across * len(self.columns)


def draw_heat(plot: Heat, look: Look, room: tuple[float, float]) -> Drawn:
    """Draw a table of cells in at least this room (inches); it takes more where names or numbers need it."""
    grid = _grid(plot, look, room)
    figure = figure_of(max(grid.width, room[0]), max(grid.height, room[1]), look)
    width, height = figure.get_size_inches()
    # What room is left stays at the right and below, so that cells keep their shape.
    bottom = height - grid.top - grid.edges[-1]
    axes = axes_in(figure, grid.left, bottom, width - grid.left - grid.inner, grid.top, look)
    axes.set_xlim(0, grid.inner)
    axes.set_ylim(grid.edges[-1], 0)
    most = max((number.value or 0 for row in plot.numbers for number in row), default=0) or 1
    (_draw_squares if _is_crowded(plot) else _draw_cells)(axes, plot, look, grid, most)
    _name_cells(axes, plot, look, grid)
    return Drawn(figure, tuple(_heat_spots(axes, plot, grid)))


def draw_bars(plot: Bars, look: Look, room: tuple[float, float]) -> Drawn:
    """Draw bars in at least this room (inches); it takes more where there are many of them."""
    names = tuple(wrapped(row.name, 30) for row in plot.rows)
    group = max(len(plot.series) * _BAR, highest(names, look.size)) + _GAP
    left, line = widest(names, look.size) + 2 * PAD, look.size * LINE / 72
    wide = max(room[0], left + 3.2)
    legend = _legend_lines(plot.series, look, wide - 2 * PAD) if len(plot.series) > 1 else []
    top, bottom = PAD + len(legend) * (line + 0.06), 2.6 * line + 2 * PAD
    figure = figure_of(wide, max(room[1], top + bottom + group * max(len(plot.rows), 1)), look)
    height = figure.get_size_inches()[1]
    tall = min(height - top - bottom, group * 1.8 * max(len(plot.rows), 1))
    right = widest((number.text for row in plot.numbers for number in row), look.size) + 3 * PAD
    axes = axes_in(figure, left, height - top - tall, right, top, look)
    _draw_axis(axes, plot, look)
    spots = _draw_groups(axes, plot, look, names)
    _draw_legend(axes, legend, plot.series, look, top)
    return Drawn(figure, tuple(spots))


def _is_crowded(plot: Heat) -> bool:
    return len(plot.rows) * len(plot.columns) > _MANY


def _grid(plot: Heat, look: Look, room: tuple[float, float]) -> _Grid:
    line = look.size * LINE / 72
    rows = tuple(wrapped(row.name, 30, 3) for row in plot.rows)
    left = widest(rows, look.size) + 2 * PAD
    least = line
    if not _is_crowded(plot):
        least = max(line, widest((one.text for row in plot.numbers for one in row), look.size) + 2 * PAD)
    across = min(max((room[0] - left - 2 * PAD) / max(len(plot.columns), 1), least), _WIDEST_CELL)
    flat = _side_by_side(plot.columns, across - 0.06, look)
    columns = flat or tuple(wrapped(one.name, 26, 2) for one in plot.columns)
    if flat is None:
        across = max(across, highest(columns, look.size) + 0.02)
    top = (highest(columns, look.size) if flat else widest(columns, look.size)) + 2 * PAD
    bottom = 1.4 * line + 2 * PAD
    edges = _edges(rows, look, room[1] - top - bottom, crowded=_is_crowded(plot))
    return _Grid(rows, columns, flat is None, left, top, bottom, across, edges)


def _side_by_side(columns: Sequence[Item], across: float, look: Look) -> tuple[str, ...] | None:
    """The names of columns in lines that are no wider than this; None where they must stand upright."""
    letters = int(across / (look.size * 0.5 / 72))
    for width in range(letters, 5, -1):
        names = tuple(wrapped(one.name, width, 4) for one in columns)
        if widest(names, look.size) <= across:
            whole = all(
                "".join(name.split()) == "".join(one.name.split()) for name, one in zip(names, columns, strict=True)
            )
            return names if whole and not _broken(columns, width) else None
    return None


def _broken(columns: Sequence[Item], width: int) -> bool:
    """Whether a word would be broken."""
    return any(len(word) > width for one in columns for word in one.name.split())


def _edges(rows: Sequence[str], look: Look, room: float, *, crowded: bool) -> tuple[float, ...]:
    """Where rows begin and the last one ends, from 0; each is as high as its name, and higher where there is room."""
    least = [size_of(row, look.size)[1] + (0.0 if crowded else 0.08) for row in rows]
    more = max(room - sum(least), 0.0) / max(len(rows), 1)
    return tuple(accumulate((max(min(high + more, _HIGHEST_CELL), high) for high in least), initial=0.0))


def _draw_cells(axes: Axes, plot: Heat, look: Look, grid: _Grid, most: float) -> None:
    boxes, colours = [], []
    for (top, bottom), row in zip(pairwise(grid.edges), plot.numbers, strict=True):
        for place, number in enumerate(row):
            left = place * grid.across
            ground = stronger(look.low, look.high, number.value / most) if number.value else look.background
            boxes.append(_box(left, top, grid.across, bottom - top))
            colours.append(ground)
            ink = ink_on(ground, look) if number.value else look.quiet
            axes.text(
                left + grid.across / 2, (top + bottom) / 2, number.text,
                ha="center", va="center", color=ink, fontsize=look.size,
            )  # fmt: skip
    _add_boxes(axes, boxes, facecolors=colours, edgecolors=look.grid, linewidths=0.6, clip_on=False)


def _draw_squares(axes: Axes, plot: Heat, look: Look, grid: _Grid, most: float) -> None:
    """Draw all squares as one mark in many sizes, and lines between the cells: thousands take no time so."""
    import numpy as np

    values = np.array([[number.value or 0.0 for number in row] for row in plot.numbers])
    down, across = np.nonzero(values)
    edges = np.array(grid.edges)
    largest = np.minimum(grid.across, np.diff(edges))[down]
    sides = largest * (0.2 + 0.75 * np.sqrt(values[down, across] / most))
    middles = ((edges[:-1] + edges[1:]) / 2)[down]
    axes.scatter((across + 0.5) * grid.across, middles, s=(sides * 72) ** 2, marker="s", c=look.accent, linewidths=0)
    axes.hlines(grid.edges, 0, grid.inner, colors=look.grid, linewidths=0.3)
    columns = [place * grid.across for place in range(len(plot.columns) + 1)]
    axes.vlines(columns, 0, grid.edges[-1], colors=look.grid, linewidths=0.3)
    axes.set_xlim(0, grid.inner)
    axes.set_ylim(grid.edges[-1], 0)


def _box(left: float, top: float, wide: float, high: float) -> list[tuple[float, float]]:
    return [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]


def _add_boxes(axes: Axes, boxes: Sequence[list[tuple[float, float]]], **how: Any) -> None:
    """Draw many boxes as one thing: thousands are drawn at once so."""
    from matplotlib.collections import PolyCollection

    axes.add_collection(PolyCollection(boxes, **how), autolim=False)


def _name_cells(axes: Axes, plot: Heat, look: Look, grid: _Grid) -> None:
    for (top, bottom), name in zip(pairwise(grid.edges), grid.rows, strict=True):
        axes.text(-PAD, (top + bottom) / 2, name, ha="right", va="center", color=look.text, fontsize=look.size)
    turned = 90 if grid.upright else 0
    for place, name in enumerate(grid.columns):
        axes.text(
            (place + 0.5) * grid.across, -PAD, name, ha="center", va="bottom",
            rotation=turned, color=look.text, fontsize=look.size,
        )  # fmt: skip
    said = f"{'Larger' if _is_crowded(plot) else 'Stronger'}: more {plot.unit}"
    start = max(min(0.0, grid.inner - size_of(said, look.size)[0]), PAD - grid.left)
    axes.text(start, grid.edges[-1] + PAD, said, ha="left", va="top", color=look.quiet, fontsize=look.size)


def _heat_spots(axes: Axes, plot: Heat, grid: _Grid) -> list[Spot]:
    return [
        Spot(
            (row.key, column.key), f"{row.name}, {column.name}: {number.text or 0} {plot.unit}",
            axes, place * grid.across, bottom, (place + 1) * grid.across, top,
        )
        for (top, bottom), row, numbers in zip(pairwise(grid.edges), plot.rows, plot.numbers, strict=True)
        for place, (column, number) in enumerate(zip(plot.columns, numbers, strict=True))
    ]  # fmt: skip


def _draw_axis(axes: Axes, plot: Bars, look: Look) -> None:
    from matplotlib.ticker import MaxNLocator

    longest = max((number.value or 0 for row in plot.numbers for number in row), default=0)
    most = plot.most or longest or 1
    whole = all(number.value is None or number.value == int(number.value) for row in plot.numbers for number in row)
    ticks = [
        tick for tick in MaxNLocator(5, integer=whole or most >= 5).tick_values(0, most) if 0 <= tick <= most * 1.001
    ]
    axes.set_xlim(0, most)
    axes.set_ylim(len(plot.rows), 0)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks], color=look.quiet, fontsize=look.size)
    axes.tick_params(length=0)
    axes.set_xlabel(plot.unit[:1].upper() + plot.unit[1:], color=look.text, fontsize=look.size)
    axes.vlines(ticks, 0, len(plot.rows), colors=look.grid, linewidths=0.6, zorder=0)


def _draw_groups(axes: Axes, plot: Bars, look: Look, names: Sequence[str]) -> list[Spot]:
    inches = axes.get_figure().get_size_inches()  # type: ignore[union-attr]
    across = axes.get_xlim()[1] / (inches[0] * axes.get_position().width)
    share = 0.8 / max(len(plot.series), 1)
    spots = []
    for down, (row, numbers) in enumerate(zip(plot.rows, plot.numbers, strict=True)):
        axes.text(-PAD * across, down + 0.5, names[down], ha="right", va="center", color=look.text, fontsize=look.size)
        for place, (one, number) in enumerate(zip(plot.series, numbers, strict=True)):
            top = down + 0.1 + place * share
            _draw_bar(axes, look, number, (top, share), (one.slot, HATCHES[place % len(HATCHES)]), across)
            words = f"{row.name}, {one.name}: {number.text or 0}"
            spots.append(Spot((row.key, one.key), words, axes, 0, top + share, axes.get_xlim()[1], top))
    return spots


def _draw_bar(
    axes: Axes, look: Look, number: Number, where: tuple[float, float], how: tuple[int, str], across: float
) -> None:
    from matplotlib.patches import Rectangle

    (top, high), (slot, hatch), value = where, how, number.value or 0
    axes.add_patch(
        Rectangle(
            (0, top + high * 0.06),
            value,
            high * 0.88,
            facecolor=look.colour(slot),
            edgecolor=look.background,
            hatch=hatch,
            linewidth=0.0,
            zorder=2,
        )
    )
    ink = look.quiet if number.value is None else look.text
    axes.text(value + 0.05 * across, top + high / 2, number.text, va="center", color=ink, fontsize=look.size)


def _legend_lines(series: Sequence[Item], look: Look, wide: float) -> list[list[tuple[int, float, str]]]:
    """The series in lines that fit: the place of each among them, where it stands in inches, and its name."""
    lines: list[list[tuple[int, float, str]]] = [[]]
    at = 0.0
    for place, one in enumerate(series):
        name = wrapped(one.name, 48, 1)
        width = 0.32 + size_of(name, look.size)[0] + 0.18
        if at and at + width > wide:
            lines.append([])
            at = 0.0
        lines[-1].append((place, at, name))
        at += width
    return lines


def _draw_legend(
    axes: Axes, lines: Sequence[Sequence[tuple[int, float, str]]], series: Sequence[Item], look: Look, top: float
) -> None:
    from matplotlib.patches import Rectangle

    figure = axes.get_figure(root=True)
    if figure is None or not lines:
        return
    width, height = figure.get_size_inches()
    step = (top - PAD) / len(lines)
    for down, line in enumerate(lines):
        y = height - PAD / 2 - (down + 0.5) * step
        for place, at, name in line:
            patch = Rectangle(
                ((PAD + at) / width, (y - 0.055) / height), 0.22 / width, 0.11 / height, transform=figure.transFigure,
                facecolor=look.colour(series[place].slot), edgecolor=look.background,
                hatch=HATCHES[place % len(HATCHES)], linewidth=0.0,
            )  # fmt: skip
            figure.add_artist(patch)
            figure.text((PAD + at + 0.28) / width, y / height, name, va="center", color=look.text, fontsize=look.size)
