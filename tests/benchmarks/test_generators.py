"""The generated studies: the same for everyone, as large as promised, and what a real study could hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import astuple

import pytest

from benchmarks import marks, studies, talk, words
from benchmarks.cache import Cache
from benchmarks.files import write_interview
from benchmarks.studies import Long, Team
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, codings
from qcode.queries.integrity import check
from qcode.queries.team import coders
from qcode.queries.transcripts.documents import document_text, documents
from qcode.study import Study
from qcode.text.canonical import normalise
from qcode.transcripts import read, segment

TEAM = Team(documents=6, words=400, codes=12, codings=400, coders=3)
LONG = Long(characters=20_000, codings=150, codes=12, coders=3)


def opened(path, size):
    studies.build(path, size)
    studies.code(path, size)
    return Study.open(path)


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("team") / "team.qcode", TEAM) as study:
        yield study


def placed(study):
    rows = codings(study, Looking())
    names = {row.id: row.name for row in documents(study)}
    return sorted((names[row.document], row.start, row.end, row.name, row.coder_name) for row in rows)


@pytest.mark.parametrize("count", [1, 7, 400, 1_001])
def test_an_interview_has_exactly_as_many_words_as_asked_for(count):
    assert len(talk.interview(1, count).text.split()) == count


@pytest.mark.parametrize("characters", [50, 51, 52, 53, 54, 55, 4_999, 20_000])
def test_a_long_interview_has_exactly_as_many_characters_as_asked_for(characters):
    assert len(talk.long_interview(1, characters).text) == characters


def test_the_same_seed_says_the_same_and_another_seed_something_else():
    assert talk.interview(5, 300) == talk.interview(5, 300)
    assert talk.interview(5, 300).text != talk.interview(6, 300).text
    assert talk.long_interview(5, 3_000) == talk.long_interview(5, 3_000)


@pytest.mark.parametrize(
    "made", [talk.interview(2, 3_000), talk.long_interview(2, 15_000)], ids=["words", "characters"]
)
def test_turns_cover_the_text_and_their_speakers_change(made):
    assert "\n".join(made.text[turn.start : turn.end] for turn in made.turns) == made.text
    assert all(turn.start < turn.end for turn in made.turns)
    assert {turn.role for turn in made.turns} == {"interviewer", "participant", "event"}
    times = [turn.start_ms for turn in made.turns]
    assert times == sorted(times)


def test_the_talk_is_canonical_and_holds_emoji_and_accents():
    text = talk.interview(3, 10_000).text
    assert normalise(text) == (text, ())
    assert any(ord(character) > 0xFFFF for character in text)
    assert any(unicodedata.decomposition(character) for character in text)
    assert any(joined in text for joined in words.EMOJI if len(joined) > 1)


@pytest.mark.parametrize("count", [1, 250])
def test_marks_are_as_many_as_asked_for_and_lie_on_visible_text(count):
    text = talk.interview(4, 2_000).text
    found = marks.shared_marks(9, text, count, codes=10, coders=3)
    assert len(found) == count
    assert found == marks.shared_marks(9, text, count, codes=10, coders=3)
    assert all(0 <= mark.start < mark.end <= len(text) and text[mark.start : mark.end].strip() for mark in found)


def test_several_codings_lie_over_each_other_in_the_long_document():
    text = talk.long_interview(4, LONG.characters).text
    found = marks.overlapping_marks(9, text, LONG.codings, codes=10, coders=3)
    assert len(found) == LONG.codings
    assert max(sum(one.start <= mark.start < one.end for one in found) for mark in found) >= 3
    assert all(mark.end <= len(text) for mark in found)


def test_sentences_are_found_to_their_marks_and_never_across_a_line():
    text = "So it was. “Go,” they said! And?\nThen …\nNo end"
    found = [text[start:end] for start, end in marks.sentence_spans(text)]
    assert found == ["So it was.", "“Go,” they said!", "And?", "Then …", "No end"]


def test_a_team_study_has_the_promised_size_and_is_sound(team):
    assert [row.words for row in documents(team)] == [TEAM.words] * TEAM.documents
    assert sum(row.codable for row in codebook(team)) == TEAM.codes
    assert len(codings(team, Looking())) == TEAM.codings
    assert len(coders(team)) == TEAM.coders
    assert {row.coder_name for row in codings(team, Looking())} == set(words.CODERS[: TEAM.coders])
    assert check(team).problems == ()


def test_its_coders_agree_on_some_codes_more_than_on_others(team):
    found = study_agreement(team, unit="character")
    alphas = [row.alpha for row in found.codes if row.alpha is not None]
    assert len(found.documents) == TEAM.documents - 1  # the last one is still being coded
    assert max(alphas) - min(alphas) > 0.2
    assert 0.2 < found.overall.alpha < 0.95


def test_it_comes_out_the_same_again(team, tmp_path):
    with opened(tmp_path / "again.qcode", TEAM) as again:
        assert placed(again) == placed(team)


def test_the_long_study_is_one_document_of_the_promised_length(tmp_path):
    with opened(tmp_path / "long.qcode", LONG) as study:
        (row,) = documents(study)
        assert row.length == LONG.characters
        assert row.everybodys == LONG.codings
        assert re.search(r"[.!?…]\s", document_text(study, row.id).text)


def test_a_longer_one_has_the_same_density():
    assert LONG.times(0.1) == Long(2_000, 15, LONG.codes, LONG.coders)


def test_a_word_file_is_read_as_the_interview_it_was_made_from(tmp_path):
    write_interview(tmp_path / "one.docx", 7, 500)
    reading = read(tmp_path / "one.docx")
    made, wanted = segment(reading), talk.interview(7, 500)
    spoken = [made.text[turn.start : turn.end] for turn in made.turns if turn.speaker]
    assert spoken == [wanted.text[turn.start : turn.end] for turn in wanted.turns if turn.speaker]


def test_the_cache_generates_once_and_forgets_older_generators(tmp_path):
    made = []
    (tmp_path / "of-an-older-source").mkdir()
    for _ in range(2):
        Cache(tmp_path).file("one", lambda path: made.append(path.write_text("x")))
    assert made == [1]
    assert not (tmp_path / "of-an-older-source").exists()


def test_a_study_from_the_cache_is_found_by_its_size(tmp_path):
    cache = Cache(tmp_path)
    size = Team(documents=1, words=60, codes=2, codings=6, coders=2)
    first = cache.coded(size)
    assert first == cache.coded(size) != cache.bare(size)
    assert all(str(number) in first.name for number in astuple(size))
