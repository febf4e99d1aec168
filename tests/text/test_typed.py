"""What people write into cells, and what it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.typed import Habits, Meant, fold, guessed_kind, habits_of, meant, shown_number

LEVELS = {fold(name): name for name in ("20-29", "30–39", "Woman", "Unknown to us")}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("12", "12"),
        (" 12.0 ", "12"),
        ("-0.5", "-0.5"),
        ("−3", "-3"),
        ("1,200", "1200"),
        ("1 200", "1200"),
        ("1,234,567.5", "1234567.5"),
        ("12,5", "12.5"),
        ("1.200,75", "1200.75"),
        ("2e3", "2000"),
    ],
)
def test_numbers_are_read_as_they_are_written_in_several_countries(written, stored):
    assert meant(written, "number") == Meant(stored)


@pytest.mark.parametrize("written", ["twelve", "12 years", "1.2.3", "nan", "inf", "12-15", "=1+1", "9e99", "1,2,3"])
def test_what_is_no_number_is_refused_with_a_sentence(written):
    assert meant(written, "number").refused.endswith("is no number.")


def test_a_comma_before_three_digits_means_what_the_rest_of_its_column_shows():
    assert meant("1,200", "number", habits=habits_of(["1,200", "3,4"])) == Meant("1.2")
    assert meant("1,200", "number", habits=habits_of(["1,200", "3"])) == Meant("1200")


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-3-5", "2024-03-05"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("2024-03-05 00:00:00", "2024-03-05"),
        ("5.3.2024", "2024-03-05"),
        ("13/4/2024", "2024-04-13"),
        ("4/13/2024", "2024-04-13"),
        ("4/4/2024", "2024-04-04"),
        ("5 March 2024", "2024-03-05"),
        ("5th Mar 2024", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Sept 2024", "2024-09"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_dates_are_read_to_the_precision_they_have(written, stored):
    assert meant(written, "date") == Meant(stored)


@pytest.mark.parametrize(
    "written", ["soon", "30 February 2024", "2024-13", "32/1/2024", "13/13/2024", "5 Mai 24", "1/2"]
)
def test_what_is_no_date_is_refused(written):
    assert "is no date" in meant(written, "date").refused


def test_a_date_that_can_be_two_days_is_refused_until_the_order_is_known():
    found = meant("3/4/2024", "date")
    assert found.either_order
    assert "3 April or 4 March" in found.refused
    assert meant("3/4/2024", "date", habits=Habits(dates="day first")) == Meant("2024-04-03")
    assert meant("3/4/2024", "date", habits=Habits(dates="month first")) == Meant("2024-03-04")
    assert "no date with the day first" in meant("4/13/2024", "date", habits=Habits(dates="day first")).refused


def test_one_clear_date_says_how_its_column_is_written_but_two_that_differ_do_not():
    assert habits_of(["3/4/2024", "20/4/2024"]).dates == "day first"
    assert habits_of(["3/4/2024", "4/20/2024"]).dates == "month first"
    assert habits_of(["20/4/2024", "4/20/2024"]).dates is None
    assert habits_of(["20/4/2024"], "month first").dates == "month first"


def test_levels_are_found_whatever_their_case_and_others_are_new():
    assert meant("WOMAN", "category", LEVELS) == Meant("Woman")
    assert meant("unknown to us", "category", LEVELS) == Meant("Unknown to us")
    assert meant("Man", "category", LEVELS) == Meant("Man", new_level=True)


@pytest.mark.parametrize("kind", ["category", "number", "date", "text"])
def test_unknown_is_a_value_and_a_dash_is_none(kind):
    for written in ("unknown", "Not known", "?", "Don’t know"):
        assert meant(written, kind) == Meant(unknown=True)
    for written in ("", "  ", "–", "n/a", "."):
        assert meant(written, kind).nothing


def test_endless_and_unreadable_text_is_refused():
    assert "at most" in meant("a" * 1_001, "text").refused
    assert "can't be shown" in meant("a\x00b", "text").refused


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2,5", "unknown", ""], "number"),
        (["3/4/2024", "5/6/2024"], "date"),
        (["2024-01", "March 2023"], "date"),
        (["woman", "man", "woman"], "category"),
        (["12", "a while"], "category"),
        ([f"A different remark, number {number}" for number in range(30)], "text"),
        (["", "unknown"], "text"),
    ],
)
def test_the_kind_of_a_column_is_guessed_from_its_cells(cells, kind):
    assert guessed_kind(cells) == kind


@given(st.text(max_size=40), st.sampled_from(["category", "number", "date", "text"]))
def test_whatever_is_typed_has_one_meaning_and_what_is_stored_means_itself(written, kind):
    found = meant(written, kind)
    assert sum([bool(found.content), found.unknown, bool(found.refused), found.nothing]) == 1
    if found.content:
        assert meant(found.content, kind).content == found.content


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_a_number_is_read_back_as_it_was_stored(value):
    assert float(meant(shown_number(value), "number").content) == value
