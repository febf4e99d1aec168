from __future__ import annotations

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.vtt import TimesUnreadError


def cue(start, end, text, head=""):
    return f"{head}{start} --> {end}\n{text}\n\n"


@pytest.fixture
def captions(text_file):
    return lambda *cues, head="WEBVTT\n\n": text_file(head + "".join(cues), "talk.vtt")


@pytest.fixture
def turns(captions):
    def made(*cues, **options):
        transcript = segment(read(captions(*cues)), **options)
        return [
            (turn.speaker, transcript.text[turn.start : turn.end], turn.start_ms, turn.end_ms)
            for turn in transcript.turns
        ]

    return made


def test_hours_may_be_left_out_and_settings_follow_the_times(turns):
    cues = cue("00:04.200", "00:09.160 align:start position:0%", "<v A>one</v>") + cue(
        "1:00:00.000", "100:00:01.5", "<v B>two</v>"
    )
    assert turns(cues) == [("A", "one", 4200, 9160), ("B", "two", 3_600_000, 360_001_500)]


def test_several_voices_in_a_cue_share_its_times(turns):
    made = turns(cue("00:01.000", "00:02.000", "<v.loud Ann Lee>Yes &amp; no.</v><v Bo>Good.</v>"))
    assert made == [("Ann Lee", "Yes & no.", 1000, 2000), ("Bo", "Good.", 1000, 2000)]


def test_a_voice_tag_that_is_never_closed_holds_to_the_end(turns):
    assert turns(cue("00:01.000", "00:02.000", "<v S01>one\ntwo"))[0][:2] == ("S01", "one two")


def test_markup_goes_and_what_only_looks_like_it_stays(turns):
    text = (
        "<v A><c.yellow>a</c> <i>b</i> <00:01.500>c 1 < 2 > 0, I <3 it <laughs> &lt;b&gt; AT&T &nosuch; &nbsp;&#8217;"
    )
    assert turns(cue("00:01.000", "00:02.000", text))[0][1] == "a b c 1 < 2 > 0, I <3 it <laughs> <b> AT&T &nosuch;  ’"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_any_line_end_will_do(text_file, end):
    path = text_file(
        ("WEBVTT\n\n" + cue("00:01.000", "00:02.000", "<v A>a</v>", "7\n") * 2).replace("\n", end), "x.vtt"
    )
    assert len(read(path).blocks) == 2


def test_notes_header_and_title_are_metadata_and_style_is_left_out(captions):
    head = "WEBVTT visit_03\nKind: captions\n\nNOTE\nmade by hand\n\nSTYLE\n::cue {}\n\nNOTE again\n\n"
    reading = read(captions(cue("00:01.000", "00:02.000", "<v A>NOTE this</v>"), head=head))
    assert reading.metadata == {"title": "visit_03", "Kind": "captions", "note": "made by hand again"}
    assert segment(reading).text == "NOTE this"
    assert ("style and region blocks left out", 1) in reading.rules


def test_cue_numbers_and_names_are_not_talk(turns):
    cues = (
        cue("00:01.000", "00:01.500", "<v A>a</v>", "1\n")
        + "2\n\n"
        + cue("00:01.600", "00:02.000", "<v B>b</v>", "guid/1-0\n")
    )
    assert [made[1] for made in turns(cues)] == ["a", "b"]


def test_cues_without_blank_lines_between_them_are_told_apart(turns):
    cues = "1\n00:01.000 --> 00:02.000\n<v A>a</v>\n2\n00:03.000 --> 00:04.000\n<v B>b</v>\n"
    assert turns(cues) == [("A", "a", 1000, 2000), ("B", "b", 3000, 4000)]


def test_a_blank_line_inside_a_cue_loses_nothing(captions):
    reading = read(captions("00:01.000 --> 00:02.000\n<v A>a\n\nstill a\n"))
    assert segment(reading).text == "a still a"
    assert "1 line without a time added to the caption before." in reading.warnings


@pytest.mark.parametrize("timing", ["00:01.000 --> soon", "--> 00:02.000", "1.0 --> 2.0", "00:00:01.000 -->"])
def test_times_that_cannot_be_read_stop_the_import_with_the_line(captions, timing):
    with pytest.raises(TimesUnreadError) as caught:
        read(captions(cue("00:01.000", "00:02.000", "a"), f"{timing}\nsecret talk\n"))
    assert "line 6 of talk.vtt" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_an_end_before_its_beginning_is_left_out_with_a_warning(captions):
    reading = read(captions(cue("00:05.000", "00:02.000", "<v A>a</v>")))
    assert (reading.blocks[0].start_ms, reading.blocks[0].end_ms) == (5000, None)
    assert any("end time" in warning for warning in reading.warnings)


