"""Counting data A: what is counted is read, renewed after one coding, and put into every table and network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import batched, count

from benchmarks.bench import Bench, select
from benchmarks.coding import first_code
from benchmarks.figures import Figure, Floor, timed
from benchmarks.measuring import Taken, Timing, take, timing
from benchmarks.plotting import plots
from benchmarks.studies import current_round
from qcode.analysis.association import associations, load
from qcode.analysis.cooccurrence import WAYS, By, Network, cooccurrence
from qcode.analysis.corpus import Corpus
from qcode.analysis.crosstab import COUNTS, crosstab
from qcode.analysis.timeline import timeline
from qcode.models.texts import Shelf
from qcode.operations.cells import write_cells
from qcode.operations.coding import apply_codes
from qcode.operations.passages import Passage
from qcode.operations.reconciling import decide_alike
from qcode.operations.themes import add_theme, gather_codes
from qcode.queries.codebook.tree import codebook
from qcode.queries.counting.corpus import corpus
from qcode.queries.disagreements.cases import Cases
from qcode.queries.reports.counted import crosstab_report
from qcode.queries.transcripts.documents import documents
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry

_TARGET = 0.2
_GROUPS = "Residents", "Responders", "Carers"
_CODINGS = "SELECT id, document_id, start, end, code_id, coder_id FROM coding WHERE alive"


def analyse(bench: Bench) -> Iterator[Figure]:
    """What is counted of data A, and all that is counted in it."""
    generated = bench.cache.coded(bench.team)
    with bench.study(generated) as study:
        _divide(study)
        floor = Floor(timing(lambda: select(generated, _CODINGS), bench.runs(9)).wall, "SQL, codings only")
        first = Timing.of([_read(study) for _ in range(bench.runs(5))])
        yield timed("count A", "A: what is counted, read with all texts", first, floor=floor)
        found = corpus(study)
        size = f"{sum(map(len, found.marks.values())):,} stretches in {len(found.texts)} documents"
        yield timed(
            "count edit A", f"A: {size}, renewed after one coding", _renewed(bench, study, found), target=_TARGET
        )
        for name, make in _tables(corpus(study)):
            yield timed(f"table {name} A", f"A: {name}", timing(make, bench.runs(9)), target=_TARGET)
        table = crosstab(corpus(study), "group")
        load()  # the window does so in a worker, when the page is first seen
        tested = Timing.of([take(lambda: associations(table))[0]])
        yield timed("tests A", "A: tests of codes by group, not made before", tested, target=_TARGET)
        yield from plots(bench, corpus(study))
        yield from _settled(bench, study)


def _divide(study: Study) -> None:
    """Put the documents into groups, and the codes under themes."""
    rows = documents(study)
    groups = (CellEntry(row.id, "group", _GROUPS[place % len(_GROUPS)]) for place, row in enumerate(rows))
    write_cells(study, "document", Block(tuple(groups)))
    for number, codes in enumerate(batched((row.id for row in codebook(study) if row.codable), 10)):
        gather_codes(study, add_theme(study, name=f"Theme {number}"), codes=codes)


def _read(study: Study) -> Taken:
    study.shelf = Shelf()
    return take(lambda: corpus(study))[0]


def _renewed(bench: Bench, study: Study, found: Corpus) -> Timing:
    """What is left to read after each of some codings; it is the same as reading everything anew."""
    code, where, places = first_code(study), documents(study)[-1].id, count(0, 40)
    taken = []
    for start in (next(places) for _ in range(bench.runs(15))):
        apply_codes(study, passage=Passage(where, start, start + 30), codes=[code], round_id=current_round(study))
        spent, found = take(partial(corpus, study, before=found))
        taken.append(spent)
    if found.marks != corpus(study).marks:
        raise AssertionError("what is counted after an edit is not what is counted anew")
    return Timing.of(taken)


def _tables(found: Corpus) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every table and network, as a name and what makes it."""
    yield "the first look at what was read", lambda: replace(found).grid
    for number in COUNTS:
        yield f"codes by document, {number}", partial(crosstab, found, "document", count=number)
    yield "codes by group, turns", partial(crosstab, found, "group", count="turns")
    yield "themes by group, words", partial(crosstab, found, "group", rows="themes", count="words")
    yield "codes by document, ready to print", lambda: crosstab_report(crosstab(found, "document", count="turns"))
    for way in WAYS:
        yield f"codes together by {way}, network", partial(_network, found, way)
    yield "timeline", partial(timeline, found, found.texts[0].document)


def _network(found: Corpus, way: By) -> Network:
    return cooccurrence(found, way).network()


def _settled(bench: Bench, study: Study) -> Iterator[Figure]:
    """The same where everything that two coders handed in is settled, and after one more coding."""
    for outcome in ("union", "all", "none"):
        if rows := Cases.of(study).queue().rows:
            decide_alike(study, rows, outcome=outcome)
    first = Timing.of([_read(study) for _ in range(bench.runs(3))])
    found = corpus(study)
    what = f"A: the consensus of {len(found.settled)} documents, read with all texts"
    yield timed("count settled A", what, first)
    yield timed("count settled edit A", "A: … renewed after one coding", _renewed(bench, study, found), target=_TARGET)
