"""Word documents, read as if every tracked change were accepted and everything hidden were gone.

The body is walked directly: python-docx drops insertions and keeps hidden text.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from qcode.transcripts.gate import DamagedFileError, Package, parse_xml
from qcode.transcripts.left_out import left_out
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.roles import folded
from qcode.transcripts.values import Block
from qcode.transcripts.word_paragraphs import (
    Paragraph,
    ParagraphWalk,
    children,
    choice,
    is_placeholder,
    local,
    page_mark,
)
from qcode.transcripts.word_styles import NO_STYLES, Styles, read_styles
from qcode.transcripts.word_tables import columns_of
from qcode.transcripts.wording import counted
from qcode.transcripts.words import TABLE_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from qcode.transcripts.reader import Source

CONTENT_TYPES: Final = "[Content_Types].xml"
_MAIN_TYPES: Final = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled",
    "ms-word.template.macroEnabled",
)
_STYLES: Final = "styles.xml"
_BOLD_LIMIT: Final = 60
_DROPPED: Final = frozenset({"del", "moveFrom"})
_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})


def main_content_type(name: str, package: Package) -> str:
    """The content type of the package's Word text; empty if it holds none."""
    return _main_part(name, package)[1]


def _main_part(name: str, package: Package) -> tuple[str, str]:
    """The name and content type of the part that holds the Word text."""
    for override in children(parse_xml(name, package.read(CONTENT_TYPES))):
        kind, part = override.get("ContentType", ""), override.get("PartName", "").lstrip("/")
        if any(main in kind for main in _MAIN_TYPES) and part in package:
            return part, kind
    return "", ""


def _recognises(source: Source) -> bool:
    return source.data.startswith(b"PK")


def _parse(source: Source) -> Parsed:
    package = Package(source)
    part, _ = _main_part(source.name, package)
    root = parse_xml(source.name, package.read(part))
    walk = ParagraphWalk(_styles(source.name, package, part, root))
    walk.page_mark = page_mark(root)
    walk.page = 1 if walk.page_mark else None
    body = next((child for child in children(root) if local(child) == "body"), None)
    if body is None:
        raise DamagedFileError(source.name)
    blocks = tuple(_story(body, walk))
    return Parsed(blocks, warnings=(*_warnings(walk), *_macro_warning(package)), rules=_rules(walk))


def _styles(name: str, package: Package, part: str, root: etree._Element) -> Styles:
    part = f"{part.rpartition('/')[0]}/{_STYLES}".lstrip("/")
    named = next(root.iter("{*}pStyle", "{*}rStyle"), None) is not None
    return read_styles(parse_xml(name, package.read(part))) if named and part in package else NO_STYLES


def _story(holder: etree._Element, walk: ParagraphWalk) -> Iterator[Block]:
    """The blocks of a body, a cell or a text box; a paragraph never goes on from one into another."""
    outer = walk.begin()
    yield from _blocks(holder, walk)
    if unfinished := walk.finish(outer):
        yield from _paragraph_blocks(unfinished, walk)


def _blocks(holder: etree._Element, walk: ParagraphWalk) -> Iterator[Block]:
    """The paragraphs and tables of a holder in order; content controls and the like are looked through."""
    for child in children(holder):
        kind = local(child)
        if kind == "p":
            if paragraph := walk.read(child):
                yield from _paragraph_blocks(paragraph, walk)
        elif kind == "tbl":
            yield from _table(child, walk)
        elif kind in _DROPPED:
            walk.deleted += 1
        elif kind == "altChunk":
            walk.embedded += 1
        elif not is_placeholder(child):
            yield from _blocks(choice(child), walk)


def _paragraph_blocks(paragraph: Paragraph, walk: ParagraphWalk) -> Iterator[Block]:
    bold = "".join(text for text, _ in takewhile(lambda run: run[1] or not run[0].strip(), paragraph.runs)).strip()
    text = "".join(text for text, _ in paragraph.runs)
    if text.strip():
        prefix = bold if 0 < len(bold) <= _BOLD_LIMIT else None
        yield Block(text, bold_prefix=prefix, style=paragraph.style, line_no=paragraph.number, page=paragraph.page)
    for box in paragraph.boxes:
        yield from _story(box, walk)


def _table(table: etree._Element, walk: ParagraphWalk) -> Iterator[Block]:
    rows = [cells for row in _within(table, "tr") if (cells := _row(row, walk))]
    columns = max((len(cells) for cells in rows), default=0)
    texts = [[*map(_cell_text, cells)] for cells in rows if any(cells)]
    if columns > 1 and (turns := columns_of(texts)):
        walk.headings += turns.has_heading
        yield from turns.blocks(texts)
        return
    if columns > 1 and _is_heading(rows[0]):
        walk.headings += 1
        rows = rows[1:]
    for cells in rows:
        if columns == 1:
            yield from cells[0]
        elif any(cells):
            yield Block(_row_text(cells), "row" if len(cells) > 1 else "cell")


def _is_heading(cells: list[list[Block]]) -> bool:
    """Whether a row names its columns: Time, Speaker, Transcript."""
    words = [folded(block.text).strip(" .:") for blocks in cells for block in blocks]
    return len(words) > 1 and TABLE_HEADINGS.issuperset(words)


def _row(row: etree._Element, walk: ParagraphWalk) -> list[list[Block]]:
    if any(local(mark) == "del" for mark in _within(row, "trPr", "del")):
        walk.deleted += 1
        return []
    return [list(_story(cell, walk)) for cell in _within(row, "tc")]


def _row_text(cells: list[list[Block]]) -> str:
    """The cells with tabs between them; only the last may keep its paragraphs apart."""
    texts = [_cell_text(blocks) for blocks in cells]
    return "\t".join([*(" ".join(text.split()) for text in texts[:-1]), texts[-1]])


def _cell_text(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _within(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """The children on a path of local names; content controls and insertions around them are looked through."""
    for child in children(element):
        if local(child) == path[0]:
            yield from _within(child, *path[1:]) if len(path) > 1 else (child,)
        elif local(child) in _WRAPPERS:
            yield from _within(child, *path)


def _warnings(walk: ParagraphWalk) -> Iterator[str]:
    if changes := walk.inserted + walk.deleted:
        yield f"{counted(changes, 'tracked change')} taken as accepted: insertions are in, deletions are out."
    yield from left_out(comments=walk.comments, notes=walk.notes, hidden=walk.hidden)
    if walk.embedded:
        yield f"{counted(walk.embedded, 'embedded document')} left out: what is embedded is not read."


def _macro_warning(package: Package) -> tuple[str, ...]:
    macros = any(name.endswith("vbaProject.bin") for name in package.names)
    return ("The file holds macros. They are never run; only the text was read.",) if macros else ()


def _rules(walk: ParagraphWalk) -> tuple[tuple[str, int], ...]:
    return (
        ("insertions kept", walk.inserted),
        ("deletions dropped", walk.deleted),
        ("hidden text dropped", walk.hidden),
        ("comments left out", walk.comments),
        ("footnotes and endnotes left out", walk.notes),
        ("rows of table headings left out", walk.headings),
        ("symbols without a known letter", walk.symbols),
    )


READER: Final = Reader("docx", 1, _recognises, _parse)
