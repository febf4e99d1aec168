"""Laws of the coefficients, and the same numbers from an independent package."""

from __future__ import annotations

from math import isnan

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qcode.agreement import chance
from qcode.agreement.coincidences import alpha, distances
from qcode.agreement.continuum import Unitized, squared_alpha, unitizing_alpha
from qcode.agreement.ratings import Ratings, identity
from qcode.agreement.segments import alignment_disorder, matched
from qcode.agreement.sets import distance_table, multi_valued_alpha
from qcode.agreement.stretches import of_code, of_documents, of_sets

VALUES = st.one_of(st.none(), st.integers(1, 4))
UNITS = st.integers(2, 4).flatmap(
    lambda raters: st.lists(st.lists(VALUES, min_size=raters, max_size=raters), min_size=1, max_size=12)
)
FULL = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=15)
SETS = st.frozensets(st.sampled_from("abc"))
LENGTH = 30


@st.composite
def apart(draw, codes="ab"):
    """One coder's units, which do not overlap."""
    edges = draw(st.lists(st.integers(0, LENGTH), max_size=8, unique=True).map(sorted))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return [(start, end, draw(st.sampled_from(codes))) for start, end in pairs]


def documents(codes="ab"):
    coders = st.dictionaries(st.sampled_from(["c1", "c2", "c3"]), apart(codes), max_size=3)
    return st.lists(coders, min_size=1, max_size=3).map(
        lambda rows: [Unitized(f"d{number}", LENGTH, row) for number, row in enumerate(rows)]
    )


def nominal(ratings):
    return alpha(ratings, distances(ratings, "nominal")).value


def same(one, other):
    return (isnan(one) and isnan(other)) or one == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@given(units=UNITS)
def test_alpha_equals_the_independent_package(level, units):
    ratings = Ratings.of(units)
    found = alpha(ratings, distances(ratings, level))
    assume(found.status == "ok")
    data = np.array([[np.nan if value is None else value for value in unit] for unit in units]).T
    assert found.value == pytest.approx(krippendorff.alpha(data, level_of_measurement=level), abs=1e-9)


@given(units=UNITS)
def test_raters_can_be_named_in_any_order_and_units_counted_twice(units):
    plain, turned, doubled = Ratings.of(units), Ratings.of([unit[::-1] for unit in units]), Ratings.of(units + units)
    weighted = Ratings(plain.categories, plain.given, plain.weight * 2)
    assert same(nominal(plain), nominal(turned))
    assert same(nominal(weighted), nominal(doubled))
    for kind in ("fleiss", "conger", "brennan_prediger", "gwet"):
        once, twice = (chance.corrected(ratings, identity(ratings), kind) for ratings in (weighted, doubled))
        assert same(once.value, twice.value)
        assert same(once.se, twice.se)


@given(values=FULL)
def test_two_raters_have_the_same_kappa_in_all_its_forms(values):
    ratings = Ratings.of([list(pair) for pair in values])
    kappa = chance.cohen(ratings.of_raters((0, 1)), identity(ratings)).value
    assert same(kappa, chance.light(ratings, identity(ratings)))
    assert same(kappa, chance.corrected(ratings, identity(ratings), "conger").value)
    assert isnan(kappa) or kappa <= chance.cohen_most(ratings.of_raters((0, 1))) + 1e-9


@given(values=FULL)
def test_perfect_agreement_is_one_and_nothing_is_more(values):
    ratings = Ratings.of([list(pair) for pair in values])
    perfect = Ratings.of([[first, first] for first, _second in values], (0, 1, 2, 3))
    for kind in ("fleiss", "conger", "brennan_prediger", "gwet"):
        best = chance.corrected(perfect, identity(perfect), kind).value
        found = chance.corrected(ratings, identity(ratings), kind).value
        assert isnan(best) or best == pytest.approx(1)
        assert isnan(found) or found <= 1 + 1e-9


