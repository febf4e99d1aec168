"""What reports print as quotes is what the transcripts say, at its place; and what to look at first is said why."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import docx
import pytest
import small
from sampled import copy_sample

from qcode.errors import QcodeError
from qcode.operations import cells, coding, documents, quotes
from qcode.operations.passages import Passage
from qcode.queries.counting.corpus import corpus
from qcode.queries.quotes.candidates import candidates
from qcode.queries.quotes.printed import cited, house_of, printed_quote
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.quotes.utterances import Utterance
from qcode.queries.reports.theme_sections import NoQuotesError, NoSuchThemeError, quotes_report
from qcode.queries.reports.themes_report import report_facts, themes_report
from qcode.queries.themes.outline import themes
from qcode.queries.transcripts.documents import document_text
from qcode.queries.transcripts.documents import documents as all_documents
from qcode.reports.outputs import report_bytes
from qcode.reports.values import outline, words_of
from qcode.study import Study
from qcode.text import blocks
from qcode.text.quotation import stands_in, unedited
from qcode.text.quote_edits import Cut, Inserted, Replaced, fitting
from qcode.transcripts.values import Heading, Transcript, Turn


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample study, in which every quote was edited, some grew, and some print in two languages."""
    with Study.open(copy_sample(tmp_path_factory.mktemp("sample") / "sample.qcode")) as study:
        study.act_as(next(iter(_leads(study))))
        for number, row in enumerate(quote_rows(study)):
            _edit(study, number, row)
        yield study


def _leads(study):
    from qcode.queries.team import coders

    return [row.id for row in coders(study) if row.role == "lead"]


def _edit(study, number, row):
    """Cut, replace and insert words of a quote; let every third grow by a turn, and print what can be in both."""
    if number % 3 == 0 and not row.in_vivo:
        text = document_text(study, row.document)
        turn = next(place for place, turn in enumerate(text.turns) if turn.end > row.start)
        start = text.turns[max(0, turn - 1)].start
        quotes.stretch_quote(study, row.id, passage=Passage(row.document, start, row.end))
        row = next(one for one in quote_rows(study) if one.id == row.id)
    if row.other is not None:
        quotes.show_language(study, row.id, language="both")
    found = [word.span() for word in re.finditer(r"[^\W\d_]+", row.text)]
    third = len(found) // 3
    edits = [Cut(found[third][0], found[third + 1][1]), Replaced(*found[-1], "they’re"), Inserted(found[-2][0], "the")]
    quotes.edit_quote(study, row.id, edits=fitting(row.text, edits))


@pytest.fixture(scope="module")
def texts(sample):
    return {row.name: document_text(sample, row.id).text for row in all_documents(sample)}


def test_every_printed_quote_of_the_whole_report_is_found_in_its_transcript_at_its_place(sample, texts):
    rows = list(csv.DictReader(io.StringIO(report_bytes(themes_report(sample), ".csv").decode("utf-8-sig"))))
    chosen = [row for row in quote_rows(sample) if row.status == "chosen"]
    printed = [row for row in rows if row["quote"]]
    assert len(printed) == len(chosen) > 20
    assert sum("[they’re]" in row["quote"] for row in printed) > 15
    house = house_of(sample)
    for quote in chosen:
        for side in printed_quote(quote, house).sides:
            place = texts[side.name][side.start : side.end]
            assert side.words
            assert stands_in(side.words, place)
            said = [piece for line in side.lines for piece in line.pieces if piece.is_said]
            assert all(piece.words == place[piece.start : piece.end] for piece in said)
    for row in printed:
        place = texts[row["document"]][int(row["start"]) : int(row["end"])]
        words = row["quote"].removeprefix("'")
        lines = words.split("\n") if "\n" in words else [words]
        assert all(stands_in(line, place) or stands_in(line.partition(": ")[2], place) for line in lines)


