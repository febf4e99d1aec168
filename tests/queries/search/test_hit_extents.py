"""What is coded of hits: they themselves, their sentences, or their turns."""

from __future__ import annotations

import pytest
import small

from qcode.queries.search.hit_extents import hit_units
from qcode.queries.search.searching import Query, search
from qcode.queries.transcripts.documents import document_text


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def found(made, words, extent, **more):
    """The passages, how many hits each holds, and what is shown of it."""
    units = hit_units(made.study, search(made.study, Query(words, around=20, **more)).hits, extent)
    texts = {unit.place.document: document_text(made.study, unit.place.document).text for unit in units}
    return [
        (texts[unit.place.document][unit.place.start : unit.place.end], len(unit.hits), unit.words) for unit in units
    ]


def test_a_sentence_with_several_hits_is_there_once_and_every_hit_is_marked(made):
    assert found(made, "me*", "hit") == [("me", 1, "… I take it home with [me]. …")]
    letters = found(made, "letter* OR three", "sentence")
    assert letters == [
        ("Of the letter.", 1, "Of the [letter]."),
        ("Three letters and you are out.", 2, "[Three] [letters] and you are out."),
    ]


def test_a_turn_holds_all_its_hits(made):
    (turn,) = found(made, "letter* OR sister", "turn")
    assert turn[:2] == ("Of the letter. Three letters and you are out. My sister said: go.", 3)
    assert turn[2] == "Of the [letter]. Three [letters] and you are out. My [sister] said: go."


def test_a_hit_over_two_sentences_stands_for_both(made):
    (both,) = found(made, r"letter\. Three", "sentence", regular_expression=True)
    assert both[:2] == ("Of the letter. Three letters and you are out.", 1)


def test_every_hit_lies_in_its_passage_and_none_is_lost(made):
    hits = search(made.study, Query("e*", around=20)).hits
    for extent in ("hit", "sentence", "turn"):
        units = hit_units(made.study, hits, extent)
        assert sorted(hit.start for unit in units for hit in unit.hits) == sorted(hit.start for hit in hits)
        assert len({unit.place for unit in units}) == len(units)
        for unit in units:
            assert all(unit.place.start <= hit.start < hit.end <= unit.place.end for hit in unit.hits)
            assert {hit.source for hit in unit.hits} == {unit.place.document}
