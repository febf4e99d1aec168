"""The law of k-anonymity, by brute force over small populations, policies and sets of what is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.anonymity import Asked, Disclosure, Item, Person, settle

NAMES = ("role", "gender", "age", "county")
VALUES = {
    "role": ("", "chief", "officer", "nurse"),
    "gender": ("", "woman", "man"),
    "age": ("", "31", "34", "47", "52"),
    "county": ("", "CD", "EF"),
}
BANDS = {"31": "30–39", "34": "30–39", "47": "40–49", "52": "50–59"}
HALVES = {"31": "younger", "34": "younger", "47": "older", "52": "older"}
POLICE = {"chief": "police", "officer": "police"}  # nurses become nothing
ITEMS = {
    "role": Item("role", ((Disclosure("role"),), (Disclosure("role", POLICE),))),
    "gender": Item("gender", ((Disclosure("gender"),),)),
    "age": Item("age", tuple((Disclosure("age", step),) for step in (None, BANDS, HALVES))),
    "pseudonym": Item("pseudonym", ((Disclosure("gender"),),), stands=True),
    "id": Item("id", ((Disclosure("county"), Disclosure("role")), (Disclosure("county"),)), stands=True),
}

people_of = st.lists(
    st.tuples(*(st.sampled_from(VALUES[name]) for name in NAMES), st.sampled_from(["", "", "", "unlinked"])),
    min_size=1,
    max_size=14,
).map(
    lambda rows: [
        Person(f"p{number:02}", dict(zip(NAMES, row[:-1], strict=True)), row[-1]) for number, row in enumerate(rows)
    ]
)
policies = st.permutations(list(ITEMS)).map(lambda names: [ITEMS[name] for name in names])
asks = st.builds(
    Asked,
    st.frozensets(st.sampled_from(list(ITEMS)), max_size=5),
    st.frozensets(st.sampled_from(["role", "gender"]), max_size=1) | st.just(frozenset()),
    st.sampled_from([False, False, False, True]),
    st.frozensets(st.sampled_from(list(ITEMS)), max_size=2),
)


@st.composite
def studies(draw):
    people = draw(people_of)
    asked = {person.id: draw(asks) for person in people if draw(st.booleans())}
    return people, draw(policies), asked, draw(st.integers(2, 6))


def printed_about(person, items, asked, found):
    """Every attribute with the value that is given away about somebody, in whatever form."""
    told = {(name, None, person.values[name]) for name in asked.said}
    for item in items:
        step = found.steps.get(item.field)
        if step is not None:
            told |= {(one.attribute, step if one.coarsening else None, one.of(person)) for one in item.steps[step]}
    return {(name, form, value) for name, form, value in told if value}


def shares(other, told, items):
    """Whether all that is told of somebody is true of another one too."""
    ladders = {item.field: item for item in items}
    return all(
        (other.values[name] if form is None else ladders[name].steps[form][0].of(other)) == value
        for name, form, value in told
    )


@settings(max_examples=400, deadline=None)
@given(studies(), st.booleans())
def test_what_is_printed_of_anybody_is_shared_by_k_of_all_people_or_by_all_or_excepted(study, covering):
    people, items, asked, k = study
    known = {person.id: person for person in people}
    found = settle(people, items, asked, k, covering=covering)
    assert list(found) == sorted(asked)
    for who, one in found.items():
        told = printed_about(known[who], items, asked[who], one)
        sharing = [other for other in people if other.pool == known[who].pool and shares(other, told, items)]
        said = printed_about(known[who], [], asked[who], one)
        assert one.alike == len(sharing)
        assert len(sharing) >= k or len(sharing) == len(people) or asked[who].exempt or told == said
        assert one.wanted <= one.alike


@settings(max_examples=200, deadline=None)
@given(studies(), st.booleans())
def test_with_what_stands_beside_enough_people_share_it_still_and_it_takes_nothing_away(study, covering):
    people, items, asked, k = study
    known = {person.id: person for person in people}
    alone = {who: Asked(one.fields, one.said, one.exempt) for who, one in asked.items()}
    without = settle(people, items, alone, k, covering=covering)
    for who, one in settle(people, items, asked, k, covering=covering).items():
        assert (one.steps, one.alike, one.wanted) == (without[who].steps, without[who].alike, without[who].wanted)
        assert not one.beside.keys() & asked[who].fields
        told = printed_about(known[who], items, asked[who], one)
        more = told | printed_about(known[who], items, Asked(frozenset()), replace(one, steps=one.beside))
        sharing = [other for other in people if other.pool == known[who].pool and shares(other, more, items)]
        assert more == told or len(sharing) >= k or len(sharing) == len(people)


@settings(max_examples=200, deadline=None)
@given(studies())
def test_nothing_that_was_left_out_or_coarsened_could_have_been_printed(study):
    """Without covering: each item at its finest possible step, given those that are worth more."""
    people, items, asked, k = study
    known = {person.id: person for person in people}
    for who, one in settle(people, items, asked, k).items():
        if asked[who].exempt:
            continue
        pool = [other for other in people if other.pool == known[who].pool]
        told = printed_about(known[who], [], asked[who], one)
        for item in items:
            if item.field not in one.steps:
                continue
            for number in range(len(item.steps)):
                given_away = printed_about(known[who], [item], Asked(frozenset()), _at(one, item.field, number))
                sharing = sum(shares(other, told | given_away, items) for other in pool)
                possible = bool(given_away) and (sharing >= k or sharing == len(people))
                assert possible == (one.steps[item.field] == number)
                if possible:
                    told |= given_away
                    break
            else:
                assert one.steps[item.field] is None


def _at(one, field, number):
    return type(one)(one.person, {**one.steps, field: number}, 0, 0)


ATTRIBUTES = [ITEMS[name] for name in ("role", "gender", "age")]


@settings(max_examples=200, deadline=None)
@given(people_of, st.permutations(ATTRIBUTES), st.integers(2, 6))
def test_where_what_is_missing_is_covered_those_who_are_printed_alike_are_k(people, items, k):
    """Counted by what attributions look like, as a reader sees them, with what is missing from them."""
    asked = {person.id: Asked(frozenset(NAMES)) for person in people}
    found = settle(people, items, asked, k, covering=True)
    looks = {person.id: (person.pool, *_looks(person, items, found[person.id])) for person in people}
    pools = Counter(person.pool for person in people)
    for (pool, *told), count in Counter(looks.values()).items():
        assert count >= k or count == len(people) or (not any(told) and count == pools[pool])


def _looks(person, items, found):
    steps = ((item, found.steps.get(item.field)) for item in items)
    return ("" if step is None else f"{step}:{item.steps[step][0].of(person)}" for item, step in steps)


@settings(max_examples=60, deadline=None)
@given(studies(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_of_what_is_asked_changes_nothing(study, random):
    people, items, asked, k = study
    shuffled, later = list(people), list(asked.items())
    random.shuffle(shuffled)
    random.shuffle(later)
    for covering in (False, True):
        assert settle(people, items, asked, k, covering=covering) == settle(
            shuffled, items, dict(later), k, covering=covering
        )


def everyone(*rows):
    return [Person(f"p{number}", dict(zip(NAMES, row, strict=True))) for number, row in enumerate(rows)]


def test_what_is_worth_least_gives_way_first():
    people = everyone(
        *[("officer", "woman", "31", "CD")] * 2,
        *[("officer", "man", "34", "CD")] * 3,
        *[("nurse", "woman", "47", "EF")] * 3,
    )
    asked = {person.id: Asked(frozenset({"role", "gender"})) for person in people}
    by_role = settle(people, [ITEMS["role"], ITEMS["gender"]], asked, 5)["p0"]
    assert (by_role.steps, by_role.alike, by_role.wanted) == ({"role": 0, "gender": None}, 5, 2)
    assert by_role.counts == {"role": 5, "gender": 2}
    by_gender = settle(people, [ITEMS["gender"], ITEMS["role"]], asked, 5)["p0"]
    assert by_gender.left_out == ("role",)


def test_a_ladder_is_climbed_before_anything_is_left_out():
    people = everyone(*[("chief", "", "31", "")] * 2, *[("officer", "", "34", "")] * 4, ("nurse", "", "47", ""))
    found = settle(people, [ITEMS["role"], ITEMS["age"]], {"p0": Asked(frozenset({"role", "age"}))}, 5)["p0"]
    assert found.steps == {"role": 1, "age": 1}
    assert found.coarsened == ("role", "age")
    assert found.alike == 6


def test_a_pseudonym_that_gives_away_a_gender_gives_way_where_few_have_it():
    people = everyone(*[("officer", "man", "", "")] * 6, ("officer", "woman", "", ""))
    asked = {"p0": Asked(frozenset({"pseudonym"})), "p6": Asked(frozenset({"pseudonym"}))}
    found = settle(people, [ITEMS["pseudonym"]], asked, 5)
    assert (found["p0"].steps, found["p6"].steps) == ({"pseudonym": 0}, {"pseudonym": None})
    covered = settle(people, [ITEMS["pseudonym"]], asked, 5, covering=True)
    assert covered["p0"].left_out == ("pseudonym",)  # or the one without a name would be known as the woman
    alone = settle(people, [ITEMS["pseudonym"]], {"p0": asked["p0"]}, 5, covering=True)
    assert not alone["p0"].left_out  # nobody is printed of whom it is left out


def test_what_few_say_of_themselves_together_is_not_printed_even_if_each_alone_is_common():
    people = everyone(
        *[("officer", "man", "", "")] * 5, *[("nurse", "woman", "", "")] * 5, ("officer", "woman", "", "")
    )
    for first, second in combinations(("role", "gender"), 2):
        found = settle(people, [ITEMS[first], ITEMS[second]], {"p10": Asked(frozenset({first, second}))}, 5)["p10"]
        assert found.left_out == (second,)


def test_where_fewer_than_k_took_part_only_what_all_share_is_printed():
    people = everyone(*[("officer", "man", "31", "CD")] * 2, ("officer", "woman", "31", "CD"))
    asked = {"p0": Asked(frozenset({"role", "gender", "age"}))}
    for covering in (False, True):
        found = settle(people, [ITEMS["role"], ITEMS["gender"], ITEMS["age"]], asked, 5, covering=covering)["p0"]
        assert found.steps == {"role": 0, "gender": None, "age": 0}
