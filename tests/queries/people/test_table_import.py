"""What an import of a table would do, cell by cell, and that it then does exactly that."""

from __future__ import annotations

import pytest
import small

from qcode.exchange.spreadsheets import TableFile
from qcode.operations import attributes, cells, documents, sites
from qcode.queries.people.attributes import attributes as list_attributes
from qcode.queries.people.attributes import sheet
from qcode.queries.people.table_import import NoNameColumnError, plan_table
from qcode.text.blocks import Block, CellEntry


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


@pytest.fixture
def known(made):
    """Colleen, of whom area and age are recorded."""
    who = documents.add_participant(made.study, pseudonym="Colleen", group="Residents")
    levels = ["Mill Row", "Upriver"]
    area = attributes.add_attribute(made.study, subject="participant", name="Area", kind="category", levels=levels)
    age = attributes.add_attribute(made.study, subject="participant", name="Age", kind="number")
    write(made, (who, area, "Mill Row"), (who, age, "41"))
    return who


def write(made, *entries):
    cells.write_cells(made.study, "participant", Block(tuple(CellEntry(*one) for one in entries)))


def table(*lines, formulas=frozenset()):
    heads, *rows = [tuple(line.split("|")) for line in lines]
    return TableFile("people.csv", heads, tuple(rows), tuple(range(2, len(rows) + 2)), formulas=formulas)


def fates(plan):
    return [[cell.fate for cell in row.cells] for row in plan.rows]


def recorded(made):
    found = sheet(made.study, "participant")
    titles = {column.key: column.title for column in found.columns}
    return {row.name: {titles[key]: cell.text for key, cell in row.cells.items() if cell.text} for row in found.rows}


def test_each_cell_is_new_changed_the_same_nothing_or_refused(made, known):
    file = table("Pseudonym|Area|Age|Role", "colleen|mill row|42|", "Shay|Milrow|young|medic")
    plan = plan_table(made.study, file)
    assert fates(plan) == [["same", "same", "changed", "nothing"], ["new", "refused", "refused", "new"]]
    assert plan.rows[0].cells[2].before == "41"
    assert plan.refusals == [
        (3, "Area", "“Milrow” is no level of Area. Do you mean “Mill Row”?"),
        (3, "Age", "“young” is no number."),
    ]
    assert plan.new_levels == ("Area: Milrow",)


def test_nothing_is_written_by_planning_and_everything_by_one_step(made, known):
    before = recorded(made)
    plan = plan_table(made.study, table("Pseudonym|Area|Age|Years_served", "Colleen|Upriver||3", "Shay||20|unknown"))
    assert recorded(made) == before
    cells.write_cells(made.study, "participant", plan.block)
    assert recorded(made) == {
        "Colleen": {"Group": "Residents", "Area": "Upriver", "Age": "41", "Years served": "3"},
        "Shay": {"Age": "20", "Years served": "unknown"},
    }
    assert plan_table(made.study, table("Pseudonym|Age", "Shay|20")).changes is False
    made.study.undo()
    assert recorded(made) == before


def test_headings_that_nobody_knows_become_attributes_of_the_kind_they_look_like(made):
    file = table("ID|Gender|Years served|Since|Remark", "A|woman|3|2020|x y", "B|man|4,5|May 2021|", "C|woman|?|2019|z")
    plan = plan_table(made.study, file)
    cells.write_cells(made.study, "participant", plan.block)
    kinds = {row.name: row.kind for row in list_attributes(made.study)}
    assert kinds == {"Gender": "category", "Years served": "number", "Since": "date", "Remark": "category"}


def test_levels_of_a_new_category_are_in_the_order_of_their_numbers(made):
    rows = [
        f"{letter}|{band}"
        for letter, band in zip("ABCDEF", ["40-49", "5-9", "40-49", "100+", "5-9", "other"], strict=True)
    ]
    plan = plan_table(made.study, table("ID|Age band", *rows))
    assert plan.block.new_columns[0].levels == ("5-9", "40-49", "100+", "other")


