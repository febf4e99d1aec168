from __future__ import annotations

import csv
from datetime import date

import pytest
from written_up import write_up

from qcode.errors import QcodeError
from qcode.operations import assignments, codebook, coding, documents, quotes, team, themes
from qcode.operations.passages import Passage
from qcode.queries.agreement.figures import NoSuchRoundError, study_agreement
from qcode.queries.codings import Looking, codings
from qcode.queries.quotes.printed import attributed, house_of, printed_quote, spoken_by
from qcode.queries.quotes.utterances import Utterance
from qcode.queries.quotes.voices import VoiceRow
from qcode.queries.reports.themes_report import agreement_section, characteristics, themes_report
from qcode.queries.themes.negative_cases import negative_cases
from qcode.queries.themes.outline import themes as theme_rows
from qcode.reports.blocks import Paragraph
from qcode.reports.tables import write_quotes_csv
from qcode.reports.theme_sheets import themes_sheets
from qcode.reports.themes import themes_blocks
from qcode.reports.values import outline, without_negative_cases
from qcode.reports.word import themes_docx


def test_themes_stand_in_their_tree_with_numbers_concepts_and_codes(made):
    first, second = themes_report(made.study).sections
    assert (first.number, first.name, first.codes) == (
        "1",
        "A ledger nobody keeps",
        ("Counting water", "Letting it slide"),
    )
    assert first.concept == "Decency is measured in cans, and never called that."
    assert [(below.number, below.name) for below in first.subthemes] == [("1.1", "Gates that speak")]
    assert (second.number, second.name, second.quotes, second.subthemes) == ("2", "Learning by leaning", (), ())


def test_a_theme_three_levels_down_is_numbered_below_its_own_parent(made):
    deep = themes.add_theme(made.study, name="Cans", parent=made.themes["gates"])
    themes.add_theme(made.study, name="Locks", parent=made.themes["ledger"])
    themes.add_theme(made.study, name="Handles", parent=made.themes["shown"])
    first, second = themes_report(made.study).sections
    assert [below.number for below in first.subthemes] == ["1.1", "1.2"]
    assert [(below.number, below.name) for below in first.subthemes[0].subthemes] == [("1.1.1", "Cans")]
    assert [below.number for below in second.subthemes] == ["2.1"]
    assert deep


def test_quotes_have_the_words_of_the_transcript_its_range_and_who_says_it(made):
    quote = themes_report(made.study).sections[0].quotes[0]
    place = made.passage("Plot 4", "With water it is different. Water I count.")
    assert quote.text == "With water it is different. Water I count."
    assert (quote.start, quote.end, quote.speaker) == (place.start, place.end, "Teo")
    side = printed_quote(theme_rows(made.study)[0].quotes[0], house_of(made.study)).sides[0]
    assert (side.document, side.name, side.start, side.end) == (place.document, "Plot 4", place.start, place.end)
    assert quote.lines == ()
    assert quote.stance == "supports"


def test_an_attribution_leaves_out_what_is_not_known(made):
    rows = theme_rows(made.study)[0].quotes
    assert [attributed(quote, "{pseudonym}, {role}") for quote in rows] == ["Teo", "P"]
    assert attributed(rows[0], "{pseudonym} ({group}), {document}") == "Teo (Upper field), Plot 4"
    team.describe_study(made.study, attribution="{pseudonym} ({group}), {document}")
    printed = themes_report(made.study).sections[0].quotes
    assert printed[0].attribution == "Teo"  # too few share the rest


def test_words_written_for_one_quote_win_over_the_template(made):
    quote = theme_rows(made.study)[0].quotes[0]
    quotes.describe_quote(made.study, quote.id, stance="supports", attribution="a man with {no} fork")
    again = theme_rows(made.study)[0].quotes[0]
    assert attributed(again, "{pseudonym}") == "a man with {no} fork"
    assert themes_report(made.study).sections[0].quotes[0].attribution == "a man with {no} fork"


