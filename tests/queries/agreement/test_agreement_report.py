"""The agreement report: its method in words, its files, and that its sums give its figures again."""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict

import docx
import openpyxl
import pytest
from sampled import copy_sample

from qcode.files import UnknownExtensionError
from qcode.queries.agreement.boundaries import whole_boundaries
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.report import agreement_report
from qcode.queries.agreement.sets import set_figures
from qcode.reports.agreement import UNIT_RULES, agreement_sheets, methods, write_agreement
from qcode.reports.printed_tables import figure
from qcode.reports.workbooks import workbook
from qcode.study import Study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with Study.open(copy_sample(tmp_path_factory.mktemp("sample") / "larkmoor.qcode")) as opened:
        yield opened


def report(study, **asked):
    return agreement_report(study, study_agreement(study, **asked))


def test_the_method_names_unit_scope_coefficient_documents_coders_draws_and_software(study):
    said = " ".join(methods(report(study, draws=200, seed=7)))
    for words in (
        "Krippendorff’s alpha for nominal data (Krippendorff 2011)",
        "8 documents of the round “Main” were handed in by two coders or more: INT-1, INT-2,",
        "The coders were Dana Whitlock, Ignacio Beltrán and Saoirse Kelleher.",
        "Units: sentences.",
        "leaving out one document at a time",
        "200 times (seed 7;",
        "Computed with qcode ",
    ):
        assert words in said
    assert "drawing the documents again" not in " ".join(methods(report(study)))


@pytest.mark.parametrize("unit", sorted(set(UNIT_RULES) - {"segment"}))
def test_every_unit_says_its_rule(study, unit):
    assert UNIT_RULES[unit] in methods(report(study, unit=unit)).__str__().replace('"', "")


def test_what_interviewers_say_is_told_to_be_left_out(study):
    assert "what interviewers say" in " ".join(methods(report(study, without_interviewers=True)))


@pytest.mark.parametrize("unit", ["sentence", "character"])
def test_its_sums_give_every_alpha_again(study, unit):
    found = report(study, unit=unit)
    totals = defaultdict(lambda: [0.0, 0.0, 0.0])
    for each in found.sums:
        assert each.ones + each.zeros == pytest.approx(each.coders * each.units)
        for place, value in enumerate((each.ones, each.zeros, each.mixed)):
            totals[each.code][place] += value
    for row in found.section.rows:
        ones, zeros, mixed = totals[row.code]
        expected = 1 - (ones + zeros - 1) * mixed / (ones * zeros) if ones * zeros else None
        assert row.alpha == (None if expected is None else pytest.approx(expected))


def test_equal_reports_make_equal_files_in_every_format(study, tmp_path):
    found = report(study, draws=100, seed=1)
    for ending in ("docx", "xlsx", "html", "md", "csv", "json"):
        first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
        write_agreement(found, first)
        write_agreement(found, second)
        assert first.read_bytes() == second.read_bytes()
    core = zipfile.ZipFile(tmp_path / "1.xlsx").read("docProps/core.xml").decode()
    assert "created" not in core  # neither the making nor the change tells the clock
    assert "modified" not in core


def test_the_word_report_has_the_method_and_a_row_for_each_code(study, tmp_path):
    write_agreement(report(study, draws=100, seed=1), tmp_path / "a.docx")
    made = docx.Document(tmp_path / "a.docx")
    assert any("Krippendorff 2011" in paragraph.text for paragraph in made.paragraphs)
    codes, drawn, pairs, boundaries, sets = made.tables
    found = study_agreement(study)
    assert len(codes.rows) == len(drawn.rows) == 2 + len(found.codes)
    lines = {row.code[-1]: row for row in found.codes}
    name, *_figures, notes = [cell.text for cell in codes.rows[1].cells]
    row = lines[name.rsplit(" > ", 1)[-1]]
    assert [cell.text for cell in codes.rows[1].cells][3:5] == [figure(row.below_667), figure(row.below_800)]
    said = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Table Note"]
    assert f"(macro) is {figure(found.overall.macro_alpha)}" in said[0]
    assert all(any(one.startswith(f"{number} ") for one in said) for number in notes.split(", ") if number)
    whole = whole_boundaries(found)
    assert [row.cells[1].text for row in boundaries.rows[1:]] == [figure(row.alpha) for row in whole]
    assert [row.cells[4].text for row in boundaries.rows[1:]] == [figure(row.half) for row in whole]
    (figures,) = set_figures(study, found)
    assert [row.cells[3].text for row in sets.rows[1:]] == [figure(row.conditional) for row in figures.rows]
    assert [row.cells[0].text for row in pairs.rows[1:]] == [
        "Dana Whitlock – Ignacio Beltrán",
        "Dana Whitlock – Saoirse Kelleher",
        "Ignacio Beltrán – Saoirse Kelleher",
    ]


def test_the_workbook_has_a_sheet_for_each_thing_and_numbers_as_numbers(study):
    book = openpyxl.load_workbook(io.BytesIO(workbook("A study", agreement_sheets(report(study, draws=100, seed=1)))))
    assert book.sheetnames == ["Method", "Codes", "Drawn again", "Pairs", "Boundaries", "Code sets", "Sums"]
    header, *rows = book["Codes"].iter_rows(values_only=True)
    alphas = {row[0]: row[header.index("alpha")] for row in rows}
    expected = {" > ".join(row.code): row.alpha for row in study_agreement(study).codes}
    assert {name: alphas[name] for name in expected} == {
        name: None if value is None else pytest.approx(value) for name, value in expected.items()
    }


def test_json_has_null_for_what_is_not_defined_and_the_draws_with_their_seed(study, tmp_path):
    write_agreement(report(study, draws=100, seed=4, unit="document"), tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (told["bootstrap"]["draws"], told["bootstrap"]["seed"]) == (100, 4)
    assert [row["span_f1_iou50"] for row in told["boundaries"]["codes"]] == [
        None if row.half is None else pytest.approx(row.half) for row in whole_boundaries(study_agreement(study))
    ]
    assert [one["unit"] for one in told["set_valued"]] == ["sentence"]
    undefined = [row for row in told["codes"] if row["status"] != "ok"]
    assert undefined
    assert all(row["alpha"] is None for row in undefined)


def test_another_ending_is_refused(study, tmp_path):
    with pytest.raises(UnknownExtensionError):
        write_agreement(report(study), tmp_path / "a.pdf")
