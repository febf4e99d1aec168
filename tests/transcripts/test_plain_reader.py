from __future__ import annotations

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.decoding import UnknownEncodingError, WrongEncodingError

TALK = (
    "Interviewer: How did the move go?\nParticipant: Fine, apart from the café – “closed for good,” it said.\n\n"
    "We had to eat crisps.\nInterviewer: And the house?\nParticipant: It’s smaller. £40 cheaper, mind.\n"
)
SPANISH = (
    "Entrevistadora: ¿Cómo llegó aquí?\nParticipante: Pues mañana, señora, llegué en camión.\nEntrevistadora: ¿Sí?\n"
)


@pytest.mark.parametrize(
    ("encoding", "end", "name", "guessed"),
    [
        ("utf-8", "\n", "utf-8", False),
        ("utf-8-sig", "\r\n", "utf-8-sig", False),
        ("utf-16", "\r\n", "utf-16", False),
        ("utf-32", "\n", "utf-32", False),
        ("cp1252", "\r\n", "windows-1252", True),
        ("mac-roman", "\r", "macroman", True),
    ],
)
@pytest.mark.parametrize("talk", [TALK, SPANISH])
def test_every_encoding_and_line_end_gives_the_same_turns(text_file, turns_of, talk, encoding, end, name, guessed):
    wanted = turns_of(text_file(talk))
    path = text_file(talk.replace("\n", end).encode(encoding), "other.txt")
    assert turns_of(path) == wanted
    reading = read(path)
    assert reading.encoding == name
    assert any("was guessed" in warning for warning in reading.warnings) is guessed


def test_utf_16_of_either_order_is_read_by_its_mark(text_file, turns_of):
    wanted = turns_of(text_file(TALK))
    for encoding in ("utf-16-le", "utf-16-be"):
        assert turns_of(text_file(("\ufeff" + TALK).encode(encoding))) == wanted


@pytest.mark.parametrize("talk", ["I: And?\nP: It’s fine.\n", "I: So\nP: “No,” – and left…\n", "P: £40, 20 °C\n"])
def test_a_few_typographic_characters_are_enough_to_know_windows(text_file, talk):
    reading = read(text_file(talk.encode("cp1252")))
    assert reading.encoding == "windows-1252"
    assert "\n".join(block.text for block in reading.blocks) == talk.strip()


def test_czech_of_windows_is_not_taken_for_western(text_file):
    talk = "Tazatel: Jak to bylo?\nÚčastník: Příliš žluťoučký kůň úpěl ďábelské ódy, a on řekl, že nevím.\n"
    assert read(text_file(talk.encode("cp1250"))).encoding == "windows-1250"


def test_the_user_may_choose_the_encoding(text_file):
    path = text_file("I: Wie?\nP: Für 40 €.\nI: So?\nP: Ja.\n".encode("cp1252"))
    reading = read(path, encoding="windows-1252")
    assert (reading.encoding, reading.options) == ("cp1252", {"encoding": "windows-1252"})
    assert "€" in segment(reading).text
    assert not any("guessed" in warning for warning in reading.warnings)


def test_utf_16_without_a_mark_is_read_when_the_user_says_so(text_file):
    path = text_file("I: Yes?\nP: No.\n".encode("utf-16-le"))
    assert segment(read(path, encoding="utf-16-le")).text == "Yes?\nNo."


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", "a\0b"])
def test_an_encoding_that_is_none_is_refused(text_file, encoding):
    with pytest.raises((UnknownEncodingError, WrongEncodingError)):
        read(text_file(TALK), encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "undefined"])
def test_a_wrong_encoding_is_refused(text_file, encoding):
    with pytest.raises(WrongEncodingError) as caught:
        read(text_file(TALK.encode("cp1252")), encoding=encoding)
    assert "talk.txt" in str(caught.value)


