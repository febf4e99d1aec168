from __future__ import annotations

import pytest

from qcode.transcripts import read, segment


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inner, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def ins(inner):
    return f'<w:ins w:id="1" w:author="R. Searcher">{inner}</w:ins>'


def deleted(text):
    return f'<w:del w:id="1" w:author="R. Searcher"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


MARK_DELETED = '<w:rPr><w:del w:id="9"/></w:rPr>'
STYLES = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="character" w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:basedOn w:val="Base"/></w:style>
<w:style w:type="character" w:styleId="Open"><w:name w:val="Open"/><w:basedOn w:val="Base"/>
  <w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="HiddenP"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
</w:styles>"""


@pytest.fixture
def blocks(word_file):
    """The (kind, text) pairs of a body's blocks."""

    def made(body, **options):
        return [(block.kind, block.text) for block in read(word_file(body, **options)).blocks]

    return made


@pytest.fixture
def texts(blocks):
    return lambda body, **options: [text for _, text in blocks(body, **options)]


def test_insertions_stay_and_deletions_go(texts):
    body = para(run("a "), deleted("Bernadette"), ins(run("[colleague]")), run(" z"))
    assert texts(body) == ["a [colleague] z"]


def test_moved_text_stands_only_where_it_went(texts):
    body = para(f"<w:moveFrom>{run('moved')}</w:moveFrom>", run("stays")) + para(f"<w:moveTo>{run('moved')}</w:moveTo>")
    assert texts(body) == ["stays", "moved"]


def test_a_deletion_inside_an_insertion_goes(texts):
    assert texts(para(run("a"), ins(deleted("gone")), run("b"))) == ["ab"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(texts):
    body = para(run("one "), properties=MARK_DELETED) + para(run("two")) + para(run("three"), properties=MARK_DELETED)
    assert texts(body) == ["one two", "three"]


def test_a_wholly_deleted_paragraph_leaves_nothing(texts):
    assert texts(para(deleted("gone"), properties=MARK_DELETED) + para(run("here"))) == ["here"]


def test_a_paragraph_never_goes_on_from_a_cell_into_the_body(texts):
    cell = f"<w:tc>{para(run('in the cell'), properties=MARK_DELETED)}</w:tc>"
    assert texts(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>{para(run('outside'))}") == ["in the cell", "outside"]


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ("<w:vanish/>", False),
        ('<w:vanish w:val="true"/>', False),
        ('<w:vanish w:val="0"/>', True),
        ('<w:vanish w:val="false"/>', True),
        ('<w:rStyle w:val="Secret"/>', False),
        ('<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>', True),
        ('<w:rStyle w:val="Open"/>', True),
        ('<w:rStyle w:val="Loop"/>', True),
        ('<w:rStyle w:val="Unknown"/>', True),
    ],
)
def test_hidden_text_goes_whether_hidden_directly_or_by_its_style(texts, properties, seen):
    body = para(run("a"), run("X", properties), run("b"))
    assert texts(body, extra={"word/styles.xml": STYLES}) == ["aXb" if seen else "ab"]


def test_a_hidden_paragraph_style_hides_its_paragraph(texts):
    body = para(run("gone"), properties='<w:pStyle w:val="HiddenP"/>') + para(run("here"))
    assert texts(body, extra={"word/styles.xml": STYLES}) == ["here"]


def test_tabs_breaks_hyphens_and_symbols_become_characters(texts):
    inner = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>"
        '<w:t>e</w:t><w:cr/><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="Arial" w:char="00E9"/>'
        '<w:sym w:font="X" w:char="zz"/><w:sym w:font="X" w:char="D800"/></w:r>'
    )
    assert texts(para(inner)) == ["a\tb\nc-de\n☺é"]


def test_line_breaks_inside_a_text_element_are_spaces(texts):
    assert texts(para("<w:r><w:t>one\ntwo</w:t></w:r>")) == ["one two"]


def test_the_result_of_a_field_stays_and_its_code_goes(texts):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        + run("code")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("7")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = para(run("a "), field, run(" b")) + para('<w:fldSimple w:instr="DATE">' + run("May") + "</w:fldSimple>")
    assert texts(body) == ["a 7 b", "May"]


