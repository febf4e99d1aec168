"""Who codes what in a round."""

from __future__ import annotations

import pytest
import small

from qcode.ids import RoundId, new_id
from qcode.operations import assignments, documents
from qcode.operations.rounds import add_round
from qcode.queries.rounds.assignments import assignment_grid


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def states(made, round_id):
    grid = assignment_grid(made.study, round_id)
    return [[grid.state(document, coder.id) for coder in grid.coders] for document, _name in grid.documents]


def test_where_everyone_codes_everything_nothing_is_unassigned(made):
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[1]])
    grid = assignment_grid(made.study, made.round)
    assert [name for _document, name in grid.documents] == ["INT-1", "FG-1"]
    assert [coder.name for coder in grid.coders] == ["Ana Lima", "Bo Ek"]
    assert states(made, made.round) == [["open", "open"], ["handed in", "open"]]


def test_in_other_rounds_only_what_was_assigned_is_open(made):
    recheck = add_round(made.study, name="Recheck")
    assert states(made, recheck) == [["not assigned"] * 2] * 2
    assignments.assign(made.study, round_id=recheck, documents=made.documents[:1], coders=[made.other])
    assert states(made, recheck) == [["not assigned", "open"], ["not assigned", "not assigned"]]
    made.study.undo()
    assert states(made, recheck) == [["not assigned"] * 2] * 2


def test_a_document_that_was_removed_is_not_in_the_grid(made):
    documents.remove_document(made.study, made.documents[0])
    assert [name for _document, name in assignment_grid(made.study, made.round).documents] == ["FG-1"]


def test_a_round_that_is_gone_has_no_grid(made):
    assert assignment_grid(made.study, RoundId(new_id())) is None
