from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from report_material import AGREEMENT, CABIN, FACTS, LAST_BOAT, REPORT

from qcode.files import FolderMissingError, TargetIsFolderError, UnknownExtensionError
from qcode.reports import word
from qcode.reports.blocks import Table, plain
from qcode.reports.outputs import write_report
from qcode.reports.values import QuoteRow, StudyFacts, ThemeSection, ThemesReport, outline
from qcode.reports.word import document_of, themes_docx, write_themes_docx


def opened(report):
    return docx.Document(io.BytesIO(themes_docx(report)))


def styled(document, style):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def of_quotes(*quotes):
    return ThemesReport(StudyFacts("A study"), (ThemeSection("1", "A theme", quotes=quotes),))


def every_paragraph(document):
    yield from document.paragraphs
    for table in document.tables:
        for cell in table._tbl.iter(qn("w:tc")):
            yield from docx.table._Cell(cell, table).paragraphs


def test_the_outline_is_in_real_headings():
    document = opened(REPORT)
    headings = [(p.style.name, p.text) for p in document.paragraphs if re.match("Heading|Title|Appendix", p.style.name)]
    assert headings == [
        ("Title", "Cabin nine: being offered shelter after the last crossing"),
        ("Heading 1", "Participants"),
        ("Heading 1", "Themes"),
        ("Heading 2", "1 “There is no later than this”"),
        ("Heading 3", "1.1 Waiting as work"),
        ("Heading 2", "2 A key without a form"),
        ("Heading 2", "3 Two captains"),
        ("Heading 2", "4 The morning after"),
        ("Heading 1", "Agreement between coders"),
        ("Appendix Heading", "Appendix: codebook"),
    ]


def test_every_quote_stands_in_full_with_its_attribution_below():
    document = opened(REPORT)
    paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    for _, _, theme in outline(REPORT.sections):
        for quote in theme.quotes:
            told = f"{quote.lines[-1][0]}:\t{quote.lines[-1][1]}" if quote.lines else quote.text
            style = "Intense Quote" if quote.stance == "dissents" else "Quote"
            place = paragraphs.index((style + " Turn" * bool(quote.lines), told))
            assert paragraphs[place + 1] == ("Quote Attribution", quote.attribution)


def test_a_quote_that_spans_turns_is_printed_line_by_line_with_its_speakers():
    document = opened(of_quotes(LAST_BOAT.quotes[1]))
    turns = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Quote Turn"]
    assert [paragraph.text for paragraph in turns] == [f"{who}:\t{text}" for who, text in LAST_BOAT.quotes[1].lines]
    assert {paragraph.runs[0].style.name for paragraph in turns} == {"Speaker"}


def test_dissent_is_said_in_words():
    document = opened(of_quotes(*CABIN.quotes))
    labelled = [p.text for p in document.paragraphs if p.style.name in ("Dissent Label", "Quote", "Intense Quote")]
    assert labelled == [CABIN.quotes[0].text, "Dissenting from this theme", CABIN.quotes[1].text]
    assert "Note: Said after the moderator had moved on; nobody answered." in styled(document, "Quote Note")


def test_the_themes_table_counts_quotes_and_repeats_its_headings():
    table = opened(REPORT).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Theme", "Central concept", "Codes", "Quotes", "Example"]
    assert [row[0] for row in rows[1:]] == [
        "1 “There is no later than this”", "1.1 Waiting as work", "2 A key without a form", "3 Two captains",
        "4 The morning after",
    ]  # fmt: skip
    assert [row[3] for row in rows[1:]] == ["2", "1", "2\n1 dissenting", "1", "0"]
    assert rows[3][2] == "Offer made\nPapers and rules\nBeing believed"
    assert rows[3][4].endswith("\nOttomar, passenger")
    assert rows[5][1:] == ["–", "–", "0", "–"]
    assert table.style.name == "Report Table"
    heading = table.rows[0]._tr.trPr
    assert heading.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in list(table.rows)[1:])


def test_a_dissenting_example_is_named_as_such_and_a_long_one_is_cut_visibly():
    quote = replace(CABIN.quotes[1], text="word " * 80)
    example = opened(of_quotes(quote)).tables[0].rows[1].cells[4].text
    assert example.endswith("\nWim, passenger, dissenting")
    assert re.fullmatch(r"“(word ){52}\[…\]”", example.split("\n")[0])


@pytest.mark.parametrize(("said", "noted"), [("word " * 80, True), ("[…] in the transcript", False)])
def test_the_sign_of_a_shortened_example_is_explained_where_one_was_shortened(said, noted):
    (note,) = styled(opened(of_quotes(replace(CABIN.quotes[1], text=said))), "Table Note")
    assert ("marks where an example was shortened" in note) == noted


