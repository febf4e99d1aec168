"""Retrieving: all passages of a code, and looking whether a study holds what it should."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import peers
from benchmarks.bench import Bench, select
from benchmarks.figures import Figure, Floor, timed
from benchmarks.measuring import Taken, Timing, take, timing
from benchmarks.panels import answered, panel_of
from qcode.models.texts import Shelf
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, passages
from qcode.queries.integrity import check
from qcode.study import Study
from qcode.ui.drawer.passages import PassagesPanel

_WISHED = 600
_PASSAGES = """
SELECT coding.id, coding.start, coding.end, code.name, coder.initials, document.name FROM coding
JOIN code ON code.id = coding.code_id JOIN coder ON coder.id = coding.coder_id
JOIN document ON document.id = coding.document_id
WHERE coding.alive AND coding.code_id = ? ORDER BY document.position, coding.start
"""


def retrieve(bench: Bench) -> Iterator[Figure]:
    """The passages of one code, with texts at hand and with none read yet."""
    path = bench.cache.coded(bench.team)
    with bench.study(path) as study:
        code = min((row for row in codebook(study) if row.codable), key=lambda row: abs(row.everybodys - _WISHED))
        looking = Looking(codes=[code.id])
        floor = Floor(timing(lambda: select(path, _PASSAGES, code.id), bench.runs(9)).wall, "SQL, places only")
        again = timing(lambda: passages(study, looking), bench.runs(15))
        first = Timing.of([_first(study, looking) for _ in range(bench.runs(9))])
        size = f"{len(passages(study, looking))} passages of one code"
        painted = _in_panel(bench, study, looking)
    yield timed("passages A", f"A: {size}", again, floor=floor, peers=bench.compared(peers.PASSAGES), target=0.02)
    yield timed("first passages A", f"A: {size}, no text read before", first, peers=bench.compared(peers.PASSAGES))
    yield timed("passages panel A", "A: the same in their panel, painted", painted)


def look_after(bench: Bench) -> Iterator[Figure]:
    """The whole integrity check: ranges, texts and the replay of the journal."""
    with bench.study(bench.cache.coded(bench.team)) as study:
        spent, found = Timing.of([take(lambda: check(study))[0] for _ in range(bench.runs(3))]), check(study)
    if found.problems:
        raise AssertionError(found.problems[0])
    yield timed(
        "check A", "A: check the whole study", spent, note=f"{found.rows:,} rows replayed from {found.steps} steps"
    )


def _in_panel(bench: Bench, study: Study, looking: Looking) -> Timing:
    with panel_of(study, PassagesPanel) as panel:

        def is_there() -> bool:
            return not panel.reading

        return answered(
            lambda: panel.look("One code", looking),
            lambda: panel.look("No code", Looking(codes=[])),
            panel.table.viewport(),
            is_there,
            bench.runs(9),
        )


def _first(study: Study, looking: Looking) -> Taken:
    study.shelf = Shelf()
    return take(lambda: passages(study, looking))[0]
