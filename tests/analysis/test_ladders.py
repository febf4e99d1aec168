from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.ladders import (
    LadderWordsError,
    abbreviates,
    banded,
    dated,
    id_parts,
    is_code,
    read_ladder,
    renamed,
    written,
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("CD-07-02", ("CD", "07", "02")),
        ("INT-1", ("INT", "1")),
        ("P07", ("P", "07")),
        ("AB_3b", ("AB", "3b")),
        ("Participant 3", ("Participant", "3")),
        ("Diego", ()),
        ("María-Elena", ()),
        ("INT-1 Eastgate", ()),
        ("7", ()),
        ("", ()),
    ],
)
def test_ids_that_end_in_a_number_are_made_of_parts_and_names_are_not(name, parts):
    assert id_parts(name) == parts


def test_a_part_that_stands_for_the_kind_of_document_is_known_by_its_letters():
    assert [abbreviates(*one) for one in (("INT", "interview"), ("FG", "focus group"), ("fn", "field notes"))] == [
        True
    ] * 3
    assert not any(abbreviates(*one) for one in (("CD", "interview"), ("EF", "focus group"), ("TNI", "interview")))


def test_codes_are_told_from_names_by_their_digits():
    assert (is_code("P07"), is_code("Diego")) == (True, False)


@given(
    st.lists(st.integers(-50, 120) | st.floats(-50, 120).map(lambda value: round(value, 1)), min_size=1),
    st.sampled_from([1, 5, 10, 2.5]),
)
def test_every_number_falls_into_one_band_and_bands_of_a_width_part_the_numbers(numbers, width):
    written = [str(number) for number in numbers]
    bands = banded(written, width)
    for first in written:
        for second in written:
            same = float(first) // width == float(second) // width
            assert (bands[first] == bands[second]) == same


def test_bands_read_as_papers_print_them():
    assert banded(["34", "0", "-3"], 10) == {"34": "30–39", "0": "0–9", "-3": "-10 to -1"}
    assert banded(["3.5"], 10) == {"3.5": "0 to under 10"}


def test_dates_become_months_years_and_tens_of_years():
    months, years, tens = dated(["2024-03-05", "1998"])
    assert months == {"2024-03-05": "2024-03"}
    assert years == {"2024-03-05": "2024", "1998": "1998"}
    assert tens == {"2024-03-05": "2020–2029", "1998": "1990–1999"}


def test_a_step_of_words_leaves_out_what_leads_nowhere():
    assert renamed([("deputy", "responder"), ("medic", ""), ("", "x")]) == {"deputy": "responder"}


def test_a_ladder_is_written_in_one_line_and_read_again():
    words = "deputy, medic = responder; clerk = office | responder, office = staff"
    steps = read_ladder(words, numbers=False)
    assert steps == [
        {"deputy": "responder", "medic": "responder", "clerk": "office"},
        {"responder": "staff", "office": "staff"},
    ]
    assert written(steps) == words
    assert written(read_ladder("10, 20", numbers=True)) == "10, 20"
    assert (read_ladder(" ", numbers=False), read_ladder("", numbers=True), written([])) == ([], [], "")


@pytest.mark.parametrize(("words", "numbers"), [("ten", True), ("deputy", False), ("= x", False), ("a = ", False)])
def test_what_says_no_step_is_answered_with_how_to_write_one(words, numbers):
    with pytest.raises(LadderWordsError, match=r"says no step\. Write"):
        read_ladder(words, numbers=numbers)
