"""A plan of agreement: who saves it and when, what it refuses, and how it is held against what was found."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from shutil import copy

import docx
import openpyxl
import pytest
import small
from going_out import blind_study, handed_out
from opened_again import open_again

from qcode.agreement.plans import Terms, chance_below
from qcode.models import AgreementPlan, Document, Revision
from qcode.models.copies import LeadsAloneError
from qcode.operations import (
    agreement_plans,
    assignments,
    code_sets,
    codebook,
    collecting,
    merging,
    proposals,
    rounds,
    settling,
)
from qcode.operations.leading import LeadOnlyError
from qcode.operations.lookup import GoneError
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.plan_comparison import compare_with_plan
from qcode.queries.agreement.plans import plan_of, round_to_plan
from qcode.queries.agreement.report import agreement_report
from qcode.queries.collecting.collected import preview
from qcode.queries.collecting.conflicts import troubles
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.rounds.double_coding import doubly_coded
from qcode.reports.agreement import write_agreement
from qcode.study import Study


@pytest.fixture
def fresh(tmp_path):
    """A small study with a second round in which nobody has done anything."""
    made = small.small_study(tmp_path / "small.qcode")
    made.round = rounds.add_round(made.study, name="Main")
    assignments.assign(made.study, round_id=made.round, documents=made.documents, coders=[made.lead, made.other])
    yield made
    made.study.close()


def save(made, **terms):
    agreement_plans.save_plan(made.study, made.round, Terms(**terms))
    return plan_of(made.study, made.round)


def compared(made, **choices):
    return compare_with_plan(made.study, study_agreement(made.study, **choices))


def item(made, name, **choices):
    return next(row for row in compared(made, **choices).items if row.id == name)


# Saving -----------------------------------------------------------------------------------------------------------


def test_a_plan_knows_how_far_the_round_was_each_time_it_was_saved(fresh):
    assert plan_of(fresh.study, fresh.round) is None
    first = save(fresh, threshold=0.667, share=0.2)
    assert first.history() == (f"Saved on {first.saved.at[:10]} by Ana Lima, before anything was coded.",)
    assert save(fresh, threshold=0.667, share=0.2) == first  # terms that stand write nothing
    fresh.apply("I was afraid.", "Fear")
    assert save(fresh, threshold=0.8).begun == "coding"
    assignments.hand_in_round(fresh.study, round_id=fresh.round)
    last = save(fresh, threshold=0.7)
    assert [version.terms.threshold for version in last.versions] == [0.667, 0.8, 0.7]
    assert [version.begun for version in last.versions] == ["nothing", "coding", "handed in"]
    assert "Changed twice, once after the first hand-in; last on" in last.history()[1]
    assert last.history()[2] == "A plan made afterwards is no plan: there were 1 coding and 2 hand-ins by then."


def test_a_plan_that_is_undone_after_the_hand_in_was_still_changed_after_it(fresh):
    save(fresh, threshold=0.667)
    save(fresh, threshold=0.9)
    fresh.study.undo()
    assert plan_of(fresh.study, fresh.round).begun == "nothing"
    fresh.study.redo()
    fresh.apply("I was afraid.", "Fear")
    assert plan_of(fresh.study, fresh.round).begun == "nothing"
    assert save(fresh, threshold=0.5).begun == "coding"
    fresh.study.undo()
    undone = plan_of(fresh.study, fresh.round)
    assert (undone.terms.threshold, undone.begun) == (0.9, "coding")


def test_coding_that_a_copy_brings_later_counts_by_its_time(tmp_path):
    with blind_study(tmp_path / "lead.qcode") as made:
        path = handed_out(made)
        with Study.open(path) as theirs:
            small.Small(theirs, made.lead, made.other, made.blind, made.documents, made.codes).apply(
                "I was afraid.", "Fear"
            )
            assignments.hand_in_round(theirs, round_id=made.blind)
        with closing(sqlite3.connect(path)) as file, file:
            before = "(SELECT id FROM lead.step)"
            file.execute("ATTACH ? AS lead", [str(made.study.path)])
            file.execute(f"UPDATE main.step SET at = '2026-01-02T03:04:05+00:00' WHERE id NOT IN {before}")
        agreement_plans.save_plan(made.study, made.blind, Terms())
        assert plan_of(made.study, made.blind).begun == "nothing"
        collecting.hand_in(made.study, path)
        late = plan_of(made.study, made.blind)
        assert late.begun == "handed in"
        # What colleagues did is not counted before it may be seen.
        assert (late.hand_ins, late.codings) == (None, None)
        assert "by then" in late.history()[-1]


REFUSED = {
    "no threshold": ({"threshold": 1.5}, agreement_plans.PlannedThresholdError),
    "a threshold that is no number": ({"threshold": float("nan")}, agreement_plans.PlannedThresholdError),
    "no share": ({"share": 2}, agreement_plans.PlannedShareError),
    "few draws": ({"draws": 5}, agreement_plans.PlannedDrawsError),
    "a seed that no file holds": ({"draws": 100, "seed": 10**30}, agreement_plans.PlannedDrawsError),
    "segments that nobody cut": ({"unit": "segment"}, agreement_plans.PlannedUnitError),
    "a unit there is not": ({"unit": "word"}, agreement_plans.PlannedUnitError),
    "a code there is not": ({"codes": ("0" * 32,)}, GoneError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_plan_is_refused_that_names(fresh, name):
    terms, error = REFUSED[name]
    before = fresh.study.path.read_bytes()
    with pytest.raises(error):
        save(fresh, **terms)
    assert fresh.study.path.read_bytes() == before


def test_a_plan_names_codes_in_use_and_sets_that_exclude(fresh):
    night = code_sets.add_set(fresh.study, name="Night", codes=[fresh.codes["Fear"]])
    with pytest.raises(agreement_plans.NotPlannableCodeError, match="“Scene” is a heading"):
        save(fresh, codes=(fresh.codes["Scene"],))
    with pytest.raises(agreement_plans.NotExclusiveError, match="“Night”"):
        save(fresh, domains=(night,))
    code_sets.make_exclusive(fresh.study, night, exclusive=True)
    plan = save(fresh, domains=(night,), codes=(fresh.codes["Scene"],), with_descendants=True)
    assert (plan.domains, [path for _code, path in plan.codes]) == (("Night",), [("Scene",)])
    codebook.retire_code(fresh.study, fresh.codes["Fear"])
    with pytest.raises(agreement_plans.NotPlannableCodeError, match="“Fear” is retired"):
        save(fresh, codes=(fresh.codes["Fear"],))


def test_only_the_lead_plans_here_and_in_a_file_that_comes(tmp_path):
    with blind_study(tmp_path / "lead.qcode") as made:
        agreement_plans.save_plan(made.study, made.blind, Terms(threshold=0.7))
        path = handed_out(made)
        with Study.open(path) as theirs:
            assert plan_of(theirs, made.blind).terms.threshold == 0.7
            with pytest.raises(LeadOnlyError):
                agreement_plans.save_plan(theirs, made.blind, Terms())
            with theirs.transact("Forge") as session:
                session.query(AgreementPlan).one().threshold = 0.1
        with pytest.raises(LeadsAloneError, match="Bo Ek"):
            collecting.hand_in(made.study, path)


def test_a_plan_that_named_a_colleagues_proposal_stays_with_the_lead(tmp_path):
    with blind_study(tmp_path / "lead.qcode") as made:
        made.study.act_as(made.third)
        code = codebook.add_code(made.study, name="Dread")
        made.study.act_as(made.lead)
        assignments.hand_in_round(made.study, round_id=made.blind)
        proposals.adopt(made.study, [code])
        adopted = history(made.study, latest=1)[0].id
        agreement_plans.save_plan(made.study, made.blind, Terms(codes=(code,)))
        made.study.undo_step(adopted)
        made.study.act_as(made.other)
        assert [path for _code, path in plan_of(made.study, made.blind).codes] == [("…",)]
        made.study.act_as(made.lead)
        assert [path for _code, path in plan_of(made.study, made.blind).codes] == [("Dread",)]
        path = handed_out(made)
        assert code.encode() not in path.read_bytes()
        with Study.open(path) as theirs:
            assert plan_of(theirs, made.blind) is None
            assert check(theirs).problems == ()


def test_a_round_takes_its_plan_with_it(fresh):
    save(fresh)
    assert round_to_plan(fresh.study).id == fresh.round
    rounds.remove_round(fresh.study, fresh.round)
    assert plan_of(fresh.study, fresh.round) is None
    fresh.study.undo()
    assert plan_of(fresh.study, fresh.round) is not None


# Comparing --------------------------------------------------------------------------------------------------------


def test_the_chance_below_any_threshold_is_that_of_the_table(made):
    found = study_agreement(made.study)
    for row in (*found.codes, found.overall):
        for limit, known in ((0.667, row.below_667), (0.8, row.below_800)):
            chance = chance_below(limit, row.alpha, row.low, row.documents)
            assert (chance is None) == (known is None)
            assert chance is None or chance == pytest.approx(known, abs=1e-9)


def test_each_code_is_held_against_the_threshold(made):
    save(made, threshold=0.6, by_interval=False)
    found, seen = study_agreement(made.study), compared(made)
    assert [row.id for row in seen.codes] == [row.id for row in found.codes]
    assert [row.holds for row in seen.codes] == [row.alpha >= 0.6 for row in found.codes]
    assert "Below it: Letting it slide." in seen.sentences
    save(made, threshold=0.6)
    held = [row.holds for row in compared(made).codes]
    # Where coders never differ there is no interval, and by the interval nothing is said.
    assert held == [None if row.low is None else row.low >= 0.6 for row in found.codes]
    assert "Left undefined: Gates and doors." in compared(made).sentences


def test_planned_codes_together_are_what_they_are_when_only_they_are_measured(made):
    names = ["Being shown", "Letting it slide"]
    save(made, codes=tuple(made.codes[name] for name in names), each_code=False, threshold=0.3)
    (together,) = compared(made).codes
    alone = study_agreement(made.study, codes=names).overall
    assert (together.alpha, together.low) == pytest.approx((alone.alpha, alone.low), abs=1e-12)
    assert together.holds == (alone.low >= 0.3)
    assert "Measured beside them: Counting water" in item(made, "codes").note


def test_figures_that_are_not_measured_as_planned_are_not_judged(made):
    save(made, unit="turn", without_interviewers=True, draws=200, seed=3)
    seen = compared(made)
    assert [row.id for row in seen.items if row.holds is False] == ["unit", "interviewers", "draws"]
    assert {row.holds for row in seen.codes} == {None}
    assert item(made, "bar").found == "–"
    planned = {"unit": "turn", "without_interviewers": True, "draws": 200, "seed": 3}
    seen = compared(made, **planned)
    assert [row.id for row in seen.items if row.holds is False] == ["bar"]
    assert item(made, "coders", people=["Bo Ek", "Cem Usta"], **planned).found == "without Asta Lind"


def test_codes_that_came_and_went_since_are_named(made):
    save(made)
    assert item(made, "codes").holds
    codebook.add_code(made.study, name="Rain")
    codebook.retire_code(made.study, made.codes["Gates and doors"])
    merging.merge_codes(made.study, [made.codes["Counting water"]], into=made.codes["Being shown"])
    seen = item(made, "codes")
    assert seen.found == "no longer in use: Counting water, Gates and doors; new since: Rain"
    assert not seen.holds
    plan = save(made, codes=(made.codes["Being shown"], made.codes["Letting it slide"]))
    merging.merge_codes(made.study, [made.codes["Letting it slide"]], into=made.codes["Being shown"])
    assert [path[-1] for _code, path in plan_of(made.study, made.round).codes] == ["Being shown"]
    assert len(plan.codes) == 2
    assert item(made, "codes").holds


def test_the_share_that_two_coded_is_of_the_documents_or_of_the_text(made):
    save(made, share=0.9)
    assert (item(made, "share").found, item(made, "share").holds) == ("6 of 6 documents, 100 %", True)
    for coder in ("B", "C"):
        open_again(made.study, made.round, made.coders[coder], [made.documents["Plot 4"]])
    assert (item(made, "share").found, item(made, "share").holds) == ("5 of 6 documents, 83.3 %", False)
    text = doubly_coded(made.study, made.round, of_text=True)
    lengths = {row.name: row.length for row in made_documents(made)}
    assert (text.of, text.of - text.done) == (sum(lengths.values()), lengths["Plot 4"])


def made_documents(made):
    with made.study.read() as session:
        return session.query(Document.name, Revision.length).join(Revision, Revision.id == Document.revision_id).all()


def test_a_set_whose_codes_may_meet_since_is_named(made):
    tools = code_sets.add_set(made.study, name="Tools", codes=[made.codes["Gates and doors"]])
    code_sets.make_exclusive(made.study, tools, exclusive=True)
    save(made, domains=(tools,))
    assert item(made, "domains").holds
    code_sets.make_exclusive(made.study, tools, exclusive=False)
    assert item(made, "domains").found == "no longer exclusive: Tools"


def test_two_leads_plans_of_one_round_are_settled_as_a_whole(tmp_path):
    made = small.small_study(tmp_path / "one.qcode")
    copy(made.study.path, tmp_path / "two.qcode")
    save(made, threshold=0.6, share=0.1)
    with Study.open(tmp_path / "two.qcode") as other:
        agreement_plans.save_plan(other, made.round, Terms(unit="turn", threshold=0.9))
    seen = preview(made.study, tmp_path / "two.qcode")
    assert [(row.kind, row.name) for row in seen.conflicts] == [("agreement_plan", "Round 1")]
    collecting.merge(made.study, tmp_path / "two.qcode")
    (trouble,) = troubles(made.study)
    assert trouble.what == "Plan of the agreement “Round 1”: what is planned"
    assert {side.value for side in seen.conflicts[0].sides} == {side.says for side in trouble.sides}
    assert {side.says.partition(";")[0] for side in trouble.sides} == {"by sentence", "by turn"}
    settled = next(number for number, side in enumerate(trouble.sides) if side.says.startswith("by sentence"))
    settling.settle(made.study, trouble.trouble, side=settled)
    assert plan_of(made.study, made.round).terms == replace(Terms(), threshold=0.6, share=0.1)
    made.study.close()


def test_every_report_says_what_was_planned_and_what_came_of_it(made, tmp_path):
    save(made, codes=(made.codes["Being shown"], made.codes["Letting it slide"]), threshold=0.6, by_interval=False)
    report = agreement_report(made.study, study_agreement(made.study))
    paths = {ending: tmp_path / f"report.{ending}" for ending in ("docx", "xlsx", "csv", "json")}
    for path in paths.values():
        write_agreement(report, path)
    assert json.loads(paths["json"].read_text("utf-8"))["plan"]["threshold"] == 0.6
    document = docx.Document(str(paths["docx"]))
    said = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "The check was planned: by sentence; 2 codes; α of each code ≥ 0.600, by the figure itself" in said
    assert [row.cells[4].text for row in document.tables[-1].rows] == ["Reached", "yes", "no"]
    sheet = openpyxl.load_workbook(paths["xlsx"])["Threshold"]
    assert [row[5] for row in sheet.iter_rows(values_only=True)] == ["holds", "yes", "no"]
    rows = list(csv.DictReader(paths["csv"].read_text("utf-8-sig").splitlines()))
    assert [row["reaches_threshold"] for row in rows] == ["yes", "", "no", "", ""]
