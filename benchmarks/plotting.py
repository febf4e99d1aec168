"""Plots of data A, drawn and painted as the window does it: in its room, with every name and number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QApplication

from benchmarks.bench import Bench
from benchmarks.figures import Figure, timed
from benchmarks.measuring import timing
from qcode.analysis.cooccurrence import cooccurrence
from qcode.analysis.corpus import Corpus
from qcode.analysis.crosstab import Crosstab, crosstab
from qcode.analysis.timeline import timeline
from qcode.reports.plot_values import Edge, Heat, Item, Lanes, Look, Node, Number, Plot, Stretch, Web
from qcode.reports.plots import draw
from qcode.ui.themes.analysis.plot_view import painted

_TARGET = 0.2
_LOOK = Look("#fdfcfa", "#22252a", "#565c66", "#dedbd4", "#2459b3", "#f4f2ee", "#2459b3", ("#285cc2", "#d77500"))
_ROOM = 10.2, 4.2
_LEAST = 5


def plots(bench: Bench, found: Corpus) -> Iterator[Figure]:
    """Each kind of plot, from its values to the last dot; the values are made beforehand."""
    app = QApplication.instance() or QApplication([])  # words are written by Qt
    for name, plot in _plots(found):
        taken = timing(partial(_painted, plot), bench.runs(7))
        yield timed(f"plot {name} A", f"A: plot of {name}, drawn and painted", taken, target=_TARGET)
    del app


def _painted(plot: Plot) -> None:
    painted(draw(plot, _LOOK, _ROOM), 1.0)


def _plots(found: Corpus) -> Iterator[tuple[str, Plot]]:
    for by in ("document", "group"):
        yield f"codes by {by}", _cells(crosstab(found, by))
    together = cooccurrence(found, "turn")
    nodes = tuple(
        Node(Item(one.code.id, one.code.name, one.code.colour), one.passages) for one in together.network().nodes
    )
    edges = tuple(Edge(one.first, one.second, one.count, f"{one.count}") for one in together.pairs(least=_LEAST))
    yield "codes together as a network", Web("", nodes, edges, "turns")
    along = timeline(found, found.texts[0].document)
    stretches = tuple(
        Stretch(track.code.id, *span, (track.code.id, str(place)))
        for track in along.tracks
        for place, span in enumerate(track.spans)
    )
    tracks = tuple(Item(track.code.id, track.code.name, track.code.colour) for track in along.tracks)
    yield "the codes along a transcript", Lanes("", tracks, stretches, along.words, "words")


def _cells(table: Crosstab) -> Heat:
    rows = tuple(Item(row.key, row.name) for row in table.rows)
    columns = tuple(Item(one.key, one.name) for one in table.columns[:-1])
    numbers = tuple(tuple(Number(cell.count, f"{cell.count}") for cell in row[:-1]) for row in table.cells)
    return Heat("", rows, columns, numbers, table.count)
