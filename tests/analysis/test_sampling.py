"""Random draws that anybody can repeat."""

from __future__ import annotations

import random
from fractions import Fraction
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.sampling import count_of, drawn

SHARES = st.sampled_from([0.05, 0.1, 0.15, 0.2, 0.25, 1 / 3, 0.5, 0.999, 1.0])
SEEDS = st.integers(0, 2**40)
SIZES = st.lists(st.integers(0, 30), max_size=8)


def named(sizes):
    """Groups of so many ids, all different."""
    return [[f"d{group}-{number}" for number in range(size)] for group, size in enumerate(sizes)]


def counts(sizes, share, seed=1):
    return [len(group) for group in drawn(named(sizes), share=share, seed=seed)]


def test_a_draw_is_what_it_was_when_it_was_first_written():
    ids = [f"INT-{number:02}" for number in range(1, 21)]
    assert drawn([ids], share=0.2, seed=42) == (("INT-03", "INT-06", "INT-07", "INT-14"),)


def test_the_smallest_hashes_of_seed_and_id_are_drawn():
    ids = [f"INT-{number:02}" for number in range(1, 21)]
    hashed = sorted(ids, key=lambda one: sha256(f"7:{one}".encode()).hexdigest())
    assert drawn([ids], share=0.25, seed=7) == (tuple(hashed[:5]),)


def test_a_half_is_rounded_up_and_at_least_one_is_drawn():
    assert [count_of(10, 0.25), count_of(10, 0.15), count_of(3, 0.1), count_of(0, 0.5)] == [3, 2, 1, 0]


def test_fifteen_percent_of_a_hundred_is_fifteen_and_not_what_floating_numbers_make_of_it():
    assert [count_of(100, 0.15), count_of(150, 0.07), count_of(1000, 0.0145)] == [15, 11, 15]


def test_each_group_gives_its_part_and_the_largest_remainders_are_rounded_up():
    # 47 documents, a fifth is 9: parts 4.2, 3.4 and 1.8 give 4, 3 and 1, and the ninth goes to the remainder .8.
    assert counts([21, 17, 9], 0.2) == [4, 3, 2]


def test_every_group_gives_one_where_as_many_are_drawn_as_there_are_groups():
    assert counts([40, 2, 1], 0.1) == [2, 1, 1]
    assert counts([18, 1, 1], 0.1) == [2, 0, 0]


def test_of_groups_that_lack_as_much_the_larger_one_gives_more():
    assert counts([1, 5], 0.2) == [0, 1]


def test_equal_groups_are_not_always_rounded_in_the_same_way():
    results = {tuple(counts([5, 5], 0.1, seed)) for seed in range(20)}
    assert results == {(1, 0), (0, 1)}


def test_every_document_is_drawn_about_as_often_as_any_other():
    times = dict.fromkeys(named([10])[0], 0)
    for seed in range(2000):
        for one in drawn([list(times)], share=0.2, seed=seed)[0]:
            times[one] += 1
    assert all(320 <= count <= 480 for count in times.values())


@given(SIZES, SHARES, SEEDS)
def test_as_many_are_drawn_as_were_asked_for_each_once_and_of_its_own_group(sizes, share, seed):
    groups = named(sizes)
    found = drawn(groups, share=share, seed=seed)
    assert sum(map(len, found)) == count_of(sum(sizes), share)
    for group, some in zip(groups, found, strict=True):
        assert len(set(some)) == len(some)
        assert set(some) <= set(group)


@given(SIZES, SHARES, SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_documents_and_of_the_groups_changes_nothing(sizes, share, seed, chance: random.Random):
    groups = named(sizes)
    shuffled = [chance.sample(group, len(group)) for group in groups]
    order = chance.sample(range(len(groups)), len(groups))
    found = drawn([shuffled[at] for at in order], share=share, seed=seed)
    first = drawn(groups, share=share, seed=seed)
    assert list(found) == [first[at] for at in order]


@given(SIZES, SHARES, SEEDS)
def test_no_group_is_further_than_one_from_its_part_unless_small_ones_had_to_give_one(sizes, share, seed):
    found = [len(group) for group in drawn(named(sizes), share=share, seed=seed)]
    parts = [size * Fraction(repr(share)) for size in sizes]
    small = sum(part < 1 for part, size in zip(parts, sizes, strict=True) if size)
    for part, count in zip(parts, found, strict=True):
        assert part - 1 - small < count < part + 1 or count == 1


@given(st.integers(1, 60), SEEDS, st.tuples(SHARES, SHARES))
def test_a_larger_share_of_one_group_draws_the_same_documents_and_more(size, seed, shares):
    less, more = (drawn(named([size]), share=share, seed=seed)[0] for share in sorted(shares))
    assert more[: len(less)] == less


@given(SIZES, SEEDS)
def test_the_share_of_everything_is_everything(sizes, seed):
    assert [sorted(group) for group in drawn(named(sizes), share=1.0, seed=seed)] == [
        sorted(group) for group in named(sizes)
    ]
