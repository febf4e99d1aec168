"""Assigning and drawing documents, and the rounds of a study, as a person types it."""

from __future__ import annotations

import json

import pytest
import small
from test_commands import refused, run

from qcode.cli.assigning import NotAShareError, share_of
from qcode.operations import assignments, documents, rounds, segments
from qcode.queries.rounds.assignments import assignment_grid
from qcode.queries.team import rounds as rounds_of
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    """Ten more documents of two groups beside the two of the small study, closed."""
    made = small.small_study(tmp_path / "small.qcode")
    talk = small.transcript(small.SECOND)
    groups = ["Residents"] * 6 + ["Police, town"] * 4
    incoming = [documents.Incoming(f"More {number}", talk, group=group) for number, group in enumerate(groups)]
    made.documents += documents.import_documents(made.study, incoming)
    made.study.close()
    return made


def assigned(made, name):
    """The coders by the names of the documents they have in a round."""
    with Study.open(made.study.path) as study:
        row = next(row for row in rounds_of(study) if row.name == name)
        grid = assignment_grid(study, row.id)
    names, people = dict(grid.documents), {row.id: row.name for row in grid.coders}
    return {(names[document], people[coder]) for document, coder in grid.states}


def test_documents_are_assigned_by_name_in_a_round_that_is_begun_for_it(made):
    words = ("--round", "Main", "--coder", "bo ek", "--documents", "INT-1", "--documents", "fg-1, More 3", "--blind")
    told = run("assign", made.study.path, *words).stdout
    assert "“Main” was begun: a main round, blind." in told
    assert "Assigned to Bo Ek in “Main”: 3 documents." in told
    assert "INT-1, FG-1, More 3" in told
    assert assigned(made, "Main") == {("INT-1", "Bo Ek"), ("FG-1", "Bo Ek"), ("More 3", "Bo Ek")}
    again = run("assign", made.study.path, "--round", "MAIN", "--coder", "Ana Lima", "--documents", "INT-1").stdout
    assert "was begun" not in again
    assert ("INT-1", "Ana Lima") in assigned(made, "Main")


def test_without_documents_all_are_assigned_and_one_undo_takes_the_round_away_too(made):
    run("assign", made.study.path, "--round", "Pilot", "--coder", "Ana Lima", "--coder", "Bo Ek", "--pilot")
    assert len(assigned(made, "Pilot")) == 24
    with Study.open(made.study.path) as study:
        assert [row.purpose for row in rounds_of(study) if row.name == "Pilot"] == ["pilot"]
        study.undo()
        assert [row.name for row in rounds_of(study)] == ["Round 1"]


def test_a_sample_is_drawn_and_told_by_group_with_its_seed(made):
    words = ("--coder", "Ana Lima", "--coder", "Bo Ek", "--sample", "25%", "--seed", "11", "--by", "Group")
    told = run("assign", made.study.path, "--round", "Twice", *words).stdout
    assert "Drawn at random: 3 of 12 documents (25 %, seed 11, by Group)." in told
    assert "  Police, town: 1 of 4: More " in told
    assert "  Residents: 2 of 8: " in told
    assert "Assigned to Ana Lima, Bo Ek in “Twice”: 3 documents." in told
    assert len(assigned(made, "Twice")) == 6


def test_the_same_seed_draws_the_same_documents_in_another_round(made):
    words = ("--coder", "Bo Ek", "--sample", "0.25", "--seed", "11", "--json")
    first, second = (json.loads(run("assign", made.study.path, "--round", name, *words).stdout) for name in "AB")
    assert first["documents"] == second["documents"] == [one["name"] for one in first["draw"]["documents"]]
    assert first["draw"] | {"seed": 11, "share": 0.25, "repeats": True} == first["draw"]
    assert first["new"]
    assert first["round"]["name"] == "A"


def test_a_seed_that_was_not_given_is_drawn_and_printed(made):
    told = run("assign", made.study.path, "--round", "Twice", "--coder", "Bo Ek", "--sample", "20 %", "--json").stdout
    seed = json.loads(told)["draw"]["seed"]
    assert f"seed {seed})" in run("rounds", made.study.path).stdout


