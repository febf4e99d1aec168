"""The styles of our Word documents: names that people find in Word's own gallery, and one calm look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BODY, DISPLAY = "Cambria", "Calibri"
INK, SLATE, QUIET, RULE, DISSENT = "1F2328", "1E3F54", "5B6770", "9DB4C0", "A4552A"
TEXT_WIDTH, LANDSCAPE_WIDTH = 9072, 14004
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Look:
    """How one paragraph style is set: sizes in half points, distances in twentieths of a point."""

    name: str
    based_on: str = "Normal"
    following: str = ""
    font: str = ""
    size: int = 0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    before: int | None = None
    after: int | None = None
    line: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    rule: str = ""
    tabbed: bool = False
    level: int | None = None


_HEADING = {
    "font": DISPLAY,
    "bold": True,
    "colour": SLATE,
    "keep_next": True,
    "keep_lines": True,
    "following": "Normal",
}

PARAGRAPH_LOOKS = (
    Look("Title", following="Subtitle", font=DISPLAY, size=52, bold=True, colour=SLATE, before=0, after=120, line=264),
    Look("Subtitle", following="Normal", font=BODY, size=26, italic=True, colour=QUIET, after=200, line=288),
    Look("Study Facts", font=DISPLAY, size=19, colour=QUIET, after=80, line=264),
    Look("heading 1", size=34, before=480, after=140, level=0, **_HEADING),  # type: ignore[arg-type]
    Look("heading 2", size=27, before=400, after=100, level=1, **_HEADING),  # type: ignore[arg-type]
    Look("heading 3", size=23, before=300, after=80, level=2, **_HEADING),  # type: ignore[arg-type]
    Look("heading 4", size=21, before=240, after=60, level=3, **_HEADING),  # type: ignore[arg-type]
    Look("Appendix Heading", based_on="heading 1", following="Normal", new_page=True, before=0),
    Look("Central Concept", after=120, keep_lines=True, keep_next=True, following="Normal"),
    Look("Theme Codes", font=DISPLAY, size=19, colour=QUIET, after=200, left=0, line=264),
    Look("Quote", left=454, right=340, before=160, after=60, keep_lines=True, rule=RULE, line=288),
    Look("Quote Turn", based_on="Quote", left=1588, hanging=1134, before=60, after=40, tabbed=True),
    Look("Intense Quote", based_on="Quote", rule=DISSENT),
    Look("Intense Quote Turn", based_on="Quote Turn", rule=DISSENT),
    Look("Quote Attribution", font=DISPLAY, size=19, colour=QUIET, left=454, right=340, before=40, after=220, line=252),
    Look(
        "Dissent Label", font=DISPLAY, size=19, bold=True, colour=DISSENT, left=454, before=200, after=0, keep_next=True
    ),
    Look("Quote Note", font=DISPLAY, size=19, italic=True, colour=QUIET, left=454, right=340, after=200, line=252),
    Look("Case Line", font=DISPLAY, size=20, left=454, right=340, after=50, keep_lines=True, line=252),
    Look("Case Decision", based_on="Case Line", before=100),
    Look("Case Blank", based_on="Case Line", before=180, after=0, tabbed=True),
    Look("caption", following="Normal", font=DISPLAY, size=19, colour=INK, before=240, after=100, keep_next=True),
    Look("Table Text", font=DISPLAY, size=18, after=40, line=247),
    Look("Table Column Heading", based_on="Table Text", bold=True, colour=SLATE, keep_next=True),
    Look("Table Number", based_on="Table Text", align="right"),
    Look("Table Number Heading", based_on="Table Column Heading", align="right"),
    Look("Table Indented", based_on="Table Text", left=227),
    Look("Table Note", font=DISPLAY, size=17, colour=QUIET, before=80, after=120, line=240),
    Look("footer", font=DISPLAY, size=17, colour=QUIET, after=0, tabbed=True),
)
CHARACTER_LOOKS = {
    "Speaker": (
        f'<w:rFonts w:ascii="{DISPLAY}" w:hAnsi="{DISPLAY}"/><w:b/><w:bCs/><w:color w:val="{SLATE}"/><w:sz w:val="19"/>'
    ),
    "Strong": "<w:b/><w:bCs/>",
    "Emphasis": "<w:i/><w:iCs/>",
    "Definition Label": f'<w:b/><w:bCs/><w:color w:val="{QUIET}"/>',
}
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")
_OWN = frozenset({"Strong", "Emphasis", "Title", "Subtitle", "Quote", "Intense Quote", "caption", "footer"})


def style_id(name: str) -> str:
    """The id under which a style is stored: Word's own ids for its own styles."""
    return name[:1].upper() + name[1:].replace(" ", "")


