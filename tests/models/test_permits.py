"""Whose rows a step from another copy may write."""

from __future__ import annotations

import shutil

import pytest
import small
from sqlalchemy import select

from qcode.models import Coding
from qcode.models.copies import NotTheirsError
from qcode.operations import assignments, coding, collecting, redaction
from qcode.queries.integrity import check
from qcode.study import Study

COMMENT = "Zebulon, of what?"


@pytest.fixture
def two(tmp_path):
    made = small.small_study(tmp_path / "here.qcode")
    coding.comment_coding(made.study, made.codings[0], comment=COMMENT)
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    with made.study, Study.open(tmp_path / "there.qcode") as other:
        other.act_as(made.other)
        yield made, other


def comment_of(study, row):
    with study.read() as session:
        return session.get_one(Coding, row).comment


@pytest.mark.parametrize("args", [{}, {"round": "r"}, {"category": "name"}], ids=["plain", "hand-in", "redaction"])
def test_a_step_that_undo_does_not_pass_may_not_change_a_colleagues_coding(two, args):
    made, other = two
    with other.transact("Forge", args=args, barrier=True) as session:
        session.scalars(select(Coding).where(Coding.id == made.codings[0])).one().certainty = "unsure"
    with pytest.raises(NotTheirsError):
        collecting.merge(made.study, other.path)
    assert check(made.study).problems == ()


def test_a_redaction_may_take_words_out_of_a_colleagues_coding(two):
    made, other = two
    redaction.redact(other, forms=["Zebulon"], replacement="[name]")
    collecting.merge(made.study, other.path)
    assert comment_of(made.study, made.codings[0]) == "[name], of what?"


def test_a_hand_in_by_a_colleague_arrives(two):
    made, other = two
    assignments.hand_in_round(other, round_id=made.round)
    collecting.merge(made.study, other.path)
    made.study.act_as(made.other)
    with pytest.raises(assignments.HandedInError):
        coding.comment_coding(made.study, made.codings[3], comment="late")
