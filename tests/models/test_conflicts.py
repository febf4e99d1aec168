"""Which changes of two copies contradict each other, and what settles them."""

from __future__ import annotations

import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from test_union_laws import Copies, as_copy

from qcode.models import Theme
from qcode.models.conflicts import DELETED, conflicts_of
from qcode.models.uniting import histories_of, holding
from qcode.operations import collecting

EDITS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["add", "name", "concept", "both", "bulk", "remove", "merge", "merge"]),
        st.integers(0, 99),
    ),
    max_size=20,
)


def conflicts(study):
    with study.read() as session:
        held = holding(session.connection())
    rows = histories_of(held, {row for _step, row in held.changes})
    return [found for history in rows.values() for found in conflicts_of(history)]


@pytest.fixture
def copies(tmp_path):
    with Copies(tmp_path, 2) as made:
        yield made


def rows(study):
    with study.read() as session:
        return list(session.scalars(select(Theme.id).order_by(Theme.id)))


def put(study, **values):
    with study.transact("put") as session:
        row = session.get_one(Theme, rows(study)[0])
        for name, value in values.items():
            setattr(row, name, value)


def value(study, name):
    with study.read() as session:
        return getattr(session.get_one(Theme, rows(study)[0]), name)


def merged(copies, here, there):
    put(copies[0], **here)
    put(copies[1], **there)
    collecting.merge(copies[0], copies[1].path)
    return conflicts(copies[0])


@settings(max_examples=40, deadline=None)
@given(EDITS)
def test_fields_are_in_conflict_where_the_model_says_so(deeds):
    with tempfile.TemporaryDirectory() as folder, Copies(folder, 3) as copies:
        copies.live(deeds)
        copies.merge(0, 1)
        copies.merge(0, 2)
        expected = {(row, field) for row, field, _ in as_copy([copies[0]]).conflicts() if field != "deleted/changed"}
        found = {(one.row, one.field) for one in conflicts(copies[0])}
        # A deletion that contradicts a change and another that contradicts a restoration are told as one.
        assert {one for one in found if one[1] != DELETED} == {one for one in expected if one[1] != DELETED}


def test_one_field_with_two_values_is_a_conflict_and_the_last_side_is_what_holds(copies):
    (found,) = merged(copies, {"name": "here"}, {"name": "there"})
    assert found.field == "name"
    assert {side.value for side in found.sides} == {"here", "there"}
    assert found.sides[-1].value == value(copies[0], "name")


def test_the_same_value_twice_is_none(copies):
    assert merged(copies, {"name": "same"}, {"name": "same"}) == []


def test_two_fields_are_none(copies):
    assert merged(copies, {"name": "here"}, {"concept": "there"}) == []
    assert (value(copies[0], "name"), value(copies[0], "concept")) == ("here", "there")


def test_changed_here_and_deleted_there_is_a_conflict_of_the_row(copies):
    (found,) = merged(copies, {"name": "here"}, {"alive": False})
    assert found.field == DELETED
    assert {side.value for side in found.sides} == {True, False}


@pytest.mark.parametrize("alive", [True, False])
def test_whoever_restores_the_row_or_deletes_it_knowing_both_settles_it(copies, alive):
    merged(copies, {"name": "here"}, {"alive": False})
    if not alive:
        put(copies[0], alive=True)
    put(copies[0], alive=alive)
    assert conflicts(copies[0]) == []


def test_an_ordinary_write_settles_it_on_every_copy_and_its_undo_opens_it_again(copies):
    merged(copies, {"name": "here"}, {"name": "there"})
    put(copies[0], name="settled")
    assert conflicts(copies[0]) == []
    collecting.merge(copies[1], copies[0].path)
    assert conflicts(copies[1]) == []
    copies[0].undo()
    assert [found.field for found in conflicts(copies[0])] == ["name"]


def test_a_change_that_was_undone_contradicts_nothing(copies):
    put(copies[0], name="here")
    copies[0].undo()
    put(copies[1], name="there")
    collecting.merge(copies[0], copies[1].path)
    assert conflicts(copies[0]) == []
