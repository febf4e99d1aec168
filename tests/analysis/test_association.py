"""Tests of groups: equal to scipy's and to published figures, and refused where people are not what is counted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations
from math import inf, isclose, sqrt

import counted
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from qcode.analysis import fisher as fisher_module
from qcode.analysis.association import (
    NotForSuchCountsError,
    NotInOneGroupError,
    association,
    associations,
    chi_square,
    cramers_v,
    holm,
    odds_ratio,
    with_holm,
)
from qcode.analysis.corpus import Corpus, CountedTheme, Mark
from qcode.analysis.crosstab import crosstab
from qcode.analysis.fisher import fisher

# Gender by party identification, General Social Survey: Agresti, A. (2007), An Introduction to Categorical Data
# Analysis, 2nd ed., p. 38 f.: X² = 30.1 on 2 degrees of freedom; R's manual of chisq.test gives 30.07 and 2.954e-07.
PARTY = [[762, 327, 468], [484, 239, 477]]
# Fisher's tea drinker: Agresti (2007), p. 46; two-sided p = 0.486. R's manual of fisher.test: conditional odds ratio
# 6.408309, of which the interval with two sides is 0.2117 to 626.2435.
TEA = [[3, 1], [1, 3]]
# Twins of criminals: Fisher (1962), Confidence limits for a cross-product ratio, Aust. J. Stat. 4, 41, as in R's manual
# of fisher.test: the odds ratio 0.04693661, of which the interval of 95 % is 0.003325764 to 0.363182271.
CONVICTED = [[2, 15], [10, 3]]
# Job satisfaction by income: Agresti, A. (2002), Categorical Data Analysis, p. 57, and R's manual: p = 0.7827.
JOBS = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]

COUNTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=4)
TABLES = COUNTS.map(lambda columns: [[one for one, _ in columns], [two for _, two in columns]])
FULL = TABLES.filter(lambda table: all(map(sum, table)) and all(map(sum, zip(*table, strict=True))))


def test_published_figures_come_out():
    found = chi_square(PARTY)
    assert (round(found.statistic, 2), found.df, f"{found.p:.3e}") == (30.07, 2, "2.954e-07")
    assert [round(one, 4) for one in (fisher(TEA)[1], odds_ratio(TEA).value)] == [0.4857, 6.4083]
    assert [round(one, 4) for one in (odds_ratio(TEA).low, odds_ratio(TEA).high)] == [0.2117, 626.2435]
    convicted = odds_ratio(CONVICTED)
    assert [round(one, 4) for one in (convicted.value, convicted.low, convicted.high)] == [0.0469, 0.0033, 0.3632]
    exact, p = fisher(JOBS)
    assert not exact, "too many tables: drawn"
    assert abs(p - 0.7827) < 0.005
    assert fisher(JOBS) == (exact, p), "always the same ones"


@given(FULL)
@settings(max_examples=60)
def test_figures_equal_those_of_scipy(table):
    found, theirs = chi_square(table), stats.chi2_contingency(table, correction=False)
    assert isclose(found.statistic, theirs.statistic, abs_tol=1e-12)
    assert isclose(found.p, theirs.pvalue, abs_tol=1e-12)
    assert found.expected == theirs.expected_freq.min()
    v = stats.contingency.association(table, method="cramer")
    assert isclose(cramers_v(table).value, v, abs_tol=1e-9)
    if len(table[0]) == 2:
        assert isclose(fisher(table)[1], stats.fisher_exact(table).pvalue, rel_tol=1e-9)


@pytest.mark.parametrize("table", [TEA, [[1, 2, 4], [3, 0, 2]], [[2, 0, 1], [0, 3, 1], [1, 1, 0]]])
def test_drawing_tables_comes_near_to_going_through_all_of_them(table, monkeypatch):
    _exact, told = fisher(table)
    fisher_module._weights.cache_clear()
    monkeypatch.setattr(fisher_module, "_MOST_WEIGHTS", 0)
    exact, drawn = fisher(table)
    fisher_module._weights.cache_clear()
    assert not exact
    assert abs(drawn - told) < 0.008, "five standard errors of 99,999 draws"


@given(FULL)
@settings(max_examples=40)
def test_the_interval_of_v_holds_all_that_could_have_led_to_it(table):
    effect, found = cramers_v(table), chi_square(table)
    n = sum(map(sum, table))
    assert 0 <= effect.low <= effect.value + 1e-9
    assert effect.value <= max(effect.high, sqrt(found.df / n)) + 1e-9
    for edge, tail in ((effect.low, 0.975), (effect.high, 0.025)):
        if 0 < edge < 1:
            assert isclose(stats.ncx2.cdf(found.statistic, found.df, edge**2 * n), tail, abs_tol=1e-6)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=3))
@settings(max_examples=30)
def test_fisher_is_what_dealing_people_to_groups_in_every_way_comes_to(columns):
    """Of everybody who is counted in any way, each order of the groups is as likely as any other."""
    some = [column for column, (yes, _no) in enumerate(columns) for _ in range(yes)]
    none = [column for column, (_yes, no) in enumerate(columns) for _ in range(no)]
    if not some or not none or len(some) + len(none) > 7:
        return
    ways = {}
    for dealt in permutations(some + none):
        table = tuple(dealt[: len(some)].count(column) for column in range(len(columns)))
        ways[table] = ways.get(table, 0) + 1
    this = ways[tuple(yes for yes, _no in columns)]
    told = Fraction(sum(way for way in ways.values() if way <= this), sum(ways.values()))
    exact, p = fisher([[yes for yes, _no in columns], [no for _yes, no in columns]])
    assert exact
    assert isclose(p, told, rel_tol=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_holm_rejects_what_testing_all_groups_of_hypotheses_rejects(values):
    """Closed testing with Bonferroni in each group, of which Holm's is the quick way."""
    adjusted = holm(values)
    places = range(len(values))
    groups = [group for size in range(1, len(values) + 1) for group in combinations(places, size)]
    for place in places:
        told = max(min(1.0, len(group) * min(values[one] for one in group)) for group in groups if place in group)
        assert isclose(adjusted[place], told, rel_tol=1e-12, abs_tol=1e-300)


