from __future__ import annotations

import csv
import html
import io
import math
import re
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as web
from markdown_it import MarkdownIt
from report_material import CODEBOOK, FACTS, LAST_BOAT, REPORT

from qcode.files import UnknownExtensionError
from qcode.reports import table_pages, workbooks
from qcode.reports.outputs import EXTENSIONS, report_bytes, write_report
from qcode.reports.participants import ParticipantTable, TableCell, TableRow, participants_bytes
from qcode.reports.table_pages import TableTooLargeForWordError
from qcode.reports.table_values import Printed, TableReport, TablesReport
from qcode.reports.values import CodebookReport, QuoteRow, QuotesReport, StudyFacts, ThemeSection, ThemesReport, outline
from qcode.reports.workbooks import Sheet, TableTooLargeForSheetError, sheet_name, workbook

TABLE = TableReport(
    "Codes by group, counted by participants",
    "Counted: the consensus in 3 documents.\nA dash: nobody.",
    ("Code", "Survivors (n = 9)", "Deputies (n = 7)", "p"),
    (
        (Printed("Danger", strong=True), None, None, None),
        (Printed("First to act", depth=1), Printed("5 (56 %)", 5), 3, 0.0371),
        (Printed("=SUM(A1)", depth=1), 0, -1234, math.nan),
    ),
)
MARKDOWN = MarkdownIt("commonmark").enable("table")


def of_quote(text, name="A theme"):
    return ThemesReport(StudyFacts("A study"), (ThemeSection("1", name, quotes=(QuoteRow(text, text, text, 0, 1),)),))


def seen_on_the_web(data):
    """The words of a web page, in order, as a browser has them."""
    return " ".join(" ".join(web.fromstring(data.decode()).find("body").itertext()).split())


def seen_in_markdown(data):
    page = MARKDOWN.render(data.decode())
    return " ".join(" ".join(web.fromstring(f"<body>{page}</body>").itertext()).split())


def book_of(report):
    return openpyxl.load_workbook(io.BytesIO(report_bytes(report, ".xlsx")))


def test_every_quote_with_its_attribution_is_in_every_format():
    seen = {
        ".html": seen_on_the_web(report_bytes(REPORT, ".html")),
        ".md": seen_in_markdown(report_bytes(REPORT, ".md")),
        ".csv": report_bytes(REPORT, ".csv").decode("utf-8-sig").replace('""', '"'),
        ".xlsx": "\n".join(str(cell.value) for row in book_of(REPORT)["Quotes"] for cell in row),
    }
    for _depth, _place, theme in outline(REPORT.sections):
        for quote in theme.quotes:
            for said in (quote.text, quote.attribution, quote.note, *(text for _who, text in quote.lines)):
                assert all(said in words for words in seen.values()), said


def test_a_workbook_has_a_sheet_for_each_part_and_only_for_what_is_printed():
    assert book_of(REPORT).sheetnames == ["Quotes", "Themes", "Participants", "Agreement", "Codebook"]
    less = replace(REPORT, participants=(), agreement=None, codebook=(), with_overview=False)
    assert book_of(less).sheetnames == ["Quotes"]
    themes = list(book_of(REPORT)["Themes"].iter_rows(values_only=True))
    assert themes[0][:3] == ("number", "theme", "above")
    assert [row[0] for row in themes[1:6]] == ["1", "1.1", "2", "3", "4"]
    assert themes[2][2] == "“There is no later than this”"
    assert themes[3][6:8] == (2, 1)
    assert themes[7][0] == FACTS.counted


def test_quotes_and_the_codebook_are_reports_of_their_own():
    quotes, codes = QuotesReport(FACTS, REPORT.sections, "Chosen quotes."), CodebookReport(FACTS, CODEBOOK)
    page = seen_on_the_web(report_bytes(quotes, ".html"))
    assert "Chosen quotes." in page
    assert "Dissenting from this theme" in page
    assert "Central concept" not in page
    assert "The morning after" not in page
    headings = [p.text for p in docx.Document(io.BytesIO(report_bytes(codes, ".docx"))).paragraphs]
    assert headings[-2:] == ["Codebook", "Table 1. The 3 codes and categories with their definitions"]
    assert book_of(codes)["Codebook"]["B3"].value == "Quay > Nowhere to wait"
    nothing = seen_on_the_web(report_bytes(QuotesReport(FACTS, (ThemeSection("1", "Empty"),)), ".html"))
    assert "No quotes have been picked" in nothing
    assert "There are no codes yet." in seen_in_markdown(report_bytes(CodebookReport(FACTS, ()), ".md"))


