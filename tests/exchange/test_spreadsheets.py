"""Tables as teams send them: CSV of several countries, workbooks with formulas, hidden columns and worse."""

from __future__ import annotations

import zipfile
from datetime import datetime

import openpyxl
import pytest

from qcode.errors import QcodeError
from qcode.exchange import spreadsheets
from qcode.exchange.spreadsheets import pasted_table, read_table
from qcode.files import UnknownExtensionError


@pytest.fixture
def file(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


@pytest.fixture
def book(tmp_path):
    """A workbook of these rows, changed by a function before it is saved."""

    def write(rows, change=lambda _book: None):
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        change(made)
        path = tmp_path / "people.xlsx"
        made.save(path)
        return path

    return write


@pytest.mark.parametrize(
    "data",
    [
        "Pseudonym,Area\nEfraín,Packers' Row\n",
        "Pseudonym;Area\r\nEfraín;Packers' Row\r\n",
        "Pseudonym\tArea\nEfraín\tPackers' Row",
        '\ufeff"Pseudonym","Area"\n\n"Efraín"," Packers\'  Row "\n,\n',
        "Pseudonym,Area\nEfraín,Packers' Row\n".encode("utf-16"),
        "Pseudonym,Area\nEfraín,Packers' Row\n".encode("cp1252"),
    ],
)
def test_separated_text_is_read_whatever_its_encoding_and_delimiter(file, data):
    found = read_table(file("people.csv", data))
    assert found.headings == ("Pseudonym", "Area")
    assert found.rows == (("Efraín", "Packers' Row"),)


def test_short_rows_are_filled_up_and_line_breaks_inside_cells_become_spaces(file):
    found = read_table(file("people.csv", 'Pseudonym,Area,Note\nColleen\nShay,Upriver,"two\nlines"\n'))
    assert found.rows == (("Colleen", "", ""), ("Shay", "Upriver", "two lines"))
    assert found.numbers == (2, 3)


def test_cells_of_a_workbook_are_read_as_one_sees_them(book):
    found = read_table(book([["Pseudonym", "Age", "Since", "Peer"], ["Colleen", 41.0, datetime(2024, 3, 5), True]]))  # noqa: DTZ001
    assert found.rows == (("Colleen", "41", "2024-03-05", "yes"),)
    assert found.notes == ()


def test_hidden_columns_and_rows_are_left_out_and_named(book):
    def hide(made):
        made.active.column_dimensions["B"].hidden = True
        made.active.row_dimensions[3].hidden = True

    found = read_table(book([["Pseudonym", "Phone", "Age"], ["Colleen", "555", 41], ["Shay", "556", 20]], hide))
    assert found.headings == ("Pseudonym", "Age")
    assert found.rows == (("Colleen", "41"),)
    assert found.notes == (
        "Left out, since hidden in the spreadsheet: “Phone”.",
        "Left out, since hidden in the spreadsheet: 1 row.",
    )


def test_a_formula_without_its_result_is_marked_and_never_taken_for_text(book):
    found = read_table(book([["Pseudonym", "Age"], ["Colleen", "=40+1"]]))
    assert found.rows == (("Colleen", ""),)
    assert found.formulas == {(0, 1)}


def test_a_formula_with_its_result_gives_the_result(book, tmp_path):
    source = book([["Pseudonym", "Age"], ["Colleen", "=40+1"]])
    path = tmp_path / "calculated.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, data.replace(b"<v />", b"<v>41</v>").replace(b"<v></v>", b"<v>41</v>"))
    found = read_table(path)
    assert found.rows == (("Colleen", "41"),)
    assert found.notes == ("1 cell with a formula: the result that the file holds was read.",)


def test_the_sheet_can_be_chosen_and_the_others_are_named(book):
    path = book([["Pseudonym"], ["Colleen"]], lambda made: made.create_sheet("Sites").append(["Name"]))
    assert "there are also: “Sites”" in read_table(path).notes[0]
    with pytest.raises(spreadsheets.NoSuchSheetError, match="It has: Sheet, Sites"):
        read_table(path, sheet="People")
    with pytest.raises(spreadsheets.EmptyTableError):
        read_table(path, sheet="sites")


def test_too_many_rows_are_refused_in_either_format(file, book, monkeypatch):
    with pytest.raises(spreadsheets.TooManyRowsError):
        read_table(file("people.csv", "Pseudonym\n" + "P\n" * 100_000))
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 50)
    with pytest.raises(spreadsheets.TooManyRowsError):
        read_table(book([["Pseudonym"], *([f"P{number}"] for number in range(60))]))


def test_formats_far_below_the_last_row_do_not_count(book):
    def style(made):
        made.active.cell(1_048_576, 1).number_format = "0.00"

    assert read_table(book([["Pseudonym"], ["Colleen"]], style)).rows == (("Colleen",),)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("people.xlsx", b"PK\x03\x04 nothing", spreadsheets.UnreadableSpreadsheetError),
        ("people.xlsx", b"plain", spreadsheets.UnreadableSpreadsheetError),
        ("people.xlsx", b"\xd0\xcf\x11\xe0 locked", spreadsheets.LockedSpreadsheetError),
        ("people.csv", b"a\x00b\n1\n", spreadsheets.UnreadableSpreadsheetError),
        ("people.csv", b"", spreadsheets.EmptyTableError),
        ("people.csv", b"Pseudonym\n\n\n", spreadsheets.EmptyTableError),
        ("people.csv", b"," * 400 + b"\n1\n", spreadsheets.TooManyColumnsError),
        ("people.ods", b"", UnknownExtensionError),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(file, name, data, error):
    with pytest.raises(error) as refused:
        read_table(file(name, data))
    assert isinstance(refused.value, QcodeError)


@pytest.mark.parametrize("declared", [b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<!doctype x>"])
def test_a_workbook_that_declares_entities_is_refused_before_it_is_parsed(tmp_path, declared):
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<?xml version='1.0'?>" + declared + b"<worksheet/>")
    with pytest.raises(spreadsheets.UnreadableSpreadsheetError):
        read_table(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheets, "_MOST_UNPACKED", 1_000_000)
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * 2_000_000)
    with pytest.raises(spreadsheets.UnreadableSpreadsheetError):
        read_table(path)


def test_a_block_from_the_clipboard_keeps_its_shape():
    assert pasted_table('Mill Row\t41\r\n"two\nlines"\t\n') == [["Mill Row", "41"], ["two lines", ""]]
    assert pasted_table("one") == [["one"]]
