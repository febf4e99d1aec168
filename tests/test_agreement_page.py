"""docs/agreement.md is true: its cases hold, its commands run, its table is what the program computes."""

from __future__ import annotations

import json
import re
import shlex
from importlib import import_module
from pathlib import Path

import krippendorff
import numpy as np
import pytest
import small
from typer.testing import CliRunner

from qcode.agreement.checking import checks, read_cases
from qcode.cli.commands import app
from qcode.operations import assignments, code_sets
from qcode.reports.agreement import UNIT_RULES

DOCS = Path(__file__).parents[1] / "docs"
COMMANDS = "qcode agreement study", "qcode agreement-plan study"
PAGE = (DOCS / "agreement.md").read_text(encoding="utf-8")


def test_the_cases_of_the_page_hold():
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    found = list(checks(read_cases(shown, "agreement.md")))
    assert len(found) == 4
    assert {one.verdict for one in found} == {"within"}


def test_the_page_names_every_unit():
    cells = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("|")]
    named = {unit.strip() for cell in cells for unit in cell.split(",")}
    assert set(UNIT_RULES) <= named


def test_the_sources_are_those_that_are_named():
    text, _, sources = PAGE.partition("## Sources")
    listed = re.findall(r"^(\d+)\. ", sources, re.MULTILINE)
    named = {number for found in re.findall(r"\[(\d+(?:, \d+)*)\]", text) for number in found.split(", ")}
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert named == set(listed)


def test_the_table_of_the_page_is_what_is_computed_and_its_alphas_are_those_of_another_program(monkeypatch):
    monkeypatch.syspath_prepend(DOCS)
    script = import_module("compare_programs")
    made = [script.generated(coding) for coding in script.CODINGS]
    figures = [script.Figures.of(documents) for documents in made]
    assert script.table(figures) in PAGE
    for documents, found in zip(made, figures, strict=True):
        matrix = np.zeros((2, len(documents) * script.LENGTH))
        for place, each in enumerate(documents):
            for row, coder in enumerate(script.CODERS):
                for start, end in each.spans[coder, script.CODE]:
                    matrix[row, place * script.LENGTH + start : place * script.LENGTH + end] = 1
        other = krippendorff.alpha(matrix, level_of_measurement="nominal")
        assert found.cards["character"].coefficients["krippendorff_alpha"] == pytest.approx(other, abs=1e-9)
    written = json.dumps([script.cases(script.CODINGS[1], made[1], figures[1])])
    found = list(checks(read_cases(written, "cases.json")))
    assert len(found) == 7
    assert {one.verdict for one in found} == {"within"}


def test_the_commands_of_the_page_run_as_they_stand(tmp_path, monkeypatch):
    made = small.small_study(tmp_path / "study.qcode")
    code_sets.add_set(made.study, name="Costs", codes=[made.codes["Wear"], made.codes["Fear"]])
    for coder, words in ((made.lead, "He wears it well."), (made.other, "I take it home with me.")):
        made.study.act_as(coder)
        made.apply(words, "Wear", document=1)
        assignments.hand_in_round(made.study, round_id=made.round)
    made.study.close()
    monkeypatch.chdir(tmp_path)
    lines = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    commands = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith(COMMANDS)]
    assert len(commands) > 4
    for words in commands:
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, (words, done.output)
    assert (tmp_path / "agreement.docx").exists()
