from __future__ import annotations

from dataclasses import replace

from report_material import REPORT

from qcode.reports.blocks import Paragraph, Table
from qcode.reports.themes import themes_blocks


def _texts(report) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in themes_blocks(report) if isinstance(block, Paragraph)]


def _tables(report) -> list[tuple[str, ...]]:
    return [block.headings for block in themes_blocks(report) if isinstance(block, Table)]


def test_without_the_overview_every_quote_still_stands():
    short = replace(REPORT, with_overview=False)
    assert ("Theme", "Central concept", "Codes", "Quotes", "Example") in _tables(REPORT)
    assert ("Theme", "Central concept", "Codes", "Quotes", "Example") not in _tables(short)
    assert REPORT.sections[0].quotes[0].text in _texts(short)


def test_without_quotes_the_overview_stands_alone_and_promises_nothing():
    short = replace(REPORT, with_quotes=False)
    assert REPORT.sections[0].quotes[0].text not in _texts(short)
    assert len(_tables(short)) == len(_tables(REPORT))
    assert not any("in full under its theme" in text for text in _texts(short))
    assert any("in full under its theme" in text for text in _texts(REPORT))


def test_with_neither_there_is_no_heading_of_themes():
    assert "Themes" not in _texts(replace(REPORT, with_overview=False, with_quotes=False))
