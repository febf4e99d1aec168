"""OpenDocument texts, read as they look: comments, notes, tracked deletions and hidden text stay out.

The body is walked directly: a comment stands inside the paragraph it is about, and common readers take it for talk.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from qcode.transcripts.gate import DamagedFileError, EncryptedFileError, Package, parse_xml
from qcode.transcripts.left_out import left_out
from qcode.transcripts.odt_styles import OdtStyles, read_styles
from qcode.transcripts.odt_walk import OdtWalk, local
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.rows import table_blocks
from qcode.transcripts.values import Block
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from qcode.transcripts.odt_walk import OdtParagraph
    from qcode.transcripts.reader import Source

CONTENT: Final = "content.xml"
_TYPES: Final = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_MANIFEST: Final = "META-INF/manifest.xml"
_STYLES: Final = "styles.xml"
_BOLD_LIMIT: Final = 60
_NOT_TALK: Final = frozenset(
    {
        *("tracked-changes", "forms", "variable-decls", "sequence-decls", "user-field-decls", "dde-connection-decls"),
        *("table-of-content", "alphabetical-index", "user-index", "illustration-index", "table-index", "object-index"),
        *("bibliography", "alphabetical-index-auto-mark-file", "hidden-paragraph"),
    }
)


def _recognises(source: Source) -> bool:
    return source.data.startswith(b"PK") and is_text(Package(source))


def is_text(package: Package) -> bool:
    """Whether a package is an OpenDocument text, not a spreadsheet or a drawing."""
    if "mimetype" in package:
        return package.read("mimetype").strip() in _TYPES
    return CONTENT in package and b"<office:text" in package.read(CONTENT)


def _parse(source: Source) -> Parsed:
    package = Package(source)
    _check_encryption(source.name, package)
    root = parse_xml(source.name, package.read(CONTENT))
    styles = read_styles(parse_xml(source.name, package.read(_STYLES)) if _STYLES in package else None, root)
    body = next(root.iter("{*}text"), None)
    if body is None or local(body.getparent()) != "body":
        raise DamagedFileError(source.name)
    walk = OdtWalk(styles)
    blocks = tuple(_blocks(body, walk, styles))
    return Parsed(blocks, warnings=tuple(_warnings(walk)), rules=_rules(walk))


def _check_encryption(name: str, package: Package) -> None:
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise EncryptedFileError(name)


def _blocks(holder: etree._Element, walk: OdtWalk, styles: OdtStyles) -> Iterator[Block]:
    """The paragraphs, tables and lists of a holder in order; sections and the like are looked through."""
    for child in holder.iterchildren(tag="*"):
        kind = local(child)
        if kind in {"p", "h"}:
            yield from _paragraph_blocks(walk.read(child), walk, styles)
        elif kind == "table":
            yield from table_blocks(list(_rows(child, walk, styles)))
        elif kind == "soft-page-break":
            walk.page += 1
        elif kind == "section" and styles.is_hidden_section(child):
            walk.left_out["hidden"] += 1
        elif kind not in _NOT_TALK:
            yield from _blocks(child, walk, styles)


def _paragraph_blocks(paragraph: OdtParagraph, walk: OdtWalk, styles: OdtStyles) -> Iterator[Block]:
    text = "".join(text for text, _ in paragraph.runs)
    if text.strip():
        bold = "".join(text for text, _ in takewhile(lambda run: run[1] or not run[0].strip(), paragraph.runs)).strip()
        prefix = bold if 0 < len(bold) <= _BOLD_LIMIT else None
        yield Block(text, bold_prefix=prefix, style=paragraph.style, line_no=paragraph.number, page=paragraph.page)
    for box in paragraph.boxes:
        yield from _blocks(box, walk, styles)


def _rows(table: etree._Element, walk: OdtWalk, styles: OdtStyles) -> Iterator[list[list[Block]]]:
    """The cells of each row; a cell that is covered by the one beside it is none."""
    for child in table.iterchildren(tag="*"):
        kind = local(child)
        if kind == "table-row":
            yield [list(_blocks(cell, walk, styles)) for cell in child.iterchildren("{*}table-cell")]
        elif kind in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(child, walk, styles)


def _warnings(walk: OdtWalk) -> Iterator[str]:
    if changes := walk.left_out["changes"]:
        yield f"{counted(changes, 'tracked change')} taken as accepted: insertions are in, deletions out."
    counts = walk.left_out
    yield from left_out(comments=counts["comments"], notes=counts["notes"], hidden=counts["hidden"])


def _rules(walk: OdtWalk) -> tuple[tuple[str, int], ...]:
    return (
        ("comments left out", walk.left_out["comments"]),
        ("footnotes and endnotes left out", walk.left_out["notes"]),
        ("hidden text dropped", walk.left_out["hidden"]),
    )


READER: Final = Reader("odt", 1, _recognises, _parse)
