"""The coders' agreement, as a person types it: units, codes, coders, sets, draws."""

from __future__ import annotations

import json
import shutil

import pytest
import small
from sampled import copy_sample
from test_commands import refused, run

from qcode.operations import assignments, code_sets
from qcode.queries.agreement.boundaries import whole_boundaries
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.sets import set_figures
from qcode.queries.codebook.tree import codebook
from qcode.study import Study


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return copy_sample(tmp_path_factory.mktemp("sample") / "larkmoor.qcode")


def told(sample, *words):
    done = run("agreement", sample, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def alphas(found):
    return {row["code"][-1]: row["alpha"] for row in found["codes"]}


@pytest.mark.parametrize("unit", ["sentence", "turn", "paragraph", "token", "character", "merged", "document"])
def test_every_unit_has_its_table(sample, unit):
    found = told(sample, "--unit", unit)
    assert found["unit"] == unit
    assert any(row["alpha"] is not None for row in found["codes"])
    assert found["overall"]["n"] > 0


def test_coarser_units_are_fewer(sample):
    counts = [told(sample, "--unit", unit)["overall"]["n"] for unit in ("character", "token", "sentence", "turn")]
    assert counts == sorted(counts, reverse=True)
    assert told(sample, "--unit", "document")["overall"]["n"] == 8


def test_segments_are_a_unit_only_where_a_round_handed_some_out(sample):
    assert "“Main” hands out no segments" in refused("agreement", sample, "--unit", "segment")


def test_only_the_codes_and_coders_that_are_named_are_compared(sample):
    found = told(
        sample, "--codes", "wear", "--codes", "Waking up", "--coders", "Dana Whitlock", "--coders", "saoirse kelleher"
    )
    assert set(alphas(found)) == {"Wear", "Waking up"}
    assert found["coders"] == ["Dana Whitlock", "Saoirse Kelleher"]
    assert "There is no code “Nothing”" in refused("agreement", sample, "--codes", "Nothing")
    assert "There is no coder “Nobody”" in refused("agreement", sample, "--coders", "Nobody")


def test_what_stands_below_a_code_is_counted_with_it(sample):
    alone, together = told(sample), told(sample, "--with-descendants")
    assert set(alphas(alone)) < set(alphas(together))
    below = {row["code"][0] for row in alone["codes"]}
    assert below <= set(alphas(together))


def test_a_set_of_codes_is_one_line(sample, tmp_path):
    path = tmp_path / "with a set.qcode"
    shutil.copy(sample, path)
    with Study.open(path) as study:
        known = {row.name: row.id for row in codebook(study)}
        made = code_sets.add_set(study, name="Bodies")
        code_sets.put_in_set(study, made, codes=[known["Wear"], known["Waking up"]])
    assert list(alphas(told(path, "--sets"))) == ["Bodies"]
    assert told(path, "--sets", "--codes", "bodies")["codes"][0]["n"] > 0
    assert "There is no set of codes “Wear”" in refused("agreement", path, "--sets", "--codes", "Wear")


def test_boundaries_exclusive_sets_and_sets_as_values_come_when_they_are_asked_for(sample, tmp_path):
    path = tmp_path / "with a domain.qcode"
    shutil.copy(sample, path)
    with Study.open(path) as study:
        known = {row.name: row.id for row in codebook(study)}
        made = code_sets.add_set(study, name="Bodies", codes=[known["Wear"], known["Waking up"]])
        every = code_sets.add_set(study, name="Every", codes=[row.id for row in codebook(study)])
        for held in (made, every):
            code_sets.make_exclusive(study, held, exclusive=True)
        found = study_agreement(study)
        rows, (figures,) = whole_boundaries(found), set_figures(study, found)
    asked = told(path, "--boundaries", "--set-valued")
    assert [one["mean_iou"] for one in asked["boundaries"]["codes"]] == [row.share for row in rows]
    assert [len(one["pairs"]) for one in asked["boundaries"]["codes"]] == [3] * len(rows)
    domain, refused_one = asked["boundaries"]["domains"]["sets"]
    first = refused_one["overlaps"][0]
    assert f"{first['coder']} marked overlapping text in {first['document']}" in refused_one["refused"]
    assert [passage["code"] in refused_one["refused"] for passage in first["passages"]] == [True, True]
    assert (domain["set"], domain["refused"]) == ("Bodies", None)
    assert domain["cu_alpha"] is None or -1 <= domain["cu_alpha"] <= 1
    assert asked["set_valued"][0]["measures"][0]["alpha"] == figures.rows[0].alpha
    shown = run("agreement", path, "--boundaries", "--set-valued").stdout
    for words in (
        "Boundaries of passages",
        "Sets of codes that exclude each other",
        "Code sets as values, by sentence",
    ):
        assert words in shown
    assert "(micro), mean of the codes' alphas" in shown
    assert f"“Every”, further overlaps: {refused_one['overlaps'][1]['coder']} in " in shown


def test_json_has_every_pair_of_coders_and_every_document(sample):
    found = told(sample)
    assert {"boundaries", "set_valued"}.isdisjoint(found)
    alone = told(sample, *(word for name in found["pairs"][0]["coders"] for word in ("--coders", name)))
    assert found["pairs"][0]["alpha"] == pytest.approx(alone["overall"]["alpha"])
    assert {row["code"][-1]: row["alpha"] for row in found["pairs"][0]["codes"]} == pytest.approx(alphas(alone))
    assert [each["document"] for each in found["by_document"]] == found["documents"]
    assert all(len(each["codes"]) == len(found["codes"]) for each in found["by_document"])
    undefined = [row for each in found["by_document"] for row in each["codes"] if row["alpha"] is None]
    assert {row["status"] for row in undefined} == {"no_variation"}
    assert 0 <= found["overall"]["below_667"] <= found["overall"]["below_800"] <= 1


def test_what_interviewers_say_can_be_left_out(sample):
    assert told(sample, "--without-interviewers")["overall"]["n"] < told(sample)["overall"]["n"]


def test_documents_are_drawn_again_with_a_seed_that_gives_the_same_interval(sample):
    first, again = (told(sample, "--bootstrap", "200", "--seed", "5") for _ in range(2))
    assert first == again
    assert first["bootstrap"] == {"draws": 200, "seed": 5}
    drawn = first["overall"]["bootstrap"]
    assert drawn["low"] < first["overall"]["alpha"] < drawn["high"]
    assert told(sample, "--bootstrap", "200", "--seed", "6")["overall"]["bootstrap"] != drawn
    assert (
        "Documents drawn again 200 times (seed 5)" in run("agreement", sample, "--bootstrap", 200, "--seed", 5).stdout
    )


@pytest.mark.parametrize("words", [("--bootstrap", "5"), ("--bootstrap", "-1"), ("--bootstrap", "10000000")])
def test_a_number_of_draws_that_makes_no_interval_is_refused(sample, words):
    assert "Draw documents between 100 and 100,000 times" in refused("agreement", sample, *words)


def test_a_negative_seed_is_refused(sample):
    assert "A seed is a number" in refused("agreement", sample, "--bootstrap", "100", "--seed", "-3")


def test_work_that_was_not_handed_in_is_left_out_by_name_though_it_is_done(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    assignments.set_done(made.study, document=made.documents[1], round_id=made.round, done=True)
    made.study.close()
    assert "Left out, not handed in yet: Ana Lima FG-1; Bo Ek FG-1.\n" in run("agreement", made.study.path).stdout
