"""The map of themes and codes: what lies on it and where, and which codes overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from qcode.analysis.corpus import Corpus, CountedTheme, Mark, united
from qcode.models import MapPlace
from qcode.models.merging import merged_codes
from qcode.queries.corpus import corpus
from qcode.queries.themes import ThemeRow, themes
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
    """What joins two things: a sub-theme, a code that a theme gathers, or two codes on overlapping passages."""

    kind: Literal["below", "gathers", "overlaps"]
    first: Thing
    second: Thing
    passages: tuple[Mark, ...] = ()
    """The overlaps, as the stretches that both codes cover, each with the codings behind them."""

    @property
    def count(self) -> int:
        """How many overlaps there are."""
        return len(self.passages)


@dataclass(frozen=True, slots=True)
class ThemeMap:
    """All that lies on the map; `said` says what was counted."""

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    said: str

    @property
    def overlaps(self) -> tuple[MapEdge, ...]:
        """The overlaps of codes."""
        return tuple(edge for edge in self.edges if edge.kind == "overlaps")


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
    return ThemeMap(tuple(nodes), (*joined, *overlaps(counted)), counted.said)


def overlaps(counted: Corpus) -> Iterator[MapEdge]:
    """Every two codes that share characters of a text, with the stretches that they share, in codebook order."""
    found: dict[tuple[str, str], list[Mark]] = {}
    for text in counted.texts:
        standing: list[Mark] = []
        for mark in counted.marks[text.document]:
            standing = [one for one in standing if one.end > mark.start]
            for one in standing:
                if one.code != mark.code:
                    first, second = sorted((one.code, mark.code), key=lambda code: counted.rank[code])
                    found.setdefault((first, second), []).append(_shared(one, mark))
            standing.append(mark)
    order = sorted(found, key=lambda pair: (counted.rank[pair[0]], counted.rank[pair[1]]))
    return (MapEdge("overlaps", ("code", one), ("code", other), tuple(found[one, other])) for one, other in order)


def _shared(one: Mark, other: Mark) -> Mark:
    """The stretch that two passages share, with the codings of both."""
    codings = tuple(dict.fromkeys((*one.codings, *other.codings)))
    return one._replace(start=other.start, end=min(one.end, other.end), codings=codings)


def _themes(rows: Sequence[ThemeRow], counted: Corpus, places: Mapping[Thing, tuple[int, int]]) -> Iterator[MapNode]:
    known = {theme.id: theme for theme in counted.themes}
    for row in rows:
        thing: Thing = ("theme", row.id)
        passages = _passages(counted, known[row.id]) if row.id in known else ()
        yield MapNode(thing, row.name, passages, row.depth, 0, places.get(thing))


def _passages(counted: Corpus, theme: CountedTheme) -> tuple[Mark, ...]:
    """The passages of a theme, each stretch once whatever codes of it are there."""
    codes = set(theme.codes)
    return tuple(
        mark
        for text in counted.texts
        for mark in united(
            text.text, (one._replace(code=theme.id) for one in counted.marks[text.document] if one.code in codes)
        )
    )


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