SAME = (
    cue("00:01.000", "00:02.000", "<v A>one</v>"),
    cue("00:04.000", "00:05.000", "<v A>two</v>"),
    cue("00:07.001", "00:08.000", "<v A>three</v>"),
    cue("00:08.000", "00:09.000", "<v B>four</v>"),
)


@pytest.mark.parametrize(
    ("join_cues", "wanted"),
    [
        ("off", ["one", "two", "three", "four"]),
        ("near", ["one two", "three", "four"]),
        ("always", ["one two three", "four"]),
    ],
)
def test_neighbouring_cues_of_a_speaker_join_as_asked(turns, join_cues, wanted):
    made = turns(*SAME, join_cues=join_cues)
    assert [text for _, text, _, _ in made] == wanted


def test_a_joined_turn_begins_with_its_first_cue_and_ends_with_its_last(turns):
    assert turns(*SAME)[0] == ("A", "one two", 1000, 5000)


def test_each_cue_stays_an_anchor_to_the_sound(captions):
    transcript = segment(read(captions(*SAME)))
    assert [(transcript.text[at : at + 3], time_ms) for at, time_ms in transcript.anchors] == [
        ("one", 1000),
        ("two", 4000),
        ("thr", 7001),
        ("fou", 8000),
    ]


def test_labels_merged_under_one_name_join_across_cues(captions):
    from dataclasses import replace

    reading = read(
        captions(cue("00:01.000", "00:02.000", "<v A>one</v>"), cue("00:02.000", "00:03.000", "<v B>two</v>"))
    )
    rows = [replace(row, name="Ann") for row in reading.labels]
    assert [turn.speaker for turn in segment(reading, rows).turns] == ["Ann"]


def test_captions_without_speakers_join_until_a_sentence_ends(turns):
    cues = [
        cue(f"00:0{n}.000", f"00:0{n + 1}.000", text) for n, text in enumerate(["so we", "went. ", "And", "back."], 1)
    ]
    assert [made[:2] for made in turns(*cues)] == [(None, "so we went."), (None, "And back.")]


def test_a_name_before_a_colon_speaks_until_the_next_name(turns):
    cues = (
        cue("00:01.000", "00:02.000", "Morgan Lee: Hello."),
        cue("00:02.000", "00:03.000", "and welcome"),
        cue("00:06.000", "00:07.000", "Once more."),
        cue("00:07.000", "00:08.000", "Ines: First question: why?"),
        cue("00:08.000", "00:09.000", "Morgan Lee: Hm."),
        cue("00:09.000", "00:10.000", "Note: nobody of that name."),
    )
    assert [made[:2] for made in turns(*cues)] == [
        ("Morgan Lee", "Hello. and welcome"),
        ("Morgan Lee", "Once more."),
        ("Ines", "First question: why?"),
        ("Morgan Lee", "Hm. Note: nobody of that name."),
    ]


def test_two_labelled_lines_in_a_cue_are_two_turns(turns):
    text = "ANNA: Yes\nBO: No"
    made = turns(cue("00:01.000", "00:02.000", text), cue("00:03.000", "00:04.000", text))
    assert [turn[:2] for turn in made] == [("ANNA", "Yes"), ("BO", "No")] * 2


def test_an_event_between_captions_with_names_is_nobodys(turns):
    cues = (
        cue("00:01.000", "00:02.000", "Ana: Sí."),
        cue("00:02.000", "00:03.000", "(silencio)"),
        cue("00:03.000", "00:04.000", "y ya"),
        cue("00:04.000", "00:05.000", "Bea: No."),
        cue("00:05.000", "00:06.000", "Ana: Sí."),
    )
    assert [made[:2] for made in turns(*cues)] == [
        ("Ana", "Sí."),
        (None, "(silencio)"),
        ("Ana", "y ya"),
        ("Bea", "No."),
        ("Ana", "Sí."),
    ]


def test_an_event_without_a_voice_is_an_event_of_no_speaker(captions):
    transcript = segment(
        read(captions(cue("00:01.000", "00:02.000", "(3 seconds pause)"), cue("00:02.000", "00:03.000", "<v A>a</v>")))
    )
    assert [(turn.speaker, turn.role) for turn in transcript.turns] == [(None, "event"), ("A", "participant")]
