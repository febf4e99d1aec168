from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.deidentification import Entity, decide, decide_all, take_back
from qcode.deidentification.decisions import SameInitialError
from qcode.deidentification.forms import Forms, same_form, words_of
from qcode.deidentification.labels import next_code, other_forms, words_apart
from qcode.deidentification.replacing import Replacing, replaced
from qcode.deidentification.strings import (
    LABEL,
    Source,
    is_code,
    listed,
    look_through,
    marked_by_hand,
    names_in_labels,
    stands_in,
)
from qcode.deidentification.suggesting import kin
from qcode.deidentification.widening import stepped, whole_words


def looked(key: str, text: str, **parts: str):
    sources = [Source(key, "", text), *(Source(key, part, words) for part, words in parts.items())]
    return look_through(key, sources, recognised=None)


def found(rows, text: str):
    return next(row for row in rows if row.text == text)


def test_a_string_has_all_its_places_also_those_no_rule_marked() -> None:
    every = [looked("a", "I saw Tomasz. We like tomasz."), looked("b", "So Tomasz, then.")]
    row = found(listed(every), "Tomasz")
    assert [(hit.document, hit.start) for hit in row.hits] == [("a", 6), ("a", 22), ("b", 3)]
    assert row.documents == 2


def test_forms_that_were_decided_before_are_listed_where_they_stand() -> None:
    rows = listed([looked("a", "We went to the mill and it was fine then.")], known=["The mill"])
    assert [(row.text, row.by) for row in rows] == [("the mill", ("decided before",))]


def test_a_title_tells_its_name_without_the_ordinary_words() -> None:
    rows = listed([looked("a", "Well.", title="Interview Tomasz final"), looked("b", "Well.", title="Focus Group Two")])
    assert [row.text for row in rows] == ["Tomasz"]


@pytest.mark.parametrize("label", ["P3", "P03", "I", "INT", "Interviewer", "Speaker 2", "MOD", "Guest 1", "Q", "R-12"])
def test_codes_and_roles_name_nobody(label: str) -> None:
    assert is_code(label)


@pytest.mark.parametrize("label", ["Ines", "Alvarez, Ines (Guest)", "Dr. Lund", "mrs okafor", "Tomasz 2"])
def test_other_labels_name_somebody(label: str) -> None:
    assert not is_code(label)
    assert look_through("a", [Source("a", LABEL, label)], recognised=None).found[0][0].text == label


def test_a_directory_label_has_its_other_forms() -> None:
    assert other_forms("Alvarez, Ines (Guest)") == ("Alvarez, Ines", "Ines Alvarez")
    assert other_forms("Ines Alvarez [she/her] (External)") == ("Ines Alvarez",)
    assert other_forms("Ines") == ()
    assert other_forms("(Guest)") == ()
    assert set(names_in_labels(["Alvarez, Ines (Guest)", "P3", "Will Okafor"])) == {
        "Alvarez, Ines",
        "Ines Alvarez",
        "Alvarez",
        "Ines",
        "Will Okafor",
        "Okafor",
    }


def test_the_next_code_is_one_that_nobody_has() -> None:
    assert next_code([]) == "P01"
    assert next_code(["P1", "P02", "X9", "Ana", "P4"]) == "P03"


def test_a_study_code_may_begin_as_the_name_does_and_a_pseudonym_may_not() -> None:
    assert decide((), "Petra", "replace", replacement="P07")[0].replacement == "P07"
    with pytest.raises(SameInitialError):
        decide((), "Petra", "replace", replacement="Paco")


def test_a_mark_by_hand_takes_the_place_of_what_lies_within_and_leaves_what_holds_it() -> None:
    every = [looked("a", "I met Ines Alvarez and Ines, and my brother Hope there. I like Hope.")]
    rows = marked_by_hand(listed(every), every, "brother Hope")
    assert (rows[0].text, rows[0].by) == ("brother Hope", ("marked by hand",))
    assert len(found(rows, "Hope").hits) == 1
    rows = marked_by_hand(rows, every, "Alvarez")
    assert found(rows, "Ines Alvarez").hits
    assert "Alvarez" not in [row.text for row in rows if row.hits]


def test_a_mark_that_was_too_wide_goes_as_a_whole() -> None:
    every = [looked("a", "We saw the Larkmoor clinic. In Larkmoor, yes.")]
    wide = found(listed(every), "the Larkmoor clinic")
    rows = marked_by_hand(listed(every), every, "Larkmoor", instead_of=wide.key)
    assert [row.text for row in rows] == ["Larkmoor"]
    assert len(rows[0].hits) == 2


