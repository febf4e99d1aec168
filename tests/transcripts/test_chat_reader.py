from __future__ import annotations

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.captions import TimesUnreadError
from qcode.transcripts.chat import ChatCodesError
from qcode.transcripts.chat_codes import plain_words
from qcode.transcripts.reading import NoTextError

HEAD = "@UTF8\n@Begin\n@Participants:\tINV Investigator, CHI Ross Target_Child, FAT Father\n"


def bullet(start, end):
    return f"\x15{start}_{end}\x15"


@pytest.fixture
def cha(text_file):
    return lambda *lines, name="talk.cha", head=HEAD: text_file(head + "\n".join([*lines, "@End"]) + "\n", name)


def said(reading):
    return [(block.voice, block.text, block.start_ms, block.end_ms) for block in reading.blocks]


def test_short_lines_full_of_bullets_are_text(cha):
    reading = read(cha(*(f"*CHI:\tno . {bullet(n, n + 1)}" for n in range(50))))
    assert len(reading.blocks) == 50
    assert said(reading)[7] == ("CHI", "no .", 7, 8)


def test_continuations_join_with_a_space_and_dependent_lines_are_left_out(cha):
    reading = read(
        cha(
            "*CHI:\tand then",
            "\twe fell",
            f"\tdown . {bullet(10, 20)}",
            "%gra:\t1|2|CRD",
            "\t2|0|ROOT",
            "%com:\tloud",
        )
    )
    assert said(reading) == [("CHI", "and then we fell down .", 10, 20)]
    assert ("dependent lines (%) left out", 2) in reading.rules


def test_several_bullets_in_a_line_are_anchors_within_a_turn(cha):
    path = cha(f"*CHI:\tone {bullet(100, 200)} two {bullet(200, 300)} three .", f"*FAT:\tyes . {bullet(400, 500)}")
    transcript = segment(read(path))
    assert transcript.text == "one two three .\nyes ."
    assert (transcript.turns[0].start_ms, transcript.turns[0].end_ms) == (100, 300)
    assert [(transcript.text[at:][:3], ms) for at, ms in transcript.anchors][:2] == [("one", 100), ("two", 200)]


def test_parts_come_from_the_participants_line(cha):
    transcript = segment(read(cha("*INV:\twhere ?", "*CHI:\tthere .", "*FAT:\thm .")))
    assert [(turn.speaker, turn.role) for turn in transcript.turns] == [
        ("INV", "interviewer"),
        ("CHI", "participant"),
        ("FAT", "participant"),
    ]


@pytest.mark.parametrize("old", ['%snd:"ross 7.wav"_100_200', '%mov:"a_1_2.mov"_100_200', "100_200-"])
def test_bullets_of_older_files_give_times_without_the_recording(cha, old):
    reading = read(cha(f"*CHI:\tyes . \x15{old}\x15"))
    assert said(reading) == [("CHI", "yes .", 100, 200)]
    assert "wav" not in repr(reading.blocks)


def test_pictures_are_no_times_and_bullets_shown_as_dots_are(cha):
    reading = read(cha('*CHI:\tyes \x15%pic:"a.jpg"\x15 sir . •100_200•', "*FAT:\t• a • b"))
    assert said(reading) == [("CHI", "yes sir .", 100, 200), ("FAT", "• a • b", None, None)]


@pytest.mark.parametrize("inside", ["x", "-5_10", "10", "9" * 14 + "_1"])
def test_a_bullet_that_is_none_stops_the_import_with_its_line(cha, inside):
    with pytest.raises(TimesUnreadError) as caught:
        read(cha("*CHI:\tyes .", f"*FAT:\tsecret . \x15{inside}\x15"))
    assert "line 5 of talk.cha" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_headers_are_metadata_and_an_age_over_89_is_spoken_of(cha):
    ids = ("@ID:\teng|demo|CHI|91;03.|male|||Target_Child|||", "@ID:\teng|demo|FAT|62;|male|||Father|||")
    reading = read(cha(*ids, "@Media:\tross7, audio", "@Comment:\tone", "@Comment:\ttwo", "*CHI:\tyes ."))
    assert reading.metadata == {
        "Participants": "INV Investigator, CHI Ross Target_Child, FAT Father",
        "ID CHI": "eng|demo|CHI|91;03.|male|||Target_Child|||",
        "ID FAT": "eng|demo|FAT|62;|male|||Father|||",
        "media": "ross7, audio",
        "Comment": "one; two",
    }
    assert any("an age over 89" in warning for warning in reading.warnings)


def test_an_age_of_89_is_not_spoken_of(cha):
    reading = read(cha("@ID:\teng|demo|CHI|89;11.|male|||Target_Child|||", "*CHI:\tyes ."))
    assert not any("age" in warning for warning in reading.warnings)


def test_lines_that_chat_does_not_allow_are_listed_for_the_preview(cha):
    reading = read(cha("*CHI:\tyes .", "and more", "*FAT no colon"))
    assert [(line.line_no, line.text) for line in reading.unmatched] == [(5, "and more"), (6, "*FAT no colon")]
    assert "2 lines that CHAT does not allow left out." in reading.warnings
    assert str(reading.layout) == "CHAT transcript, 1 of 3 main lines read"


def test_a_file_without_its_end_may_be_cut_off(text_file):
    reading = read(text_file(HEAD + "*CHI:\tyes .\n", "talk.cha"))
    assert "The file has no @End: it may have been cut off." in reading.warnings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_chat_is_told_by_its_content(text_file, encoding):
    content = (HEAD + f"*CHI:\tsí . {bullet(1, 2)}\n@End\n").replace("\n", "\r\n")
    reading = read(text_file(content, "talk.txt", encoding))
    assert reading.reader == "chat 1"
    assert said(reading) == [("CHI", "sí .", 1, 2)]


def test_a_file_of_headers_is_refused(cha):
    with pytest.raises(NoTextError):
        read(cha("@Comment:\tnothing"))


def test_codes_are_kept_unless_somebody_asks(cha):
    path = cha("*CHI:\t&-um <he is> [//] he's up (.) &=laughs .", f"*FAT:\t+< [% x] {bullet(1, 2)}")
    assert said(read(path))[0][1] == "&-um <he is> [//] he's up (.) &=laughs ."
    assert [block.text for block in read(path, options={"codes": "strip"}).blocks] == ["um he is he's up (.) [laughs]."]
    with pytest.raises(ChatCodesError, match="keep or strip"):
        read(path, options={"codes": "away"})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("&-um a boy (.) <he is> [//] he's on a stool .", "um a boy (.) he is he's on a stool."),
        ("+< well (be)cause I'm gonna [: going to] &=laughs:loud +...", "well because I'm gonna [laughs loud]…"),
        ("xxx [=! whispers] &+fr friend@s:spa 0is wor:d [* m:+ed] +//.", "xxx [whispers] fr friend wor:d."),
        ('+" ice_cream , (a)n(d) (1.5) yes +..?', "ice cream, and (1.5) yes …?"),
        ("no [x 3] ‹so› ⌈there⌉ [>] [<1] !", "no so there!"),
        ("it was 3 + 4 = 7 & more .", "it was 3 + 4 = 7 & more."),
        ("\ue000 yes .", "yes."),
    ],
)
def test_codes_go_and_every_spoken_word_stays(line, words):
    assert plain_words(line) == words
