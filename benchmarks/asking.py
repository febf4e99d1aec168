"""Asking the codes of data A: codes together, apart and near each other, and beside words that are said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from benchmarks.bench import Bench, select
from benchmarks.figures import Figure, Floor, timed
from benchmarks.measuring import Timing, take, timing
from qcode.analysis.code_query import Asking
from qcode.analysis.corpus import Corpus
from qcode.queries.counting.corpus import corpus
from qcode.study import Study
from qcode.text.words import words

_TARGET = 0.1
_MEETING = """
SELECT one.id FROM coding AS one JOIN coding AS other ON other.document_id = one.document_id AND other.alive
WHERE one.alive AND one.code_id = ? AND other.code_id = ? AND other.start < one."end" AND one.start < other."end"
"""


def ask_codes(bench: Bench) -> Iterator[Figure]:
    """Queries over data A once its corpus was read; each is read from what is typed, and gives all its passages."""
    generated = bench.cache.coded(bench.team)
    with bench.study(generated) as study:
        counted = corpus(study)
        laying = Timing.of([take(lambda: Asking(counted).read("*"))[0] for _ in range(bench.runs(5))])
        yield timed("code query, laid out", "A: the corpus laid out for queries, once", laying)
        asking = Asking(counted)
        for name, query in _queries(counted).items():
            yield _asked(bench, asking, name, query)
        yield _floored(bench, study, asking, counted)


def _queries(counted: Corpus) -> dict[str, str]:
    """Queries about the two most frequent codes, and a word that is said often."""
    first, second = (f'"{name}"' for name in _frequent(counted))
    said = Counter(words(counted.texts[0].text)).most_common(60)[-1][0]
    return {
        "not": f"{first} and not {second}",
        "near": f"{first} near:turn(2) {second} or {second} near:word(50) {first}",
        "nested": f"({first} or {second}) not near:turn(1) (* and role:interviewer)",
        "words": f'* and text:"{said}" and not {first}',
        "everything": "* and role:participant",
    }


def _frequent(counted: Corpus) -> list[str]:
    often = Counter(mark.code for mark in counted.all_marks()).most_common(2)
    return [" › ".join(counted.code[code].path) for code, _count in often]


def _asked(bench: Bench, asking: Asking, name: str, query: str) -> Figure:
    found = asking.ask(asking.read(query))
    spent = timing(lambda: asking.ask(asking.read(query)), bench.runs(15))
    what = f"A: {len(found.hits):,} passages of a query ({name})"
    return timed(f"code query, {name}", what, spent, target=_TARGET)


def _floored(bench: Bench, study: Study, asking: Asking, counted: Corpus) -> Figure:
    """Where two codes meet, beside what SQLite needs to find the codings alone."""
    first, second = _frequent(counted)
    ids = [code.id for name in (first, second) for code in counted.codes if " › ".join(code.path) == name]
    query = f'"{first}" overlapping "{second}"'
    found = asking.ask(asking.read(query))
    spent = timing(lambda: asking.ask(asking.read(query)), bench.runs(15))
    floor = timing(lambda: select(study.path, _MEETING, *ids), bench.runs(5)).wall
    what = f"A: {len(found.hits):,} passages where two codes meet"
    return timed("code query, meeting", what, spent, floor=Floor(floor, "SQL, codings only"), target=_TARGET)
