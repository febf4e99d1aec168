"""What a person may choose about a table: its headers, its sheet, its encoding."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from qcode.transcripts import read, segment
from qcode.transcripts.tables import HeaderRowError

ROWS = "R1;I liked how they listened to me;old\nR2;There was nobody to talk to at night;young\n"


def test_a_table_without_headers_keeps_its_first_row(text_file):
    path = text_file(ROWS, name="answers.csv")
    reading = read(path, options={"header": "none"})
    assert [column.name for column in reading.columns] == ["Column A", "Column B", "Column C"]
    assert [column.use for column in reading.columns] == ["id", "open", "attribute"]
    assert [turn.speaker for turn in segment(reading).turns] == ["R1", "R2"]


def test_columns_of_a_table_without_headers_can_be_chosen(text_file):
    path = text_file(ROWS, name="answers.csv")
    reading = read(path, options={"header": "none", "column:Column C": "ignore"})
    assert {column.name: column.use for column in reading.columns}["Column C"] == "ignore"
    assert dict(reading.respondents[0].values) == {}


@pytest.mark.parametrize("row", ["nothing", "0", "99"])
def test_a_header_row_that_is_not_there_is_refused(text_file, row):
    with pytest.raises(HeaderRowError, match="There is no row"):
        read(text_file(ROWS, name="answers.csv"), options={"header": row})


def test_a_table_shows_its_letters_in_the_encodings_it_may_have(text_file):
    path = text_file("ID;Why?\nR1;Por el café de la esquina\nR2;Por mi mamá y su tía\n", "a.csv", encoding="cp1252")
    samples = {choice.encoding: choice.sample for choice in read(path).encodings}
    assert "mamá" in samples["windows-1252"]
    assert "mamá" not in samples["macroman"]


def test_the_visible_sheets_of_a_workbook_are_listed_the_read_one_first(tmp_path):
    book = Workbook()
    for name, talk in (
        ("First", "They were kind to me there."),
        ("Second", "A much longer answer that has many more words in it."),
    ):
        sheet = book.create_sheet(name)
        for row in (("ID", "Why did you come?"), ("R1", talk), ("R2", talk + " Again.")):
            sheet.append(row)
    book.create_sheet("Hidden").sheet_state = "hidden"
    del book["Sheet"]
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert read(path).sheets == ("Second", "First")
    assert read(path, options={"sheet": "First"}).sheets == ("First", "Second")
    assert segment(read(path, options={"sheet": "First"})).text.startswith("They were kind")
