from __future__ import annotations

import pytest

from qcode.transcripts import read
from qcode.transcripts.captions import TimesUnreadError
from qcode.transcripts.reading import NoTextError


def said(reading):
    return [(block.text, block.start_ms, block.end_ms) for block in reading.blocks]


@pytest.mark.parametrize("name", ["talk.tsv", "talk.txt", "talk"])
def test_times_are_milliseconds_and_quotes_are_only_quotes(text_file, name):
    content = 'start\tend\ttext\n0\t3160\t"By boat, she said.\n3160\t5000\tAnd\tback."\n'
    reading = read(text_file(content, name))
    assert reading.reader == "whisper-tsv 1"
    assert said(reading) == [('"By boat, she said.', 0, 3160), ('And\tback."', 3160, 5000)]
    assert not any(warning.startswith("The name says") for warning in reading.warnings)


@pytest.mark.parametrize(
    "row", ["-5\t10\tsecret", "1.5\t3\tsecret", "a\tb\tsecret", "\t\tsecret", "9" * 30 + "\t1\tsecret"]
)
def test_a_time_that_is_none_stops_the_import_with_its_line(text_file, row):
    with pytest.raises(TimesUnreadError) as caught:
        read(text_file(f"start\tend\ttext\r\n0\t10\tone\r\n{row}\r\n", "talk.tsv"))
    assert "line 3 of talk.tsv" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_line_without_times_belongs_to_the_row_before(text_file):
    reading = read(text_file("start\tend\ttext\n0\t10\tone\nmore\n\n20\t15\ttwo\n", "talk.tsv"))
    assert said(reading) == [("one\nmore", 0, 10), ("two", 20, None)]
    assert "1 line without a time added to the row before." in reading.warnings


@pytest.mark.parametrize("content", ["start\tend\ttext\n", "start\tend\ttext", "start\tend\ttext\n0\t10\t\n"])
def test_a_table_without_talk_is_refused(text_file, content):
    with pytest.raises(NoTextError):
        read(text_file(content, "talk.tsv"))
