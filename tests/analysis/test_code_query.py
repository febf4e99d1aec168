"""Queries over codes: what can be asked, what it means, and what is refused."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from asked import CODES, TALK, A, B, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.code_query import Asking
from qcode.analysis.code_query_terms import (
    ExcludesOnlyError,
    NotADistanceError,
    NotComparableError,
    NothingAskedForError,
    QueryError,
    QueryTooDeepError,
    QueryTooLongError,
    SeveralMeantError,
    SideMissingError,
    UnknownFieldError,
    UnknownNameError,
    UnknownValueError,
    ValueMissingError,
)
from qcode.analysis.corpus import (
    Corpus,
    CountedCode,
    Mark,
)

ASKING = Asking(TALK)


def found(query, asking=ASKING):
    question = asking.read(query)
    assert asking.read(question.understood).expression == question.expression
    texts = asking.corpus.text
    return [texts[hit.document].text[hit.start : hit.end] for hit in asking.ask(question).hits]


FEAR, BOOTS, CAME = "I was afraid.", "My boots were wet.", "And then they came"

ASKED = {
    "fear": [FEAR, "trust"],
    "FEAR and trust": ["trust"],
    "trust -fear": [BOOTS, "We", "them"],
    "trust and not fear and not text:we": [BOOTS, "them"],
    "fear | the  Offer": [FEAR, CAME, "trust"],
    "Scene": [FEAR, CAME, "trust"],
    "scene/fear": [FEAR, "trust"],
    "theme:noise": [FEAR, BOOTS, "We trust them"],
    "under:scene": [FEAR, CAME, "trust"],
    "hope and fear": [],
    '"boots on"': ["Boots on, they said."],
    "t*": [BOOTS, CAME, "We trust them"],
    "tru*": [BOOTS, "We trust them"],  # codespell:ignore tru
    "fear near:turn(0) trust": [FEAR, "trust"],
    "fear near:word(0) trust": [FEAR, "trust"],
    "fear near:word(2) the offer": [],
    "fear near:words(4) the offer": [FEAR],
    "fear near the offer": [FEAR],
    "fear not near the offer": ["trust"],
    "fear before:0 trust": [FEAR],
    "fear before trust": [FEAR],
    "trust after:turn fear": [BOOTS],
    "fear overlapping trust": ["trust"],
    "fear not overlaps trust": [FEAR],
    "fear within trust": ["trust"],
    "trust within fear": [],
    "fear within (fear or trust)": [FEAR, "trust"],
    "coder:MH": [FEAR, BOOTS, "Boots on, they said."],
    "trust coder:mh": [BOOTS],
    "trust coder:BE and coder:MH": [BOOTS],
    "trust and not coder:MH": ["We trust them"],
    "trust and (coder:MH or coder:BE)": [BOOTS, "We trust them"],
    "trust coder:MH,BE": [BOOTS, "We trust them"],
    "group:Residents": ["I was afraid. My boots were wet.\nAnd then they came"],
    "group:officials": ["What was it like"],
    "group:residents,police and trust": [BOOTS, "We trust them"],
    "role:interviewer or role:officer": ["What was it like", "We trust them\nBoots on, they said. I hope"],
    "age:>30 fear": [FEAR],
    "age:30..34 fear": [FEAR],
    "age:<34 fear": [],
    "age:unknown fear": ["trust"],
    "In post since:2021 and fear": ["trust"],
    "in post since:2021-03-04 fear": ["trust"],
    '"in post since":2020..2021 fear': ["trust"],
    "in post since:>2019 fear": ["trust"],
    "in post since:>=2019 fear": [FEAR, "trust"],
    "place:sea side trust": ["We trust them"],
    'place:"Sea side" and trust': ["We trust them"],
    "document:INT-0 trust": [BOOTS],
    "document:int* fear": [FEAR, "trust"],
    "speaker:Ana": ["I was afraid. My boots were wet.\nAnd then they came"],
    'text:"boots"': ["boots", "Boots"],
    "text:boot*": ["boots", "Boots"],
    'text:"boots" and trust': [BOOTS],
    "trust and not text:boots": ["We trust them"],
    "trust (text:wet or text:we)": [BOOTS, "We trust them"],
    "text:boots text:afraid": ["I was afraid. My boots were wet."],
    "text:boots coder:MH": [BOOTS, "Boots on, they said."],
    'text:"wet and"': [],
    'text:boots" and trust': [BOOTS],
    'text:boots"were': ["boots were"],
    "(fear": [FEAR, "trust"],
    "fear) and": [FEAR, "trust"],
    '"fear': [FEAR, "trust"],
    "and fear or": [FEAR, "trust"],
    "not not fear": [FEAR, "trust"],
    "code:fear,the offer": [FEAR, CAME, "trust"],
    "*": [FEAR, BOOTS, CAME, "We trust them", "Boots on, they said."],
}


@pytest.mark.parametrize("query", ASKED)
def test_a_query_finds_these_passages(query):
    assert found(query) == ASKED[query]


def test_hits_tell_their_codes_and_the_answer_what_was_counted():
    answer = ASKING.ask(ASKING.read("theme:noise"))
    assert [hit.codes for hit in answer.hits] == [("f",), ("t",), ("f", "t")]
    assert (answer.said, answer.documents, answer.understood) == ("Counted: all.", 2, 'theme:"Noise"')
    assert not ASKING.read("fear").by_coder
    assert ASKING.read("fear and (trust or (coder:MH))").by_coder


REFUSED = {
    "": (NothingAskedForError, "Type what to look for"),
    " and ( ) or": (NothingAskedForError, "Type what to look for"),
    "not fear": (ExcludesOnlyError, "say also what to look for"),
    "not fear and not trust": (ExcludesOnlyError, "say also"),
    "fear and trsut": (UnknownNameError, "At character 10: “trsut” is no code of this study. Did you mean “Trust”"),
    "trust and teh ofer near fear": (  # codespell:ignore teh
        UnknownNameError,
        "At character 11: “teh ofer” is no code of this study. Did you m",  # codespell:ignore teh
    ),
    "group:Resident": (
        UnknownValueError,
        "At character 7: “Resident” is nowhere recorded as group. Did you",
    ),
    "age:forty": (UnknownValueError, "“forty” is nowhere recorded as Age. There are “34”, “unknown”."),
    "group:>=30": (NotComparableError, "At character 9: “30” cannot be compared with what is recorded as group: only "),
    "age:forty..fifty": (NotComparableError, "At character 5: “forty” cannot be compared with what is recorded as Age"),
    "coder:XY": (UnknownNameError, "At character 7: “XY” is no coder"),
    "colour:red": (UnknownFieldError, "At character 1: nothing called “colour” can be asked. There are “under”"),
    '"col our":red': (UnknownFieldError, "nothing called “col our” can be asked"),
    "fear and group:": (ValueMissingError, "At character 10: say what after “group:”"),
    "text: ": (ValueMissingError, "say what after “text:”"),
    'text:"…"': (ValueMissingError, "say what after “text:”"),
    "near trust": (SideMissingError, "At character 1: “near” needs something on both sides"),
    "fear near:turn(2)": (SideMissingError, "At character 6: “near” needs something on both sides"),
    "fear within not trust": (SideMissingError, "“within” needs"),
    "fear near:lines(2) trust": (NotADistanceError, "At character 11: “lines"),
    "fear near:turn(99999) trust": (NotADistanceError, "up to 10,000"),
    "x" * 1001: (QueryTooLongError, "1,000 characters"),
    "(" * 40 + "fear": (QueryTooDeepError, "go too deep"),
    "fear ☃ trust": (UnknownNameError, "“☃” is no code"),
    '"" fear': (UnknownNameError, "“” is no code"),
    "fear ,": None,
    "fear < 3": (UnknownNameError, "“<” is no code"),
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_understood_is_refused_and_pointed_at(query):
    if REFUSED[query] is None:
        assert found(query) == found("fear")
        return
    kind, sentence = REFUSED[query]
    with pytest.raises(QueryError) as refused:
        ASKING.read(query)
    assert type(refused.value) is kind
    assert sentence in str(refused.value)
    assert 0 <= refused.value.start <= refused.value.end <= len(query) + 1


def test_a_name_that_two_codes_have_is_asked_for_with_what_is_above_it():
    twice = (*CODES, CountedCode("g", "Fear", ("Fear",), 1, None), CountedCode("w", "Fear", ("Trust", "Fear"), 1, "t"))
    made = corpus([("Town", [("a b c", *A)])], [("d0", 0, 1, "f"), ("d0", 2, 3, "g"), ("d0", 4, 5, "w")])
    asking = Asking(Corpus(made.texts, made.marks, twice, (), (), (), (), ""))
    assert found("fear", asking) == ["b"]  # the one that stands below nothing is called just so
    assert found("Scene › Fear", asking) == ["a"]
    assert found("trust > fear", asking) == ["c"]
    asking = Asking(Corpus(made.texts, made.marks, (*twice[:-2], twice[-1]), (), (), (), (), ""))
    with pytest.raises(SeveralMeantError, match="more than one code: “Scene › Fear” and “Trust › Fear”"):
        asking.read("fear")


def test_names_are_known_however_their_signs_are_typed():
    names = ("Didn’t call", "And/or", "Near: a miss", "Not being heard", "C++ (again)")
    codes = tuple(CountedCode(str(place), name, (name,), 0, None) for place, name in enumerate(names))
    made = corpus([("Town", [("a b c d e", *A)])])
    marks = {"d0": tuple(Mark("d0", 2 * place, 2 * place + 1, str(place)) for place in range(5))}
    asking = Asking(Corpus(made.texts, marks, codes, (), (), (), (), ""))
    for place, typed in enumerate(("didn't  CALL", "and / or", "near: a miss", "not being heard", "c++ (again)")):
        assert found(typed, asking) == ["abcde"[place]]
    assert found('("C++ (again)" or and/or) and not "near: a miss"', asking) == ["b", "e"]
    with pytest.raises(UnknownNameError, match="“word” is no code"):
        asking.read("word " * 199)


def test_a_study_without_anything_is_asked_in_vain():
    empty = Asking(Corpus((), {}, (), (), (), (), (), ""))
    with pytest.raises(UnknownNameError, match="There is none yet"):
        empty.read("fear")
    assert empty.ask(empty.read("*")).hits == ()
    assert empty.ask(empty.read('text:"boots" and *')).hits == ()


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from('feartus ()"“:*,|-&0>.<›/\n'), max_size=30))
def test_whatever_is_typed_is_read_or_refused_in_words(query):
    with contextlib.suppress(QueryError):
        question = ASKING.read(query)
        assert ASKING.read(question.understood).expression == question.expression


def test_in_notes_in_which_nobody_speaks_those_are_meant_whom_they_are_about():
    notes = corpus([("Town", [("She rang twice", "", "", "")]), ("Town", [("He waited", *B)])], [("d0", 0, 3, "f")])
    about = replace(notes.texts[0], about=("p1", "p2"))
    asking = Asking(replace(notes, texts=(about, notes.texts[1])))
    assert found("age:34", asking) == ["She rang twice"]
    assert found("group:police", asking) == ["She rang twice", "He waited"]
