"""Growing, shrinking and moving by units, without a window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.values import Turn
from qcode.ui.text.selection import Selected, UnitSelection, exchanges

ROLES = {"q": "interviewer", "a": "participant", "e": "event"}


def turns_of(roles):
    return [Turn(10 * index, 10 * index + 9, None, ROLES[role]) for index, role in enumerate(roles)]


def exchanges_of(roles):
    return ["".join(roles[start // 10 : (end + 1) // 10]) for start, end in exchanges(turns_of(roles))]


def test_a_question_takes_all_that_is_said_until_the_next_one():
    assert exchanges_of("qaaqa") == ["qaa", "qa"]
    assert exchanges_of("qqaeqa") == ["qqae", "qa"]
    assert exchanges_of("qeqa") == ["qeqa"]
    assert exchanges_of("aqa") == ["a", "qa"]


def test_where_nobody_interviews_there_are_no_exchanges():
    assert exchanges_of("aaa") == []


@given(st.text(alphabet="qae", max_size=12))
def test_exchanges_cover_all_turns_in_order(roles):
    found = exchanges_of(roles)
    assert "".join(found) == (roles if "q" in roles else "")


sentences = st.lists(st.integers(1, 6), min_size=1, max_size=12).map(
    lambda lengths: [(sum(lengths[:i]) + i, sum(lengths[: i + 1]) + i) for i in range(len(lengths))]
)


@given(sentences, st.integers(0, 80))
def test_growing_always_selects_more_and_ends(units, caret):
    turns = [Turn(units[0][0], units[-1][1])]
    selection = UnitSelection(units, turns)
    selected = (caret, caret)
    for _ in range(4):
        grown = selection.grow(selected, caret)
        if grown is None:
            return
        assert grown.range[1] - grown.range[0] > selected[1] - selected[0]
        selected = grown.range
    raise AssertionError("growing did not end")


@given(sentences, st.lists(st.sampled_from([-1, 1]), max_size=10), st.integers(0, 11))
def test_extending_there_and_back_selects_the_first_unit_again(units, steps, at):
    caret = units[min(at, len(units) - 1)][0]
    selection = UnitSelection(units, [])
    first = selection.grow((caret, caret), caret)
    index = units.index(first.range)
    for step in steps:
        index = min(max(index + step, 0), len(units) - 1)
        selected = selection.move(step, caret, extend=True)
        assert units[index][0] in selected or units[index][1] in selected
        assert min(selected) <= first.anchor
        assert max(selected) >= first.caret
    for _ in units:
        selection.move(-1, caret, extend=True)
    back = units.index(first.range)
    for _ in range(back):
        selected = selection.move(1, caret, extend=True)
    if back:
        assert selected == first


def test_a_selection_that_was_extended_backwards_keeps_its_caret_at_the_beginning():
    selection = UnitSelection([(0, 3), (4, 7), (8, 11)], [])
    selection.grow((8, 8), 8)
    assert selection.move(-1, 8, extend=True) == Selected(11, 4)


def test_moving_without_a_unit_begins_at_the_caret():
    selection = UnitSelection([(0, 3), (4, 7)], [])
    assert not selection.active
    assert selection.move(1, 1, extend=False) == Selected(4, 7)
    assert selection.active


def test_nothing_to_select_answers_nothing():
    selection = UnitSelection([], [])
    assert selection.grow((0, 0), 0) is None
    assert selection.shrink() is None
    assert selection.move(1, 0, extend=False) is None