def test_a_title_in_vivo_stands_in_quotation_marks_once():
    assert ThemeSection("2", "a place to stop", in_vivo=True).title == "2 “a place to stop”"
    assert ThemeSection("2", "“a place to stop”", in_vivo=True).title == "2 “a place to stop”"


def test_a_quote_and_its_translation_stand_side_by_side():
    lines = (("I", "Where did you sleep?"), ("Marta", "Sitting up."))
    quote = replace(
        LAST_BOAT.subthemes[0].quotes[0], beside=lines, beside_language="en-GB", note="Translated by the team."
    )
    report = ThemesReport(FACTS, (ThemeSection("1", "A theme", quotes=(quote,)),), with_overview=False)
    document = docx.Document(io.BytesIO(report_bytes(report, ".docx")))
    (pair,) = document.tables
    assert [cell.text for cell in pair.rows[0].cells] == [
        quote.text, "I:\tWhere did you sleep?\nMarta:\tSitting up."
    ]  # fmt: skip
    assert pair._tbl.tblPr.find(qn("w:tblStyle")) is None
    margins = pair._tbl.tblPr.find(qn("w:tblCellMar"))
    assert [side.get(qn("w:w")) for side in margins] == ["0", "0"]  # as far in as quotes that stand alone
    page = web.fromstring(report_bytes(report, ".html").decode())
    assert [len(each.findall("blockquote")) for each in page.find_class("sides")] == [2]
    assert "Sitting up." in seen_in_markdown(report_bytes(report, ".md"))
    row = next(csv.DictReader(io.StringIO(report_bytes(report, ".csv").decode("utf-8-sig"))))
    assert row["other_language"] == "I: Where did you sleep?\nMarta: Sitting up."


def test_a_quote_that_may_not_be_printed_leaves_its_note_alone():
    quote = QuoteRow("", "", "INT-1", 0, 9, note="Left out: its words changed.")
    report = ThemesReport(FACTS, (ThemeSection("1", "A theme", quotes=(quote,)),))
    document = docx.Document(io.BytesIO(report_bytes(report, ".docx")))
    assert [p.style.name for p in document.paragraphs][-1] == "Quote Note"
    assert document.tables[0].rows[1].cells[4].text == "–"
    assert "Left out: its words changed." in seen_in_markdown(report_bytes(report, ".md"))


def test_a_table_is_the_same_in_every_format():
    page = web.fromstring(report_bytes(TABLE, ".html").decode())
    (table,) = page.iter("table")
    assert table.find("caption").text_content() == "Table 1. Codes by group, counted by participants"
    cells = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    assert cells[2] == ["First to act", "5 (56 %)", "3", "0.04"]
    assert cells[3] == ["=SUM(A1)", "0", "−1,234", "–"]
    printed = docx.Document(io.BytesIO(report_bytes(TABLE, ".docx"))).tables[0]
    assert [[cell.text for cell in row.cells] for row in printed.rows] == cells
    assert seen_in_markdown(report_bytes(TABLE, ".md")).endswith(
        "−1,234 – Counted: the consensus in 3 documents. A dash: nobody."
    )
    sheet = list(book_of(TABLE).active.iter_rows(values_only=True))
    assert sheet[2] == ("First to act", 5, 3, 0.0371)
    assert sheet[3] == ("=SUM(A1)", 0, -1234, None)
    assert sheet[5][0] == "Counted: the consensus in 3 documents."
    rows = list(csv.reader(io.StringIO(report_bytes(TABLE, ".csv").decode("utf-8-sig"))))
    assert rows[2:4] == [["First to act", "5", "3", "0.0371"], ["'=SUM(A1)", "0", "-1234", "nan"]]
    assert rows[4:6] == [[], ["Counted: the consensus in 3 documents."]]


def test_nothing_in_any_format_tells_who_made_it_where_or_when():
    for ending in EXTENSIONS:
        data = report_bytes(replace(REPORT, facts=replace(FACTS, date=None)), ending)
        assert data == report_bytes(replace(REPORT, facts=replace(FACTS, date=None)), ending)
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                assert not any("app.xml" in name or "comment" in name for name in package.namelist())
                core = package.read("docProps/core.xml").decode()
                data = b"".join(map(package.read, package.namelist()))
            assert not re.search("creator|lastModifiedBy|created|modified|Company", core)
        assert not re.search(rb"(?i)openpyxl|python-docx|/home/|/tmp/|\\\\Users|<!--|generator", data)


