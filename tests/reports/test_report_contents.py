from __future__ import annotations

from dataclasses import replace

import pytest
from report_material import CABIN, REPORT

from qcode.reports.blocks import Paragraph, Table
from qcode.reports.themes import themes_blocks
from qcode.reports.values import QuoteRow, ThemeSection


def _texts(report) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in themes_blocks(report) if isinstance(block, Paragraph)]


def _tables(report) -> list[tuple[str, ...]]:
    return [block.headings for block in themes_blocks(report) if isinstance(block, Table)]


def test_without_the_overview_every_quote_still_stands():
    short = replace(REPORT, with_overview=False)
    assert ("Theme", "Central concept", "Codes", "Quotes", "Example") in _tables(REPORT)
    assert ("Theme", "Central concept", "Codes", "Quotes", "Example") not in _tables(short)
    assert REPORT.sections[0].quotes[0].text in _texts(short)


def test_a_theme_without_quotes_says_so_unless_some_may_be_kept_back():
    bare = replace(REPORT, sections=(ThemeSection("1", "Bare"),))
    assert "No quotes have been picked for this theme yet." in _texts(bare)
    kept = _texts(replace(bare, kept_back=True))
    assert "No quotes have been picked for this theme yet." not in kept
    assert any("left out until you hand it in" in text for text in kept)


def test_without_quotes_the_overview_stands_alone_and_promises_nothing():
    first, *rest = REPORT.sections
    long = replace(first, quotes=(replace(first.quotes[0], text="We waited. " * 40), *first.quotes[1:]))
    whole = replace(REPORT, sections=(long, *rest))
    short = replace(whole, with_quotes=False)
    assert whole.sections[0].quotes[0].text not in _texts(short)
    assert len(_tables(short)) == len(_tables(whole))
    assert not any("in full under its theme" in text for text in _texts(short))
    assert any("in full under its theme" in text for text in _texts(whole))


def test_with_neither_there_is_no_heading_of_themes():
    assert "Themes" not in _texts(replace(REPORT, with_overview=False, with_quotes=False))


def _quote(name: str, stance: str, attribution: str = "somebody") -> QuoteRow:
    return QuoteRow(name, attribution, "INT-1", 0, len(name), stance)


def _of_theme(*quotes: QuoteRow) -> list[Paragraph]:
    report = replace(
        REPORT, sections=(replace(CABIN, quotes=quotes),), with_overview=False, agreement=None, codebook=()
    )
    styles = ("Quote", "Intense Quote", "Dissent Label")
    return [block for block in themes_blocks(report) if isinstance(block, Paragraph) and block.style in styles]


@pytest.mark.parametrize("order", ["sdsds", "dssds", "sssdd"])
def test_dissenting_quotes_stand_last_under_one_label_each_in_the_writers_order(order):
    stances = {"s": "supports", "d": "dissents"}
    quotes = [_quote(f"{place}{letter}", stances[letter]) for place, letter in enumerate(order)]
    told = [(block.style, block.runs[0].text) for block in _of_theme(*quotes)]
    assert told == [
        *(("Quote", quote.text) for quote in quotes if quote.stance == "supports"),
        ("Dissent Label", "Dissenting from this theme"),
        *(("Intense Quote", quote.text) for quote in quotes if quote.stance == "dissents"),
    ]


def test_a_theme_that_only_meets_dissent_has_its_label_once_and_one_without_has_none():
    assert [block.style for block in _of_theme(_quote("a", "dissents"), _quote("b", "dissents"))] == [
        "Dissent Label", "Intense Quote", "Intense Quote",
    ]  # fmt: skip
    assert [block.style for block in _of_theme(_quote("a", "supports"))] == ["Quote"]


def test_dissenting_quotes_without_attribution_stand_apart_from_each_other():
    quotes = [_quote(name, "dissents", "") for name in "abc"]
    assert [block.apart for block in _of_theme(*quotes)] == [False, False, True, False]
