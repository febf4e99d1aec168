"""What a study tells of its methods: every sentence stands on what is in it."""

from __future__ import annotations

import pytest
from sampled import copy_sample

from qcode.operations import team
from qcode.queries.reports.methods import methods_draft, people_sentence
from qcode.reports.methods import methods_blocks
from qcode.study import Study


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = copy_sample(tmp_path_factory.mktemp("methods") / "sample.qcode")
    with Study.open(path) as study:
        yield study


@pytest.fixture
def empty(tmp_path):
    with Study.create(tmp_path / "empty.qcode", title="Nothing yet", coder="Ana Lima") as study:
        yield study


def test_the_sample_tells_what_it_holds(sample):
    told = methods_draft(sample).told
    assert told["people"] == "18 people took part: 10 Residents and 8 Responders."
    assert "six interviews, two focus groups and two sets of field notes" in told["documents"]
    assert "English (9) and Spanish (1)" in told["languages"]
    assert "One document was also read in translation." in told["languages"]
    assert "“Pilot”, “Main” and “Re-check”" in told["rounds"]
    assert told["agreement"].count("Krippendorff's alpha") == 3
    assert "settled by discussion" in told["decisions"]
    assert told["themes"].startswith("Four themes were built")
    assert "18 codes" in told["codebook"]


def test_a_group_smaller_than_k_is_told_with_the_others():
    groups = ["Residents"] * 9 + ["Responders"] * 4 + [""]
    assert people_sentence(groups, 5) == "14 people took part: 9 Residents and 5 others."
    assert people_sentence(groups, 10) == "14 people took part."
    assert people_sentence(["Residents"], 5) == "One person took part."
    assert people_sentence([], 5) == ""


def test_an_empty_study_tells_nothing_it_does_not_know(empty):
    draft = methods_draft(empty)
    assert set(draft.told) <= {"title", "software", "approach", "question"}
    assert [heading for heading, _said in draft.sections() if heading != "Coding"] == ["Software"]
    assert list(methods_blocks(draft))


def test_a_reflexive_study_tells_of_no_coefficient_and_no_consensus(sample):
    team.describe_study(sample, approach="reflexive")
    try:
        told = methods_draft(sample).told
        assert not {"agreement", "decisions"} & told.keys()
        assert "alpha" not in " ".join(told.values())
    finally:
        sample.undo()
