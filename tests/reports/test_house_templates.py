from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from report_material import REPORT

from qcode.files import FileMissingError, UnknownExtensionError
from qcode.reports import house_template
from qcode.reports.house_template import (
    NotATemplateError,
    TemplateDamagedError,
    TemplateLockedError,
    TemplatePageTooNarrowError,
    TemplateTooLargeError,
    read_template,
)
from qcode.reports.outputs import report_bytes
from qcode.reports.picture_metadata import without_metadata
from qcode.reports.table_values import TableReport

SOMEBODY = "Jane Roe"


def png(*, told=True):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\x10\x20\x30\x10\x20\x30" * 2))
    aside = chunk(b"tEXt", f"Author\0{SOMEBODY}".encode()) if told else b""
    return b"\x89PNG\r\n\x1a\n" + head + aside + body + chunk(b"IEND", b"")


def field(paragraph, instruction, result):
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{result}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))


def house():
    """A template as people make them: with looks, and with all that they did not mean to hand on."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Georgia"
    heading = document.styles["Heading 1"]
    heading.font.color.rgb = RGBColor(0x7A, 0x1F, 0x5C)
    heading._element.set(qn("w:styleId"), "berschrift1")
    heading._element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
    document.styles["Quote"].font.size = Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin, section.right_margin = Cm(3), Cm(3)
    header = section.header.paragraphs[0]
    header.text = "Institute of Quays"
    header.add_run().add_picture(io.BytesIO(png()))
    field(header, "AUTHOR", SOMEBODY)
    field(header, "FILENAME \\p", "C:\\Users\\jane\\paper.docx")
    field(header, "PAGE", "7")
    header._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:author="{SOMEBODY}"><w:r><w:t>, Harbour</w:t></w:r></w:ins>'))
    link = section.header.part.relate_to(
        "https://tracker.example/jane",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    header._p.append(parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>!</w:t></w:r></w:hyperlink>'))
    for described in header._p.iter(qn("wp:docPr")):
        described.set("descr", "C:\\Users\\jane\\logo.png")
    said = document.add_paragraph(f"Written by {SOMEBODY}")
    document.add_comment(said.runs, text="soon", author=SOMEBODY, initials="JR")
    document.core_properties.author = document.core_properties.last_modified_by = SOMEBODY
    document.settings.element.append(parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="rId1"/>'))
    return saved(document)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(package, changes):
    """The package with other bytes for some of its parts, and further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, changes.pop(name, None) or source.read(name))
        for name, data in changes.items():
            target.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def template(tmp_path):
    def make(data, name="house.docx"):
        path = tmp_path / name
        path.write_bytes(data)
        return read_template(path)

    return make


def test_a_report_takes_styles_page_and_header_from_a_template(template):
    document = docx.Document(io.BytesIO(report_bytes(REPORT, ".docx", template=template(house()))))
    section = document.sections[0]
    assert (section.page_width, section.left_margin.twips) == (Cm(21.59), Cm(3).twips)
    header = section.header.paragraphs[0]
    assert header.text == "Institute of Quays7, Harbour!"
    assert [each.text.strip() for each in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert len(list(header._p.iter(qn("a:blip")))) == 1
    headings = [p for p in document.paragraphs if p.text == "Themes"]
    assert headings[0].style.name == "Heading 1"
    assert headings[0].style.font.color.rgb == RGBColor(0x7A, 0x1F, 0x5C)
    assert headings[0].style._element.find(f".//{qn('w:numPr')}") is None
    quotes = [p for p in document.paragraphs if p.style.name == "Quote"]
    assert quotes[0].style.font.size == Pt(13)
    turn = next(p for p in document.paragraphs if p.style.name == "Quote Turn")
    assert turn.style.base_style.name == "Quote"
    assert turn.style.font.name is None
    room = (section.page_width - section.left_margin - section.right_margin) // 635
    for table in document.tables:
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) <= room
    assert "Written by" not in "".join(p.text for p in document.paragraphs)
    assert section.footer.paragraphs[0].text.startswith("Cabin nine")


def test_nothing_that_a_template_says_about_people_and_machines_comes_along(template):
    data = report_bytes(REPORT, ".docx", template=template(house()))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        every = b"".join(map(package.read, names))
        assert package.read(next(name for name in names if name.endswith(".png"))) == png(told=False)
    assert not any(part in name for name in names for part in ("comments", "custom", "thumbnail", "app.xml"))
    for word in (SOMEBODY, "Jane", "jane", "Users", "rsid", "attachedTemplate", "tracker", "AUTHOR", "FILENAME"):
        assert word.encode() not in every, word


