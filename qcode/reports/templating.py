"""A report's Word document begun from a house template: its looks kept, what it lacks added from ours."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from qcode.reports.template_cleaning import (
    R,
    W,
    clean_drawings,
    clean_part,
    keep_relations,
    kept_settings,
    last_section,
)
from qcode.reports.word_styles import TEXT_WIDTH, language_tag, styles_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document
    from docx.opc.part import Part
    from lxml.etree import _Element

    from qcode.reports.house_template import Template

_KEPT: Final = ("styles", "settings", "theme", "numbering", "header", "footer")
_NAMING: Final = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
_SMALLER: Final = "16"
_UNDER_QUOTES: Final = ("QuoteAttribution", "QuoteNote", "DissentLabel", "CaseLine")
_HEADINGS: Final = frozenset({"title", "heading 1", "heading 2", "heading 3", "heading 4"})


def opened_template(template: Template, language: str, *, on_its_side: bool) -> Document:
    """An empty document with the template's page, header, footer and styles, and those of ours that it lacks."""
    import docx

    document = docx.Document(io.BytesIO(template.package))
    body = document.element.body
    section = last_section(body)
    for child in list(body):
        body.remove(child)
    body.append(section)
    _turn(section, on_its_side=on_its_side)
    _keep_parts(document, section)
    kept_settings(document.settings.element)
    styles = document.styles.element
    clean_part(styles)
    renamed = _claim_ids(styles, language)
    for element in (styles, *_other_elements(document)):
        _rename(element, renamed)
    _add_missing(styles, language, narrow=template.upright < TEXT_WIDTH)
    return document


def _keep_parts(document: Document, section: _Element) -> None:
    """Leave the parts that make the look, without what lies beside it in them."""
    referred = {each.get(f"{R}id") for each in section}
    relations = document.part.rels
    keep_relations(relations, _KEPT)
    for key, relation in list(relations.items()):
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("header", "footer") and key not in referred:
            del relations[key]
        elif kind in ("header", "footer", "numbering"):
            clean_part(relation.target_part.element)
            clean_drawings(relation.target_part, relation.target_part.element)
        else:
            keep_relations(relation.target_part.rels, ())
    for each in [each for each in section if each.get(f"{R}id") not in (None, *relations)]:
        section.remove(each)
    keep_relations(document.part.package.rels, ("officeDocument",))


def _other_elements(document: Document) -> Iterator[_Element]:
    """The markup of headers, footers and numbering."""
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] in ("header", "footer", "numbering"):
            part: Part = relation.target_part
            yield part.element  # type: ignore[attr-defined]  # these parts have markup


def _turn(section: _Element, *, on_its_side: bool) -> None:
    """Set the page upright or on its side, whichever the template has."""
    size = section.find(f"{W}pgSz")
    if size is None:
        size = section.makeelement(f"{W}pgSz", {f"{W}w": "12240", f"{W}h": "15840"})
        place = sum(str(each.tag).endswith("Reference") for each in section)
        section.insert(place, size)
    short, long = sorted((size.get(f"{W}w", "12240"), size.get(f"{W}h", "15840")), key=float)
    size.set(f"{W}w", long if on_its_side else short)
    size.set(f"{W}h", short if on_its_side else long)
    if on_its_side:
        size.set(f"{W}orient", "landscape")
    elif f"{W}orient" in size.attrib:
        del size.attrib[f"{W}orient"]


# Styles -----------------------------------------------------------------------------------------------------------


def _claim_ids(styles: _Element, language: str) -> dict[str, str]:
    """Give the template's styles of our names our ids, and others that have one of these another; old id to new."""
    wanted = {name: (identity, kind) for identity, name, kind in _ours(language)}
    renamed: dict[str, str] = {}
    claimed = set[str]()
    for style in styles.findall(f"{W}style"):
        name, identity = _name(style), style.get(f"{W}styleId", "")
        ours, kind = wanted.get(name.casefold(), ("", ""))
        if ours and style.get(f"{W}type", "paragraph") == kind and ours not in claimed:
            claimed.add(ours)
            renamed[identity] = ours
            if name.casefold() in _HEADINGS:
                _unnumber(style)
        elif ours or identity in {identity for identity, _kind in wanted.values()}:
            renamed[identity] = f"{identity}OfTemplate"
            _set_name(style, f"{name} (template)" if ours else name)
    for style in styles.findall(f"{W}style"):
        identity = style.get(f"{W}styleId", "")
        style.set(f"{W}styleId", renamed.get(identity, identity))
    return renamed


