"""Lanes for stripes, and names beside them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.values import Coding
from qcode.ui.text.codings import DrawnCodings
from qcode.ui.text.columns import columns_for
from qcode.ui.text.labels import place_labels
from qcode.ui.text.lanes import Lanes
from qcode.ui.text.page import Page
from qcode.ui.text.stripes import Stripe

span = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
changes = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.none() | span), max_size=30)


@given(changes)
def test_ranges_in_one_lane_never_overlap_and_nobody_else_moves(steps):
    lanes, held = Lanes(), {}
    for key, new in steps:
        before = {other: lanes[other] for other in held if other != key}
        lanes.change([key], [(key, new)] if new else [])
        held.pop(key, None)
        if new:
            held[key] = new
        assert {other: lanes[other] for other in before} == before
        for one in held:
            for other in held:
                if one < other and lanes[one] == lanes[other]:
                    assert held[one][1] <= held[other][0] or held[other][1] <= held[one][0]
        assert lanes.count == max((lanes[other] + 1 for other in held), default=0)
        assert key in lanes if new else key not in lanes


def test_a_text_opened_afresh_uses_as_few_lanes_as_it_can():
    lanes = Lanes()
    lanes.change([], [("c", (4, 6)), ("a", (0, 9)), ("b", (0, 3)), ("d", (9, 12))])
    assert [lanes[key] for key in "abcd"] == [0, 1, 1, 0]


def test_a_range_that_changes_keeps_its_lane_if_it_is_free_there():
    lanes = Lanes()
    lanes.change([], [("a", (0, 5)), ("b", (0, 5))])
    lanes.change(["b"], [("b", (3, 12))])
    assert lanes["b"] == 1
    lanes.change(["a"], [])
    lanes.change(["b"], [("b", (3, 8))])
    assert lanes["b"] == 1


@given(st.lists(changes, max_size=4))
def test_codings_changed_one_by_one_are_those_that_were_given_at_once(rounds):
    page = Page("word " * 10)
    bit_by_bit, at_once, held = DrawnCodings(page), DrawnCodings(page), {}
    for steps in rounds:
        before = dict(held)
        new = {key: Coding(key, key, key, 0, *span) for key, span in steps if span}
        gone = {key for key, span in steps if not span} - new.keys()
        held = {key: coding for key, coding in (held | new).items() if key not in gone}
        touched = bit_by_bit.change(gone, new.values())
        at_once.replace(held.values())
        differing = {
            coding
            for key in before.keys() | held.keys()
            for coding in (before.get(key), held.get(key))
            if coding and before.get(key) != held.get(key)
        }
        for coding in differing:
            assert any(start <= coding.start and coding.end <= end for start, end in touched)
        for position in range(len(page.text)):
            found = {coding for coding in held.values() if coding.start <= position < coding.end}
            assert set(bit_by_bit.at(position)) == set(at_once.at(position)) == found


def stripe(key, top, bottom, code=None, coder="AK", unsure=False):
    coding = Coding(key, code or key, (code or key).title(), 0, 0, 1, coder, unsure=unsure)
    return Stripe(coding, 4, top, bottom)


def test_coders_who_agree_share_a_name():
    labels = place_labels([stripe("a", 10, 40, "trust"), stripe("b", 10, 60, "trust", "BM", unsure=True)], 12, 500)
    assert [(label.name, label.coders, label.top) for label in labels] == [("Trust", ("AK", "BM?"), 10)]


def test_initials_that_do_not_fit_beside_a_name_stand_below_it_where_there_is_room():
    def narrow(_name, _coders):
        return False

    tall, short = stripe("a", 10, 60), stripe("b", 100, 120)
    assert [label.apart for label in place_labels([tall, short], 12, 500, narrow)] == [True, False]
    near = stripe("b", 30, 80)
    assert [(label.top, label.apart) for label in place_labels([tall, near], 12, 500, narrow)] == [
        (10, False),
        (30, True),
    ]
    unsigned = stripe("a", 10, 60, coder="")
    assert [label.apart for label in place_labels([unsigned], 12, 500, narrow)] == [False]


tops = st.lists(st.tuples(st.integers(-30, 200), st.integers(10, 90)), max_size=20)


@given(tops, st.booleans())
def test_names_never_cover_each_other_or_leave_their_stripes(places, fit):
    stripes = [stripe(str(number), top, top + length) for number, (top, length) in enumerate(places)]
    labels = place_labels(stripes, 14, 210, lambda _name, _coders: fit)
    by_name = {each.coding.name: each for each in stripes}
    assert len({label.name for label in labels}) == len(labels)
    for upper, lower in pairwise(labels):
        assert upper.top + (28 if upper.apart else 14) <= lower.top
    for label in labels:
        assert label.top >= max(by_name[label.name].top, 0)
        assert label.top + 14 <= min(by_name[label.name].bottom + 14, 210)
        assert not label.apart or label.top + 28 <= min(by_name[label.name].bottom, 210)


@given(st.integers(0, 4000), st.floats(4, 30), st.integers(60, 400))
def test_columns_share_exactly_the_width_there_is(width, letter, speakers):
    columns = columns_for(width, letter, speakers, speakers + 60, 34)
    assert sum(columns) == width
    assert min(columns) >= 0
    assert columns.text <= round(letter * 66) + 34


def test_a_wide_window_gives_the_text_its_measure_and_the_rest_to_the_margins():
    columns = columns_for(1400, 8, 120, 180, 34)
    assert columns.text == 8 * 66 + 34
    assert columns.speakers > 180
    assert columns.stripes > columns.speakers


def test_a_narrower_window_gives_up_times_then_measure_then_names():
    widths = [columns_for(width, 8, 120, 180, 34) for width in (950, 890, 740, 600, 420)]
    assert [columns.speakers for columns in widths] == [180, 120, 120, 120, 64]
    assert [columns.text for columns in widths] == [562, 562, 470, 432, 322]
    assert [columns.stripes for columns in widths] == [208, 208, 150, 48, 34]


def test_a_page_counts_paragraphs_as_qt_does():
    page = Page("one\n\ntwo\u2028three")
    assert [page.paragraph(number) for number in range(page.paragraph_count)] == [(0, 3), (4, 4), (5, 8), (9, 14)]
    assert [page.paragraph_at(place) for place in (0, 3, 4, 5, 8, 9, 14, 99)] == [0, 0, 1, 2, 2, 3, 3, 3]
