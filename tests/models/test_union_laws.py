"""Copies of a study that are merged in whatever way hold the same study, and the one the model says they hold."""

from __future__ import annotations

import os
import random

import journal_model as model
import many_copies
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_journal_laws import as_model, do, state

from qcode.models import copies as copies_of_studies
from qcode.models.storage import SCHEMA
from qcode.models.uniting import holding
from qcode.operations import collecting
from qcode.queries.collecting.collected import receipts
from qcode.queries.integrity import check
from qcode.study import CannotUndoError, NothingToUndoError, Study

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "100"))
DEEDS = ["add", "name", "concept", "both", "bulk", "remove", "undo", "undo", "redo", "merge", "merge"]
HISTORIES = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(DEEDS), st.integers(0, 10_000)), max_size=24)


def make_themes(path):
    """A study with two themes."""
    with Study.create(path, title="T", coder="Ana") as first:
        do(first, "add", 1, "")
        do(first, "add", 2, "")


class Copies(many_copies.Copies):
    """Copies of a study of themes, whose histories the model knows."""

    def __init__(self, folder, number):
        super().__init__(folder, number, make_themes)

    def live(self, deeds):
        for who, deed, number in deeds:
            study = self[who]
            try:
                if deed == "merge":
                    self.merge(who, number)
                else:
                    do(study, deed, number, "")
            except (CannotUndoError, NothingToUndoError):
                continue


def steps_of(study):
    with study.read() as session:
        held = holding(session.connection())
    return held.steps, held.changes


def as_copy(studies):
    """The model's copy of everything that any of the studies holds."""
    union = model.Copy(random.Random(0))
    for study in studies:
        union.merge(as_model(study))
    return union


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(2, 5), HISTORIES, st.randoms(use_true_random=False))
def test_copies_merged_in_any_order_any_grouping_and_repeatedly_hold_what_the_model_says(number, deeds, chance):
    with many_copies.folder() as folder, Copies(folder, number) as copies:
        copies.live(deeds)
        written, expected = many_copies.written(copies.studies), as_copy(copies.studies)
        copies.bring_together(chance)
        first, *others = map(many_copies.rows_of, copies.studies)
        assert [many_copies.differences(first, other) for other in others] == [{}] * len(others)
        assert many_copies.written(copies.studies[:1]) == written
        for row, (_name, head, fields) in state(copies[0]).items():
            assert {name: str(value) for name, value in expected.rows[row].items()} == {
                name: repr(value) for name, value in fields.items()
            }
            assert frozenset(head.split()) == expected.heads(row)
        assert check(chance.choice(copies.studies)).problems == ()


@settings(max_examples=EXAMPLES, deadline=None)
@given(HISTORIES, HISTORIES, st.randoms(use_true_random=False))
def test_a_merge_taken_back_leaves_the_study_as_it_was_and_merging_again_brings_it_back(deeds, more, chance):
    with many_copies.folder() as folder, Copies(folder, 3) as copies:
        copies.live(deeds)
        before, stacks = many_copies.rows_of(copies[0]), (copies[0].next_undo(), copies[0].next_redo())
        merged = copies.merge(0, 1)
        if merged.receipt is None:
            return
        after = many_copies.rows_of(copies[0])
        collecting.take_back(copies[0], merged.receipt)
        assert many_copies.differences(many_copies.rows_of(copies[0]), before) == {}
        assert (copies[0].next_undo(), copies[0].next_redo()) == stacks
        assert check(copies[0]).problems == ()
        copies.merge(0, 1)
        assert many_copies.differences(many_copies.rows_of(copies[0]), after) == {}
        collecting.take_back(copies[0], receipts(copies[0])[0].id)
        copies.live(more)
        copies.bring_together(chance)
        first, *others = map(many_copies.rows_of, copies.studies)
        assert first == others[0] == others[1]
        assert check(copies[0]).problems == ()


def test_a_step_after_a_merge_was_taken_back_comes_after_all_that_was_ever_known():
    with many_copies.folder() as folder, Copies(folder, 2) as copies:
        for number in range(5):
            do(copies[1], "add", number, "")
        collecting.take_back(copies[0], copies.merge(0, 1).receipt)
        do(copies[0], "add", 9, "")
        highest = {step.lamport for step in steps_of(copies[1])[0].values()}
        assert max(step.lamport for step in steps_of(copies[0])[0].values()) == 1 + max(highest)


def test_a_merge_is_not_taken_back_while_later_work_stands_on_it():
    with many_copies.folder() as folder, Copies(folder, 2) as copies:
        do(copies[1], "name", 0, "")
        receipt = copies.merge(0, 1).receipt
        do(copies[0], "bulk", 7, "")
        before = state(copies[0])
        with pytest.raises(collecting.MergeHeldError, match="“bulk” by Ana"):
            collecting.take_back(copies[0], receipt)
        assert state(copies[0]) == before
        copies[0].undo()
        with pytest.raises(collecting.MergeHeldError):
            collecting.take_back(copies[0], receipt)


def test_own_steps_that_arrive_can_be_undone_here():
    with many_copies.folder() as folder, Copies(folder, 2) as copies:
        before = state(copies[0])
        do(copies[1], "name", 0, "")
        copies.merge(0, 1)
        copies[0].undo()
        assert [row[2] for row in state(copies[0]).values()] == [row[2] for row in before.values()]


def test_another_window_on_the_file_hears_of_a_merge_and_of_its_end():
    with many_copies.folder() as folder, Copies(folder, 2) as copies:
        do(copies[1], "add", 3, "")
        with Study.open(copies[0].path) as window:
            heard = []
            window.subscribe(heard.append)
            receipt = copies.merge(0, 1).receipt
            assert window.poll()
            assert not window.poll()
            collecting.take_back(copies[0], receipt)
            assert window.poll()
            assert [change.origin for change in heard] == ["elsewhere", "elsewhere"]


@pytest.fixture
def copies(tmp_path):
    with Copies(tmp_path, 2) as made:
        yield made


def refused(copies, error, other=None):
    """A merge that is refused leaves the study's file as it was, byte by byte."""
    before = copies[0].path.read_bytes()
    with pytest.raises(error) as told:
        collecting.merge(copies[0], other or copies[1].path)
    assert copies[0].path.read_bytes() == before
    return str(told.value)


def write(path, *statements):
    import sqlite3

    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_the_study_itself_is_refused(copies):
    refused(copies, copies_of_studies.SameFileError, copies[0].path)


def test_a_link_to_the_study_itself_is_refused(copies, tmp_path):
    (tmp_path / "link.qcode").symlink_to(copies[0].path)
    refused(copies, copies_of_studies.SameFileError, tmp_path / "link.qcode")


def test_another_study_is_refused(copies, tmp_path):
    Study.create(tmp_path / "other.qcode", title="T", coder="Ana").close()
    refused(copies, copies_of_studies.OtherStudyError, tmp_path / "other.qcode")


@pytest.mark.parametrize(("version", "error"), [(SCHEMA + 1, "NewerStudyError"), (1, "EarlierStudyError")])
def test_a_copy_of_another_schema_is_refused(copies, version, error):
    write(copies[1].path, f"PRAGMA user_version = {version}")
    refused(copies, getattr(collecting.storage, error))


def test_a_copy_that_was_cut_short_is_refused(copies):
    copies[1].path.write_bytes(copies[1].path.read_bytes()[:20_000])
    refused(copies, collecting.storage.DamagedStudyError)


def test_a_copy_that_was_overwritten_in_the_middle_is_refused(copies):
    body = bytearray(copies[1].path.read_bytes())
    body[4096 * 3 : 4096 * 5] = bytes(range(256)) * 32
    copies[1].path.write_bytes(body)
    refused(copies, collecting.storage.DamagedStudyError)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET fields = '{' WHERE kind = 'theme'",
        "UPDATE change SET kind = 'nothing' WHERE kind = 'theme'",
        "UPDATE change SET fields = '[]' WHERE kind = 'theme'",
        "UPDATE change SET fields = json_remove(fields, '$.name') WHERE kind = 'theme'",
        "DELETE FROM step WHERE label = 'add'",
        "DROP TABLE change",
    ],
)
def test_a_copy_whose_new_steps_are_broken_is_refused(copies, statement):
    with Study.open(copies[1].path) as study:
        do(study, "add", 3, "")
    write(copies[1].path, statement)
    with pytest.raises((collecting.storage.DamagedStudyError, copies_of_studies.HistoryDiffersError)):
        collecting.merge(copies[0], copies[1].path)
    assert check(copies[0]).problems == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE step SET label = 'Other' WHERE lamport = 2",
        "UPDATE step SET coder_id = 'x' WHERE lamport = 2",
        "UPDATE change SET parents = 'x' WHERE kind = 'theme'",
        "UPDATE change SET fields = json_set(fields, '$.name', 'other') WHERE kind = 'theme'",
    ],
)
def test_a_copy_in_which_the_past_was_altered_is_refused(copies, statement):
    write(copies[1].path, statement)
    refused(copies, copies_of_studies.HistoryDiffersError)


def test_a_copy_that_is_being_written_is_refused(copies, monkeypatch):
    import sqlite3

    monkeypatch.setattr(collecting.storage, "_BUSY_SECONDS", 0.1)
    held = sqlite3.connect(copies[1].path, isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    refused(copies, copies_of_studies.CopyBusyError)
    held.close()