def test_tables_have_captions_with_numbers_that_word_keeps():
    document = opened(REPORT)
    assert [text.partition(".")[0] for text in styled(document, "Caption")] == [
        "Table 1",
        "Table 2",
        "Table 3",
        "Table 4",
    ]
    fields = [element.text.strip() for element in document.element.body.iter(qn("w:instrText"))]
    assert fields == ["SEQ Table \\* ARABIC"] * 4
    footer = document.sections[0].footer._element
    assert [element.text.strip() for element in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("said", "held"), [("Few", [False, False, True, True]), ("Much " * 90, [False] * 4)])
def test_the_last_rows_of_a_table_stay_with_each_other_and_with_its_note(said, held):
    rows = tuple(((plain("Table Text", said),),) for _row in range(4))
    blocks = (Table(("Code",), (900,), rows), plain("Table Note", "Of all."), Table(("Code",), (900,), rows))
    document = docx.Document(io.BytesIO(document_of(FACTS, blocks)))
    noted, alone = (
        [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows[1:]]
        for table in document.tables
    )
    assert noted == held
    assert alone == [*held[:3], False]


def test_agreement_shows_two_decimals_and_says_why_a_figure_is_missing():
    table = opened(REPORT).tables[2]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1][:7] == ["Quay > Missing the boat", "0.91", "0.84 to 0.96", "8.1 %", "0.92", "1,240", "8"]
    assert rows[3][2:3] + rows[3][7:] == ["−0.06 to 0.69", "few documents"]
    assert rows[4][1:3] + rows[4][7:] == ["−0.01", "–", "no interval: fewer than 5 shared documents"]
    assert rows[5][1:5] + rows[5][7:] == [
        "–", "–", "0.0 %", "–", "not defined: no variation, so nothing to be reliable about",
    ]  # fmt: skip
    assert rows[6][:3] == ["All codes", "0.67", "0.52 to 0.77"]


def test_a_figure_just_below_zero_is_not_printed_as_minus_nothing():
    row = replace(AGREEMENT.rows[0], alpha=-0.001)
    table = opened(replace(REPORT, agreement=replace(AGREEMENT, rows=(row,)))).tables[2]
    assert table.rows[1].cells[1].text == "0.00"


def test_the_codebook_appendix_starts_a_page_and_labels_the_six_fields():
    document = opened(REPORT)
    heading = next(p for p in document.paragraphs if p.text == "Appendix: codebook")
    assert heading.style.paragraph_format.page_break_before
    rows = [[cell.text for cell in row.cells] for row in document.tables[3].rows]
    assert rows[1] == ["Quay\ncategory", "What happens on land before and after the last boat."]
    assert [line.partition(":")[0] for line in rows[2][1].split("\n")[2:]] == [
        "Use when", "Do not use when", "Typical example", "Near miss",
    ]  # fmt: skip
    assert rows[3] == ["Weather\nretired", "Any mention of weather."]


def test_nothing_stands_in_the_file_about_who_made_it_where_or_when():
    data = themes_docx(replace(REPORT, facts=replace(FACTS, date=None)))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = set(package.namelist())
        core = package.read("docProps/core.xml").decode()
        texts = b"".join(package.read(name) for name in names)
    fields = re.findall(r"<(\w+:\w+)[ >]", core.split("?>")[1])
    assert fields == ["cp:coreProperties", "dc:title", "dc:language"]
    assert not any("thumbnail" in name or "custom" in name or "app.xml" in name for name in names)
    assert b"python-docx" not in texts
    assert b"rsid" not in texts


def test_equal_reports_make_equal_files_and_the_date_is_the_one_given():
    first = themes_docx(REPORT)
    time.sleep(0.01)
    assert themes_docx(REPORT) == first
    properties = docx.Document(io.BytesIO(first)).core_properties
    assert properties.created.date() == properties.modified.date() == date(2026, 3, 9)
    assert properties.title == FACTS.title
    assert properties.author == ""


def test_no_paragraph_is_empty_and_every_style_is_defined():
    document = opened(REPORT)
    assert all(paragraph.text or paragraph.runs for paragraph in document.paragraphs)
    known = {style.style_id for style in document.styles}
    used = document.element.body.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val")
    assert set(used) <= known
    inherited = document.styles.element.xpath("//w:basedOn/@w:val | //w:next/@w:val")
    assert set(inherited) <= known


def test_every_cell_ends_in_a_paragraph_and_every_row_fits_its_grid():
    for table in opened(REPORT).element.body.iter(qn("w:tbl")):
        columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
        for row in table.findall(qn("w:tr")):
            cells = row.findall(qn("w:tc"))
            assert len(cells) == columns
            assert all(cell[-1].tag == qn("w:p") for cell in cells)


def test_the_language_of_the_report_and_of_a_quote_are_marked():
    document = opened(replace(REPORT, facts=replace(FACTS, language="de-DE")))
    assert document.styles.element.xpath("//w:rPrDefault//w:lang/@w:val") == ["de-DE"]
    spanish = next(p for p in document.paragraphs if p.text.startswith("Dormí"))
    assert spanish._p.xpath(".//w:lang/@w:val") == ["es-ES"]


