from __future__ import annotations

import pytest

from qcode.transcripts import notation, read, segment


@pytest.fixture
def transcript(text_file):
    return lambda text, **options: segment(read(text_file(text)), **options)


def spoken(made):
    return [(turn.speaker, made.text[turn.start : turn.end]) for turn in made.turns]


FORM = (
    "Interview ID: RP-07\nDate: 3 March 2026\nInterviewer: Jane Doe\nParticipant: P07\nLocation: Eastgate\n\n"
    "Interviewer: Hello\nParticipant: Hi there.\nInterviewer: So?\nParticipant: Well.\n"
)


def test_a_form_above_the_talk_is_metadata_even_where_it_names_the_speakers(transcript):
    made = transcript(FORM)
    assert spoken(made)[0] == ("Interviewer", "Hello")
    assert len(made.turns) == 4
    assert made.metadata == {
        "Interview ID": "RP-07",
        "Date": "3 March 2026",
        "Interviewer": "Jane Doe",
        "Participant": "P07",
        "Location": "Eastgate",
    }
    assert any("may hold a name, a date or a place" in warning for warning in made.warnings)
    assert "Jane" not in made.text


def test_a_form_that_ends_in_names_of_speakers_is_left_at_the_blank_line(transcript):
    made = transcript(
        "Date: May\nInterviewer: Jane Doe\n\nInterviewer: Hello\nMaria: Hi.\nInterviewer: So?\nMaria: No.\n"
    )
    assert made.metadata == {"Date": "May", "Interviewer": "Jane Doe"}
    assert spoken(made)[0] == ("Interviewer", "Hello")


def test_talk_that_begins_like_a_form_is_talk(transcript):
    made = transcript("INT: Who spoke?\nR2: The baker.\nTime: he always had time for people.\nINT: So?\n")
    assert spoken(made)[1] == ("R2", "The baker.\nTime: he always had time for people.")


def test_a_title_is_left_out_and_counted(transcript):
    made = transcript("Interview with a nurse\n\nINT: a\nP1: b\n")
    assert spoken(made) == [("INT", "a"), ("P1", "b")]
    assert ("lines before the first speaker left out", 1) in made.rules
    assert "1 line before the first speaker left out as not being talk." in made.warnings


def test_much_text_before_the_first_label_is_kept_because_it_may_be_talk(transcript):
    made = transcript("and so we went on. " * 60 + "\nINT: a\nP1: b\n")
    assert [(turn.speaker, turn.role) for turn in made.turns[:2]] == [(None, "other"), ("INT", "interviewer")]
    assert any("240" in warning or "300" in warning for warning in made.warnings)


def test_a_summary_before_a_heading_that_says_transcript_is_never_kept(transcript):
    made = transcript("The group agreed on everything. " * 80 + "\nTranscript\nINT: a\nP1: b\n")
    assert spoken(made) == [("INT", "a"), ("P1", "b")]


def test_paragraphs_without_a_label_belong_to_the_speaker_before(transcript):
    assert spoken(transcript("INT: a\nP1: b\n\n\nc\n\nd: e\nINT: f"))[1] == ("P1", "b\nc\nd: e")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("P1: Yes. INT: Why? P1: Because.", [("P1", "Yes."), ("INT", "Why?"), ("P1", "Because.")]),
        ("P1: “Yes.” INT: Why?", [("P1", "“Yes.”"), ("INT", "Why?")]),
        ("P1: Yes, INT: why", [("P1", "Yes, INT: why")]),
        ("P1: Yes. Bob: why", [("P1", "Yes. Bob: why")]),
        (
            "P1: Same. //INT: Mostly. INT: no.// Yes. INT: Hm.",
            [("P1", "Same. //INT: Mostly. INT: no.// Yes."), ("INT", "Hm.")],
        ),
        ("P1: See http://a.b/P1:x. INT: No.", [("P1", "See http://a.b/P1:x."), ("INT", "No.")]),
        ("P1: It is. INT:: no", [("P1", "It is. INT:: no")]),
    ],
)
def test_speakers_change_inside_a_paragraph_only_at_known_labels_after_a_sentence(transcript, text, pieces):
    assert spoken(transcript(f"INT: a.\nP1: b.\n{text}\nINT: z."))[2 : 2 + len(pieces)] == pieces


def test_counts_include_changes_inside_a_paragraph(text_file):
    rows = read(text_file("INT: a\nP1: Yes. INT: Why? P1: So it is.\n")).labels
    assert [(row.label, row.count, row.words) for row in rows] == [("INT", 2, 2), ("P1", 2, 4)]


def test_document_markers_are_dropped_and_counted(transcript):
    made = transcript(
        "[START OF RECORDING]\nINT: a\nP1: b\n[END OF TRACK 1]\n(End of interview)\nEND OF TRANSCRIPT\n"
        "[FIN DE LA ENTREVISTA]\nTranscribed by https://otter.ai\nTranscription for tape_3.m4a\n"
        "Ann stopped transcription\n"
    )
    assert spoken(made) == [("INT", "a"), ("P1", "b")]
    assert ("document markers dropped", 8) in made.rules