def test_a_quote_that_spans_turns_has_a_line_for_each_speaker(made):
    quote = themes_report(made.study).sections[0].subthemes[0].quotes[1]
    assert quote.lines == (
        ("Bram", "I held the gate and gave advice."),
        ("Yusra", "He did hold the gate very well."),
    )
    assert quote.speakers == ("Bram", "Yusra")


def test_whoever_asks_is_printed_by_what_they_do():
    assert spoken_by(Utterance("Dr Lind", "interviewer", "And?")) == "Interviewer"
    assert spoken_by(Utterance("Moderator", "interviewer", "And?")) == "Moderator"
    assert spoken_by(Utterance("Ines", "participant", "So.")) == "Ines"


def test_dissent_is_kept_and_codes_stand_in_the_order_of_the_codebook(made):
    section = themes_report(made.study).sections[0]
    assert [quote.stance for quote in section.quotes] == ["supports", "dissents"]
    assert [quote.codes for quote in section.quotes] == [("Counting water",), ("Letting it slide",)]
    assert section.subthemes[0].quotes[1].codes == ("Being shown", "Gates and doors")


def test_the_language_of_a_quote_is_told_only_where_it_is_not_the_reports(made):
    text = "I: ¿Y el agua?\nP: El agua se cuenta."
    from written_up import transcript

    incoming = documents.Incoming("Plot 6", transcript(tuple(text.split("\n"))), language="es")
    plot = documents.import_document(made.study, incoming)
    start = incoming.transcript.text.index("El agua")
    quotes.pick_quote(made.study, made.themes["shown"], passage=Passage(plot, start, start + 17))
    sections = themes_report(made.study).sections
    assert sections[1].quotes[0].language == "es"
    assert sections[0].quotes[0].language == ""


def test_the_facts_count_documents_people_and_those_who_coded(made):
    team.add_coder(made.study, name="Dora, who only reads")
    facts = themes_report(made.study, made_on=date(2031, 5, 4)).facts
    assert (facts.title, facts.research_question) == ("The pump at Sallow Lane", "How do gardeners share one pump?")
    assert (facts.documents, facts.participants) == (6, 7)
    assert facts.coders == ("Asta Lind", "Bo Ek", "Cem Usta")
    assert facts.date == date(2031, 5, 4)


def test_agreement_is_the_same_as_the_query_says(made):
    report, found = themes_report(made.study, unit="character"), study_agreement(made.study, unit="character")
    assert report.agreement == agreement_section(found)
    assert [row.alpha for row in report.agreement.rows] == [row.alpha for row in found.codes]
    assert [row.code for row in report.agreement.rows] == [("Sharing", row.code[-1]) for row in found.codes]
    assert report.agreement.overall.alpha == found.overall.alpha is not None
    assert (report.agreement.unit, report.agreement.round, report.agreement.coders) == (
        "character",
        "Main",
        ("Asta Lind", "Bo Ek", "Cem Usta"),
    )


def test_agreement_is_left_out_where_there_is_nothing_to_compare(tmp_path):
    made = write_up(tmp_path / "early.qcode", done=False)
    report = themes_report(made.study)
    assert report.agreement is None
    assert report.sections
    made.study.close()


@pytest.mark.parametrize("approach", ["reflexive", "Grounded theory"])
def test_agreement_is_left_out_where_the_approach_has_no_use_for_it(made, approach):
    team.describe_study(made.study, approach=approach)
    assert themes_report(made.study).agreement is None


def test_a_round_that_does_not_exist_is_refused(made):
    with pytest.raises(NoSuchRoundError, match="Main"):
        themes_report(made.study, round_name="Autumn")


def test_the_codebook_has_every_code_with_its_definition(made):
    rows = themes_report(made.study).codebook
    assert [row.path for row in rows] == [("Sharing",), *(("Sharing", name) for name in made.codes)]
    assert rows[0].kind == "category"
    assert rows[2].brief == "Talk about counting water."
    codebook.retire_code(made.study, made.codes["Being shown"])
    assert themes_report(made.study).codebook[1].status == "retired"


