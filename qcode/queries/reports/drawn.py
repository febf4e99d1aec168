"""What is counted as plots, for pages and for packs: values that know no window and no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qcode.analysis.cooccurrence import By, Cooccurrence
from qcode.analysis.cooccurrence import Edge as Pair
from qcode.analysis.corpus import Cell
from qcode.analysis.crosstab import Crosstab
from qcode.analysis.saturation import Run
from qcode.analysis.timeline import Lane, Timeline, Track
from qcode.queries.counting.saturation import Assessed
from qcode.queries.reports.counted import Small
from qcode.reports.plot_values import Curve, Edge, Heat, Item, Lanes, Node, Number, Step, Stretch, Voice, Web

UNITS: Final[dict[By, str]] = {
    "overlap": "stretches together",
    "turn": "turns together",
    "document": "documents together",
}
_READABLE: Final = 24
"""So many edges can be told apart in a printed network."""


def cells_plot(table: Crosstab, *, small: Small | None = None, titles: Mapping[str, str] | None = None) -> Heat | None:
    """Counts as cells, without the column of all; None without cells.

    `small` says what is done about counts of few participants: what is hidden has no shade either. `titles` are what
    rows are called in print, by their keys; without them, their names.
    """
    known, small = titles or {}, small or Small()
    columns = table.columns[:-1]
    shown = [place for place, row in enumerate(table.rows) if not row.heading]
    if not columns or not shown:
        return None
    rows = [table.rows[place] for place in shown]
    title = f"{table.rows_are.capitalize()} by {table.by}"
    heads = tuple(Item(column.key, f"{column.name} ({column.of:,})", place) for place, column in enumerate(columns))
    sides = tuple(
        Item(row.key, known.get(row.key, row.name), place if row.colour is None else row.colour)
        for place, row in enumerate(rows)
    )
    numbers = tuple(tuple(_number(cell, small) for cell in table.cells[place][:-1]) for place in shown)
    return Heat(title, sides, heads, numbers, table.count)


def _number(cell: Cell, small: Small) -> Number:
    if small.hides(cell.row, cell.column):
        return Number(None, small.told(cell, ""))
    return Number(float(cell.count), small.told(cell, f"{cell.count:,}" if cell.count else ""))


def readable(found: Cooccurrence) -> int:
    """How often two codes must stand together at least, that the network of them can be read in print."""
    counts = [pair.count for pair in found.pairs()]
    return counts[_READABLE] + 1 if len(counts) > _READABLE and counts[_READABLE] < counts[0] else 1


def web_plot(found: Cooccurrence, pairs: tuple[Pair, ...]) -> Web:
    """Codes and how often they stand together, those of these pairs."""
    kept = {code for pair in pairs for code in (pair.first, pair.second)}
    nodes = tuple(
        Node(Item(node.code.id, node.code.name, node.code.colour), node.passages)
        for node in found.network().nodes
        if node.code.id in kept
    )
    edges = tuple(Edge(pair.first, pair.second, pair.count, f"{pair.count:,}") for pair in pairs)
    return Web("Co-occurrence of codes", nodes, edges, UNITS[found.by])


def curve_plot(assessed: Assessed) -> Curve:
    """How codes grow from document to document, and how what is new falls."""
    ending = {run.last: run for run in assessed.found.runs}
    steps = tuple(
        Step(Item(event.document, event.name), event.known, len(event.new), _percent(ending.get(place)))
        for place, event in enumerate(assessed.found.events, 1)
    )
    criteria = assessed.found.criteria
    return Curve("Saturation", steps, criteria.base, criteria.threshold, assessed.found.after)


def _percent(run: Run | None) -> float | None:
    return None if run is None else 100 * run.share


def lanes_plot(found: Timeline) -> Lanes:
    """Where codes hold along a transcript, and who speaks there."""
    stretches = tuple(
        Stretch(track.code.id, first, last, (track.code.id, str(place)), _told(track, first, last))
        for track in found.tracks
        for place, (first, last) in enumerate(track.spans)
    )
    asking = sum(lane.role == "interviewer" for lane in found.lanes)
    voices = tuple(
        Voice(first, last, _voice(lane, asking), lane.role in ("interviewer", "event"))
        for lane in found.lanes
        for first, last in lane.spans
    )
    tracks = tuple(Item(track.code.id, track.code.name, track.code.colour) for track in found.tracks)
    return Lanes(found.name, tracks, stretches, found.words, "words", voices)


def _voice(lane: Lane, asking: int) -> str:
    """What a lane is called: an interviewer's label, often a letter, tells nothing by itself."""
    if lane.role != "interviewer" or "interviewer" in lane.speaker.casefold():
        return lane.speaker
    return "Interviewer" if asking == 1 else f"Interviewer {lane.speaker}"


def _told(track: Track, first: int, last: int) -> str:
    words = last - first
    return f"{track.code.name}: {words:,} word{'' if words == 1 else 's'} from word {first + 1:,} on"