def test_stretches_are_whole_words_and_steps_stay_in_their_line() -> None:
    text = "One two-three.\nFour five"
    assert text[slice(*whole_words(text, 5, 6))] == "two"
    assert whole_words(text, 13, 14) == (13, 14)
    assert stepped(text, 0, 3, edge="end", wider=True) == (0, 7)
    assert stepped(text, 0, 13, edge="end", wider=False) == (0, 7)
    assert stepped(text, 8, 13, edge="end", wider=True) == (8, 13)
    assert stepped(text, 15, 19, edge="start", wider=True) == (15, 19)
    assert stepped(text, 0, 13, edge="start", wider=False) == (4, 13)
    assert stepped(text, 0, 3, edge="start", wider=False) == (0, 3)


def test_who_shares_a_word_is_kin_and_a_title_is_no_word_for_that() -> None:
    made = decide((), "Mrs. Ines Alvarez", "replace", replacement="Rosa")
    made = decide(made, "Mrs. Okafor", "replace", replacement="Lena")
    assert [one.replacement for one, _form in kin("Alvarez", made)] == ["Rosa"]
    assert [one.replacement for one, _form in kin("Mrs. Lund", made)] == []
    assert [one.replacement for one, _form in kin("Okafer", decide(made, "Okafor", "replace", replacement="Milo"))][
        -1:
    ] == ["Milo"]


def test_many_are_ruled_out_and_taken_back_at_once() -> None:
    made = decide((), "Ines", "replace", replacement="Rosa")
    made = decide(made, "Inez", "replace", entity=made[0].id)
    kept = decide_all(made, ["inez", "Monday"], "keep")
    assert [(one.forms, one.decision) for one in kept] == [
        (("Ines",), "replace"),
        (("inez",), "keep"),
        (("Monday",), "keep"),
    ]
    assert take_back(kept, ["Inez", "MONDAY"]) == (kept[0],)


def test_forms_of_a_text_are_found_in_it() -> None:
    one = looked("a", "It was José.\nAnd jose again, Josés.")
    assert [(hit.start, hit.end) for hit in stands_in(one, "José")] == [(7, 11), (17, 21), (29, 33)]
    assert stands_in(one, "…") == []


_WORDS = st.sampled_from(
    ["Ann", "Ann Arbor", "Anna", "ann", "Arbor", "Will", "will", "the", "Anns", "\n", ",", "-", "É"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join), st.lists(_WORDS, max_size=6))
def test_the_longest_form_is_found_wherever_looking_at_each_by_itself_finds_it(text: str, forms: list[str]) -> None:
    usable = {same_form(form): form for form in reversed(forms) if words_of(form)}
    got = list(Forms((form, form) for form in usable.values()).find(text))
    assert all(before.end <= after.start for before, after in pairwise(got))
    alone = {one[:2] for form in usable.values() for one in Forms([(form, form)]).find(text)}
    assert {one[:2] for one in got} <= alone
    assert all(any(one.start < end and start < one.end for one in got) for start, end in alone)


@settings(max_examples=200, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join))
def test_one_pass_for_many_texts_is_the_same_as_one_for_each(text: str) -> None:
    made = [Entity("1", "name", ("Ann",), "Kim"), Entity("2", "place", ("Ann Arbor",), "[city]")]
    serving = Replacing(made)
    assert serving(text) == replaced(text, made)
    assert serving(text) == serving(text)


def test_a_thousand_forms_that_begin_alike_are_looked_for_quickly() -> None:
    text = "the " * 8_000
    forms = Forms((f"the {number}x thing", number) for number in range(1_000))
    assert list(forms.find("the 7x thing")) == [(0, 12, 7)]
    begin = time.process_time()
    assert list(forms.find(text)) == []
    assert time.process_time() - begin < 1.0


def test_spellings_are_one_form() -> None:
    assert same_form("O’Brien") == same_form("o'brien")
    assert same_form("José  María") == same_form("jose maria")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("InesAlvarez01", "Ines Alvarez 01"),
        ("Ines_Alvarez-2", "Ines Alvarez-2"),
        ("interviewInésÁlvarez", "interview Inés Álvarez"),
        ("2024Ines", "2024 Ines"),
        ("P03 FG2 2b", "P03 FG2 2b"),
        ("ANA01", "ANA 01"),
        ("McDonald MacLeod", "McDonald MacLeod"),
        ("InesMcDonald", "Ines McDonald"),
        ("Ines Alvarez", "Ines Alvarez"),
        ("", ""),
    ],
)
def test_words_run_together_in_the_name_of_a_file_are_read_apart(name: str, read: str) -> None:
    assert words_apart(name) == read


@given(st.text(max_size=40))
def test_words_apart_differ_by_spaces_alone(name: str) -> None:
    read = words_apart(name)
    assert read.replace(" ", "") == name.replace("_", "").replace(" ", "")
    assert words_apart(read) == read


def test_a_name_run_together_in_a_title_is_found_as_it_stands_in_the_talk() -> None:
    rows = listed([looked("a", "I met Ines Alvarez.", title=words_apart("InesAlvarez01"))])
    assert [(row.text, len(row.hits)) for row in rows] == [("Ines Alvarez", 2)]
