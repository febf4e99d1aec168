"""What verdicts keep, whatever coders marked: nothing that nobody marked, and everything that all marked alike."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from test_cases_of_coders import characters, coded, document

from qcode.reconciliation import OUTCOMES, cases_of, fitting, kept_by

TAKEN = ("union", "intersection", "all", "unanimous", "accept")


def marked(case, code):
    """The characters that each coder of a case marked with a code."""
    return [characters(m.place for m in case.marks if (m.coder, m.code) == (one, code)) for one in case.asked]


def verdicts_on(case):
    """What each verdict that fits a case keeps, of all coders' sides."""
    for outcome in fitting(case):
        for coder in case.asked if outcome == "accept" else [""]:
            if outcome in TAKEN or outcome == "none":
                yield outcome, kept_by(case, outcome, coder=coder)


@given(coded(alike=True))
def test_no_verdict_invents_text_or_drops_what_everybody_marked(found):
    for case in cases_of([found]):
        for outcome, kept in verdicts_on(case):
            assert set(case.agreed) <= set(kept), "what is unanimous stands as it was marked"
            assert {code for code, _start, _end in kept} <= set(case.codes)
            for code in case.codes:
                own = marked(case, code)
                stands = characters(kept_place[1:] for kept_place in kept if kept_place[0] == code)
                assert stands <= set().union(*own)
                if outcome != "none":
                    assert stands >= reduce(set.intersection, own)


@given(coded())
def test_a_union_keeps_all_that_anybody_marked_and_a_side_is_kept_as_it_is(found):
    for case in cases_of([found]):
        for outcome, kept in verdicts_on(case):
            if outcome in ("union", "all"):
                for code in case.codes:
                    stands = characters(one[1:] for one in kept if one[0] == code)
                    assert stands == set().union(*marked(case, code))
        for coder in case.asked if case.kind != "unanimous" else ():
            kept = kept_by(case, "accept", coder=coder)
            own = {(mark.code, *mark.place) for mark in case.marks if mark.coder == coder}
            assert set(kept) - set(case.agreed) <= own


def test_each_kind_of_case_is_offered_what_makes_sense_of_it():
    def offered(*lines):
        (case,) = cases_of([document(*lines, coders="AB")])
        return [outcome for outcome in OUTCOMES if outcome not in fitting(case)]

    assert offered("A trust 1-3", "B trust 2-4") == ["all", "unanimous"]
    assert offered("A trust 1-3", "B") == ["intersection", "all", "unanimous"]
    assert offered("A trust 1-3", "B fear 1-3") == ["union", "intersection", "unanimous"]
    assert offered("A trust 1-3", "B trust 1-3") == [one for one in OUTCOMES if one != "unanimous"]


def test_what_two_marked_beside_each_other_stays_two_and_another_code_takes_the_rest():
    beside = cases_of([document("A trust 1-2, trust 3-5", "B trust 1-2, trust 3-5", coders="AB")])
    assert [kept_by(case, "unanimous") for case in beside] == [case.agreed for case in beside]
    assert [len(case.agreed) for case in beside] == [1, 1]
    (case,) = cases_of([document("A trust 1-3, trust 2-5", "B trust 1-3", coders="AB")])
    (agreed,) = case.agreed
    rest = next(mark for mark in case.marks if mark.place != agreed[1:])
    assert kept_by(case, "union") == (agreed, ("trust", *rest.place))
    assert kept_by(case, "none") == (agreed,)
    assert kept_by(case, "other", code="fear") == (agreed, ("fear", *rest.place))
