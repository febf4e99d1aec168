"""What comes together as a web: larger for more passages, thicker for oftener, squares for themes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from qcode.reports.plot_frame import LINE, PAD, Drawn, Spot, axes_in, figure_of, size_of, stronger, wrapped
from qcode.reports.plot_values import Edge, Look, Node, Web

if TYPE_CHECKING:
    from matplotlib.axes import Axes

type Place = tuple[float, float]
type Box = tuple[float, float, float, float]

_LARGEST: Final = 0.2
_SMALLEST: Final = 0.06
_NEAR: Final = 0.06
_GAP: Final = 0.05
_AIR: Final = 2.8
_ALONE: Final = 0.6
_ROUNDS: Final = 200
_SHAPE: Final = 0.7


def draw_web(plot: Web, look: Look, room: tuple[float, float]) -> Drawn:
    """Draw a web in at least this room (inches); it takes more where its names need it."""
    names = {node.item.key: wrapped(node.item.name, 20, 3) for node in plot.nodes}
    radii = _radii(plot.nodes)
    sizes = {key: _size(names[key], radii[key], look) for key in names}
    line = look.size * LINE / 72
    width, height = _extent(sizes, room, line + 3 * PAD)
    figure = figure_of(width, height, look)
    axes = axes_in(figure, PAD, line + 2 * PAD, PAD, PAD, look)
    wide, tall = width - 2 * PAD, height - line - 3 * PAD
    axes.set_xlim(0, wide)
    axes.set_ylim(0, tall)
    places = apart(_places(plot, (wide, tall)), sizes, (wide, tall))
    centres = {key: (x, y + sizes[key][1] / 2 - radii[key]) for key, (x, y) in places.items()}
    _draw_edges(axes, plot, look, centres)
    grounds: list[list[Place]] = []
    for node in plot.nodes:
        key = node.item.key
        _draw_node(axes, node, look, centres[key], radii[key])
        top = (places[key][0], centres[key][1] - radii[key] - _GAP)
        grounds.append(_ground(names[key], look, top))
        axes.text(*top, names[key], ha="center", va="top", color=look.text, fontsize=look.size, zorder=5)
    _draw_grounds(axes, grounds, look)
    said = f"Larger: more passages. Thicker: more {plot.unit}."
    figure.text(PAD / width, PAD / height, said, va="bottom", color=look.quiet, fontsize=look.size)
    return Drawn(figure, tuple(_spots(axes, plot, centres, radii)))


def apart(places: Mapping[str, Place], sizes: Mapping[str, Place], room: Place) -> dict[str, Place]:
    """The places moved as little as it takes until boxes of these sizes lie side by side within the room.

    Pairs that overlap are pushed apart along the side on which they overlap least, for a bounded number of rounds.
    """
    import numpy as np

    keys = list(places)
    if not keys:
        return {}
    at = np.array([places[key] for key in keys], dtype=float)
    half = np.array([sizes[key] for key in keys], dtype=float) / 2
    low, high = half, np.maximum(np.array(room) - half, half)
    at = np.clip(at, low, high)
    for _round in range(_ROUNDS):
        apart_by = at[:, None, :] - at[None, :, :]
        over = half[:, None, :] + half[None, :, :] - np.abs(apart_by)
        np.einsum("iik->ik", over)[:] = 0
        meets = (over > 1e-6).all(axis=2)
        if not meets.any():
            break
        sideways = over[..., 0] < over[..., 1]
        push = np.where(np.stack([sideways, ~sideways], axis=2) & meets[..., None], over, 0.0)
        signs = np.where(
            apart_by != 0, np.sign(apart_by), np.sign(np.arange(len(keys))[:, None] - np.arange(len(keys)))[..., None]
        )
        at = np.clip(at + (push * signs).sum(axis=1) * 0.5, low, high)
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, at, strict=True)}


def _size(name: str, radius: float, look: Look) -> Place:
    """How much room a node takes with its name below it."""
    width, height = size_of(name, look.size)
    return max(width, 2 * radius) + _GAP, height + 2 * radius + 2 * _GAP


def _extent(sizes: Mapping[str, Place], room: Place, below: float) -> Place:
    """The room, or one of its shape in which everything has some air around it."""
    need = _AIR * sum(width * height for width, height in sizes.values())
    width = max(room[0], 3.0)
    height = max(room[1] - below, 2.2, min(need / width, width * _SHAPE))
    grow = max(1.0, math.sqrt(need / (width * height)))
    widest = max((size[0] for size in sizes.values()), default=0.0)
    return max(width * grow, widest + 4 * PAD), height * grow + below


def _places(plot: Web, room: Place) -> dict[str, Place]:
    """Where each node stands: drawn together by what they share, pushed apart by the room there is; always alike."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(node.item.key for node in plot.nodes)
    most = max((edge.weight for edge in plot.edges), default=1) or 1
    graph.add_weighted_edges_from((edge.first, edge.second, 0.3 + edge.weight / most) for edge in plot.edges)
    joined = [node for node in graph if graph.degree(node)]
    alone = [node for node in graph if not graph.degree(node)]
    reach = 2.2 / math.sqrt(max(len(joined), 1))
    found = nx.spring_layout(graph.subgraph(joined), k=reach, iterations=60, seed=plot.seed) if joined else {}
    (wide, tall), low = room, _ALONE if alone and joined else 0.0
    made = _spread(
        {key: (float(x), float(y)) for key, (x, y) in found.items()},
        (0.1 * wide, low + 0.1 * tall, 0.9 * wide, 0.9 * tall),
    )
    across = max(1, math.ceil(math.sqrt(len(alone) * 4)))
    for number, key in enumerate(alone):
        made[key] = ((number % across + 0.5) * wide / across, 0.3 * (number // across) + 0.1)
    return made


def _spread(places: dict[str, Place], into: Box) -> dict[str, Place]:
    """Places stretched to fill a box."""
    left, bottom, right, top = into
    xs, ys = [x for x, _y in places.values()], [y for _x, y in places.values()]

    def between(value: float, values: Sequence[float], low: float, high: float) -> float:
        span = max(values) - min(values)
        return (low + high) / 2 if span < 1e-9 else low + (value - min(values)) / span * (high - low)

    return {key: (between(x, xs, left, right), between(y, ys, bottom, top)) for key, (x, y) in places.items()}


def _radii(nodes: Sequence[Node]) -> dict[str, float]:
    """Half the width of each node in inches; the area grows with the passages."""
    most = max((node.size for node in nodes), default=0) or 1
    return {node.item.key: max(_SMALLEST, _LARGEST * math.sqrt(max(node.size, 0) / most)) for node in nodes}


def _draw_edges(axes: Axes, plot: Web, look: Look, places: dict[str, Place]) -> None:
    from matplotlib.collections import LineCollection

    most = max((edge.weight for edge in plot.edges), default=1) or 1
    lines = [(places[edge.first], places[edge.second]) for edge in plot.edges]
    widths = [0.6 + 4.4 * edge.weight / most for edge in plot.edges]
    axes.add_collection(
        LineCollection(
            lines, linewidths=widths, colors=stronger(look.grid, look.quiet, 0.35), zorder=1, capstyle="round"
        )
    )
    strongest = sorted(plot.edges, key=lambda edge: -edge.weight)[:12]
    for edge in strongest:
        if edge.text:
            x, y = _middle(edge, places)
            box = {"facecolor": look.background, "edgecolor": "none", "pad": 1.0}
            axes.text(
                x, y, edge.text, ha="center", va="center", color=look.quiet, fontsize=look.size, bbox=box, zorder=2
            )


def _draw_node(axes: Axes, node: Node, look: Look, place: Place, radius: float) -> None:
    from matplotlib.patches import Circle, Patch, Rectangle

    colour = look.colour(node.item.slot)
    x, y = place
    patch: Patch
    if node.shape == "theme":
        patch = Rectangle((x - radius, y - radius), 2 * radius, 2 * radius)
    else:
        patch = Circle(place, radius)
    patch.set(facecolor=colour, edgecolor=look.background, linewidth=1.2, zorder=3)
    axes.add_patch(patch)


def _ground(name: str, look: Look, top: Place) -> list[Place]:
    """What a name stands on, so that no line runs through it."""
    width, height = size_of(name, look.size)
    left, right, bottom = top[0] - width / 2, top[0] + width / 2, top[1] - height
    return [(left, bottom), (right, bottom), (right, top[1]), (left, top[1])]


def _draw_grounds(axes: Axes, grounds: Sequence[list[Place]], look: Look) -> None:
    from matplotlib.collections import PolyCollection

    shades = PolyCollection(grounds, facecolors=look.background, edgecolors="none", alpha=0.8, zorder=2.5)
    axes.add_collection(shades, autolim=False)


def _around(place: Place, across: float, up: float) -> Box:
    return place[0] - across, place[1] - up, place[0] + across, place[1] + up


def _middle(edge: Edge, places: dict[str, Place]) -> Place:
    (x, y), (u, v) = places[edge.first], places[edge.second]
    return (x + u) / 2, (y + v) / 2


def _spots(axes: Axes, plot: Web, places: dict[str, Place], radii: dict[str, float]) -> list[Spot]:
    """Nodes first, then edges at their middles, the strongest first."""
    names = {node.item.key: node.item.name for node in plot.nodes}
    nodes = [
        Spot((node.item.key,), f"{node.item.name}: {node.size:g} passages", axes, *_around(
            places[node.item.key], max(radii[node.item.key], _NEAR), max(radii[node.item.key], _NEAR)
        ))
        for node in plot.nodes
    ]  # fmt: skip
    edges = [
        Spot((edge.first, edge.second), f"{names[edge.first]} and {names[edge.second]}: {edge.text} {plot.unit}", axes,
             *_around(_middle(edge, places), _NEAR, _NEAR))
        for edge in sorted(plot.edges, key=lambda edge: -edge.weight)
    ]  # fmt: skip
    return [*nodes, *edges]
