"""Regular expressions find, are refused with a sentence, and end in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qcode.analysis.patterns import (
    NoPatternError,
    Pattern,
    PatternTooLargeError,
    PatternTooLongError,
    PatternTooSlowError,
    PatternUnreadableError,
)
from qcode.errors import QcodeError

BOMBS = ("(a+)+$", "(a|aa)+c", "(.*)*\\d", "(?:a?){99}a{99}b", "(?R)a", "(?=(?R))", "(a?){900}b")


def read_often(pattern, text):
    for _ in range(1_000):
        list(pattern.find(text))


def found_in(text, expression):
    return [text[start:end] for start, end in Pattern(expression).find(text)]


@pytest.mark.parametrize(
    ("text", "expression", "expected"),
    [
        ("A letter. Letters!", r"letters?", ["letter", "Letters"]),
        ("el niño 😀 y la niña", r"niñ\w", ["niño", "niña"]),
        ("one\ntwo", r"^\w+$", ["one", "two"]),
        ("one\ntwo", r"e\s+t", ["e\nt"]),
        ("one\ntwo", r"e.t", []),
        ("a b", r"x*", []),
        ("שלום עולם", r"\bעולם", ["עולם"]),
        ("ab12", r"\p{N}+", ["12"]),
    ],
)
def test_an_expression_finds_what_matches(text, expression, expected):
    assert found_in(text, expression) == expected


@pytest.mark.parametrize(
    "expression", ["[", "*", "(", r"\p{Foo}", "(?P<a>x)(?P<a", r"\g<99>", "(?a)(?u)x", "(?(1)a|b)"]
)
def test_what_cannot_be_read_is_refused_with_a_reason(expression):
    with pytest.raises(PatternUnreadableError, match="can't be read"):
        Pattern(expression)


@pytest.mark.parametrize(
    "expression", ["a{1000000000}", "((a{1000}){1000}){1000}", "(?:x{400}){400}", "a{,999999999}", "a{ 7 , 888888888 }"]
)
def test_repetitions_that_would_fill_the_memory_are_refused_unread(expression):
    with pytest.raises(PatternTooLargeError):
        Pattern(expression)


def test_nothing_and_a_pasted_text_are_refused():
    with pytest.raises(NoPatternError):
        Pattern("")
    with pytest.raises(PatternTooLongError):
        Pattern("a" * 1001)
    with pytest.raises(QcodeError):
        Pattern("(" * 500 + ")" * 500)


@pytest.mark.parametrize("expression", BOMBS)
def test_an_expression_that_explodes_is_cut_off(expression):
    pattern, begun = Pattern(expression, seconds=0.2), time.monotonic()
    with pytest.raises(PatternTooSlowError, match="cut off"):
        read_often(pattern, "a" * 3_000 + " b")
    assert time.monotonic() - begun < 5


def test_the_time_is_for_all_texts_together():
    with pytest.raises(PatternTooSlowError):
        read_often(Pattern("a", seconds=0.05), "a" * 2_000)


@settings(deadline=None)
@given(st.text(max_size=40) | st.text(st.sampled_from("ab.*+?()[]{}|\\^$09,<>:=!P&~-pLRUx😀é"), max_size=25))
@example("(?L)a")
@example("\\N{foo}")
@example("(?V1)[[a-z]--[aeiou]]{3}")
def test_no_expression_raises_anything_but_a_refusal(expression):
    try:
        for _start, end in Pattern(expression, seconds=0.1).find("aab b0 😀 é\nab" * 3):
            assert end
    except QcodeError:
        return