def test_every_style_and_relation_of_a_templated_report_is_there(template):
    data = report_bytes(REPORT, ".docx", template=template(house()))
    document = docx.Document(io.BytesIO(data))
    known = [style.style_id for style in document.styles]
    assert len(known) == len(set(known))
    used = document.element.body.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val")
    inherited = document.styles.element.xpath("//w:basedOn/@w:val | //w:next/@w:val | //w:link/@w:val")
    assert set(used) | set(inherited) <= set(known)
    names = [style.name.casefold() for style in document.styles]
    assert len(names) == len(set(names))
    for part in (document.part, document.sections[0].header.part):
        asked = part.element.xpath("//@r:id | //@r:embed | //@r:link")
        assert set(asked) <= set(part.rels)
    assert report_bytes(REPORT, ".docx", template=template(house())) == data


@pytest.mark.parametrize("inset", [None, Cm(2)])
def test_what_stands_under_a_quote_is_set_in_as_far_as_the_quotes_of_the_template(template, inset):
    document = docx.Document()
    document.styles["Quote"].paragraph_format.left_indent = inset
    made = docx.Document(io.BytesIO(report_bytes(REPORT, ".docx", template=template(saved(document)))))
    for name in ("Quote Attribution", "Quote Note", "Dissent Label"):
        assert abs(made.styles[name].paragraph_format.left_indent - (inset or 0)) < Pt(1)


def test_a_template_without_styles_gets_ours(template):
    bare = docx.Document()
    for style in list(bare.styles.element.findall(qn("w:style"))):
        bare.styles.element.remove(style)
    document = docx.Document(io.BytesIO(report_bytes(REPORT, ".docx", template=template(saved(bare)))))
    used = document.element.body.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val")
    assert set(used) <= {style.style_id for style in document.styles}
    assert document.styles["Heading 2"].font.bold


def test_a_word_template_and_one_with_macros_are_taken_as_documents(template):
    types = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(io.BytesIO(house())) as package:
        content = package.read("[Content_Types].xml")
    for other in (
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    ):
        read = template(changed(house(), {"[Content_Types].xml": content.replace(types, other)}), "house.dotx")
        data = report_bytes(REPORT, ".docx", template=read)
        assert types in zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml")


def test_properties_that_are_none_are_left_behind_unread(template):
    odd = template(changed(house(), {"docProps/core.xml": b"<a/>"}))
    document = docx.Document(io.BytesIO(report_bytes(REPORT, ".docx", template=odd)))
    assert document.core_properties.title == REPORT.facts.title
    assert not document.core_properties.author


def test_a_wide_table_turns_the_pages_of_a_template(template):
    wide = TableReport("T", "", tuple(f"Heading {n}" for n in range(12)), (tuple("1" for _ in range(12)),))
    section = docx.Document(io.BytesIO(report_bytes(wide, ".docx", template=template(house())))).sections[0]
    assert (section.page_width, section.page_height) == (Cm(27.94), Cm(21.59))


def test_what_cannot_be_a_template_is_refused_in_a_sentence(template, tmp_path, monkeypatch):
    with pytest.raises(UnknownExtensionError):
        template(house(), "house.odt")
    with pytest.raises(FileMissingError):
        read_template(tmp_path / "none.docx")
    with pytest.raises(NotATemplateError, match=r"“house\.docx” is no Word document\. Save"):
        template(b"Dear reader")
    with pytest.raises(NotATemplateError):
        template(changed(b"PK\5\6" + bytes(18), {"a.txt": b"nothing"}))
    with pytest.raises(TemplateLockedError, match="password or in Word's old format"):
        template(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    with pytest.raises(NotATemplateError):
        template(house()[:5_000])
    with pytest.raises(TemplateDamagedError):
        template(changed(house(), {"word/document.xml": b"<w:document"}))
    with pytest.raises(TemplateDamagedError):
        template(changed(house(), {"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}))
    narrow = docx.Document()
    narrow.sections[0].left_margin = Cm(16)
    with pytest.raises(TemplatePageTooNarrowError, match="less than 7 cm"):
        template(saved(narrow))
    monkeypatch.setattr(house_template, "LARGEST_UNPACKED", 10_000)
    with pytest.raises(TemplateTooLargeError):
        template(house())


def test_pictures_lose_what_is_beside_the_picture_and_nothing_else():
    assert without_metadata(png()) == without_metadata(png(told=False)) == png(told=False)
    scan = bytes.fromhex("ffda0008010100003f00") + b"\x11\xff\x00\x22\xff\xd0\x33"
    tables, end = bytes.fromhex("ffdb0004aabb"), b"\xff\xd9"
    exif = b"\xff\xe1\x00\x0aExif\0\0Me"
    told = b"\xff\xd8" + exif + b"\xff\xfe\x00\x06Jane" + tables + scan + exif + scan + end + b"trailing Jane"
    assert without_metadata(told) == b"\xff\xd8" + tables + scan + scan + end
    gif = b"GIF89a\1\0\1\0\x80\0\0" + bytes(6)
    comment, picture = b"!\xfe\4Jane\0", b",\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    assert without_metadata(gif + comment + picture + b";Jane") == gif + picture + b";"
    for broken in (png()[:40], told[:12], gif + b",", b"BM", b"\xff\xd8\xff\xe0", b""):
        assert without_metadata(broken) is None
