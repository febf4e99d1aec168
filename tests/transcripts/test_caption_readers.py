"""SubRip and SubViewer, captions that roll, and what caption files get wrong."""

from __future__ import annotations

import time

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.captions import TimesUnreadError
from qcode.transcripts.gate import EmptyFileError
from qcode.transcripts.reading import NoTextError


def srt(*cues):
    return "\n".join(f"{number}\n{times}\n{text}\n" for number, (times, text) in enumerate(cues, 1))


def clock(ms, mark=","):
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{mark}{ms % 1000:03}"


def at(start, end):
    return f"{clock(start)} --> {clock(end)}"


@pytest.fixture
def turns(text_file):
    def made(content, name="talk.srt", **options):
        transcript = segment(read(text_file(content, name)), **options)
        return [
            (turn.speaker, transcript.text[turn.start : turn.end], turn.start_ms, turn.end_ms)
            for turn in transcript.turns
        ]

    return made


def test_subrip_with_labels_markup_and_position_codes(turns):
    content = srt((at(0, 900), "<i>ANA: So</i> it <font color=red>rained.</font>"), (at(2000, 2500), r"{\an8}BO: Hm."))
    content += srt((at(3000, 4000), "ANA: Yes."), (at(4100, 5000), "BO: No."))
    assert turns(content) == [
        ("ANA", "So it rained.", 0, 900),
        ("BO", "Hm.", 2000, 2500),
        ("ANA", "Yes.", 3000, 4000),
        ("BO", "No.", 4100, 5000),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["talk.srt", "talk.txt", "talk"])
def test_subrip_is_told_by_its_content(text_file, end, encoding, name):
    content = srt((at(0, 900), "¿Qué?"), (at(2000, 2500), "Café."), (at(5000, 6000), "Sí, señora, así pasó."))
    reading = read(text_file(content.replace("\n", end), name, encoding))
    assert reading.reader == "srt 1"
    assert str(reading.layout) == "SubRip captions, 3 of 3 captions read"
    assert [block.text for block in reading.blocks] == ["¿Qué?", "Café.", "Sí, señora, así pasó."]
    assert not any(warning.startswith("The name says") for warning in reading.warnings)


def test_captions_of_another_format_than_the_name_says_are_read_with_a_warning(text_file):
    reading = read(text_file(srt((at(0, 900), "Yes.")), "talk.vtt"))
    assert reading.warnings[0].startswith("The name says a WebVTT caption file (.vtt), but the file is an SRT")


@pytest.mark.parametrize(
    "times",
    [
        "-00:00:01,000 --> 00:00:02,000",
        "00:00:01,000 --> 99999999:00:00,000",
        "00:00:01,000 --> ",
        "00:00:01,0",
        "00:00:0a,000 --> 00:00:02,000",
    ],
)
def test_a_time_that_is_none_stops_the_import_with_its_line(text_file, times):
    path = text_file(srt((at(0, 900), "one"), (times + (" -->" if "-->" not in times else ""), "secret")), "talk.srt")
    with pytest.raises(TimesUnreadError) as caught:
        read(path)
    assert "line 6 of talk.srt" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_the_first_time_may_be_wrong_too(text_file):
    with pytest.raises(TimesUnreadError, match="line 2"):
        read(text_file(srt(("-00:00:01,000 --> 00:00:02,000", "a")), "talk.srt"))


def test_a_file_that_was_cut_off_in_a_cue_keeps_what_is_there(turns):
    assert turns(srt((at(0, 900), "one."), (at(1000, 2000), ""))) == [(None, "one.", 0, 900)]


@pytest.mark.parametrize("content", ["1\n00:00:01,000 --> 00:00:02,000\n", "0:00:01.000,0:00:02.000\n\n"])
def test_captions_without_text_are_refused(text_file, content):
    with pytest.raises(NoTextError):
        read(text_file(content))


def test_an_empty_file_is_refused(text_file):
    with pytest.raises(EmptyFileError):
        read(text_file("", "talk.srt"))


def test_captions_that_go_back_stay_in_the_order_of_the_file_and_that_is_said(text_file):
    content = srt((at(9000, 9500), "P1: late"), (at(1000, 1500), "P1: early"), (at(1600, 2000), "P1: then"))
    reading = read(text_file(content, "talk.srt"))
    assert "1 caption begins before the one above; captions stay in the order of the file." in reading.warnings
    transcript = segment(reading, join_cues="always")
    assert [(turn.start_ms, turn.end_ms) for turn in transcript.turns] == [(9000, 9500), (1000, 2000)]


def test_overlapping_captions_of_one_speaker_end_with_the_later_end(turns):
    content = srt((at(0, 5000), "P1: long"), (at(1000, 2000), "P1: short"), (at(9000, 9100), "P1: far"))
    assert turns(content)[0] == ("P1", "long short", 0, 5000)


