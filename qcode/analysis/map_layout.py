"""A first layout for a map of boxes that are joined: near where they are joined, and never one over another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, NamedTuple

_SHARE: Final = 0.4
"""How much of the map the boxes cover."""
_WIDE: Final = 1.9
"""How much wider than high the map is."""
_LEAST: Final = 1080.0
"""How wide a map of few boxes is."""
_GAP: Final = 14.0
_TURNS, _PASSES, _GROW = 12, 80, 1.12


class Joint(NamedTuple):
    """Two boxes that belong together; one twice as heavy is half as long. What weighs nothing does not draw."""

    first: Hashable
    second: Hashable
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Box[K: Hashable]:
    """Something that takes room; `place` is where its middle is put, None where that is to be found."""

    key: K
    width: float
    height: float
    place: tuple[int, int] | None = None


@dataclass(slots=True)
class _Spot:
    x: float
    y: float
    width: float
    height: float
    stays: bool


def laid_out[K: Hashable](boxes: Sequence[Box[K]], joints: Sequence[Joint]) -> dict[K, tuple[int, int]]:
    """Where the middle of each box lies, to the right and downwards of the middle of the map.

    What has a place keeps it; new boxes come near those they are joined with. The same boxes and joints give the same
    layout (Kamada and Kawai's, as networkx computes it, then moved apart where boxes cover each other).
    """
    if not boxes:
        return {}
    known = {box.key: box.place for box in boxes if box.place is not None}
    found = _near(boxes, joints, known) if known else _spread(boxes, joints)
    spots = [_Spot(*found[box.key], box.width, box.height, box.key in known) for box in boxes]
    _move_apart(spots)
    return {box.key: (round(spot.x), round(spot.y)) for box, spot in zip(boxes, spots, strict=True)}


def _spread[K: Hashable](boxes: Sequence[Box[K]], joints: Sequence[Joint]) -> dict[K, tuple[float, float]]:
    """Boxes as far from each other as the joints between them are long; what hangs together around one middle."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(box.key for box in boxes)
    keys = set(graph)
    for joint in joints:
        if {joint.first, joint.second} <= keys and joint.weight > 0:
            graph.add_edge(joint.first, joint.second, length=1 / joint.weight)
    hub = object()
    for part in list(nx.connected_components(graph)):
        order = [box.key for box in boxes if box.key in part]
        graph.add_edge(hub, max(order, key=graph.degree), length=1.4)
    far = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    room = sum((box.width + _GAP) * (box.height + _GAP) for box in boxes) / _SHARE
    across = max(sqrt(room * _WIDE), _LEAST) / 2
    free = nx.kamada_kawai_layout(graph, dist=far, pos=nx.circular_layout(graph))
    places = [(float(free[box.key][0]), float(free[box.key][1])) for box in boxes]
    middle = tuple((min(along) + max(along)) / 2 for along in zip(*places, strict=True))
    reach = max((max(abs(x - middle[0]), abs(y - middle[1])) for x, y in places), default=0.0) or 1.0
    scale = across / reach
    return {
        box.key: ((x - middle[0]) * scale, (y - middle[1]) * scale / _WIDE)
        for box, (x, y) in zip(boxes, places, strict=True)
    }


def _near[K: Hashable](
    boxes: Sequence[Box[K]], joints: Sequence[Joint], known: Mapping[K, tuple[int, int]]
) -> dict[K, tuple[float, float]]:
    """New boxes between those they are joined with; those joined with nothing below all others."""
    found: dict[Hashable, tuple[float, float]] = {key: (float(at[0]), float(at[1])) for key, at in known.items()}
    beside: dict[Hashable, list[Hashable]] = {}
    for joint in joints:
        beside.setdefault(joint.first, []).append(joint.second)
        beside.setdefault(joint.second, []).append(joint.first)
    lowest = max(at[1] for at in known.values())
    for number, box in enumerate(box for box in boxes if box.key not in known):
        there = [found[key] for key in beside.get(box.key, ()) if key in found]
        if there:
            middle = sum(at[0] for at in there) / len(there), sum(at[1] for at in there) / len(there)
            found[box.key] = middle[0] + 3 + number, middle[1] + 40
        else:
            found[box.key] = number * (box.width + _GAP), lowest + 4 * box.height
    return {box.key: found[box.key] for box in boxes}


def _move_apart(spots: Sequence[_Spot]) -> None:
    """Move boxes that cover each other apart, those that stay not at all; where it is too narrow, spread all first."""
    for _turn in range(_TURNS):
        for _pass in range(_PASSES):
            if not _pushed(spots):
                return
        for spot in spots:
            if not spot.stays:
                spot.x, spot.y = spot.x * _GROW, spot.y * _GROW


def _pushed(spots: Sequence[_Spot]) -> bool:
    """Push every two boxes apart that cover each other, the shorter way; whether there were any."""
    pushed = False
    for number, one in enumerate(spots):
        for other in spots[number + 1 :]:
            right = (one.width + other.width) / 2 + _GAP - abs(other.x - one.x)
            down = (one.height + other.height) / 2 + _GAP - abs(other.y - one.y)
            if right > 0 and down > 0 and not (one.stays and other.stays):
                pushed = True
                _push(one, other, right, down)
    return pushed


def _push(one: _Spot, other: _Spot, right: float, down: float) -> None:
    share = 1.0 if one.stays or other.stays else 0.5
    if down <= right:
        step = (down + 0.5) * share * (1 if other.y >= one.y else -1)
        _shift(one, 0, -step)
        _shift(other, 0, step)
    else:
        step = (right + 0.5) * share * (1 if other.x >= one.x else -1)
        _shift(one, -step, 0)
        _shift(other, step, 0)


def _shift(spot: _Spot, x: float, y: float) -> None:
    if not spot.stays:
        spot.x, spot.y = spot.x + x, spot.y + y
