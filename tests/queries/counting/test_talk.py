"""What people say in a study, counted."""

from __future__ import annotations

import pytest
import small

from qcode.operations import documents
from qcode.queries.counting.talk import Voices, hit_counts, word_counts
from qcode.queries.search.searching import ANSWERS, Query, search


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def counts(found):
    return {row.word: row.count for row in found.words}


def test_interviewers_events_and_stop_words_are_left_out(made):
    found = counts(word_counts(made.study))
    assert found["letters"] == found["letter"] == 1
    assert not {"the", "happened", "laughter", "begin"} & found.keys()
    everybody = counts(word_counts(made.study, Voices(roles=None), without_stop_words=False))
    assert everybody["the"] == 2
    assert everybody["laughter"] == everybody["happened"] == 1
    assert "letter" not in counts(word_counts(made.study, more_stop_words=["Letter"]))
    assert min(map(len, counts(word_counts(made.study, shortest=6)))) == 6


def test_who_asks_can_be_decided_later(made):
    documents.describe_speaker(
        made.study, documents.speaker_named(made.study, made.documents[0], "I"), role="participant"
    )
    assert counts(word_counts(made.study))["happened"] == 1


def test_counts_are_told_by_document_and_by_group(made):
    who = documents.add_participant(made.study, pseudonym="Colleen", group="Tenants")
    documents.describe_speaker(
        made.study, documents.speaker_named(made.study, made.documents[0], "P"), role="participant", participant=who
    )
    found = word_counts(made.study, without_stop_words=False)
    row = next(row for row in found.words if row.word == "i")
    assert (dict(row.documents), dict(row.groups)) == (
        {made.documents[0]: 2, made.documents[1]: 1},
        {"Tenants": 2, "Residents": 1},
    )
    assert counts(word_counts(made.study, Voices(groups=["Tenants"]), without_stop_words=False))["i"] == 2
    assert counts(word_counts(made.study, Voices(documents=made.documents[1:]), without_stop_words=False))["i"] == 1


def test_stop_words_are_those_of_the_documents_languages(made):
    turns = (("P", "participant", "El miedo, pues, y la casa."),)
    documents.import_document(made.study, documents.Incoming("ES", small.transcript(turns), language="es"))
    found = counts(word_counts(made.study))
    assert found["miedo"] == 1
    assert "pues" not in found


def test_hits_are_tallied_with_rates_by_document_and_group(made):
    hits = search(made.study, Query("letter* OR wears", roles=ANSWERS)).hits
    first, second = hit_counts(made.study, hits)
    assert (first.key, first.count, second.key, second.count) == (made.documents[0], 2, made.documents[1], 1)
    said = sum(len(text.split()) for _who, role, text in small.SECOND if role == "participant")
    assert second.per_thousand == pytest.approx(1000 / said)
    (group,) = hit_counts(made.study, hits, by="group")
    assert (group.key, group.count, group.words) == ("Residents", 3, first.words + second.words)