def test_every_quote_of_the_word_document_is_found_in_a_transcript(sample, texts, tmp_path):
    (path := tmp_path / "report.docx").write_bytes(report_bytes(themes_report(sample), ".docx"))
    document = docx.Document(path)
    cells_ = [paragraph for table in document.tables for cell in table._cells for paragraph in cell.paragraphs]
    styles = ("Quote", "Intense Quote", "Quote Turn", "Intense Quote Turn")
    found = [paragraph.text for paragraph in [*document.paragraphs, *cells_] if paragraph.style.name in styles]
    assert len(found) > 25
    for words in found:
        said = words.partition("\t")[2] or words
        assert unedited(said)
        assert any(stands_in(said, text) for text in texts.values()), said


def test_both_languages_of_a_quote_are_printed(sample):
    rows = [quote for _depth, _place, theme in outline(themes_report(sample).sections) for quote in theme.quotes]
    both = [row for row in rows if row.beside]
    assert both
    assert {(row.language, row.beside_language) for row in both} == {("es", "")}
    assert all(words_of(said) for row in both for _who, said in row.beside)


def test_notes_are_never_printed_as_speech(sample):
    rows = [row for row in quote_rows(sample) if row.kind == "field notes"]
    assert rows
    for row in rows:
        found = printed_quote(row, house_of(sample))
        assert not found.speech
        assert found.attribution == f"Field notes, {row.document_name}"
        assert {line.speaker for line in found.sides[0].lines} == {""}