def test_a_field_that_is_never_closed_costs_at_most_its_paragraph(texts):
    assert texts(para(run("a"), '<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + para(run("b"))) == ["a", "b"]


def test_links_content_controls_tags_and_formulas_are_looked_through(texts):
    body = (
        para('<w:hyperlink r:id="x" xmlns:r="r">' + run("link") + "</w:hyperlink>")
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{para(run('control'))}</w:sdtContent></w:sdt>"
        + para(f"<w:sdt><w:sdtContent>{run('inline')}</w:sdtContent></w:sdt>")
        + para(f"<w:smartTag>{run('tag')}</w:smartTag>")
        + para('<m:oMath xmlns:m="m"><m:r><m:t>x=1</m:t></m:r></m:oMath>')
        + para(
            "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        )
    )
    assert texts(body) == ["link", "control", "inline", "tag", "x=1", "漢"]


def test_the_prompt_of_an_empty_content_control_is_not_talk(texts):
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    assert texts(para(run("a"), control)) == ["a"]


def test_a_text_box_is_read_once_after_its_paragraph(texts):
    box = f"<w:txbxContent>{para(run('in the box'))}</w:txbxContent>"
    alternate = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(para(f"<w:r>{alternate}</w:r>", run("around"))) == ["around", "in the box"]
    assert texts(para(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")) == ["in the box"]


def test_strict_open_xml_reads_like_the_usual_kind(texts):
    names = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert texts(para(run("a"), deleted("x"), run("b", "<w:vanish/>")), names=names) == ["a"]


def test_a_document_part_under_another_name_is_found(texts):
    assert texts(para(run("P: here")), part="word/document2.xml") == ["P: here"]


def test_comments_notes_and_embedded_documents_are_counted(word_file):
    inner = "<w:r><w:commentReference/></w:r><w:r><w:footnoteReference/></w:r><w:r><w:endnoteReference/></w:r>"
    reading = read(word_file(para(run("a"), inner) + '<w:altChunk r:id="x" xmlns:r="r"/>'))
    assert dict(reading.rules) == {"comments left out": 1, "footnotes and endnotes left out": 2}
    assert "1 embedded document left out: what is embedded is not read." in reading.warnings


def test_a_table_gives_its_rows_with_tabs_between_cells_and_loses_nothing(blocks):
    def row(*cells):
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    nested = f"<w:tbl>{row(para(run('in')), para(run('ner')))}</w:tbl>"
    table = (
        row(para(run("P1")), para(run("first")) + para(run("second")))
        + row(para(run("two")) + para(run("lines")), para(run("x")))
        + row(para(), para(run("goes on")))
        + row(para(run("Break")))
        + row(para(run("P2")), nested)
        + '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>'
        + f"<w:tc>{para(run('gone'))}</w:tc></w:tr>"
    )
    assert blocks(f"<w:tbl>{table}</w:tbl>") == [
        ("row", "P1\tfirst\nsecond"),
        ("row", "two lines\tx"),
        ("row", "\tgoes on"),
        ("cell", "Break"),
        ("row", "P2\tin\tner"),
    ]


def test_a_table_of_one_column_is_a_stretch_of_paragraphs(blocks):
    table = f"<w:tbl><w:tr><w:tc>{para(run('I: a'))}{para(run('P: b'))}</w:tc></w:tr></w:tbl>"
    assert blocks(table) == [("para", "I: a"), ("para", "P: b")]


def test_bold_is_seen_directly_and_through_styles_and_only_at_the_start(word_file):
    body = (
        para(run("Nurse 2", "<w:b/>"), run(" talk"))
        + para(run("Nurse 3", '<w:rStyle w:val="Strong"/>'), run(" talk"))
        + para(run("plain "), run("bold", "<w:b/>"))
        + para(run("Not", '<w:b w:val="0"/>'), run(" bold"))
        + para(run("x" * 61, "<w:b/>"))
    )
    reading = read(word_file(body, extra={"word/styles.xml": STYLES}))
    assert [block.bold_prefix for block in reading.blocks] == ["Nurse 2", "Nurse 3", None, None, None]


def test_styles_go_by_their_name_and_not_by_their_localised_id(word_file):
    heading = '<w:pStyle w:val="berschrift2"/>'
    body = (para(run("Frau Kern"), properties=heading) + para(run("Ja."))) * 2
    reading = read(word_file(body, extra={"word/styles.xml": STYLES}))
    assert reading.blocks[0].style == "heading 2"
    assert [turn.speaker for turn in segment(reading).turns] == ["Frau Kern", "Frau Kern"]


def test_no_break_spaces_and_tabs_after_a_label_are_not_talk(word_file, turns_of):
    body = para(run("I:\u00a0\u00a0Yes?")) + para("<w:r><w:t>P:</w:t><w:tab/><w:t>No.</w:t></w:r>")
    assert turns_of(word_file(body * 2)) == [("I", "Yes?"), ("P", "No.")] * 2


def test_a_file_written_by_python_docx_is_read(tmp_path, turns_of):
    import docx

    document = docx.Document()
    document.add_heading("Interview 4", 1)
    for _ in range(2):
        paragraph = document.add_paragraph()
        paragraph.add_run("Entrevistadora:").bold = True
        paragraph.add_run(" ¿Y después?")
        document.add_paragraph("Participante: Nada.\nDe verdad.")
    document.save(str(tmp_path / "a.docx"))
    turns = turns_of(tmp_path / "a.docx")
    assert turns == [("Entrevistadora", "¿Y después?"), ("Participante", "Nada.\nDe verdad.")] * 2
