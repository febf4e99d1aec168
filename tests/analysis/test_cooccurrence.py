"""Codes that stand together, and codes along a transcript, counted plainly beside it."""

from __future__ import annotations

from itertools import combinations

import counted
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.cooccurrence import WAYS, TooFewCodesError, cooccurrence
from qcode.analysis.timeline import NothingOnTheLineError, timeline


def meet(one, other):
    return one.document == other.document and max(one.start, other.start) < min(one.end, other.end)


def words_of(corpus, codes):
    """The words that all of these codes lie on, each by its document and its first letter."""
    return {
        (text.document, at)
        for text in corpus.texts
        for at in text.word_starts
        if all(
            any(mark.code == code and mark.start <= at < mark.end for mark in corpus.marks[text.document])
            for code in codes
        )
    }


def units_of(corpus, by, code):
    if by == "document":
        return {mark.document for mark in corpus.all_marks() if mark.code == code}
    return {
        (text.document, number)
        for text in corpus.texts
        for mark in corpus.marks[text.document]
        for number, turn in enumerate(text.turns)
        if mark.code == code and turn.counted and max(mark.start, turn.start) < min(mark.end, turn.end)
    }


def brute(corpus, by, one, other):
    """How often two codes stand together, of how much both have and either has, and the passages that do."""
    marks = [mark for mark in corpus.all_marks() if mark.code in (one, other)]
    if by == "overlap":
        pairs = [pair for pair in combinations(marks, 2) if pair[0].code != pair[1].code and meet(*pair)]
        both, either = words_of(corpus, [one, other]), words_of(corpus, [one]) | words_of(corpus, [other])
        return len(pairs), both, either, {id(mark) for pair in pairs for mark in pair}
    both = units_of(corpus, by, one) & units_of(corpus, by, other)
    either = units_of(corpus, by, one) | units_of(corpus, by, other)
    return len(both), both, either, None


@given(counted.corpora(), st.sampled_from(WAYS))
@settings(max_examples=60)
def test_each_pair_is_counted_as_looking_at_all_passages_does(corpus, by):
    used = [one.id for one in corpus.codes if one.id in {mark.code for mark in corpus.all_marks()}]
    if len(used) < 2:
        with pytest.raises(TooFewCodesError):
            cooccurrence(corpus, by)
        return
    found = cooccurrence(corpus, by)
    assert [one.id for one in found.codes] == used
    edges = {(edge.first, edge.second): edge for edge in found.pairs()}
    for (place, one), (at, other) in combinations(enumerate(used), 2):
        count, both, either, passages = brute(corpus, by, one, other)
        assert found.counts[place, at] == found.counts[at, place] == count
        assert found.jaccard[place, at] == pytest.approx(len(both) / len(either) if either else 0)
        cell = found.cell(one, other)
        assert (cell.count, (one, other) in edges) == (count, count > 0)
        assert passages is None or {id(mark) for mark in cell.passages} == passages
        assert bool(cell.passages) == bool(count)
    own = [len([mark for mark in corpus.all_marks() if mark.code == code]) for code in used]
    assert by != "overlap" or list(found.counts.diagonal()) == own
    network = found.network(least=2)
    assert [node.passages for node in network.nodes] == own
    assert {(edge.first, edge.second) for edge in network.edges} == {
        key for key, edge in edges.items() if edge.count > 1
    }


@given(counted.corpora())
@settings(max_examples=20)
def test_a_line_has_each_passage_as_long_as_its_words(corpus):
    for text in corpus.texts:
        own = corpus.marks[text.document]
        if not own:
            with pytest.raises(NothingOnTheLineError, match=f"Nothing in “{text.name}” is coded yet"):
                timeline(corpus, text.document)
            continue
        line = timeline(corpus, text.document)
        assert line.words == len(text.text.split())
        assert {track.code.id for track in line.tracks} == {mark.code for mark in own}
        assert sum(len(track.marks) for track in line.tracks) == len(own)
        for track in line.tracks:
            assert track.words == len(
                words_of(corpus, [track.code.id]) & {(text.document, at) for at in text.word_starts}
            )
        said = [span for lane in line.lanes for span in lane.spans]
        assert sum(last - first for first, last in said) == sum(turn.words for turn in text.turns if turn.speaker)