@pytest.mark.parametrize("talk", ["End of the file story, I said.", "the end of the interview was sad", "[laughs]"])
def test_talk_about_ends_is_no_marker(talk):
    assert not notation.is_marker(talk)


def test_times_of_an_unknown_layout_stay_in_the_text_with_a_warning(transcript):
    made = transcript("".join(f"I: 00:00:0{n}; and?\n\nB1: 00:00:0{n + 1}; yes.\n\n" for n in range(3)))
    assert "6 time stamps left in the text: this layout of times is not known." in made.warnings


def test_a_label_without_talk_makes_no_turn(transcript):
    made = transcript("INT:\nP1: b\nINT: c\nP1:\n")
    assert spoken(made) == [("P1", "b"), ("INT", "c")]
    assert ("labels without talk", 2) in made.rules


def test_a_label_alone_speaks_the_paragraphs_below(transcript):
    assert spoken(transcript("SPEAKER_00\na\nb\nSPEAKER_01:\nc\n")) == [("SPEAKER_00", "a\nb"), ("SPEAKER_01", "c")]


def test_a_time_on_its_own_line_belongs_to_the_next_label(transcript):
    made = transcript("00:00:11\nAnn: a\nBo: b\n00:05:02\nAnn: c\nBo: at\n7:45\n")
    assert [turn.start_ms for turn in made.turns] == [11_000, None, 302_000, None]
    assert spoken(made)[-1] == ("Bo", "at\n7:45")


def test_a_speaker_with_events_only_keeps_the_turn_and_the_role(transcript):
    made = transcript("INT: a\nP1: [laughs]\nINT: b\n[phone rings]\n")
    assert [(turn.speaker, turn.role) for turn in made.turns] == [
        ("INT", "interviewer"),
        ("P1", "participant"),
        ("INT", "interviewer"),
    ]
    assert spoken(made)[-1] == ("INT", "b\n[phone rings]")


def test_a_row_across_a_table_is_an_event_and_the_speaker_goes_on_after_it(word_file):
    def row(*cells):
        return "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells) + "</w:tr>"

    body = row("Speaker", "Talk") + row("INT", "a") + row("P1", "b") + row("Break") + row("", "c") + row("INT", "d")
    made = segment(read(word_file(f"<w:tbl>{body}</w:tbl>")))
    assert [(turn.speaker, turn.role) for turn in made.turns] == [
        ("INT", "interviewer"),
        ("P1", "participant"),
        (None, "event"),
        ("P1", "participant"),
        ("INT", "interviewer"),
    ]


def test_a_topic_heading_is_no_talk_and_no_speaker(word_file):
    def para(text, style=""):
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    body = para("INT: a") + para("P1: b") + para("Buses", "Heading2") + para("goes on") + para("INT: c")
    made = segment(read(word_file(body)))
    assert [(turn.speaker, turn.role) for turn in made.turns] == [
        ("INT", "interviewer"),
        ("P1", "participant"),
        (None, "other"),
        ("P1", "participant"),
        ("INT", "interviewer"),
    ]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Yes //S02: no// yes", {"overlap"}),
        ("well he goes [ I don't- ]", {"overlap"}),
        ("[crosstalk 00:03:11] yes", {"overlap"}),
        ("see http://a.b and http://c.d", set()),
        ("[inaudible 00:12:31] yes", {"uncertain"}),
        ("[ininteligible] sí", {"uncertain"}),
        ("the (un) bus", {"uncertain"}),
        ("the ??? bus", {"uncertain"}),
        ("what? [laughs] (0.4)", set()),
    ],
)
def test_turns_carry_flags_for_overlap_and_doubt(text, flags):
    assert notation.flags(text) == flags


@pytest.mark.parametrize("text", ["[laughter]", "(3 seconds pause)", "((door slams))", "[laughs] (0.4).", "(..)"])
def test_events_without_talk_are_told_from_talk(text):
    assert notation.is_event_only(text)
    assert notation.word_count(text + " yes") <= 2


@pytest.mark.parametrize("text", ["yes [laughs]", "", "...", "(and then I said that we would all be going home early)"])
def test_talk_is_not_taken_for_an_event(text):
    assert not notation.is_event_only(text)


def test_the_time_inside_an_event_is_an_anchor(transcript):
    made = transcript("INT: a\nP1: It was [inaudible 00:12:31] late.\n")
    assert [(made.text[at:].partition(" ")[0], time_ms) for at, time_ms in made.anchors] == [("[inaudible", 751_000)]


def test_notation_takes_linear_time_on_hostile_text():
    import time

    hostile = [
        "[" * 50_000,
        "(" * 50_000,
        "//" * 25_000,
        "((" * 20_000 + "))" * 20_000,
        "[ " * 25_000,
        "x " * 25_000,
        "// a" * 9_000,
    ]
    began = time.process_time()
    for text in hostile:
        notation.flags(text)
        notation.is_event_only(text)
        list(notation.inner_times(text))
    assert time.process_time() - began < 5
