"""The map of themes and codes: what lies on it and where, and which codes overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from qcode.analysis.cooccurrence import Cooccurrence, TooFewCodesError, cooccurrence
from qcode.analysis.corpus import Corpus, Mark
from qcode.models import MapPlace
from qcode.models.merging import merged_codes
from qcode.queries.counting.corpus import corpus
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.study import Study

type Thing = tuple[Literal["theme", "code"], str]
"""A theme or a code, by its id."""


@dataclass(frozen=True, slots=True)
class MapNode:
    """A theme or a code on the map; `place` is where somebody put it, None while nobody did.

    `passages` are those it has, each stretch once; `depth` is a theme's in the outline, `colour` a code's slot of the
    palette.
    """

    thing: Thing
    name: str
    passages: tuple[Mark, ...]
    depth: int = 0
    colour: int = 0
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class MapEdge:
    """What joins two things: a sub-theme, a code that a theme gathers, or two codes on overlapping passages.

    `count` says how many overlaps there are, as co-occurrence counts them.
    """

    kind: Literal["below", "gathers", "overlaps"]
    first: Thing
    second: Thing
    count: int = 0


@dataclass(frozen=True, slots=True)
class ThemeMap:
    """All that lies on the map; `said` says what was counted."""

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    said: str
    together: Cooccurrence | None = None

    @property
    def overlaps(self) -> tuple[MapEdge, ...]:
        """The overlaps of codes, the most frequent first."""
        return tuple(edge for edge in self.edges if edge.kind == "overlaps")

    def passages(self, edge: MapEdge) -> tuple[Mark, ...]:
        """The passages behind an overlap."""
        return self.together.cell(edge.first[1], edge.second[1]).passages if self.together else ()


def theme_map(study: Study, *, counted: Corpus | None = None) -> ThemeMap:
    """Themes, the codes that they gather or that have passages, and what joins them."""
    counted = corpus(study) if counted is None else counted
    rows = themes(study)
    places = _places(study)
    gathered = {code for row in rows for code, _name in row.codes}
    of_code: dict[str, list[Mark]] = {}
    for mark in counted.all_marks():
        of_code.setdefault(mark.code, []).append(mark)
    known = [code for code in counted.codes if code.id in gathered or code.id in of_code]
    nodes = [*_themes(rows, counted, places)]
    nodes += [
        MapNode(("code", one.id), one.name, tuple(of_code.get(one.id, ())), 0, one.colour, places.get(("code", one.id)))
        for one in known
    ]
    there = {node.thing for node in nodes}
    joined = (edge for edge in _joined(rows) if {edge.first, edge.second} <= there)
    together = _together(counted)
    pairs = together.pairs() if together else ()
    over = (MapEdge("overlaps", ("code", one.first), ("code", one.second), one.count) for one in pairs)
    return ThemeMap(tuple(nodes), (*joined, *over), counted.said, together)


def _together(counted: Corpus) -> Cooccurrence | None:
    """Which codes overlap; None while fewer than two have passages."""
    try:
        return cooccurrence(counted, "overlap")
    except TooFewCodesError:
        return None


def _themes(rows: Sequence[ThemeRow], counted: Corpus, places: Mapping[Thing, tuple[int, int]]) -> Iterator[MapNode]:
    for row in rows:
        thing: Thing = ("theme", row.id)
        yield MapNode(thing, row.name, counted.of_theme(row.id), row.depth, 0, places.get(thing))


def _joined(rows: Sequence[ThemeRow]) -> Iterator[MapEdge]:
    known = {row.id for row in rows}
    for row in rows:
        if row.parent in known:
            yield MapEdge("below", ("theme", row.parent or ""), ("theme", row.id))
        for code, _name in row.codes:
            yield MapEdge("gathers", ("theme", row.id), ("code", code))


def _places(study: Study) -> dict[Thing, tuple[int, int]]:
    """Where somebody put things; a code that was merged into another one has no place of its own."""
    with study.read() as session:
        merged = merged_codes(session)
        rows = session.scalars(select(MapPlace).where(MapPlace.alive)).all()
    themes_at: dict[Thing, tuple[int, int]] = {("theme", row.theme_id): (row.x, row.y) for row in rows if row.theme_id}
    codes = ((row.code_id, row) for row in rows if row.code_id and row.code_id not in merged)
    return themes_at | {("code", code): (row.x, row.y) for code, row in codes}
