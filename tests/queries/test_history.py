"""What was done, by whom, and what of it holds."""

from __future__ import annotations

import pytest

from qcode.operations import codebook, team
from qcode.queries.history import history, undo_labels
from qcode.study import Study


@pytest.fixture
def study(tmp_path):
    with Study.create(tmp_path / "s.qcode", title="Three knocks", coder="Ana Lima") as study:
        yield study


def told(study):
    return [(row.label, row.origin, row.undone) for row in history(study)]


def test_an_undone_step_no_longer_holds_and_one_done_again_does(study):
    codebook.add_code(study, name="Fear")
    study.undo()
    assert told(study)[:2] == [("Add code Fear", "undone", False), ("Add code Fear", "done", True)]
    study.redo()
    assert told(study)[:3] == [
        ("Add code Fear", "redone", False),
        ("Add code Fear", "undone", True),
        ("Add code Fear", "done", False),
    ]


def test_undoing_again_what_was_done_again_is_an_undo(study):
    codebook.add_code(study, name="Fear")
    study.undo()
    study.redo()
    study.undo()
    latest = history(study)[0]
    assert (latest.origin, latest.undid, latest.undone) == ("undone", True, False)
    assert [row.undone for row in history(study) if row.origin == "done"] == [True, False]
    assert undo_labels(study).redo == "Add code Fear"


def test_steps_say_whose_they_are(study):
    ana, bo = study.coder, team.add_coder(study, name="Bo Ek")
    study.act_as(bo)
    codebook.add_code(study, name="Wear")
    assert [(row.coder, row.mine) for row in history(study)] == [
        ("Bo Ek", True),
        ("Ana Lima", False),
        ("Ana Lima", False),
    ]
    study.act_as(ana)
    assert history(study)[0].mine is False
    assert len(history(study, latest=2)) == 2
