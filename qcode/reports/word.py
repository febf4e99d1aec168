"""Reports as Word documents with real styles, and nothing in them about the person or machine that made them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from qcode.files import extension, write_file
from qcode.reports.blocks import Run
from qcode.reports.templating import opened_template
from qcode.reports.themes import themes_blocks
from qcode.reports.word_markup import fill_paragraph, set_blocks, set_tab, writable
from qcode.reports.word_styles import LANDSCAPE_WIDTH, NAMESPACE, TEXT_WIDTH, language_tag, styles_xml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from docx.document import Document
    from docx.section import Section

    from qcode.reports.blocks import Block
    from qcode.reports.house_template import Template
    from qcode.reports.values import StudyFacts, ThemesReport

_A4 = (11906, 16838)
_UNNEEDED = (
    "stylesWithEffects",
    "customXml",
    "webSettings",
    "numbering",
    "thumbnail",
    "fontTable",
    "extended-properties",
)
_SETTINGS = (
    f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def write_themes_docx(report: ThemesReport, path: Path) -> None:
    """Write the report as a Word document: equal reports make equal files, byte by byte.

    Raises:
        UnknownExtensionError: unless the path ends in .docx.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    extension(path, (".docx",))
    write_file(path, themes_docx(report))


def themes_docx(report: ThemesReport) -> bytes:
    """The bytes of the report as a Word document."""
    return document_of(report.facts, themes_blocks(report))


def document_of(
    facts: StudyFacts, blocks: Iterable[Block], *, on_its_side: bool = False, template: Template | None = None
) -> bytes:
    """The bytes of a Word document with these blocks; of the facts it takes title, language and date.

    A template gives styles, page, header and footer, where it has them.
    """
    import docx

    if template is None:
        document = docx.Document()
        _drop_unneeded(document)
        _set_styles(document, facts.language)
        _set_page(document.sections[0], on_its_side=on_its_side)
    else:
        document = opened_template(template, facts.language, on_its_side=on_its_side)
    width = text_width(on_its_side=on_its_side, template=template)
    section = document.sections[0]
    if template is None or section.footer.is_linked_to_previous:
        _set_footer(section, facts.title, width)
    _set_properties(document, facts)
    set_blocks(document.element.body, blocks, width=width, fixed=template is None)
    out = io.BytesIO()
    document.save(out)
    return undated(out.getvalue())


def text_width(*, on_its_side: bool = False, template: Template | None = None) -> int:
    """How wide the text of a page is, in twips."""
    if template is None:
        return LANDSCAPE_WIDTH if on_its_side else TEXT_WIDTH
    return template.on_its_side if on_its_side else template.upright


def _drop_unneeded(document: Document) -> None:
    """Take out the parts of python-docx's template that we do not use: pictures, old styles, its maker's traces."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.rsplit("/", 1)[-1] in _UNNEEDED]:
            del relations[key]


def _set_styles(document: Document, language: str) -> None:
    from docx.oxml import parse_xml

    for element, xml in ((document.styles.element, styles_xml(language)), (document.settings.element, _SETTINGS)):
        for child in list(element):
            element.remove(child)
        element.extend(list(parse_xml(xml)))


def _set_page(section: Section, *, on_its_side: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    paper = _A4[::-1] if on_its_side else _A4
    section.page_width, section.page_height = (Twips(length) for length in paper)
    section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    section._sectPr.attrib.clear()  # noqa: SLF001 -- revision marks of the template's maker
    side = Twips((paper[0] - text_width(on_its_side=on_its_side)) // 2)
    section.left_margin = section.right_margin = side
    section.top_margin, section.bottom_margin = Twips(1360), Twips(1360)
    section.header_distance = section.footer_distance = Twips(680)


def _set_footer(section: Section, title: str, width: int) -> None:
    footer = section.footer.paragraphs[0]
    running = title if len(title) <= 70 else title[:69].rstrip() + "…"
    pages = (Run("1", field="PAGE"), Run(" of "), Run("1", field="NUMPAGES"))
    set_tab(footer._p, width)  # noqa: SLF001 -- python-docx keeps its element there
    fill_paragraph(footer._p, (Run(f"{running}\t"), *pages))  # noqa: SLF001


def _set_properties(document: Document, facts: StudyFacts) -> None:
    properties = document.core_properties
    for child in list(properties._element):  # noqa: SLF001 -- blanking leaves empty fields; removing leaves nothing
        properties._element.remove(child)  # noqa: SLF001
    properties.title = writable(facts.title)[:255]
    properties.language = language_tag(facts.language)
    if facts.date:
        properties.created = properties.modified = datetime.combine(facts.date, time(), UTC)


def undated(package: bytes) -> bytes:
    """The same package with no clock time in its entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename), source.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
