"""`qcode crosstab` and `qcode cooccurrence` as a person types them, on the sample study."""

from __future__ import annotations

import csv
import json

import pytest
import small
from sampled import copy_sample
from test_commands import refused, run

from qcode.operations import coding, team
from qcode.queries.counting.corpus import corpus
from qcode.queries.themes.outline import theme_titles
from qcode.study import Study


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return copy_sample(tmp_path_factory.mktemp("counting") / "larkmoor.qcode")


def test_a_table_says_of_how_many_and_what_is_counted(path, tmp_path):
    with Study.open(path) as study:
        counted = corpus(study)
        people = {one.id: one.group for one in counted.people}
    target = tmp_path / "groups.csv"
    shown = run("crosstab", path, "--by", "group", "--test", "-o", target).stdout
    assert "Codes by group: participants" in shown
    assert f"Written: {target}" in shown
    assert counted.said in shown
    assert "Numbers are participants who speak in a passage of the code" in shown
    assert "p is adjusted for that by Holm" in shown
    assert "† Fewer than 5 participants" in shown
    listed = list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))
    found = json.loads(run("crosstab", path, "--by", "group", "--test", "--json").stdout)
    for row, line in zip(found["rows"], listed, strict=False):
        heard = {
            turn.participant
            for text in counted.texts
            for mark in counted.marks[text.document]
            if mark.code in counted.meant(row["key"])
            for number in text.turns_in(mark.start, mark.end)
            if (turn := text.turns[number]).counted and turn.participant
        }
        by_group = [sum(people[who] == column["name"] for who in heard) for column in found["columns"][:-1]]
        assert [cell["count"] for cell in row["cells"]] == [*by_group, len(heard)]
        assert line["Code"] == row["path"][-1]
        assert int(line["All (18)"]) == len(heard)
        tested = row["test"]
        assert tested is None or tested["test"] == "Fisher"
        assert tested is None or 0 <= tested["p_fisher"] == tested["p"] <= tested["p_adjusted"] <= 1
    assert found["counted"] == counted.said
    assert [column["of"] for column in found["columns"]] == [10, 8, 18]


def test_a_theme_named_in_vivo_stands_in_quotation_marks(path, tmp_path):
    target = tmp_path / "themes.csv"
    run("crosstab", path, "--rows", "themes", "-o", target)
    with Study.open(path) as study:
        titles = theme_titles(study)
    listed = [line["Theme"] for line in csv.DictReader(target.read_text("utf-8-sig").splitlines())]
    assert listed[: len(titles)] == list(titles.values())
    assert "“I heard the boots first”" in listed


def test_small_counts_are_hidden_with_what_gives_them_away(path, tmp_path):
    shown = run("crosstab", path, "--by", "group", "--test", "--hide-small", "-o", tmp_path / "groups.csv").stdout
    assert "‡ Not shown: fewer than 5 participants" in shown
    assert "†" not in shown
    whole = json.loads(run("crosstab", path, "--by", "group", "--test", "--json").stdout)
    found = json.loads(run("crosstab", path, "--by", "group", "--test", "--hide-small", "--json").stdout)
    listed = list(csv.reader((tmp_path / "groups.csv").read_text("utf-8-sig").splitlines()))[1:]
    assert any(cell["count"] is None for row in found["rows"] for cell in row["cells"])
    for row, bare, line in zip(found["rows"], whole["rows"], listed, strict=False):
        counts = [cell["count"] for cell in row["cells"]]
        assert all(set(cell.values()) == {None} for cell in row["cells"] if cell["count"] is None)
        assert [one if one is None else 0 for one in counts] == [None if cell == "‡" else 0 for cell in line[1:4]]
        assert all(
            shown == cell["count"] if shown is not None else cell["count"]
            for shown, cell in zip(counts, bare["cells"], strict=True)
        )
        assert not any(shown is not None and 0 < shown < 5 for shown in counts)
        assert counts.count(None) != 1, "one alone is the rest of its row"
        assert row["test"] is None if None in counts else row["test"] == bare["test"]
    assert "this one is of turns" in run("crosstab", path, "--by", "group", "--count", "turns", "--hide-small").stderr


def test_pairs_come_with_the_table_they_are_from(path, tmp_path):
    shown = run("cooccurrence", path, "--by", "turn", "-o", tmp_path / "pairs.xlsx").stdout
    assert "Codes in the same turn: pairs" in shown
    assert "interviewers’ turns are not counted" in shown
    assert (tmp_path / "pairs.xlsx").stat().st_size > 1_000
    found = json.loads(run("cooccurrence", path, "--least", "5", "--json").stdout)
    at = {tuple(code["path"]): place for place, code in enumerate(found["codes"])}
    assert found["pairs"]
    for pair in found["pairs"]:
        one, other = (at[tuple(path_of)] for path_of in pair["codes"])
        assert found["counts"][one][other] == found["counts"][other][one] == pair["count"] >= 5
    none = run("cooccurrence", path, "--least", "999").stdout
    assert none.startswith("Codes on the same words: pairs: there is nothing to show.\nNumbers are ")


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_a_table_goes_into_every_format(path, tmp_path, ending):
    run("crosstab", path, "--rows", "themes", "--count", "words", "--by", "Role", "-o", tmp_path / f"t.{ending}")
    assert (tmp_path / f"t.{ending}").stat().st_size > 500


def test_what_makes_no_sense_is_refused_in_a_sentence(path, tmp_path):
    assert "“shoe” does not divide this study. Use one of: document, group" in refused("crosstab", path, "--by", "shoe")
    assert "Count participants to test" in refused("crosstab", path, "--by", "group", "--count", "turns", "--test")
    assert "Choose a group or an attribute of participants" in refused("crosstab", path, "--test")
    made = small.small_study(tmp_path / "small.qcode")
    coding.remove_codings(made.study, made.codings[1:3])
    made.study.close()
    alone = made.study.path
    assert "says “Residents” of everybody" in refused("crosstab", alone, "--by", "group")
    assert "Fewer than two codes have passages" in refused("cooccurrence", alone)


def test_nothing_is_tested_where_reading_is_the_instrument(path, tmp_path):
    copy = copy_sample(tmp_path / "own.qcode")
    with Study.open(copy) as study:
        team.describe_study(study, approach="reflexive")
    assert "groups are not tested against each other" in refused("crosstab", copy, "--by", "group", "--test")
    shown = run("crosstab", copy, "--by", "group").stdout
    assert "Fisher" not in shown
    assert "consensus" not in shown
