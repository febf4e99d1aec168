"""Texts cut into segments."""

from __future__ import annotations

import pytest

from qcode.text.cutting import Spoken, by_answer, by_line, by_sentences, by_turn

LINES = [
    ("interviewer", "What happened?"),
    ("participant", "I rang. They came.\n They left. It was late. I slept."),
    ("event", "[door]"),
    ("interviewer", "And then?"),
    ("participant", "Nothing."),
    ("interviewer", "You mean?"),
    ("participant", "Nothing at all."),
    ("interviewer", "Thank you."),
]
TEXT = "\n".join(text for _role, text in LINES)


@pytest.fixture
def turns():
    found, at = [], 0
    for role, text in LINES:
        found.append(Spoken(at, at + len(text), role))
        at += len(text) + 1
    return found


def units():
    found, at = [], 0
    for part in TEXT.replace("?", "?|").replace(".", ".|").replace("]", "]|").split("|"):
        stripped = part.strip()
        if stripped:
            start = TEXT.index(stripped, at)
            found.append((start, start + len(stripped)))
            at = found[-1][1]
    return found


def words(ranges):
    return [TEXT[start:end] for start, end in ranges]


def test_a_turn_is_a_segment_and_an_event_is_none(turns):
    assert words(by_turn(TEXT, turns)) == [text for role, text in LINES if role != "event"]


def test_a_line_of_a_turn_is_a_segment_without_its_outer_spaces(turns):
    assert words(by_line(TEXT, turns))[1:3] == ["I rang. They came.", "They left. It was late. I slept."]


def test_a_text_without_turns_is_cut_by_line():
    assert words(by_turn(TEXT, [])) == words(by_line(TEXT, [])) == [line.strip() for line in TEXT.split("\n")]


def test_so_many_sentences_of_one_turn_are_a_segment_and_fewer_at_its_end(turns):
    found = words(by_sentences(TEXT, turns, units(), 2))
    assert found[:4] == ["What happened?", "I rang. They came.", "They left. It was late.", "I slept."]
    assert words(by_sentences(TEXT, turns, units(), 9))[1] == LINES[1][1]


def test_sentences_of_a_text_without_turns_stay_on_their_lines():
    found = words(by_sentences(TEXT, [], units(), 2))
    assert found[:4] == ["What happened?", "I rang. They came.", "They left. It was late.", "I slept."]


def test_an_answer_is_what_is_said_until_the_next_question_with_what_is_asked_in_between(turns):
    asked = [turns[0].start, turns[3].start]
    assert words(by_answer(TEXT, turns, asked)) == [LINES[1][1], "Nothing.\nYou mean?\nNothing at all."]


def test_a_question_that_nobody_answers_has_no_segment(turns):
    assert words(by_answer(TEXT, turns, [turns[3].start, turns[7].start])) == ["Nothing.\nYou mean?\nNothing at all."]


def test_nothing_is_cut_from_an_empty_text():
    assert list(by_turn("", [])) == list(by_sentences("", [], [], 3)) == list(by_answer("", [], [])) == []
