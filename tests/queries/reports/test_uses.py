"""Where quotes are used, and which words stand in two papers."""

from __future__ import annotations

import pytest

from qcode.operations import quotes
from qcode.queries.reports.cautions import cautions
from qcode.queries.reports.uses import NoUsesError, uses_report, words_in_several_papers
from qcode.queries.themes.outline import themes


@pytest.fixture
def used(made):
    """A quote in two papers, and another of overlapping words under another theme in a third."""
    water = themes(made.study)[0].quotes[0]
    for paper, section in (("The rota", "Results"), ("Pumps", "")):
        quotes.use_quote(made.study, water.id, paper=paper, section=section)
    again = quotes.pick_quote(made.study, made.themes["shown"], passage=made.passage("Plot 4", "Water I count."))
    quotes.use_quote(made.study, again, paper="the ROTA", section="Discussion")
    return made.study


def test_without_a_use_there_is_nothing_to_tell(made):
    with pytest.raises(NoUsesError):
        uses_report(made.study)
    assert not [one for one in cautions(made.study) if one.kind == "two papers"]


def test_uses_stand_by_paper_with_the_words_as_they_are_printed(used):
    report = uses_report(used)
    papers, shared = report.tables
    assert [row[:4] for row in papers.rows] == [
        ("Pumps", None, "A ledger nobody keeps", "With water it is different. Water I count."),
        ("the ROTA", "Discussion", "Learning by leaning", "Water I count."),
        ("The rota", "Results", "A ledger nobody keeps", "With water it is different. Water I count."),
    ]
    assert papers.note.startswith("Of 5 chosen quotes 3 are used nowhere yet.")
    assert [(row[0], row[-1]) for row in shared.rows] == [(1, "Pumps; The rota, Results"), (1, "the ROTA, Discussion")]


def test_words_in_two_papers_are_a_caution_with_their_place(used):
    (found,) = [one for one in cautions(used) if one.kind == "two papers"]
    assert found.sentence == "The same words of “Plot 4” are used in “Pumps” and “The rota”."
    assert found.place is not None


def test_quotes_that_only_touch_share_no_words_and_one_paper_is_none_too_many(made):
    ids = [
        quotes.pick_quote(made.study, made.themes["shown"], passage=made.passage("Plot 5", words))
        for words in ("I would burn it. ", "Look at the sky and ask your neighbour, that is a rota.")
    ]
    for quote, paper in zip(ids, ("One", "Two"), strict=True):
        quotes.use_quote(made.study, quote, paper=paper)
    assert words_in_several_papers(themes(made.study)) == []
    quotes.use_quote(made.study, ids[0], paper="One", section="Discussion")
    assert words_in_several_papers(themes(made.study)) == []
    assert "No words stand in more than one paper." in uses_report(made.study).tables[0].note
