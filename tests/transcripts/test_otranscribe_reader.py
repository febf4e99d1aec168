from __future__ import annotations

import json

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.json_files import DamagedJsonError
from qcode.transcripts.otranscribe import UnknownOtrError
from qcode.transcripts.reading import NoTextError


def stamp(seconds, shown="00:02"):
    return f'<span class="timestamp" contenteditable="false" data-timestamp="{seconds}">{shown}</span>'


@pytest.fixture
def otr(text_file):
    def write(page, name="talk.otr", **more):
        whole = {"text": page, "media": "weld_01.mp3", "media-time": 12.5, **more}
        return text_file(json.dumps(whole), name)

    return write


@pytest.fixture
def turns(otr):
    def made(page):
        transcript = segment(read(otr(page)))
        return [(turn.speaker, transcript.text[turn.start : turn.end], turn.start_ms) for turn in transcript.turns]

    return made


def test_times_come_from_the_attribute_and_what_is_shown_is_no_talk(turns):
    page = (
        f"<p>{stamp(2.134)}I: When?</p><p>{stamp(7)}P: Then.<br />And later.</p><p><br></p><p>I: Oh.</p><p>P: Yes.</p>"
    )
    assert turns(page) == [
        ("I", "When?", 2134),
        ("P", "Then.\nAnd later.", 7000),
        ("I", "Oh.", None),
        ("P", "Yes.", None),
    ]


def test_a_time_inside_a_paragraph_is_an_anchor(otr):
    first = f"<p>{stamp(1)}I: So <i>you</i> {stamp(2.5)} went, and<br>{stamp(4)}came.</p>"
    page = f"{first}<p>{stamp(6)}P: Yes.</p><p>I: Oh.</p>"
    transcript = segment(read(otr(page)))
    first = transcript.text[: transcript.turns[0].end]
    assert first.split() == ["So", "you", "went,", "and", "came."]
    assert first.endswith("and\ncame.")
    anchors = {transcript.text[at : at + 2]: time_ms for at, time_ms in transcript.anchors}
    assert {"we": 2500, "ca": 4000, "Ye": 6000}.items() <= anchors.items()


def test_entities_old_paragraphs_and_words_in_bold(turns):
    page = "<div><b>Ana Lima</b>: A &amp; B&nbsp;&lt;c&gt;</div><div><b>Bo</b>: Hm.</div>" * 2
    assert turns(page)[:2] == [("Ana Lima", "A & B <c>", None), ("Bo", "Hm.", None)]


def test_scripts_and_styles_are_no_talk(turns):
    page = "<p>I: One.<script>alert(1)</script></p><style>p{}</style><p>P: Two.</p><p>I: A.</p><p>P: B.</p>"
    assert [text for _, text, _ in turns(page)] == ["One.", "Two.", "A.", "B."]


@pytest.mark.parametrize("seconds", ["NaN", "-4", "soon", "", "1e30"])
def test_a_time_that_cannot_be_one_is_left_out_and_that_is_said(otr, seconds):
    reading = read(otr(f"<p>{stamp(seconds)}I: When?</p>"))
    assert reading.blocks[0].start_ms is None
    assert reading.blocks[0].text == "I: When?"
    assert "1 time that cannot be one left out." in reading.warnings


def test_the_name_of_the_recording_is_metadata_and_stands_nowhere_else(otr):
    reading = read(otr("<p>I: When?</p>"))
    assert reading.metadata == {"media": "weld_01.mp3"}
    assert "weld" not in segment(reading).text


@pytest.mark.parametrize("page", ["", "<p></p>", "<p>" + stamp(1) + "</p>", "   "])
def test_a_page_without_words_is_refused(otr, page):
    with pytest.raises(NoTextError):
        read(otr(page))


def test_a_file_without_its_page_is_refused(otr):
    with pytest.raises(UnknownOtrError, match="looks like an oTranscribe file"):
        read(otr(None))


def test_a_file_that_was_cut_off_is_refused(text_file):
    with pytest.raises(DamagedJsonError):
        read(text_file('{"media": "a.mp3", "media-time": 3, "text": "<p>secret', "talk.otr"))


@pytest.mark.parametrize(
    "page", ["<p>I: a<b>b", "<p>I: a</b></i></p></div>b", "<p>I: a<span>b</span>", "<p>I: a<!-- b"]
)
def test_untidy_pages_are_read_to_the_end(otr, page):
    assert read(otr(page)).blocks[0].text.startswith("I: a")


def test_a_page_of_open_tags_ends_soon(otr):
    assert read(otr("<p>I: a</p>" + "<b><span>" * 50_000 + "b")).blocks[-1].text == "b"
