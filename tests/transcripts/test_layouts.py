"""Layouts are named with the share of lines they explain; what they do not explain is listed, never taken for talk."""

from __future__ import annotations

import io

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.encodings import encoding_choices
from qcode.transcripts.headings import heading_level
from qcode.transcripts.notation import is_jefferson


def para(text, style=None, extra=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r>{extra}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows):
    def cell(text):
        return f"<w:tc>{para(text)}</w:tc>"

    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows) + "</w:tbl>"


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("01_docx_initials_tab_multipara.docx", "Names before a colon, 6 of 10 lines that may begin with a name read"),
        ("02_docx_bold_label.docx", "Names in bold, 6 of 7 lines that may begin with a name read"),
        ("04_docx_table_time_speaker_text.docx", "Table of turns, 5 of 6 rows read"),
        ("05_docx_teams_current.docx", "Microsoft Teams transcript, 4 of 4 header lines read"),
        (
            "06_docx_teams_2021.docx",
            "Microsoft Teams transcript (2021) with two times above each caption, 4 of 4 captions read",
        ),
        ("08_docx_otter.docx", "Otter export, 3 of 3 header lines read"),
        ("11_docx_google_meet_gemini.docx", "Google Meet transcript, 3 of 4 paragraphs after the first time read"),
        ("12_docx_word_transcribe.docx", "Word Transcribe, 4 of 4 header lines read"),
        ("13_docx_rev.docx", "Rev transcript, 4 of 4 header lines read"),
        (
            "24_txt_f4_timestamps.txt",
            "f4 transcript with times at the end of paragraphs, 6 of 6 lines with a time read",
        ),
        ("25_txt_otter.txt", "Otter export, 3 of 3 header lines read"),
        ("26_txt_atrain_maxqda.txt", "aTrain transcript, 3 of 3 paragraphs read"),
        ("29_txt_jefferson.txt", "Jefferson transcription, 6 of 6 lines with a name read"),
        ("30_txt_questions_answers.txt", "Questions and answers (Q. and A.), 8 of 8 turns read"),
        ("76_txt_zoom_saved.txt", "Zoom transcript, 3 of 3 header lines read"),
    ],
)
def test_a_layout_is_named_with_the_lines_it_explains(cases, name, layout):
    assert str(read(cases / name).layout) == layout


def test_lines_that_the_layout_does_not_explain_are_listed_with_their_numbers(cases, text_file):
    meet = read(cases / "72_docx_google_meet_summary_after.docx")
    assert meet.unmatched[0].text == "Transcription ended after 00:06:12"
    assert "Jo Vale: wants a pump from the machine." in [line.text for line in meet.unmatched]
    titled = read(text_file("The well\n\nDraft of May\n\nI: a\nP: b\nI: c\nP: d\n"))
    assert [(line.line_no, line.text) for line in titled.unmatched] == [(1, "The well"), (3, "Draft of May")]
    assert read(text_file("I: a\nP: b\nI: c\nP: d\n", "all.txt")).unmatched == ()


@pytest.mark.parametrize("heading", ["📝 Summary", "Suggested next steps", "Resumen", "Details"])
def test_what_a_machine_wrote_about_a_meeting_is_never_talk_wherever_it_stands(text_file, heading):
    talk = "00:00:03\nJo Vale: Morning.\nKim Ost: Look: it leaks.\n00:05:01\nJo Vale: Yes.\n"
    summary = f"{heading}\nJo Vale: was asked about pumps.\nThe group agreed.\n"
    wanted = ["Morning.", "Look: it leaks.", "Yes."]
    for number, text in enumerate(
        (f"📝 Notes\n{summary}📖 Transcript\n{talk}", f"📝 Notes\n📖 Transcript\n{talk}{summary}")
    ):
        made = segment(read(text_file(text, f"{number}.txt")))
        assert [made.text[turn.start : turn.end] for turn in made.turns] == wanted
        assert [turn.start_ms for turn in made.turns] == [3_000, None, 301_000]


def test_an_answer_knows_its_question_and_third_voices_are_others(cases):
    made = segment(read(cases / "73_txt_deposition_pages.txt"))
    assert {(turn.speaker, turn.role) for turn in made.turns} == {
        ("Q", "interviewer"),
        ("A", "participant"),
        ("MR. DELL", "other"),
    }
    assert [turn.question for turn in made.turns if turn.speaker == "A"][1:] == ["Was anybody with you?", "And then?"]
    assert not any(turn.question for turn in made.turns if turn.speaker == "Q")


