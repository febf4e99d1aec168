"""Reports as Markdown (CommonMark with tables as GitHub has them): the same blocks, and no word of a text is markup."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from qcode.reports.gathering import Captioned, Quotation, gathered
from qcode.reports.word_markup import writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qcode.reports.blocks import Block, Cell, Paragraph, Run
    from qcode.reports.gathering import Piece

_HEADINGS: Final = {
    "Title": "# ", "heading 1": "## ", "Appendix Heading": "## ", "heading 2": "### ", "heading 3": "#### ",
    "heading 4": "##### ",
}  # fmt: skip
_MARKED: Final = {"Strong": "**", "Speaker": "**", "Definition Label": "**", "Emphasis": "*"}
_EMPHATIC: Final = {"Subtitle": "*", "Dissent Label": "**", "Quote Note": "*"}
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_AT_THE_START: Final = re.compile(r"^(\s*)([-+=:]|\d{1,9}[.)])", re.MULTILINE)
_BREAKS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")


def markdown(blocks: Iterable[Block]) -> bytes:
    """The bytes of the blocks as Markdown."""
    return "".join(f"{said}\n\n" for said in map(_piece, gathered(blocks)) if said).rstrip("\n").encode() + b"\n"


def _piece(piece: Piece) -> str:
    if isinstance(piece, Quotation):
        return "\n>\n".join("\n".join(f"> {line}".rstrip() for line in _quoted(each)) for each in piece.paragraphs)
    if isinstance(piece, Captioned):
        return _table(piece)
    return _paragraph(piece)


def _paragraph(paragraph: Paragraph) -> str:
    head = _HEADINGS.get(paragraph.style, "")
    said = _runs(paragraph.runs)
    if head:
        return f"{head}{' '.join(said.split())}"
    said = _AT_THE_START.sub(_hold, said)
    mark = _EMPHATIC.get(paragraph.style, "")
    return "\\\n".join(f"{mark}{line.strip()}{mark}" for line in said.split("\n") if line.strip())


def _quoted(paragraph: Paragraph) -> list[str]:
    """The lines of one paragraph of a quotation; the attribution is led in by a dash."""
    lead = "— " if paragraph.style == "Quote Attribution" else ""
    lines = (lead + _paragraph(paragraph).replace("\\\n", "\n")).split("\n")
    return [*(f"{line}\\" for line in lines[:-1]), lines[-1]]


def _runs(runs: Iterable[Run]) -> str:
    """Runs one after the other; neighbours in the same style are marked once."""
    together = groupby(runs, key=lambda run: run.style)
    return "".join(_marked("".join(run.text for run in some), _MARKED.get(style, "")) for style, some in together)


def _hold(found: re.Match[str]) -> str:
    """A line that would begin a list or a rule, held to be words."""
    start = found[2]
    return f"{found[1]}{start[:-1]}\\{start[-1]}"


def _marked(words: str, mark: str) -> str:
    text = plain_words(words)
    stripped = text.strip()
    if not mark or not stripped:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{'\n'.join(f'{mark}{line.strip()}{mark}' for line in stripped.split('\n') if line.strip())}{after}"


def plain_words(text: str) -> str:
    """Text in which no sign is markup; tabs are spaces, line breaks are kept."""
    return _SPECIAL.sub(r"\\\1", writable(_BREAKS.sub("\n", text)).replace("\t", " "))


def _table(piece: Captioned) -> str:
    table = piece.table
    if not table.headings:
        return "\n\n".join(_piece(Quotation(cell)) for row in table.rows for cell in row)
    lines = [_line(_in_cell(plain_words(words)) for words in table.headings)]
    lines.append(_line("---:" if column in table.numbers else "---" for column in range(len(table.headings))))
    lines += [_line(map(_cell, row)) for row in table.rows]
    caption = f"{_paragraph(piece.caption)}\n\n" if piece.caption else ""
    return caption + "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(part for part in _cell_parts(cell) if part)


def _cell_parts(cell: Cell) -> Iterator[str]:
    for paragraph in cell:
        inset = "&emsp;" if paragraph.style == "Table Indented" else ""
        said = _in_cell(_runs(paragraph.runs))
        yield f"{inset}{said}" if said else ""


def _in_cell(said: str) -> str:
    return "<br>".join(line.strip() for line in said.split("\n") if line.strip())