def test_thirty_thousand_captions_are_read_in_seconds(text_file):
    content = srt(*((at(n * 3000, n * 3000 + 2500), f"P{n % 2}: so it went on") for n in range(30_000)))
    path = text_file(content, "long.srt")
    began = time.perf_counter()
    reading = read(path)
    assert time.perf_counter() - began < 20
    assert len(reading.blocks) == 30_000
    assert {row.label: row.count for row in reading.labels} == {"P0": 15_000, "P1": 15_000}


ROLLING = (
    (at(0, 2000), "we had a boat"),
    (at(2000, 2010), "we had a boat"),
    (at(2010, 4000), "we had a boat\nand no net"),
    (at(4000, 4010), "and no net"),
    (at(4010, 6000), "and no net\nso we fished by hand"),
)


def test_captions_that_roll_without_tags_are_read_once(text_file, turns):
    assert turns(srt(*ROLLING)) == [(None, "we had a boat and no net so we fished by hand", 0, 6000)]
    reading = read(text_file(srt(*ROLLING), "talk.srt"))
    assert ("caption lines shown twice left out", 4) in reading.rules
    assert [block.start_ms for block in reading.blocks] == [0, 2010, 4010]


def test_people_may_repeat_themselves(turns):
    cues = [(at(n * 1000, n * 1000 + 900), text) for n, text in enumerate(("Yes.", "Yes.", "Oh.", "No.", "No.", "Hm."))]
    assert [made[1] for made in turns(srt(*cues), join_cues="off")] == ["Yes.", "Yes.", "Oh.", "No.", "No.", "Hm."]


@pytest.mark.parametrize("text", ["Yes.", "<v Ana>Yes.</v>"])
def test_somebody_who_says_one_thing_again_and_again_says_it_so_often(text_file, text):
    content = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{text}\n\n" for n in range(6))
    assert segment(read(text_file(content, "talk.vtt"))).text.split() == ["Yes."] * 6


def test_a_refrain_across_a_pause_is_said_twice(turns):
    cues = [(at(n * 5000, n * 5000 + 900), "And then?") for n in range(5)]
    assert len(turns(srt(*cues))) == 5


def test_subviewer_two_has_a_header_and_breaks_of_its_own(text_file, turns):
    content = (
        "[INFORMATION]\n[TITLE]Weirs\n[AUTHOR]A. Prado\n[END INFORMATION]\n[SUBTITLE]\n[COLF]&HFFFFFF\n"
        "00:00:01.12,00:00:04.50\nWho kept[br]the keys?\n\n00:00:05.00,00:00:06.00\nNobody.\n"
    )
    assert turns(content, "talk.sub") == [(None, "Who kept the keys?", 1120, 4500), (None, "Nobody.", 5000, 6000)]
    assert read(text_file(content)).metadata == {"title": "Weirs", "author": "A. Prado"}


def test_a_time_in_subviewer_that_is_none_stops_the_import(text_file):
    with pytest.raises(TimesUnreadError, match=r"line 4 of talk\.sbv"):
        read(text_file("0:00:01.000,0:00:02.000\nYes.\n\n0:00:03.000,0:0:4\nNo.\n", "talk.sbv"))


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for watching!",
        "Okay. Thanks for watching.",
        "Subtitles by the Amara.org community",
        "Transcribed by https://otter.ai",
        "[SPEAKER_00]: Thank you so much for watching.",
        "Sous-titres réalisés para la communauté d'Amara.org",
        "¡Suscríbete al canal!",
        "ご視聴ありがとうございました",
    ],
)
def test_what_machines_make_up_in_silence_is_flagged_and_stays(text_file, text):
    cues = [(at(0, 900), "[SPEAKER_00]: We had a boat."), (at(60_000, 63_000), text)]
    transcript = segment(read(text_file(srt(*cues), "talk.srt")))
    assert [turn.flags for turn in transcript.turns] == [frozenset(), {"asr_suspect"}]
    assert transcript.text.endswith(text.removeprefix("[SPEAKER_00]: "))


@pytest.mark.parametrize("text", ["Thank you.", "Thank you for watching the children.", "We had no subtitles by then."])
def test_what_people_say_is_not_suspected(text_file, text):
    transcript = segment(read(text_file(srt((at(0, 900), text)), "talk.srt")))
    assert transcript.turns[0].flags == frozenset()


def test_typed_transcripts_are_never_suspected(text_file):
    transcript = segment(read(text_file("I: Well.\nP: Thank you for watching.\nI: Hm.\nP: Yes.\n")))
    assert all(turn.flags == frozenset() for turn in transcript.turns)
