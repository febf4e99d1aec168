"""Queries are read forgivingly, and refused with a sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qcode.analysis.search_terms import (
    Either,
    Every,
    NoWordsError,
    OnlyNotError,
    QueryTooLongError,
    Term,
    TooDeepError,
    parse,
    positive_terms,
    with_forms,
)
from qcode.errors import QcodeError


def term(*words, prefix=False):
    return Term(tuple((word,) for word in words), prefix)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Letter", term("letter")),
        ("canción", term("cancion")),
        ('"at the door"', term("at", "the", "door")),
        ("“at the door”", term("at", "the", "door")),
        ('"at the door', term("at", "the", "door")),
        ("don't", term("don", "t")),
        ("pho*", term("pho", prefix=True)),
        ('"my sis*"', term("my", "sis", prefix=True)),
        ('"my sis"*', term("my", "sis", prefix=True)),
        ("cafe\u0301*", term("cafe", prefix=True)),
        ("sis*ter", term("sis", "ter")),
        ("letter afraid", Every((term("letter"), term("afraid")))),
        ("letter AND afraid", Every((term("letter"), term("afraid")))),
        ("letter and afraid", Every((term("letter"), term("and"), term("afraid")))),
        ("letter OR afraid", Either((term("letter"), term("afraid")))),
        ("letter | afraid", Either((term("letter"), term("afraid")))),
        ("letter NOT afraid", Every((term("letter"),), (term("afraid"),))),
        ("letter -afraid", Every((term("letter"),), (term("afraid"),))),
        ("-afraid letter", Every((term("letter"),), (term("afraid"),))),
        ("letter NOT NOT afraid", Every((term("letter"), term("afraid")))),
        ("a b OR c", Either((Every((term("a"), term("b"))), term("c")))),
        ("a (b OR c)", Every((term("a"), Either((term("b"), term("c")))))),
        ("a NOT (b OR c)", Every((term("a"),), (Either((term("b"), term("c"))),))),
        ("co-operate", term("co", "operate")),
        ("a - b", Every((term("a"), term("b")))),
        ("OR a AND", term("a")),
        ("a OR", term("a")),
        ("a NOT", term("a")),
        ("(a", term("a")),
        ("a) b", Every((term("a"), term("b")))),
        ("()a", term("a")),
        ("a ((", term("a")),
        ('a "" ...', term("a")),
        ("NEAR(a b)", Every((term("near"), Every((term("a"), term("b")))))),
        ("words:letter", term("words", "letter")),
        ("😀", term("😀")),
    ],
)
def test_a_query_is_read(query, expected):
    assert parse(query) == expected


@pytest.mark.parametrize("query", ["", "   ", "…", '""', "( )", "OR", "AND NOT", "*", "-", "\0"])
def test_a_query_without_a_word_is_refused(query):
    with pytest.raises(NoWordsError):
        parse(query)


@pytest.mark.parametrize("query", ["NOT a", "-a -b", "b OR NOT a", "b (-a)"])
def test_a_query_that_only_takes_away_is_refused(query):
    with pytest.raises(OnlyNotError):
        parse(query)


def test_a_pasted_text_and_endless_brackets_are_refused():
    with pytest.raises(QueryTooLongError, match="1,000"):
        parse("word " * 300)
    with pytest.raises(TooDeepError):
        parse("(" * 900 + "a" + ")" * 99)


@given(st.text(max_size=60) | st.text(st.sampled_from("ab \"“”()*|-+^:{}'\\;\0ANDORT é😀"), max_size=60))
@example('"' * 999)
@example("-(" * 499)
@example("a OR " * 199)
def test_no_query_raises_anything_but_a_refusal(query):
    with suppress(QcodeError):
        assert any(place for term in positive_terms(parse(query)) for place in term.places)


def test_the_terms_to_be_shown_are_those_that_are_wanted():
    found = positive_terms(parse('a NOT b OR "c d" -(e f)'))
    assert list(found) == [term("a"), term("c", "d")]


def test_each_word_takes_its_other_forms_but_a_prefix_stays():
    forms = {"go": {"go", "goes", "went"}, "home": {"home", "homes"}}
    widened = with_forms(parse('"go home" NOT go*'), lambda word: forms.get(word, {word}))
    assert widened == Every((Term((("go", "goes", "went"), ("home", "homes"))),), (term("go", prefix=True),))
