from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QTextDocument

from qcode.reports.blocks import Paragraph, Table, plain
from qcode.reports.themes import themes_blocks
from qcode.reports.values import AgreementRow, AgreementSection, QuoteRow, StudyFacts, ThemeSection, ThemesReport
from qcode.reports.word_styles import PARAGRAPH_LOOKS
from qcode.ui.report.html import blocks_html, look_of, report_html
from qcode.ui.report.page import Page
from qcode.ui.theme import DARK, LIGHT

QUOTE = QuoteRow("We count <b>water</b> & cans.", "Teo", "Plot 4", 0, 20)
AGAINST = QuoteRow("", "Bram", "Shed", 0, 9, "dissents", lines=(("Bram", "I never\ncounted."), ("Yusra", "He did.")))
REPORT = ThemesReport(
    StudyFacts("The <pump>", "Who counts?"),
    (ThemeSection("1", "A ledger", "Cans.", ("Water",), (QUOTE, AGAINST)),),
    agreement=AgreementSection("sentence", (AgreementRow(("Water",), 0.5, n=10, documents=2),)),
)


def _words(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def test_the_preview_says_everything_that_the_word_document_says(qapp):
    said = " ".join(_words(report_html(REPORT, LIGHT)).split())
    for block in themes_blocks(REPORT):
        cells = block.rows if isinstance(block, Table) else (((block,),),)
        for paragraph in (paragraph for row in cells for cell in row for paragraph in cell):
            words = " ".join("".join(run.text for run in paragraph.runs).split())
            assert words in said


def test_what_people_say_is_never_read_as_markup(qapp):
    html = report_html(REPORT, LIGHT)
    assert "We count <b>water</b> & cans." not in html
    assert "We count <b>water</b> & cans." in _words(html)
    assert "The <pump>" in _words(html)


def test_line_breaks_in_a_quote_are_kept(qapp):
    assert "I never\ncounted." in _words(report_html(REPORT, LIGHT)).replace("\u2028", "\n")


def test_dissent_has_its_own_colour_and_its_own_words(qapp):
    html = report_html(REPORT, DARK)
    assert f"border-left:2px solid {DARK.warning}" in html
    assert f"border-left:2px solid {DARK.edge}" in html
    assert "Dissenting from this theme" in html


def test_each_style_of_the_word_document_is_known_to_the_preview():
    used = {block.style for block in themes_blocks(REPORT) if isinstance(block, Paragraph)}
    assert used <= {look.name for look in PARAGRAPH_LOOKS} | {"Normal"}


def test_styles_take_over_what_they_do_not_say():
    turn = look_of("Intense Quote Turn")
    quote = look_of("Quote")
    assert (turn.rule, turn.hanging, turn.font, turn.size) == (look_of("Intense Quote").rule, 1134, quote.font, 22)
    assert look_of("Appendix Heading").before == 0
    assert look_of("never heard of") == look_of("Normal")


def test_parts_that_are_left_out_are_not_there(qapp):
    short = replace(REPORT, agreement=None, with_quotes=False)
    assert "Agreement between coders" in _words(report_html(REPORT, LIGHT))
    assert "Agreement between coders" not in _words(report_html(short, LIGHT))


@pytest.mark.parametrize(("width", "fits"), [(320, False), (900, True)])
def test_no_word_of_a_table_is_broken_and_a_wide_table_is_scrolled_to(qtbot, width, fits):
    headings = ("Code", *["Prevalence"] * 6)
    cells = tuple((plain("Table Number", "5 (28 %)"),) for _heading in headings)
    page = Page()
    qtbot.addWidget(page)
    page.resize(width, 400)
    page.show()
    page.show_html(blocks_html([Table(headings, (1,) * 7, (cells,))], LIGHT))
    lines = {}
    block = page.document().begin()
    while block.isValid():
        lines[block.text()] = block.lineCount()
        block = block.next()
    assert (lines["Code"], lines["Prevalence"]) == (1, 1)
    assert "5 (28\N{NO-BREAK SPACE}%)" in lines
    assert (page.horizontalScrollBar().maximum() == 0) == fits
