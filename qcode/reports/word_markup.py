"""Blocks set as WordprocessingML, element by element: linear in their number, unlike tables filled cell by cell."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml.etree import Element, SubElement

from qcode.reports.blocks import Paragraph, plain, runs_leftward
from qcode.reports.table_pages import refuse_too_large
from qcode.reports.word_styles import NAMESPACE, TEXT_WIDTH, indents_of, language_tag, style_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from qcode.reports.blocks import Block, Cell, Run, Table

W = f"{{{NAMESPACE}}}"
LONGEST_UNDIVIDED_ROW = 1_500
_LONGEST_HELD_ROW = 300
_NEARLY_ALL = TEXT_WIDTH * 9 // 10

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECES = re.compile(r"(\t|\r\n|[\n\r\x85\u2028\u2029])")


def set_blocks(body: _Element, blocks: Iterable[Block], *, width: int = TEXT_WIDTH, fixed: bool = True) -> None:
    """Put blocks into the body of a document, before its closing section properties; no table is wider than `width`.

    Columns that are not `fixed` may be moved by Word, so that no word breaks in fonts we do not know.
    """
    holder = Element(W + "body")
    for block, following in pairwise((*blocks, None)):
        if isinstance(block, Paragraph):
            set_paragraph(holder, block)
        elif block is not None:
            noted = isinstance(following, Paragraph) and following.style == "Table Note"
            _set_table(holder, block, width, fixed=fixed, noted=noted)
    place = len(body) - 1
    body[place:place] = list(holder)


def set_paragraph(parent: _Element, paragraph: Paragraph) -> None:
    """Append a paragraph to a body, a cell or a footer."""
    p = _add(parent, "p")
    properties = _add(p, "pPr")
    _add(properties, "pStyle", val=style_id(paragraph.style))
    if paragraph.keeps:
        _add(properties, "keepNext")
    leftward = paragraph.leftward
    if leftward is None:
        leftward = runs_leftward("".join(run.text for run in paragraph.runs))
    if leftward:
        _add(properties, "bidi")
    if paragraph.apart:
        _set_apart(properties, paragraph.style)
    fill_paragraph(p, paragraph.runs, leftward=leftward)


def set_tab(p: _Element, place: int) -> None:
    """Give a paragraph one tab stop, at its right edge, in place of its style's; it keeps its style."""
    properties = p.find(W + "pPr")
    if properties is None:
        properties = Element(W + "pPr")
        p.insert(0, properties)
    tabs = _add(properties, "tabs")
    _add(tabs, "tab", val="clear", pos=str(TEXT_WIDTH))
    _add(tabs, "tab", val="right", pos=str(place))


