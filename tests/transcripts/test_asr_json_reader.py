"""JSON of speech recognition, and what programs and people put into it."""

from __future__ import annotations

import json

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.asr_json import SegmentTimeError, UnknownJsonError
from qcode.transcripts.json_files import DamagedJsonError, NestedJsonError
from qcode.transcripts.reading import NoTextError


@pytest.fixture
def json_file(text_file):
    return lambda value, name="talk.json": text_file(value if isinstance(value, str) else json.dumps(value), name)


def said(reading):
    return [(block.voice, block.text, block.start_ms, block.end_ms) for block in reading.blocks]


def segments(*given, **more):
    return {"segments": list(given), **more}


def test_whisper_gives_segments_without_speakers(json_file):
    reading = read(
        json_file(segments({"id": 0, "start": 0.0, "end": 3.16, "text": " By boat."}, text="x", language="en"))
    )
    assert said(reading) == [(None, "By boat.", 0, 3160)]
    assert reading.metadata == {"language": "en"}
    assert str(reading.layout) == "JSON of speech recognition, 1 of 1 segments read"


def test_a_bare_list_of_segments_is_read_and_numbers_become_speakers(json_file):
    given = [
        {"start": 1, "end": "2.5", "text": "Yes.", "speaker": 0},
        {"start": 3, "end": 4, "text": "No.", "speaker": 1},
    ]
    assert said(read(json_file(given, "x.txt"))) == [
        ("Speaker 0", "Yes.", 1000, 2500),
        ("Speaker 1", "No.", 3000, 4000),
    ]


def test_segments_one_level_down_are_found(json_file):
    assert said(read(json_file({"result": segments({"start": 1, "end": 2, "text": "Yes."})}))) == [
        (None, "Yes.", 1000, 2000)
    ]


@pytest.mark.parametrize("time", ["NaN", "Infinity", "-3", "1e999", "9" * 5000, "null", "1e12"])
def test_a_time_that_cannot_be_one_is_left_out_and_that_is_said(json_file, time):
    reading = read(json_file(f'{{"segments": [{{"start": {time}, "end": {time}, "text": "By boat."}}]}}'))
    assert said(reading) == [(None, "By boat.", None, None)]
    assert "1 segment without a time that can be one; the talk is kept without it." in reading.warnings


def test_missing_times_are_taken_from_the_words(json_file):
    words = [{"word": "By"}, {"word": "boat", "start": 2.5, "end": 2.9}, {"word": "then", "start": None, "end": 3.5}]
    assert said(read(json_file(segments({"text": "By boat then", "words": words})))) == [
        (None, "By boat then", 2500, 3500)
    ]


def test_an_end_before_the_start_is_left_out(json_file):
    assert said(read(json_file(segments({"start": 5, "end": 2, "text": "a"})))) == [(None, "a", 5000, None)]


@pytest.mark.parametrize("time", ["soon", [1], {"at": 1}, True])
def test_a_time_that_is_no_number_stops_the_import_with_the_segment(json_file, time):
    path = json_file(segments({"start": 1, "end": 2, "text": "a"}, {"start": time, "end": 3, "text": "secret"}))
    with pytest.raises(SegmentTimeError) as caught:
        read(path)
    assert "segment 2 in talk.json" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "odd", [None, 3, "text", [], {}, {"text": None}, {"text": "  "}, {"words": 5}, {"words": [None, 3, {"word": 7}]}]
)
def test_odd_segments_are_left_out_and_counted(json_file, odd):
    reading = read(json_file(segments(odd, {"start": 1, "end": 2, "text": "Yes.", "speaker": None, "words": 4})))
    assert said(reading) == [(None, "Yes.", 1000, 2000)]
    assert ("segments without text left out", 1) in reading.rules
    assert str(reading.layout).endswith("1 of 2 segments read")


@pytest.mark.parametrize(
    "value", [{}, [], {"a": 1}, {"segments": 3}, {"segments": [1, 2]}, {"segments": []}, [{"text": 3}], {"text": "x"}]
)
def test_json_without_talk_is_refused(json_file, value):
    with pytest.raises(UnknownJsonError, match="no list of segments"):
        read(json_file(value))


def test_segments_that_are_all_empty_are_no_text(json_file):
    with pytest.raises(NoTextError):
        read(json_file(segments({"start": 1, "end": 2, "text": " "})))


@pytest.mark.parametrize("cut", [1, 5, 20, 40])
def test_a_file_that_was_cut_off_is_refused(json_file, cut):
    whole = json.dumps(segments({"start": 1, "end": 2, "text": "secret words of talk"}))
    with pytest.raises(DamagedJsonError, match=r"talk\.json is damaged or was cut off"):
        read(json_file(whole[:-cut]))


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a":' * 100_000, '{"segments": [' + "0," * 2_100_000])
def test_json_that_is_nested_or_filled_beyond_measure_is_refused(json_file, content):
    with pytest.raises(NestedJsonError):
        read(json_file(content))


def test_brackets_in_talk_are_no_nesting(json_file):
    text = "[" * 300 + ' so \\" she {said} ' + "," * 300
    assert read(json_file(segments({"start": 1, "end": 2, "text": text}))).blocks[0].text == text


def test_half_characters_and_controls_never_reach_a_study(json_file):
    reading = read(
        json_file(
            '{"segments": [{"start": 1, "end": 2, "text": "a\\ud800b\\u0000c\\ud83d\\ude00", "speaker": "P\\udfff"}]}'
        )
    )
    assert said(reading) == [("P\ufffd", "a\ufffdbc😀", 1000, 2000)]


def test_amberscript_names_speakers_and_the_recording_without_its_folders(json_file):
    speakers = [{"spkid": "s1", "name": "Ana"}, {"spkid": "s2", "name": ""}, {"spkid": "s3"}, 7]
    given = [
        {"speaker": who, "words": [{"text": "Oh", "start": n, "end": n + 0.5}, {"text": "."}]}
        for n, who in enumerate(("s1", "s2", "s3", "s4"))
    ]
    reading = read(json_file(segments(*given, speakers=speakers, filename="D:/sound/ana/x 1.mp3")))
    assert [block.voice for block in reading.blocks] == ["Ana", "s2", "s3", "s4"]
    assert {block.text for block in reading.blocks} == {"Oh."}
    assert reading.metadata == {"media": "x 1.mp3"}
    assert reading.layout.name == "Amberscript JSON"


def test_segments_out_of_order_stay_and_that_is_said(json_file):
    reading = read(json_file(segments({"start": 9, "end": 10, "text": "a"}, {"start": 1, "end": 2, "text": "b"})))
    assert [block.text for block in reading.blocks] == ["a", "b"]
    assert any("1 segment begins before the one above" in warning for warning in reading.warnings)


def test_neighbouring_segments_of_a_speaker_join_as_captions_do(json_file):
    given = [{"start": n, "end": n + 1, "text": f"t{n}", "speaker": "S1"} for n in (0, 1, 9)]
    path = json_file(segments(*given))
    assert segment(read(path)).text == "t0 t1\nt9"
    assert segment(read(path), join_cues="off").text == "t0\nt1\nt9"


def test_a_byte_order_mark_before_json_is_no_harm(text_file):
    path = text_file(json.dumps(segments({"start": 1, "end": 2, "text": "Sí."})), "talk.json", "utf-8-sig")
    assert said(read(path)) == [(None, "Sí.", 1000, 2000)]


def test_talk_in_brackets_is_not_taken_for_json(text_file):
    path = text_file("[P1]: Yes?\n[P2]: No.\n[P1]: Oh.\n[P2]: [laughs]\n")
    assert read(path).reader.startswith("plain")