def test_a_row_is_tested_by_what_its_counts_allow():
    large = association("a", [(30, 60), (15, 60)])
    assert (large.test, round(large.p, 6)) == ("chi-square", round(large.chi_square.p, 6))
    small = association("b", [(3, 4), (1, 4), (0, 0)])
    assert (small.test, small.p) == ("Fisher", small.fisher)
    assert round(small.odds.value, 4) == 6.4083
    assert association("c", [(5, 5), (0, 5)]).odds.value == inf
    assert [association("d", counts).test for counts in ([(4, 4), (2, 2)], [(0, 4), (0, 2)], [(1, 4), (0, 0)])] == [
        ""
    ] * 3
    assert association("e", [(3, 4), (1, 4), (2, 2)]).odds.value is None
    rows = with_holm([large, small, association("d", [(0, 4), (0, 2)])])
    assert [row.adjusted for row in rows] == [2 * large.p, small.p, None]


@pytest.fixture(scope="module")
def corpus():
    """Six people of whom three speak of fear, in a text each, and one of them in two; one is of no group."""
    turns, marks = [], {}
    people = [counted.Person(f"P{n}", f"P{n}", "" if n == 5 else "AB"[n % 2], "", {}) for n in range(6)]
    for n, who in enumerate([*people, people[0]]):
        turns.append(counted.Turn(0, 4, 1, who.name, "participant", who.id))
        marks[f"D{n}"] = (Mark(f"D{n}", 0, 4, "fear"),) if n in (0, 2, 3) else ()
    texts = tuple(
        counted.Text(
            f"D{n}", f"D{n}", "interview", "en", n, "", "fear", (turn,), word_starts=counted.word_starts("fear")
        )
        for n, turn in enumerate(turns)
    )
    return Corpus(texts, marks, counted.CODES, (), tuple(people), (), (), "Counted: all.")


def test_only_counts_of_people_in_groups_are_tested(corpus):
    found = associations(crosstab(corpus, "group"))
    assert [one.name for one in found.columns] == ["A", "B"]
    tested = {row.key: row for row in found.rows}
    assert tested["fear"].counts == ((2, 3), (1, 2))
    assert (tested["fear"].test, tested["call"].test) == ("Fisher", "")
    assert tested["fear"].adjusted == 1.0
    assert found.notes[0] == "1 of whom it is unknown or not recorded are left out of the tests."
    assert found.notes[1].startswith("Tested are the codes")
    assert "1 test is made." in found.notes[2]
    for count in ("turns", "words", "passages"):
        with pytest.raises(NotForSuchCountsError, match=f"There is no test for {count}"):
            associations(crosstab(corpus, "group", count=count))
    with pytest.raises(NotInOneGroupError, match="“document” does not put each participant into one"):
        associations(crosstab(corpus, "document"))


def test_rows_that_count_others_again_are_not_tested_beside_them(corpus):
    found = associations(crosstab(corpus, "group"))
    codes = {code.id: code for code in counted.CODES}
    assert {codes[row.key].kind for row in found.rows} == {"codable"}
    themes = (
        CountedTheme("whole", "Whole", ("Whole",), None, ("fear", "call")),
        CountedTheme("part", "Part", ("Whole", "Part"), "whole", ("fear",)),
    )
    by_theme = associations(crosstab(replace(corpus, themes=themes), "group", rows="themes"))
    assert [row.key for row in by_theme.rows] == ["whole"]
    assert "Tested are the themes at the top: what stands below a theme counts in it." in by_theme.notes