@pytest.mark.parametrize(
    "text", ["Q. is a letter.\nSo is A.\n", "A. One\nB. Two\nC. Three\n", "Q. Why?\nWe do not know.\n"]
)
def test_letters_with_a_stop_are_no_questions_and_answers(text_file, text):
    reading = read(text_file(text))
    assert not any(row.accepted for row in reading.labels)
    assert segment(reading).text == text.strip()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2), (2, 0, 1)])
@pytest.mark.parametrize("headed", [True, False])
def test_a_table_of_turns_is_read_in_any_order_of_columns(word_file, order, headed):
    rows = [
        ("00:00:02", "Ada", "What was the first thing you noticed about the bus?"),
        ("00:00:06", "Ben", "Note: the noise. It was so loud that nobody slept."),
        ("00:00:09", "", "And the smell of it, which was worse."),
        ("00:00:12", "Ada", "Worse?"),
        ("", "Ben", "Worse, at 7:45 in the morning."),
    ]
    body = [("Time", "Speaker", "What was said"), *rows] if headed else rows
    made = segment(read(word_file(table(*([row[place] for place in order] for row in body)))))
    assert [(turn.speaker, turn.start_ms) for turn in made.turns] == [
        ("Ada", 2_000),
        ("Ben", 6_000),
        ("Ada", 12_000),
        ("Ben", None),
    ]
    assert made.text.split() == " ".join(said for _, _, said in rows).split()


def test_a_table_that_is_none_of_turns_loses_nothing(word_file):
    body = table(("Age", "Town"), ("41", "Dover"), ("52", "Hythe"))
    assert segment(read(word_file(body))).text.split() == ["Age", "Town", "41", "Dover", "52", "Hythe"]


REPORT = (
    para("Winter buses", "Title")
    + para("Scope", "Heading1")
    + para("Purpose: the rules say who clears the snow.")
    + para("Drivers", "Heading2")
    + para("Drivers look at their tyres.", extra="<w:lastRenderedPageBreak/>")
    + para("Note: chains are in the shed.")
    + para("Review", "Heading1")
    + para("Each year.")
)


def test_a_report_keeps_its_headings_and_pages_and_nobody_speaks(word_file):
    reading = read(word_file(REPORT))
    made = segment(reading)
    assert (reading.kind, reading.layout.name) == ("document", "Document with headings")
    assert [(made.text[heading.start : heading.end], heading.level) for heading in made.headings] == [
        ("Winter buses", 1),
        ("Scope", 1),
        ("Drivers", 2),
        ("Review", 1),
    ]
    assert {turn.speaker for turn in made.turns} == {None}
    assert [(made.text[at:].split()[0], page) for at, page in made.pages] == [("Winter", 1), ("Drivers", 2)]
    assert "as a document with headings" in made.warnings[0]


def test_typed_headings_make_a_document_and_their_underlines_go(text_file):
    text = "WINTER BUSES\n\nRules for all.\n\n1. Scope\n\nAll of the buses.\n\n1.1 Drivers\n\nThey look.\n\n"
    text += "Review\n------\n\nYearly.\n"
    reading = read(text_file(text))
    made = segment(reading)
    assert reading.kind == "document"
    assert [(made.text[heading.start : heading.end], heading.level) for heading in made.headings] == [
        ("WINTER BUSES", 1),
        ("1. Scope", 1),
        ("1.1 Drivers", 2),
        ("Review", 2),
    ]
    assert "----" not in made.text


def test_talk_below_topic_headings_is_no_document(word_file):
    body = (
        para("Topic one", "Heading1")
        + para("I: a")
        + para("P: b")
        + para("Topic two", "Heading1")
        + para("I: c")
        + para("P: d")
    )
    reading = read(word_file(body))
    assert reading.kind == "transcript"
    assert [turn.speaker for turn in segment(reading).turns if turn.speaker] == ["I", "P", "I", "P"]


@pytest.mark.parametrize(
    ("style", "level"), [("Heading 3", 3), ("heading 1", 1), ("Title", 1), ("Speaker", None), (None, None)]
)
def test_levels_come_from_the_names_of_styles(style, level):
    assert heading_level(style) == level