def test_a_web_page_loads_nothing_and_runs_nothing():
    hostile = '<script>alert(1)</script><img src="http://elsewhere/x.png" onerror=run()>'
    page = web.fromstring(report_bytes(of_quote(hostile, hostile), ".html").decode())
    assert {each.tag for each in page.iter()} <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "blockquote", "cite", "div", "table",
        "caption", "thead", "tbody", "tr", "th", "td", "strong", "em", "b", "span",
    }  # fmt: skip
    assert not any(name in each.attrib for each in page.iter() for name in ("src", "onerror", "style"))
    assert "default-src 'none'" in report_bytes(REPORT, ".html").decode()
    assert all(
        link.get("href").startswith("#part-") for link in web.fromstring(report_bytes(REPORT, ".html")).iter("a")
    )


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=12)
_TRICKS = st.sampled_from(
    ["1. one", "- no", "+ a", "# x", "> y", "*a*", "__b__", "`c`", "[d](http://e)", "<b>f</b>", "a|b", "&amp;", "~~g~~",
     "===", "---", "\\", "1) two", "$x$", "![i](j)", "=1+1", "| k |", "12.", "<!-- l -->", "a_b_c", "http://m.n"]
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(_WORDS | _TRICKS, min_size=1, max_size=5).map(" ".join).filter(str.strip))
def test_no_sign_of_a_quote_is_markup_in_markdown_or_on_the_web(said):
    expected = " ".join(said.split())
    report = replace(of_quote(said, said), with_overview=True)
    for words in (seen_on_the_web(report_bytes(report, ".html")), seen_in_markdown(report_bytes(report, ".md"))):
        assert words.count(expected) >= 4


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.text(max_size=20) | st.sampled_from(["=1", "+2", "-3", "@x", "\t=4", "_x0041_", "a\r\nb"]), max_size=5)
)
def test_a_workbook_holds_any_text_as_text(texts):
    data = workbook("T", [Sheet("S", ("a",), [(text,) for text in texts])])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter("{*}f"))
    assert len(list(sheet.iter("{*}row"))) == 1 + len(texts)
    openpyxl.load_workbook(io.BytesIO(data))


def test_names_of_sheets_are_short_and_each_is_its_own():
    taken = []
    for wished in ("A/B: [C]?", "a b c", "x" * 40, "X" * 40, "", "'", "History"):
        taken.append(sheet_name(wished, taken))
    assert taken == ["A B C", "a b c 2", "x" * 31, f"{'X' * 29} 2", "Sheet", "Sheet 2", "History 2"]


def test_a_text_that_no_cell_can_hold_is_cut_where_one_sees_it():
    sheet = openpyxl.load_workbook(io.BytesIO(workbook("", [Sheet("S", ("a",), [("long " * 9_000,)])])))["S"]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("[…] cut here: a cell holds 32,767 characters")


def test_a_table_too_large_for_its_format_is_refused_in_a_sentence(tmp_path, monkeypatch):
    wide = replace(TABLE, headings=("x",) * 64, rows=(("1",) * 64,))
    with pytest.raises(TableTooLargeForWordError, match=r"1 rows and 64 columns; .* 32,767 and 63\. Save it as \.xlsx"):
        write_report(wide, tmp_path / "wide.docx")
    long = replace(TABLE, headings=("x",), rows=(("1",),) * 32_767)
    with pytest.raises(TableTooLargeForWordError, match="32,767 rows and 1 columns"):
        write_report(long, tmp_path / "long.docx")
    with pytest.raises(TableTooLargeForWordError, match=r"The codebook: .* 32,768 rows"):
        write_report(CodebookReport(FACTS, CODEBOOK[:1] * 32_768), tmp_path / "codebook.docx")
    assert list(tmp_path.iterdir()) == []
    write_report(wide, tmp_path / "wide.html")
    monkeypatch.setattr(workbooks, "MOST_ROWS", 5)
    with pytest.raises(TableTooLargeForSheetError, match="a sheet holds 5"):
        report_bytes(TABLE, ".xlsx")
    with pytest.raises(UnknownExtensionError):
        write_report(TABLE, tmp_path / "table.ods")