def test_tables_can_be_left_out(made):
    report = themes_report(made.study, with_agreement=False, with_codebook=False)
    assert report.agreement is None
    assert report.codebook == ()


def test_a_template_that_cannot_be_read_is_refused(made):
    team.describe_study(made.study, attribution="{pseudonym")
    with pytest.raises(QcodeError, match="brace"):
        themes_report(made.study)


def _people(*roles: str) -> list[VoiceRow]:
    return [VoiceRow(str(number), "x", role, "Fields", person=True) for number, role in enumerate(roles)]


def test_levels_that_few_people_share_are_counted_together():
    rows = characteristics(_people("a", "a", "a", "b", "c", ""), 2)
    assert [(row.label, row.value) for row in rows] == [
        ("Group", ""),
        ("Fields", "6 (100 %)"),
        ("Role", ""),
        ("a", "3 (50 %)"),
        ("Other, fewer than 2 each", "2 (33 %)"),
        ("Not recorded", "1 (17 %)"),
    ]
    assert rows[0].indented is False
    assert rows[1].indented is True


def test_a_characteristic_that_nobody_recorded_is_no_table():
    nobody = [VoiceRow("1", "x", "", "", person=True)]
    assert characteristics(nobody, 5) == ()


def test_the_report_becomes_files(made, tmp_path):
    report = themes_report(made.study, made_on=date(2031, 5, 4))
    assert themes_docx(report).startswith(b"PK")
    write_quotes_csv(report.sections, tmp_path / "quotes.csv")
    rows = list(csv.DictReader((tmp_path / "quotes.csv").read_text("utf-8-sig").splitlines()))
    assert [row["theme"] for row in rows] == ["A ledger nobody keeps"] * 2 + [
        "A ledger nobody keeps > Gates that speak"
    ] * 2


def test_an_empty_study_makes_an_empty_report(tmp_path):
    from qcode.study import Study

    with Study.create(tmp_path / "new.qcode", title="New", coder="Asta Lind") as study:
        report = themes_report(study)
        assert (report.sections, report.agreement, report.codebook, report.participants) == ((), None, (), ())
        assert themes_docx(report).startswith(b"PK")


def test_negative_cases_stand_under_the_theme_of_their_code_and_are_held_to_the_same_k(made):
    marked = next(row for row in codings(made.study, Looking()) if row.name == "Gates and doors")
    where = {"round_id": marked.round, "coder": marked.coder_id, "reason": "a negative case"}
    assignments.reopen(made.study, documents=[marked.document], **where)
    made.study.act_as(marked.coder_id)
    coding.flag_codings(made.study, [marked.id], negative_case=True)
    report = themes_report(made.study)
    named = {theme.name: theme for _depth, _place, theme in outline(report.sections)}
    (case,) = named["Gates that speak"].negative
    assert not named["A ledger nobody keeps"].negative, "its sub-theme prints it"
    assert case.codes == ("Gates and doors",)
    (known,) = [one for one in negative_cases(made.study, below=False) if one.quote is None]
    assert (case.start, case.end, case.text) == (known.start, known.end, known.text)
    team.describe_study(made.study, attribution="{pseudonym}, {role}, {document}")
    told = [theme for _depth, _place, theme in outline(themes_report(made.study).sections) if theme.negative]
    assert told[0].negative[0].attribution == "Odell", "too few share that Odell is a founder"
    texts = ["".join(run.text for run in one.runs) for one in themes_blocks(report) if isinstance(one, Paragraph)]
    assert texts.count("Marked as negative cases of its codes") == 1
    assert not [theme for theme in without_negative_cases(report.sections)[0].subthemes if theme.negative]
    sheets = {sheet.name: list(sheet.rows) for sheet in themes_sheets(report)}
    assert [row[1] for row in sheets["Negative cases"]] == [case.text]
