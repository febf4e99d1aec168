from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode import nlp
from qcode.nlp import sentences

TALK = st.text(alphabet=st.sampled_from(list("aZé1 .?!…\n\t“”\"'¿¡()[]-👩\u200d\u0301שم؟。")), max_size=80)


def cut(text, language="en"):
    return [text[start:end] for start, end in sentences(text, language)]


@given(TALK)
@settings(deadline=None, max_examples=150)
def test_sentences_are_ordered_trimmed_ranges_inside_lines_that_hold_all_the_talk(text):
    ranges = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))
    pieces = [text[start:end] for start, end in ranges]
    assert all(piece == piece.strip() and "\n" not in piece for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert sentences(text) == ranges


def test_sentences_end_at_full_stops_and_questions_but_not_at_titles():
    assert cut("Mr. Smith came. Did he stay? No!") == ["Mr. Smith came.", "Did he stay?", "No!"]


def test_a_newline_ends_a_sentence_that_has_no_full_stop():
    text = "so I went\n\n  and then. Right \nyes"
    assert cut(text) == ["so I went", "and then.", "Right", "yes"]


def test_opening_marks_belong_to_the_sentence_they_open():
    assert cut("Hola. ¿Qué tal? ¡Bien!", "es") == ["Hola.", "¿Qué tal?", "¡Bien!"]
    assert cut("He left. “Never.” (laughs) Then") == ["He left.", "“Never.”", "(laughs) Then"]


def test_offsets_are_code_points_after_emoji():
    text = "👩‍👧 came. Yes."
    assert cut(text) == ["👩‍👧 came.", "Yes."]


@pytest.mark.parametrize("language", ["tlh", "", "ja", "es-MX", "de_DE", "../x"])
def test_languages_that_spacy_cannot_load_are_cut_as_any_language(language):
    assert cut("Uno aquí. Dos allá.", language) == ["Uno aquí.", "Dos allá."]


def test_nothing_makes_no_sentence():
    assert sentences("") == sentences(" \n \n") == []


def test_a_line_longer_than_a_million_characters_is_cut():
    text = "palabra. " * 112_000
    assert len(sentences(text, "es")) == 112_000


def test_spacy_is_loaded_only_when_sentences_are_cut():
    code = "import sys, qcode.nlp; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_pipeline_that_remembers_too_many_words_makes_place_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "_WORDS_REMEMBERED", 3_000)
    sizes: list[int] = []
    for number in range(12):
        text = "\n".join(f"Word{number}x{line} stands here. So does that{number}y{line}." for line in range(600))
        assert len(nlp.sentences(text)) == 1_200
        sizes.append(len(nlp._pipeline("en").vocab))
    assert max(sizes) < 3_000 + 1_000
    assert any(later < earlier for earlier, later in pairwise(sizes))


@pytest.fixture
def model_of_names(tmp_path, monkeypatch):
    """An installed model that knows one person and one town."""
    spacy = pytest.importorskip("spacy")
    made = spacy.blank("en")
    made.add_pipe("entity_ruler", name="ner").add_patterns(
        [{"label": "PERSON", "pattern": "Noor Haddad"}, {"label": "GPE", "pattern": "Larkmoor"}]
    )
    made.to_disk(tmp_path / "model")
    monkeypatch.setattr(nlp, "_installed", lambda language: [str(tmp_path / "model")] if language == "en" else [])
    nlp._model_of_names.cache_clear()
    yield
    nlp._model_of_names.cache_clear()


def test_entities_of_a_model_are_code_points_of_the_whole_text(model_of_names):
    text = "😀 Hi.\n\nNoor Haddad left Larkmoor.\nNoor\nHaddad"
    assert [(text[start:end], label) for start, end, label in nlp.entities(text)] == [
        ("Noor Haddad", "PERSON"),
        ("Larkmoor", "GPE"),
    ]


def test_without_a_model_of_names_there_are_no_entities_rather_than_none_found(model_of_names):
    assert nlp.entities("Noor Haddad", "es") is None
    assert nlp.entities("nobody", "en-GB") == []


def test_whether_a_model_may_be_there_is_known_without_loading_spacy(monkeypatch):
    nlp.may_know_names.cache_clear()
    assert not nlp.may_know_names("zz")
    monkeypatch.setattr(nlp, "entry_points", lambda group: [SimpleNamespace(name="zz_core_news_sm")])
    nlp.may_know_names.cache_clear()
    assert nlp.may_know_names("zz-ZZ")
    assert not nlp.may_know_names("yy")
    nlp.may_know_names.cache_clear()
    code = "import sys, qcode.nlp; qcode.nlp.may_know_names(); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
