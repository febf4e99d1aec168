"""Workbooks: what can be seen is read by its value, what is hidden stays out, and hostile ones cost nothing."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from qcode.transcripts import gate, read, segment
from qcode.transcripts.detection import ForeignFormatError
from qcode.transcripts.grids import TableTooLargeError
from qcode.transcripts.xlsx import NoSuchSheetError, NothingVisibleError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECRET = "Wilhelmina"


@pytest.fixture
def book_file(tmp_path):
    """Write a workbook that a function fills and give its path."""

    def write(fill, name="survey.xlsx"):
        book = openpyxl.Workbook()
        fill(book)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def raw_file(tmp_path):
    """Write a workbook from the XML of its one sheet and give its path."""

    def write(rows, *, strings="", sheet=None, name="raw.xlsx", extra=()):
        parts = {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet or f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            **dict(extra),
        }
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for part, content in parts.items():
                package.writestr(part, content)
        return path

    return write


def text_cell(text, place=""):
    return f'<c {place} t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f"<row>{text_cell('id')}{text_cell('comment')}</row>"


def survey(book):
    sheet = book.active
    for row in (["Visit survey"], [], ["ID", "Date", "Years", "What went well?"]):
        sheet.append(row)
    sheet.append([1, dt.datetime(2026, 1, 4), 3.5, "The talk with the nurse"])  # noqa: DTZ001 - cells have no zone
    sheet.append([2, dt.datetime(2026, 1, 5, 10, 2), 4, "Not a lot, I fear"])  # noqa: DTZ001
    sheet.append([3, None, None, f"Hidden answer of {SECRET}"])
    sheet.append([4, None, 5, "The room was warm"])


def test_cells_are_read_as_people_see_them(book_file):
    reading = read(book_file(survey))
    assert [(one.id, dict(one.values)) for one in reading.respondents][:2] == [
        ("1", {"Date": "2026-01-04", "Years": "3.5"}),
        ("2", {"Date": "2026-01-05 10:02", "Years": "4"}),
    ]
    assert [column.use for column in reading.columns] == ["id", "attribute", "attribute", "open"]


def test_what_is_hidden_stays_out_and_is_told(book_file):
    def fill(book):
        survey(book)
        book.active.row_dimensions[6].hidden = True
        book.active.column_dimensions["C"].hidden = True
        book.active["D4"].comment = Comment(f"by {SECRET}", SECRET)
        for state in ("hidden", "veryHidden"):
            sheet = book.create_sheet(state)
            sheet.append(["Name", SECRET])
            sheet.sheet_state = state

    reading = read(book_file(fill))
    assert SECRET not in repr(reading)
    assert [one.id for one in reading.respondents] == ["1", "2", "4"]
    assert "Years" not in [column.name for column in reading.columns]
    assert reading.warnings == (
        "2 hidden sheets left out; such sheets often hold names or addresses.",
        "1 hidden row left out; show them in the spreadsheet if they belong in.",
        "1 hidden column left out; show them if they belong in.",
        "Comments on cells left out; comments may hold real names.",
    )


def test_another_sheet_can_be_chosen_but_no_hidden_one(book_file):
    def fill(book):
        survey(book)
        book.create_sheet("Short").append(["id", "comment"])
        book["Short"].append(["P1", "So be it then"])
        book.create_sheet("Secret").append([SECRET])
        book["Secret"].sheet_state = "hidden"

    path = book_file(fill)
    assert "1 other sheet not read: Short." in read(path).warnings
    assert [one.id for one in read(path, options={"sheet": "Short"}).respondents] == ["P1"]
    with pytest.raises(NoSuchSheetError):
        read(path, options={"sheet": "Secret"})


def test_formulas_count_by_their_values_and_are_told_without_one(raw_file):
    kept = f"<row>{text_cell('P1')}<c t='str'><f>A1&amp;B1</f><v>It was a good day</v></c></row>"
    lost = (
        f"<row>{text_cell('P2')}<c><f>A1</f></c></row><row>{text_cell('P3')}<c t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"
    )
    reading = read(raw_file(HEAD + kept + lost))
    assert [block.text for block in reading.blocks] == ["It was a good day"]
    assert any("1 formula cell without a value" in warning for warning in reading.warnings)
    assert any("1 cell with an error value" in warning for warning in reading.warnings)


def test_text_that_looks_like_a_formula_stays_text(raw_file):
    rows = f"{HEAD}<row>{text_cell('P1')}{text_cell('=1+1 is what I say')}</row>"
    assert read(raw_file(rows)).blocks[0].text == "=1+1 is what I say"


def test_times_of_a_table_of_turns_are_times(book_file):
    def fill(book):
        book.active.append(["Start", "Speaker", "Text"])
        book.active.append([dt.time(0, 0, 1), "Ana", "Hello there"])
        book.active.append([dt.time(0, 1, 2), "Bo", "Hi"])
        book.active.append([dt.timedelta(hours=26, seconds=3), "Ana", "Bye"])

    transcript = segment(read(book_file(fill)))
    assert [(turn.speaker, turn.start_ms) for turn in transcript.turns] == [
        ("Ana", 1000),
        ("Bo", 62_000),
        ("Ana", 93_603_000),
    ]


def test_shared_strings_leave_out_how_words_are_pronounced(raw_file):
    rich = "<r><t>It was </t></r><r><t>a good_x000D_ day</t></r><rPh><t>x</t></rPh>"
    strings = f"<si><t>id</t></si><si><t>comment</t></si><si>{rich}</si>"
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c><v>7</v></c><c t="s"><v>2</v></c></row>'
    assert read(raw_file(rows, strings=strings)).blocks[0].text.split() == ["It", "was", "a", "good", "day"]


def test_an_empty_workbook_is_refused(book_file):
    with pytest.raises(NothingVisibleError):
        read(book_file(lambda book: None))


def test_a_workbook_with_macros_is_read_and_told(raw_file):
    rows = f"{HEAD}<row>{text_cell('P1')}{text_cell('All is well here')}</row>"
    reading = read(raw_file(rows, name="macros.xlsm", extra={"xl/vbaProject.bin": "x"}))
    assert "The file holds macros. They are never run; only the cells were read." in reading.warnings


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ('<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', gate.DamagedFileError),
        ('<row><c t="s"><v>5</v></c></row>', gate.DamagedFileError),
        ('<row><c r="XFD1"><v>1</v></c></row>', TableTooLargeError),
        ("<row>" + "<a>" * 1000 + "</a>" * 1000 + "</row>", gate.DamagedFileError),
        ("<row><c><v>1</v></row>", gate.DamagedFileError),
    ],
)
def test_damaged_and_hostile_sheets_are_refused(raw_file, rows, kind):
    with pytest.raises(kind):
        read(raw_file(rows))


def test_a_document_type_is_refused(raw_file):
    sheet = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    with pytest.raises(gate.UnsafeFileError):
        read(raw_file("", sheet=sheet))


def test_a_spreadsheet_of_libreoffice_is_named(tmp_path):
    path = tmp_path / "survey.ods"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<x/>")
    path.write_bytes(data.getvalue())
    with pytest.raises(ForeignFormatError, match=r"Save a spreadsheet as \.xlsx"):
        read(path)