def _ours(language: str) -> Iterator[tuple[str, str, str]]:
    """The id, the name in small letters and the kind of each of our styles."""
    for style in _our_styles(language).findall(f"{W}style"):
        yield style.get(f"{W}styleId", ""), _name(style).casefold(), style.get(f"{W}type", "")


def _our_styles(language: str) -> _Element:
    from docx.oxml import parse_xml

    return parse_xml(styles_xml(language))


def _name(style: _Element) -> str:
    name = style.find(f"{W}name")
    return (name.get(f"{W}val") or "") if name is not None else ""


def _set_name(style: _Element, words: str) -> None:
    name = style.find(f"{W}name")
    if name is not None:
        name.set(f"{W}val", words)


def _unnumber(style: _Element) -> None:
    """Themes carry their numbers in their words, so headings must not be numbered a second time."""
    for each in list(style.iter(f"{W}numPr")):
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)


def _rename(element: _Element, renamed: Mapping[str, str]) -> None:
    for name in _NAMING:
        for each in element.iter(W + name):
            value = each.get(f"{W}val") or ""
            each.set(f"{W}val", renamed.get(value, value))


def _add_missing(styles: _Element, language: str, *, narrow: bool) -> None:
    """Add the styles that the template lacks, in its fonts, and the language of the report.

    Tables on pages that are narrower than ours are set smaller.
    """
    ours = _our_styles(language)
    there = {style.get(f"{W}styleId") for style in styles.findall(f"{W}style")}
    defaults = {style.get(f"{W}type") for style in styles.findall(f"{W}style") if style.get(f"{W}default") == "1"}
    for style in ours.findall(f"{W}style"):
        if style.get(f"{W}styleId") in there:
            continue
        if style.get(f"{W}type") in defaults and f"{W}default" in style.attrib:
            del style.attrib[f"{W}default"]
        for fonts in list(style.iter(f"{W}rFonts")):
            fonts.getparent().remove(fonts)  # type: ignore[union-attr]  # fonts stand within properties
        if "Quote" in there and style.get(f"{W}styleId") in _UNDER_QUOTES:
            _set_in(style, _indents(styles, "Quote"))
        if narrow and style.get(f"{W}styleId") == "TableText":
            for size in style.iter(f"{W}sz", f"{W}szCs"):
                size.set(f"{W}val", _SMALLER)
        styles.append(style)
    known = styles.find(f"{W}docDefaults")
    if known is None:
        styles.insert(0, ours.find(f"{W}docDefaults"))  # type: ignore[arg-type]  # ours are there
    else:
        _set_language(known, language_tag(language))


def _indents(styles: _Element, identity: str) -> dict[str, str]:
    """How far a style is set in at both sides, by itself or by what it is based on."""
    known = {style.get(f"{W}styleId"): style for style in styles.findall(f"{W}style")}
    met: list[str] = []
    while identity in known and identity not in met:
        met.append(identity)
        indent = known[identity].find(f"{W}pPr/{W}ind")
        if indent is not None:
            return {side: indent.get(f"{W}{side}", "0") for side in ("left", "right")}
        based = known[identity].find(f"{W}basedOn")
        identity = based.get(f"{W}val", "") if based is not None else ""
    return {"left": "0", "right": "0"}


def _set_in(style: _Element, indents: Mapping[str, str]) -> None:
    """Set a style in as far as the quotes that it stands under."""
    for indent in style.iter(f"{W}ind"):
        for side, length in indents.items():
            indent.set(f"{W}{side}", length)


def _set_language(defaults: _Element, tag: str) -> None:
    for each in defaults.iter(f"{W}lang"):
        if tag:
            each.set(f"{W}val", tag)
