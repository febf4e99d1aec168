"""What comes together as a web: larger for more passages, thicker for oftener, squares for themes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from qcode.reports.plot_frame import LINE, PAD, Drawn, Spot, axes_in, figure_of, size_of, stronger, wrapped
from qcode.reports.plot_values import Edge, Look, Node, Web

if TYPE_CHECKING:
    from matplotlib.axes import Axes

type Place = tuple[float, float]
type Box = tuple[float, float, float, float]
type Corners = list[Place]
"""Lower left, lower right, upper right, upper left."""

_LARGEST: Final = 0.2
_SMALLEST: Final = 0.06
_NEAR: Final = 0.06
_GAP: Final = 0.05
_AIR: Final = 2.8
_ALONE: Final = 0.6
_ROUNDS: Final = 200
_SHAPE: Final = 0.7
_SEEN: Final = 0.02
_TRIES: Final = 5
_GROWS: Final = 1.15
_NUMBERED: Final = 12
_ALONG: Final = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72)
"""Where on a line its number may stand."""


def draw_web(plot: Web, look: Look, room: tuple[float, float]) -> Drawn:
    """Draw a web in at least this room (inches); it takes more where its names need it."""
    names = {node.item.key: wrapped(node.item.name, 20, 3) for node in plot.nodes}
    radii = _radii(plot.nodes)
    sizes = {key: _size(names[key], radii[key], look) for key in names}
    below = look.size * LINE / 72 + 3 * PAD
    (width, height), places = _laid_out(plot, sizes, _extent(sizes, room, below), below)
    figure = figure_of(width, height, look)
    axes = axes_in(figure, PAD, below - PAD, PAD, PAD, look)
    axes.set_xlim(0, width - 2 * PAD)
    axes.set_ylim(0, height - below)
    centres = {key: (x, y + sizes[key][1] / 2 - radii[key]) for key, (x, y) in places.items()}
    tops = {key: (x, y - radii[key] - _GAP) for key, (x, y) in centres.items()}
    grounds = {key: _ground(names[key], look, tops[key]) for key in names}
    nodes = [_around(centres[key], radii[key]) for key in names]
    labels = _labels(plot, look, centres, [*grounds.values(), *nodes])
    _draw_edges(axes, plot, look, centres)
    _draw_nodes(axes, plot.nodes, look, centres, radii)
    _draw_grounds(axes, [*grounds.values()], look, 0.8)
    _draw_grounds(axes, [_under(edge.text, place, look) for edge, place in labels.items()], look, 1.0)

    def write(words: str, place: Place, colour: str, down: str) -> None:
        x, y = (place[0] + PAD) / width, (place[1] + below - PAD) / height
        figure.text(x, y, words, ha="center", va=down, color=colour, fontsize=look.size)

    for key, name in names.items():
        write(name, tops[key], look.text, "top")
    for edge, place in labels.items():
        write(edge.text, place, look.quiet, "center")
    said = f"Larger: more passages. Thicker: more {plot.unit}."
    figure.text(PAD / width, PAD / height, said, va="bottom", color=look.quiet, fontsize=look.size)
    return Drawn(figure, tuple(_spots(axes, plot, centres, radii, labels)))


def _laid_out(plot: Web, sizes: Mapping[str, Place], extent: Place, below: float) -> tuple[Place, dict[str, Place]]:
    """How large the figure becomes, and where the boxes of its things stand: it grows until none lies on another."""
    width, height = extent
    for _try in range(_TRIES):
        room = width - 2 * PAD, height - below
        places = apart(_places(plot, room), sizes, room)
        if not _meet(places, sizes):
            break
        width, height = width * _GROWS, height * _GROWS
    return (room[0] + 2 * PAD, room[1] + below), places


def apart(places: Mapping[str, Place], sizes: Mapping[str, Place], room: Place) -> dict[str, Place]:
    """The places moved as little as it takes until boxes of these sizes lie side by side within the room.

    Pairs that overlap are pushed apart along the side on which they overlap least, as a share of the room, for a
    bounded number of rounds.
    """
    import numpy as np

    keys = list(places)
    if not keys:
        return {}
    at = np.array([places[key] for key in keys], dtype=float)
    half = np.array([sizes[key] for key in keys], dtype=float) / 2
    low, high = half, np.maximum(np.array(room) - half, half)
    at = np.clip(at, low, high)
    both = half[:, None, :] + half[None, :, :]
    order = np.sign(np.arange(len(keys))[:, None] - np.arange(len(keys)))[..., None]
    for _round in range(_ROUNDS):
        apart_by = at[:, None, :] - at[None, :, :]
        over = both - np.abs(apart_by)
        np.einsum("iik->ik", over)[:] = 0
        meets = (over > 1e-6).all(axis=2)
        if not meets.any():
            break
        sideways = over[..., 0] * room[1] < over[..., 1] * room[0]
        push = np.where(np.stack([sideways, ~sideways], axis=2) & meets[..., None], over, 0.0)
        signs = np.where(apart_by != 0, np.sign(apart_by), order)
        at = np.clip(at + (push * signs).sum(axis=1) * 0.5, low, high)
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, at, strict=True)}


def _meet(places: Mapping[str, Place], sizes: Mapping[str, Place]) -> bool:
    """Whether any two boxes still lie on each other by more than can be seen."""
    return any(
        abs(x - u) < (sizes[one][0] + sizes[two][0]) / 2 - _SEEN
        and abs(y - v) < (sizes[one][1] + sizes[two][1]) / 2 - _SEEN
        for (one, (x, y)), (two, (u, v)) in combinations(places.items(), 2)
    )


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
        ),
        autolim=False,
    )


def _labels(plot: Web, look: Look, centres: Mapping[str, Place], taken: Sequence[Corners]) -> dict[Edge, Place]:
    """Where the numbers of the strongest edges stand: on their lines, where no name, node or other number is."""
    boxes = [_box(one) for one in taken]
    found: dict[Edge, Place] = {}
    for edge in sorted(plot.edges, key=lambda edge: -edge.weight)[:_NUMBERED]:
        width, height = size_of(edge.text, look.size) if edge.text else (0.0, 0.0)
        (x, y), (u, v) = centres[edge.first], centres[edge.second]
        for share in _ALONG if edge.text else ():
            place = x + (u - x) * share, y + (v - y) * share
            box = place[0] - width / 2, place[1] - height / 2, place[0] + width / 2, place[1] + height / 2
            if not any(_overlap(box, other) for other in boxes):
                found[edge] = place
                boxes.append(box)
                break
    return found


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _box(corners: Corners) -> Box:
    (left, bottom), _two, (right, top), _four = corners
    return left, bottom, right, top


def _around(place: Place, radius: float) -> Corners:
    """The square around a place."""
    (x, y) = place
    return [(x - radius, y - radius), (x + radius, y - radius), (x + radius, y + radius), (x - radius, y + radius)]


def _draw_nodes(
    axes: Axes, nodes: Sequence[Node], look: Look, places: Mapping[str, Place], radii: Mapping[str, float]
) -> None:
    """Discs for codes, squares for themes; each kind at one stroke, which takes a fifth of the time."""
    from matplotlib.collections import EllipseCollection, PolyCollection

    def ink(some: Sequence[Node]) -> dict[str, Any]:
        colours = [look.colour(node.item.slot) for node in some]
        return {"facecolors": colours, "edgecolors": look.background, "linewidths": 1.2, "zorder": 3}

    codes = [node for node in nodes if node.shape == "code"]
    themes = [node for node in nodes if node.shape == "theme"]
    if codes:
        wide = [2 * radii[node.item.key] for node in codes]
        offsets = [places[node.item.key] for node in codes]
        discs = EllipseCollection(
            wide, wide, [0.0] * len(codes), units="xy", offsets=offsets, offset_transform=axes.transData, **ink(codes)
        )
        axes.add_collection(discs, autolim=False)
    if themes:
        squares = [_around(places[node.item.key], radii[node.item.key]) for node in themes]
        axes.add_collection(PolyCollection(squares, **ink(themes)), autolim=False)


def _ground(name: str, look: Look, top: Place) -> Corners:
    """What a name stands on, so that no line runs through it."""
    width, height = size_of(name, look.size)
    left, right, bottom = top[0] - width / 2, top[0] + width / 2, top[1] - height
    return [(left, bottom), (right, bottom), (right, top[1]), (left, top[1])]


def _under(number: str, place: Place, look: Look) -> Corners:
    """What a number on a line stands on."""
    width, height = size_of(number, look.size)
    (x, y), across, up = place, width / 2 + 0.01, height / 2.6
    return [(x - across, y - up), (x + across, y - up), (x + across, y + up), (x - across, y + up)]


def _draw_grounds(axes: Axes, grounds: Sequence[Corners], look: Look, alpha: float) -> None:
    from matplotlib.collections import PolyCollection

    shades = PolyCollection(grounds, facecolors=look.background, edgecolors="none", alpha=alpha, zorder=2.5)
    axes.add_collection(shades, autolim=False)


def _middle(edge: Edge, places: dict[str, Place]) -> Place:
    (x, y), (u, v) = places[edge.first], places[edge.second]
    return (x + u) / 2, (y + v) / 2


def _spots(
    axes: Axes, plot: Web, places: dict[str, Place], radii: dict[str, float], labels: Mapping[Edge, Place]
) -> Iterator[Spot]:
    """Nodes first, then edges at their numbers or their middles, the strongest first."""
    names = {node.item.key: node.item.name for node in plot.nodes}
    for node in plot.nodes:
        key = node.item.key
        box = _box(_around(places[key], max(radii[key], _NEAR)))
        yield Spot((key,), f"{node.item.name}: {node.size:g} passages", axes, *box)
    for edge in sorted(plot.edges, key=lambda edge: -edge.weight):
        words = f"{names[edge.first]} and {names[edge.second]}: {edge.text} {plot.unit}"
        box = _box(_around(labels.get(edge) or _middle(edge, places), _NEAR))
        yield Spot((edge.first, edge.second), words, axes, *box)
