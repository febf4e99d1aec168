"""Searching: a phrase from the index, a regular expression, the words that are said, and the panel that shows hits."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain, pairwise

from benchmarks.bench import Bench
from benchmarks.figures import Figure, Floor, timed
from benchmarks.measuring import Taken, Timing, take, timing
from benchmarks.panels import answered, panel_of
from qcode.queries.counting.talk import word_counts
from qcode.queries.search.index import clear_index, update_index
from qcode.queries.search.searching import Query, search
from qcode.queries.transcripts.documents import document_text, documents
from qcode.study import Study
from qcode.text.words import words
from qcode.ui.drawer.search import SearchPanel

_WISHED = 600
_SAMPLE = 20
_MATCHING = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid"


def search_study(bench: Bench) -> Iterator[Figure]:
    """All transcripts of data A, with their texts at hand as they are after the first search."""
    with bench.study(bench.cache.coded(bench.team)) as study:
        texts = [document_text(study, row.id).text for row in documents(study)]
        pairs = _phrases(texts)
        first, second = pairs.pop(0)
        making = Timing.of([_indexed(study) for _ in range(bench.runs(3))])
        yield timed("index A", f"A: index {len(texts)} documents for the first search", making)
        yield _phrase(bench, study, f'"{first} {second}"')
        never = Timing.of([_asked(study, f'"{one} {other}"') for one, other in pairs[: bench.runs(15)]])
        yield timed("new phrase A", "A: about as many hits of a phrase that was never asked for before", never)
        yield _expressions(bench, study, texts, rf"\b{first}\b[^.?!]*\b{second}\b")
        yield _panel(bench, study, f'"{first} {second}"')
        yield _words(bench, study, texts)


def _phrase(bench: Bench, study: Study, phrase: str) -> Figure:
    found = search(study, Query(phrase))
    spent = timing(lambda: search(study, Query(phrase)), bench.runs(15))
    with closing(sqlite3.connect(study.path)) as connection:
        floor = timing(lambda: connection.execute(_MATCHING, (phrase,)).fetchall(), bench.runs(15)).wall
    what = f"A: {len(found.hits)} hits of a phrase in {found.sources} documents, in context"
    return timed("phrase A", what, spent, floor=Floor(floor, "FTS5, numbers of turns only"), target=0.02)


def _expressions(bench: Bench, study: Study, texts: Sequence[str], expression: str) -> Figure:
    query, pattern = Query(expression, regular_expression=True), re.compile(expression, re.IGNORECASE)
    found = search(study, query)
    floor = timing(lambda: [pattern.findall(text) for text in texts], bench.runs(5)).wall
    spent = timing(lambda: search(study, query), bench.runs(5))
    what = f"A: {len(found.hits)} hits of a regular expression"
    return timed("expression A", what, spent, floor=Floor(floor, "Python's re alone"))


def _words(bench: Bench, study: Study, texts: Sequence[str]) -> Figure:
    floor = timing(lambda: Counter(chain(*(words(text) for text in texts))), bench.runs(3)).wall
    listed = word_counts(study)
    spent = timing(lambda: word_counts(study), bench.runs(3))
    what = f"A: {len(listed.words):,} words that are said, by document and group"
    return timed("words A", what, spent, floor=Floor(floor, "counting all words"))


def _panel(bench: Bench, study: Study, phrase: str) -> Figure:
    with panel_of(study, SearchPanel) as panel:

        def is_there() -> bool:
            return not panel.searching

        spent = answered(
            lambda: panel.look(phrase), lambda: panel.look("q"), panel.table.viewport(), is_there, bench.runs(9)
        )
    return timed("phrase panel A", "A: the same in its panel, painted, after the pause in typing", spent)


def _asked(study: Study, phrase: str) -> Taken:
    return take(lambda: search(study, Query(phrase)))[0]


def _phrases(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of words that stand together about as often as one code is used, the nearest first."""
    sample = texts[:_SAMPLE]
    pairs = Counter(chain(*(pairwise(words(text)) for text in sample)))
    wished = _WISHED * len(sample) / len(texts)
    return sorted(pairs, key=lambda pair: (abs(pairs[pair] - wished), pair))


def _indexed(study: Study) -> Taken:
    clear_index(study)
    return take(lambda: update_index(study))[0]
