"""Going through the elements of a web page: paragraphs, lines and cells as they are shown."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from qcode.transcripts.labels import candidate
from qcode.transcripts.rows import table_blocks
from qcode.transcripts.values import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4.element import PageElement, Tag

_SCRIPTS: Final = frozenset(
    {"script", "style", "head", "noscript", "template", "button", "select", "textarea", "input", "nav", "title"}
)
_MEDIA: Final = frozenset({"iframe", "object", "embed", "img", "svg", "audio", "video", "canvas", "picture", "math"})
_BLOCKS: Final = frozenset(
    {
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre"),
        *("section", "article", "header", "footer", "main", "aside", "address", "figure", "figcaption", "body", "html"),
        *("form", "fieldset", "center", "hr", "details", "summary", "caption"),
    }
)
_BOLD: Final = frozenset({"b", "strong", "th"})
_HIDDEN: Final = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_HEAVY: Final = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)", re.IGNORECASE)
_LIGHT: Final = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:normal|[1-5]00)", re.IGNORECASE)
_ANCHOR: Final = re.compile(r"ts_(\d{1,9})_(\d{1,9})(?:_([\w-]{1,40}))?")
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_BOLD_LIMIT: Final = 60


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A stretch of talk that the page gives a time and a speaker."""

    start_ms: int
    end_ms: int
    speaker: str | None


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read: (text, bold, anchor) runs."""

    style: str | None = None
    runs: list[tuple[str, bool, _Anchor | None]] = field(default_factory=list)


class HtmlWalk:
    """The state of going through a page once; `left_out` counts what was not read, by kind."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self._blocks: list[Block] = []
        self._paragraph = _Paragraph()
        self._anchor: _Anchor | None = None
        self._number = 0
        self._as_typed = False
        self._labels: dict[str, Counter[str]] = {}

    def go_through(self, page: Tag) -> None:
        """Take in a page."""
        self._children(page, bold=False)
        self._end_paragraph()

    def finished(self) -> Iterator[Block]:
        """The blocks; those with times have their speakers, by the labels they are written with."""
        for block in self._blocks:
            labels = self._labels.get(block.voice or "")
            yield replace(block, voice=labels.most_common(1)[0][0]) if labels else block

    def _children(self, tag: Tag, *, bold: bool) -> None:
        for child in tag.children:
            self._take(child, bold=bold)

    def _take(self, child: PageElement, *, bold: bool) -> None:
        from bs4.element import CData, NavigableString, Tag

        if isinstance(child, Tag):
            self._element(child, bold=bold)
        elif type(child) in {NavigableString, CData}:  # comments and declarations are kinds of it
            self._text(str(child), bold=bold)

    def _element(self, tag: Tag, *, bold: bool) -> None:
        name, style = tag.name.lower(), _attribute(tag, "style")
        if name in _SCRIPTS:
            self.left_out["scripts"] += 1
        elif name in _MEDIA:
            self.left_out["media"] += 1
        elif tag.has_attr("hidden") or _HIDDEN.search(style):
            self.left_out["hidden"] += 1
        elif name == "br":
            self._paragraph.runs.append(("\n", bold, self._anchor))
        elif name == "table":
            self._end_paragraph()
            self._blocks += table_blocks(list(self._rows(tag)))
        elif name in _BLOCKS:
            self._block(tag, name, bold=bold or _HEAVY.search(style) is not None)
        else:
            heavy = name in _BOLD or _HEAVY.search(style) is not None
            self._inline(tag, name, bold=(bold or heavy) and not _LIGHT.search(style))

    def _block(self, tag: Tag, name: str, *, bold: bool) -> None:
        self._end_paragraph()
        self._paragraph.style = f"Heading {name[1]}" if re.fullmatch("h[1-6]", name) else None
        typed, self._as_typed = self._as_typed, self._as_typed or name == "pre"
        self._children(tag, bold=bold)
        self._end_paragraph()
        self._as_typed = typed

    def _inline(self, tag: Tag, name: str, *, bold: bool) -> None:
        found = _ANCHOR.fullmatch(_attribute(tag, "name") or _attribute(tag, "id")) if name == "a" else None
        if found is None:
            self._children(tag, bold=bold)
            return
        outer, self._anchor = self._anchor, _Anchor(int(found[1]), int(found[2]), found[3])
        self.left_out["anchors"] += 1
        self._children(tag, bold=bold)
        self._anchor = outer

    def _text(self, text: str, *, bold: bool) -> None:
        runs = self._paragraph.runs
        shown = text if self._as_typed else _BLANKS.sub(" ", text)
        if not self._as_typed and shown[:1] == " " and (not runs or runs[-1][0][-1:] in {" ", "\n"}):
            shown = shown[1:]
        if shown:
            runs.append((shown, bold, self._anchor))

    def _rows(self, table: Tag) -> Iterator[list[list[Block]]]:
        """The cells of each row of a table, read apart from what is around it; tables in cells are part of them."""
        for row in table.find_all("tr"):
            if row.find_parent("table") is table:
                cells = [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]
                yield [self._cell(cell) for cell in cells]

    def _cell(self, cell: Tag) -> list[Block]:
        around, self._blocks = self._blocks, []
        self._children(cell, bold=False)
        self._end_paragraph()
        made, self._blocks = self._blocks, around
        return made

    def _end_paragraph(self) -> None:
        paragraph, self._paragraph = self._paragraph, _Paragraph()
        text = "".join(text for text, _, _ in paragraph.runs)
        if not text.strip():
            return
        self._number += 1
        if any(anchor for _, _, anchor in paragraph.runs):
            self._blocks += self._timed(paragraph)
            return
        bold = "".join(run[0] for run in takewhile(lambda run: run[1] or not run[0].strip(), paragraph.runs)).strip()
        prefix = bold if 0 < len(bold) <= _BOLD_LIMIT else None
        self._blocks.append(Block(text, bold_prefix=prefix, style=paragraph.style, line_no=self._number))

    def _timed(self, paragraph: _Paragraph) -> Iterator[Block]:
        """A block for each stretch with times; what stands between them belongs to the one before."""
        stretches: list[tuple[_Anchor | None, str]] = []
        for text, _, anchor in paragraph.runs:
            if stretches and (anchor is None or anchor == stretches[-1][0]):
                stretches[-1] = stretches[-1][0], stretches[-1][1] + text
            else:
                stretches.append((anchor, text))
        for place, (anchor, text) in enumerate(stretches):
            said = self._without_label(text, anchor) if place == 0 else text
            if anchor is None:
                yield Block(said, line_no=self._number)
            elif said.strip():
                yield Block(said, "cue", anchor.start_ms, anchor.end_ms, anchor.speaker, line_no=self._number)

    def _without_label(self, text: str, anchor: _Anchor | None) -> str:
        """The talk behind the label at the start of a paragraph; the label is remembered for its speaker."""
        found = candidate(text.lstrip())
        if anchor is None or anchor.speaker is None or found is None or found.shape != "colon":
            return text
        self._labels.setdefault(anchor.speaker, Counter())[found.label] += 1
        return text.lstrip()[found.talk_at :]


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value if isinstance(value, str) else ""
