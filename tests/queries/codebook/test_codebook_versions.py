"""The codebook as it stood, beside the one of now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.errors import QcodeError
from qcode.ids import StepId
from qcode.models import Code
from qcode.operations import codebook, merging
from qcode.operations.codebook import Definition
from qcode.queries.codebook.tree import codebook as list_codes
from qcode.queries.codebook.versions import (
    NoSuchMomentError,
    NoSuchVersionError,
    codebook_at,
    codebook_moments,
    compared,
    side_by_side,
)
from qcode.queries.history import history


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def now(made):
    return StepId(history(made.study, latest=1)[0].id)


def differing(rows):
    return {(row.after or row.before).name: row.kinds for row in rows if row.kinds}


def test_the_codebook_of_now_is_the_one_that_is_shown(made):
    shown = list_codes(made.study)
    state = codebook_at(made.study)
    assert [(row.id, row.path, row.kind, row.status, row.colour, row.parent) for row in state.codes] == [
        (row.id, row.path, row.kind, row.status, row.colour, row.parent) for row in shown
    ]
    assert [row.definition["brief"] for row in state.codes] == [row.brief for row in shown]
    assert differing(side_by_side(made.study, now(made))) == {}


def test_what_was_done_since_stands_beside_what_was(made):
    before = now(made)
    codebook.rename_code(made.study, made.codes["Fear"], name="Dread")
    codebook.move_code(made.study, made.codes["Calling"], parent=None)
    codebook.define_code(
        made.study, made.codes["Wear"], definition=Definition(brief="Sharper.", full="What it takes home.")
    )
    codebook.add_code(made.study, name="New", parent=made.codes["Scene"])
    codebook.set_kind(made.study, made.codes["Scene"], kind="codable")
    codebook.retire_code(made.study, made.codes["Wear"])
    rows = side_by_side(made.study, before)
    assert differing(rows) == {
        "Scene": ("kind changed",),
        "Dread": ("renamed",),
        "New": ("added",),
        "Wear": ("redefined", "retired"),
        "Calling": ("moved",),
    }
    wear = next(row for row in rows if row.after.name == "Wear")
    assert [(one.field, one.before, one.after) for one in wear.fields] == [
        ("brief", "What it costs.", "Sharper."),
        ("full", "", "What it takes home."),
    ]
    assert (wear.before.number, wear.after.number) == (1, 2)
    assert [row.kinds for row in side_by_side(made.study, now(made), before) if row.before.name == "Wear"] == [
        ("redefined", "used again")
    ]


def test_a_code_below_a_renamed_one_was_not_moved(made):
    before = now(made)
    codebook.rename_code(made.study, made.codes["Scene"], name="Stage")
    assert differing(side_by_side(made.study, before)) == {"Stage": ("renamed",)}


def test_what_is_gone_stands_where_it_stood_and_says_where_it_went(made):
    before = now(made)
    merging.merge_codes(made.study, [made.codes["Calling"]], into=made.codes["Wear"])
    codebook.delete_code(made.study, made.codes["Fear"])
    rows = side_by_side(made.study, before)
    assert [(row.before.name, row.kinds, row.merged_into) for row in rows] == [
        ("Scene", (), ""),
        ("Calling", ("merged",), "Wear"),
        ("Fear", ("removed",), ""),
        ("Wear", (), ""),
    ]
    assert differing(side_by_side(made.study, now(made), before)) == {"Calling": ("added",), "Fear": ("added",)}


def test_definitions_of_chosen_numbers_stand_beside_those_of_now(made):
    for brief in ("Second.", "Third."):
        codebook.define_code(made.study, made.codes["Wear"], definition=Definition(brief=brief))
    codebook.rename_code(made.study, made.codes["Wear"], name="Cost")
    (row,) = [row for row in side_by_side(made.study, {made.codes["Wear"]: 2}) if row.kinds]
    assert (row.kinds, row.before.name) == (("redefined",), "Cost")
    assert [(one.before, one.after) for one in row.fields] == [("Second.", "Third.")]
    between = side_by_side(made.study, {made.codes["Wear"]: 1}, {made.codes["Wear"]: 2})
    assert [(one.before, one.after) for row in between for one in row.fields] == [("What it costs.", "Second.")]


def test_a_time_means_the_last_step_before_it(made):
    soon = datetime.now(UTC) + timedelta(seconds=5)
    assert codebook_at(made.study, soon) == codebook_at(made.study)
    assert codebook_at(made.study, datetime(2001, 1, 1, tzinfo=UTC)).codes == ()


def test_steps_that_changed_the_codebook_can_be_chosen(made):
    labels = [row.label for row in codebook_moments(made.study)]
    assert labels == ["Add code Wear", "Add code Fear", "Add code Calling", "Add code Scene"]
    oldest = codebook_moments(made.study)[-1]
    assert [row.name for row in codebook_at(made.study, oldest.step).codes] == ["Scene"]
    assert oldest.coder == "Ana Lima"


def test_a_step_or_a_version_that_is_not_there_is_refused(made):
    with pytest.raises(NoSuchMomentError):
        codebook_at(made.study, StepId("never"))
    with pytest.raises(NoSuchVersionError, match="Wear"):
        codebook_at(made.study, {made.codes["Wear"]: 9})


def test_a_cycle_that_copies_could_bring_is_shown_and_not_followed(made):
    with made.study.transact("As two copies could") as session:
        session.get_one(Code, made.codes["Scene"]).parent_id = made.codes["Fear"]
    assert {row.name for row in codebook_at(made.study).codes} == {"Scene", "Calling", "Fear", "Wear"}


DEEDS = {
    "rename": lambda m, a, b, n: codebook.rename_code(m.study, a, name=f"N{n}"),
    "move": lambda m, a, b, n: codebook.move_code(m.study, a, parent=b),
    "define": lambda m, a, b, n: codebook.define_code(m.study, a, definition=Definition(brief=f"B{n}")),
    "retire": lambda m, a, b, n: codebook.retire_code(m.study, a),
    "delete": lambda m, a, b, n: codebook.delete_code(m.study, a),
    "merge": lambda m, a, b, n: merging.merge_codes(m.study, [a], into=b),
    "undo": lambda m, a, b, n: m.study.undo(),
}
CODES = st.sampled_from(("Scene", "Calling", "Fear", "Wear"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), CODES, CODES), max_size=6))
def test_every_state_that_was_shown_can_be_seen_again(made, deeds):
    states = [(now(made), codebook_at(made.study))]
    for number, (deed, first, second) in enumerate(deeds):
        try:
            DEEDS[deed](made, made.codes[first], made.codes[second], f"{number}.{len(states)}.{now(made)[:6]}")
        except QcodeError:
            continue
        states.append((now(made), codebook_at(made.study)))
        shown = [(row.id, row.path, row.status) for row in list_codes(made.study)]
        assert [(row.id, row.path, row.status) for row in states[-1][1].codes] == shown
    for step, state in states:
        assert codebook_at(made.study, step) == state
        assert not [row for row in compared(state, state) if row.kinds]
    first, last = states[0][1], states[-1][1]
    rows = compared(first, last)
    assert [row.after for row in rows if row.after is not None] == list(last.codes)
    assert {row.before.id for row in rows if row.before is not None} == {row.id for row in first.codes}