def test_jefferson_is_told_from_talk_with_brackets():
    assert is_jefferson(["Ann: so:: (0.4)", "Bea: [ no ] .hhh", "Ann: =°yes°", "Bea: well"])
    assert not is_jefferson(["I: and [laughs] then?", "P: (phone rings) no", "I: at 7:45", "P: [inaudible] yes"] * 5)


def test_encodings_are_offered_with_a_line_as_it_reads_in_each(text_file):
    reading = read(text_file("I: plain\nP: £40 for the café\n".encode("cp1252")))
    samples = {choice.encoding: choice.sample for choice in reading.encodings}
    assert reading.encodings[0].encoding == reading.encoding == "windows-1252"
    assert samples["windows-1252"] == "P: £40 for the café"
    assert samples["macroman"] != samples["windows-1252"]
    assert len(set(samples.values())) == len(samples)
    assert "utf-8" not in samples


def test_there_is_nothing_to_choose_where_letters_are_plain_or_a_mark_says_it_all(text_file):
    assert read(text_file("I: a\nP: b\n")).encodings == ()
    marked = read(text_file("I: é\nP: b\n".encode("utf-16"), "marked.txt"))
    assert [choice.sample for choice in marked.encodings] == ["I: é"]
    assert len(encoding_choices(("x" * 500 + "é" + "x" * 500).encode(), "utf-8")[0].sample) <= 102


def test_layouts_are_the_same_in_word_and_in_text(tmp_path, text_file, cases):
    import docx

    for name in ("24_txt_f4_timestamps.txt", "25_txt_otter.txt", "26_txt_atrain_maxqda.txt", "31_txt_time_first.txt"):
        text = (cases / name).read_text(encoding="utf-8")
        document = docx.Document()
        for line in io.StringIO(text):
            document.add_paragraph(line.rstrip("\n"))
        document.save(str(tmp_path / "copy.docx"))
        there, here = read(tmp_path / "copy.docx"), read(cases / name)
        assert there.layout == here.layout
        assert segment(there).text == segment(here).text
        assert [(turn.speaker, turn.start_ms, turn.end_ms) for turn in segment(there).turns] == [
            (turn.speaker, turn.start_ms, turn.end_ms) for turn in segment(here).turns
        ]


def test_a_third_voice_of_an_oral_history_is_told_from_a_sign_in_capitals(turns_of, text_file):
    script = (
        "SMITH:  Where were you born?\n\nJONES:  In the valley.\n\nSMITH:  When?\n\nJONES:  In May. My aunt came.\n\n"
        "MRS. JONES:  It was June.\n\nPRICE OF BREAD: four cents, it said.\n\nSMITH:  June?\n"
    )
    assert turns_of(text_file(script)) == [
        ("SMITH", "Where were you born?"),
        ("JONES", "In the valley."),
        ("SMITH", "When?"),
        ("JONES", "In May. My aunt came."),
        ("MRS. JONES", "It was June.\nPRICE OF BREAD: four cents, it said."),
        ("SMITH", "June?"),
    ]


@pytest.mark.parametrize("end", ["hat die Transkription beendet", "stopped transcription", "detuvo la transcripción"])
def test_the_note_that_a_transcription_ended_is_no_talk_in_any_language(turns_of, text_file, end):
    talk = "Kern, Ute   0:04\nHallo.\n\nLund, Bert   0:11\nJa.\n\nKern, Ute   0:15\nGut.\n\n"
    assert turns_of(text_file(f"{talk}Kern, Ute {end}\n"))[-1] == ("Kern, Ute", "Gut.")
    said = "Kern, Ute wrote this transcription herself, and she was glad.\n"
    assert turns_of(text_file(talk + said, "said.txt"))[-1] == ("Kern, Ute", f"Gut.\n{said.strip()}")


def test_names_without_a_name_of_otter_are_unknown_speakers(turns_of, text_file):
    script = "Dana R  0:04  \nHello.\n\n  0:12  \nwho is this\n\nDana R  0:20  \nBye.\n\n"
    assert turns_of(text_file(script)) == [("Dana R", "Hello."), ("Unknown Speaker", "who is this"), ("Dana R", "Bye.")]
