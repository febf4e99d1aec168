"""What a study tells of its methods: every sentence stands on what is in it."""

from __future__ import annotations

import pytest
from sampled import copy_sample

from qcode.operations import team
from qcode.operations.coding import apply_codes, remove_codings
from qcode.operations.passages import Passage
from qcode.queries.codings import Looking, codings
from qcode.queries.counting.corpus import corpus
from qcode.queries.counting.saturation import assess
from qcode.queries.disagreements.cases import Cases
from qcode.queries.reports.methods import methods_draft, people_sentence
from qcode.queries.reports.themes_report import codebook_report
from qcode.queries.team import rounds
from qcode.reports.checklists import COREQ
from qcode.reports.methods import answered, methods_blocks
from qcode.study import Study


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = copy_sample(tmp_path_factory.mktemp("methods") / "sample.qcode")
    with Study.open(path) as study:
        yield study


@pytest.fixture(scope="module")
def told(sample):
    return methods_draft(sample).told


@pytest.fixture
def empty(tmp_path):
    with Study.create(tmp_path / "empty.qcode", title="Nothing yet", coder="Ana Lima") as study:
        yield study


def test_the_sample_tells_what_it_holds(told):
    assert told["people"] == "18 people took part: 10 Residents and 8 Responders."
    assert "six interviews, two focus groups and two sets of field notes" in told["documents"]
    assert "English (9) and Spanish (1)" in told["languages"]
    assert "One document was also read in translation." in told["languages"]
    assert "“Pilot”, “Main” and “Re-check”" in told["rounds"]
    assert all(f"“{name}”" in told["agreement"] for name in ("Pilot", "Main", "Re-check"))
    assert "0.62 in “Main” (95 % interval 0.56 to 0.68" in told["agreement"]
    assert told["themes"].startswith("Four themes were built")
    assert "area, age band, gender" in told["recorded"]


def test_disagreements_that_are_open_are_told_beside_those_that_were_settled(sample, told):
    main = next(row for row in rounds(sample) if row.name == "Main")
    counts = Cases.of(sample, main.id).counts
    said = told["decisions"]
    assert counts.open
    assert said.startswith(f"In the round “Main” {counts.decided} disagreements were settled in discussion, each with")
    assert f"{counts.open} are open still." in said
    assert "Pilot" not in said, "nothing was settled there"


def test_numbers_of_codes_and_codings_are_those_of_the_other_reports(sample, told):
    known = corpus(sample)
    book = codebook_report(sample).rows
    active = [row for row in book if row.kind == "codable" and row.status == "active"]
    assert len(book) == len(active) + 5 + 1
    said = f"{len(active)} codes under five headings, each with its definition. One more was proposed"
    assert said in told["codebook"]
    assert f"{len(codings(sample, Looking()))} codings: " in told["coders"]
    assert f"stand on {sum(map(len, known.marks.values()))} passages. {known.said}" in told["counting"]


def test_what_was_coded_for_practice_or_removed_is_not_told(sample, told):
    practice = next(row for row in rounds(sample) if row.purpose == "practice")
    whole, one = len(codings(sample, Looking())), codings(sample, Looking())[0]
    passage = Passage(one.document, one.start, one.end)
    made = apply_codes(sample, passage=passage, codes=[one.code], round_id=practice.id)
    try:
        assert len(codings(sample, Looking())) == whole + 1
        assert methods_draft(sample).told["coders"] == told["coders"]
        remove_codings(sample, made)
        assert len(codings(sample, Looking())) == whole
        sample.undo()
    finally:
        sample.undo()


def test_saturation_is_told_as_it_is_computed_and_answers_its_item(sample, told):
    assert told["saturation"] == assess(sample, corpus(sample)).sentence
    item = next(item for _heading, items in COREQ.parts for item in items if item.number == "22")
    assert answered(item, told).state == "told"
    assert answered(item, {}).yours == "Whether and how it was discussed."


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
        assert not {"agreement", "decisions", "saturation"} & told.keys()
        assert "alpha" not in " ".join(told.values())
    finally:
        sample.undo()