def test_a_sample_of_chosen_documents_is_drawn_from_those(made):
    words = ("--sample", "50%", "--seed", "1", "--documents", "INT-1", "--documents", "FG-1", "--json")
    told = json.loads(run("assign", made.study.path, "--round", "Two", "--coder", "Bo Ek", *words).stdout)
    assert len(told["documents"]) == 1
    assert set(told["documents"]) < {"INT-1", "FG-1"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--coder", "Nobody"), "Its coders are: Ana Lima, Bo Ek."),
        (("--documents", "INT-7"), "Its documents are: INT-1, FG-1, More 0, "),
        (("--sample", "20%", "--by", "Shoe size"), "Choose one of: document:Group, document:Kind, document:Language."),
        (("--sample", "0%"), "A share lies above 0 % and goes up to 100 %"),
        (("--sample", "150%"), "A share lies above 0 %"),
        (("--sample", "-5%"), "A share lies above 0 %"),
        (("--sample", "nan"), "A share lies above 0 %"),
        (("--sample", "abc"), "“abc” is no share of the documents"),
        (("--sample", "20"), "Write it like 20% or 0.2"),
        (("--sample", ""), "is no share"),
        (("--sample", "20%", "--seed", "-1"), "A seed is a whole number from 0"),
        (("--seed", "4"), "--seed is for documents that are drawn at random"),
        (("--by", "Group"), "--by is for documents that are drawn at random"),
        (("--pilot", "--recheck"), "A round has one purpose"),
    ],
)
def test_what_is_no_assignment_is_refused_and_the_study_stays_as_it_was(made, words, sentence):
    before = made.study.path.read_bytes()
    coder = () if "--coder" in words else ("--coder", "Bo Ek")
    assert sentence in refused("assign", made.study.path, "--round", "Main", *coder, *words)
    assert made.study.path.read_bytes() == before


def test_a_round_that_is_another_kind_of_round_is_refused(made):
    run("assign", made.study.path, "--round", "Main", "--coder", "Bo Ek")
    told = refused("assign", made.study.path, "--round", "main", "--coder", "Bo Ek", "--blind")
    assert "“Main” is there already, as a main round that is open." in told
    assert "as a main round" in refused("assign", made.study.path, "--round", "Main", "--coder", "Bo Ek", "--pilot")
    assert "Drawn" in run("assign", made.study.path, "--round", "Main", "--coder", "Bo Ek", "--sample", "10%").stdout


def test_nothing_is_assigned_where_everybody_codes_everything(made):
    told = refused("assign", made.study.path, "--round", "Round 1", "--coder", "Bo Ek")
    assert "In “Round 1” every coder codes every document already." in told


def test_something_recorded_about_both_is_asked_for_by_whom_it_is_about(made):
    with Study.open(made.study.path) as study:
        documents.add_participant(study, pseudonym="Colleen", group="Upriver")
    words = ("assign", made.study.path, "--round", "Twice", "--coder", "Bo Ek", "--sample", "25%")
    assert "Write document:Group or participant:Group." in refused(*words, "--by", "Group")
    assert "Residents: 2 of 8" in run(*words, "--by", "document:group").stdout


def test_a_study_without_documents_has_nothing_to_assign(tmp_path):
    path = tmp_path / "empty.qcode"
    run("new", path, "--coder", "Ana")
    assert "This study has no documents yet." in refused("assign", path, "--round", "Main", "--coder", "Ana")


def test_rounds_are_listed_with_progress_and_draws(made):
    run("assign", made.study.path, "--round", "Twice", "--coder", "Bo Ek", "--sample", "25%", "--seed", "5", "--blind")
    with Study.open(made.study.path) as study:
        cut = rounds.add_round(study, name="Cut", segmented=True, everyone=True)
        segments.cut_segments(study, round_id=cut, documents=made.documents[:1])
        study.act_as(made.other)
        twice = next(row for row in rounds_of(study) if row.name == "Twice")
        document = next(one for one, _coder in assignment_grid(study, twice.id).states)
        assignments.hand_in_round(study, round_id=twice.id, documents=[document])
    told = run("rounds", made.study.path).stdout
    assert "Round 1: a main round, open." in told
    assert "Twice: a main round, blind." in told
    assert "  Bo Ek: 1 of 3 handed in" in told
    assert "Drawn at random: 3 of 12 documents (25 %, seed 5)." in told
    assert "  For Bo Ek. Drawn again from its seed it gives the same documents." in told
    assert "Cut: a main round, open; codes go on segments that were cut beforehand." in told
    assert "  INT-1: 4 segments" in told
    listed = json.loads(run("rounds", made.study.path, "--json").stdout)
    assert [row["name"] for row in listed] == ["Round 1", "Twice", "Cut"]
    assert listed[1]["draws"][0]["repeats"]
    assert sum(document["handed_in"] for document in listed[1]["documents"]) == 1
    assert {"Ana Lima", "Bo Ek"} == listed[1]["documents"][0]["work"].keys()


@pytest.mark.parametrize(
    ("text", "share"), [("20%", 0.2), ("20 %", 0.2), ("12,5%", 0.125), ("0.2", 0.2), ("1", 1.0), ("100%", 1.0)]
)
def test_shares_are_read_as_people_write_them(text, share):
    assert share_of(text) == share


@pytest.mark.parametrize("text", ["", "%", "a fifth", "20", "1.01", "20%%", "0x2"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(NotAShareError):
        share_of(text)
