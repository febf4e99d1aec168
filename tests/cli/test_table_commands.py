"""Tables on the command line: answers with their questions, columns, and choices for the reader."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from qcode.cli.commands import app

SURVEY = "id;Age;What would you change?\nR1;34;More light, please\nR2;51;none\nR3;28;The doors: they slam\n"


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text(SURVEY, encoding="utf-8")
    return path


def run(*words):
    return CliRunner().invoke(app, list(map(str, words)))


def test_read_prints_answers_with_questions_columns_and_respondents(survey):
    shown = json.loads(run("read", survey, "--json").stdout)
    assert [(turn["speaker"], turn["question"], turn["text"]) for turn in shown["turns"]] == [
        ("R1", "What would you change?", "More light, please"),
        ("R3", "What would you change?", "The doors: they slam"),
    ]
    assert shown["kind"] == "survey"
    assert [column["use"] for column in shown["columns"]] == ["id", "attribute", "open"]
    assert shown["respondents"][1] == {"id": "R2", "attributes": {"Age": "51"}}
    assert shown["no_answers"] == {"none": 1}
    assert "column Age: attribute" in run("read", survey).stdout


def test_columns_are_set_and_kept_for_the_import(survey, tmp_path):
    choices = ("--set", "column:Age=id", "--set", "column:id=ignore", "--set", "answer:none=keep")
    shown = json.loads(run("read", survey, "--json", *choices).stdout)
    assert [turn["speaker"] for turn in shown["turns"]] == ["34", "51", "28"]
    study = tmp_path / "s.qcode"
    run("new", study)
    done = run("import", study, survey, *choices)
    assert done.exit_code == 0
    assert "3 turns" in done.stdout


@pytest.mark.parametrize("choice", ["column", "=id", "column:Age="])
def test_what_is_no_choice_is_refused(survey, choice):
    done = run("read", survey, "--set", choice)
    assert done.exit_code == 1
    assert "NAME=VALUE" in done.stderr
