"""Questions of interview guides: in lines, from version to version, in talk."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.guides import Wording, alike, followed, likely, questions_in, written
from qcode.analysis.stop_words import stop_words

BEFORE = [
    Wording("1", "Tell me about the day it happened."),
    Wording("2", "Who came to the door?"),
    Wording("3", "What did they offer you?"),
]
LINES = st.text(st.characters(categories=("L", "Zs"), include_characters="?,"), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("4. How was it?", "4"),
        ("4) How was it?", "4"),
        ("(4) How was it?", "4"),
        ("Q4: How was it?", "4"),
        ("q4 How was it?", "4"),
        ("Question 4 How was it?", "4"),
        ("Pregunta 4. How was it?", "4"),
        ("  12b.  How was it?", "12b"),
        ("2.1 How was it?", "2.1"),
        ("2.1. How was it?", "2.1"),
        ("4 – How was it?", "4"),
        ("4\tHow was it?", None),
    ],
)
def test_a_number_in_front_makes_a_line_a_question(line, number):
    found = questions_in([line])
    assert found.questions == (Wording(number or "1", "How was it?" if number else "4 How was it?"),)


@pytest.mark.parametrize(
    "line", ["3 knocks: what did you think?", "911 came. And then?", "Quick one: who?", "2-year-olds?"]
)
def test_a_number_that_belongs_to_the_words_is_no_number_of_a_question(line):
    assert questions_in([line]).questions == (Wording("1", line),)


def test_lines_between_numbered_questions_are_left_out_and_counted():
    found = questions_in(["Guide for residents", "1. What happened?", " - probe: who came?", "", "2. And then?"])
    assert [one.number for one in found.questions] == ["1", "2"]
    assert found.left_out == 2


def test_a_number_without_a_question_is_kept_so_that_it_can_be_refused():
    assert questions_in(["1. What?", "2."]).questions[1] == Wording("2", "")


@given(st.lists(LINES.filter(str.strip), min_size=1, max_size=12))
def test_questions_that_are_written_are_read_back(texts):
    questions = tuple(Wording(str(number), " ".join(text.split())) for number, text in enumerate(texts, start=1))
    assert questions_in(written(questions).split("\n")).questions == questions


def test_the_same_words_are_the_same_question_under_another_number():
    after = [Wording("1", "How are you?"), Wording("2", BEFORE[0].text), Wording("3", "WHO came to the door")]
    assert [one.before for one in followed(BEFORE, after)] == [None, 0, 1]


def test_the_same_number_with_words_that_are_alike_is_a_question_reworded():
    after = [Wording("1", "Could you tell me what happened on that day?"), *BEFORE[1:]]
    assert [one.before for one in followed(BEFORE, after)] == [0, 1, 2]


def test_other_words_under_a_number_are_a_new_question_that_somebody_should_look_at():
    after = [Wording("1", "Whom do you live with?"), *BEFORE[1:]]
    first, *others = followed(BEFORE, after)
    assert first == (None, True)
    assert all(not one.doubtful for one in others)


@given(st.permutations(range(3)), st.lists(st.sampled_from(["1", "2", "3", "7"]), min_size=3, max_size=3))
def test_however_questions_are_moved_and_numbered_each_is_followed_once(order, numbers):
    after = [Wording(number, BEFORE[place].text) for place, number in zip(order, numbers, strict=True)]
    assert [one.before for one in followed(BEFORE, after)] == list(order)


def test_likeness_is_between_nothing_and_the_same_words():
    assert alike("What did they offer?", "what did they OFFER") == 1.0
    assert alike("What did they offer?", "Zebra") == 0.0
    assert alike("", "Zebra") == 0.0


def test_a_question_is_recognised_in_other_words_and_talk_beside_it_is_not():
    said = [
        "Shall I pull the blind?",
        "So, the day it happened, you were –",
        "Mhm.",
        "And what were you offered, then?",
    ]
    found = likely([one.text for one in BEFORE], said, stop_words=stop_words("en"))
    assert [(one.question, one.said) for one in found] == [(0, 1), (2, 3)]
    assert all(0.35 <= one.likeness <= 1.0001 for one in found)


def test_what_is_much_less_like_a_question_than_the_best_is_left_out():
    questions = ["What did the visit change for your mother?"]
    said = ["What did the visit change for your mother?", "And your mother –", "Which blind is it?"]
    assert [one.said for one in likely(questions, said)] == [0]


def test_no_questions_and_no_talk_give_nothing():
    assert likely([], ["What?"]) == []
    assert likely(["What?"], []) == []
    assert likely(["?"], ["!"]) == []


def test_three_hundred_questions_are_sought_in_three_thousand_turns_in_little_time():
    questions = [f"question about {number:03}th and place{number % 7}" for number in range(300)]
    said = [f"tell me of {number % 300:03}th now and place{number % 7}" for number in range(3_000)]
    before = time.process_time()
    found = likely(questions, said)
    assert time.process_time() - before < 5
    assert len(found) == 3_000


def test_the_same_words_are_the_same_question_however_alike_the_others_are():
    questions = [f"What about topic{number}?" for number in range(10)]
    found = likely(questions, questions[::-1])
    assert [(one.question, one.likeness) for one in found] == [(number, 1.0) for number in reversed(range(10))]
