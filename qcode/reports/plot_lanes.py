"""Codes along a transcript: a lane for each, and above them who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.reports.plot_cells import HATCHES
from qcode.reports.plot_frame import LINE, PAD, Drawn, Spot, axes_in, figure_of, highest, widest, wrapped
from qcode.reports.plot_values import Lanes, Look, Stretch

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ASKING: Final = "Asking"
ANSWERING: Final = "Answering"
_MOST_VOICES: Final = 6
_LANE: Final = 0.24
_HIGHEST: Final = 0.4
_THINNEST: Final = 0.02
"""How wide a stretch is drawn at least, in inches, so that one word can be seen."""


def draw_lanes(plot: Lanes, look: Look, room: tuple[float, float]) -> Drawn:
    """Draw lanes in at least this room (inches), one below the other."""
    names = tuple(wrapped(track.name, 28, 3) for track in plot.tracks)
    line = look.size * LINE / 72
    strips = _strips(plot)
    count = len(names) + len(strips)
    lane = max(_LANE, highest(names, look.size) + 0.05)
    left = widest((*names, *strips), look.size) + 2 * PAD
    top, bottom = PAD, 2.6 * line + 2 * PAD
    figure = figure_of(max(room[0], left + 4), max(room[1], top + bottom + lane * count), look)
    width, height = figure.get_size_inches()
    tall = min(height - top - bottom, max(lane, _HIGHEST) * max(count, 1))
    axes = axes_in(figure, left, height - top - tall, 3 * PAD, top, look)
    axes.set_xlim(0, plot.length or 1)
    axes.set_ylim(max(count, 1), 0)
    per_inch = (plot.length or 1) / (width - left - 3 * PAD)
    _draw_ground(axes, plot, look, (*strips, *names), per_inch)
    _draw_voices(axes, plot, look, strips)
    spots = _draw_stretches(axes, plot, look, len(strips), per_inch * _THINNEST)
    return Drawn(figure, tuple(spots))


def _draw_ground(axes: Axes, plot: Lanes, look: Look, names: tuple[str, ...], per_inch: float) -> None:
    from matplotlib.ticker import MaxNLocator

    for down, name in enumerate(names):
        ink = look.quiet if down < len(names) - len(plot.tracks) else look.text
        axes.text(-PAD * per_inch, down + 0.5, name, ha="right", va="center", color=ink, fontsize=look.size)
    axes.hlines(range(len(names) + 1), 0, plot.length, colors=look.grid, linewidths=0.5, zorder=0)
    most = plot.length or 1
    ticks = [tick for tick in MaxNLocator(8, integer=True).tick_values(0, most) if 0 <= tick <= most]
    axes.set_xticks(ticks, [f"{tick:,g}" for tick in ticks], color=look.quiet, fontsize=look.size)
    axes.tick_params(length=2, color=look.grid)
    axes.set_xlabel(plot.unit[:1].upper() + plot.unit[1:], color=look.text, fontsize=look.size)


def _strips(plot: Lanes) -> tuple[str, ...]:
    """The names of those who speak, or, of many, who asks and who answers."""
    names = tuple(dict.fromkeys(wrapped(one.name, 28, 1) for one in plot.voices))
    return names if len(names) <= _MOST_VOICES else (ASKING, ANSWERING)


def _draw_voices(axes: Axes, plot: Lanes, look: Look, strips: tuple[str, ...]) -> None:
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    many = strips == (ASKING, ANSWERING)
    boxes = []
    for one in plot.voices:
        lane = int(not one.asks) if many else strips.index(wrapped(one.name, 28, 1))
        boxes.append(Rectangle((one.start, lane + 0.3), max(one.end - one.start, 0), 0.4))
    axes.add_collection(PatchCollection(boxes, facecolors=look.quiet, edgecolors="none", zorder=1))


def _draw_stretches(axes: Axes, plot: Lanes, look: Look, strips: int, least: float) -> list[Spot]:
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    lanes = {track.key: down + strips for down, track in enumerate(plot.tracks)}
    spots = []
    for place, track in enumerate(plot.tracks):
        held = sorted((one for one in plot.stretches if one.track == track.key), key=lambda one: (one.start, one.end))
        down = lanes[track.key]
        boxes = [Rectangle((one.start, down + 0.16), max(one.end - one.start, least), 0.68) for one in held]
        hatch = HATCHES[place % 5]
        colour = look.colour(track.slot)
        axes.add_collection(
            PatchCollection(boxes, facecolors=colour, edgecolors=look.background, hatch=hatch, linewidths=0.3, zorder=2)
        )
        spots += [_spot(axes, one, track.name, down, least) for one in held]
    return spots


def _spot(axes: Axes, one: Stretch, name: str, down: int, least: float) -> Spot:
    right = max(one.end, one.start + least)
    return Spot(one.key, one.name or name, axes, one.start, down + 0.9, right, down + 0.1)