@pytest.mark.parametrize("talk", [TALK, SPANISH, "I: Yes?\nP: No.\n", "И: Как?\nП: Так, как было.\n"])
@pytest.mark.parametrize("odd", ["", "\n"])
def test_utf_16_is_refused_for_a_file_in_utf_8(text_file, talk, odd):
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        with pytest.raises(WrongEncodingError):
            read(text_file(talk + odd), encoding=encoding)


@pytest.mark.parametrize("talk", [TALK, SPANISH])
def test_utf_16_in_the_wrong_order_of_bytes_is_refused(text_file, talk):
    with pytest.raises(WrongEncodingError):
        read(text_file(talk.encode("utf-16-le")), encoding="utf-16-be")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gb18030", "utf-8"])
def test_chinese_without_a_blank_is_read_as_asked(text_file, encoding):
    talk = "访谈者：一路上怎么样？王：很难，我们等了很久，没有人来。"
    assert segment(read(text_file(talk.encode(encoding)), encoding=encoding)).text.endswith("没有人来。")


def test_lone_surrogates_from_a_codec_are_refused(text_file):
    with pytest.raises(WrongEncodingError):
        read(text_file(b"P: \\ud800"), encoding="unicode_escape")


def test_lines_are_paragraphs_and_keep_their_numbers(text_file):
    blocks = read(text_file("I: a\n\n  P: b\u2028c\n")).blocks
    assert [(block.line_no, block.text) for block in blocks] == [(1, "I: a"), (3, "  P: b"), (4, "c")]


def wrapped(text, width):
    import textwrap

    return "\n".join(textwrap.fill(paragraph, width) for paragraph in text.split("\n"))


LONG = (
    "Int: Could you say more about the first week after the closure, and about who was there with you on that day?\n"
    "P1: We met at the hall. There were maybe thirty of us, and nobody had a plan, so we sat down on the stage and we "
    "waited until somebody came with a key and with a list of names that nobody could read without glasses.\n"
    "Int: Who spoke first, and what did the others make of that, if you can remember it after all of these years?\n"
    "P1: The baker did. He always had time for people, and he had brought rolls, which helped more than anything said."
)


def test_lines_that_an_editor_broke_at_a_width_are_joined(text_file, turns_of):
    path = text_file(wrapped(LONG, 60))
    assert turns_of(path) == turns_of(text_file(LONG, "whole.txt"))
    assert any("broken at" in warning for warning in read(path).warnings)


def test_lines_that_nobody_broke_stay_apart(text_file, turns_of):
    text = "P: one line here that is rather long\n" + "\n".join(f"and line number {n} goes on" for n in range(20))
    assert turns_of(text_file(text + "\nP: x")) == [("P", text[3:]), ("P", "x")]


def test_field_notes_with_a_form_above_them_have_no_speaker(text_file):
    notes = "Field notes\nDate: 14 March\nObserver: M.\n\nShe stood.\n\nReflections: an order.\n"
    reading = read(text_file(notes))
    assert not any(row.accepted for row in reading.labels)
    assert segment(reading).text == notes.replace("\n\n", "\n").strip()


def test_a_text_without_speakers_is_one_narrator_with_a_turn_for_each_paragraph(text_file):
    reading = read(text_file("We began early.\n\nThe hall was cold.\n[door slams]\nThen it rained: hard.\n"))
    transcript = segment(reading)
    assert transcript.text == "We began early.\nThe hall was cold.\n[door slams]\nThen it rained: hard."
    assert [(turn.speaker, turn.role) for turn in transcript.turns] == [
        (None, "participant"),
        (None, "participant"),
        (None, "event"),
        (None, "participant"),
    ]
    assert any(warning.startswith("No speakers were found") for warning in transcript.warnings)


def test_the_hash_is_of_the_bytes_and_the_name_is_without_folders(text_file):
    import hashlib

    path = text_file(TALK)
    reading = read(path)
    assert reading.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert reading.file_name == "talk.txt"