def test_a_wide_table_turns_the_pages_and_goes_on_in_parts():
    headings = ("Code", *(f"Interview {number}" for number in range(40)))
    rows = tuple((f"A code with number {row}", *range(40)) for row in range(3))
    wide = TableReport("Codes by document", "Counted: all.", headings, rows)
    document = docx.Document(io.BytesIO(report_bytes(wide, ".docx")))
    section = document.sections[0]
    assert section.page_width > section.page_height
    room = (section.page_width - section.left_margin - section.right_margin) // 635
    told = [[cell.text for cell in table.rows[1].cells] for table in document.tables]
    assert len(told) > 2
    assert {row[0] for row in told} == {"A code with number 0"}
    assert [value for row in told for value in row[1:]] == [str(number) for number in range(40)]
    for table in document.tables:
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) <= room
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert sum(p.text.startswith("The same table, columns ") for p in document.paragraphs) == len(told) - 1
    assert len(list(web.fromstring(report_bytes(wide, ".html").decode()).iter("table"))) == 1


def test_a_count_with_its_share_stays_on_one_line_and_sentences_get_lines_to_stand_on():
    counts = ("61/94 (65 %)", "97/112 (87 %)ᵃ")
    table = TableReport("Counts", "", ("Item", "One", "Other"), (("Would call for help", *counts),))
    widths = [int(one.get(qn("w:w"))) for one in docx_table(table)._tbl.tblGrid]
    assert all(width >= 98 * len(count) for width, count in zip(widths[1:], counts, strict=True))
    prose = TableReport("Summaries", "", tuple("ABCDEFG"), (("Nadine", *["She says so. " * 8] * 6),))
    widths = [int(one.get(qn("w:w"))) for one in docx_table(prose)._tbl.tblGrid]
    assert sum(widths) > table_pages.TEXT_WIDTH  # on its side
    assert min(widths[1:]) >= 98 * 17


def docx_table(report):
    return docx.Document(io.BytesIO(report_bytes(report, ".docx"))).tables[0]


def test_tables_of_one_report_are_numbered_and_get_a_sheet_each():
    empty = replace(TABLE, rows=(), title="Codes by site")
    report = TablesReport(FACTS, (TABLE, empty), "Tables", ("Said first.",))
    document = docx.Document(io.BytesIO(report_bytes(report, ".docx")))
    assert [p.text for p in document.paragraphs if p.style.name == "Caption"] == [
        "Table 1. Codes by group, counted by participants", "Table 2. Codes by site"
    ]  # fmt: skip
    assert "There is nothing to count yet." in [p.text for p in document.paragraphs]
    assert book_of(report).sheetnames == ["Codes by group, counted by part", "Codes by site"]


@pytest.mark.parametrize("ending", EXTENSIONS)
def test_the_table_of_participants_is_in_every_format(ending):
    rows = (TableRow("Age", "title"), TableRow("20 to 29", "level", (TableCell("3 (60 %)", 3, 60.0, small=True),)))
    table = ParticipantTable("A study", "group", (("All", 5),), rows, 5, ("† fewer than 5",))
    data = participants_bytes(table, ending)
    if ending == ".xlsx":
        found = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
        assert found[1] == ("Age", "20 to 29", "3 (60 %)", "All")
    elif ending == ".docx":
        document = docx.Document(io.BytesIO(data))
        assert document.tables[0].rows[2].cells[1].text == "3 (60 %)†"
        assert [one.text for one in document.paragraphs[:2]] == ["A study", "Participants"]
    else:
        assert "3 (60 %)" in html.unescape(data.decode())


def test_shown_figures():
    assert [table_pages.shown(value) for value in (1234, -5, 0.005, -0.001, 2.5, None, math.inf, "x")] == [
        "1,234", "−5", "0.01", "0.00", "2.50", "–", "–", "x"
    ]  # fmt: skip


def test_what_a_printed_number_is_marked_with_is_seen_in_a_workbook_and_the_number_stays_one():
    rows = ((Printed("2 (25 %)†", 2), Printed("19 %", 18.75), Printed("3†", 3, strong=True), Printed("4", 4)),)
    sheet = book_of(TableReport("Marks", "† Few.", ("a", "b", "c", "d"), rows)).active
    cells = [sheet.cell(2, column) for column in range(1, 5)]
    assert [cell.value for cell in cells] == [2, 18.75, 3, 4]
    assert [cell.number_format for cell in cells] == ['#,##0"†"', '0.0" %"', '#,##0"†"', "General"]
    assert [cell.font.b for cell in cells] == [False, False, True, False]