def test_columns_that_tell_who_somebody_is_stay_outside_unless_they_are_asked_for(made):
    file = table("Pseudonym|Name|Phone|Phone|", "Colleen|x|555|556|")
    plan = plan_table(made.study, file)
    assert [column.reason for column in plan.columns] == [
        "",
        "it can tell who somebody is",
        "it can tell who somebody is",
        "the heading stands twice",
        "it has no heading",
    ]
    assert [cell.text for cell in plan.block.cells] == []
    asked = plan_table(made.study, file, taken_along=["phone"])
    assert [(cell.fate, cell.text) for cell in asked.rows[0].cells][2] == ("new", "555")


def test_two_rows_for_one_participant_are_both_refused(made):
    plan = plan_table(made.study, table("Pseudonym|Age", "Colleen|41", "Shay|20", " COLLEEN|42", "|7"))
    assert [row.fate for row in plan.rows] == ["refused", "new", "refused", "refused"]
    assert plan.rows[0].reason == "The rows 2, 4 are about the same pseudonym. Keep one of them."
    assert [row.name for row in plan.block.new_rows] == ["Shay"]


def test_dates_in_either_order_are_refused_until_somebody_says_which(made):
    file = table("Pseudonym|Since", "A|3/4/2024", "B|5/6/2024")
    plan = plan_table(made.study, file)
    assert plan.asks_dates
    assert fates(plan) == [["new", "refused"], ["new", "refused"]]
    told = plan_table(made.study, file, dates="month first")
    assert not told.asks_dates
    assert [row.cells[1].text for row in told.rows] == ["2024-03-04", "2024-05-06"]
    cells.write_cells(made.study, "participant", told.block)
    assert recorded(made)["A"] == {"Since": "2024-03-04"}


def test_formulas_are_refused(made, known):
    plan = plan_table(made.study, table("Pseudonym|Age|Area", "Colleen||=A1", formulas=frozenset({(0, 1)})))
    assert [cell.fate for cell in plan.rows[0].cells] == ["same", "refused", "refused"]
    assert "without a result" in plan.rows[0].cells[1].reason


def test_new_levels_can_be_added(made, known):
    file = table("Pseudonym|Area", "Shay|Larkmoor")
    plan = plan_table(made.study, file, add_levels=True)
    cells.write_cells(made.study, "participant", plan.block)
    assert recorded(made)["Shay"] == {"Area": "Larkmoor"}


def test_what_is_asked_of_one_group_follows_the_group_in_the_file(made):
    attributes.add_attribute(made.study, subject="participant", name="Years", kind="number", group="Responders")
    file = table("Pseudonym|Group|Years", "A|responders|3", "B|Residents|3", "C|Residents|")
    plan = plan_table(made.study, file)
    assert [row[2] for row in fates(plan)] == ["new", "refused", "nothing"]
    cells.write_cells(made.study, "participant", plan.block)
    assert recorded(made)["A"]["Years"] == "3"


def test_sites_come_along_and_documents_must_be_there(made):
    sites.add_site(made.study, name="Mill Row")
    file = table(
        "Transcript|Agency|Mode|Length", "INT-1|mill row|Recorded|30", "FG-1|Depot|heard|40", "INT-9|Depot|notes|2"
    )
    plan = plan_table(made.study, file, "document")
    assert [row.fate for row in plan.rows] == ["known", "known", "refused"]
    assert [cell.fate for cell in plan.rows[1].cells] == ["same", "new", "refused", "new"]
    assert [site.name for site in plan.block.new_sites] == ["Depot"]
    cells.write_cells(made.study, "document", plan.block)
    first = sheet(made.study, "document").rows[0].cells
    assert (first["site"].text, first["mode"].text) == ("Mill Row", "recorded")


@pytest.mark.parametrize("lines", [("Age|Area", "41|x", "41|y"), ("Phone|Age", "555|3"), ("Role|Age", "medic|3")])
def test_a_table_that_does_not_say_whom_it_is_about_is_refused(made, lines):
    with pytest.raises(NoNameColumnError, match="Name one “Pseudonym”"):
        plan_table(made.study, table(*lines))


def test_thousands_of_rows_are_planned_and_written(made):
    rows = [f"P{number}|{number % 90}|area {number % 7}|unknown" for number in range(2_000)]
    plan = plan_table(made.study, table("Pseudonym|Age|Area|Since", *rows))
    cells.write_cells(made.study, "participant", plan.block)
    assert list_attributes(made.study)[0].given == 2_000
