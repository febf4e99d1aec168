"""Other forms of a word: by stem without a model, by lemma with one."""

from __future__ import annotations

import pytest
import spacy
from spacy.lookups import Lookups

from qcode import nlp
from qcode.analysis.word_forms import WordForms

ENGLISH = ["letter", "letters", "lettering", "go", "going", "went", "afraid", "the"]
SPANISH = ["canción", "canciones", "niño", "niños", "habló", "hablaron", "año"]


@pytest.fixture(autouse=True)
def forgotten():
    """What was learned of models in one test is not known in the next."""
    yield
    for learned in (nlp._model, nlp._known_lemmas, nlp._exceptions):
        learned.cache_clear()


@pytest.fixture
def no_model(monkeypatch):
    monkeypatch.setattr(nlp, "_installed", lambda _language: iter(()))
    nlp._model.cache_clear()


@pytest.fixture
def model(monkeypatch, tmp_path):
    """A model of a few words, as a package would bring it."""
    made = spacy.blank("en")
    lookups = Lookups()
    nothing = {"noun": [], "verb": [], "adj": [], "adv": []}
    lookups.add_table("lemma_index", {"verb": ["go", "letter"], "noun": ["letter"]})
    lookups.add_table("lemma_exc", {"noun": {}, "verb": {"went": ["go"], "gone": ["go"]}, "adj": {}, "adv": {}})
    lookups.add_table("lemma_rules", nothing | {"verb": [["ing", ""], ["s", ""]], "noun": [["s", ""]]})
    made.add_pipe("attribute_ruler").add(patterns=[[{"OP": "?"}], [{"LOWER": {"REGEX": "."}}]], attrs={"POS": "VERB"})
    made.add_pipe("lemmatizer", config={"mode": "rule"}).initialize(lookups=lookups)
    made.to_disk(tmp_path / "en_tiny")
    broken = tmp_path / "en_broken"
    broken.mkdir()
    monkeypatch.setattr(nlp, "_installed", lambda _language: iter((str(broken), str(tmp_path / "en_tiny"))))
    nlp._model.cache_clear()


@pytest.mark.usefixtures("no_model")
@pytest.mark.parametrize(
    ("vocabulary", "language", "word", "expected"),
    [
        (ENGLISH, "en", "letters", {"letter", "letters", "lettering"}),
        (ENGLISH, "en-GB", "go", {"go", "going"}),
        (ENGLISH, "en", "zebra", {"zebra"}),
        (SPANISH, "es", "cancion", {"cancion", "canciones"}),
        (SPANISH, "es_MX", "ninos", {"nino", "ninos"}),
        (ENGLISH, "tlh", "letters", {"letters"}),
        (ENGLISH, "", "letters", {"letters"}),
        (["電"], "ja", "電", {"電"}),
    ],
)
def test_without_a_model_words_with_one_stem_are_forms_of_each_other(vocabulary, language, word, expected):
    assert WordForms(vocabulary, language).of(word) == expected


@pytest.mark.usefixtures("model")
def test_with_a_model_words_with_one_lemma_are_irregular_ones_too():
    forms = WordForms(ENGLISH, "en")
    assert forms.of("go") == {"go", "going", "went"}
    assert forms.of("went") == {"go", "going", "went"}
    assert forms.of("letters") == {"letter", "letters", "lettering"}
    assert forms.of("zebra") == {"zebra"}


@pytest.mark.usefixtures("model")
def test_a_model_that_cannot_be_loaded_is_passed_over():
    assert nlp.lemmas(["went", "letters"], "en") == ["go", "letter"]
    assert nlp.irregular_forms("go", "en") == {"went", "gone"}


@pytest.mark.usefixtures("no_model")
def test_without_a_model_there_are_no_lemmas():
    assert nlp.lemmas(["went"], "en") is None
    assert nlp.irregular_forms("go", "en") == frozenset()


def test_stop_words_are_known_for_the_languages_that_spacy_knows():
    assert {"the", "of"} <= nlp.stop_words("en")
    assert {"el", "de"} <= nlp.stop_words("es-MX")
    assert nlp.stop_words("tlh") == frozenset()
    assert nlp.stop_words("") == frozenset()