@given(rows=st.lists(st.lists(st.one_of(st.none(), SETS), min_size=3, max_size=3), min_size=1, max_size=8))
def test_multi_valued_alpha_of_single_codes_is_alpha(rows):
    single = [[None if codes is None else min(codes, default="z") for codes in row] for row in rows]
    as_sets = Ratings.of([[None if code is None else frozenset({code}) for code in row] for row in single])
    assert same(multi_valued_alpha(as_sets).value, nominal(Ratings.of(single)))


@given(one=SETS, other=SETS)
def test_distances_between_sets_are_symmetric_between_0_and_1_and_0_for_equal_ones_alone(one, other):
    ratings = Ratings.of([[one, other]])
    for name in ("exact_set", "jaccard", "dice", "masi", "passonneau2004"):
        table = distance_table(ratings, name)
        assert (table == table.T).all()
        assert ((table >= 0) & (table <= 1)).all()
        assert (table[0, -1] == 0) == (one == other)


@given(rows=documents("a"))
def test_one_code_has_the_same_alpha_for_unitizing_with_the_gaps_alike(rows):
    found = unitizing_alpha(rows)
    assert same(found.alpha, found.binary)


@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(["c1", "c2", "c3"]), st.text("abc", min_size=6, max_size=6), max_size=3),
        min_size=1,
        max_size=3,
    )
)
def test_units_of_one_character_make_the_alpha_of_coding(rows):
    cut = [
        Unitized(
            f"d{number}",
            6,
            {coder: [(at, at + 1, value) for at, value in enumerate(text)] for coder, text in row.items()},
        )
        for number, row in enumerate(rows)
    ]
    characters = [
        [row[coder][at] if coder in row else None for coder in ("c1", "c2", "c3")] for row in rows for at in range(6)
    ]
    assert same(unitizing_alpha(cut).alpha, nominal(Ratings.of(characters)))


@given(rows=documents(), alone=apart())
def test_a_document_with_one_coder_says_nothing(rows, alone):
    more = [*rows, Unitized("alone", LENGTH, {"c1": alone})]
    few, many = unitizing_alpha(rows), unitizing_alpha(more)
    assert same(few.alpha, many.alpha)
    assert same(few.coding, many.coding)
    assert same(nominal(of_code(rows, "a")), nominal(of_code(more, "a")))
    assert same(multi_valued_alpha(of_sets(rows)).value, multi_valued_alpha(of_sets(more)).value)
    assert same(nominal(of_documents(rows, "a")), nominal(of_documents(more, "a")))


@given(one=apart("a"), other=apart("a"))
def test_segments_find_a_partner_each_and_more_of_them_where_less_is_asked(one, other):
    first, second = ([(start, end) for start, end, _value in units] for units in (one, other))
    exact, half, any_of_it = (matched(first, second, least=least) for least in (1.0, 0.5, 0.0))
    assert len(exact.pairs) <= len(half.pairs) <= len(any_of_it.pairs) <= min(len(first), len(second))
    assert len(exact.pairs) == len(set(first) & set(second))
    assert len({pair[0] for pair in half.pairs}) == len({pair[1] for pair in half.pairs}) == len(half.pairs)


@given(one=apart(), other=apart())
def test_the_disorder_of_the_best_alignment_is_never_more_than_leaving_all_units_alone(one, other):
    assume(one or other)
    disorder = alignment_disorder([one, other])
    assert 0 <= disorder <= 2 + 1e-9
    assert same(disorder, alignment_disorder([other, one]))
    assert not one or same(alignment_disorder([one, one]), 0.0)


@given(units=apart("a"))
def test_the_older_alpha_for_unitizing_is_one_for_equal_units(units):
    assume(units)
    own = [(start, end) for start, end, _value in units]
    found = squared_alpha(LENGTH, [own, own])
    assert found.observed == 0
    assert isnan(found.value) or found.value == 1
