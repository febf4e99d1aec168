from __future__ import annotations

from qcode.analysis.rare_phrases import rare_phrases, rare_words, stems, used_by

ORDINARY = frozenset(stems(["the", "and", "they", "came", "along", "road", "with", "every", "house"], "en"))


def found(text, *others):
    used = used_by([("ana", "en", text), *((f"p{number}", "en", other) for number, other in enumerate(others))])
    return [phrase.words for phrase in rare_phrases(text, "en", ordinary=ORDINARY, used=used)]


def test_two_words_that_nobody_else_uses_make_a_phrase_where_they_are_close():
    text = "They came along the quarry road with a stroller and the harmonium."
    assert found(text) == ["quarry road with a stroller and the harmonium"]
    assert found(text, "My strollers broke.") == []
    assert found(text, "Quarries!") == ["stroller and the harmonium"]


def test_one_rare_word_alone_is_a_detail_and_no_phrase():
    text = "They came along the quarry road, and they came along with every house and the stroller."
    assert found(text) == []
    assert len(rare_words(text, "en", ordinary=ORDINARY, used={})) == 2


def test_short_words_ordinary_ones_and_their_other_forms_are_never_rare():
    assert found("The gym, the spa and the houses along every roads.") == []


def test_a_phrase_stands_where_its_words_stand():
    text = "And — quarry’s stroller."
    used = used_by([("ana", "en", text)])
    (phrase,) = rare_phrases(text, "en", ordinary=ORDINARY, used=used)
    assert text[phrase.start : phrase.end] == phrase.words == "quarry’s stroller"