def test_what_was_written_down_of_an_interview_is_no_speech_either(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    with made.study:
        quotes.pick_quote(made.study, made.theme, passage=made.passage("I rang them."))
        mode = blocks.CellEntry(made.documents[0], "mode", "notes")
        cells.write_cells(made.study, "document", blocks.Block((mode,)))
        [row] = quote_rows(made.study)
        found = printed_quote(row, house_of(made.study))
        assert (found.speech, found.attribution) == (False, "Notes of an interview, INT-1")
        assert found.sides[0].lines[0].speaker == ""


def test_a_document_is_cited_with_its_pages(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    with made.study:
        text = "Findings\nHelp came late.\nNext page."
        turn = Turn(0, None, "other", None, None, 0, len(text), frozenset())
        transcript = Transcript(text, (turn,), (), pages=((0, 4), (25, 5)))
        report = documents.import_document(made.study, documents.Incoming("Guide", transcript, kind="document"))
        quotes.pick_quote(made.study, made.theme, passage=Passage(report, 9, 35))
        [row] = quote_rows(made.study)
        assert printed_quote(row, house_of(made.study)).attribution == "Guide, pp. 4–5"
        assert cited(row, "The guide") == "The guide, pp. 4–5"
        assert cited(replace(row, kind="field notes"), "") == "Field notes, pp. 4–5"
        quotes.describe_quote(made.study, row.id, stance="supports", attribution="a guide")
        [row] = quote_rows(made.study)
        assert printed_quote(row, house_of(made.study)).attribution == "a guide"


def test_a_document_without_pages_is_cited_by_its_heading(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    with made.study:
        text = "Before\nAt the  door\nWait seven seconds."
        turn = Turn(0, None, "other", None, None, 0, len(text), frozenset())
        transcript = Transcript(text, (turn,), (), headings=(Heading(7, 19, 1),))
        report = documents.import_document(made.study, documents.Incoming("Guide", transcript, kind="document"))
        for start, end in ((0, 6), (20, 38)):
            quotes.pick_quote(made.study, made.theme, passage=Passage(report, start, end))
        house = house_of(made.study)
        assert [printed_quote(row, house).attribution for row in quote_rows(made.study)] == [
            "Guide",
            "Guide, “At the door”",
        ]


def test_brackets_of_the_transcript_are_told_where_a_quote_has_any(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    with made.study:
        turns = [("P", "participant", "They came [sigh] at once.")]
        said = documents.import_document(made.study, documents.Incoming("S", small.transcript(turns)))
        quote = quotes.pick_quote(made.study, made.theme, passage=Passage(said, 0, 25))
        quotes.edit_quote(made.study, quote, edits=[Replaced(0, 4, "the police")])
        [row] = quote_rows(made.study)
        found = printed_quote(row, house_of(made.study))
        assert (found.words, found.note) == ("[the police] came [sigh] at once.", "In the transcript: [sigh].")


def test_a_preview_prints_edits_that_are_not_saved_yet(sample):
    row = next(row for row in quote_rows(sample) if row.speech)
    found = printed_quote(row, house_of(sample), edits=())
    own = next(side for side in found.sides if side.document == row.document)
    assert own.words.split() == row.text.split()
    assert isinstance(row.utterances[0], Utterance)


# Quotes of some themes


def test_quotes_are_reported_by_theme_and_status(sample):
    facts, names = report_facts(sample), [row.name for row in themes(sample) if not row.depth]
    report = quotes_report(sample, facts, named=[names[1].upper()])
    assert [(section.number, section.name) for section in report.sections] == [("1", names[1])]
    assert f"“{names[1]}”" in report.note
    every = quotes_report(sample, facts, status="all")
    assert [section.name for section in every.sections] == names
    with pytest.raises(NoSuchThemeError, match="There are: “"):
        quotes_report(sample, facts, named=["Nothing"])
    short = quotes_report(sample, facts, status="shortlisted")
    assert [section.name for section in short.sections if section.quotes] == names[:2]
    with pytest.raises(NoQuotesError, match="shortlisted"):
        quotes_report(sample, facts, named=[names[3]], status="shortlisted")


# Candidates


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def test_candidates_are_the_passages_of_a_themes_codes_with_the_reasons_told(made):
    made.apply("Of the letter. Three letters and you are out.", "Fear")
    coding.flag_codings(made.study, made.codings[1:2], illustrative=True)
    found = candidates(made.study, made.theme, corpus(made.study))
    assert [row.text for row in found] == ["I was afraid.", "Of the letter. Three letters and you are out."]
    assert found[0].reasons[0] == "Marked as illustrative"
    assert "P is not quoted yet" in found[0].reasons
    assert found[0].codes == ((made.codes["Fear"], "Fear"),)
    assert (found[0].status, found[0].quote, found[0].place) == ("", None, made.passage("I was afraid.").place)


def test_quotes_stay_among_the_candidates_with_what_they_are_and_nothing_is_chosen(made):
    text = corpus(made.study)
    [first] = candidates(made.study, made.theme, text)
    assert quote_rows(made.study) == []
    [quote] = quotes.shortlist_quotes(
        made.study, made.theme, passages=[Passage(first.document, first.start, first.end)]
    )
    [again] = candidates(made.study, made.theme, text)
    assert (again.quote, again.status) == (quote, "shortlisted")
    quotes.stretch_quote(made.study, quote, passage=made.passage("four of them. I was afraid."))
    quotes.choose_quotes(made.study, [quote])
    [again] = candidates(made.study, made.theme, text)
    assert (again.quote, again.status) == (quote, "chosen")
    assert "P is not quoted yet" not in again.reasons


def test_the_order_of_candidates_is_the_same_for_the_same_study_and_follows_who_is_heard(sample):
    counted = corpus(sample)
    for theme in themes(sample):
        found = candidates(sample, theme.id, counted)
        assert found == candidates(sample, theme.id, counted)
        quiet = [any("not quoted yet" in reason for reason in row.reasons) for row in found]
        assert quiet[0] >= quiet[-1]
        assert {row.quote for row in found} >= {None}


def test_a_theme_without_codes_has_no_candidates(made):
    from qcode.operations.themes import add_theme

    empty = add_theme(made.study, name="Empty")
    assert candidates(made.study, empty, corpus(made.study)) == ()


def test_refusals_are_sentences():
    assert all(issubclass(error, QcodeError) for error in (NoQuotesError, NoSuchThemeError))
    assert str(NoSuchThemeError("x", [])).endswith("There are no themes yet.")
