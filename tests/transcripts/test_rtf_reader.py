"""RTF as it looks: letters of every code page, tables, styles; what is hidden or deleted stays out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.transcripts import gate, read, segment
from qcode.transcripts.reading import NoTextError
from qcode.transcripts.rtf import MARK_LIMIT
from qcode.transcripts.rtf_walk import DEPTH_LIMIT

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial CYR;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\*\cs10 Default;}}{\info{\author Wilma}}"
)


@pytest.fixture
def rtf_file(text_file):
    """Write an RTF file from what stands behind its header and give its path."""
    return lambda body, name="talk.rtf": text_file(HEAD + body + "}", name)


def test_letters_come_from_the_code_page_of_their_font(rtf_file, turns_of):
    path = rtf_file(
        r"I: caf\'e9 \f1\'cf\'f0\'e8\f0 \'80\par P: \u-10179\'3f\u-8704\'3f \'93so\'94\par I: a\par P: b\par"
    )
    assert turns_of(path)[:2] == [("I", "café При€"), ("P", "😀 “so”")]


def test_what_stands_in_for_a_character_by_number_is_passed_over(rtf_file, turns_of):
    path = rtf_file(r"I: \uc2\u233\'c3\'a9t\u233??e {\uc0\u8217 s}\par P: yes\par I: a\par P: b\par")
    assert turns_of(path)[0] == ("I", "étée ’s")


def test_letters_written_as_they_are_are_utf8_where_they_can_be(text_file, turns_of):
    body = r"{\rtf1\ansi I: café \u8217?s\par P: ok\par I: a\par P: b}"
    assert turns_of(text_file(body, "a.rtf"))[0] == ("I", "café ’s")


def test_what_is_no_talk_stays_out_and_is_told(rtf_file):
    body = (
        r"I: Who {\deleted Wilma }came{\v  Wilma}?{\*\annotation Wilma}\par P: He{\footnote Wilma} did.\par"
        r"{\header Wilma}{\*\unknown Wilma}{\pict 00ff}I: {\field{\*\fldinst LINK Wilma}{\fldrslt So}}.\par P: b\par"
    )
    reading = read(rtf_file(body))
    assert "Wilma" not in repr(reading)
    assert [block.text for block in reading.blocks] == ["I: Who came?", "P: He did.", "I: So.", "P: b"]
    assert reading.warnings == (
        "1 tracked deletion left out; tracked insertions are in.",
        "1 comment left out; comments may hold real names.",
        "1 footnote or endnote left out.",
        "1 stretch of hidden text left out; it may hold real names.",
        "1 embedded object or picture left out.",
    )


def test_hidden_text_ends_where_it_is_switched_off(rtf_file):
    assert read(rtf_file(r"One \v two \v0 three {\v four} five\plain  six")).blocks[0].text == "One three  five six"


def test_headings_come_from_styles_and_levels(rtf_file):
    plain = r"\pard"  # codespell:ignore pard
    blocks = read(rtf_file(rf"{plain}\s1 Visit\par{plain}\outlinelevel1 Part\par{plain} Text\par")).blocks
    assert [block.style for block in blocks] == ["Heading 1", "Heading 2", None]


def test_tables_are_rows_of_talk(rtf_file, turns_of):
    row = r"\trowd\cellx100\cellx200\pard\intbl {}\cell {}\cell\row"  # codespell:ignore pard
    rows = [("Speaker", "Text"), ("I", "Who?"), ("P", r"Me.\par And him."), ("I", "Well.")]
    body = "".join(row.replace("{}", who, 1).replace("{}", said, 1) for who, said in rows)
    assert turns_of(rtf_file(body + r"\par")) == [("I", "Who?"), ("P", "Me.\nAnd him."), ("I", "Well.")]


def test_a_mac_ends_paragraphs_with_a_backslash(text_file, turns_of):
    body = "{\\rtf1\\mac\\cocoartf2\n\\f0\\b I:\\b0  caf\\'8e?\\\n"
    body += "\\b P1:\\b0  Yes.\\\nReally.\\\n\\b I:\\b0  Ok.\\\n\\b P1:\\b0  Bye.}"
    assert turns_of(text_file(body, "a.rtf"))[:2] == [("I", "café?"), ("P1", "Yes.\nReally.")]


def test_bytes_behind_bin_are_skipped(rtf_file):
    assert read(rtf_file(r"So\bin5 ab}{c be it\par")).blocks[0].text == "So be it"


def test_a_file_that_was_cut_off_is_told(text_file):
    assert any("cut off" in warning for warning in read(text_file(r"{\rtf1 I: so\par P: at ho", "a.rtf")).warnings)


def test_an_rtf_that_is_called_doc_is_read_without_ado(rtf_file):
    assert read(rtf_file(r"So be it\par", "old.doc")).warnings == read(rtf_file(r"So be it\par")).warnings


@pytest.mark.parametrize("body", [r"\par\par", r"{\v all hidden}", r"\bin99999999999 x"])
def test_an_rtf_without_text_is_refused(rtf_file, body):
    with pytest.raises(NoTextError):
        read(rtf_file(body))


def test_groups_beyond_the_depth_are_refused_and_those_within_are_read(text_file):
    deep = "{\\rtf1" + "{" * (DEPTH_LIMIT - 1) + "x" + "}" * DEPTH_LIMIT
    assert read(text_file(deep, "a.rtf")).blocks[0].text == "x"
    with pytest.raises(gate.UnsafeFileError, match="nested more than 200 deep"):
        read(text_file("{\\rtf1" + "{" * 100_000, "b.rtf"))


def test_more_marks_than_any_document_has_are_refused(text_file):
    with pytest.raises(gate.UnsafeFileError, match="groups and control words"):
        read(text_file("{\\rtf1" + "\\b" * (MARK_LIMIT + 1), "a.rtf"))


def _written(text):
    def one(sign):
        if sign in "\\{}":
            return "\\" + sign
        code = ord(sign)
        if code < 128:
            return sign
        units = [code] if code < 0x10000 else [0xD7C0 + (code >> 10), 0xDC00 + (code & 0x3FF)]
        return "".join(f"\\u{unit - 0x10000 if unit > 0x7FFF else unit}?" for unit in units)

    return "".join(map(one, text))


@given(st.text("ab {}\\éПр中😀’", min_size=1, max_size=40).filter(str.strip))
def test_every_character_comes_back(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("rtf") / "a.rtf"
    path.write_text("{\\rtf1\\ansi " + _written(text) + "\\par}", encoding="ascii")
    transcript = segment(read(path))
    assert transcript.text == text.strip()