def writable(text: str) -> str:
    """The text with a replacement sign for each character that XML may not hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def fill_paragraph(p: _Element, runs: Iterable[Run], *, leftward: bool = False) -> None:
    """Append runs to a paragraph that stands already."""
    for run in runs:
        if run.field:
            _set_field(p, run, leftward=leftward)
        elif run.text:
            _set_run(p, run, leftward=leftward)


def _set_apart(properties: _Element, style: str) -> None:
    # Word joins the rules of neighbours that are set in alike: a fifth of a point, unseen, keeps them apart.
    indents = indents_of(style)
    indents["left"] = indents.get("left", 0) + 4
    _add(properties, "ind", **{side: str(length) for side, length in indents.items()})


def _set_run(p: _Element, run: Run, *, leftward: bool) -> None:
    r = _run(p, run, leftward=leftward)
    for piece in _PIECES.split(writable(run.text)):
        if piece == "\t":
            _add(r, "tab")
        elif _PIECES.fullmatch(piece):
            _add(r, "br")
        elif piece:
            _set_text(r, "t", piece)


def _run(p: _Element, run: Run, *, leftward: bool) -> _Element:
    r = _add(p, "r")
    leftward = runs_leftward(run.text, otherwise=leftward)
    language = language_tag(run.language)
    if run.style or language or leftward:
        properties = _add(r, "rPr")
        if run.style:
            _add(properties, "rStyle", val=style_id(run.style))
        if leftward:
            _add(properties, "rtl")
        if language:
            _add(properties, "lang", **{"bidi" if leftward else "val": language})
    return r


def _set_field(p: _Element, run: Run, *, leftward: bool) -> None:
    for part in ("begin", "instruction", "separate", "result", "end"):
        r = _run(p, run, leftward=leftward)
        if part == "instruction":
            _set_text(r, "instrText", f" {run.field} ")
        elif part == "result":
            _set_text(r, "t", writable(run.text))
        else:
            _add(r, "fldChar", fldCharType=part)


def _set_text(r: _Element, name: str, text: str) -> None:
    element = _add(r, name)
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _set_table(parent: _Element, table: Table, widest: int, *, fixed: bool, noted: bool) -> None:
    refuse_too_large(table.summary, len(table.rows), len(table.widths))
    widths = _fitted(table.widths, widest)
    tbl = _add(parent, "tbl")
    properties = _add(tbl, "tblPr")
    if table.headings:
        _add(properties, "tblStyle", val="ReportTable")
    _add(properties, "tblW", w=str(sum(widths)), type="dxa")
    _add(properties, "tblLayout", type="fixed" if fixed else "autofit")
    if not table.headings:
        _set_flush(properties)
    _add(
        properties,
        "tblLook",
        val="0020",
        firstRow="1",
        lastRow="0",
        firstColumn="0",
        lastColumn="0",
        noHBand="1",
        noVBand="1",
    )
    if table.summary:
        _add(properties, "tblDescription", val=writable(table.summary))
    grid = _add(tbl, "tblGrid")
    for width in widths:
        _add(grid, "gridCol", w=str(width))
    if table.headings:
        _set_row(tbl, widths, _headings(table), heads=True)
    for row in _held_together(table.rows, noted=noted):
        _set_row(tbl, widths, row)
    if not table.headings:
        _set_close(tbl)


def _set_flush(properties: _Element) -> None:
    """Cells without margins, so that quotes beside each other are set in as far as those below each other."""
    margins = _add(properties, "tblCellMar")
    for side in ("left", "right"):
        _add(margins, side, w="0", type="dxa")


def _set_close(tbl: _Element) -> None:
    """Less space over the first line of a cell: what stands before a table keeps its own, too."""
    for cell in tbl.iter(W + "tc"):
        properties = cell.find(f"{W}p/{W}pPr")
        if properties is not None and properties.find(W + "ind") is None:
            _add(properties, "spacing", before="60")


def _held_together(rows: tuple[tuple[Cell, ...], ...], *, noted: bool) -> Iterator[tuple[Cell, ...]]:
    """The rows, the last ones held so that neither a single row nor the note stands alone on the next page."""
    last = len(rows) - 1
    for place, row in enumerate(rows):
        held = place == last - 1 > 0 or (place == last and noted)
        yield tuple(map(_held, row)) if held and _length(row) <= _LONGEST_HELD_ROW else row


def _held(cell: Cell) -> Cell:
    return tuple(replace(paragraph, keeps=True) for paragraph in cell)


def _fitted(widths: tuple[int, ...], room: int) -> tuple[int, ...]:
    """The widths in the same proportions: no wider in all than the text, and as wide where they fill our own pages."""
    whole = sum(widths)
    return widths if whole <= min(room, _NEARLY_ALL) else tuple(room * width // whole for width in widths)


def _headings(table: Table) -> tuple[Cell, ...]:
    def style(column: int) -> str:
        return "Table Number Heading" if column in table.numbers else "Table Column Heading"

    return tuple((plain(style(column), text),) for column, text in enumerate(table.headings))


def _set_row(tbl: _Element, widths: tuple[int, ...], cells: tuple[Cell, ...], *, heads: bool = False) -> None:
    tr = _add(tbl, "tr")
    properties = _add(tr, "trPr")
    if heads or _length(cells) <= LONGEST_UNDIVIDED_ROW:
        _add(properties, "cantSplit")
    if heads:
        _add(properties, "tblHeader")
    for width, cell in zip(widths, cells, strict=True):
        tc = _add(tr, "tc")
        _add(_add(tc, "tcPr"), "tcW", w=str(width), type="dxa")
        for paragraph in cell:
            set_paragraph(tc, paragraph)


def _length(cells: tuple[Cell, ...]) -> int:
    return max(sum(len(run.text) for paragraph in cell for run in paragraph.runs) for cell in cells)


def _add(parent: _Element, name: str, **attributes: str) -> _Element:
    return SubElement(parent, W + name, {W + key: value for key, value in attributes.items()})
