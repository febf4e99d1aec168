"""Aligning by length, voices and times."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.alignment import Piece, align
from qcode.text.aligned import Pair, settled

pieces = st.lists(
    st.builds(Piece, st.integers(0, 400), st.integers(0, 3), st.none() | st.integers(0, 900_000)), max_size=14
)


def translated(count, seed, *, voices=True, style=0.1, odd=0.08):
    """Two texts of which one translates the other, and the links between them.

    Some turns were left out, some were put in, and some became one.
    """
    random, original, translation, links = Random(seed), [], [], []

    def piece(length):
        return Piece(max(2, length), 1 + len(original) % 2 if voices else 0)

    while len(original) < count:
        length, chance = int(random.lognormvariate(4, 1)), random.random()
        at, there, voice = len(original), len(translation), piece(length).voice
        if chance < odd / 4:
            original.append(Piece(random.randint(2, 12), voice))
            continue
        if chance < odd / 2:
            translation.append(Piece(random.randint(2, 12), voice))
            continue
        joined = 2 if chance < odd else 1
        parts = [length] + [int(random.lognormvariate(4, 1)) for _ in range(joined - 1)]
        original += [Piece(max(2, part), voice) for part in parts]
        translation.append(Piece(max(2, round(1.15 * sum(parts) * random.gauss(1, style))), voice))
        links.append(Pair((at, at + joined), (there, there + 1)))
    return original, translation, links


@given(pieces, pieces)
@settings(deadline=None)
def test_links_are_in_order_share_no_turn_and_lie_in_both_texts(original, translation):
    found = align(original, translation)
    assert settled(found) == found
    assert all(link.linked for link in found)
    assert not found or (found[-1].original[1] <= len(original) and found[-1].translation[1] <= len(translation))


@given(pieces)
@settings(deadline=None)
def test_a_text_beside_itself_is_aligned_turn_by_turn(text):
    told = [Piece(turn.length + 1, number % 3 + 1, number * 60_000) for number, turn in enumerate(text)]
    assert align(told, told) == [Pair((turn, turn + 1), (turn, turn + 1)) for turn in range(len(told))]


@pytest.mark.parametrize("seed", range(6))
def test_nearly_all_links_of_a_translation_are_found(seed):
    original, translation, links = translated(300, seed)
    found = set(align(original, translation))
    assert len(found & set(links)) >= 0.93 * max(len(links), len(found))


@pytest.mark.parametrize("seed", range(3))
def test_lengths_alone_find_most_and_voices_help(seed):
    original, translation, links = translated(300, seed)
    silent = [[piece._replace(voice=0) for piece in text] for text in (original, translation)]
    alone, told = (len(set(align(*texts)) & set(links)) for texts in (silent, (original, translation)))
    assert 0.75 * len(links) <= alone <= told


def test_times_decide_where_lengths_do_not():
    original = [Piece(20, start_ms=number * 10_000) for number in range(20)]
    translation = [piece for number, piece in enumerate(original) if number not in (9, 10)]
    early = [Pair((turn, turn + 1), (turn, turn + 1)) for turn in range(9)]
    late = [Pair((turn, turn + 1), (turn - 2, turn - 1)) for turn in range(11, 20)]
    found = align(original, translation)
    assert found[:8] == early[:8]
    assert found[-9:] == late


def test_what_was_put_in_has_no_counterpart():
    original = [Piece(200, 1), Piece(90, 2), Piece(300, 1)]
    translation = [Piece(205, 1), Piece(8, 3), Piece(95, 2), Piece(290, 1)]
    assert align(original, translation) == [
        Pair((0, 1), (0, 1)),
        Pair((1, 2), (2, 3)),
        Pair((2, 3), (3, 4)),
    ]


def test_two_turns_become_one_and_one_becomes_two():
    original = [Piece(100, 1), Piece(120, 1), Piece(40, 2), Piece(400, 1)]
    translation = [Piece(225, 1), Piece(42, 2), Piece(180, 1), Piece(215, 1)]
    assert align(original, translation) == [
        Pair((0, 2), (0, 1)),
        Pair((2, 3), (1, 2)),
        Pair((3, 4), (2, 4)),
    ]


def test_nothing_is_linked_with_nothing_and_one_turn_with_all():
    assert align([], []) == align([Piece(5)], []) == align([], [Piece(5)] * 500) == []
    assert align([Piece(50)], [Piece(5)] * 500) == [Pair((0, 1), (0, 500))]
    assert align([Piece(5)] * 500, [Piece(50)]) == [Pair((0, 500), (0, 1))]


def test_turns_without_a_word_are_no_obstacle():
    assert align([Piece(0)] * 3, [Piece(0)] * 3) == [Pair((turn, turn + 1), (turn, turn + 1)) for turn in range(3)]


def test_kept_links_stay_and_the_rest_goes_around_them():
    original, translation, _links = translated(60, 4)
    kept = [Pair((10, 12), (14, 15)), Pair((40, 41), (38, 40))]
    found = align(original, translation, kept)
    assert set(kept) <= set(found)
    assert settled(found) == found


def test_two_texts_of_three_thousand_turns_are_aligned_within_a_band():
    original, translation, links = translated(3_000, 2)
    found = set(align(original, translation))
    assert len(found & set(links)) >= 0.93 * len(links)


def test_a_part_that_is_missing_is_passed_over():
    original, translation, _links = translated(1_500, 5, odd=0.0)
    found = align(original, translation[:700] + translation[760:])
    assert sum(link.original[0] - link.translation[0] == 60 for link in found) >= 0.9 * 740
