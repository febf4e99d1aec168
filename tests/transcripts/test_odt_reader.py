"""OpenDocument texts as they look: comments, notes, deletions and hidden text stay out; hostile ones are refused."""

from __future__ import annotations

import zipfile

import pytest

from qcode.transcripts import gate, read

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{short}="{OASIS}:{long}:1.0"'
    for short, long in {
        "office": "office",
        "text": "text",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "table": "table",
        "draw": "drawing",
    }.items()
)
STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P9" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
)
TEXT = "application/vnd.oasis.opendocument.text"


@pytest.fixture
def odt_file(tmp_path):
    """Write an OpenDocument text from the XML of its body and give its path."""

    def write(body, *, content=None, name="talk.odt", extra=()):
        path = tmp_path / name
        made = (
            f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("mimetype", TEXT)
            package.writestr("content.xml", content or made)
            for part, other in dict(extra).items():
                package.writestr(part, other)
        return path

    return write


def texts(path):
    return [block.text for block in read(path).blocks]


def test_what_is_no_talk_stays_out_and_is_told(odt_file):
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone Wilma</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>I: Who<office:annotation><text:p>Wilma</text:p></office:annotation> came"
        '<text:span text:style-name="H">'
        " Wilma</text:span>?<text:note><text:note-body><text:p>Wilma</text:p></text:note-body></text:note></text:p>"
        '<text:section text:display="none"><text:p>Wilma</text:p></text:section>'
        '<text:p>P: He did<text:change text:change-id="a"/>.</text:p>'
    )
    reading = read(odt_file(body))
    assert "Wilma" not in repr(reading)
    assert [block.text for block in reading.blocks] == ["I: Who came?", "P: He did."]
    assert reading.warnings == (
        "1 tracked change taken as accepted: insertions are in, deletions out.",
        "1 comment left out; comments may hold real names.",
        "1 footnote or endnote left out.",
        "2 stretches of hidden text left out; it may hold real names.",
    )


def test_blanks_are_as_many_as_are_spelt_out(odt_file):
    body = '<text:p>a<text:s text:c="3"/>b\n   c<text:tab/>d<text:line-break/>e<text:s/></text:p>'
    assert texts(odt_file(body)) == ["a   b c\td\ne "]


def test_headings_and_bold_beginnings_are_known(odt_file):
    body = (
        '<text:h text:outline-level="1">Visit</text:h><text:p text:style-name="P9">Part</text:p>'
        '<text:p><text:span text:style-name="B">P1:</text:span> Yes</text:p>'
    )
    blocks = read(odt_file(body)).blocks
    assert [(block.style, block.bold_prefix) for block in blocks] == [
        ("Heading 1", None),
        ("Heading 2", None),
        (None, "P1:"),
    ]


def test_lists_sections_and_boxes_are_looked_through(odt_file):
    body = (
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "<text:section><text:p>two<draw:frame><draw:text-box><text:p>three</text:p></draw:text-box></draw:frame></text:p>"
        "</text:section><text:table-of-content><text:p>Visit 1</text:p></text:table-of-content>"
    )
    assert texts(odt_file(body)) == ["one", "two", "three"]


def test_tables_are_rows_of_talk(odt_file, turns_of):
    rows = [("Time", "Speaker", "Text"), ("0:01", "I", "Who?"), ("0:05", "P", "Me."), ("0:09", "I", "Well.")]
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    assert turns_of(odt_file(f"<table:table>{cells}</table:table>")) == [("I", "Who?"), ("P", "Me."), ("I", "Well.")]


def test_a_password_is_named_as_what_it_is(odt_file):
    path = odt_file("<text:p>x</text:p>", extra={"META-INF/manifest.xml": "<m><encryption-data/></m>"})
    with pytest.raises(gate.EncryptedFileError):
        read(path)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', gate.UnsafeFileError),
        ("<a><b></a>", gate.DamagedFileError),
        ("<a/>", gate.DamagedFileError),
        ("<a>" * 5000 + "</a>" * 5000, gate.DamagedFileError),
    ],
)
def test_damaged_and_hostile_texts_are_refused(odt_file, content, kind):
    with pytest.raises(kind):
        read(odt_file("", content=content))


def test_blanks_without_number_or_end_cost_nothing(odt_file):
    assert len(texts(odt_file('<text:p>a<text:s text:c="99999999"/>b<text:s text:c="x"/>c</text:p>'))[0]) < 1_010
