"""What a template's parts may bring into a report: looks, never people, places, revisions or things that run."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from qcode.reports.picture_metadata import without_metadata
from qcode.reports.word_styles import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.opc.part import Part
    from docx.opc.rel import Relationships
    from lxml.etree import _Element

W: Final = f"{{{NAMESPACE}}}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
KEPT_OF_SECTIONS: Final = (
    "headerReference", "footerReference", "pgSz", "pgMar", "pgBorders", "lnNumType", "pgNumType", "vAlign", "titlePg",
    "textDirection", "bidi", "rtlGutter", "docGrid",
)  # fmt: skip
KEPT_SETTINGS: Final = (
    "mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop",
    "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders",
    "characterSpacingControl", "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
)  # fmt: skip
_KEPT_FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "STYLEREF", "SEQ", "TITLE"})
_GONE: Final = (
    "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    "tblGridChange", "tblPrExChange", "numberingChange", "commentReference", "bookmarkStart", "bookmarkEnd",
    "proofErr", "permStart", "permEnd", "footnoteReference", "endnoteReference", "object", "control", "altChunk",
    "subDoc", "rsid", "sdtPr", "sdtEndPr",
)  # fmt: skip
_UNWRAPPED: Final = ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "sdt")
_PERSONAL_BINDING: Final = re.compile("creator|lastModifiedBy|Company|Manager|keywords|description|category")
_DRAWN: Final = (f"{W}drawing", f"{W}pict")
_ALTERNATIVE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def clean_part(element: _Element) -> None:
    """Take out of a part's markup whatever is not its looks and words."""
    for each in list(element.iter()):
        if not isinstance(each.tag, str) or _local(each).endswith(("RangeStart", "RangeEnd")):
            _drop(each)
        else:
            for name in [name for name in each.attrib if str(name).startswith(f"{W}rsid")]:
                del each.attrib[name]
    for sdt in list(element.iter(f"{W}sdt")):
        if any(_PERSONAL_BINDING.search(str(bound.get(f"{W}xpath"))) for bound in sdt.iter(f"{W}dataBinding")):
            _drop(sdt)
    for name in _GONE:
        for each in list(element.iter(W + name)):
            _drop(each)
    for name in _UNWRAPPED:
        for each in list(element.iter(W + name)):
            _unwrap(each)
    _clean_fields(element)
    _clean_descriptions(element)


def clean_drawings(part: Part, element: _Element) -> None:
    """Keep the pictures that lie within the package, without what cameras and programs wrote into them."""
    kept = set()
    for key, relation in list(part.rels.items()):
        if relation.is_external or not relation.reltype.endswith("/image"):
            del part.rels[key]
            continue
        bare = without_metadata(relation.target_part.blob)
        if bare is None:
            del part.rels[key]
            continue
        relation.target_part._blob = bare  # noqa: SLF001 -- python-docx offers no other way to a part's bytes
        kept.add(key)
    for each in list(element.iter()):
        asked = [value for name, value in each.attrib.items() if str(name).startswith(R)]
        if any(value not in kept for value in asked):
            _drop(_drawing_of(each))


def keep_relations(relations: Relationships, kinds: Iterable[str]) -> None:
    """Leave only relations within the package, of the kinds whose last word is given."""
    wanted = frozenset(kinds)
    for key, relation in list(relations.items()):
        if relation.is_external or relation.reltype.rsplit("/", 1)[-1] not in wanted:
            del relations[key]


def last_section(body: _Element) -> _Element:
    """The properties of the last section with the headers and footers it has of its own or from those before."""
    sections = list(body.iter(f"{W}sectPr"))
    last = deepcopy(sections[-1]) if sections else body.makeelement(f"{W}sectPr")
    known = {(each.tag, each.get(f"{W}type")) for each in last}
    for section in reversed(sections[:-1]):
        for each in section:
            key = (each.tag, each.get(f"{W}type"))
            if each.tag in (f"{W}headerReference", f"{W}footerReference") and key not in known:
                known.add(key)
                last.insert(0, deepcopy(each))
    for each in [each for each in last if _local(each) not in KEPT_OF_SECTIONS]:
        last.remove(each)
    last.attrib.clear()
    return last


def kept_settings(element: _Element) -> None:
    """Leave only settings about how pages are set; paths, identities and merge sources go."""
    for each in [each for each in element if _local(each) not in KEPT_SETTINGS]:
        element.remove(each)


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _drop(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def _drawing_of(element: _Element) -> _Element:
    """The whole drawing that an element belongs to, with the alternatives that stand for it."""
    found = next((each for each in element.iterancestors() if each.tag in _DRAWN), element)
    return next((each for each in found.iterancestors() if each.tag == _ALTERNATIVE), found)


def _clean_descriptions(element: _Element) -> None:
    """Names and descriptions of drawings, which often hold the path they were inserted from."""
    for each in element.iter():
        if _local(each) in ("docPr", "cNvPr", "shape", "imagedata"):
            for name in [name for name in each.attrib if str(name).rpartition("}")[2] in ("descr", "title", "alt")]:
                del each.attrib[name]
            if "name" in each.attrib:
                each.set("name", "Picture")


# Fields -----------------------------------------------------------------------------------------------------------


def _clean_fields(element: _Element) -> None:
    """Keep the fields that number and name pages; the others go with what they last printed."""
    for simple in list(element.iter(f"{W}fldSimple")):
        if not _is_kept(simple.get(f"{W}instr") or ""):
            _drop(simple)
    for paragraph in element.iter(f"{W}p"):
        every = list(paragraph.iter(f"{W}r"))  # as long as they are held, each element is the same object
        kept = set[int]()
        for runs, whole in _fields(every):
            words = "".join(part.text or "" for run in runs for part in run.iter(f"{W}instrText"))
            if whole and _is_kept(words):
                kept |= set(map(id, runs))
            else:
                _drop_all(runs)
        _drop_all(run for run in every if id(run) not in kept and _is_of_a_field(run))


def _is_kept(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in _KEPT_FIELDS


def _is_of_a_field(run: _Element) -> bool:
    return next(run.iter(f"{W}fldChar", f"{W}instrText"), None) is not None


def _drop_all(elements: Iterable[_Element]) -> None:
    for each in elements:
        _drop(each)


def _fields(every: Iterable[_Element]) -> Iterator[tuple[list[_Element], bool]]:
    """The runs of each outermost field of a paragraph, and whether it ends there."""
    depth = 0
    runs: list[_Element] = []
    for run in every:
        marks = [mark.get(f"{W}fldCharType") for mark in run.iter(f"{W}fldChar")]
        depth += marks.count("begin")
        if depth > 0:
            runs.append(run)
        depth = max(depth - marks.count("end"), 0)
        if runs and depth == 0:
            yield runs, True
            runs = []
    if runs:
        yield runs, False