def test_a_quote_from_right_to_left_is_set_so_even_under_a_latin_label():
    lines = (("P", "חיכיתי כל הלילה"), ("I", "(pause)"))
    document = opened(
        of_quotes(QuoteRow("قالت لي: انتظري", "Layla", "INT-9", 0, 9), QuoteRow("", "", "d", 0, 1, lines=lines))
    )
    leftward = [p.text for p in document.paragraphs if p._p.pPr.find(qn("w:bidi")) is not None]
    assert leftward == ["قالت لي: انتظري", "P:\tחיכיתי כל הלילה", "I:\t(pause)"]


def test_neighbouring_quotes_without_attribution_do_not_run_together():
    quotes = [QuoteRow(f"Quote {number}", "", "d", 0, 1) for number in range(4)]
    document = opened(of_quotes(*quotes))
    indents = [p._p.xpath("./w:pPr/w:ind/@w:left") for p in document.paragraphs if p.style.name == "Quote"]
    assert indents == [[], ["458"], [], ["458"]]


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters()), st.text(st.characters()), st.text(st.characters(), min_size=1))
def test_any_text_can_be_printed(said, source, name):
    facts = StudyFacts(name, source, language='"&<')
    theme = ThemeSection("1", name, said, (name,), (QuoteRow(said, source, name, 0, 1, language=name),))
    document = opened(ThemesReport(facts, (theme,)))
    assert document.paragraphs[0].style.name == "Title"


def test_line_breaks_and_tabs_of_a_quote_are_kept():
    document = opened(of_quotes(QuoteRow("one\ntwo\tthree\r\nfour\u2028five", "", "d", 0, 1)))
    assert styled(document, "Quote") == ["one\ntwo\tthree\nfour\nfive"]


def test_a_report_without_themes_and_without_facts_is_still_a_document():
    document = opened(ThemesReport(StudyFacts(""), ()))
    assert [p.text for p in document.paragraphs] == ["Untitled study", "Themes", "There are no themes yet."]
    assert document.tables == []


def test_themes_may_be_nested_deeper_than_headings():
    theme = ThemeSection("", "leaf", quotes=(QuoteRow("said", "who", "d", 0, 1),))
    for _ in range(6):
        theme = ThemeSection("", "above", subthemes=(theme,))
    names = [p.style.name for p in opened(ThemesReport(FACTS, (theme,))).paragraphs if p.text in ("above", "leaf")]
    assert names == ["Heading 2", "Heading 3", *["Heading 4"] * 5]


def test_the_format_follows_the_ending(tmp_path):
    write_report(REPORT, tmp_path / "themes.DOCX")
    write_report(REPORT, tmp_path / "themes.csv")
    assert (tmp_path / "themes.DOCX").read_bytes() == themes_docx(REPORT)
    assert (tmp_path / "themes.csv").read_text("utf-8-sig").startswith("theme,quote,")
    with pytest.raises(UnknownExtensionError, match=r"\.docx or .*\.csv"):
        write_report(REPORT, tmp_path / "themes.pdf")


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(UnknownExtensionError):
        write_themes_docx(REPORT, tmp_path / "themes.doc")
    with pytest.raises(FolderMissingError):
        write_themes_docx(REPORT, tmp_path / "none" / "themes.docx")
    (tmp_path / "themes.docx").mkdir()
    with pytest.raises(TargetIsFolderError):
        write_themes_docx(REPORT, tmp_path / "themes.docx")


def test_a_failure_while_setting_leaves_the_old_document(tmp_path, monkeypatch):
    path = tmp_path / "themes.docx"
    write_themes_docx(REPORT, path)
    before = path.read_bytes()

    def broken(_report):
        raise RuntimeError

    monkeypatch.setattr(word, "themes_docx", broken)
    with pytest.raises(RuntimeError):
        write_themes_docx(REPORT, path)
    assert path.read_bytes() == before


def test_the_cost_grows_with_the_number_of_quotes_and_no_faster():
    def seconds(number):
        quotes = tuple(replace(LAST_BOAT.quotes[place % 2], start=place) for place in range(number))
        begun = time.process_time()
        themes_docx(of_quotes(*quotes))
        return time.process_time() - begun

    seconds(10)
    few = min(seconds(1_000) for _ in range(3))
    many = min(seconds(4_000) for _ in range(2))
    assert many < 4 * few * 2
    assert many < 10


def test_the_window_may_know_of_reports_without_loading_python_docx():
    program = "import sys, qcode.reports.outputs; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_parts_are_sound_xml():
    with zipfile.ZipFile(io.BytesIO(themes_docx(REPORT))) as package:
        assert package.testzip() is None
        for name in package.namelist():
            etree.fromstring(package.read(name))
