"""The paragraphs of Markdown: headings, lists, tables, code and quotes, as CommonMark tells them apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.transcripts.labels import candidate
from qcode.transcripts.markdown_inline import rendered
from qcode.transcripts.rows import table_blocks
from qcode.transcripts.values import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*")
_CLOSING: Final = re.compile(r"(?:^|[ \t])#{1,40}$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE: Final = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,80}")
_QUOTE: Final = re.compile(r" {0,3}>")
_ITEM: Final = re.compile(r"\s{0,12}(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_CODE: Final = re.compile(r" {0,3}(`{3,}|~{3,})[^`]*")
_TABLE_RULE: Final = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_DEFINITION: Final = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:\s*\S.*")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_BOLD_LIMIT: Final = 60


class MarkdownWalk:
    """The state of going through the lines once."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.quotes = 0
        self.comments = 0
        self._lines: list[str] = []
        self._began = 0
        self._fence = ""
        self._in_quote = self._in_comment = False

    def go_through(self, lines: Sequence[str], *, first: int) -> None:
        """Take in lines, of which the first has the number given."""
        at = 0
        while at < len(lines):
            if self._is_table(lines, at):
                self._end_paragraph()
                at = self._table(lines, at, first)
            else:
                self._take(lines[at], first + at)
                at += 1
        self._end_paragraph()

    def _take(self, line: str, line_no: int) -> None:
        if self._fence:
            self._take_code(line, line_no)
        elif self._in_comment or line.lstrip().startswith("<!--"):
            self._take_comment(line)
        elif not line.strip():
            self._end_paragraph()
            self._in_quote = False
        elif _QUOTE.match(line) or (self._in_quote and not self._begins_another(line)):
            self._end_paragraph()
            self.quotes += not self._in_quote
            self._in_quote = True
        else:
            self._in_quote = False
            self._take_text(line, line_no)

    def _take_text(self, line: str, line_no: int) -> None:
        if found := _HEADING.fullmatch(line):
            self._end_paragraph()
            self._add(_CLOSING.sub("", found[2] or ""), line_no, style=f"Heading {len(found[1])}")
        elif self._lines and (found := _UNDERLINE.fullmatch(line)):
            self._end_paragraph(style="Heading 1" if found[1][0] == "=" else "Heading 2")
        elif _RULE.fullmatch(line):
            self._end_paragraph()
        elif found := _CODE.fullmatch(line):
            self._end_paragraph()
            self._fence = found[1]
        elif not self._lines and _DEFINITION.fullmatch(line):
            return
        else:
            self._take_words(line, line_no)

    def _take_words(self, line: str, line_no: int) -> None:
        if found := _ITEM.match(line):
            self._end_paragraph()
            line = line[found.end() :]
        elif self._lines and candidate(line.strip(" \t*_")) is not None:
            self._end_paragraph()
        if not self._lines:
            self._began = line_no
        self._lines.append(line)

    def _begins_another(self, line: str) -> bool:
        """Whether a line does not go on with the quote above it."""
        marks = (_HEADING.fullmatch(line), _ITEM.match(line), _CODE.fullmatch(line), _RULE.fullmatch(line))
        return any(marks) or line.lstrip().startswith(("**", "__"))

    def _take_code(self, line: str, line_no: int) -> None:
        bare = line.strip()
        if bare and set(bare) == {self._fence[0]} and len(bare) >= len(self._fence):
            self._fence = ""
        elif bare:
            self.blocks.append(Block(line, line_no=line_no))

    def _take_comment(self, line: str) -> None:
        if not self._in_comment:
            self._end_paragraph()
            self.comments += 1
        self._in_comment = "-->" not in line

    def _is_table(self, lines: Sequence[str], at: int) -> bool:
        inside = self._fence or self._in_comment or at + 1 >= len(lines)
        return not inside and "|" in lines[at] and _TABLE_RULE.fullmatch(lines[at + 1]) is not None

    def _table(self, lines: Sequence[str], at: int, first: int) -> int:
        """Take in a table; where the lines behind it begin."""
        rows = [self._cells(lines[at], first + at)]
        at += 2
        while at < len(lines) and "|" in lines[at]:
            rows.append(self._cells(lines[at], first + at))
            at += 1
        self.blocks += table_blocks(rows)
        return at

    def _cells(self, line: str, line_no: int) -> list[list[Block]]:
        texts = _PIPE.split(line.strip().removeprefix("|"))
        if not texts[-1].strip() and len(texts) > 1:
            texts.pop()
        return [list(self._cell(text, line_no)) for text in texts]

    def _cell(self, text: str, line_no: int) -> Iterator[Block]:
        shown = "".join(run for run, _ in rendered(text.replace("\\|", "|").strip()))
        if shown.strip():
            yield Block(shown, line_no=line_no)

    def _end_paragraph(self, style: str | None = None) -> None:
        lines, self._lines = self._lines, []
        if lines:
            self._add("\n".join(line.lstrip() for line in lines), self._began, style)

    def _add(self, source: str, line_no: int, style: str | None = None) -> None:
        runs = rendered(source)
        text = "".join(run for run, _ in runs)
        if not text.strip():
            return
        bold = ""
        for run, is_bold in runs:
            if not is_bold and run.strip():
                break
            bold += run
        bold = bold.strip()
        prefix = bold if 0 < len(bold) <= _BOLD_LIMIT else None
        self.blocks.append(Block(text, bold_prefix=prefix, style=style, line_no=line_no))
