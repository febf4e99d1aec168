"""The participant table against figures that were counted by hand, as values, Word document and CSV."""

from __future__ import annotations

import csv
import io

import docx
import pytest
from docx.oxml.ns import qn

from qcode.exchange.spreadsheets import TableFile
from qcode.operations import attributes
from qcode.operations.cells import write_cells
from qcode.queries.people.table_import import plan_table
from qcode.queries.reports.participants import NoParticipantsError, NoSuchColumnError, dividing, participant_table
from qcode.reports.participants import participants_csv, participants_docx, write_participants
from qcode.study import Study

PEOPLE = """Pseudonym|Group|Gender|Language|Witnessed|Joined
A|Residents|woman|English|3|
B|Residents|man|English|1|
C|Residents|woman|Spanish|2|
D|Residents|man|unknown|1|
E|Responders|man|English|31|2012
F|Responders|woman|English|9|2019
G|Responders|man|English|unknown|2003-05
H|Responders|man|English||2008"""


@pytest.fixture
def study(tmp_path):
    with Study.create(tmp_path / "s.qcode", title="Knocks", coder="Ana Lima") as made:
        yield made


@pytest.fixture
def filled(study):
    attributes.add_attribute(study, subject="participant", name="Joined", kind="date", group="Responders")
    heads, *rows = [tuple(line.split("|")) for line in PEOPLE.splitlines()]
    plan = plan_table(study, TableFile("p.csv", heads, tuple(rows), tuple(range(2, 10))))
    assert plan.refusals == []
    write_cells(study, "participant", plan.block)
    return study


def printed(table):
    out, title = {}, ""
    for row in table.rows:
        title = row.label if row.is_a == "title" else title
        if row.is_a != "title":
            out[title, row.label] = [cell.text for cell in row.cells]
    return out


def test_counts_medians_and_means_are_those_counted_by_hand(filled):
    table = participant_table(filled, k=3)
    assert table.columns == (("Residents", 4), ("Responders", 4), ("All", 8))
    assert printed(table) == {
        ("Joined", "Earliest to latest"): ["–", "2003-05 to 2019", "2003-05 to 2019"],
        ("Gender", "man"): ["2 (50 %)", "3 (75 %)", "5 (63 %)"],
        ("Gender", "woman"): ["2 (50 %)", "1 (25 %)", "3 (38 %)"],
        ("Language", "English"): ["2 (50 %)", "4 (100 %)", "6 (75 %)"],
        ("Language", "Spanish"): ["1 (25 %)", "0 (0 %)", "1 (13 %)"],
        ("Language", "Unknown"): ["1 (25 %)", "0 (0 %)", "1 (13 %)"],
        # Residents 1 1 2 3: mean 7 / 4, squares .5625 .5625 .0625 1.5625 add up to 2.75, / 3, root .957.
        ("Witnessed", "Median (range)"): ["1.5 (1–3)", "20 (9–31)", "2.5 (1–31)"],
        ("Witnessed", "Mean (SD)"): ["1.8 (1.0)", "20.0 (15.6)", "7.8 (11.7)"],
        ("Witnessed", "Unknown"): ["0 (0 %)", "1 (25 %)", "1 (13 %)"],
        ("Witnessed", "Not recorded"): ["0 (0 %)", "1 (25 %)", "1 (13 %)"],
    }


def test_cells_that_stand_on_fewer_than_k_people_are_marked(filled):
    rows = {row.label: row for row in participant_table(filled, k=3).rows if row.is_a != "title"}
    assert [cell.small for cell in rows["man"].cells] == [True, False, False]
    assert [cell.small for cell in rows["Median (range)"].cells] == [False, True, False]
    assert [cell.small for cell in rows["Spanish"].cells] == [True, False, True]
    assert "† Fewer than 3 participants" in participant_table(filled, k=3).notes[-1]


def test_what_divides_the_table_is_chosen_by_name(filled):
    assert participant_table(filled, by="GENDER").columns == (("man", 5), ("woman", 3), ("All", 8))
    assert participant_table(filled, by="language").columns == (
        ("English", 6), ("Spanish", 1), ("unknown", 1), ("All", 8),
    )  # fmt: skip
    assert participant_table(filled, by=None).columns == (("All", 8),)
    assert dividing(filled) == ["Role", "Group", "Site", "Gender", "Language"]
    with pytest.raises(NoSuchColumnError, match="Use one of: Role, Group, Site, Gender, Language"):
        participant_table(filled, by="Witnessed")


def test_a_study_without_participants_is_told_so(study):
    with pytest.raises(NoParticipantsError):
        participant_table(study)


def test_the_word_document_has_a_real_table_with_repeated_headings_and_names_nobody(filled):
    document = docx.Document(io.BytesIO(participants_docx(participant_table(filled, k=3))))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "Characteristic", "Residents (n = 4)", "Responders (n = 4)", "All (n = 8)",
    ]  # fmt: skip
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    found = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert found["woman"] == ["2 (50 %)†", "1 (25 %)†", "3 (38 %)"]
    assert document.core_properties.author == ""
    assert document.core_properties.last_modified_by == ""


def test_the_csv_says_the_same_and_which_cells_are_small(filled):
    rows = list(csv.reader(io.StringIO(participants_csv(participant_table(filled, k=3)).decode("utf-8-sig"))))
    assert rows[0] == [
        "characteristic", "level", "Residents (n = 4)", "Responders (n = 4)", "All (n = 8)", "fewer than 3",
    ]  # fmt: skip
    assert ["Gender", "man", "2 (50 %)", "3 (75 %)", "5 (63 %)", "Residents"] in rows


def test_equal_tables_make_equal_files(filled, tmp_path):
    for ending in (".docx", ".csv"):
        files = [tmp_path / f"{name}{ending}" for name in "ab"]
        for file in files:
            write_participants(participant_table(filled, k=3), file)
        assert files[0].read_bytes() == files[1].read_bytes()