def language_tag(language: str) -> str:
    """The BCP 47 tag, or nothing where it is none: Word refuses a document with another."""
    return language if _TAG.fullmatch(language) else ""


def indents_of(name: str) -> dict[str, int]:
    """How far paragraphs in a style are set in, in twentieths of a point, with what they take from other styles."""
    look = next((look for look in PARAGRAPH_LOOKS if look.name == name), None)
    if look is None:
        return {}
    own = {"left": look.left, "right": look.right, "hanging": look.hanging}
    return indents_of(look.based_on) | {side: length for side, length in own.items() if length}


def styles_xml(language: str) -> str:
    """The whole style part of a document in a language (BCP 47)."""
    paragraphs = "".join(_paragraph_style(look) for look in PARAGRAPH_LOOKS)
    characters = "".join(_character_style(name, look) for name, look in CHARACTER_LOOKS.items())
    return f'<w:styles xmlns:w="{NAMESPACE}">{_defaults(language)}{paragraphs}{characters}{_table_styles()}</w:styles>'


def _defaults(language: str) -> str:
    language = language_tag(language) or "en-GB"
    fonts = f'w:ascii="{BODY}" w:hAnsi="{BODY}" w:cs="Times New Roman" w:eastAsia="{BODY}"'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="140" w:line="290" w:lineRule="auto"/></w:pPr>'
        f'<w:rPr><w:color w:val="{INK}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )


def _paragraph_style(look: Look) -> str:
    following = f'<w:next w:val="{style_id(look.following)}"/>' if look.following else ""
    custom = "" if look.name in _OWN or look.level is not None else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(look.name)}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="{style_id(look.based_on)}"/>{following}<w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(look)}</w:pPr><w:rPr>{_run_properties(look)}</w:rPr></w:style>"
    )


def _paragraph_properties(look: Look) -> str:
    # The order of these elements is fixed by the schema; Word refuses files that break it.
    line = {"line": look.line, "lineRule": "auto"} if look.line else {}
    tab = _tab(look)
    return "".join(
        [
            "<w:keepNext/>" * look.keep_next,
            "<w:keepLines/>" * look.keep_lines,
            "<w:pageBreakBefore/>" * look.new_page,
            f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="{look.rule}"/></w:pBdr>' * bool(look.rule),
            f"<w:tabs>{_element('tab', tab)}</w:tabs>" if look.tabbed else "",
            _element("spacing", {"before": look.before, "after": look.after} | line),
            _element("ind", {"left": look.left or None, "right": look.right or None, "hanging": look.hanging or None}),
            _element("jc", {"val": look.align or None}),
            _element("outlineLvl", {"val": look.level}),
        ]
    )


def _tab(look: Look) -> dict[str, object]:
    """Where a tab leads: to the page number, along a line to write on, or to the text behind a speaker."""
    if look.name == "footer":
        return {"val": "right", "pos": TEXT_WIDTH}
    if look.name == "Case Blank":
        return {"val": "right", "leader": "underscore", "pos": TEXT_WIDTH - 340}
    return {"val": "left", "pos": look.left}


def _element(name: str, attributes: Mapping[str, object]) -> str:
    """An empty element with the attributes that are not None, or nothing if none is left."""
    written = "".join(f' w:{key}="{value}"' for key, value in attributes.items() if value is not None)
    return f"<w:{name}{written}/>" if written else ""


def _run_properties(look: Look) -> str:
    return "".join(
        [
            f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}"/>' if look.font else "",
            "<w:b/><w:bCs/>" * look.bold,
            "<w:i/><w:iCs/>" * look.italic,
            f'<w:color w:val="{look.colour}"/>' if look.colour else "",
            f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>' if look.size else "",
        ]
    )


def _character_style(name: str, properties: str) -> str:
    custom = "" if name in _OWN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{custom} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{properties}</w:rPr></w:style>'
    )


def _table_styles() -> str:
    def line(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    cells = (
        '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    borders = line("top", 12, SLATE) + line("bottom", 12, SLATE) + line("insideH", 4, "D5DDE2")
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{cells}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{line("bottom", 8, SLATE)}</w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )
