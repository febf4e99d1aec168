"""The journal of a real study against the executable model of its rules."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import journal_model as model
import many_copies
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qcode.ids import new_id
from qcode.models import Theme
from qcode.models.journal import Step, all_entries, kinds, to_fields
from qcode.models.recording import insert_rows, write_fields
from qcode.queries.integrity import check
from qcode.study import CannotUndoError, NothingToUndoError, Study

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "add many", "name", "concept", "both", "bulk", "remove", "undo", "undo", "redo", "other"]
        ),
        st.integers(0, 10_000),
    ),
    max_size=30,
)


def state(study):
    with study.read() as session:
        connection = session.connection()
        return {
            row["id"]: (name, row["head"], to_fields(kind, dict(row)))
            for name, kind in kinds().items()
            for row in connection.execute(select(kind.__table__)).mappings()
        }


def visible(study):
    """What a person can tell apart: rows that never were, and rows undone, look the same."""
    with closing(sqlite3.connect(study.path)) as connection:
        return {table: set(connection.execute(statement)) for table, statement in _living().items()}


@cache
def _living():
    """By table, what reads all of its living rows but for their heads."""
    columns = {
        name: [column.name for column in kind.__table__.c if column.name != "head"] for name, kind in kinds().items()
    }
    return {
        name: f"SELECT {', '.join(f'"{column}"' for column in own)} FROM {name} WHERE alive"
        for name, own in columns.items()
    }


def make_empty(path):
    """A study with nothing in it."""
    Study.create(path, title="T", coder="Ana").close()


@contextmanager
def empty_study():
    """A study with nothing in it, open; it is made once."""
    with many_copies.folder() as folder:
        path = Path(folder) / "s.qcode"
        path.write_bytes(many_copies.template(make_empty))
        with Study.open(path) as study:
            yield study


def as_model(study):
    """The study's steps as the model holds them."""
    changes: dict[str, list[model.Change]] = {}
    with study.read() as session:
        for entry in all_entries(session.connection()):
            fields = tuple(sorted((name, repr(value)) for name, value in entry.fields.items()))
            fields = tuple((name, value == "True") if name == "alive" else (name, value) for name, value in fields)
            changes.setdefault(entry.step, []).append(model.Change(entry.row, fields, frozenset(entry.parents)))
        steps = session.scalars(select(Step)).all()
    copies = [model.Step(s.id, s.lamport, s.coder_id, tuple(changes[s.id]), s.undoes or "") for s in steps]
    return model.Copy(random.Random(0), "lead", copies)


def do(study, deed, number, colleague):
    with study.read() as session:
        rows = list(session.scalars(select(Theme.id).where(Theme.alive).order_by(Theme.id)))
    if deed == "undo":
        return study.undo()
    if deed == "redo":
        return study.redo()
    if deed == "other":
        mine, study.coder = study.coder, colleague
        try:
            return do(study, "name", number, colleague)
        finally:
            study.coder = mine
    with study.transact(deed) as session:
        if deed == "add" or not rows:
            session.add(Theme(name=f"n{number}", position="i"))
        elif deed == "add many":
            insert_rows(session, Theme, [{"id": new_id(), "name": f"m{n}", "position": "i"} for n in range(number % 4)])
        elif deed == "bulk":
            write_fields(session, Theme, {row: {"concept": f"b{number}"} for row in rows})
        else:
            row = session.get_one(Theme, rows[number % len(rows)])
            if deed == "remove":
                row.alive = False
            if deed in {"name", "both"}:
                row.name = f"n{number}"
            if deed in {"concept", "both"}:
                row.concept = f"c{number}"
    return None


def blockers_are_all_taken_back(study, step):
    """Whether only steps that an undo has taken back stand in the way of undoing a step."""
    with study.read() as session:
        undone = {s.undoes for s in session.scalars(select(Step)) if s.undoes}
        everything = list(all_entries(session.connection()))
        pairs = undone | {s.id for s in session.scalars(select(Step)) if s.undoes}
    target = {e.row: e for e in everything if e.step == step}
    later = [e for e in everything if e.row in target and (e.lamport, e.step) > (target[e.row].lamport, step)]
    blocking = [e for e in later if set(e.fields) & (set(target[e.row].fields) | {"alive"})]
    return all(e.step in pairs for e in blocking)


def check_undo_against_the_model(study):
    step = study.next_undo()
    if step is None:
        return
    expected = as_model(study).undo(step)
    try:
        study.undo()
    except CannotUndoError:
        assert expected is None
        return
    with study.read() as session:
        latest = session.scalars(select(Step).order_by(Step.lamport.desc())).first()
        wrote = {e.row: set(e.fields) for e in all_entries(session.connection()) if e.step == latest.id}
    if expected is None:
        assert blockers_are_all_taken_back(study, step)
    else:
        assert wrote == {c.row: {name for name, _value in c.fields} for c in expected.changes}


@settings(max_examples=60, deadline=None)
@given(DEEDS)
def test_state_is_the_fold_of_the_steps_and_heads_are_the_models(deeds):
    with empty_study() as study:
        colleague = new_id()
        for deed, number in deeds:
            try:
                do(study, deed, number, colleague)
            except (CannotUndoError, NothingToUndoError):
                continue
        copy = as_model(study)
        copy.check()
        for row, (_name, head, fields) in state(study).items():
            folded = {name: str(value) for name, value in copy.rows[row].items()}
            assert folded == {name: repr(value) for name, value in fields.items()}
            assert frozenset(head.split()) == copy.heads(row)
        assert not copy.conflicts()
        assert check(study).problems == ()


@settings(max_examples=60, deadline=None)
@given(DEEDS)
def test_undo_writes_what_the_model_writes(deeds):
    with empty_study() as study:
        colleague = new_id()
        for deed, number in deeds:
            try:
                if deed == "undo":
                    check_undo_against_the_model(study)
                else:
                    do(study, deed, number, colleague)
            except (CannotUndoError, NothingToUndoError):
                continue


@settings(max_examples=40, deadline=None)
@given(DEEDS, st.booleans())
def test_undoing_everything_and_redoing_it_passes_through_the_same_states(deeds, reopened):
    with empty_study() as first:
        study = first
        states = [visible(study)]
        for deed, number in deeds:
            if deed in {"undo", "redo", "other"}:
                continue
            before = study.next_undo()
            do(study, deed, number, "")
            if study.next_undo() != before:
                states.append(visible(study))
        for _ in range(2):
            for expected in reversed(states[:-1]):
                study.undo()
                assert visible(study) == expected
            if reopened:
                study.close()
                study = Study.open(study.path)
            for expected in states[1:]:
                study.redo()
                assert visible(study) == expected
        assert check(study).problems == ()
        study.close()
