"""Saturation as a plot: how many codes are known after each interview, and how much of it is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.reports.plot_frame import LINE, PAD, Drawn, Spot, axes_in, figure_of, size_of, widest, wrapped
from qcode.reports.plot_values import Curve, Look

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEAST: Final = 1.7
_STEP: Final = 0.3


def draw_curve(plot: Curve, look: Look, room: tuple[float, float]) -> Drawn:
    """Draw how codes grow above how new information falls, in at least this room (inches)."""
    line = look.size * LINE / 72
    left, right = 5 * line, size_of(_threshold(plot), look.size)[0] + 2 * PAD
    wide = max(room[0], left + right + _STEP * max(len(plot.steps), 8))
    across = (wide - left - right) / max(len(plot.steps), 1)
    names, upright = _names(plot, look, across)
    below = (widest(names, look.size) if upright else _lines(names) * line) + 2 * PAD
    tall = max(room[1], below + 4 * line + _LEAST)
    figure = figure_of(wide, tall, look)
    inner = tall - below - 4 * line
    lower = inner * 0.38
    known = axes_in(figure, left, below + lower + 2 * line, right, 1.5 * line, look)
    fresh = axes_in(figure, left, below, right, tall - below - lower, look)
    spots = _draw_known(known, plot, look)
    _draw_fresh(fresh, plot, look)
    fresh.set_xticks(
        range(1, len(plot.steps) + 1), names, color=look.text, fontsize=look.size, rotation=90 if upright else 0
    )
    return Drawn(figure, tuple(spots))


def _names(plot: Curve, look: Look, across: float) -> tuple[list[str], bool]:
    """The names of the interviews below the axis, set upright where there is no room side by side."""
    flat = [wrapped(step.item.name, max(int(across / (look.size * 0.6 / 72)), 4), 3) for step in plot.steps]
    upright = widest(flat, look.size) > across - 0.04 or any("…" in name for name in flat)
    return ([wrapped(step.item.name, 24, 2) for step in plot.steps] if upright else flat), upright


def _lines(names: list[str]) -> int:
    return max((name.count("\n") + 1 for name in names), default=1)


def _draw_known(axes: Axes, plot: Curve, look: Look) -> list[Spot]:
    numbers = range(1, len(plot.steps) + 1)
    most = max((step.known for step in plot.steps), default=0) or 1
    axes.set_xlim(0.5, len(plot.steps) + 0.5)
    axes.set_ylim(0, most * 1.18)
    axes.plot(numbers, [step.known for step in plot.steps], color=look.accent, linewidth=1.6, marker="o", markersize=4)
    _axis(axes, look, f"{plot.unit[:1].upper()}{plot.unit[1:]} known", most)
    for number, step in zip(numbers, plot.steps, strict=True):
        axes.annotate(
            str(step.known), (number, step.known), (0, 6), textcoords="offset points", ha="center",
            color=look.text, fontsize=look.size,
        )  # fmt: skip
    axes.axvline(plot.base + 0.5, color=look.quiet, linewidth=0.8, linestyle=":")
    axes.text(plot.base + 0.45, most * 0.5, "base", ha="right", va="center", color=look.quiet, fontsize=look.size)
    _draw_reached(axes, plot, look)
    return [
        Spot(
            (step.item.key,), f"{step.item.name}: {step.new} new {plot.unit}, {step.known} known",
            axes, number - 0.5, 0, number + 0.5, most * 1.18,
        )
        for number, step in zip(numbers, plot.steps, strict=True)
    ]  # fmt: skip


def _draw_reached(axes: Axes, plot: Curve, look: Look) -> None:
    if plot.reached is None:
        return
    known = plot.steps[plot.reached - 1].known  # the line ends at its point, above which stands the number
    axes.vlines(plot.reached, 0, known, colors=look.accent, linewidths=1.0, linestyles="--", zorder=0)
    said = f"saturation after {plot.reached}"
    width = axes.get_figure(root=True).get_size_inches()[0]  # type: ignore[union-attr]
    room = (len(plot.steps) + 0.5 - plot.reached) / len(plot.steps) * axes.get_position().width * width
    side = "left" if room > size_of(said, look.size)[0] + PAD else "right"
    shift = 4 if side == "left" else -4
    axes.annotate(
        said, (plot.reached, 0), (shift, 4), textcoords="offset points", ha=side,
        color=look.accent, fontsize=look.size,
    )  # fmt: skip


def _draw_fresh(axes: Axes, plot: Curve, look: Look) -> None:
    from matplotlib.patches import Rectangle

    shares = [step.share for step in plot.steps]
    most = max([share for share in shares if share is not None] + [plot.threshold * 1.5, 1])
    axes.set_xlim(0.5, len(plot.steps) + 0.5)
    axes.set_ylim(0, most * 1.25)
    for number, share in enumerate(shares, 1):
        if share is None:
            continue
        low = share <= plot.threshold
        axes.add_patch(
            Rectangle(
                (number - 0.3, 0),
                0.6,
                share,
                facecolor=look.background if low else look.accent,
                edgecolor=look.accent,
                hatch="///" if low else "",
                linewidth=0.8,
            )
        )
        axes.annotate(
            f"{share:.0f} %", (number, share), (0, 3), textcoords="offset points", ha="center",
            color=look.text, fontsize=look.size,
            bbox={"facecolor": look.background, "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
    axes.axhline(plot.threshold, color=look.quiet, linewidth=0.9, linestyle="--", zorder=0)
    axes.text(
        len(plot.steps) + 0.5, plot.threshold, f" {_threshold(plot)}", ha="left", va="center",
        color=look.quiet, fontsize=look.size,
    )  # fmt: skip
    _axis(axes, look, "New, %", most)
    axes.tick_params(axis="x", length=0)


def _threshold(plot: Curve) -> str:
    return f"{plot.threshold:g} %"


def _axis(axes: Axes, look: Look, words: str, most: float) -> None:
    """Name the axis and write as many numbers along it as have room above each other."""
    from matplotlib.ticker import MaxNLocator

    high = axes.get_figure(root=True).get_size_inches()[1] * axes.get_position().height  # type: ignore[union-attr]
    bins = min(max(int(high / (2 * look.size * LINE / 72)), 1), 4)
    ticks = [tick for tick in MaxNLocator(bins, integer=True).tick_values(0, most) if 0 <= tick <= most * 1.1]
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks], color=look.quiet, fontsize=look.size)
    axes.tick_params(axis="y", length=0)
    axes.set_ylabel(words, color=look.text, fontsize=look.size)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(True)
        axes.spines[side].set_color(look.grid)
