"""Codings asked for by their ids: those that a step touched, be they few or more than SQLite takes values."""

from __future__ import annotations

import pytest
import small

from qcode.queries.codings import Looking, codings, who_coded


@pytest.fixture
def study(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    yield made.study
    made.study.close()


@pytest.mark.parametrize("others", [0, 1_000, 300_000])
def test_only_the_codings_that_were_asked_for_are_told_however_many_ids_come(study, others):
    known = codings(study, Looking())
    asked = [row.id for row in known[1:]] + [f"{number:032x}" for number in range(others)]
    assert codings(study, Looking(ids=asked)) == known[1:]


def test_no_ids_are_no_codings(study):
    assert codings(study, Looking(ids=[])) == []


def test_who_coded_is_told_without_reading_codings(study):
    known = {row.coder_id for row in codings(study, Looking())}
    assert known
    assert who_coded(study) == known
