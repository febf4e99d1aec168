"""Saturation is counted as it was published, and does not hang on the order of coding."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.saturation import Coded, Criteria, CriteriaError, TooFewToAssessError, in_percent, saturation


def coded(*new: int) -> list[Coded]:
    """Documents that bring so many codes each that none before them had, beside some that are known."""
    out, known = [], 0
    for number, count in enumerate(new, 1):
        codes = [f"c{code}" for code in range(max(0, known - 3), known + count)]
        known += count
        out.append(Coded(f"d{number}", f"INT-{number}", codes))
    return out


# The example of Guest, Namey and Chen (2020): 37 codes in a base of four interviews, and 7 new ones in the first run of
# two, which is 19 %. How these fall on single interviews, and the runs after that, are ours, worked out by hand.
PUBLISHED = coded(16, 10, 7, 4, 4, 3, 1, 0, 0, 0)


def test_the_published_example_is_counted_as_published_and_goes_on_as_by_hand():
    found = saturation(PUBLISHED, Criteria(base=4, run=2, threshold=5))
    assert found.base == 37
    assert [run.new for run in found.runs] == [7, 4, 1, 0, 0]
    assert [run.percent for run in found.runs] == ["19 %", "11 %", "3 %", "0 %", "0 %"]
    assert (found.after, found.reached.first, found.reached.last) == (6, 7, 8)
    assert found.in_words().endswith(
        "a base of 4, a run length of 2 and a new-information threshold of ≤5 %. The first 4 documents held 37 codes. "
        "Documents 7–8 added 1 new code (3 % of these): saturation was reached after 6, and 2 more confirmed it (6+2). "
        "The 2 documents after that added no further code."
    )


def test_a_stricter_threshold_and_a_longer_run_are_reached_later():
    strict = saturation(PUBLISHED, Criteria(base=4, run=2, threshold=0))
    assert strict.after == 7
    assert "threshold of 0 %" in strict.in_words()
    longer = saturation(PUBLISHED, Criteria(base=4, run=3, threshold=5))
    assert [run.new for run in longer.runs] == [8, 4, 1, 0]
    assert longer.after == 6


def test_what_is_not_reached_says_so_with_its_last_run():
    found = saturation(coded(3, 2, 2, 2, 2, 2), Criteria())
    assert found.reached is None
    assert found.after is None
    assert found.in_words().endswith(
        "Documents 5–6 added 4 new codes (44 % of these), which is more than the threshold: saturation was not reached."
    )


def test_codes_that_come_up_later_are_told():
    found = saturation(coded(20, 0, 0, 3, 1), Criteria(base=1, run=2, threshold=5))
    assert (found.after, found.later) == (1, 4)
    assert found.in_words().endswith("The 2 documents after that added 4 further codes.")


def test_a_run_of_just_the_threshold_is_within_it():
    assert saturation(coded(20, 1), Criteria(base=1, run=1, threshold=5)).after == 1
    assert saturation(coded(1000, 7), Criteria(base=1, run=1, threshold=0.7)).after == 1
    assert saturation(coded(1000, 8), Criteria(base=1, run=1, threshold=0.7)).after is None


@pytest.mark.parametrize(
    "asked",
    [Criteria(base=0), Criteria(run=0), Criteria(threshold=-1), Criteria(threshold=101), Criteria(base=10**9),
     Criteria(threshold=float("nan"))],
)  # fmt: skip
def test_what_is_no_criterion_is_refused(asked):
    with pytest.raises(CriteriaError, match="base of 4 to 6"):
        saturation(PUBLISHED, asked)


def test_too_few_documents_are_refused_with_how_many_it_takes():
    with pytest.raises(TooFewToAssessError, match="need 6 documents with codes, and there are 5"):
        saturation(PUBLISHED[:5])


def test_few_are_told_apart_from_none():
    assert [in_percent(share) for share in (0, 0.001, 0.005, 0.125, 1)] == ["0 %", "<1 %", "1 %", "13 %", "100 %"]


LISTED = st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), min_size=3, max_size=9)


@settings(deadline=None, max_examples=60)
@given(LISTED, st.integers(1, 3), st.integers(1, 2), st.sampled_from([0, 5, 20, 100]))
def test_it_is_what_counting_by_hand_gives(documents, base, run, threshold):
    if len(documents) < base + run:
        return
    listed = [Coded(str(number), str(number), sorted(codes)) for number, codes in enumerate(documents)]
    found = saturation(listed, Criteria(base, run, threshold))
    known = set().union(*documents[:base])
    assert found.base == len(known)
    reached = None
    for first in range(base, len(documents) - run + 1):
        new = set().union(*documents[first : first + run]) - set().union(*documents[:first])
        assert found.runs[first - base].new == len(new)
        if reached is None and 100 * len(new) <= threshold * len(known):
            reached = first
    assert found.after == reached
    again = [Coded(one.document, one.name, [*reversed(one.codes), *one.codes]) for one in listed]
    assert saturation(again, Criteria(base, run, threshold)) == found
